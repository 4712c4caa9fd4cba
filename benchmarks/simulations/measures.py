"""How often a measure is called effective that is, and that is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.harness.frame import Result, Section
from benchmarks.simulations.chance import answers, weeks
from handlers.measures.following import measured
from handlers.measures.measures import Measure, measure_of
from handlers.measures.steps import Decided, Done, Opened, Origin, Step, Term
from handlers.quality.blocks import Block
from handlers.quality.charts import Direction, Period, baseline, chart
from handlers.quality.effects import Verdict
from handlers.quality.intervals import newcombe
from handlers.quality.weeks import IsoWeek

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


def run(quick: bool) -> Section:
    """Measures without effect and with one of 15 points, judged as the service judges them."""
    runs = QUICK_RUNS if quick else RUNS
    results = [_result(course, runs, 0.05, most=True) for course in COURSES]
    results.append(_result(CURED, runs, 0.80, most=False))
    return Section(
        name="measures",
        title="Measures: called effective or not",
        about=ABOUT,
        results=results,
    )


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
    blocks = {"own": _blocks("own", periods)}
    for number, theirs in enumerate(others):
        blocks[f"other {number}"] = _blocks(f"other {number}", theirs)
    measure = _done_measure(signalled, done)
    for later in range(1, MEASURED + 1):
        told = measured(measure, blocks, frozenset({"own"}), done.shifted(later), {})
        if told is not None:
            return told.effect.verdict is Verdict.EFFECTIVE
    return False


def _blocks(area: str, periods: list[Period]) -> list[Block]:
    return [Block(area, p.first, p.last, p.x, p.n) for p in periods]


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
    calendar = weeks_from(signal.first)
    acting, after = calendar[1 : 1 + ACTING], calendar[1 + ACTING :]

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


def weeks_from(first: IsoWeek) -> list[IsoWeek]:
    """The signal's week, those of acting and those of measuring."""
    start = CALENDAR.index(first)
    return CALENDAR[start : start + 1 + ACTING + MEASURED]


def _result(course: Course, runs: int, goal: float, *, most: bool) -> Result:
    ours, naive = called_effective(course, runs)
    met = ours <= goal if most else ours >= goal
    return Result(
        course.name,
        "",
        ours,
        naive,
        f"{'≤' if most else '≥'} {goal:.2f}",
        met,
        "reference: the weeks after against the week of the signal",
    )


CALENDAR = weeks(2 * YEAR + 1 + ACTING + MEASURED)
ABOUT = f"""\
Simulated: {RUNS:,} measures of each kind, called effective or not. Each follows a signal of a fall
(p {SHARE:g}, n {N} a week, baseline of {YEAR} weeks). The action is done {ACTING} weeks later; the
effect is measured over the {MEASURED} weeks after that, beside {OTHERS} areas without a measure.
The first three kinds have no effect of their own.
"""
