"""Decodes a platform's JSON even if a field has another type than documented.

One wrong field must not lose a message: a value that can be converted is (a number in quotes, an
id without them), any other is left out, so that the field gets its default.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from typing import Any, TypeVar

import msgspec

from bot.channels.characters import whole_characters

T = TypeVar("T")

_MAX_REPAIRS = 24  # with more wrong fields it is not a message
_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]")
_LONGEST_NUMBER = 30

Path = tuple[str | int, ...]


def decode_json(
    decoder: msgspec.json.Decoder[T],
    raw: bytes | msgspec.Raw,
    essential: Collection[str] = (),
) -> T:
    """Decode JSON into the decoder's type, repairing optional fields.

    ``essential``: optional top-level fields that, if present, must be right: they are not left
    out. Raises ValueError or RecursionError for what cannot be read.
    """
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as error:
        return _decode_repaired(decoder, bytes(raw), error, essential)
    except msgspec.DecodeError:
        whole = whole_characters(bytes(raw))
        if whole is None:
            raise
        return decode_json(decoder, whole, essential)


def _decode_repaired(
    decoder: msgspec.json.Decoder[T],
    raw: bytes,
    error: msgspec.ValidationError,
    essential: Collection[str],
) -> T:
    """Decode ``raw``, converting or leaving out one wrong field after another."""
    tree = msgspec.json.decode(whole_characters(raw) or raw)
    for _ in range(_MAX_REPAIRS):
        place = _place(error)
        if not place or (len(place) == 1 and place[0] in essential):
            raise error
        for left_out in _repairs(tree, place):
            try:
                return decoder.decode(msgspec.json.encode(tree))
            except msgspec.ValidationError as next_error:
                error = next_error
                if left_out or _place(error) != place:
                    break
    raise error


def _repairs(tree: Any, place: Path) -> Iterator[bool]:
    """Try each conversion of the value at ``place`` in the tree, then remove it (yields True)."""
    *above, last = place
    holder = tree
    for step in above:
        holder = holder[step]
    for converted in _conversions(holder[last]):
        holder[last] = converted
        yield False
    del holder[last]
    yield True


def _conversions(value: object) -> Iterator[object]:
    match value:
        case bool():
            return
        case int():
            yield str(value)
        case float() if math.isfinite(value) and value.is_integer() and abs(value) < 2**53:
            yield int(value)
            yield str(int(value))
        case str() if value.strip().isdecimal() and len(value) <= _LONGEST_NUMBER:
            yield int(value)


def _place(error: msgspec.ValidationError) -> Path:
    """The path to the wrong value as keys and indices; empty if it is the root."""
    found = _PLACE.search(str(error))
    if found is None:
        return ()
    return tuple(
        step["name"] if step["index"] is None else int(step["index"])
        for step in _STEP.finditer(found["path"])
    )
