"""Intervals against the worked examples of the literature, and rounding."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.quality import intervals

FILE = Path(__file__).parent.parent / "data/worked_examples.json"
EXAMPLES: dict[str, Any] = {
    example["id"]: example for example in json.loads(FILE.read_text(encoding="utf-8"))["examples"]
}
EXACT = 1e-6  # the examples give six decimals


def near(value: float) -> Any:
    return pytest.approx(value, abs=EXACT)


@pytest.mark.parametrize(
    "name", [n for n in EXAMPLES if n.startswith("wilson_") and "x" in EXAMPLES[n]["input"]]
)
def test_wilson_equals_the_worked_examples(name: str) -> None:
    example = EXAMPLES[name]
    expected = example["expected"]
    found = intervals.wilson(example["input"]["x"], example["input"]["n"])
    assert found == (near(expected["p"]), near(expected["low"]), near(expected["high"]))
    published, room = example["published"], example["tolerance_published"]
    assert found.low == pytest.approx(published["low"], abs=room)
    assert found.high == pytest.approx(published["high"], abs=room)


def test_wilson_is_as_wide_as_the_table_says() -> None:
    table = EXAMPLES["wilson_widths"]["expected"]
    for n, row in table.items():
        found = intervals.wilson(row["x"], int(n))
        assert found.low == pytest.approx(row["low"], abs=5e-5)
        assert found.high == pytest.approx(row["high"], abs=5e-5)
        halfwidth = (found.high - found.low) / 2 * 100
        assert halfwidth == pytest.approx(row["halfwidth_pts"], abs=0.0501)


@pytest.mark.parametrize("name", [n for n in EXAMPLES if n.startswith("newcombe_")])
def test_newcombe_equals_the_worked_examples(name: str) -> None:
    example = EXAMPLES[name]
    given_, expected = example["input"], example["expected"]
    found = intervals.newcombe(given_["x1"], given_["n1"], given_["x2"], given_["n2"])
    assert found == (near(expected["diff"]), near(expected["low"]), near(expected["high"]))


def test_the_net_score_of_150_answers_equals_the_worked_example() -> None:
    example = EXAMPLES["net_satisfaction_150"]
    expected = example["expected"]
    grades = list(example["input"]["grade_counts"].values())
    top, bottom, n = intervals.top_and_bottom(grades)
    assert (top, bottom, n) == (expected["top_6_7"], expected["bottom_1_4"], expected["n"])
    assert intervals.net(top, bottom, n) == near(expected["net"])
    centre, low, high = intervals.adjusted_wald(top, bottom, n)
    assert centre == near(expected["adjusted_wald_centre"])
    assert [low, high] == [near(limit) for limit in expected["adjusted_wald"]]
    share = intervals.wilson(top, n)
    assert [share.low, share.high] == [near(limit) for limit in expected["pct_6_7_wilson"]]


def test_the_net_score_of_8_answers_equals_the_worked_example() -> None:
    example = EXAMPLES["net_satisfaction_small_8"]
    counts = example["input"]
    found = intervals.adjusted_wald(counts["top"], counts["bottom"], counts["n"])
    assert list(found[1:]) == [near(limit) for limit in example["expected"]["adjusted_wald"]]


@pytest.mark.parametrize(
    ("x", "n", "percent"),
    [
        (30, 48, 63),
        (1, 8, 13),
        (0, 10, 0),
        (1, 200, 1),
        (199, 200, 100),
        (22, 31, 71),
        (10, 10, 100),
    ],
)
def test_percents_are_rounded_half_up(x: int, n: int, percent: int) -> None:
    assert intervals.percent(x, n) == percent


@pytest.mark.parametrize(
    ("fraction", "points"), [(0.145, 15), (-0.145, -15), (0.285, 29), (-0.004, 0), (1.0, 100)]
)
def test_points_are_rounded_alike_in_both_directions(fraction: float, points: int) -> None:
    assert intervals.rounded_points(fraction) == points


@pytest.mark.parametrize(("x", "n"), [(1, 0), (5, 4), (-1, 4)])
def test_a_share_of_nothing_or_over_the_whole_is_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        intervals.wilson(x, n)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_every_interval_holds_its_share_and_stays_within_bounds(share: tuple[int, int]) -> None:
    value, low, high = intervals.wilson(*share)
    assert 0 <= low <= value <= high <= 1
    assert low < high
