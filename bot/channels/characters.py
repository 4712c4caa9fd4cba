"""Removes characters that cannot be stored from what any channel delivers."""

from __future__ import annotations

import json
import re
from typing import TypeVar

import msgspec
from msgspec.structs import replace

S = TypeVar("S", bound=msgspec.Struct)

# Control characters except tab and line ends (PostgreSQL stores no NUL, spreadsheets none of them),
# lone surrogates (not UTF-8) and noncharacters (not XML).
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# The same in encoded JSON, where control characters are numeric escapes; tab and line ends are not.
_REFUSED_IN_JSON = re.compile(rb"\\u00|\\[bf]|\x7f|\xef\xbf[\xbe\xbf]")
_encode = msgspec.json.Encoder().encode

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")  # the escape of a surrogate


def storable(struct: S) -> S:
    """An incoming, or a part of one, without characters that some database cannot store."""
    try:
        # They are rare, and searching the JSON takes half the time of walking through the fields.
        is_clean = not _REFUSED_IN_JSON.search(_encode(struct))
    except UnicodeEncodeError:  # a lone surrogate
        is_clean = False
    return struct if is_clean else _storable(struct)


def _storable(struct: S) -> S:
    changes: dict[str, object] = {}
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        if not value:
            continue
        cleaned: object = value
        if isinstance(value, str):
            cleaned = _REFUSED.sub("", value) if _REFUSED.search(value) else value
        elif isinstance(value, msgspec.Struct):
            cleaned = _storable(value)
        elif isinstance(value, tuple):
            cleaned = _cleaned(value)
        if cleaned is not value:
            changes[name] = cleaned
    return replace(struct, **changes) if changes else struct


def storable_text(text: str) -> str:
    """The text without these characters."""
    return _REFUSED.sub("", text) if _REFUSED.search(text) else text


def whole_characters(raw: bytes) -> bytes | None:
    """JSON without the lone surrogates of a cut emoji; None if it has none.

    Raises ValueError or RecursionError for anything but JSON.
    """
    if not _HALF.search(raw):
        return None
    return storable_text(json.dumps(json.loads(raw), ensure_ascii=False)).encode()


def _cleaned(items: tuple[object, ...]) -> tuple[object, ...]:
    cleaned = tuple(_item(item) for item in items)
    return cleaned if cleaned != items else items


def _item(value: object) -> object:
    match value:
        case str():
            return storable_text(value)
        case tuple():
            return _cleaned(value)
        case msgspec.Struct():
            return _storable(value)
        case _:
            return value
