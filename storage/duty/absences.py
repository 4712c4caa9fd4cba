"""Absences of staff, with their substitutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from handlers.errors import OperatorError, SubstitutesInCircle
from handlers.staff.absences import Absence, substitutes_at, substitution_cycle
from storage.engine import leases
from storage.engine.times import micros, moment
from storage.tables.staff import absences, staff


def plan(tx: Connection, absence: Absence, now: datetime) -> int:
    """Record an absence; return its id, 0 if it is recorded already.

    Raises OperatorError, in one line, for an absence that is not possible.
    """
    leases.lock_job(tx, "absences")  # against a form that is sent twice at once
    if any(replace(planned, id=absence.id) == absence for planned in not_over(tx, now)):
        return 0
    if absence.ends <= absence.begins:
        raise OperatorError("el último día es anterior al primero")
    if absence.ends <= now:
        raise OperatorError("esos días ya pasaron")
    if absence.substitute == absence.staff:
        raise OperatorError("nadie se reemplaza a sí mismo; elija a otra persona")
    if circle := substitution_cycle(not_over(tx, now), absence):
        rows = tx.execute(select(staff.c.id, staff.c.name).where(staff.c.id.in_(circle)))
        names = {row.id: row.name for row in rows}
        chain = " → ".join(names.get(person, "?") for person in (*circle, circle[0]))
        raise SubstitutesInCircle(
            f"en esas fechas se reemplazarían en círculo: {chain}; elija a otra persona"
        )
    return add(tx, absence)


def add(tx: Connection, absence: Absence) -> int:
    """Insert an absence that makes no circle of substitutes; return its id."""
    added = tx.execute(
        insert(absences)
        .values(
            staff_id=absence.staff,
            substitute_id=absence.substitute,
            begins_at=micros(absence.begins),
            ends_at=micros(absence.ends),
        )
        .returning(absences.c.id)
    )
    return int(added.scalar_one())


def remove(tx: Connection, absence_id: int) -> bool:
    """Cancel an absence; False if there is none."""
    return tx.execute(delete(absences).where(absences.c.id == absence_id)).rowcount > 0


def not_over(tx: Connection, now: datetime) -> list[Absence]:
    """Current and future absences, by their beginning."""
    chosen = select(absences).where(absences.c.ends_at > micros(now))
    return [_absence(row) for row in tx.execute(chosen.order_by(absences.c.begins_at))]


def substitutes(tx: Connection, now: datetime) -> dict[int, int]:
    """The substitute of each member of staff who is away now; 0: none."""
    at = micros(now)
    rows = tx.execute(select(absences).where(absences.c.begins_at <= at, absences.c.ends_at > at))
    return substitutes_at([_absence(row) for row in rows], now)


def forget(tx: Connection, staff_id: int) -> None:
    """Delete a leaving person's absences, and remove them as substitute from others'."""
    tx.execute(delete(absences).where(absences.c.staff_id == staff_id))
    unreplaced = update(absences).where(absences.c.substitute_id == staff_id)
    tx.execute(unreplaced.values(substitute_id=0))


def _absence(row: Row[Any]) -> Absence:
    begins, ends = moment(row.begins_at), moment(row.ends_at)
    return Absence(row.staff_id, row.substitute_id, begins, ends, row.id)
