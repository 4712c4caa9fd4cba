"""Recognises that one thing was said and another is meant: "decía caballero y era señora"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from handlers.text.folding import fold
from handlers.text.patterns import begun_by

_GROUP = re.compile(r"<([^<>\s]*)>")
_APART = r"(?: ,)*"  # signs between two words, each a comma
# What was said, and what is meant: a few words before others, all the rest at the end.
_SAID = {
    "{was}": r"(?P<was>[^ ,]+(?: [^ ,]+){0,5}",
    "{is}": r"(?P<is>[^ ,]+(?: [^ ,]+){0,11}",
}
_GAP, _OPTIONAL, _SIGN, _ANY_ENDING = "...", "?", ",", "*"


class ReplacementPattern(NamedTuple):
    """A compiled phrase, and words without which a text cannot contain it."""

    pattern: re.Pattern[str]
    needed: tuple[frozenset[str], ...]  # the text must have one word of each set


def replacement_patterns(
    written: Iterable[str], groups: Mapping[str, str]
) -> list[ReplacementPattern]:
    """A pattern for each phrase, to be looked for in folded words with "," for every other sign.

    A phrase is written as in text/phrases.py, ``{was}`` for what was said and ``{is}`` for what is
    meant, ``,`` for a sign that must stand there. Raises ValueError, in words.
    """
    return [_pattern(phrase, groups) for phrase in written]


def _pattern(written: str, groups: Mapping[str, str]) -> ReplacementPattern:
    try:
        named = _GROUP.sub(lambda found: "|".join(groups[found[1]].split()), written)
    except KeyError as error:
        raise ValueError(f"falta el grupo {error.args[0]}") from error
    if "{was}" not in named or "{is}" not in named:
        raise ValueError("faltan {was} y {is}")
    pattern, parts, needed = "", named.removeprefix("=").split(), list[frozenset[str]]()
    for place, part in enumerate(parts, 1):
        if part == _GAP:
            pattern += rf"(?:{_APART} [^ ,]+){{0,3}}?"
            continue
        if part == _SIGN:
            pattern += " ,"
            needed.append(frozenset(_SIGN))
            continue
        if part in _SAID:
            word = _SAID[part] + (")" if place == len(parts) else "?)")
        else:
            word = _either(part.removesuffix(_OPTIONAL))
            if not part.endswith(_OPTIONAL) and _ANY_ENDING not in part:
                needed.append(frozenset(_first_word(choice) for choice in part.split("|")))
        pattern += rf"(?:{_APART} {word})" + (_OPTIONAL if part.endswith(_OPTIONAL) else "")
    begins = "^" if written.startswith("=") else ""
    return ReplacementPattern(re.compile(rf"{begins}{pattern}(?= |$)"), tuple(needed))


def _first_word(choice: str) -> str:
    """The first word of a token such as "d'accord", which is two words."""
    return fold(choice).split()[0]


def _either(part: str) -> str:
    stems = [
        f"{fold(word)}{_ANY_ENDING}" if word.endswith(_ANY_ENDING) else fold(word)
        for word in part.split("|")
    ]
    return rf"(?:{begun_by(stems)})"
