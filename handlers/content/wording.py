"""Reads the Fluent files that word every sentence, label and command in a language.

The default language's file, as it comes packaged, is the contract of all others: they have the same
messages with the same variables.
"""

from __future__ import annotations

from collections.abc import Mapping

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from handlers.errors import ContentError
from handlers.messages import Option
from handlers.text.folding import fold

MAX_LABEL = 20  # characters of an option's label, so that it fits a button
_LABEL = "label-"
_COMMAND = "heard-"  # its text holds the words that command it, parted by commas

Contract = Mapping[str, frozenset[str]]  # every message that a file must hold, with its variables


def contract_of(source: str) -> Contract:
    """The contract that a Fluent file makes: its messages, with the variables that they use."""
    messages = [
        entry for entry in FluentParser().parse(source).body if isinstance(entry, ast.Message)
    ]
    return {message.id.name: _variables(message) for message in messages}


class Wording:
    """One language's sentences; made by ``parse`` after every check has passed."""

    def __init__(
        self, language: str, bundle: FluentBundle, contract: Contract, selecting: frozenset[str]
    ) -> None:
        """``selecting``: the sentences that choose among variants and need Fluent every time."""
        self.language = language
        self.contract = contract
        self._bundle = bundle
        # Formatting costs 36 µs a sentence, splitting once and joining under 1 µs.
        self._fixed = {key: self._format(key, {}) for key, names in contract.items() if not names}
        self._parts = {
            key: self._format(key, {name: f"\0{name}\0" for name in names}).split("\0")
            for key, names in contract.items()
            if names and key not in selecting
        }
        self.commands = {
            folded: command
            for command in _named(contract, _COMMAND)
            for word in self._fixed[_COMMAND + command].split(",")
            if (folded := fold(word))
        }
        self._options = {name: self._option(name) for name in _named(contract, _LABEL)}

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
        return self._fixed[_LABEL + name]

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


def parse(language: str, source: str, contract: Contract, file: str) -> Wording:
    """Wording from a Fluent file that keeps the contract.

    Raises ContentError with every problem: file, key, remedy.
    """
    resource = FluentParser().parse(source)
    problems = _problems(resource, source, contract, file)
    if problems:
        raise ContentError(problems)
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(resource)
    wording = Wording(language, bundle, contract, _selecting(resource))
    for name in _named(contract, _LABEL):
        if len(wording.label(name)) > MAX_LABEL:
            problems.append(f"{file}: {_LABEL}{name}: at most {MAX_LABEL} characters")
    if problems:
        raise ContentError(problems)
    return wording


def _named(contract: Contract, prefix: str) -> list[str]:
    return [key.removeprefix(prefix) for key in contract if key.startswith(prefix)]


def _problems(resource: ast.Resource, source: str, contract: Contract, file: str) -> list[str]:
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
    for name, variables in contract.items():
        if name not in found:
            problems.append(f"{file}: {name}: missing; add this sentence")
            continue
        used = _variables(found[name])
        for variable in sorted(variables - used):
            problems.append(f"{file}: {name}: does not use {{ ${variable} }}; add it")
        for variable in sorted(used - variables):
            known = ", ".join(sorted(variables)) or "none"
            problems.append(f"{file}: {name}: unknown {{ ${variable} }}; allowed: {known}")
    unknown = [name for name in found if name not in contract]
    problems += [f"{file}: {name}: unknown sentence; remove it" for name in unknown]
    return problems


def _selecting(resource: ast.Resource) -> frozenset[str]:
    messages = [e for e in resource.body if isinstance(e, ast.Message)]
    return frozenset(message.id.name for message in messages if _Selects.inside(message))


def _variables(message: ast.Message) -> frozenset[str]:
    visitor = _Variables()
    visitor.visit(message)
    return frozenset(visitor.names)


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
