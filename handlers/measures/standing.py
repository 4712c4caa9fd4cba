"""How long a declined measure stands while its fall lasts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from handlers.measures.measures import Measure, State
from handlers.measures.steps import Declined, MeasureStep, Opened, Origin, SignalledAgain
from handlers.quality.charts import Baseline, Period, point_limits
from handlers.quality.intervals import Z80, Z90, Z95, newcombe
from handlers.quality.weeks import IsoWeek

STANDS_WEEKS = 13
"""A quarter of a year, after which a lasting fall must be decided again."""

LOOKED_AT = 6
"""How many of the newest measurements, together, are compared with the decided level."""

BACK = 3
"""How many of the newest, together, are compared with the base: one good week is no return."""


FEW = 100
"""Answers; of fewer, on which it was decided, a further fall would be seen too late."""


def stands_until(measure: Measure) -> IsoWeek | None:
    """The last week in which a declined measure stands; None if not declined after a fall."""
    if measure.state is not State.DECLINED or measure.opened.origin is not Origin.SIGNAL:
        return None
    assert measure.ended_in is not None, "it was declined"
    return measure.ended_in.shifted(STANDS_WEEKS)


def standing(
    measures: Iterable[Measure],
    points: Sequence[Period],
    base: Baseline,
    week: IsoWeek,
) -> Measure | None:
    """The declined measure that covers a fall of this week; None if it has to be decided.

    ``measures``: of the area. ``points``: its measurements up to ``week``.
    """
    ended = [measure for measure in measures if measure.ended_at is not None]
    newest = max(ended, key=lambda measure: (measure.ended_at, measure.number), default=None)
    until = stands_until(newest) if newest is not None else None
    if newest is None or until is None or week > until:
        return None
    level = _decided_level(newest, points)
    since = [period for period in points if level and period.first > level[-1].last]
    if not since or _has_moved(since, level, base, _signalled(newest.steps)):
        return None
    return newest


def _decided_level(measure: Measure, points: Iterable[Period]) -> list[Period]:
    """The low measurements known at the decision."""
    events = [step.event for step in measure.steps]
    decided = max(place for place, event in enumerate(events) if isinstance(event, Declined))
    weeks = _signalled(measure.steps[:decided])
    return [period for period in points if period.last in weeks and period.last >= measure.since]


def _signalled(steps: Iterable[MeasureStep]) -> set[IsoWeek]:
    """The weeks in which the area's chart signalled the fall."""
    weeks = set()
    for step in steps:
        match step.event:
            case Opened(since=week) | SignalledAgain(week=week):
                weeks.add(IsoWeek.parse(week))
            case _:
                pass
    return weeks


def _has_moved(
    since: Sequence[Period], level: Sequence[Period], base: Baseline, signalled: Container[IsoWeek]
) -> bool:
    """Whether the measurements since then left the decided level, so that this is a new fall.

    They fell further if one lies below the level's chart limits, or several together below the
    level. They had risen if they were above the level, not below the area's base, and its chart
    was quiet; above the level alone is not enough, because falls are decided at their lowest.
    """
    x, n = _sum(level)
    # What signalled lies lower than the fall itself, and of few answers says little of it.
    z = Z80 if n < FEW else Z90
    decided = Baseline(level[0].first, level[-1].last, len(level), x, n, base.spread)
    for end, newest in enumerate(since, 1):
        if newest.share < point_limits(decided, newest.n).low:
            return True
        together = _sum(since[max(0, end - LOOKED_AT) : end])
        _, high = _difference(together, (x, n), base.spread, z)
        above, _ = _difference(together, (x, n), base.spread, Z95)
        newest_few = _sum(since[max(0, end - BACK) : end])
        _, to_base = _difference(newest_few, (base.x, base.n), base.spread, Z95)
        was_quiet = newest != since[-1] and newest.last not in signalled
        if high < 0 or (above > 0 and to_base >= 0 and was_quiet):
            return True
    return False


def _difference(
    newest: tuple[int, int], before: tuple[int, int], spread: float, z: float
) -> tuple[float, float]:
    """The interval of the difference of two shares, with the confidence of ``z``."""
    value, low, high = newcombe(*newest, *before, z)
    return value - spread * (value - low), value + spread * (high - value)


def _sum(points: Sequence[Period]) -> tuple[int, int]:
    return sum(period.x for period in points), sum(period.n for period in points)
