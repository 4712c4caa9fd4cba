"""What staff do with a case besides answering it: read, forward, extend, close, open again.

The citizen is told. Each returns whether there was something to do: nothing is told twice.
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
    """Who does something with which case, when. ``staff`` 0: the command line."""

    number: str
    now: datetime
    staff: int = 0


@dataclass(frozen=True, slots=True)
class _News:
    """What the citizen is told of a change, and its note says."""

    step: CaseStep
    text: str = ""
    area: str = ""  # that it was forwarded to


def mark_read(tx: Connection, keyring: Keyring, action: StaffAction) -> bool:
    """Staff have read an open case; only the first time counts."""
    unread = _change(action).where(cases.c.read_at == 0).values(read_at=micros(action.now))
    return _apply_and_notify(tx, keyring, action, unread, _News(CaseStep.READ))


def record_readings_in_chat(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], now: datetime
) -> None:
    """Cases that staff had shown in their chat count as read, as in the panel."""
    for recorded in facts:
        if isinstance(recorded.fact, CaseRead):
            mark_read(tx, keyring, StaffAction(recorded.fact.number, now, recorded.fact.staff))


def forward(
    tx: Connection, keyring: Keyring, action: StaffAction, area: str, why: str = ""
) -> bool:
    """Another unit is responsible from now on; the term does not change. Its staff are told."""
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
    """Give a case its longest term, once, for a reason that the citizen is told."""
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
    """End a case without a further answer, for a reason that the citizen is told."""
    closed = _change(action, *_NOT_CLOSED).values(status="closed", changed_at=micros(action.now))
    return _apply_and_notify(tx, keyring, action, closed, _News(CaseStep.CLOSED, why))


def close_as_formal(tx: Connection, keyring: Keyring, action: StaffAction) -> bool:
    """End a case that asks for public information; the citizen is told the formal way."""
    closed = _change(action, *_NOT_CLOSED).values(status="closed", changed_at=micros(action.now))
    return _apply_and_notify(tx, keyring, action, closed, _News(CaseStep.FORMAL))


def reopen(tx: Connection, keyring: Keyring, action: StaffAction, due: Due, why: str) -> bool:
    """Open a case again that is answered or closed, under its number and with a new term.

    One whose citizen erased their data stays closed.
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
    """Close what was answered so long ago that it can no longer be opened again; how many."""
    closed: CursorResult[tuple[()]] = tx.execute(
        update(cases)
        .where(cases.c.status == "answered", cases.c.answered_at < micros(before))
        .values(status="closed", changed_at=micros(now))
    )
    return closed.rowcount


def notify_of_delay(tx: Connection, keyring: Keyring, action: StaffAction) -> None:
    """The term has passed: the citizen is told where the case is now."""
    _notify_citizen(tx, keyring, action, _News(CaseStep.OVERDUE))


def _change(action: StaffAction, *states: str) -> Update:
    """A change of the case while it is in one of these states; without any: while it is open."""
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
    if row.mail_contact_id is not None and step is not CaseStep.READ:  # of that nothing follows
        items.append(ForContact(row.mail_contact_id, f"case-{step.value}-mail:{event}", body))
    put_inbox(tx, keyring, items, action.now)
