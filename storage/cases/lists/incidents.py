"""Incidents: cases that staff group, to answer all of them at once.

Each case keeps its number, channel and citizen, and no citizen learns of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from storage.cases.lists import browsing
from storage.cases.lists.browsing import CaseLine
from storage.engine.times import micros, moment
from storage.tables.cases import cases, incidents

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident. ``cases``: how many of its cases the reader may see."""

    id: int
    title: str
    opened_at: datetime
    cases: int = 0
    waiting: int = 0


def begin(tx: Connection, title: str, staff_id: int, now: datetime) -> int:
    """Create an incident without cases; return its id."""
    row = insert(incidents).values(title=title, staff_id=staff_id, opened_at=micros(now))
    return int(tx.execute(row.returning(incidents.c.id)).scalar_one())


def add_cases(tx: Connection, incident: int, numbers: Collection[str], now: datetime) -> int:
    """Put cases into an incident, out of any other; return how many were not in it before."""
    moved = update(cases).where(
        cases.c.number.in_(sorted(numbers)), cases.c.incident_id != incident
    )
    return tx.execute(moved.values(incident_id=incident, changed_at=micros(now))).rowcount


def remove_cases(tx: Connection, number: str, now: datetime) -> bool:
    """Take a case out of its incident."""
    own = update(cases).where(cases.c.number == number, cases.c.incident_id != 0)
    return tx.execute(own.values(incident_id=0, changed_at=micros(now))).rowcount > 0


def of_case(tx: Connection, number: str) -> int:
    """The id of a case's incident; 0 if it has none."""
    chosen = select(cases.c.incident_id).where(cases.c.number == number)
    return tx.execute(chosen).scalar() or 0


def list_incidents(tx: Connection, areas: Collection[str], limit: int) -> list[Incident]:
    """The incidents with cases in these areas, newest first."""
    rows = tx.execute(
        select(
            incidents,
            func.count().label("cases"),
            func.count().filter(cases.c.status == "open").label("waiting"),
        )
        .join(cases, cases.c.incident_id == incidents.c.id)
        .where(cases.c.incident_id > 0, cases.c.area.in_(sorted(areas)))
        .group_by(incidents.c.id)
        .order_by(incidents.c.id.desc())
        .limit(limit)
    )
    return [
        Incident(row.id, row.title, moment(row.opened_at), row.cases, row.waiting) for row in rows
    ]


def find_incident(tx: Connection, incident: int) -> Incident | None:
    """The incident with this id."""
    row = tx.execute(select(incidents).where(incidents.c.id == incident)).first()
    return None if row is None else Incident(row.id, row.title, moment(row.opened_at))


def cases_of(tx: Connection, incident: int, areas: Collection[str]) -> Sequence[CaseLine]:
    """The incident's cases in these areas, by number."""
    chosen = (
        select(cases.c.number)
        .where(cases.c.incident_id == incident, cases.c.area.in_(sorted(areas)))
        .order_by(cases.c.number)
    )
    return browsing.lines(tx, tx.execute(chosen).scalars().all())
