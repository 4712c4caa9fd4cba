"""An area's control chart over all weeks: baselines, judged points, and what may be shown.

Everything comes from closed blocks, so a chart's past never changes. A baseline reset by a person
judges only what is published after the decision.

A block published as a bound hides the count of one side. So a point with such a block is shown
without its share, and a baseline with one without mean and limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from handlers.quality.blocks import Block, Figure
from handlers.quality.charts import (
    MIN_POINTS,
    Baseline,
    Direction,
    Limits,
    Period,
    Point,
    Rebase,
    Rule,
    baseline,
    chart,
    pooled,
)
from handlers.quality.weeks import IsoWeek


@dataclass(frozen=True, slots=True)
class Segment:
    """The points judged by one baseline; of the first one, preceded by those it is made of."""

    base: Baseline
    points: tuple[Point, ...]
    rebase: Rebase | None = None


class ChartPoint(msgspec.Struct, frozen=True):
    """A point as it may be shown. Shares are fractions."""

    first_week: str
    last_week: str
    n: int
    share: float | None  # None: suppressed
    limits: Limits | None = None  # None: not judged, or its baseline is suppressed
    in_baseline: bool = False
    direction: Direction | None = None  # of its signal
    rule: Rule | None = None
    after_gap: bool = False  # weeks before it are missing


class ChartBase(msgspec.Struct, frozen=True):
    """A baseline as it may be shown."""

    first_week: str
    last_week: str
    points: int
    n: int
    share: float | None
    rebase: Rebase | None = None


MOST_DRAWN = 52  # about a year; more are indistinguishable on a phone


class AreaChart(msgspec.Struct, frozen=True):
    """The publishable part of the chart of an area or of another indicator."""

    area: str  # the area's id, or another key of the chart
    points: tuple[ChartPoint, ...] = ()  # oldest first
    bases: tuple[ChartBase, ...] = ()  # the first one, then those reset, in order

    @property
    def drawn(self) -> tuple[ChartPoint, ...]:
        """The newest points, at most ``MOST_DRAWN``."""
        return self.points[-MOST_DRAWN:]

    @property
    def signals(self) -> tuple[ChartPoint, ...]:
        return tuple(point for point in self.points if point.direction is not None)

    @property
    def judged(self) -> tuple[ChartPoint, ...]:
        """The points after the first baseline."""
        return self.points[self.bases[0].points :] if self.bases else ()


def measurements(blocks: Iterable[Block]) -> tuple[Period, ...]:
    """The points of a chart: blocks pooled until each has ``MIN_ANSWERS``."""
    return pooled([Period(b.first, b.last, b.satisfied, b.n) for b in blocks if b.n])


def segments(periods: Sequence[Period], rebases: Iterable[Rebase] = ()) -> tuple[Segment, ...]:
    """The chart in segments, one per baseline; none before there are 12 measurements."""
    if len(periods) < MIN_POINTS:
        return ()
    decided = sorted(rebases, key=lambda one: (IsoWeek.parse(one.decided_week), one.decided_at))
    begun: list[tuple[Baseline, IsoWeek | None, Rebase | None]] = [
        (baseline(periods[:MIN_POINTS]), None, None)
    ]
    for rebase in decided:
        made_of = baseline_from(periods, rebase)
        if made_of:
            begun.append((baseline(made_of), IsoWeek.parse(rebase.decided_week), rebase))
    ends = [start for _, start, _ in begun[1:]]
    return tuple(
        Segment(base, chart(_between(periods, start, end), base), rebase)
        for (base, start, rebase), end in zip(begun, [*ends, None], strict=True)
    )


def baseline_from(periods: Iterable[Period], rebase: Rebase) -> tuple[Period, ...]:
    """The 12 measurements of a reset baseline; empty if there are fewer."""
    first, decided = IsoWeek.parse(rebase.first_week), IsoWeek.parse(rebase.decided_week)
    found = [one for one in periods if one.first >= first and one.last <= decided][:MIN_POINTS]
    return tuple(found) if len(found) == MIN_POINTS else ()


def possible_starts(periods: Sequence[Period]) -> list[str]:
    """The weeks at which a reset baseline can begin, newest first."""
    found = [str(one.first) for one in periods[: max(0, len(periods) - MIN_POINTS + 1)]]
    return found[:0:-1][:MOST_DRAWN]


def area_chart(area: str, blocks: Sequence[Block], rebases: Iterable[Rebase] = ()) -> AreaChart:
    """An area's chart. ``blocks``: all published ones, oldest first."""
    bounds = [b for b in blocks if b.n and b.figure is not Figure.SHARE]
    return _chart(area, measurements(blocks), bounds, [one for one in rebases if one.area == area])


def share_chart(name: str, periods: Sequence[Period], rebases: Sequence[Rebase] = ()) -> AreaChart:
    """The chart of another share, from its published periods, oldest first."""
    return _chart(name, pooled(periods), (), rebases)


def _chart(
    name: str, periods: Sequence[Period], bounds: Sequence[Block], rebases: Sequence[Rebase]
) -> AreaChart:
    parts, gaps = segments(periods, rebases), _after_gaps(periods)
    if not parts:
        waiting = (_shown_point(one, bounds, gaps) for one in periods)
        return AreaChart(name, tuple(waiting))
    bases = tuple(_shown_base(part, bounds) for part in parts)
    points = [
        _judged_point(point, _shown_point(point.period, bounds, gaps), base)
        for part, base in zip(parts, bases, strict=True)
        for point in part.points
    ]
    return AreaChart(name, tuple(points), bases)


def holds_bound(first: IsoWeek, last: IsoWeek, bounds: Iterable[Block]) -> bool:
    """Whether a block published as a bound lies within these weeks."""
    return any(first <= block.last and block.first <= last for block in bounds)


def _between(
    periods: Iterable[Period], start: IsoWeek | None, end: IsoWeek | None
) -> tuple[Period, ...]:
    return tuple(
        one
        for one in periods
        if (start is None or one.last > start) and (end is None or one.last <= end)
    )


def _after_gaps(periods: Sequence[Period]) -> frozenset[IsoWeek]:
    """The last weeks of points after a gap; two monthly points may share a week."""
    return frozenset(
        after.last for before, after in pairwise(periods) if before.last.shifted(1) < after.first
    )


def _shown_point(period: Period, bounds: Sequence[Block], gaps: frozenset[IsoWeek]) -> ChartPoint:
    hidden = holds_bound(period.first, period.last, bounds)
    return ChartPoint(
        first_week=str(period.first),
        last_week=str(period.last),
        n=period.n,
        share=None if hidden else period.share,
        after_gap=period.last in gaps,
    )


def _judged_point(point: Point, shown: ChartPoint, base: ChartBase) -> ChartPoint:
    return msgspec.structs.replace(
        shown,
        limits=None if base.share is None else point.limits,
        in_baseline=point.average is None,
        direction=point.signal.direction if point.signal else None,
        rule=point.signal.rule if point.signal else None,
    )


def _shown_base(part: Segment, bounds: Sequence[Block]) -> ChartBase:
    base = part.base
    return ChartBase(
        first_week=str(base.first),
        last_week=str(base.last),
        points=base.points,
        n=base.n,
        share=None if holds_bound(base.first, base.last, bounds) else base.share,
        rebase=part.rebase,
    )
