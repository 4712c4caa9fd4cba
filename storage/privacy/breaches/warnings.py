"""Reminders to staff of breaches that must be reported to the Agency."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from handlers.privacy.breaches.breach import Breach
from handlers.privacy.due import PrivacyWarning
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.outbox.inbox import for_each, put_inbox
from storage.privacy.deciding import Reminder, contacts_deciding
from storage.tables.privacy import breach_warnings

_rows = breach_warnings.c


def sent_warnings(tx: Connection, breach: Breach) -> frozenset[PrivacyWarning]:
    """The reminders sent of a breach's current date; NEW if any was sent of an earlier date."""
    due = micros(breach.report_by)
    rows = tx.execute(select(_rows.step, _rows.due_at).where(_rows.number == breach.number))
    return frozenset(
        PrivacyWarning(row.step) if row.due_at == due else PrivacyWarning.NEW for row in rows
    )


def notify(
    tx: Connection,
    keyring: Keyring,
    breach: Breach,
    reminder: Reminder,
    now: datetime,
) -> None:
    """Record a reminder and put it into inboxes; administration always gets it."""
    step = reminder.step
    due = micros(breach.report_by)
    key = {"number": breach.number, "due_at": due, "step": step.value, "at": micros(now)}
    tx.execute(insert(breach_warnings).values(key))
    event = f"breach-{step.value}:{breach.number}:{due}"
    recipients = contacts_deciding(tx, now, urgent=True)
    put_inbox(tx, keyring, for_each(recipients, event, reminder.body), now)
