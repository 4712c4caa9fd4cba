"""Measures of the attackers' towns: what was begun before the year, and what staff do each week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time

from handlers.cases.deadlines import calendar_of
from handlers.content.model import Content
from handlers.measures.after_run import LONGEST_WEEKS, decide_by
from handlers.measures.measures import Measure, State
from handlers.measures.steps import (
    Closed,
    Deadline,
    Decided,
    Declined,
    Done,
    Event,
    MeasureStep,
    Opened,
    Origin,
    Reopened,
)
from handlers.quality.weeks import IsoWeek
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.measures import steps
from tests.attackers.year import FALLS, FIRST, FURTHER, STAYS_LOW
from tests.storage.scene import ZONE

STAFF_ID = 1

WHY_NOT, WHY_UNKNOWN = "Se cerró una calle por obras", "Pocas personas respondieron"
"""What is published of a measure that is declined, and of one whose effect cannot be told."""

DONE_BEFORE = {"obras": 0, "cementerios": 3, "aseo": 4}
"""Areas with a measure of before the year, whose effect is looked for in this week: there is
nothing to compare with, so too few answered to tell it."""

DECLINED_BEFORE = (FALLS, STAYS_LOW)
"""Areas with a signal of before the year: it is declined in its first week."""


def endings(area: str, weeks: int) -> frozenset[str]:
    """What is told of the area's measures of before once that number of weeks is over."""
    told = {WHY_NOT} if area in DECLINED_BEFORE else set()
    if area in DONE_BEFORE and DONE_BEFORE[area] < weeks:
        told.add(WHY_UNKNOWN)
    return frozenset(told)


def begin(tx: Transaction, keyring: Keyring, content: Content, areas: Collection[str]) -> None:
    """Measures that the year begins with."""
    for area, told in DONE_BEFORE.items():
        if area in areas:
            week = FIRST.shifted(told - LONGEST_WEEKS)
            measure = _opened(tx, keyring, content, area, week.shifted(-2))
            measure = _added(tx, keyring, measure, monday_after(week), _decided(week))
            _added(tx, keyring, measure, monday_after(week), Done(str(week), "Llegaron"))
    for area in DECLINED_BEFORE:
        if area in areas:
            _opened(tx, keyring, content, area, FIRST.shifted(-2))


def act(tx: Transaction, keyring: Keyring, content: Content, now: datetime) -> None:
    """What is to be decided is decided or declined, what is decided is done a week later; once
    the effect of it is known it is closed and told of, or opened again."""
    for measure in steps.all_measures(tx, keyring, ZONE):
        event = _next(measure, now, content)
        if event is not None:
            _added(tx, keyring, measure, now, event)


def monday_after(week: IsoWeek) -> datetime:
    """When staff do what they do about a week."""
    return datetime.combine(week.shifted(1).monday, time(12), tzinfo=UTC)


def _next(measure: Measure, now: datetime, content: Content) -> Event | None:
    week = IsoWeek.of(now, ZONE)
    match measure.state:
        case State.TO_DECIDE if _is_declined(measure):
            return Declined("Se cerró una calle", WHY_NOT)
        case State.TO_DECIDE:
            return _decided(week)
        case State.DECIDED:
            return Done(str(week), "Llegaron")
        case State.MEASURED if measure.is_proved:
            return Closed("Llegaron dos personas más")
        case State.MEASURED if measure.has_too_few:
            return Closed(WHY_UNKNOWN)
        case State.MEASURED:
            return Reopened("No sirvió", str(week), _term(now, content))
        case _:
            return None


def _is_declined(measure: Measure) -> bool:
    if measure.area == STAYS_LOW:
        return measure.since < FIRST.shifted(FURTHER.start)
    return measure.area in DECLINED_BEFORE and measure.since < FIRST


def _opened(
    tx: Transaction, keyring: Keyring, content: Content, area: str, since: IsoWeek
) -> Measure:
    at = monday_after(since)
    first = Opened(area, Origin.SIGNAL, str(since), str(since), _term(at, content))
    number = steps.open_one(tx, keyring, MeasureStep(at, 0, first), ZONE)
    found = steps.find_measure(tx, keyring, ZONE, number)
    assert found is not None
    return found


def _added(
    tx: Transaction, keyring: Keyring, measure: Measure, at: datetime, event: Event
) -> Measure:
    assert steps.add(tx, keyring, measure, MeasureStep(at, STAFF_ID, event)), event
    found = steps.find_measure(tx, keyring, ZONE, measure.number)
    assert found is not None
    return found


def _decided(week: IsoWeek) -> Decided:
    due = week.shifted(4).monday
    return Decided("Falta personal", "Dos personas más", STAFF_ID, due)


def _term(at: datetime, content: Content) -> Deadline:
    return decide_by(at, content.measure_rules.decide_days, calendar_of(content))
