"""Reads the Fluent files that word every sentence which sentences.py declares."""

from __future__ import annotations

from collections.abc import Mapping

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from handlers.content.sentences import COMMANDS, LABELS, MAX_LABEL, MONTHS, SENTENCES
from handlers.errors import ContentError
from handlers.messages import Option
from handlers.text.folding import fold


def declared() -> dict[str, tuple[str, ...]]:
    """Every message id that a Fluent file must hold, with its variables."""
    ids = dict(SENTENCES)
    ids.update({f"label-{label}": () for label in LABELS})
    ids.update({f"heard-{command}": () for command in COMMANDS})
    ids.update({f"month-{month}": () for month in range(1, MONTHS + 1)})
    return ids


class Wording:
    """One language's sentences; made by ``parse`` after every check has passed."""

    def __init__(self, language: str, bundle: FluentBundle, selecting: frozenset[str]) -> None:
        """``selecting``: the sentences that choose among variants and need Fluent every time."""
        self.language = language
        self._bundle = bundle
        # Formatting costs 36 µs a sentence, splitting once and joining under 1 µs.
        self._fixed = {key: self._format(key, {}) for key, names in declared().items() if not names}
        self._parts = {
            key: self._format(key, {name: f"\0{name}\0" for name in names}).split("\0")
            for key, names in declared().items()
            if names and key not in selecting
        }
        self.commands = {
            folded: command
            for command in COMMANDS
            for word in self._fixed[f"heard-{command}"].split(",")
            if (folded := fold(word))
        }
        self._options = {name: self._option(name) for name in LABELS}

    def say(self, key: str, **values: str | int) -> str:
        """The sentence ``key``. Raises KeyError for one that is not declared."""
        if not values:
            return self._fixed[key]
        parts = self._parts.get(key)
        if parts is None:
            return self._format(key, values)
        # Text and names of variables alternate.
        return "".join([str(values[part]) if i % 2 else part for i, part in enumerate(parts)])

    def label(self, name: str) -> str:
        """The label of an option."""
        return self._fixed[f"label-{name}"]

    def option(self, name: str) -> Option:
        """The option of that name, chosen by its label as well."""
        return self._options[name]

    def _option(self, name: str) -> Option:
        label = self.label(name)
        return Option(name, label, (fold(label),))

    def _format(self, key: str, values: Mapping[str, str | int]) -> str:
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(pattern, dict(values))
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        return str(text)


def parse(language: str, source: str, file: str = "") -> Wording:
    """Wording from a Fluent file. Raises ContentError with every problem: file, key, remedy."""
    resource = FluentParser().parse(source)
    problems = _problems(resource, source, file or f"{language}.ftl")
    if problems:
        raise ContentError(problems)
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(resource)
    wording = Wording(language, bundle, _selecting(resource))
    for name in LABELS:
        if len(wording.label(name)) > MAX_LABEL:
            problems.append(f"{file}: label-{name}: at most {MAX_LABEL} characters")
    if problems:
        raise ContentError(problems)
    return wording


def _problems(resource: ast.Resource, source: str, file: str) -> list[str]:
    wanted = declared()
    found: dict[str, ast.Message] = {}
    problems = []
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            line = source.count("\n", 0, entry.span.start if entry.span else 0) + 1
            problems.append(f"{file}:{line}: not valid Fluent: {entry.annotations[0].message}")
        elif isinstance(entry, ast.Message):
            name = entry.id.name
            if name in found:
                problems.append(f"{file}: {name}: stands twice; remove one")
            found[name] = entry
    for name, variables in wanted.items():
        if name not in found:
            problems.append(f"{file}: {name}: missing; add this sentence")
            continue
        used = _Variables()
        used.visit(found[name])
        for variable in sorted(set(variables) - used.names):
            problems.append(f"{file}: {name}: does not use {{ ${variable} }}; add it")
        for variable in sorted(used.names - set(variables)):
            known = ", ".join(variables) or "none"
            problems.append(f"{file}: {name}: unknown {{ ${variable} }}; allowed: {known}")
    unknown = [name for name in found if name not in wanted]
    problems += [f"{file}: {name}: unknown sentence; remove it" for name in unknown]
    return problems


def _selecting(resource: ast.Resource) -> frozenset[str]:
    messages = [e for e in resource.body if isinstance(e, ast.Message)]
    return frozenset(message.id.name for message in messages if _Selects.inside(message))


class _Selects(Visitor):
    def __init__(self) -> None:
        self.found = False

    @classmethod
    def inside(cls, message: ast.Message) -> bool:
        visitor = cls()
        visitor.visit(message)
        return visitor.found

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: ARG002  # its
        self.found = True


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)
