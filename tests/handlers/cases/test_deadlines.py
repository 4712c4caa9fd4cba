"""Working days of Chile, the rule beside each date, and who is warned when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from handlers.cases.deadlines import OIRS, DeadlineRule, WorkingCalendar, longest
from handlers.cases.warnings import CaseWarning, StaffToTell, WaitingCase, people_to_tell, step_due
from handlers.content.rules import CaseRules

CHILE = ZoneInfo("America/Santiago")
CALENDAR = WorkingCalendar(CHILE, time(8, 30), time(17, 30))
RULES = CaseRules()
TWENTY = DeadlineRule(OIRS, 20)
DUE = datetime(2026, 12, 30, 23, 59, 59, tzinfo=CHILE)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHILE)


@pytest.mark.parametrize(
    ("came_in", "days", "last"),
    [
        ("2026-11-30T20:47", 20, "2026-12-30"),  # 8 and 25 December are holidays
        ("2026-11-30T00:00", 20, "2026-12-30"),
        ("2026-11-29T23:59", 20, "2026-12-29"),  # a Sunday: the first day is Monday
        ("2026-09-10T10:00", 5, "2026-09-17"),  # 18 and 19 September are behind it
        ("2026-09-14T10:00", 5, "2026-09-22"),
        ("2026-12-30T10:00", 1, "2026-12-31"),  # a bank's holiday is a working day
        ("2026-12-31T10:00", 1, "2027-01-04"),  # New Year's Day is a Friday
        ("2026-04-01T10:00", 3, "2026-04-07"),  # Holy Friday; summer time ends meanwhile
        ("2026-11-30T20:47", 30, "2027-01-14"),
    ],
)
def test_a_term_is_counted_in_working_days_from_the_day_after(
    came_in: str, days: int, last: str
) -> None:
    due = CALENDAR.due(local(came_in).astimezone(UTC), DeadlineRule(OIRS, days))
    assert due.astimezone(CHILE) == local(f"{last}T23:59:59")


def test_the_day_is_the_municipalitys_and_not_greenwichs() -> None:
    late_evening = local("2026-11-30T22:30").astimezone(UTC)
    assert late_evening.date() == date(2026, 12, 1)
    assert CALENDAR.due(late_evening, TWENTY) == DUE


def test_a_law_of_yesterday_moves_the_date() -> None:
    added = WorkingCalendar(CHILE, time(8, 30), time(17, 30), frozenset({date(2026, 12, 3)}))
    removed = WorkingCalendar(
        CHILE, time(8, 30), time(17, 30), removed=frozenset({date(2026, 12, 8)})
    )
    assert added.due(local("2026-11-30T20:47"), TWENTY) == DUE + timedelta(days=1)
    assert removed.due(local("2026-11-30T20:47"), TWENTY) == DUE - timedelta(days=1)


@given(
    minutes=st.integers(0, 8 * 365 * 24 * 60),
    days=st.integers(1, 60),
)
def test_a_date_is_recomputed_from_its_written_rule(minutes: int, days: int) -> None:
    since = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = CALENDAR.due(since, DeadlineRule(OIRS, days))
    assert CALENDAR.due(since, DeadlineRule.read(str(DeadlineRule(OIRS, days)))) == due
    last, first = CALENDAR.local_day(due), CALENDAR.local_day(since)
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(map(CALENDAR.is_working, between)) == days
    assert CALENDAR.is_working(last)
    assert CALENDAR.before(last, days - 1) == CALENDAR.after(first, 1)


def test_the_holidays_are_those_that_the_library_gives_for_chile() -> None:
    theirs = country_holidays("CL", years=range(2024, 2036))
    for days in range(12 * 365):
        day = date(2024, 1, 1) + timedelta(days=days)
        assert CALENDAR.is_working(day) == (day.weekday() < 5 and day not in theirs), day


def test_what_is_no_rule_is_refused() -> None:
    for written in ("", "OIRS", "OIRS veinte working days", "20 working days"):
        with pytest.raises(ValueError, match="no rule"):
            DeadlineRule.read(written)


def test_the_longest_term_counts_from_the_same_day() -> None:
    due = longest(local("2026-11-30T20:47"), str(TWENTY), RULES, CALENDAR)
    assert due.at == local("2027-01-14T23:59:59")
    assert due.rule == "OIRS 30 working days"


def waiting(*told: CaseWarning, read: bool = True, told_at: str = "") -> WaitingCase:
    return WaitingCase(
        number="LS-2026-000123",
        kind="reclamo",
        area="aseo",
        opened_at=local("2026-11-30T20:47"),
        due_at=DUE,
        read=read,
        told=frozenset(told),
        told_at=local(told_at) if told_at else None,
    )


@pytest.mark.parametrize(
    ("case", "now", "step"),
    [
        (waiting(), "2026-12-14T17:00", None),
        (waiting(), "2026-12-15T08:29", None),
        (waiting(), "2026-12-15T08:30", CaseWarning.FIRST),  # ten working days before
        (waiting(), "2026-12-15T17:30", None),  # nothing in the evening
        (waiting(), "2026-12-19T10:00", None),  # nor on a Saturday
        (waiting(), "2026-12-25T10:00", None),  # nor on a holiday
        (waiting(), "2026-12-28T10:00", CaseWarning.FIRST),  # late, but before the second
        (waiting(CaseWarning.FIRST, told_at="2026-12-15T08:30"), "2026-12-23T10:00", None),
        (
            waiting(CaseWarning.FIRST, told_at="2026-12-15T08:30"),
            "2026-12-24T08:30",
            CaseWarning.SECOND,
        ),
        (waiting(CaseWarning.FIRST, told_at="2026-12-28T08:30"), "2026-12-28T12:00", None),
        (
            waiting(CaseWarning.FIRST, told_at="2026-12-28T08:30"),
            "2026-12-29T08:30",
            CaseWarning.SECOND,
        ),
        (waiting(CaseWarning.FIRST, told_at="2026-12-30T08:30"), "2026-12-30T09:00", None),
        (
            waiting(CaseWarning.FIRST, told_at="2026-12-30T08:30"),
            "2026-12-30T09:30",
            CaseWarning.SECOND,
        ),
        (waiting(CaseWarning.FIRST, CaseWarning.SECOND), "2026-12-30T10:00", None),
        (waiting(CaseWarning.FIRST, CaseWarning.SECOND), "2026-12-31T08:29", None),
        (waiting(CaseWarning.FIRST, CaseWarning.SECOND), "2026-12-31T08:30", CaseWarning.OVERDUE),
        (waiting(), "2027-01-04T10:00", CaseWarning.OVERDUE),
        (waiting(CaseWarning.OVERDUE), "2027-01-05T10:00", None),
        (waiting(read=False), "2026-12-01T17:00", None),
        (
            waiting(read=False),
            "2026-12-02T08:30",
            CaseWarning.UNREAD,
        ),  # after 24 hours, when they are in
        (waiting(CaseWarning.UNREAD, read=False), "2026-12-03T08:30", None),
        (waiting(CaseWarning.UNREAD, read=False), "2026-12-15T08:30", CaseWarning.FIRST),
    ],
)
def test_each_step_has_its_hour(case: WaitingCase, now: str, step: CaseWarning | None) -> None:
    assert step_due(case, RULES, CALENDAR, local(now)) is step


ANA, LUIS = StaffToTell(1, "aseo", False), StaffToTell(2, "obras", False)
EVA, SOL, PAZ = StaffToTell(3, "", False), StaffToTell(4, "", True), StaffToTell(5, "aseo", False)


@pytest.mark.parametrize(
    ("people", "area", "step", "away", "told"),
    [
        ([ANA, LUIS, EVA, SOL], "aseo", CaseWarning.FIRST, (), [1, 4]),
        ([ANA, PAZ, EVA, SOL], "aseo", CaseWarning.FIRST, (), [1, 5, 4]),
        ([ANA, LUIS, EVA, SOL], "aseo", CaseWarning.FIRST, (4,), [1, 3]),  # nobody is on duty
        ([ANA, LUIS, EVA, SOL], "aseo", CaseWarning.FIRST, (1,), [3, 4]),
        ([ANA, LUIS, EVA, SOL], "aseo", CaseWarning.FIRST, (1, 3, 4), [2]),
        ([ANA, LUIS, EVA, SOL], "aseo", CaseWarning.OVERDUE, (), [1, 4, 3]),
        ([ANA, LUIS, EVA, SOL], "", CaseWarning.FIRST, (), [3, 4]),
        ([ANA, LUIS], "aseo", CaseWarning.FIRST, (), [1, 2]),
        ([ANA], "aseo", CaseWarning.FIRST, (), [1]),
        ([ANA, LUIS], "aseo", CaseWarning.FIRST, (1, 2), [1, 2]),  # all away: better told than not
    ],
)
def test_two_people_are_told_and_no_one_who_is_away(
    people: list[StaffToTell], area: str, step: CaseWarning, away: tuple[int, ...], told: list[int]
) -> None:
    assert people_to_tell(people, area, step, away) == told
