"""Keeps what happens to measures, step by step, and reads measures from their steps."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from handlers.measures.measures import Measure, measure_of, verb_of
from handlers.measures.steps import Event, Opened, Step
from storage.audit.step_log import StepLog
from storage.engine.keyring import Keyring
from storage.tables.quality import measure_steps

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_log = StepLog(measure_steps, "measure", _decoder, Step)


def everything(tx: Connection, keyring: Keyring, zone: ZoneInfo) -> list[Measure]:
    """All measures, the oldest first."""
    found = [measure_of(number, steps, zone) for number, steps in _log.everything(tx, keyring)]
    return sorted(found, key=lambda measure: (measure.opened_at, measure.number))


def one(tx: Connection, keyring: Keyring, zone: ZoneInfo, number: str) -> Measure | None:
    """The measure of this number; None: there is none."""
    steps = _log.of(tx, keyring, number)
    return measure_of(number, steps, zone) if steps else None


def open_one(tx: Connection, keyring: Keyring, first: Step, zone: ZoneInfo) -> str:
    """Open a measure; its number, such as M-2026-001, has the year of ``zone``.

    ``first``: its event is Opened.
    """
    return _log.open_one(tx, keyring, first, zone)


def lock(tx: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Have whoever opens measures wait for this transaction, and see what it opens."""
    _log.lock(tx, now, zone)


def add(tx: Connection, keyring: Keyring, measure: Measure, step: Step) -> bool:
    """Add a step to a measure as it was read; False: it cannot be, or something has happened."""
    verb = verb_of(step.event)
    if verb is not None and verb not in measure.verbs:
        return False
    return _log.add(tx, keyring, measure.number, len(measure.steps) + 1, step)


def area_of(tx: Connection, keyring: Keyring, number: str) -> str | None:
    """The area of a measure; None: there is none of this number."""
    first = _log.first(tx, keyring, number)
    if first is None:
        return None
    assert isinstance(first.event, Opened), "every measure begins by being opened"
    return first.event.area
