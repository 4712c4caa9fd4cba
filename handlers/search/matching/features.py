"""What the linear model sees of a text: stems, pairs of stems, and pieces of words by sound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

from handlers.search.matching.spelling import search_sound
from handlers.search.matching.terms import Term

SHORTEST_PIECE, LONGEST_PIECE = 3, 5


def features(terms: Sequence[Term]) -> set[int]:
    """The hashed features of a text, each present or not."""
    return set(map(crc32, map(str.encode, _names(terms))))


def features_of_word(term: Term) -> set[int]:
    """Those of one word alone."""
    return features([term])


def _names(terms: Sequence[Term]) -> list[str]:
    """A list rather than a generator: a text has hundreds of pieces."""
    names = []
    for term in terms:
        for token, _ in term.meanings:
            names.append(f"w {token}")
    names += [f"p {first.stem} {second.stem}" for first, second in pairwise(terms)]
    for term in terms:
        padded = f" {search_sound(term.word)} "
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            for start in range(len(padded) - size + 1):
                names.append(padded[start : start + size])
    return names
