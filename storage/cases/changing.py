"""What staff do with a case besides answering and forwarding: note, read, extend, close, reopen.

All but a note notify the citizen and return whether they changed anything, so that nobody is
notified twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, CursorResult, Update, select, update

from handlers.facts.cases import CaseRead, Due
from handlers.messages import CaseNews, CaseStep
from storage.cases.notes import NewNote, add_note
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment_or_none
from storage.outbox.inbox import ForContact, put_inbox
from storage.recorded_fact import RecordedFact
from storage.tables.cases import case_notes, cases

_NOT_CLOSED = ("open", "answered")


@dataclass(frozen=True, slots=True)
class StaffAction:
    """Who acts on which case, and when. ``staff`` 0: the command line."""

    number: str
    now: datetime
    staff: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What a change tells the citizen and the case's notes."""

    step: CaseStep
    text: str = ""
    area: str = ""  # that has it now, if that changed
    due: datetime | None = None  # when the citizen is told; until then it can be taken back


def note(tx: Connection, keyring: Keyring, action: StaffAction, text: str) -> None:
    """Add a note that only staff see."""
    add_note(tx, keyring, action.number, NewNote("internal", action.now, text, action.staff))


def mark_read(tx: Connection, keyring: Keyring, action: StaffAction) -> bool:
    """Record that staff have read an open case, and once more after it was forwarded to them.

    The citizen is told of the first time only.
    """
    unread = change_of(action).where(cases.c.read_at == 0).values(read_at=micros(action.now))
    if apply_and_notify(tx, keyring, action, unread, News(CaseStep.READ)):
        return True
    if not _is_received(tx, action):
        return False
    note = NewNote(CaseStep.READ.value, action.now, staff_id=action.staff)
    add_note(tx, keyring, action.number, note)
    return True


def record_readings_in_chat(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], now: datetime
) -> None:
    """Record as read the cases that staff had shown in their chat."""
    for recorded in facts:
        if isinstance(recorded.fact, CaseRead):
            mark_read(tx, keyring, StaffAction(recorded.fact.number, now, recorded.fact.staff))


def extend(tx: Connection, keyring: Keyring, action: StaffAction, due: Due, why: str) -> bool:
    """Extend a case, once, to the longest term, for a reason that the citizen is told."""
    at = micros(action.now)
    longer = (
        change_of(action)
        .where(cases.c.extended_at == 0, cases.c.due_at < micros(due.at))
        .values(
            due_at=micros(due.at),
            rule=due.rule,
            extended_at=at,
            extended_why=keyring.encrypt(why),
            changed_at=at,
        )
    )
    return apply_and_notify(tx, keyring, action, longer, News(CaseStep.EXTENDED, why))


def close(tx: Connection, keyring: Keyring, action: StaffAction, why: str) -> bool:
    """Close a case without a further answer, for a reason that the citizen is told."""
    closed = change_of(action, *_NOT_CLOSED).values(status="closed", changed_at=micros(action.now))
    return apply_and_notify(tx, keyring, action, closed, News(CaseStep.CLOSED, why))


def close_as_formal(tx: Connection, keyring: Keyring, action: StaffAction) -> bool:
    """Close a case that requests public information; the citizen is told the formal procedure."""
    closed = change_of(action, *_NOT_CLOSED).values(status="closed", changed_at=micros(action.now))
    return apply_and_notify(tx, keyring, action, closed, News(CaseStep.FORMAL))


def reopen(tx: Connection, keyring: Keyring, action: StaffAction, due: Due, why: str) -> bool:
    """Reopen an answered or closed case under its number, with a new term.

    A case whose citizen erased their data stays closed.
    """
    at = micros(action.now)
    opened = (
        change_of(action, "answered", "closed")
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
    return apply_and_notify(tx, keyring, action, opened, News(CaseStep.REOPENED, why))


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
    notify_citizen(tx, keyring, action, News(CaseStep.OVERDUE))


def _is_received(tx: Connection, action: StaffAction) -> bool:
    """Whether an open case was forwarded by somebody else, and nobody has read it since."""
    is_open = select(cases.c.number).where(
        cases.c.number == action.number, cases.c.status == "open"
    )
    seen = [step.value for step in (CaseStep.FORWARDED, CaseStep.TAKEN_BACK, CaseStep.READ)]
    last = tx.execute(
        select(case_notes.c.author, case_notes.c.staff_id)
        .where(case_notes.c.number.in_(is_open), case_notes.c.author.in_(seen))
        .order_by(case_notes.c.id.desc())
        .limit(1)
    ).first()
    return last is not None and last.author == CaseStep.FORWARDED and last.staff_id != action.staff


def change_of(action: StaffAction, *states: str) -> Update:
    """Change a case that is in one of these states (by default, open); False if it is not."""
    is_in = cases.c.status.in_(states or ("open",))
    return update(cases).where(cases.c.number == action.number, is_in)


def apply_and_notify(
    tx: Connection, keyring: Keyring, action: StaffAction, change: Update, told: News
) -> bool:
    """Make a change, note it and tell the citizen; False if the case does not take it."""
    if tx.execute(change).rowcount == 0:
        return False
    note = NewNote(told.step.value, action.now, told.text, action.staff, told.area)
    add_note(tx, keyring, action.number, note)
    notify_citizen(tx, keyring, action, told)
    return True


def notify_citizen(tx: Connection, keyring: Keyring, action: StaffAction, told: News) -> None:
    """Tell the citizen of a change, in their chat and by mail if they gave an address."""
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
    chat, mail = events_of(action.number, step, action.now)
    items = [ForContact(row.contact_id, chat, body, told.due)]
    if row.mail_contact_id is not None and step is not CaseStep.READ:  # no mail for a mere reading
        items.append(ForContact(row.mail_contact_id, mail, body, told.due))
    put_inbox(tx, keyring, items, action.now)


def events_of(number: str, step: CaseStep, at: datetime) -> tuple[str, str]:
    """The ids of the inbox events that tell of a step: to the citizen's chat and by mail."""
    event = f"{number}:{micros(at)}"
    return f"case-{step.value}:{event}", f"case-{step.value}-mail:{event}"
