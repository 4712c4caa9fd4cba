"""How long "no measure" stands: ``python -m tests.simulations.standing``.

An area's share falls from 0.75 by 15 points (a week of 60 or 150 answers, a baseline of 12
measurements). It is decided, with one measurement more in sight, that there is no measure. Then,
from the week after, the fall stays as it is, deepens, or is over for some weeks and comes back.
Printed: of how many the service asks again within the quarter, and within four weeks, beside asking
at each signal as it did before.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from handlers.measures.measures import Measure, measure_of, with_step
from handlers.measures.standing import STANDS_WEEKS, standing
from handlers.measures.steps import (
    Deadline,
    Declined,
    Event,
    MeasureStep,
    Opened,
    Origin,
    SignalledAgain,
)
from handlers.quality.charts import MIN_POINTS, Baseline, Direction, Period, baseline, chart
from handlers.quality.weeks import IsoWeek
from tests.simulations.chance import answers, weeks

SHARE, FALL, SEED, RUNS = 0.75, 0.15, 20261130, 400
SOON = 4  # weeks
MOST_KNOWN = 4
COURSES = {
    "the fall stays": (FALL, 0),
    "falls 10 points more": (FALL + 0.10, 0),
    "falls 15 points more": (FALL + 0.15, 0),
    "falls 25 points more": (FALL + 0.25, 0),
    "comes back after 4 weeks": (FALL, 4),
}
"""How far the share lies below its base, and for how many weeks the fall is over before."""

CALENDAR = weeks(MIN_POINTS + MOST_KNOWN + STANDS_WEEKS)
ZONE = ZoneInfo("America/Santiago")


@dataclass(frozen=True, slots=True)
class Asked:
    """After how many weeks of the later fall it is asked again; None: not within the quarter, less
    than one: before it."""

    ours: int | None
    at_each_signal: int | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--known",
        type=int,
        choices=range(1, MOST_KNOWN + 1),
        default=2,
        help="low measurements when it is declined",
    )
    chosen = parser.parse_args()
    runs = chosen.runs
    print(f"{'asked again within':46}{SOON} weeks  the quarter  at each signal: {SOON} weeks")
    for n in (60, 150):
        for name, (fall, over) in COURSES.items():
            random = Random(chosen.seed)
            found = [played(random, n, fall, over, chosen.known) for _ in range(runs)]
            soon, ever, before = (
                sum(one is not None and 0 < one <= most for one in of_all) / runs
                for of_all, most in (
                    ([one.ours for one in found], SOON),
                    ([one.ours for one in found], STANDS_WEEKS),
                    ([one.at_each_signal for one in found], SOON),
                )
            )
            print(f"{f'{name}, {n} answers a week':46}{soon:7.2f}{ever:13.2f}{before:16.2f}")


def played(random: Random, n: int, later: float, over: int = 0, known: int = 2) -> Asked:
    """One area; ``later``: how far below its baseline it is once it was decided, and for ``over``
    weeks had been back at it. ``known``: its low measurements until then."""
    points = [_week(random, place, n, SHARE) for place in range(MIN_POINTS)]
    base = baseline(points)
    # Low measurements, by chance or not: the chart has signalled at least once.
    points += [_week(random, MIN_POINTS + place, n, SHARE - FALL) for place in range(known)]
    signalled = [one.last for one in points[MIN_POINTS:] if _falls(points, base, one)]
    if not signalled:
        return played(random, n, later, over, known)
    measure, ours, first = _declined(signalled), None, None
    for place in range(STANDS_WEEKS):
        week = _week(random, MIN_POINTS + known + place, n, SHARE - (later if place >= over else 0))
        points.append(week)
        if not _falls(points, base, week):
            continue
        first = first or place + 1 - over
        if standing([measure], points, base, week.last) is None:
            ours = place + 1 - over
            break
        step = MeasureStep(_monday_after(week.last), 0, SignalledAgain(str(week.last)))
        measure = with_step(measure, step, ZONE)
    return Asked(ours, first)


def _declined(signalled: list[IsoWeek]) -> Measure:
    at = _monday_after(signalled[-1])
    week = str(signalled[0])
    first = Opened("area", Origin.SIGNAL, week, week, Deadline(at + timedelta(days=14), ""))
    again = (SignalledAgain(str(week)) for week in signalled[1:])
    events: list[Event] = [first, *again, Declined("x", "x")]
    return measure_of("M-2026-001", [MeasureStep(at, 0, event) for event in events], ZONE)


def _falls(points: list[Period], base: Baseline, of: Period) -> bool:
    signal = next(one.signal for one in chart(points, base) if one.period == of)
    return signal is not None and signal.direction is Direction.FALL


def _week(random: Random, place: int, n: int, share: float) -> Period:
    return next(answers(random, [CALENDAR[place]], share, n))


def _monday_after(week: IsoWeek) -> datetime:
    return datetime.combine(week.shifted(1).monday, time(12), tzinfo=UTC)


if __name__ == "__main__":
    main()
