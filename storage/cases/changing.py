"""What staff do with a case besides answering: read, forward, extend, close, reopen.

Each function notifies the citizen and returns whether it changed anything, so that nobody is
notified twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, CursorResult, Update, select, update

from handlers.facts.cases import CaseRead, Due
from handlers.messages import CaseNews, CaseNotice, CaseStep
from storage.cases.notes import NewNote, add_note
from storage.cases.recording import notify_staff
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment_or_none
from storage.outbox.inbox import ForContact, put_inbox
from storage.recorded_fact import RecordedFact
from storage.tables.cases import cases

_NOT_CLOSED = ("open", "answered")


@dataclass(frozen=True, slots=True)
class StaffAction:
    """Who acts on which case, and when. ``staff`` 0: the command line."""

    number: str
    now: datetime
    staff: int = 0


@dataclass(frozen=True, slots=True)
class _News:
    """What a change tells the citizen and the case's notes."""

    step: CaseStep
    text: str = ""
    area: str = ""  # that it was forwarded to


def mark_read(tx: Connection, keyring: Keyring, action: StaffAction) -> bool:
    """Record that staff have read an open case; only the first time counts."""
    unread = _change(action).where(cases.c.read_at == 0).values(read_at=micros(action.now))
    return _apply_and_notify(tx, keyring, action, unread, _News(CaseStep.READ))


def record_readings_in_chat(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], now: datetime
) -> None:
    """Record as read the cases that staff had shown in their chat."""
    for recorded in facts:
        if isinstance(recorded.fact, CaseRead):
            mark_read(tx, keyring, StaffAction(recorded.fact.number, now, recorded.fact.staff))


def forward(
    tx: Connection, keyring: Keyring, action: StaffAction, area: str, why: str = ""
) -> bool:
    """Make another unit responsible and notify its staff; the term does not change."""
    at = micros(action.now)
    moved = (
        _change(action)
        .where(cases.c.area != area)
        .values(area=area, area_since=at, read_at=at, changed_at=at)
    )
    if not _apply_and_notify(tx, keyring, action, moved, _News(CaseStep.FORWARDED, why, area)):
        return False
    row = tx.execute(
        select(cases.c.kind, cases.c.text, cases.c.due_at, cases.c.urgent).where(
            cases.c.number == action.number
        )
    ).one()
    words = keyring.decrypt_or_none(row.text) or ""
    due_at = moment_or_none(row.due_at)
    urgent = bool(row.urgent)
    notice = CaseNotice(action.number, row.kind, area, words, urgent=urgent, due_at=due_at)
    notify_staff(tx, keyring, notice, f"case:{action.number}:forwarded:{at}", action.now)
    return True


def extend(tx: Connection, keyring: Keyring, action: StaffAction, due: Due, why: str) -> bool:
    """Extend a case, once, to the longest term, for a reason that the citizen is told."""
    at = micros(action.now)
    longer = (
        _change(action)
        .where(cases.c.extended_at == 0, cases.c.due_at < micros(due.at))
        .values(
            due_at=micros(due.at),
            rule=due.rule,
            extended_at=at,
            extended_why=keyring.encrypt(why),
            changed_at=at,
        )
    )
    return _apply_and_notify(tx, keyring, action, longer, _News(CaseStep.EXTENDED, why))


def close(tx: Connection, keyring: Keyring, action: StaffAction, why: str) -> bool:
    """Close a case without a further answer, for a reason that the citizen is told."""
    closed = _change(action, *_NOT_CLOSED).values(status="closed", changed_at=micros(action.now))
    return _apply_and_notify(tx, keyring, action, closed, _News(CaseStep.CLOSED, why))


def close_as_formal(tx: Connection, keyring: Keyring, action: StaffAction) -> bool:
    """Close a case that requests public information; the citizen is told the formal procedure."""
    closed = _change(action, *_NOT_CLOSED).values(status="closed", changed_at=micros(action.now))
    return _apply_and_notify(tx, keyring, action, closed, _News(CaseStep.FORMAL))


def reopen(tx: Connection, keyring: Keyring, action: StaffAction, due: Due, why: str) -> bool:
    """Reopen an answered or closed case under its number, with a new term.

    A case whose citizen erased their data stays closed.
    """
    at = micros(action.now)
    opened = (
        _change(action, "answered", "closed")
        .where(cases.c.text.is_not(None))
        .values(
            status="open",
            due_from=at,
            due_at=micros(due.at),
            rule=due.rule,
            extended_at=0,
            extended_why=None,
            changed_at=at,
        )
    )
    return _apply_and_notify(tx, keyring, action, opened, _News(CaseStep.REOPENED, why))


def close_answered(tx: Connection, before: datetime, now: datetime) -> int:
    """Close the cases answered before then, which can no longer be reopened; return how many."""
    closed: CursorResult[tuple[()]] = tx.execute(
        update(cases)
        .where(cases.c.status == "answered", cases.c.answered_at < micros(before))
        .values(status="closed", changed_at=micros(now))
    )
    return closed.rowcount


def notify_of_delay(tx: Connection, keyring: Keyring, action: StaffAction) -> None:
    """Tell the citizen that the term has passed, and who has the case."""
    _notify_citizen(tx, keyring, action, _News(CaseStep.OVERDUE))


def _change(action: StaffAction, *states: str) -> Update:
    """Change a case that is in one of these states (by default, open); False if it is not."""
    is_in = cases.c.status.in_(states or ("open",))
    return update(cases).where(cases.c.number == action.number, is_in)


def _apply_and_notify(
    tx: Connection, keyring: Keyring, action: StaffAction, change: Update, told: _News
) -> bool:
    if tx.execute(change).rowcount == 0:
        return False
    note = NewNote(told.step.value, action.now, told.text, action.staff, told.area)
    add_note(tx, keyring, action.number, note)
    _notify_citizen(tx, keyring, action, told)
    return True


def _notify_citizen(tx: Connection, keyring: Keyring, action: StaffAction, told: _News) -> None:
    row = tx.execute(
        select(cases.c.contact_id, cases.c.mail_contact_id, cases.c.area, cases.c.due_at).where(
            cases.c.number == action.number
        )
    ).one()
    if row.contact_id is None:
        return
    due_at = moment_or_none(row.due_at)
    step = told.step
    body = CaseNews(action.number, step, row.area, due_at, told.text)
    event = f"{action.number}:{micros(action.now)}"
    items = [ForContact(row.contact_id, f"case-{step.value}:{event}", body)]
    if row.mail_contact_id is not None and step is not CaseStep.READ:  # no mail for a mere reading
        items.append(ForContact(row.mail_contact_id, f"case-{step.value}-mail:{event}", body))
    put_inbox(tx, keyring, items, action.now)
