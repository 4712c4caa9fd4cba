"""Measures: called effective or not.

Simulated: 1,000 measures of each kind, called effective or not. Each follows a signal of a fall
(p 0.75, n 60 a week, baseline of 52 weeks). The action is done 4 weeks later; the effect is
measured over the 8 weeks after that, beside 10 areas without a measure. The first three kinds have
no effect of their own. The reference holds the weeks after against the week of the signal.

Then the same of a share of which fewer is better (p 0.25, as of those who named a long wait), and
of measures without effect that a person opens: on the worst of 20 areas' figures of last week, and
on a figure of the municipality by months (n 120), which has none beside it, when it is the worst in
a year. Of these shares a week is hidden as in a digest, where a part is under ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.harness.frame import Found, Result
from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series, SeriesCount
from handlers.measures.after_run import BEFORE_WEEKS, before_week, measured_effect
from handlers.measures.history import History
from handlers.measures.measures import Measure, measure_of
from handlers.measures.steps import (
    GRADES,
    Deadline,
    Decided,
    Done,
    JudgedBy,
    MeasureStep,
    Opened,
    Origin,
)
from handlers.quality.blocks import Block
from handlers.quality.charts import Direction, Period, baseline, chart
from handlers.quality.effects import Effectiveness
from handlers.quality.intervals import newcombe
from handlers.quality.suppression import all_shown
from handlers.quality.weeks import IsoWeek
from tests.simulations.chance import answers, weeks

RUNS = 1_000
QUICK_RUNS = 100
SHARE, N = 0.75, 60
FALLEN = 0.60
YEAR = 52
ACTING = 4  # weeks from the signal to the action
MEASURED = 8  # weeks after it
OTHERS = 10  # areas without a measure
SEED = 20261122
SHOCK = 0.08  # by which everything rises at once, as when a queue system is renewed for all


CALENDAR = weeks(2 * YEAR + 1 + ACTING + MEASURED)


@dataclass(frozen=True, slots=True)
class Course:
    """What really happens: the area's share when the signal comes, while acting, and after."""

    name: str
    fallen: float | None  # None: nothing falls; the signal is a false one
    acting: float
    after: float
    others_after: float = SHARE


COURSES = (
    Course("a false signal, nothing changes", None, SHARE, SHARE),
    Course("a real fall that stays", FALLEN, FALLEN, FALLEN),
    Course("all areas rise alike after it", FALLEN, FALLEN, FALLEN + SHOCK, SHARE + SHOCK),
)
CURED = Course("a real fall, undone by the measure", FALLEN, FALLEN, SHARE)
AREAS = 20  # at whose figures a person looks, and opens a measure of the worst
Told = tuple[list[Period], list[list[Period]], Period, JudgedBy]
"""An area's periods, those of the others, the bad one that somebody saw, and the indicator."""

WAITS = JudgedBy(
    "motivo-espera", 1, Metric.REASON, Scope.AREA, "espera", "Espera", "Espera", less_is_better=True
)
IN_TIME = JudgedBy("casos-en-plazo", 1, Metric.CASES_IN_TIME, Scope.MUNICIPALITY, "", "En plazo")


def run(quick: bool) -> Found:
    """Measures without effect and with one of 15 points, judged as the service judges them."""
    results = []
    for course in (*COURSES, CURED):
        ours, naive = called_effective(course, QUICK_RUNS if quick else RUNS)
        goal, met = ("≥ 0.80", ours >= 0.80) if course is CURED else ("≤ 0.05", ours <= 0.05)
        results.append(Result(course.name, "", ours, naive, goal, met))
    for course in (*COURSES, CURED):
        ours, naive = called_effective(course, QUICK_RUNS if quick else RUNS, WAITS)
        goal, met = ("≥ 0.80", ours >= 0.80) if course is CURED else ("≤ 0.05", ours <= 0.05)
        results.append(Result(f"{course.name}; fewer is better", "", ours, naive, goal, met))
    for name, of in (("worst of 20 areas", worst_area), ("worst month of 12", worst_month)):
        ours, naive = chosen_effective(of, QUICK_RUNS if quick else RUNS)
        met = ours <= 0.05
        results.append(Result(f"opened by a person on the {name}", "", ours, naive, "≤ 0.05", met))
    return Found(results)


def called_effective(course: Course, runs: int, by: JudgedBy = GRADES) -> tuple[float, float]:
    """The share of the measures that is called effective: by the service, and naively."""
    random = Random(SEED)
    ours = naive = 0
    for _ in range(runs):
        periods, signalled, others = _story(random, course)
        done = signalled.shifted(ACTING)
        measure = _done_measure(Origin.SIGNAL, signalled, signalled, done, by)
        ours += _is_effective(periods, others, measure)
        naive += _seems_effective(periods, signalled, done)
    return ours / runs, naive / runs


def chosen_effective(told: Callable[[Random], Told], runs: int) -> tuple[float, float]:
    """The same of measures without effect that a person opens on a bad figure."""
    random = Random(SEED)
    ours = naive = 0
    for _ in range(runs):
        own, others, low, by = told(random)
        opened, done = low.last.shifted(1), low.last.shifted(ACTING)
        measure = _done_measure(Origin.PLAN, opened, before_week(opened), done, by)
        ours += _is_effective(own, others, measure)
        naive += _seems_effective(own, low.first, done)
    return ours / runs, naive / runs


def worst_area(random: Random) -> Told:
    """Of twenty areas the one with the lowest figure of last week."""
    calendar, last = CALENDAR[: BEFORE_WEEKS + ACTING + MEASURED], BEFORE_WEEKS - 1
    areas = [list(answers(random, calendar, SHARE, N)) for _ in range(AREAS)]
    own, *others = sorted(areas, key=lambda periods: periods[last].share)
    return own, others, own[last], WAITS


def worst_month(random: Random) -> Told:
    """A year of months, of four weeks each, of which the last is the lowest; then three more."""
    while True:
        year = _months(random, 0, 12)
        if year[-1].share == min(month.share for month in year):
            return [*year, *_months(random, 12, 3)], [], year[-1], IN_TIME


def _months(random: Random, begin: int, many: int) -> list[Period]:
    spans = [CALENDAR[4 * month : 4 * month + 4] for month in range(begin, begin + many)]
    counted = answers(random, [weeks[0] for weeks in spans], SHARE, 2 * N)
    return [
        Period(span[0], span[-1], month.x, month.n)
        for span, month in zip(spans, counted, strict=True)
    ]


def _seems_effective(periods: list[Period], low: IsoWeek, done: IsoWeek) -> bool:
    """The weeks after the action beside the low week that led to it."""
    at = next(period for period in periods if period.first == low)
    after = [p for p in periods if done < p.first]
    return newcombe(sum(p.x for p in after), sum(p.n for p in after), at.x, at.n).low > 0


def _is_effective(periods: list[Period], others: list[list[Period]], measure: Measure) -> bool:
    """As a control run tells it: from what was frozen, in the first run that tells anything."""
    stories = {"own": periods} | {f"other {number}": one for number, one in enumerate(others)}
    history = _history(stories, measure.judged_by)
    assert measure.done_week is not None
    for later in range(1, MEASURED + 1):
        week = measure.done_week.shifted(later)
        told = measured_effect(measure, history, frozenset({"own"}), week, {})
        if told is not None:
            return told.effect.verdict is Effectiveness.EFFECTIVE
    return False


def _history(stories: dict[str, list[Period]], by: JudgedBy) -> History:
    """The weeks as published of an indicator; where fewer is better, of those who did not."""
    if by.is_default:
        return History(
            {
                area: [Block(area, p.first, p.last, p.x, p.n) for p in story]
                for area, story in stories.items()
            }
        )
    of_all = by.scope is Scope.MUNICIPALITY
    counts: dict[Series, list[SeriesCount]] = {}
    for area, story in stories.items():
        series = Series(by.measured, by.scope, "" if of_all else area, by.part)
        if of_all and area != "own":
            continue
        counts[series] = [
            SeriesCount(series, p.first, p.last, x, p.n, all_shown(x, p.n - x))
            for p in story
            for x in [p.n - p.x if by.less_is_better else p.x]
        ]
    return History({}, counts)


def _done_measure(
    origin: Origin, opened_in: IsoWeek, since: IsoWeek, done: IsoWeek, by: JudgedBy
) -> Measure:
    """A measure whose action is done."""
    at = datetime.combine(opened_in.monday, time(15), tzinfo=UTC)
    opened = Opened("own", origin, str(since), str(since), Deadline(at, ""), judged_by=by)
    decided = Decided("a cause", "an action", 1, done.monday)
    steps = [MeasureStep(at, 1, event) for event in (opened, decided, Done(str(done)))]
    return measure_of("M-1", steps, ZoneInfo("UTC"))


def _story(random: Random, course: Course) -> tuple[list[Period], IsoWeek, list[list[Period]]]:
    """Weeks from the signal on, the signal's week, and the same weeks of the other areas."""
    signal = _signal(random, course)
    acting_from = CALENDAR.index(signal.first) + 1
    calendar = CALENDAR[acting_from : acting_from + ACTING + MEASURED]
    acting, after = calendar[:ACTING], calendar[ACTING:]

    def weeks_of(before: float, later: float) -> Iterator[Period]:
        yield from answers(random, acting, before, N)
        yield from answers(random, after, later, N)

    others = [list(weeks_of(SHARE, course.others_after)) for _ in range(OTHERS)]
    return [signal, *weeks_of(course.acting, course.after)], signal.first, others


def _signal(random: Random, course: Course) -> Period:
    """The first point that signals a fall, in as many years as it takes."""
    share = SHARE if course.fallen is None else course.fallen
    while True:
        before = list(answers(random, CALENDAR[:YEAR], SHARE, N))
        watched = list(answers(random, CALENDAR[YEAR : 2 * YEAR], share, N))
        for point in chart(watched, baseline(before)):
            if point.signal is not None and point.signal.direction is Direction.FALL:
                return point.period
