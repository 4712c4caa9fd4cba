"""A query as the index reads it, and what was found for it."""

from __future__ import annotations

from typing import NamedTuple

from handlers.search.decide import Odds, Ranked, is_surely_own_wish
from handlers.search.matching.lexical import AskedWord
from handlers.search.matching.terms import WEIGHT_OF_VAGUE, Term


class Query(NamedTuple):
    """A query prepared for matching."""

    words: tuple[str, ...]
    terms: tuple[Term, ...]
    asked: tuple[AskedWord, ...]

    @property
    def telling(self) -> int:
        """How many of the words are neither vague nor everyday words."""
        return sum(one.weight == 1.0 for one in self.asked)


class Found(NamedTuple):
    """What was found for a query."""

    read: Query
    ranked: Ranked
    odds: Odds

    @property
    def says_nothing(self) -> bool:
        """Whether the query is one vague word ("me dieron") that is no card's name or phrase."""
        asked = self.read.asked
        vague = len(asked) == 1 and asked[0].weight <= WEIGHT_OF_VAGUE
        return vague and not any(one.signals.exact for one in self.ranked.cards)

    @property
    def says_it_all(self) -> bool:
        """Whether a part asks for its card in several words, so plainly that they decide."""
        return self.read.telling > 1 and is_surely_own_wish(self.odds)
