"""Absences of staff, with their substitutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from handlers.staff.absences import Absence, stand_ins
from storage.engine.tables import absences
from storage.engine.times import micros, moment


def add(tx: Connection, absence: Absence) -> int:
    """Note an absence; its id. Whoever calls has made sure that no circle comes of it."""
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
    """Take an absence back; False: there is none."""
    return tx.execute(delete(absences).where(absences.c.id == absence_id)).rowcount > 0


def not_over(tx: Connection, now: datetime) -> list[Absence]:
    """Absences that are on or still to come, by their beginning."""
    chosen = select(absences).where(absences.c.ends_at > micros(now))
    return [_absence(row) for row in tx.execute(chosen.order_by(absences.c.begins_at))]


def substitutes(tx: Connection, now: datetime) -> dict[int, int]:
    """Everybody who is away now, with who stands in for them; 0: nobody."""
    at = micros(now)
    rows = tx.execute(select(absences).where(absences.c.begins_at <= at, absences.c.ends_at > at))
    return stand_ins([_absence(row) for row in rows], now)


def forget(tx: Connection, staff_id: int) -> None:
    """A person leaves: their absences go, and nobody counts on them as a substitute."""
    tx.execute(
        delete(absences).where(
            (absences.c.staff_id == staff_id) | (absences.c.substitute_id == staff_id)
        )
    )


def _absence(row: Row[Any]) -> Absence:
    begins, ends = moment(row.begins_at), moment(row.ends_at)
    return Absence(row.staff_id, row.substitute_id, begins, ends, row.id)
