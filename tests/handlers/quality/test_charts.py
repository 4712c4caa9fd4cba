"""Control charts against worked examples, other programs' charts, and exact probabilities."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from capstat_core.time_weighted import ewma_chart
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, chi2

from handlers.quality import charts
from handlers.quality.charts import Baseline, Direction, Limits, Period, Rule, Signal
from handlers.quality.weeks import IsoWeek
from tests.simulations.control_charts import simulate

FILE = Path(__file__).parent.parent / "data/worked_examples.json"
EXAMPLES: dict[str, Any] = {
    example["id"]: example for example in json.loads(FILE.read_text(encoding="utf-8"))["examples"]
}
OTHERS: dict[str, Any] = json.loads((FILE.parent / "qikit_limits.json").read_text(encoding="utf-8"))
FIRST = IsoWeek(2025, 40)


def near(value: float, room: float = 1e-6) -> Any:
    return pytest.approx(value, abs=room)


def weekly(xs: list[int], ns: list[int] | int) -> list[Period]:
    sizes = ns if isinstance(ns, list) else [ns] * len(xs)
    weeks = [FIRST.shifted(place) for place in range(len(xs))]
    return [Period(week, week, x, n) for week, x, n in zip(weeks, xs, sizes, strict=True)]


def example(name: str) -> tuple[list[Period], dict[str, Any]]:
    found = EXAMPLES[name]
    return weekly(found["input"]["x"], found["input"]["n"]), found["expected"]


def share(periods: list[Period]) -> float:
    return sum(p.x for p in periods) / sum(p.n for p in periods)


def p_chart_limits(share: float, n: int, sigma_z: float = 1.0) -> Limits:
    """The textbook's p-chart, with ``sigma_z`` Laney's p': share ± 3 sigma_z √(p(1−p)/n).

    Montgomery, Introduction to Statistical Quality Control, 7.2; Laney (2002) Quality Engineering
    14:531–537. Kept within 0 … 1.
    """
    half = 3 * sigma_z * sqrt(share * (1 - share) / n)
    return Limits(max(0.0, share - half), min(1.0, share + half))


def outside(periods: list[Period], sigma_z: float) -> list[int]:
    centre = share(periods)
    limits = [p_chart_limits(centre, p.n, sigma_z) for p in periods]
    return [
        place
        for place, (p, limit) in enumerate(zip(periods, limits, strict=True), 1)
        if not limit.low <= p.share <= limit.high
    ]


# --- the textbook's charts -------------------------------------------------------------------


def test_laneys_chart_equals_the_worked_examples() -> None:
    for name in ("laney_pprime_weekly_200", "laney_pprime_peaches", "laney_pprime_overdispersed"):
        periods, expected = example(name)
        assert share(periods) == near(expected["pbar"])
        assert charts.sigma_z(periods) == near(expected["sigma_z"])
    spread = charts.sigma_z(periods)
    assert outside(periods, 1) == expected["plain_pchart_signals"]
    assert outside(periods, spread) == expected["laney_signals"]


@pytest.mark.parametrize("name", ["laney_pprime_weekly_200", "laney_pprime_peaches"])
def test_both_charts_equal_those_of_another_program(name: str) -> None:
    periods, _ = example(name)
    # It never lets limits be narrower than the p-chart's.
    for kind, sigma_z in (("p", 1.0), ("pp", max(1.0, charts.sigma_z(periods)))):
        other = OTHERS[name][kind]
        for period, low, high in zip(periods, other["lcl"], other["ucl"], strict=True):
            ours = p_chart_limits(share(periods), period.n, sigma_z)
            assert (ours.low, ours.high) == (near(max(0, low)), near(min(1, high)))


# --- our own limits --------------------------------------------------------------------------


@given(st.integers(600, 5_000), st.floats(0.02, 0.98), st.integers(10, 400))
def test_the_limits_of_a_point_are_exact(total: int, part: float, n: int) -> None:
    x = round(total * part)
    base = Baseline(FIRST, FIRST, 12, x, total, 1.0)
    limits = charts.point_limits(base, n)
    lowest = round(limits.low * n)
    beyond = betabinom.cdf([lowest - 1, lowest], n, x + 0.5, total - x + 0.5)
    assert beyond[0] <= charts.TAIL * (1 + 1e-9)
    assert beyond[1] > charts.TAIL * (1 - 1e-9)
    # The chart of the complement is the same one, upside down.
    upside_down = charts.point_limits(Baseline(FIRST, FIRST, 12, total - x, total, 1.0), n)
    assert (upside_down.low, upside_down.high) == (near(1 - limits.high), near(1 - limits.low))


def test_three_sigma_let_too_much_through_where_satisfaction_is_high_and_ours_do_not() -> None:
    expected = EXAMPLES["pchart_small_n_asymmetry"]["expected"]
    assert p_chart_limits(0.92, 20).low == near(expected["LCL"])
    base = Baseline(FIRST, FIRST, 12, 92_000, 100_000, 1.0)
    assert round(charts.point_limits(base, 20).low * 20) == expected["max_count_below"]
    # At most 13 of 20 signal: 14, which three sigma let signal, would be 0.38 %.


def test_an_uncertain_baseline_has_wider_limits() -> None:
    short, long = (Baseline(FIRST, FIRST, 12, 3 * k, 4 * k, 1.0) for k in (150, 15_000))
    assert charts.point_limits(short, 200).low < charts.point_limits(long, 200).low


def test_the_average_has_limits_that_widen_with_time_and_narrow_with_n() -> None:
    base = charts.baseline(weekly([45] * 12, 60))
    quiet = [Period(FIRST.shifted(w), FIRST.shifted(w), 45, 60) for w in range(12, 20)]
    lows = [p.average_limits.low for p in charts.chart(quiet, base) if p.average_limits]
    assert lows == sorted(lows, reverse=True)
    larger = [Period(p.first, p.last, 450, 600) for p in quiet]
    latest = charts.chart(larger, base)[-1].average_limits
    assert latest is not None
    assert latest.low > lows[-1]
    # As another program has them, where the baseline is known and n does not vary.
    known = Baseline(FIRST, FIRST, 12, 75_000_000, 100_000_000, 1.0)
    other = ewma_chart(
        [0.75] * 8,
        target=0.75,
        sigma=(0.75 * 0.25 / 60) ** 0.5,
        lmbda=charts.EWMA_WEIGHT,
        L=charts.EWMA_LIMIT,
    )
    ours = [p.average_limits.low for p in charts.chart(quiet, known) if p.average_limits]
    assert ours == near(other.lower, 1e-5)


@given(st.integers(5, 200))
def test_overdispersion_is_told_by_the_99_percent_point_of_chi_squared(degrees: int) -> None:
    assert charts._chi_squared_99(degrees) == pytest.approx(chi2.ppf(0.99, degrees), rel=0.003)


def test_an_overdispersed_baseline_has_laneys_limits_and_a_calm_one_has_not() -> None:
    periods, _ = example("laney_pprime_overdispersed")
    wild = charts.baseline(periods)
    assert wild.spread == near(charts.sigma_z(periods))
    later = [Period(FIRST.shifted(50), FIRST.shifted(50), 650, 950)]  # 68 % of 950
    assert charts.chart(later, wild)[0].signal is None
    calm = Baseline(wild.first, wild.last, 12, wild.x, wild.n, 1.0)
    assert charts.chart(later, calm)[0].signal == Signal(Rule.POINT, Direction.FALL)
    assert charts.baseline(weekly([45, 44, 46] * 4, 60)).spread == 1


def test_where_everybody_agrees_nothing_breaks() -> None:
    base = charts.baseline(weekly([60] * 12, 60))
    assert base.spread == 1
    (good,) = charts.chart([Period(FIRST.shifted(12), FIRST.shifted(12), 60, 60)], base)
    assert (good.signal, good.limits.high) == (None, 1)
    (bad,) = charts.chart([Period(FIRST.shifted(12), FIRST.shifted(12), 50, 60)], base)
    assert bad.signal == Signal(Rule.POINT, Direction.FALL)


# --- baseline, pools, gaps, rules ------------------------------------------------------------


def test_a_baseline_takes_twelve_points() -> None:
    with pytest.raises(ValueError, match="12 points, not 11"):
        charts.baseline(weekly([45] * 11, 60))
    base = charts.baseline(weekly([45] * 12, 60))
    assert (base.points, base.x, base.n) == (12, 540, 720)


def test_what_comes_later_moves_no_limit() -> None:
    base = charts.baseline(weekly([45] * 12, 60))
    fallen = weekly([45] * 12 + [30] * 20, 60)
    points = charts.chart(fallen, base)
    assert {point.limits for point in points} == {charts.point_limits(base, 60)}
    assert all(point.signal is None and point.average is None for point in points[:12])
    assert all(point.signal for point in points[12:])


def test_short_weeks_are_pooled_and_the_rest_waits() -> None:
    weeks = weekly([20, 20, 20, 30, 70, 9], [30, 30, 30, 40, 90, 12])
    found = charts.pooled(weeks)
    assert [(p.first, p.last, p.x, p.n) for p in found] == [
        (weeks[0].first, weeks[1].last, 40, 60),
        (weeks[2].first, weeks[3].last, 50, 70),
        (weeks[4].first, weeks[4].last, 70, 90),
    ]


@given(st.lists(st.integers(1, 90), max_size=30), st.integers(0, 30))
def test_later_weeks_never_change_an_earlier_pool(sizes: list[int], known: int) -> None:
    weeks = weekly(sizes, sizes)
    early, late = charts.pooled(weeks[:known]), charts.pooled(weeks)
    assert late[: len(early)] == early
    assert all(p.n >= charts.MIN_ANSWERS for p in late)


def test_a_missing_week_is_a_gap_and_no_zero() -> None:
    base = charts.baseline(weekly([45] * 12, 60))
    weeks = weekly([45] * 17, 60)[12:]
    whole = charts.chart(weeks, base)
    holed = charts.chart([*weeks[:2], *weeks[3:]], base)
    assert [point.after_gap for point in holed] == [False, False, True, False]
    assert [point.average for point in holed] == [point.average for point in whole[:4]]


def test_the_point_speaks_before_the_average() -> None:
    assert charts.RULES == (Rule.POINT, Rule.EWMA)
    base = charts.baseline(weekly([45] * 12, 60))
    low = Period(FIRST.shifted(12), FIRST.shifted(12), 25, 60)
    high = Period(FIRST.shifted(13), FIRST.shifted(13), 60, 60)
    found = charts.chart([low, high], base)
    assert found[0].signal == Signal(Rule.POINT, Direction.FALL)
    assert found[1].signal == Signal(Rule.POINT, Direction.RISE)
    creeping = [Period(FIRST.shifted(w), FIRST.shifted(w), 37, 60) for w in range(12, 16)]
    signals = [point.signal for point in charts.chart(creeping, base)]
    assert signals[0] is None
    assert signals[-1] == Signal(Rule.EWMA, Direction.FALL)


def test_limits_stay_within_0_and_1() -> None:
    assert p_chart_limits(0.97, 12) == Limits(near(0.822, 1e-3), 1.0)


def test_the_promised_rates_hold_in_a_short_simulation() -> None:
    """The command's own figures; here with few runs, so with some room."""
    found = simulate(0.75, 60, fewer=25)
    assert mean(found.false["chart"]) <= 5
    assert found.seen["chart"][2] >= 0.68
    assert found.seen["chart"][3] >= 0.88
    expected = EXAMPLES["false_alarm_simulation"]["expected"]["40"]
    for rule, ours in (("week_vs_week_95", "tested"), ("any_drop", "fell")):
        a_year = expected[rule]["false_alarms_per_year_20_areas"]
        assert mean(found.false[ours]) == pytest.approx(a_year, rel=0.15)
