"""An area's chart over time: what of it is shown, gaps, and baselines that a person sets anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.quality.blocks import Block
from handlers.quality.charts import MIN_POINTS, Direction, Rebase
from handlers.quality.control import ControlRun, control_run
from handlers.quality.series import area_chart
from handlers.quality.weeks import IsoWeek

FIRST = IsoWeek(2025, 40)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
N = 60
USUAL, LOW = 45, 30
BASE = [USUAL] * MIN_POINTS


def weekly(*satisfied: int) -> list[Block]:
    weeks = [FIRST.shifted(later) for later in range(len(satisfied))]
    return [Block("obras", week, week, x, N) for week, x in zip(weeks, satisfied, strict=True)]


def run_of(blocks: list[Block], *rebases: Rebase) -> ControlRun:
    return control_run(blocks[-1].last, {"obras": blocks}, ["obras"], NOW, rebases)


def rebase(first: int, decided: int) -> Rebase:
    weeks = str(FIRST.shifted(first)), str(FIRST.shifted(decided))
    return Rebase("obras", *weeks, NOW, 1, "horario nuevo")


def test_a_chart_without_its_baseline_has_points_and_no_limits() -> None:
    chart = area_chart("obras", weekly(*BASE[1:]))
    assert len(chart.points) == MIN_POINTS - 1
    assert chart.bases == ()
    assert {point.limits for point in chart.points} == {None}


def test_a_chart_signals_where_the_control_run_did() -> None:
    blocks = weekly(*BASE, 44, LOW, 46, 44, LOW)
    chart = area_chart("obras", blocks)
    told = {
        found.judged.last_week
        for end in range(1, len(blocks) + 1)
        for found in control_run(
            blocks[end - 1].last, {"obras": blocks[:end]}, ["obras"], NOW
        ).areas
        if found.judged and found.judged.direction
    }
    assert {point.last_week for point in chart.signals} == told
    assert {point.direction for point in chart.signals} == {Direction.FALL}


def test_a_missing_week_is_a_gap() -> None:
    blocks = weekly(*BASE, 44, 44, 44)
    del blocks[13]
    gaps = [point.first_week for point in area_chart("obras", blocks).points if point.after_gap]
    assert gaps == [str(FIRST.shifted(14))]


@pytest.mark.parametrize("hidden", [2, MIN_POINTS + 1])
def test_from_a_block_that_is_published_as_a_bound_no_number_is_shown(hidden: int) -> None:
    satisfied = [*BASE, 44, 44, 44]
    satisfied[hidden] = N - 5
    chart = area_chart("obras", weekly(*satisfied))
    assert [point.share is None for point in chart.points].index(True) == hidden
    in_baseline = hidden < MIN_POINTS
    assert (chart.bases[0].share is None) == in_baseline
    assert all((point.limits is None) == in_baseline for point in chart.points)


def test_what_is_shown_is_the_same_for_any_hidden_side() -> None:
    for hidden in (2, MIN_POINTS + 1):
        seen = set()
        for few in range(10):
            satisfied = [*BASE, 44, 44, 44]
            satisfied[hidden] = N - few
            shown = area_chart("obras", weekly(*satisfied)).points
            seen.add(tuple((point.share, point.limits) for point in shown))
        assert len(seen) == 1


def test_a_baseline_set_anew_judges_only_what_comes_after_the_decision() -> None:
    blocks = weekly(*BASE, *[LOW] * 20)
    before, after = area_chart("obras", blocks), area_chart("obras", blocks, [rebase(12, 25)])
    assert after.points[:26] == before.points[:26]
    assert len(before.signals) == 20
    assert [point.last_week for point in after.signals] == [
        point.last_week for point in before.points[12:26]
    ]
    assert [base.share for base in after.bases] == [USUAL / N, LOW / N]


def test_a_baseline_that_the_decision_had_no_12_measurements_for_is_not_set() -> None:
    blocks = weekly(*BASE, *[LOW] * 20)
    assert area_chart("obras", blocks, [rebase(20, 25)]) == area_chart("obras", blocks)


def test_a_control_run_uses_the_baseline_that_was_in_force_in_its_week() -> None:
    blocks = weekly(*BASE, *[LOW] * 20)
    anew = rebase(12, 25)

    def standing(end: int) -> tuple[str, bool]:
        part = blocks[: end + 1]
        (found,) = run_of(part, anew).areas
        assert found.baseline is not None
        assert found.judged is not None
        return found.baseline.first_week, found.judged.rule is not None

    assert standing(25) == (str(FIRST), True)
    assert standing(26) == (str(FIRST.shifted(12)), False)


def test_another_areas_baseline_changes_nothing() -> None:
    blocks = weekly(*BASE, *[LOW] * 20)
    other = [replace_area(rebase(12, 25), "aseo")]
    assert area_chart("obras", blocks, other) == area_chart("obras", blocks)
    gone = [replace(block, satisfied=0, n=0) for block in blocks]
    assert area_chart("obras", gone).points == ()


def replace_area(one: Rebase, area: str) -> Rebase:
    return Rebase(area, one.first_week, one.decided_week, one.decided_at, 1, one.reason)
