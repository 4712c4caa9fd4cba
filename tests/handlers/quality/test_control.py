"""A control run: which areas are judged, by what, and that later weeks change no earlier run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import msgspec
import pytest

from handlers.quality.blocks import Block
from handlers.quality.charts import MIN_POINTS, Direction, Rule
from handlers.quality.control import AreaRun, ControlRun, Standing, control_run
from handlers.quality.weeks import IsoWeek

FIRST = IsoWeek(2026, 1)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
N = 60
USUAL = 45  # of 60


def weekly(*satisfied: int, n: int = N) -> list[Block]:
    """A block of ``n`` answers a week."""
    weeks = [FIRST.shifted(later) for later in range(len(satisfied))]
    return [Block("obras", week, week, x, n) for week, x in zip(weeks, satisfied, strict=True)]


def run_of(blocks: list[Block]) -> AreaRun:
    """The run of the last block's week."""
    (found,) = control_run(blocks[-1].last, {"obras": blocks}, ["obras"], NOW).areas
    return found


BASE = [USUAL] * MIN_POINTS


@pytest.mark.parametrize("points", [0, 1, MIN_POINTS])
def test_an_area_whose_baseline_is_not_behind_it_is_not_judged(points: int) -> None:
    blocks = {"obras": weekly(*[USUAL] * points)} if points else {}
    (found,) = control_run(FIRST.shifted(20), blocks, ["obras"], NOW).areas
    assert found == AreaRun("obras", Standing.GATHERING, points)


def test_a_quiet_week_is_on_record_with_what_it_was_judged_by() -> None:
    found = run_of(weekly(*BASE, 44))
    assert (found.standing, found.points) == (Standing.QUIET, MIN_POINTS + 1)
    assert found.baseline is not None
    assert (found.baseline.x, found.baseline.n, found.baseline.points) == (540, 720, 12)
    assert found.judged is not None
    assert (found.judged.x, found.judged.n) == (44, N)
    assert found.judged.limits.low < 44 / N < found.judged.limits.high
    assert (found.judged.rule, found.judged.direction) == (None, None)


@pytest.mark.parametrize(
    ("later", "rule", "direction"),
    [
        ([25], Rule.POINT, Direction.FALL),
        ([58], Rule.POINT, Direction.RISE),
        ([37, 37, 37], Rule.EWMA, Direction.FALL),
    ],
)
def test_a_signal_says_its_rule_and_direction(
    later: list[int], rule: Rule, direction: Direction
) -> None:
    found = run_of(weekly(*BASE, *later))
    assert found.standing is Standing.SIGNAL
    assert found.judged is not None
    assert (found.judged.rule, found.judged.direction) == (rule, direction)


def test_a_measurement_of_an_earlier_week_is_not_judged_again() -> None:
    blocks = weekly(*BASE, 25)
    (found,) = control_run(blocks[-1].last.shifted(1), {"obras": blocks}, ["obras"], NOW).areas
    assert (found.standing, found.judged) == (Standing.NOTHING_NEW, None)


def test_small_blocks_are_judged_once_they_have_50_answers_together() -> None:
    halves = weekly(*[22] * 24, n=30)
    assert run_of(halves).standing is Standing.GATHERING
    first = replace(halves[0], first=halves[-1].last.shifted(1), last=halves[-1].last.shifted(1))
    second = replace(first, first=first.last.shifted(1), last=first.last.shifted(1))
    assert run_of([*halves, first]).standing is Standing.GATHERING
    found = run_of([*halves, first, second])
    assert found.standing is Standing.QUIET
    assert found.judged is not None
    assert (found.judged.first_week, found.judged.last_week) == (str(first.first), str(second.last))


def test_the_baseline_is_not_moved_by_what_comes_later() -> None:
    random = Random(12)
    later = [random.randint(20, 60) for _ in range(40)]
    blocks = weekly(*BASE, *later)
    found = [run_of(blocks[:end]) for end in range(MIN_POINTS + 1, len(blocks) + 1)]
    assert len({one.baseline for one in found}) == 1
    assert {one.standing for one in found} == {Standing.QUIET, Standing.SIGNAL}


def test_numbers_can_be_shown_where_every_block_has_a_share() -> None:
    assert run_of(weekly(*BASE, 44)).can_be_shown
    for hidden in (0, 5, MIN_POINTS):  # fewer than ten gave a 1 to 5
        satisfied = [*BASE, 44]
        satisfied[hidden] = 55
        assert not run_of(weekly(*satisfied)).can_be_shown


def test_a_week_without_any_figure_is_no_measurement() -> None:
    blocks = weekly(*BASE, 44)
    gone = replace(blocks[3], satisfied=0, n=0)  # as migrated: nothing of it may be gathered
    assert run_of([*blocks[:3], gone, *blocks[4:]]).standing is Standing.GATHERING


def test_every_area_is_on_record_by_its_id_and_one_that_has_gone_is_not() -> None:
    run = control_run(FIRST, {"gone": weekly(44)}, ["obras", "aseo"], NOW)
    assert [found.area for found in run.areas] == ["aseo", "obras"]
    assert run.with_standing(Standing.GATHERING) == run.areas


def test_a_record_is_read_as_it_was_written() -> None:
    blocks = weekly(*BASE, 25)
    run = control_run(blocks[-1].last, {"obras": blocks}, ["obras", "aseo"], NOW)
    assert msgspec.json.decode(msgspec.json.encode(run), type=ControlRun) == run
