"""How often control charts cry wolf and how soon they see a fall, beside two common rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from statistics import mean, median

from benchmarks.harness.frame import Result, Section
from benchmarks.simulations.chance import answers, weeks
from handlers.quality.charts import Direction, Period, baseline, chart
from handlers.quality.intervals import Z95
from handlers.quality.significance import two_shares

AREAS = 20
YEAR = 52
FALL = 0.15
SEEN = (2, 3)  # weeks after the fall
BEFORE_FALL = 12  # quiet weeks, so that the moving average has settled
YEARS, FALLS = 500, 10_000
QUICK = 20  # times fewer
SEED = 20261122
CASES = ((0.75, 60), (0.75, 30), (0.75, 150), (0.85, 30), (0.85, 60), (0.85, 150))
WITH_GOAL = (0.75, 60)
RULES = ("chart", "fell", "tested")


@dataclass(slots=True)
class Found:
    """By rule: false signals of each year of 20 areas; share of falls seen in some weeks."""

    false: dict[str, list[int]]
    standing: list[int]  # weeks of a year in which an area stood signalled
    seen: dict[str, dict[int, float]]


def run(quick: bool) -> Section:
    """False signals a year over 20 areas, and falls of 15 points seen in time."""
    results: list[Result] = []
    for share, n in CASES:
        found = simulate(share, n, QUICK if quick else 1)
        results += _results(share, n, found)
    return Section(
        name="control_charts",
        title="Control charts: false signals and real falls",
        about=ABOUT,
        results=results,
    )


def simulate(share: float, n: int, fewer: int = 1) -> Found:
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
    return Found(false, standing, _falls(random, share, n, FALLS // fewer))


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


def _results(share: float, n: int, found: Found) -> list[Result]:
    goals = (share, n) == WITH_GOAL
    case = f"p {share:g}, n {n}"
    charted, fell, tested = (median(found.false[rule]) for rule in RULES)
    seen = found.seen["chart"]
    return [
        Result(
            f"{case}: false signals a year, 20 areas",
            "",
            charted,
            fell,
            "≤ 4" if goals else "",
            charted <= 4 if goals else None,
            f"mean {mean(found.false['chart']):.1f}, {mean(found.standing):.1f} weeks signalled; "
            f"reference: fell since last week; weekly 95 % test {tested:.0f}",
        ),
        *(
            Result(
                f"{case}: fall of 15 points seen within {within} weeks",
                "",
                seen[within],
                found.seen["tested"][within],
                (f"≥ {goal:.2f}" if goals else ""),
                seen[within] >= goal if goals else None,
                f"reference: weekly 95 % test; fell since last week "
                f"{found.seen['fell'][within]:.2f}",
            )
            for within, goal in zip(SEEN, (0.70, 0.90), strict=True)
        ),
    ]


ABOUT = f"""\
Simulated: {YEARS:,} years of {AREAS} areas in which nothing changes, and {FALLS:,} falls of
15 points, for six pairs of a share p of grades 6–7 and n answers a week. Every area has its own
baseline, estimated from {YEAR} weeks. Only falls count. A signal that stands for several weeks is
one; the weeks are given beside it. "Fell since last week" is what a plain arrow says; the weekly
test is a two-sided z-test against the week before.
"""
