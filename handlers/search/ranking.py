"""The result of a search: hits and a verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

CardKind = Literal["service", "area", "institution"]


class Verdict(StrEnum):
    """What to do with the hits of a ranking."""

    SURE = "sure"  # show the first card
    UNSURE = "unsure"  # suggest up to three
    SEVERAL = "several"  # separate questions in one message: offer the first hit of each
    EXTERNAL = "external"  # not municipal: the first hit is an institution
    SMALL_TALK = "small_talk"  # a greeting, thanks or an insult, nothing asked
    NOTHING = "nothing"  # not found


class Hit(msgspec.Struct, frozen=True):
    """One card that may answer."""

    kind: CardKind
    id: str
    score: float  # comparable within one ranking only


class Ranking(msgspec.Struct, frozen=True):
    """The result of one query, with the hits best first. Plain data."""

    hits: tuple[Hit, ...]
    verdict: Verdict
    doubtful: bool = False  # it may not be a municipal question, although a card fits
    wishes: int = 1  # how many of the first hits each answer a question of their own

    @property
    def is_found(self) -> bool:
        """Whether it is clear what is meant: one card, or one for each question."""
        return self.verdict in (Verdict.SURE, Verdict.SEVERAL)

    def cards(self) -> tuple[str, ...]:
        """The ids of cards to show or suggest, best first."""
        if self.verdict in (Verdict.SURE, Verdict.UNSURE, Verdict.SEVERAL):
            return tuple([hit.id for hit in self.hits])
        return ()
