"""One rule, for every channel and field, of which characters reach the conversation."""

from __future__ import annotations

import json
import re
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from handlers.messages import Incoming

S = TypeVar("S", bound=msgspec.Struct)

# Control characters but tab and line ends: PostgreSQL stores no NUL, spreadsheets none of them;
# halves of characters and noncharacters, which UTF-8 and XML do not know.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")  # the escape of half a character


def storable(incoming: Incoming) -> Incoming:
    """The incoming without characters that some database or report cannot hold."""
    return _clean(incoming)


def storable_text(text: str) -> str:
    """The text without these characters."""
    return _REFUSED.sub("", text) if _REFUSED.search(text) else text


def whole_characters(raw: bytes) -> bytes | None:
    """JSON without the characters that a platform cut in half; None where there are none.

    Raises ValueError or RecursionError for what is no JSON.
    """
    if not _HALF.search(raw):
        return None
    return storable_text(json.dumps(json.loads(raw), ensure_ascii=False)).encode()


def _clean(struct: S) -> S:
    changes: dict[str, object] = {}
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        if isinstance(value, str):
            if _REFUSED.search(value):
                changes[name] = storable_text(value)
        elif value and isinstance(value, tuple | msgspec.Struct):
            cleaned = _cleaned(value)
            if cleaned is not value:
                changes[name] = cleaned
    return replace(struct, **changes) if changes else struct


def _cleaned(value: object) -> object:
    match value:
        case str():
            return storable_text(value)
        case tuple():
            cleaned = tuple(_cleaned(item) for item in value)
            return cleaned if cleaned != value else value
        case msgspec.Struct():
            return _clean(value)
        case _:
            return value
