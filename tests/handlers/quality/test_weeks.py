"""ISO weeks: reading, counting and bounds over clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.quality.weeks import IsoWeek

SANTIAGO = ZoneInfo("America/Santiago")


def test_a_week_is_read_and_written_alike() -> None:
    assert str(IsoWeek.parse("2026-W47")) == "2026-W47"
    assert IsoWeek.parse(" 2026w07 ") == IsoWeek(2026, 7)


@pytest.mark.parametrize("text", ["", "2026-47", "2026-W00", "2025-W53", "W47", "2026-W471"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="week"):
        IsoWeek.parse(text)


def test_bounds_are_local_midnights() -> None:
    start, end = IsoWeek(2026, 47).bounds(SANTIAGO)
    assert start == datetime(2026, 11, 16, 3, tzinfo=UTC)
    assert end - start == timedelta(days=7)


def test_the_week_in_which_clocks_change_is_an_hour_shorter_or_longer() -> None:
    # Chile 2026: winter time from Sunday 5 April, summer time from Sunday 6 September.
    start, end = IsoWeek.of_day(date(2026, 4, 5)).bounds(SANTIAGO)
    assert end - start == timedelta(hours=169)
    start, end = IsoWeek.of_day(date(2026, 9, 6)).bounds(SANTIAGO)
    assert end - start == timedelta(hours=167)


@given(st.integers(0, 2_000_000_000))
def test_every_moment_is_within_the_bounds_of_its_week_only(timestamp: int) -> None:
    moment = datetime.fromtimestamp(timestamp, UTC)
    week = IsoWeek.of(moment, SANTIAGO)
    start, end = week.bounds(SANTIAGO)
    assert start <= moment < end
    assert week.shifted(1).bounds(SANTIAGO)[0] == end


def test_previous_weeks_cross_the_year_in_order() -> None:
    weeks = IsoWeek(2027, 2).previous(3)
    assert [str(week) for week in weeks] == ["2026-W52", "2026-W53", "2027-W01"]
