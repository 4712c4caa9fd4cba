"""What follows from a control run: measures that it opens, and effects that are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from handlers.cases.deadlines import DeadlineRule, WorkingCalendar
from handlers.indicators.counts import SeriesCount
from handlers.measures.history import (
    History,
    Spread,
    seen_when_opened,
    spread_of,
    without_small_counts,
)
from handlers.measures.measures import Measure, State
from handlers.measures.standing import standing
from handlers.measures.steps import (
    ComparisonAreas,
    Deadline,
    Event,
    Measured,
    Opened,
    Origin,
    SignalledAgain,
)
from handlers.quality.charts import MIN_POINTS, Baseline, Direction, Period, baseline
from handlers.quality.control import AreaRun, ControlRun, Standing
from handlers.quality.effects import Effectiveness, MeasureWeeks, effect
from handlers.quality.series import measurements
from handlers.quality.weeks import IsoWeek

NORM = "POLITICA"
"""The norm of the term to decide: the quality policy itself (commitment 6)."""

MEASURED_WEEKS = 8
"""How long after the action its effect is measured, once: looking every week would find effects by
chance. The simulation in tests/simulations/measures.py has the same number."""

LONGEST_WEEKS = 26
"""How long after the action to wait for enough answers."""

BEFORE_WEEKS = 12
"""How long before its opening "before" begins, for a measure without a signal."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """One event that follows from a run. ``number``: of its measure; empty if it opens one."""

    number: str
    event: Event


def consequences(
    run: ControlRun,
    history: History,
    measures: Iterable[Measure],
    term: Deadline,
) -> Iterator[Consequence]:
    """All events that follow from a run, given all measures so far.

    A fall opens a measure of its area, unless one that a fall opened is open, or one was declined
    and that decision stands; then it is recorded in that one. An agreement or a plan of the area
    answers no fall. ``term``: to decide a new measure.
    """
    known = tuple(measures)
    for found in run.with_standing(Standing.SIGNAL):
        judged = found.judged
        assert judged is not None, "a signal is of a measurement"
        if judged.direction is not Direction.FALL:
            continue
        measure = _where_it_stands(found, history, known)
        if measure is not None:
            yield Consequence(measure.number, SignalledAgain(judged.last_week))
        else:
            opened = Opened(found.area, Origin.SIGNAL, judged.last_week, judged.first_week, term)
            yield Consequence("", opened)
    week = IsoWeek.parse(run.week)
    spreads = {found.area: _spread(found) for found in run.areas}
    for measure in known:
        if measure.state is State.DONE:
            told = measured_effect(
                measure, history, areas_with_measures(measure, known, week), week, spreads
            )
            if told is not None:
                yield Consequence(measure.number, replace(told, term=term))


def _where_it_stands(
    found: AreaRun, history: History, measures: Iterable[Measure]
) -> Measure | None:
    """The measure in which a fall is recorded; None if it opens one.

    Whether a declined measure stands is public, so it is decided from published figures only.
    """
    of_area = [measure for measure in measures if measure.area == found.area]
    falls = (measure for measure in of_area if measure.opened.origin is Origin.SIGNAL)
    open_ = next((measure for measure in reversed(list(falls)) if measure.is_open), None)
    if open_ is not None:
        return open_
    assert found.judged is not None, "a signal is of a measurement"
    week = IsoWeek.parse(found.judged.last_week)
    points = measurements(block.as_published for block in history.blocks.get(found.area, ()))
    return standing(of_area, points, _published_base(found, points), week)


def _published_base(found: AreaRun, points: Sequence[Period]) -> Baseline:
    """The area's baseline as it follows from published figures only."""
    known = found.baseline
    if known is None or not found.can_be_shown:
        return baseline(points[:MIN_POINTS])
    first, last = IsoWeek.parse(known.first_week), IsoWeek.parse(known.last_week)
    return Baseline(first, last, known.points, known.x, known.n, known.spread)


def measured_effect(
    measure: Measure,
    history: History,
    excluded: frozenset[str],
    week: IsoWeek,
    spreads: Mapping[str, Spread],
) -> Measured | None:
    """The effect of a done measure on its indicator; None if it is too early.

    ``history``: up to ``week``. ``excluded``: areas with a measure of their own in these weeks.
    ``spreads``: of the areas' grades 6 and 7, from the control run.
    """
    done = measure.done_week
    assert done is not None, "only what is done has an effect"
    if week < done.shifted(MEASURED_WEEKS):
        return None
    span = MeasureWeeks(measure.since, done, week)
    by, published = measure.judged_by, history.own(measure)
    seen = seen_when_opened(measure, published)
    own = _within((count for count in published if count != seen), span)
    beside = history.beside(measure)
    others = [_within(beside[area], span) for area in sorted(set(beside) - excluded)]
    if not by.is_default:
        (own,), others = without_small_counts([own], done), without_small_counts(others, done)
    spread = spreads.get(measure.area, Spread()) if by.is_default else spread_of(published)
    less = by.less_is_better
    found = effect(_periods([own]), _periods(others), span, spread.value, less_is_better=less)
    if found.verdict is Effectiveness.TOO_FEW and week < done.shifted(LONGEST_WEEKS):
        return None
    can_be_shown = spread.is_known and _are_shown(own)
    return Measured(str(week), found, can_be_shown, _comparison(others, span))


def _comparison(others: Sequence[Sequence[SeriesCount]], span: MeasureWeeks) -> ComparisonAreas:
    """Areas with only published figures: a sum with others would reveal a suppressed number."""
    shown = [counts for counts in others if counts and _are_shown(counts)]
    found = effect((), _periods(shown), span)
    return ComparisonAreas(len(shown), found.others_before, found.others_after, found.others)


def areas_with_measures(
    measure: Measure, known: Iterable[Measure], week: IsoWeek
) -> frozenset[str]:
    """The area itself, and those with a measure of their own in the measure's weeks."""
    overlapping = {
        other.area
        for other in known
        if other.state is not State.DECLINED
        and other.since <= week
        and (other.is_open or _ended(other) > measure.since)
    }
    return frozenset({measure.area, *overlapping})


def decide_by(now: datetime, days: int, calendar: WorkingCalendar) -> Deadline:
    """Until when a measure opened now must be decided."""
    rule = DeadlineRule(NORM, days)
    return Deadline(calendar.due(now, rule), str(rule))


def before_week(week: IsoWeek) -> IsoWeek:
    """The week after which "before" begins for a measure opened by a person in ``week``."""
    return week.shifted(-BEFORE_WEEKS)


def _ended(measure: Measure) -> IsoWeek:
    assert measure.measured is not None, "it was closed on its effect"
    return IsoWeek.parse(measure.measured.week)


def _within(counts: Iterable[SeriesCount], span: MeasureWeeks) -> list[SeriesCount]:
    return [c for c in counts if c.n and span.signalled < c.first and c.last <= span.measured]


def _are_shown(counts: Iterable[SeriesCount]) -> bool:
    return all(count.is_shown for count in counts)


def _periods(areas: Iterable[Iterable[SeriesCount]]) -> list[Period]:
    return [Period(c.first, c.last, c.x, c.n) for counts in areas for c in counts]


def _spread(found: AreaRun) -> Spread:
    return Spread(found.baseline.spread, found.can_be_shown) if found.baseline else Spread()
