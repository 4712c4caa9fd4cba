"""What staff do with a case besides answering it: read, forward, extend, close, open again.

The citizen is told. Each returns whether there was something to do: nothing is told twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, CursorResult, Update, select, update

from handlers.facts.cases import Due
from handlers.messages import CaseNews, CaseNotice, CaseStep
from storage.cases.notes import NewNote, add_note
from storage.cases.recording import tell_staff
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment_or_none
from storage.outbox.inbox import ForContact, put_inbox
from storage.tables.cases import cases

_NOT_CLOSED = ("open", "answered")


@dataclass(frozen=True, slots=True)
class Doing:
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


def mark_read(tx: Connection, keyring: Keyring, doing: Doing) -> bool:
    """Staff have read an open case; only the first time counts."""
    unread = _change(doing).where(cases.c.read_at == 0).values(read_at=micros(doing.now))
    return _apply_and_tell(tx, keyring, doing, unread, _News(CaseStep.READ))


def forward(tx: Connection, keyring: Keyring, doing: Doing, area: str, why: str = "") -> bool:
    """Another unit is responsible from now on; the term does not change. Its staff are told."""
    at = micros(doing.now)
    moved = (
        _change(doing)
        .where(cases.c.area != area)
        .values(area=area, area_since=at, read_at=at, changed_at=at)
    )
    if not _apply_and_tell(tx, keyring, doing, moved, _News(CaseStep.FORWARDED, why, area)):
        return False
    row = tx.execute(
        select(cases.c.kind, cases.c.text, cases.c.due_at, cases.c.urgent).where(
            cases.c.number == doing.number
        )
    ).one()
    words = keyring.decrypt_or_none(row.text) or ""
    due_at = moment_or_none(row.due_at)
    urgent = bool(row.urgent)
    notice = CaseNotice(doing.number, row.kind, area, words, urgent=urgent, due_at=due_at)
    tell_staff(tx, keyring, notice, f"case:{doing.number}:forwarded:{at}", doing.now)
    return True


def extend(tx: Connection, keyring: Keyring, doing: Doing, due: Due, why: str) -> bool:
    """Give a case its longest term, once, for a reason that the citizen is told."""
    at = micros(doing.now)
    longer = (
        _change(doing)
        .where(cases.c.extended_at == 0, cases.c.due_at < micros(due.at))
        .values(
            due_at=micros(due.at),
            rule=due.rule,
            extended_at=at,
            extended_why=keyring.encrypt(why),
            changed_at=at,
        )
    )
    return _apply_and_tell(tx, keyring, doing, longer, _News(CaseStep.EXTENDED, why))


def close(tx: Connection, keyring: Keyring, doing: Doing, why: str) -> bool:
    """End a case without a further answer, for a reason that the citizen is told."""
    closed = _change(doing, *_NOT_CLOSED).values(status="closed", changed_at=micros(doing.now))
    return _apply_and_tell(tx, keyring, doing, closed, _News(CaseStep.CLOSED, why))


def close_as_formal(tx: Connection, keyring: Keyring, doing: Doing) -> bool:
    """End a case that asks for public information; the citizen is told the formal way."""
    closed = _change(doing, *_NOT_CLOSED).values(status="closed", changed_at=micros(doing.now))
    return _apply_and_tell(tx, keyring, doing, closed, _News(CaseStep.FORMAL))


def reopen(tx: Connection, keyring: Keyring, doing: Doing, due: Due, why: str) -> bool:
    """Open a case again that is answered or closed, under its number and with a new term.

    One whose citizen erased their data stays closed.
    """
    at = micros(doing.now)
    opened = (
        _change(doing, "answered", "closed")
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
    return _apply_and_tell(tx, keyring, doing, opened, _News(CaseStep.REOPENED, why))


def close_answered(tx: Connection, before: datetime, now: datetime) -> int:
    """Close what was answered so long ago that it can no longer be opened again; how many."""
    closed: CursorResult[tuple[()]] = tx.execute(
        update(cases)
        .where(cases.c.status == "answered", cases.c.answered_at < micros(before))
        .values(status="closed", changed_at=micros(now))
    )
    return closed.rowcount


def tell_overdue(tx: Connection, keyring: Keyring, doing: Doing) -> None:
    """The term has passed: the citizen is told where the case is now."""
    _tell_citizen(tx, keyring, doing, _News(CaseStep.OVERDUE))


def _change(doing: Doing, *states: str) -> Update:
    """A change of the case while it is in one of these states; without any: while it is open."""
    is_in = cases.c.status.in_(states or ("open",))
    return update(cases).where(cases.c.number == doing.number, is_in)


def _apply_and_tell(
    tx: Connection, keyring: Keyring, doing: Doing, change: Update, told: _News
) -> bool:
    if tx.execute(change).rowcount == 0:
        return False
    note = NewNote(told.step.value, doing.now, told.text, doing.staff, told.area)
    add_note(tx, keyring, doing.number, note)
    _tell_citizen(tx, keyring, doing, told)
    return True


def _tell_citizen(tx: Connection, keyring: Keyring, doing: Doing, told: _News) -> None:
    row = tx.execute(
        select(cases.c.contact_id, cases.c.mail_contact_id, cases.c.area, cases.c.due_at).where(
            cases.c.number == doing.number
        )
    ).one()
    if row.contact_id is None:
        return
    due_at = moment_or_none(row.due_at)
    step = told.step
    body = CaseNews(doing.number, step, row.area, due_at, told.text)
    event = f"{doing.number}:{micros(doing.now)}"
    items = [ForContact(row.contact_id, f"case-{step.value}:{event}", body)]
    if row.mail_contact_id is not None and step is not CaseStep.READ:  # of that nothing follows
        items.append(ForContact(row.mail_contact_id, f"case-{step.value}-mail:{event}", body))
    put_inbox(tx, keyring, items, doing.now)
