"""Keeps what happens to self-assessments, step by step, and reads them from their steps.

As with measures a step is written with its entry in the audit log, and the database refuses to
change or delete one; after the one that validates it takes none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, Row, select

from handlers.assessments.assessments import Assessment, assessment_of, with_figures
from handlers.assessments.steps import Event, Step
from storage.assessments import rounds
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.times import micros, moment
from storage.tables.quality import assessment_steps

_ADD = Query(
    "number str, place int, kind str, at int, staff int, event bytes",
    "INSERT INTO assessment_steps (number, place, kind, at, staff_id, event) "
    "SELECT r.number, r.place, r.kind, r.at, r.staff, r.event FROM {rows} WHERE true "
    "ON CONFLICT (number, place) DO NOTHING RETURNING place",
)
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def everything(tx: Connection, keyring: Keyring) -> list[Assessment]:
    """All self-assessments, the oldest first."""
    table = assessment_steps.c
    rows = tx.execute(select(assessment_steps).order_by(table.number, table.place))
    found = [
        assessment_of(number, [_step(keyring, row) for row in steps])
        for number, steps in groupby(rows, key=attrgetter("number"))
    ]
    return sorted(found, key=lambda one: (one.opened_at, one.number))


def one(tx: Connection, keyring: Keyring, number: str) -> Assessment | None:
    """The self-assessment of this number; None: there is none."""
    table = assessment_steps.c
    rows = tx.execute(
        select(assessment_steps).where(table.number == number).order_by(table.place)
    ).all()
    return assessment_of(number, [_step(keyring, row) for row in rows]) if rows else None


def as_they_stand(
    tx: Connection, found: Sequence[Assessment], now: datetime, zone: ZoneInfo
) -> list[Assessment]:
    """These, drafts with what their staff answered in rounds that are closed by now."""
    if not any(one.is_draft for one in found):
        return list(found)
    closed = [one for one in rounds.everything(tx) if not one.is_open(now)]
    counted = rounds.counts(tx, closed)
    return [
        with_figures(one, closed, counted.get(one.area, {}), zone) if one.is_draft else one
        for one in found
    ]


def open_one(tx: Connection, keyring: Keyring, first: Step, zone: ZoneInfo) -> str:
    """Open a draft; its number, such as A-2026-001, has the year of ``zone``.

    ``first``: its event is Opened.
    """
    counter = _counter(first.at, zone)
    counters.add(tx, {counter: 1})
    number = f"A-{_year(first.at, zone)}-{counters.value(tx, counter):03d}"
    _write(tx, keyring, number, 1, first)
    return number


def lock(tx: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Have whoever opens one wait for this transaction, and see what it opens."""
    counters.add(tx, {_counter(now, zone): 0})


def add(tx: Connection, keyring: Keyring, assessment: Assessment, step: Step) -> bool:
    """Add a step to one as it was read; False: it cannot be, or something has happened."""
    if not assessment.takes(step.event, step.staff):
        return False
    return _write(tx, keyring, assessment.number, len(assessment.steps) + 1, step)


def area_of(tx: Connection, keyring: Keyring, number: str) -> str | None:
    """The area of a self-assessment; None: there is none of this number."""
    found = one(tx, keyring, number)
    return found.area if found else None


def _write(tx: Connection, keyring: Keyring, number: str, place: int, step: Step) -> bool:
    kind = type(step.event).__struct_config__.tag
    assert isinstance(kind, str), "every event has one"
    event = keyring.encrypt_bytes(msgspec.json.encode(step.event))
    if not _ADD.all(tx, [(number, place, kind, micros(step.at), step.staff, event)]):
        return False
    chain.append(tx, keyring, AuditEntry(step.staff, f"assessment-{kind}", number), step.at)
    return True


def _step(keyring: Keyring, row: Row[tuple[object, ...]]) -> Step:
    event = _decoder.decode(keyring.decrypt_bytes(row.event))
    return Step(moment(row.at), row.staff_id, event)


def _counter(at: datetime, zone: ZoneInfo) -> str:
    return f"assessment:{_year(at, zone)}"


def _year(at: datetime, zone: ZoneInfo) -> int:
    return at.astimezone(zone).year
