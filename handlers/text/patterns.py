"""Patterns of regular expressions out of the words that content gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from handlers.text.folding import fold

# Of Spanish alone: "è" is a word of Creole, and is not "e".
_ACCENTED = str.maketrans(
    {"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uúü]", "n": "[nñ]"}
)


def folded_words(texts: Iterable[str]) -> frozenset[str]:
    """All the words of these texts."""
    return frozenset(word for text in texts for word in fold(text).split())


def either_of(words: Iterable[str]) -> str:
    """A pattern of these words; longer ones first, and "(?!)", which is never, for none."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or "(?!)"


def begun_by(words: Collection[str]) -> str:
    """The same; a word that ends in ``*`` stands for all that begin like it."""
    whole = {fold(word) for word in words if not word.endswith("*")}
    begun = (rf"{re.escape(fold(word))}\w*" for word in words if word.endswith("*"))
    return "|".join([*sorted(begun), either_of(whole)])


def as_written(words: Iterable[str]) -> str:
    """A pattern of these words as people write them, with accents or without; longer ones first.

    "(?!)", which is never, for none.
    """
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(word.translate(_ACCENTED).replace(" ", r"\s+") for word in ordered) or "(?!)"
