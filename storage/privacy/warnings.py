"""Reminders to staff of open data-rights requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from handlers.facts.own_data import Right
from handlers.privacy.due import PrivacyWarning
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment
from storage.outbox.inbox import for_each, put_inbox
from storage.privacy.deciding import Reminder, contacts_deciding
from storage.privacy.requests import OPEN
from storage.tables.privacy import privacy_requests, request_warnings


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """An open request. ``told``: the reminders sent of its current due date."""

    number: str
    right: Right
    due_at: datetime
    told: frozenset[PrivacyWarning]


def waiting(tx: Connection) -> list[WaitingRequest]:
    """All open requests, the first due first."""
    asked, warned = privacy_requests.c, request_warnings.c
    rows = tx.execute(
        select(asked.number, asked.kind, asked.due_at)
        .where(asked.status == OPEN)
        .order_by(asked.due_at, asked.number)
    ).fetchall()
    known = tx.execute(
        select(warned.number, warned.due_at, warned.step).where(
            warned.number.in_([row.number for row in rows])
        )
    ).fetchall()
    return [
        WaitingRequest(
            row.number,
            Right(row.kind),
            moment(row.due_at),
            frozenset(
                # The first reminder need not be repeated for a later date.
                PrivacyWarning(known_step.step)
                if known_step.due_at == row.due_at
                else PrivacyWarning.NEW
                for known_step in known
                if known_step.number == row.number
            ),
        )
        for row in rows
    ]


def notify(
    tx: Connection,
    keyring: Keyring,
    request: WaitingRequest,
    reminder: Reminder,
    now: datetime,
) -> None:
    """Record a reminder and put it into inboxes."""
    step = reminder.step
    due = micros(request.due_at)
    key = {"number": request.number, "due_at": due, "step": step.value, "at": micros(now)}
    tx.execute(insert(request_warnings).values(key))
    event = f"right-{step.value}:{request.number}:{due}"
    recipients = contacts_deciding(tx, now, urgent=step is not PrivacyWarning.NEW)
    put_inbox(tx, keyring, for_each(recipients, event, reminder.body), now)
