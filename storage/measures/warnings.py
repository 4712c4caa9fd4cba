"""Warnings to staff about measures: their recipients, and those already sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from handlers.cases.warnings import StaffToTell
from handlers.measures.measures import Measure
from handlers.measures.warnings import MeasureWarning
from handlers.messages import Announcement
from handlers.staff.permissions import Grant, Role
from storage.cases import deadlines
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.outbox.inbox import for_each, put_inbox
from storage.staff import roles
from storage.staff.staff_contacts import all_contacts_of_staff
from storage.tables.quality import measure_warnings

SentWarnings = dict[tuple[str, int], set[MeasureWarning]]
"""The warnings sent, by the measure's number and the due date they were about."""


@dataclass(frozen=True, slots=True)
class NewWarning:
    """A warning to be sent, with its recipients among the staff."""

    step: MeasureWarning
    staff: Sequence[int]
    body: Announcement


def sent_warnings(tx: Connection) -> SentWarnings:
    """All warnings sent about measures."""
    found: SentWarnings = defaultdict(set)
    rows = select(measure_warnings.c.number, measure_warnings.c.due_at, measure_warnings.c.step)
    for number, due_at, step in tx.execute(rows.distinct()):
        found[number, due_at].add(MeasureWarning(step))
    return found


def warnings_sent_of(known: SentWarnings, measure: Measure) -> set[MeasureWarning]:
    """The warnings sent about a measure's current due date."""
    assert measure.due_at is not None
    return known.get((measure.number, micros(measure.due_at)), set())


def people(tx: Connection) -> list[StaffToTell]:
    """Possible recipients of warnings: heads, of an area or of all, and the quality team.

    The quality team gets all warnings. If nobody has such a role, all staff.
    """
    reachable = {person.id: person for person in deadlines.people(tx)}
    found = []
    for staff_id, grants in roles.by_person(tx).items():
        if staff_id not in reachable:
            continue
        for grant in grants:
            if grant.role in (Role.HEAD, Role.QUALITY):
                found.append(StaffToTell(staff_id, grant.area, duty=grant == Grant(Role.QUALITY)))
    return found or list(reachable.values())


def notify(
    tx: Connection, keyring: Keyring, measure: Measure, warned: NewWarning, now: datetime
) -> None:
    """Record the recipients of a warning, and put it into their inboxes."""
    assert measure.due_at is not None, "only what has a date is warned of"
    due, step = micros(measure.due_at), warned.step.value
    key = {"number": measure.number, "due_at": due, "step": step, "at": micros(now)}
    tx.execute(insert(measure_warnings), [{**key, "staff_id": id} for id in warned.staff])
    event = f"measure-{step}:{measure.number}:{due}"
    recipients = all_contacts_of_staff(tx, warned.staff)
    put_inbox(tx, keyring, for_each(recipients, event, warned.body), now)
