"""Keeps what happens to measures, step by step, and reads measures from their steps.

A step is written with an entry in the audit log, in one transaction. The database refuses to change
or delete one. Two people who act at once count on from the same step: the second is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, Row, select

from handlers.measures.measures import Measure, measure_of, verb_of
from handlers.measures.steps import Event, Opened, Step
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.times import micros, moment
from storage.tables.quality import measure_steps

_ADD = Query(
    "number str, place int, kind str, at int, staff int, event bytes",
    "INSERT INTO measure_steps (number, place, kind, at, staff_id, event) "
    "SELECT r.number, r.place, r.kind, r.at, r.staff, r.event FROM {rows} WHERE true "
    "ON CONFLICT (number, place) DO NOTHING RETURNING place",
)
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def everything(tx: Connection, keyring: Keyring, zone: ZoneInfo) -> list[Measure]:
    """All measures, the oldest first."""
    rows = tx.execute(select(measure_steps).order_by(measure_steps.c.number, measure_steps.c.place))
    found = [
        measure_of(number, [_step(keyring, row) for row in steps], zone)
        for number, steps in groupby(rows, key=attrgetter("number"))
    ]
    return sorted(found, key=lambda measure: (measure.opened_at, measure.number))


def one(tx: Connection, keyring: Keyring, zone: ZoneInfo, number: str) -> Measure | None:
    """The measure of this number; None: there is none."""
    rows: Sequence[Row[tuple[object, ...]]] = tx.execute(
        select(measure_steps)
        .where(measure_steps.c.number == number)
        .order_by(measure_steps.c.place)
    ).fetchall()
    if not rows:
        return None
    return measure_of(number, [_step(keyring, row) for row in rows], zone)


def open_one(tx: Connection, keyring: Keyring, first: Step, zone: ZoneInfo) -> str:
    """Open a measure; its number, such as M-2026-001, has the year of ``zone``.

    ``first``: its event is Opened.
    """
    number = _next_number(tx, _year(first.at, zone))
    _write(tx, keyring, number, 1, first)
    return number


def lock(tx: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Have whoever opens measures wait for this transaction, and see what it opens."""
    counters.add(tx, {_counter(_year(now, zone)): 0})


def add(tx: Connection, keyring: Keyring, measure: Measure, step: Step) -> bool:
    """Add a step to a measure as it was read; False: it cannot be, or something has happened."""
    verb = verb_of(step.event)
    if verb is not None and verb not in measure.verbs:
        return False
    return _write(tx, keyring, measure.number, len(measure.steps) + 1, step)


def area_of(tx: Connection, keyring: Keyring, number: str) -> str | None:
    """The area of a measure; None: there is none of this number."""
    row = tx.execute(
        select(measure_steps).where(measure_steps.c.number == number, measure_steps.c.place == 1)
    ).first()
    if row is None:
        return None
    first = _step(keyring, row).event
    assert isinstance(first, Opened), "every measure begins by being opened"
    return first.area


def _write(tx: Connection, keyring: Keyring, number: str, place: int, step: Step) -> bool:
    kind = _kind(step.event)
    event = keyring.encrypt_bytes(msgspec.json.encode(step.event))
    row = (number, place, kind, micros(step.at), step.staff, event)
    if not _ADD.all(tx, [row]):
        return False
    entry = AuditEntry(step.staff, f"measure-{kind}", number)
    chain.append(tx, keyring, entry, step.at)
    return True


def _kind(event: Event) -> str:
    tag = type(event).__struct_config__.tag
    assert isinstance(tag, str), "every event has one"
    return tag


def _step(keyring: Keyring, row: Row[tuple[object, ...]]) -> Step:
    event = _decoder.decode(keyring.decrypt_bytes(row.event))
    return Step(moment(row.at), row.staff_id, event)


def _year(at: datetime, zone: ZoneInfo) -> int:
    return at.astimezone(zone).year


def _next_number(tx: Connection, year: int) -> str:
    counters.add(tx, {_counter(year): 1})
    return f"M-{year}-{counters.value(tx, _counter(year)):03d}"


def _counter(year: int) -> str:
    return f"measure:{year}"
