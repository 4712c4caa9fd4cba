"""What staff do with a case besides answering: note, forward, close, take an answer back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from handlers.facts import CaseAnswered
from handlers.messages import CaseNotice
from storage.cases import recording
from storage.engine.keyring import Keyring
from storage.engine.tables import case_notes, cases
from storage.engine.times import micros, moment
from storage.outbox.inbox import ForContact, put_inbox, take_back

UNDO = timedelta(seconds=20)
"""So long an answer waits before it goes to the citizen, and can be taken back."""


def answer(tx: Connection, keyring: Keyring, fact: CaseAnswered, now: datetime) -> int | None:
    """Answer a case once ``UNDO`` is over; the note's id, None: there is no such case."""
    if not recording.answer(tx, keyring, fact, now, due=now + UNDO):
        return None
    last = select(func.max(case_notes.c.id)).where(
        case_notes.c.number == fact.number, case_notes.c.author == "staff"
    )
    return tx.execute(last).scalar()


def undo_answer(
    tx: Connection, keyring: Keyring, number: str, note_id: int, now: datetime
) -> str | None:
    """Take an answer back that has not gone yet; its text, None: it is too late."""
    own = (case_notes.c.id == note_id) & (case_notes.c.number == number)
    text = tx.execute(select(case_notes.c.text).where(own)).scalar()
    if text is None or not take_back(tx, recording.answer_event(number, note_id), now):
        return None
    tx.execute(delete(case_notes).where(own))
    # Answered it remains only if an earlier answer was the last that was said.
    last = tx.execute(
        select(case_notes.c.author)
        .where(case_notes.c.number == number, case_notes.c.author != "internal")
        .order_by(case_notes.c.id.desc())
        .limit(1)
    ).scalar()
    if last != "staff":
        _change(tx, number, now, status="open")
    return keyring.decrypt(text)


def undo_until(tx: Connection, number: str, note_id: int) -> datetime | None:
    """Until when an answer can be taken back; None: there is no such answer."""
    own = (case_notes.c.id == note_id) & (case_notes.c.number == number)
    at = tx.execute(select(case_notes.c.at).where(own, case_notes.c.author == "staff")).scalar()
    return None if at is None else moment(at) + UNDO


def note(
    tx: Connection, keyring: Keyring, number: str, staff_id: int, text: str, now: datetime
) -> None:
    """Add a note that only staff see."""
    recording.add_note(tx, keyring, number, "internal", staff_id, text, now)


def close(tx: Connection, number: str, now: datetime) -> bool:
    """Close a case that was answered; False: it was not, so its citizen still waits."""
    answered = update(cases).where(cases.c.number == number, cases.c.status == "answered")
    return tx.execute(answered.values(status="closed", changed_at=micros(now))).rowcount > 0


def forward(
    tx: Connection,
    keyring: Keyring,
    number: str,
    area: str,
    note_text: str,
    staff_id: int,
    now: datetime,
) -> None:
    """Give a case to another area, with a note of who did and why; its staff are told."""
    row = tx.execute(select(cases.c.kind, cases.c.text).where(cases.c.number == number)).one()
    note(tx, keyring, number, staff_id, note_text, now)
    _change(tx, number, now, area=area)
    words = "" if row.text is None else keyring.decrypt(row.text)
    notice = CaseNotice(number, row.kind, area, words)
    event = f"case-forwarded:{number}:{micros(now)}"
    told = [
        ForContact(contact_id, f"{event}:{contact_id}", notice)
        for contact_id in recording.staff_for(tx, area)
    ]
    put_inbox(tx, keyring, told, now)


def _change(tx: Connection, number: str, now: datetime, **values: str) -> None:
    chosen = update(cases).where(cases.c.number == number)
    tx.execute(chosen.values(**values, changed_at=micros(now)))
