"""Blocks: the disjoint periods of an area whose figures are published, each once and for good.

An area's weeks are gathered until a figure may be shown; then the block closes and is frozen. A
late correction changes the open block only. Figures that look back (changes, charts) use closed
blocks only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from handlers.quality.intervals import top_and_bottom
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek

ENOUGH = 50
"""Answers at which a block closes even if one side is under 10; it is published as a bound."""

LONGEST_WEEKS = 26
"""The longest open block; older weeks are dropped, as they say little about today."""


class Figure(Enum):
    """What is published of a block's share of grades 6 and 7."""

    SHARE = "share"
    AT_LEAST = "at least"  # fewer than 10 gave 1 to 5
    AT_MOST = "at most"  # fewer than 10 gave 6 or 7


@dataclass(frozen=True, slots=True)
class Block:
    """``satisfied`` of ``n`` answers in the weeks ``first`` to ``last``. Confidential counts."""

    area: str
    first: IsoWeek
    last: IsoWeek
    satisfied: int
    n: int

    @property
    def figure(self) -> Figure | None:
        return figure(self.satisfied, self.n)

    @property
    def as_published(self) -> Block:
        """The block as it is publicly known: in a bound, the suppressed side counts as nine."""
        hidden = THRESHOLD - 1
        match self.figure:
            case Figure.AT_LEAST:
                return replace(self, satisfied=self.n - hidden)
            case Figure.AT_MOST:
                return replace(self, satisfied=hidden)
            case _:
                return self


def figure(satisfied: int, n: int) -> Figure | None:
    """The figure of that many answers; None if the block stays open.

    A share requires ten on both sides, as each side can be computed from it.
    """
    if satisfied >= THRESHOLD and n - satisfied >= THRESHOLD:
        return Figure.SHARE
    if n < ENOUGH:
        return None
    return Figure.AT_LEAST if n - satisfied < THRESHOLD else Figure.AT_MOST


def block_of(area: str, first: IsoWeek, last: IsoWeek, grades: Iterable[int]) -> Block:
    """The block with these counts of grades 1 … 7."""
    top, _, n = top_and_bottom(tuple(grades))
    return Block(area, first, last, top, n)


def open_since(closed: IsoWeek | None, start: IsoWeek, week: IsoWeek) -> IsoWeek:
    """The first week of an area's open block in ``week``.

    ``closed``: the last week of its last closed block, if any. ``start``: the first week ever
    published, with which gathering begins.
    """
    after_closed = start if closed is None else closed.shifted(1)
    return min(week, max(after_closed, week.shifted(1 - LONGEST_WEEKS)))
