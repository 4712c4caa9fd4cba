"""Where in a file a mistake is, by the names that people wrote there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from handlers.content.checks import (
    Problem,
    RecordKind,
)
from handlers.text.display import as_key
from handlers.text.nearest import nearest

_NAMED_BY = ("id", "token", "word")  # what tells a record of a list from its neighbours


def name_of(entry: object, place: int) -> str:
    """What tells an entry of a list from its neighbours; without a name of its own, its place."""
    if isinstance(entry, dict):
        for key in _NAMED_BY:
            if isinstance(entry.get(key), str):
                return str(entry[key])
    return str(place)


def path_of(raw: object, loc: Sequence[int | str]) -> str:
    """Return where in ``raw`` an error is, with the names of list entries, not their places."""
    path = ""
    for part in loc:
        if isinstance(part, int):
            raw = raw[part] if isinstance(raw, list) and part < len(raw) else None
            path += f"[{as_key(name_of(raw, part + 1))}]"
        else:
            raw = raw.get(part) if isinstance(raw, dict) else None
            path += f".{as_key(part)}" if path else as_key(part)
    return path


def without_twins(errors: list[ErrorDetails], model: type[BaseModel]) -> list[ErrorDetails]:
    """Without "falta" for a key that is there, but mistyped: that is one mistake."""
    meant = {
        (*details["loc"][:-1], nearest(str(details["loc"][-1]), keys_at(model, details["loc"])))
        for details in errors
        if details["type"] == "extra_forbidden"
    }
    return [e for e in errors if e["type"] != "missing" or tuple(e["loc"]) not in meant]


def keys_at(model: type[BaseModel], loc: Sequence[int | str]) -> Collection[str]:
    """The keys of the table in which an error of ``model`` is."""
    found: type[BaseModel] = model
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        field = found.model_fields.get(part)
        inner = [] if field is None else list(_models_in(field.annotation))
        if not inner:
            return ()
        found = inner[0]
    return found.model_fields.keys()


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def full_key(problem: Problem) -> str:
    """The key of a problem as it is written in its file."""
    match problem.kind:
        case RecordKind.MUNICIPALITY | RecordKind.QUESTIONNAIRE:
            return problem.key
        case RecordKind.AREA:
            return f"area.{problem.key}"
        case RecordKind.CRITERION:
            return f"criteria[{as_key(problem.id)}].{problem.key}"
    return f"{problem.kind.value}[{as_key(problem.id)}].{problem.key}"
