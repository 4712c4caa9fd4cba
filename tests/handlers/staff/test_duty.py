"""Who is on duty, who is away, and who stands in for whom, through chains and never in a circle."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.cases.warnings import CaseWarning, StaffToTell, people_to_tell, with_substitutes
from handlers.staff.absences import Absence, substitutes_at, substitution_cycle
from handlers.staff.shifts import Shift

ZONE = ZoneInfo("America/Santiago")
ANA, LUIS, EVA, SOL = 1, 2, 3, 4
DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 30, 3, tzinfo=UTC)  # midnight in La Serena


def away(who: int, substitute: int, first: int = 0, days: int = 5) -> Absence:
    begins = MONDAY + first * DAY
    return Absence(who, substitute, begins, begins + days * DAY)


def test_a_chain_leads_to_the_first_who_is_there() -> None:
    noted = [away(ANA, LUIS), away(LUIS, EVA, 1), away(EVA, 0, 3)]
    found = [substitutes_at(noted, MONDAY + day * DAY) for day in (0, 1, 3, 5, 9)]
    assert found == [
        {ANA: LUIS},
        {ANA: EVA, LUIS: EVA},
        {ANA: 0, LUIS: 0, EVA: 0},
        {LUIS: 0, EVA: 0},
        {},
    ]


@pytest.mark.parametrize(
    ("noted", "new", "circle"),
    [
        ([away(ANA, LUIS)], away(LUIS, ANA), (LUIS, ANA)),
        ([away(ANA, LUIS), away(LUIS, EVA)], away(EVA, ANA), (EVA, ANA, LUIS)),
        ([away(ANA, LUIS)], away(LUIS, ANA, 5), ()),  # Ana is back by then
        ([away(ANA, LUIS)], away(LUIS, ANA, 4), (LUIS, ANA)),  # on one day
        ([away(ANA, LUIS, 2, 1)], away(LUIS, ANA, 0, 9), (LUIS, ANA)),
        ([away(ANA, LUIS, 0, 4), away(ANA, EVA, 0, 2)], away(LUIS, ANA, 0, 4), (LUIS, ANA)),
        ([away(ANA, LUIS)], away(LUIS, EVA), ()),
        ([], away(ANA, 0), ()),
    ],
)
def test_a_circle_is_seen_before_it_is_noted(
    noted: list[Absence], new: Absence, circle: tuple[int, ...]
) -> None:
    assert substitution_cycle(noted, new) == circle


spans = st.builds(away, st.integers(1, 5), st.integers(0, 5), st.integers(0, 12), st.integers(1, 8))


@given(st.lists(spans, max_size=12))
def test_no_one_who_is_away_stands_in_for_another(tried: list[Absence]) -> None:
    noted: list[Absence] = []
    for one in tried:
        if one.staff != one.substitute and not substitution_cycle(noted, one):
            noted.append(one)
    for hours in range(0, 24 * 22, 12):
        found = substitutes_at(noted, MONDAY + timedelta(hours=hours))
        assert not set(found.values()) & found.keys()
        for who, other in found.items():
            assert other or _ends_in_nobody(noted, who, MONDAY + timedelta(hours=hours))


def _ends_in_nobody(noted: list[Absence], who: int, at: datetime) -> bool:
    """Walked apart from the product's way: somebody of the chain names nobody."""
    for _ in range(10):
        on = sorted((one for one in noted if one.staff == who and one.covers(at)), key=_begins)
        if not on:
            return False
        named = [one.substitute for one in on if one.substitute]
        if not named:
            return True
        who = named[-1]
    raise AssertionError("a circle")


def _begins(one: Absence) -> datetime:
    return one.begins


def shift(days: str = "12345", begins: str = "08:30", ends: str = "17:30", **more: date) -> Shift:
    return Shift(
        ANA,
        "",
        more.get("first", date(2026, 11, 30)),
        more.get("last"),
        frozenset(map(int, days)),
        time.fromisoformat(begins),
        time.fromisoformat(ends),
        ZONE,
    )


@pytest.mark.parametrize(
    ("one", "at", "covered"),
    [
        (shift(), "2026-11-30T08:29", False),
        (shift(), "2026-11-30T08:30", True),
        (shift(), "2026-11-30T17:30", False),
        (shift(), "2026-12-05T10:00", False),  # a Saturday
        (shift(first=date(2026, 12, 1)), "2026-11-30T10:00", False),
        (shift(last=date(2026, 12, 1)), "2026-12-02T10:00", False),
        (shift("5", "18:00", "08:00"), "2026-12-04T23:00", True),
        (shift("5", "18:00", "08:00"), "2026-12-05T07:59", True),  # the night of Friday
        (shift("5", "18:00", "08:00"), "2026-12-05T18:00", False),
        (shift("5", "18:00", "08:00"), "2026-12-04T07:00", False),
        (shift("67", "00:00", "00:00"), "2026-12-06T23:59", True),  # whole days
        (shift("67", "00:00", "00:00"), "2026-12-07T00:00", False),
        # The clocks go forward in the night before the first Sunday of September.
        (shift("6", "22:00", "06:00", first=date(2027, 9, 4)), "2027-09-05T05:30", True),
    ],
)
def test_a_shift_covers_its_days_and_hours(one: Shift, at: str, *, covered: bool) -> None:
    assert one.covers(datetime.fromisoformat(at).replace(tzinfo=ZONE)) is covered


def test_who_stands_in_is_told_of_the_absents_area() -> None:
    people = [
        StaffToTell(ANA, "aseo", False),
        StaffToTell(LUIS, "obras", False),
        StaffToTell(EVA, "", False),
    ]
    substitutes = {ANA: LUIS}
    together = with_substitutes(people, substitutes)
    assert people_to_tell(together, "aseo", CaseWarning.FIRST, substitutes) == [LUIS, EVA]
    gone = {ANA: SOL}  # whom nobody can reach
    assert people_to_tell(with_substitutes(people, gone), "aseo", CaseWarning.FIRST, gone) == [
        EVA,
        LUIS,
    ]
