"""Stores the steps of security breaches, and builds breaches from their steps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, text

from handlers.privacy.breaches.breach import Breach, breach_of
from handlers.privacy.breaches.steps import BreachStep, CitizensTold, Event, Recorded
from storage.audit.step_log import StepLog
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.privacy.breaches.messages import MOVED, REPORTED_LATE
from storage.tables.privacy import breach_steps

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_log = StepLog(breach_steps, "breach", _decoder, BreachStep, initial="V")  # of "vulneración"
# A correction reopens a closed breach.
_GOING_ON = text(
    "SELECT number FROM breach_steps GROUP BY number "
    "HAVING max(CASE WHEN kind = 'closed' THEN place ELSE 0 END) "
    "<= max(CASE WHEN kind = 'corrected' THEN place ELSE 0 END) "
    f"OR EXISTS (SELECT 1 FROM breach_tellings WHERE {MOVED} "
    "AND breach_tellings.number = breach_steps.number) ORDER BY number DESC"
)


def all_breaches(tx: Connection, keyring: Keyring) -> list[Breach]:
    """All breaches, newest first."""
    found = [breach_of(number, steps) for number, steps in _log.everything(tx, keyring)]
    return sorted(found, key=lambda breach: (breach.recorded_at, breach.number), reverse=True)


def going_on(tx: Connection, keyring: Keyring, now: datetime) -> list[Breach]:
    """The breaches that are not closed, and those with a message whose state has changed."""
    late = {"late": micros(now - REPORTED_LATE)}
    numbers = list(tx.execute(_GOING_ON, late).scalars())
    found = (find_breach(tx, keyring, number) for number in numbers)
    return [breach for breach in found if breach is not None]


def find_breach(tx: Connection, keyring: Keyring, number: str) -> Breach | None:
    """The breach with this number; None if there is none."""
    steps = _log.of(tx, keyring, number)
    return breach_of(number, steps) if steps else None


def messages_sent(
    tx: Connection, keyring: Keyring, numbers: Collection[str]
) -> dict[str, list[BreachStep]]:
    """The messages to the people affected by each of these breaches, in order."""
    found = _log.of_kind(tx, keyring, CitizensTold, numbers)
    return {number: list(steps) for number, steps in found}


def sent_before(tx: Connection, keyring: Keyring, first: BreachStep, zone: ZoneInfo) -> str | None:
    """The number of an equal breach that the same person recorded just now; None without one.

    Locks: nobody can record another breach before this transaction ends.
    """
    assert isinstance(first.event, Recorded), "every breach begins by being recorded"
    for number, (earlier, *_) in _log.recent_of_author(tx, keyring, first, zone):
        assert isinstance(earlier.event, Recorded), "every breach begins by being recorded"
        if earlier.event.description == first.event.description:
            return number
    return None


def record(tx: Connection, keyring: Keyring, first: BreachStep, zone: ZoneInfo) -> str:
    """Record a breach; return its number, such as V-2026-001, with the year in ``zone``.

    ``first``: its event is Recorded.
    """
    return _log.open_one(tx, keyring, first, zone)


def add(tx: Connection, keyring: Keyring, breach: Breach, step: BreachStep) -> bool:
    """Add a step to a breach as it was read; False if not allowed or another step came first."""
    if not breach.accepts(step.event):
        return False
    return _log.add(tx, keyring, breach.number, len(breach.steps) + 1, step)
