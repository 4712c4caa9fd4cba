"""Reads the Fluent files with every sentence, label and command of a language.

The packaged file of the default language is the contract of all others: they must have the same
messages with the same variables. Sentences that a municipality's own file lacks are taken from the
packaged one, so that an upgrade with new sentences breaks no edited file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from handlers.content.mistakes import Mistake, lines
from handlers.errors import ContentError
from handlers.messages import Option
from handlers.text.display import undirected
from handlers.text.folding import fold
from handlers.text.nearest import did_you_mean

MAX_LABEL = 20  # characters of an option's label, so that it fits a button
_LABEL = "label-"
_COMMAND = "heard-"  # prefix of messages that list a command's words, separated by commas

Contract = Mapping[str, frozenset[str]]  # every message that a file must have, with its variables


class Wording:
    """One language's sentences, made by ``parse`` after all checks."""

    def __init__(
        self, language: str, bundle: FluentBundle, contract: Contract, resource: ast.Resource
    ) -> None:
        """``resource``: from which the bundle was made."""
        # Sentences with variants need Fluent at each use.
        selecting = _selecting(resource) if _KnowsLanguage.inside(resource) else frozenset()
        self.language = language
        self.from_packaged: tuple[str, ...] = ()  # keys of sentences that the own file lacks
        self.contract = contract
        self._bundle = bundle if selecting else None  # otherwise 3 MB that are not needed any more
        # Formatting costs 36 µs a sentence, splitting once and joining under 1 µs.
        self._fixed = {
            key: _formatted(bundle, key, {}) for key, names in contract.items() if not names
        }
        self._parts = {
            key: _formatted(bundle, key, {name: f"\0{name}\0" for name in names}).split("\0")
            for key, names in contract.items()
            if names and key not in selecting
        }
        self._phrases: dict[str, tuple[str, ...]] = {}
        self.commands = {
            phrase: command
            for command in _keys_after(contract, _COMMAND)
            for phrase in self.phrases(_COMMAND + command)
            if phrase
        }
        # By name; each is chosen by its label as well.
        self.options = {name: self._option(name) for name in _keys_after(contract, _LABEL)}

    def say(self, key: str, **values: str | int) -> str:
        """The sentence ``key``, with the values that it uses.

        Raises KeyError for an undeclared key or a missing value.
        """
        if key in self._fixed:
            return self._fixed[key]
        parts = self._parts.get(key)
        if parts is None:
            if self._bundle is None:
                raise KeyError(key)
            settled = {name: _undirected(value) for name, value in values.items()}
            return _formatted(self._bundle, key, settled)
        said = parts[0]
        for place in range(1, len(parts), 2):  # text and names of variables alternate
            value = values[parts[place]]
            said += undirected(value) if isinstance(value, str) else str(value)
            said += parts[place + 1]
        return said

    def phrases(self, key: str) -> tuple[str, ...]:
        """What stands between the commas of the sentence ``key``, folded once."""
        if key not in self._phrases:
            self._phrases[key] = tuple(map(fold, self._fixed[key].split(",")))
        return self._phrases[key]

    def date(self, day: date) -> str:
        """A date in words."""
        month = self.say(f"month-{day.month}")
        return self.say("date", day=day.day, month=month, year=day.year)

    def label(self, name: str) -> str:
        """The label of an option."""
        return self._fixed[_LABEL + name]

    def _option(self, name: str) -> Option:
        label = self.label(name)
        return Option(name, label, (fold(label),))


def _formatted(bundle: FluentBundle, key: str, values: Mapping[str, str | int]) -> str:
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, dict(values))
    if errors:
        raise KeyError(f"{key}: {errors[0]}")
    return str(text)


def _undirected(value: str | int) -> str | int:
    return undirected(value) if isinstance(value, str) else value


@lru_cache(maxsize=4)
def parse(
    language: str, source: str, contract_source: str, file: str, packaged: str = ""
) -> Wording:
    """Read the wording of a Fluent file, checking it against the contract.

    ``packaged``: the packaged file of the same language, for sentences that this one lacks. Raises
    ContentError with every problem: file, key, remedy.
    """
    contract = _contract_of(contract_source)
    try:
        resource = _parsed(source)
        fallback = _fallback_for(resource, contract, packaged)
        mistakes = _mistakes(resource, source, contract, file, fallback)
    except RecursionError:
        raise ContentError(
            [f"{file}: tiene demasiadas {{ unas dentro de otras; quítelas"]
        ) from None
    if mistakes:
        raise ContentError(lines(mistakes))
    resource = ast.Resource([*resource.body, *fallback.values()])
    knows_language = _KnowsLanguage.inside(resource)
    bundle = (FluentBundle if knows_language else _PlainBundle)([language], use_isolating=False)
    bundle.add_resource(resource)
    mistakes = _unformattable(bundle, contract, file)
    if mistakes:
        raise ContentError(lines(mistakes))
    wording = Wording(language, bundle, contract, resource)
    wording.from_packaged = tuple(fallback)
    _parsed.cache_clear()  # the syntax trees are no longer needed
    mistakes = [
        Mistake(file, f"label-{name}", f"es un botón: a lo más {MAX_LABEL} caracteres")
        for name in _keys_after(contract, _LABEL)
        if len(wording.label(name)) > MAX_LABEL
    ]
    if mistakes:
        raise ContentError(lines(mistakes))
    return wording


@lru_cache(maxsize=1)
def _contract_of(source: str) -> Contract:
    messages = [entry for entry in _parsed(source).body if isinstance(entry, ast.Message)]
    return {message.id.name: _variables(message) for message in messages}


@lru_cache(maxsize=1)  # the default language's file is parsed as contract and as wording
def _parsed(source: str) -> ast.Resource:
    return FluentParser().parse(source)


def _fallback_for(
    resource: ast.Resource, contract: Contract, packaged: str
) -> Mapping[str, ast.Message]:
    """The packaged sentences that an own file lacks, by key."""
    written = {entry.id.name for entry in resource.body if isinstance(entry, ast.Message)}
    if not packaged or contract.keys() <= written:
        return {}
    return {
        entry.id.name: entry
        for entry in FluentParser().parse(packaged).body
        if isinstance(entry, ast.Message) and entry.id.name in contract.keys() - written
    }


def _keys_after(contract: Contract, prefix: str) -> list[str]:
    return [key.removeprefix(prefix) for key in contract if key.startswith(prefix)]


def _mistakes(
    resource: ast.Resource,
    source: str,
    contract: Contract,
    file: str,
    fallback: Mapping[str, ast.Message],
) -> list[Mistake]:
    found: dict[str, ast.Message] = {}
    mistakes = []

    def note(name: str, text: str) -> None:
        mistakes.append(Mistake(file, name, text, same="sentence"))

    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            line = source.count("\n", 0, entry.span.start if entry.span else 0) + 1
            text = "no se entiende; se escribe nombre = oración, y las { van cerradas"
            mistakes.append(Mistake(f"{file}:{line}", "", text, same="line"))
        elif isinstance(entry, ast.Message):
            name = entry.id.name
            if name in found:
                note(name, "está dos veces; quite una")
            found[name] = entry
    if not found.keys() & contract.keys():
        return [Mistake(file, "", "no tiene ninguna de las oraciones; ponga ahí las de ese idioma")]
    for name, text in _contract_breaks(found, contract, fallback):
        note(name, text)
    for name, path in _cycles(resource).items():
        note(name, f"se nombra a sí misma ({' → '.join(path)}); quite una de esas referencias")
    return mistakes


def _contract_breaks(
    found: Mapping[str, ast.Message], contract: Contract, fallback: Mapping[str, ast.Message]
) -> Iterator[tuple[str, str]]:
    """Violations of the contract: missing, empty or unknown sentences, or other variables."""
    for name, variables in contract.items():
        if name in fallback:
            continue
        if name not in found:
            yield name, "falta esta oración; agréguela"
        elif found[name].value is None:
            yield name, "está vacía; escríbala después del ="
        else:
            for text in _misused(found[name], variables):
                yield name, text
    for name in found:
        if name not in contract:
            near = did_you_mean(name, contract.keys() - found.keys())
            yield name, f"esa oración no existe{near or '; bórrela'}"


def _misused(message: ast.Message, variables: frozenset[str]) -> list[str]:
    used = _References()
    used.visit(message)
    known = ", ".join(sorted(variables)) or "ninguna"
    return [
        *(
            f"no usa {{ ${variable} }}; agréguela"
            for variable in sorted(set(variables) - used.variables)
        ),
        *(
            f"{{ ${variable} }} no existe; se permite: {known}"
            for variable in sorted(used.variables - set(variables))
        ),
    ]


def _cycles(resource: ast.Resource) -> dict[str, tuple[str, ...]]:
    """Cycles of references, each once: its first key, and the keys on it."""
    entries = [entry for entry in resource.body if isinstance(entry, ast.Message | ast.Term)]
    named: dict[str, list[str]] = {}
    for entry in entries:
        used = _References()
        used.visit(entry)
        named[_name(entry)] = sorted(used.entries)
    cycles: dict[str, tuple[str, ...]] = {}
    done: set[str] = set()
    for start in named:
        path: list[str] = []
        steps = [iter([start])]
        while steps:  # iterative, as a chain of thousands of references must not exhaust the stack
            name = next(steps[-1], None)
            if name is None:
                steps.pop()
                if path:
                    done.add(path.pop())
            elif name in path:
                cycle = path[path.index(name) :]
                cycles.setdefault(min(cycle), (*cycle, name))
            elif name in named and name not in done:
                path.append(name)
                steps.append(iter(named[name]))
    return cycles


def _name(entry: ast.Message | ast.Term) -> str:
    return f"-{entry.id.name}" if isinstance(entry, ast.Term) else str(entry.id.name)


def _unformattable(bundle: FluentBundle, contract: Contract, file: str) -> list[Mistake]:
    """Sentences that refer to a missing one, or expand without bound."""
    mistakes = []
    for name, variables in contract.items():
        try:
            pattern = bundle.get_message(name).value
            assert pattern is not None, "an empty sentence was told before"
            _, errors = bundle.format_pattern(pattern, dict.fromkeys(variables, "0"))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            errors = [error]
        if errors:
            text = "nombra algo que no existe, o crece sin fin; revise lo que está entre { y }"
            mistakes.append(Mistake(file, name, text, same="sentence"))
    return mistakes


def _selecting(resource: ast.Resource) -> frozenset[str]:
    messages = [e for e in resource.body if isinstance(e, ast.Message)]
    return frozenset(message.id.name for message in messages if _Selects.inside(message))


def _variables(message: ast.Message) -> frozenset[str]:
    visitor = _References()
    visitor.visit(message)
    return frozenset(visitor.variables)


class _Selects(Visitor):
    def __init__(self) -> None:
        self.found = False

    @classmethod
    def inside(cls, node: ast.BaseNode) -> bool:
        visitor = cls()
        visitor.visit(node)
        return visitor.found

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: ARG002  # API's
        self.found = True


class _KnowsLanguage(_Selects):
    """Detects whether a file needs the language's plurals, numbers or dates."""

    visit_FunctionReference = visit_NumberLiteral = _Selects.visit_SelectExpression


class _PlainBundle(FluentBundle):
    """A bundle for a file that needs none of these, sparing 7 MB of Babel's locale data."""

    def _get_babel_locale(self) -> Any:
        return SimpleNamespace(plural_form={})


class _References(Visitor):
    """Collects the variables and the other entries that an entry refers to."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.entries: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.entries.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:
        self.entries.add(f"-{node.id.name}")
        self.generic_visit(node)
