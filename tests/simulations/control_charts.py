"""Control charts: false signals and real falls.

Simulated: 500 years of 20 areas in which nothing changes, and 10,000 falls of 15 points, for six
pairs of a share p of grades 6–7 and n answers a week. Every area has its own baseline, estimated
from 52 weeks. Only falls count. A signal that stands for several weeks is one; the weeks are given
beside it. The reference of false signals, "fell since last week", is what a plain arrow says; that
of falls is a two-sided z-test against the week before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from statistics import mean, median

from benchmarks.harness.frame import Found, Result
from handlers.quality.charts import Direction, Period, baseline, chart
from handlers.quality.intervals import Z95
from tests.simulations.chance import answers, weeks
from tests.simulations.significance import two_shares

AREAS = 20
YEAR = 52
FALL = 0.15
SEEN = {2: 0.70, 3: 0.90}  # weeks after the fall: the least share that is to be seen then
BEFORE_FALL = 12  # quiet weeks, so that the moving average has settled
YEARS, FALLS = 500, 10_000
QUICK = 20  # times fewer
SEED = 20261122
CASES = ((0.75, 60), (0.75, 30), (0.75, 150), (0.85, 30), (0.85, 60), (0.85, 150))
WITH_GOAL = (0.75, 60)
RULES = ("chart", "fell", "tested")


@dataclass(slots=True)
class Simulated:
    """By rule: false signals of each year of 20 areas; share of falls seen in some weeks."""

    false: dict[str, list[int]]
    standing: list[int]  # weeks of a year in which an area stood signalled
    seen: dict[str, dict[int, float]]


def run(quick: bool) -> Found:
    """False signals a year over 20 areas, and falls of 15 points seen in time."""
    simulated = ((share, n, simulate(share, n, QUICK if quick else 1)) for share, n in CASES)
    return Found([result for one in simulated for result in _results(*one)])


def simulate(share: float, n: int, fewer: int = 1) -> Simulated:
    """Years without any change, and falls of 15 points, each with its own estimated baseline."""
    random, calendar = Random(SEED), weeks(2 * YEAR)
    false: dict[str, list[int]] = {rule: [] for rule in RULES}
    standing = []
    for _ in range(YEARS // fewer):
        said = [_said(list(answers(random, calendar, share, n))) for _ in range(AREAS)]
        for rule in RULES[1:]:
            false[rule].append(sum(sum(area[rule]) for area in said))
        begun = (pairwise([False, *area["chart"]]) for area in said)
        false["chart"].append(sum(now and not then for area in begun for then, now in area))
        standing.append(sum(sum(area["chart"]) for area in said))
    return Simulated(false, standing, _falls(random, share, n, FALLS // fewer))


def _falls(random: Random, share: float, n: int, runs: int) -> dict[str, dict[int, float]]:
    last = max(SEEN)
    calendar = weeks(YEAR + BEFORE_FALL + last)
    seen = {rule: dict.fromkeys(SEEN, 0) for rule in RULES}
    for _ in range(runs):
        quiet = answers(random, calendar[:-last], share, n)
        fallen = answers(random, calendar[-last:], share - FALL, n)
        for rule, said in _said([*quiet, *fallen]).items():
            for within in SEEN:
                seen[rule][within] += any(said[-last:][:within])
    return {
        rule: {within: count / runs for within, count in by.items()} for rule, by in seen.items()
    }


def _said(periods: Sequence[Period]) -> dict[str, list[bool]]:
    """For each week after the baseline's year: does the rule speak of a fall?"""
    base = baseline(periods[:YEAR])
    points = chart(periods[YEAR:], base)
    chart_says = [
        point.signal is not None and point.signal.direction is Direction.FALL for point in points
    ]
    both = list(pairwise(periods[YEAR - 1 :]))
    fell = [now.x * before.n < before.x * now.n for before, now in both]
    tested = [abs(two_shares(now.x, now.n, before.x, before.n).z) > Z95 for before, now in both]
    return {"chart": chart_says, "fell": fell, "tested": tested}


def _results(share: float, n: int, found: Simulated) -> Iterator[Result]:
    goals = (share, n) == WITH_GOAL
    charted, fell, tested = (median(found.false[rule]) for rule in RULES)
    weeks_signalled = f"{mean(found.standing):.1f} weeks signalled"
    note = f"mean {mean(found.false['chart']):.1f}, {weeks_signalled}; weekly test {tested:.0f}"
    name = f"p {share:g}, n {n}: false signals a year, {AREAS} areas"
    goal, met = ("≤ 4", charted <= 4) if goals else ("", None)
    yield Result(name, "", charted, fell, goal, met, note)
    for within, least in SEEN.items():
        charted, fell, tested = (found.seen[rule][within] for rule in RULES)
        name = f"p {share:g}, n {n}: fall of 15 points seen within {within} weeks"
        goal, met = (f"≥ {least:.2f}", charted >= least) if goals else ("", None)
        yield Result(name, "", charted, tested, goal, met, f"fell since last week {fell:.2f}")
