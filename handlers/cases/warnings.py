"""Which warning of a case is due, and who gets it. Pure, so that years can be simulated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.cases.deadlines import WorkingCalendar
from handlers.content.rules import CaseRules

AT_LEAST = 2
"""How many people get a warning, if there are that many, as one may be unavailable."""

_BETWEEN = timedelta(hours=1)


class CaseWarning(StrEnum):
    """A warning to staff about a waiting case."""

    UNREAD = "unread"  # nobody has read or forwarded it within 24 hours (Ley 19.880 art. 14)
    FIRST = "first"
    SECOND = "second"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """An open case. ``told``: the warnings sent of this due date, and when the last one was."""

    number: str
    kind: str
    area: str
    opened_at: datetime  # or reopened
    due_at: datetime
    read: bool
    told: frozenset[CaseWarning] = frozenset()
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueWarning:
    """A warning to send now. ``recipients``: ids of members of staff."""

    case: WaitingCase
    step: CaseWarning
    recipients: Sequence[int]


@dataclass(frozen=True, slots=True)
class StaffToTell:
    """A possible recipient. ``area`` empty: the whole municipality."""

    id: int
    area: str
    duty: bool
    answers: bool = True  # handles cases there; otherwise only a fallback recipient


def step_due(
    case: WaitingCase, rules: CaseRules, calendar: WorkingCalendar, now: datetime
) -> CaseWarning | None:
    """The one warning to send now, if any; nothing outside working hours.

    At most one of the two warnings before the deadline is sent per day, as a second one an hour
    later says nothing new, unless the case is due that day.
    """
    if not calendar.is_open(now):
        return None
    if now > case.due_at:
        return None if CaseWarning.OVERDUE in case.told else CaseWarning.OVERDUE
    if CaseWarning.FIRST not in case.told:
        if now >= _warned_from(case, rules.first_warning_days, calendar):
            return CaseWarning.FIRST
    elif CaseWarning.SECOND not in case.told:
        begins = _warned_from(case, rules.second_warning_days, calendar)
        return CaseWarning.SECOND if now >= begins and _is_news(case, calendar, now) else None
    late = case.opened_at + timedelta(hours=rules.forward_hours)
    return CaseWarning.UNREAD if not case.read and now >= late and not case.told else None


def with_substitutes(
    people: Sequence[StaffToTell], substitutes: Mapping[int, int]
) -> list[StaffToTell]:
    """The possible recipients, plus a substitute in the same area for each one who is away.

    ``substitutes``: of everybody who is away, by id; 0: without a substitute.
    """
    reachable = {person.id for person in people}
    stand_ins = [
        replace(person, id=substitutes[person.id])
        for person in people
        if substitutes.get(person.id, 0) in reachable
    ]
    return [*people, *(person for person in stand_ins if person not in people)]


def people_to_tell(
    people: Sequence[StaffToTell], area: str, step: CaseWarning, away: Collection[int]
) -> list[int]:
    """The recipients of a warning: the area's staff and those on duty, at least ``AT_LEAST``.

    People who are away are left out. If too few remain, general staff are added, then anybody. An
    overdue case also goes to the general staff.
    """
    there = [person for person in people if person.id not in away] or list(people)
    answering = [person for person in there if person.answers and not person.duty]
    own = [person.id for person in answering if area and person.area == area]
    general = [person.id for person in answering if not person.area]
    duty = [person.id for person in there if person.duty]
    told = dict.fromkeys([*(own or general), *duty])
    if step is CaseWarning.OVERDUE:
        told.update(dict.fromkeys(general))
    for other in (*general, *(person.id for person in there)):
        if len(told) >= AT_LEAST:
            break
        told[other] = None
    return list(told)


def _warned_from(case: WaitingCase, days: int, calendar: WorkingCalendar) -> datetime:
    return calendar.opening(calendar.before(calendar.local_day(case.due_at), days))


def _is_news(case: WaitingCase, calendar: WorkingCalendar, now: datetime) -> bool:
    if case.told_at is None or calendar.local_day(case.told_at) != calendar.local_day(now):
        return True
    lapses_today = calendar.local_day(case.due_at) == calendar.local_day(now)
    return lapses_today and now - case.told_at >= _BETWEEN
