"""Builds regular expressions from the words of the content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from handlers.text.folding import fold

# People omit accents but do not add any: "secretaria" may be "secretaría", not the reverse.
_MAY_LACK = str.maketrans(
    {"á": "[aá]", "é": "[eé]", "í": "[ií]", "ó": "[oó]", "ú": "[uú]", "ü": "[uü]", "ñ": "[nñ]"}
)


def folded_words(texts: Iterable[str]) -> frozenset[str]:
    """All words of these texts, folded."""
    return frozenset(word for text in texts for word in fold(text).split())


def either_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, longer ones first; "(?!)", which never matches, for none."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or "(?!)"


def begun_by(words: Collection[str]) -> str:
    """As ``either_of``; a word ending in ``*`` matches all words with that prefix."""
    whole = {fold(word) for word in words if not word.endswith("*")}
    begun = (rf"{re.escape(fold(word))}\w*" for word in words if word.endswith("*"))
    return "|".join([*sorted(begun), either_of(whole)])


def as_written(words: Iterable[str]) -> str:
    """A pattern of any of these words, with or without their accents, longer ones first.

    A word ending in ``*`` matches all words with that prefix. For none: "(?!)", never matching.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(_spelt, ordered)) or "(?!)"


def _spelt(word: str) -> str:
    parts = word.removesuffix("*").lower().split()
    pattern = r"\s+".join(re.escape(part).translate(_MAY_LACK) for part in parts)
    return rf"{pattern}\w*" if word.endswith("*") else pattern
