"""The effect of a measure: its sides, its intervals, and what may be said of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handlers.quality.charts import Period
from handlers.quality.effects import Effectiveness, MeasureWeeks, Side, effect
from handlers.quality.intervals import newcombe
from handlers.quality.weeks import IsoWeek
from tests.simulations.measures import (
    COURSES,
    CURED,
    WAITS,
    called_effective,
    chosen_effective,
    worst_month,
)
from tests.simulations.significance import two_shares

FILE = Path(__file__).parent.parent / "data/worked_examples.json"
EXAMPLES = {e["id"]: e for e in json.loads(FILE.read_text(encoding="utf-8"))["examples"]}
FIRST = IsoWeek(2026, 10)
SPAN = MeasureWeeks(signalled=FIRST, done=FIRST.shifted(3), measured=FIRST.shifted(9))


def weekly(*xs: int, n: int = 60) -> list[Period]:
    return [Period(FIRST.shifted(w), FIRST.shifted(w), x, n) for w, x in enumerate(xs)]


LOW = (25,)  # the week of the signal: belongs to neither side
RECOVERED = weekly(*LOW, 36, 36, 36, 46, 46, 46, 46, 46, 46, 10)  # the last comes too late


def test_the_signals_own_week_and_what_comes_too_late_count_on_no_side() -> None:
    found = effect(RECOVERED, [], SPAN)
    assert (found.before, found.after) == (Side(108, 180), Side(276, 360))
    assert found.change == newcombe(276, 360, 108, 180)
    assert (found.verdict, found.others) == (Effectiveness.EFFECTIVE, None)


def test_a_pool_across_the_action_counts_on_no_side() -> None:
    across = Period(FIRST.shifted(3), FIRST.shifted(4), 60, 90)
    found = effect([*RECOVERED[:3], across, *RECOVERED[5:]], [], SPAN)
    assert (found.before.n, found.after.n) == (120, 300)


def test_what_rose_everywhere_was_not_the_measure() -> None:
    alike = [Period(p.first, p.last, 10 * p.x, 10 * p.n) for p in RECOVERED]
    found = effect(RECOVERED, alike, SPAN)
    assert found.change is not None
    assert found.change.low > 0
    assert found.verdict is Effectiveness.UNPROVEN
    unmoved = weekly(*[450] * 11, n=600)
    assert effect(RECOVERED, unmoved, SPAN).verdict is Effectiveness.EFFECTIVE


def test_with_too_few_answers_on_a_side_nothing_is_said() -> None:
    for own in (RECOVERED[:4], RECOVERED[4:], weekly(*LOW, *[10] * 9, n=15)):
        found = effect(own, [], SPAN)
        assert (found.verdict, found.change) == (Effectiveness.TOO_FEW, None)


def test_a_further_fall_is_worse() -> None:
    assert effect(weekly(*LOW, 46, 46, 46, *[30] * 6), [], SPAN).verdict is Effectiveness.WORSE


def test_where_fewer_is_better_a_fall_is_what_was_hoped_for() -> None:
    fallen = weekly(*LOW, 46, 46, 46, *[30] * 6)
    for own, verdict in ((fallen, Effectiveness.EFFECTIVE), (RECOVERED, Effectiveness.WORSE)):
        assert effect(own, [], SPAN, less_is_better=True).verdict is verdict
    alike = [Period(p.first, p.last, 10 * p.x, 10 * p.n) for p in fallen]
    assert effect(fallen, alike, SPAN, less_is_better=True).verdict is Effectiveness.UNPROVEN


def test_an_overdispersed_area_has_a_wider_interval() -> None:
    plain, wide = (effect(RECOVERED, [], SPAN, spread).change for spread in (1.0, 3.0))
    assert plain is not None
    assert wide is not None
    assert wide.value - wide.low == pytest.approx(3 * (plain.value - plain.low))
    assert effect(RECOVERED, [], SPAN, 3.0).verdict is Effectiveness.UNPROVEN


def test_the_promised_rates_hold_in_a_short_simulation() -> None:
    """The command's own figures; here with few runs, so with some room."""
    for course in COURSES:
        assert called_effective(course, 150)[0] <= 0.09, course
    assert called_effective(CURED, 150)[0] >= 0.80
    # The naive comparison takes regression to the mean for an effect.
    assert called_effective(COURSES[0], 150)[1] > 0.5
    assert called_effective(COURSES[1], 60, WAITS)[0] <= 0.09
    assert called_effective(CURED, 60, WAITS)[0] >= 0.80
    assert chosen_effective(worst_month, 60)[0] <= 0.09


def test_the_test_of_two_shares_equals_the_worked_example() -> None:
    example = EXAMPLES["ztest_56_70_48_80"]
    given_, expected = example["input"], example["expected"]
    found = two_shares(given_["x1"], given_["n1"], given_["x2"], given_["n2"])
    assert found.z == pytest.approx(expected["z"], abs=1e-6)
    assert found.p == pytest.approx(expected["p_two_sided"], abs=1e-6)
    assert two_shares(5, 5, 9, 9) == (0, 1)
