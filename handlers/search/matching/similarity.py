"""The similarity of a text to each card's phrases and questions: tf-idf cosine by sound."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from handlers.search.matching.postings import Postings, Values
from handlers.search.matching.spelling import Speller, search_sound

_MISSPELT = 0.7  # weight of a word that is only close to a known one


class Likeness:
    """Compares texts with the profiles of cards: each a bag of words in one language."""

    def __init__(self, profiles: Sequence[Iterable[Sequence[str]]], owners: Sequence[int]) -> None:
        """``profiles``: the texts of each, as folded words without stop words.

        ``owners``: the number of each profile's card.
        """
        self._owners = owners
        bags = [Counter(map(search_sound, chain.from_iterable(texts))) for texts in profiles]
        holders = Counter(chain.from_iterable(bags))
        self._unknown = math.log(len(bags) + 1) + 0.1
        self._rarity = {word: self._unknown - math.log(n) for word, n in holders.items()}
        found: dict[str, Values] = {word: {} for word in holders}
        for number, bag in enumerate(bags):
            values = {word: (1 + math.log(n)) * self._rarity[word] for word, n in bag.items()}
            length = math.sqrt(sum(value * value for value in values.values())) or 1.0
            for word, value in values.items():
                found[word][number] = value / length
        self._postings = Postings(found)
        self._speller = Speller((word, word) for word in sorted(holders) if not word.isdigit())
        self._misspelt = lru_cache(maxsize=4_096)(self._read_misspelt)

    def of(self, words: Iterable[str]) -> dict[int, float]:
        """The similarity, 0 to 1, of each card that shares a word with the folded ``words``.

        It is that of the card's most similar profile.
        """
        found: dict[int, float] = {}
        length = 0.0
        for word in set(map(search_sound, words)):
            readings = ((word, 1.0),) if word in self._rarity else self._misspelt(word)
            rarity = self._rarity[readings[0][0]] if readings else self._unknown
            length += rarity * rarity
            for reading, share in readings:
                weight = rarity * share
                for number, value in self._postings.of(reading):
                    found[number] = found.get(number, 0.0) + weight * value
        scale = math.sqrt(length) or 1.0
        best: dict[int, float] = {}
        for number, value in found.items():
            owner = self._owners[number]
            if value > best.get(owner, 0.0):
                best[owner] = value
        return {owner: value / scale for owner, value in best.items()}

    def _read_misspelt(self, word: str) -> tuple[tuple[str, float], ...]:
        near = self._speller.readings(word, word)[:1]
        return tuple((reading, _MISSPELT) for reading, _ in near)
