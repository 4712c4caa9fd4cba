"""The duty roster, and who is on duty now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, delete, insert, select

from handlers.staff.shifts import Shift
from storage.duty import absences
from storage.engine import leases
from storage.tables.staff import duty_shifts


def add(tx: Connection, shift: Shift) -> int:
    """Add a line to the roster; return its id, 0 if the same line exists."""
    leases.lock_job(tx, "roster")  # against a form that is sent twice at once
    if any(replace(planned, id=shift.id) == shift for planned in list_shifts(tx)):
        return 0
    added = tx.execute(
        insert(duty_shifts)
        .values(
            staff_id=shift.staff,
            area=shift.area,
            first_day=shift.first_day.isoformat(),
            last_day="" if shift.last_day is None else shift.last_day.isoformat(),
            weekdays="".join(map(str, sorted(shift.weekdays))),
            begins=_minutes(shift.begins),
            ends=_minutes(shift.ends),
            zone=shift.zone.key,
        )
        .returning(duty_shifts.c.id)
    )
    return int(added.scalar_one())


def remove(tx: Connection, shift_id: int) -> bool:
    """Remove a line from the roster; False if there is none."""
    return tx.execute(delete(duty_shifts).where(duty_shifts.c.id == shift_id)).rowcount > 0


def list_shifts(tx: Connection) -> list[Shift]:
    """The whole roster, in the order in which it was entered."""
    return [_shift(row) for row in tx.execute(select(duty_shifts).order_by(duty_shifts.c.id))]


def on_duty(tx: Connection, area: str, now: datetime) -> set[int]:
    """The staff on duty now for an area or the whole municipality.

    Those who are away are replaced by their substitutes.
    """
    away = absences.substitutes(tx, now)
    there = {
        away.get(shift.staff, shift.staff)
        for shift in list_shifts(tx)
        if shift.area in ("", area) and shift.covers(now)
    }
    return there - {0}


def forget(tx: Connection, staff_id: int) -> None:
    """Remove a leaving person from the roster."""
    tx.execute(delete(duty_shifts).where(duty_shifts.c.staff_id == staff_id))


def _shift(row: Row[Any]) -> Shift:
    return Shift(
        staff=row.staff_id,
        area=row.area,
        first_day=date.fromisoformat(row.first_day),
        last_day=date.fromisoformat(row.last_day) if row.last_day else None,
        weekdays=frozenset(map(int, row.weekdays)),
        begins=_time(row.begins),
        ends=_time(row.ends),
        zone=ZoneInfo(row.zone),
        id=row.id,
    )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
