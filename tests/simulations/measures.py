"""Measures: called effective or not.

Simulated: 1,000 measures of each kind, called effective or not. Each follows a signal of a fall
(p 0.75, n 60 a week, baseline of 52 weeks). The action is done 4 weeks later; the effect is
measured over the 8 weeks after that, beside 10 areas without a measure. The first three kinds have
no effect of their own. The reference holds the weeks after against the week of the signal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.harness.frame import Found, Result
from handlers.measures.following import measured
from handlers.measures.history import History
from handlers.measures.measures import Measure, measure_of
from handlers.measures.steps import Decided, Done, Opened, Origin, Step, Term
from handlers.quality.blocks import Block
from handlers.quality.charts import Direction, Period, baseline, chart
from handlers.quality.effects import Verdict
from handlers.quality.intervals import newcombe
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


def run(quick: bool) -> Found:
    """Measures without effect and with one of 15 points, judged as the service judges them."""
    results = []
    for course in (*COURSES, CURED):
        ours, naive = called_effective(course, QUICK_RUNS if quick else RUNS)
        goal, met = ("≥ 0.80", ours >= 0.80) if course is CURED else ("≤ 0.05", ours <= 0.05)
        results.append(Result(course.name, "", ours, naive, goal, met))
    return Found(results)


def called_effective(course: Course, runs: int) -> tuple[float, float]:
    """The share of the measures that is called effective: by the service, and naively."""
    random = Random(SEED)
    ours = naive = 0
    for _ in range(runs):
        periods, signalled, others = _story(random, course)
        done = signalled.shifted(ACTING)
        ours += _is_effective(periods, others, signalled, done)
        low = next(period for period in periods if period.first == signalled)
        after = [p for p in periods if done < p.first]
        x, n = sum(p.x for p in after), sum(p.n for p in after)
        naive += newcombe(x, n, low.x, low.n).low > 0
    return ours / runs, naive / runs


def _is_effective(
    periods: list[Period], others: list[list[Period]], signalled: IsoWeek, done: IsoWeek
) -> bool:
    """As a control run tells it: from published blocks, in the first run that tells anything."""
    stories = {"own": periods} | {f"other {number}": one for number, one in enumerate(others)}
    blocks = {
        area: [Block(area, p.first, p.last, p.x, p.n) for p in story]
        for area, story in stories.items()
    }
    measure = _done_measure(signalled, done)
    for later in range(1, MEASURED + 1):
        told = measured(measure, History(blocks), frozenset({"own"}), done.shifted(later), {})
        if told is not None:
            return told.effect.verdict is Verdict.EFFECTIVE
    return False


def _done_measure(signalled: IsoWeek, done: IsoWeek) -> Measure:
    """A measure that a signal opened, and whose action is done."""
    at = datetime.combine(signalled.monday, time(), tzinfo=UTC)
    opened = Opened("own", Origin.SIGNAL, str(signalled), str(signalled), Term(at, ""))
    decided = Decided("a cause", "an action", 1, done.monday)
    steps = [Step(at, 1, event) for event in (opened, decided, Done(str(done)))]
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
