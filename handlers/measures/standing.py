"""How long "no measure" stands, after a fall that stays."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from handlers.measures.measures import Measure, State
from handlers.measures.steps import Declined, MeasureStep, Opened, Origin, SignalledAgain
from handlers.quality.charts import Baseline, Period, point_limits
from handlers.quality.intervals import Z90, Z95, newcombe
from handlers.quality.weeks import IsoWeek

STANDS_WEEKS = 13
"""A quarter of a year; then a fall that stays is decided anew."""

LOOKED_AT = 6
"""How many of the newest measurements, together, are compared with those that it was decided on."""

BACK = 3
"""So many of the newest together are held against the base: one good week is no return to it."""


def stands_until(measure: Measure) -> IsoWeek | None:
    """The last week in which a decision against a measure stands; None: there is none, or it was
    not about a fall."""
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
    """The declined measure in which a fall of this week stands; None: it has to be decided.

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
    """The measurements that were known to be low when it was decided."""
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
    """Whether the measurements since then are not of that level any more: they fell further, or
    had risen, so that this fall is a new one.

    They fell if one lies below the limits that the level sets, as of a chart, or several together
    below the level. They had risen once they were above it, not below the area's base, and its own
    chart was quiet: a fall was decided on at its lowest, and most of what stays low is above that.
    """
    x, n = _sum(level)
    decided = Baseline(level[0].first, level[-1].last, len(level), x, n, base.spread)
    for end, newest in enumerate(since, 1):
        if newest.share < point_limits(decided, newest.n).low:
            return True
        together = _sum(since[max(0, end - LOOKED_AT) : end])
        _, high = _difference(together, (x, n), base.spread, Z90)
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
    """The limits between which the difference of two shares lies, with the confidence of ``z``."""
    value, low, high = newcombe(*newest, *before, z)
    return value - spread * (value - low), value + spread * (high - value)


def _sum(points: Sequence[Period]) -> tuple[int, int]:
    return sum(period.x for period in points), sum(period.n for period in points)
