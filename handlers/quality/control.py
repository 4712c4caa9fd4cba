"""The control run of a week: judges every area's chart once and records every result.

An area's baseline is its first 12 measurements, until a person resets it. It is made from closed
blocks, which never change, so nothing later can move it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum

import msgspec

from handlers.quality.blocks import Block, Figure
from handlers.quality.charts import (
    MIN_ANSWERS,
    MIN_POINTS,
    RULES,
    Direction,
    Limits,
    Point,
    Rebase,
    Rule,
)
from handlers.quality.series import measurements, segments
from handlers.quality.weeks import IsoWeek


class Standing(Enum):
    """The result of a run for one area."""

    GATHERING = "gathering"  # the baseline is incomplete, or nothing came after it yet
    NOTHING_NEW = "nothing new"  # no measurement ended in the week
    QUIET = "quiet"
    SIGNAL = "signal"


class FrozenBaseline(msgspec.Struct, frozen=True):
    """``x`` of ``n`` answers in the area's first measurements. Confidential counts."""

    first_week: str
    last_week: str
    points: int
    x: int
    n: int
    spread: float


class Judged(msgspec.Struct, frozen=True):
    """The week's measurement, ``x`` of ``n`` answers, and what judged it, as fractions."""

    first_week: str
    last_week: str
    x: int
    n: int
    limits: Limits
    average: float
    average_limits: Limits
    rule: Rule | None = None  # None: no signal
    direction: Direction | None = None


class AreaRun(msgspec.Struct, frozen=True):
    """What the run found of one area."""

    area: str
    standing: Standing
    points: int  # measurements so far, including the baseline
    baseline: FrozenBaseline | None = None
    judged: Judged | None = None
    can_be_shown: bool = False  # its numbers are sums of published ones


class ControlRun(msgspec.Struct, frozen=True):
    """The record of one run, complete enough to be recomputed. Has confidential counts."""

    week: str
    made_at: datetime
    areas: tuple[AreaRun, ...]  # by id
    rules: tuple[Rule, ...] = RULES  # in order of precedence
    least_points: int = MIN_POINTS
    least_answers: int = MIN_ANSWERS
    made_up: bool = False  # demonstration data

    def with_standing(self, standing: Standing) -> tuple[AreaRun, ...]:
        """The areas with this result."""
        return tuple(area for area in self.areas if area.standing is standing)


def control_run(
    week: IsoWeek,
    blocks: Mapping[str, Sequence[Block]],
    areas: Iterable[str],
    made_at: datetime,
    rebases: Sequence[Rebase] = (),
) -> ControlRun:
    """Judge what was measured in ``week``.

    ``blocks``: all published up to it, by area, oldest first. ``areas``: of the content; an area
    that is gone is no longer judged.
    """
    found = (area_run(area, blocks.get(area, ()), week, rebases) for area in sorted(areas))
    return ControlRun(week=str(week), made_at=made_at, areas=tuple(found))


def area_run(
    area: str, blocks: Sequence[Block], week: IsoWeek, rebases: Iterable[Rebase] = ()
) -> AreaRun:
    """The result for one area in ``week``. ``blocks``: of the area, as in ``control_run``."""
    points = measurements(blocks)
    if len(points) <= MIN_POINTS:
        return AreaRun(area, Standing.GATHERING, len(points))
    decided = [one for one in rebases if one.area == area and one.decided_week < str(week)]
    part = segments(points, decided)[-1]
    base = part.base
    frozen = FrozenBaseline(
        first_week=str(base.first),
        last_week=str(base.last),
        points=base.points,
        x=base.x,
        n=base.n,
        spread=base.spread,
    )
    # With a bound among them, subtracting the published ones from a sum would reveal its side.
    can_be_shown = all(block.figure is Figure.SHARE for block in blocks if block.n)
    newest = part.points[-1] if part.points else None
    is_new = newest is not None and newest.period.last == week
    judged = _judged(newest) if newest is not None and is_new else None
    standing = Standing.NOTHING_NEW
    if judged is not None:
        standing = Standing.SIGNAL if judged.rule else Standing.QUIET
    return AreaRun(area, standing, len(points), frozen, judged, can_be_shown)


def _judged(point: Point) -> Judged:
    assert point.average is not None, "it lies after the baseline"
    assert point.average_limits is not None
    return Judged(
        first_week=str(point.period.first),
        last_week=str(point.period.last),
        x=point.period.x,
        n=point.period.n,
        limits=point.limits,
        average=point.average,
        average_limits=point.average_limits,
        rule=point.signal.rule if point.signal else None,
        direction=point.signal.direction if point.signal else None,
    )
