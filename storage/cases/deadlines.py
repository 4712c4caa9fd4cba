"""Waiting cases with the warnings sent of them, and due dates checked against their rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, exists, func, insert, select, update

from handlers.cases.deadlines import DeadlineRule
from handlers.cases.warnings import CaseWarning, DueWarning, StaffToTell, WaitingCase
from handlers.messages import CaseReminder
from handlers.staff.permissions import ANSWERING_ROLES, Grant, Role
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment
from storage.outbox.inbox import for_each, put_inbox
from storage.staff import roles
from storage.staff.staff_contacts import GENERAL, all_contacts_of_staff
from storage.tables.cases import case_warnings, cases
from storage.tables.contacts import contacts
from storage.tables.staff import staff, staff_contacts


@dataclass(frozen=True, slots=True)
class WrongDueDate:
    """A due date that differs from what its rule gives now."""

    number: str
    stored: datetime
    computed: datetime


def waiting(tx: Connection, due_before: datetime) -> list[WaitingCase]:
    """Unread open cases, and those due before ``due_before``, in the order of their due dates.

    Cases of which the last warning, of being overdue, was sent are left out.
    """
    this_term = (case_warnings.c.number == cases.c.number) & (
        case_warnings.c.due_at == cases.c.due_at
    )
    lapsed = case_warnings.alias("lapsed")
    is_known = exists().where(
        lapsed.c.number == cases.c.number,
        lapsed.c.due_at == cases.c.due_at,
        lapsed.c.step == CaseWarning.OVERDUE.value,
    )
    wanted = (cases.c.read_at == 0) | (cases.c.due_at < micros(due_before))
    rows = tx.execute(
        select(
            *(
                cases.c[name]
                for name in ("number", "kind", "area", "due_from", "due_at", "read_at")
            ),
            case_warnings.c.step,
            func.max(case_warnings.c.at).label("told_at"),
        )
        .join(case_warnings, this_term, isouter=True)
        .where(cases.c.status == "open", cases.c.due_at > 0, wanted, ~is_known)
        .group_by(cases.c.number, case_warnings.c.step)
        .order_by(cases.c.due_at, cases.c.number)
    )
    return [_waiting(list(of_case)) for _, of_case in groupby(rows, key=attrgetter("number"))]


def people(tx: Connection) -> list[StaffToTell]:
    """All reachable staff with a role, once per area of their roles."""
    reachable = (
        select(staff_contacts.c.staff_id)
        .join(contacts, contacts.c.id == staff_contacts.c.contact_id)
        .where(contacts.c.departed_at == 0)
    )
    rows = tx.execute(select(staff).where(staff.c.id.in_(reachable)).order_by(staff.c.id))
    held = roles.by_person(tx)
    found: list[StaffToTell] = []
    for row in rows:
        grants = held.get(row.id, ())
        areas = {grant.area for grant in grants if _sees_to(grant)}
        found += [StaffToTell(row.id, area, duty=False) for area in sorted(areas)]
        if row.duty:
            found.append(StaffToTell(row.id, "", duty=True))
        elif grants and not areas:
            found.append(StaffToTell(row.id, "", duty=False, answers=False))
    return found


def notify(tx: Connection, keyring: Keyring, warning: DueWarning, now: datetime) -> None:
    """Record the recipients of a warning, and put it into their inboxes."""
    case, step, recipients = warning.case, warning.step.value, warning.recipients
    due = micros(case.due_at)
    key = {"number": case.number, "due_at": due, "step": step, "at": micros(now)}
    tx.execute(insert(case_warnings), [{**key, "staff_id": staff_id} for staff_id in recipients])
    body = CaseReminder(case.number, case.kind, case.area, step, case.due_at)
    event = f"case-{step}:{case.number}:{due}"
    put_inbox(tx, keyring, for_each(all_contacts_of_staff(tx, recipients), event, body), now)


def wrong_dates(
    tx: Connection, due: Callable[[datetime, DeadlineRule], datetime]
) -> list[WrongDueDate]:
    """The due dates of cases not closed that differ from what their stored rule gives."""
    rows = tx.execute(
        select(cases.c.number, cases.c.due_from, cases.c.due_at, cases.c.rule)
        .where(cases.c.status != "closed", cases.c.due_at > 0)
        .order_by(cases.c.number)
    )
    found = []
    for row in rows:
        computed = due(moment(row.due_from), DeadlineRule.read(row.rule))
        if micros(computed) != row.due_at:
            found.append(WrongDueDate(row.number, moment(row.due_at), computed))
    return found


def correct(tx: Connection, found: Sequence[WrongDueDate]) -> None:
    """Store the due dates that the rules give."""
    for wrong in found:
        tx.execute(
            update(cases)
            .where(cases.c.number == wrong.number)
            .values(due_at=micros(wrong.computed))
        )


def _sees_to(grant: Grant) -> bool:
    """Whether the role is warned of cases: it answers in its area, or is general."""
    return grant.role in ANSWERING_ROLES or (
        not grant.area and grant.role in (*GENERAL, Role.ADMIN)
    )


def _waiting(rows: Sequence[Any]) -> WaitingCase:
    """One case from its rows, which are one per warning sent."""
    case = rows[0]
    last = max((row.told_at for row in rows if row.step is not None), default=None)
    return WaitingCase(
        number=case.number,
        kind=case.kind,
        area=case.area,
        opened_at=moment(case.due_from),
        due_at=moment(case.due_at),
        read=bool(case.read_at),
        told=frozenset(CaseWarning(row.step) for row in rows if row.step is not None),
        told_at=None if last is None else moment(last),
    )
