"""The features of a text for the linear model: stems, pairs of stems, and n-grams by sound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

from handlers.search.matching.spelling import search_sound
from handlers.search.matching.terms import Term

SHORTEST_PIECE, LONGEST_PIECE = 3, 5


def features(terms: Sequence[Term]) -> set[int]:
    """The hashes of the features that a text has."""
    return set(map(crc32, map(str.encode, _names(terms))))


def features_of_word(term: Term) -> set[int]:
    """The features of a single word."""
    return features([term])


def _names(terms: Sequence[Term]) -> list[str]:
    """A list rather than a generator, for speed: a text has hundreds of n-grams."""
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
