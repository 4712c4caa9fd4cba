"""What a search answers: hits, and how sure it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

CardKind = Literal["service", "area", "institution"]


class Verdict(StrEnum):
    """What to do with the hits of a ranking."""

    SURE = "sure"  # show the first card
    UNSURE = "unsure"  # suggest up to three
    SEVERAL = "several"  # the question holds separate matters: offer the first hit of each
    EXTERNAL = "external"  # somebody else's responsibility: the first hit is an institution
    SMALL_TALK = "small_talk"  # a greeting, thanks or an insult, nothing asked
    NOTHING = "nothing"  # not found


class Hit(msgspec.Struct, frozen=True):
    """One card that may answer, best first in a ranking."""

    kind: CardKind
    id: str
    score: float  # comparable within one ranking only


class Ranking(msgspec.Struct, frozen=True):
    """The answer to one query; travels with the message, so it is plain data."""

    hits: tuple[Hit, ...]
    verdict: Verdict
    doubtful: bool = False  # whether it may be no question for a municipality, though one card fits

    @property
    def is_found(self) -> bool:
        """Whether it is known what is meant: one card, or one for each matter."""
        return self.verdict in (Verdict.SURE, Verdict.SEVERAL)

    def cards(self) -> tuple[str, ...]:
        """Ids that are offered as answers or suggestions, best first; empty if none is."""
        if self.verdict in (Verdict.SURE, Verdict.UNSURE, Verdict.SEVERAL):
            return tuple([hit.id for hit in self.hits])
        return ()
