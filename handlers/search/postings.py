"""Which document holds which token, and what it is worth there: BM25 over weighed fields."""

from __future__ import annotations

import math
from collections import defaultdict

from handlers.search.terms import Meaning, Term

_SATURATION = 1.3  # BM25's k1: how fast more of the same word stops to count
_LENGTH = 0.25  # BM25's b: how much a long card is held back

Postings = dict[str, dict[int, float]]  # token → document or phrase number → value
Read = list[list[tuple[list[Term], float]]]  # by document its fields: terms and weight
NOWHERE: dict[int, float] = {}


def rarities(read: Read) -> dict[str, float]:
    """Inverse document frequency as in BM25, never negative."""
    holders: dict[str, int] = defaultdict(int)
    for fields in read:
        for token in {t for found, _ in fields for term in found for t, _ in term.meanings}:
            holders[token] += 1
    total = len(read)
    return {
        token: math.log(1 + (total - held + 0.5) / (held + 0.5)) for token, held in holders.items()
    }


def word_postings(read: Read, rarity: dict[str, float]) -> Postings:
    """What each token is worth in each document, by BM25 over weighed fields."""
    lengths = [sum(len(found) * weight for found, weight in fields) for fields in read]
    average = sum(lengths) / len(lengths) if lengths else 1.0
    postings: Postings = defaultdict(dict)
    for number, fields in enumerate(read):
        counts: dict[str, float] = defaultdict(float)
        for found, weight in fields:
            for term in found:
                for token, share in term.meanings:
                    counts[token] += weight * share
        held_back = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[number] / average)
        for token, count in counts.items():
            value = rarity[token] * count * (_SATURATION + 1) / (count + held_back)
            postings[token][number] = value
    return dict(postings)


def best_of(postings: Postings, meanings: Meaning) -> dict[int, float]:
    """For one word: the best of its meanings in each document or phrase that has any."""
    found: dict[int, float] = {}
    for token, share in meanings:
        for number, value in postings.get(token, NOWHERE).items():
            weighed = value * share
            if weighed > found.get(number, 0.0):
                found[number] = weighed
    return found
