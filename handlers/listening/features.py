"""The features of a text: words, pairs of words, and pieces of words by sound."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from handlers.text.folding import fold
from handlers.text.phrases import sound_of_word

LONGEST = 400  # characters of a clause that are read
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
_MOST_WORDS = 2_048  # words whose features are cached: 4 MB
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]")
_GRADES, _DIGITS = frozenset("1234567"), frozenset("0123456789")


def features(text: str) -> frozenset[int]:
    """The hashed binary features of one clause.

    A number counts only as a grade from 1 to 7 or as another number; spellings that sound alike
    are equal.
    """
    text = text[:LONGEST]
    words = [
        "7" if word in _GRADES else "99" if word[0] in _DIGITS else word
        for word in fold(text).split()
    ]
    names = [f"p {first} {second}" for first, second in pairwise(["<", *words, ">"])]
    names.append(f"n {min(len(words), 12)}")
    for mark in "?!":
        if mark in text:
            names.append(f"m {mark}")
    for emoji in _EMOJI.findall(text):
        names.append(f"e {emoji}")
    return frozenset(map(crc32, map(str.encode, names))).union(*map(_of_word, words))


@lru_cache(maxsize=_MOST_WORDS)  # most words repeat
def _of_word(word: str) -> frozenset[int]:
    """The features of a word and its pieces."""
    names = [f"w {word}"]
    if spoken := sound_of_word(word):
        padded = f" {spoken} "
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            for start in range(len(padded) - size + 1):
                names.append(padded[start : start + size])
    return frozenset(map(crc32, map(str.encode, names)))
