"""Which document has which token, with its score there: BM25 over weighted fields."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest
from itertools import accumulate, chain

from handlers.search.matching.terms import Term, TokenShares

_SATURATION = 1.3  # BM25's k1: how soon repetitions of a word stop counting
_LENGTH = 0.25  # BM25's b: how much a long card is penalised

Read = list[list[tuple[list[Term], float]]]  # by document, the terms and weight of each field
Values = dict[int, float]  # by number of a document, phrase or profile


class Postings:
    """The score of each token in each document, phrase or profile that has it.

    Stored end to end in arrays: dictionaries took six times the memory.
    """

    def __init__(self, found: Mapping[str, Values]) -> None:
        """``found``: by token."""
        self._place = {token: place for place, token in enumerate(found)}
        self._begins = array("I", accumulate(map(len, found.values()), initial=0))
        self._numbers = array("I", chain.from_iterable(found.values()))
        self._values = array("d", chain.from_iterable(map(dict.values, found.values())))

    def of(self, token: str) -> Iterable[tuple[int, float]]:
        """Pairs of number and value."""
        place = self._place.get(token)
        if place is None:
            return ()
        held = slice(self._begins[place], self._begins[place + 1])
        return zip(self._numbers[held], self._values[held], strict=True)

    def of_any(self, meanings: TokenShares) -> Iterable[tuple[int, float]]:
        """Pairs for all that have any meaning of one word, each with its best score."""
        if len(meanings) == 1 and meanings[0][1] == 1.0:
            return self.of(meanings[0][0])
        found: Values = {}
        for token, share in meanings:
            place = self._place.get(token)
            if place is None:
                continue
            held = slice(self._begins[place], self._begins[place + 1])
            for number, value in zip(self._numbers[held], self._values[held], strict=True):
                weighed = value * share
                if weighed > found.get(number, 0.0):
                    found[number] = weighed
        return found.items()

    def holds(self, token: str, number: int) -> bool:
        """Whether that document, phrase or profile has the token."""
        place = self._place.get(token)
        return (
            place is not None
            and number in self._numbers[self._begins[place] : self._begins[place + 1]]
        )


def best_of_each(most: int, *signals: Mapping[int, float]) -> set[int]:
    """The ``most`` numbers with the highest scores by each signal; of equal ones the lower."""
    best: set[int] = set()
    for scores in signals:
        least = min(nlargest(most, scores.values()), default=0.0)
        high = [(score, -number) for number, score in scores.items() if score >= least]
        for _, number in nlargest(most, high):
            best.add(-number)
    return best


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
    """The score of each token in each document, by BM25 over weighted fields."""
    lengths = [sum(len(found) * weight for found, weight in fields) for fields in read]
    average = sum(lengths) / len(lengths) if lengths else 1.0
    postings: dict[str, Values] = defaultdict(dict)
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
    return Postings(postings)
