"""Taking back an answer before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from handlers.facts.cases import UNDO
from storage.cases.notes import JUDGED, take_back_file
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment
from storage.outbox.inbox import take_back
from storage.tables.cases import case_notes, cases
from storage.tables.outbox import inbox

ANSWER, ANSWER_BY_MAIL = "case-answer", "case-answer-mail"
"""Prefixes of an answer's event ids; the case's number and the note's id follow."""


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer that is not sent yet."""

    number: str
    note_id: int
    goes_at: datetime


def answer_event(number: str, note_id: int, *, by_mail: bool = False) -> str:
    """The id of an answer's inbox event."""
    return f"{ANSWER_BY_MAIL if by_mail else ANSWER}:{number}:{note_id}"


def undo_answer(
    tx: Connection, keyring: Keyring, number: str, note_id: int, now: datetime
) -> str | None:
    """Take back an answer that is not sent yet; return its text, None if it is too late."""
    own = (case_notes.c.id == note_id) & (case_notes.c.number == number)
    note = tx.execute(select(case_notes.c.text, case_notes.c.at).where(own)).first()
    text = note.text if note else None
    if note is None or text is None or not take_back(tx, answer_event(number, note_id), now):
        return None
    take_back(tx, answer_event(number, note_id, by_mail=True), now)
    take_back_file(tx, number, note_id)
    tx.execute(delete(case_notes).where(own))
    _restore(tx, number, now)
    # Only the answer told the citizen that the case was read, so that is told again later.
    by_answer = (cases.c.number == number) & (cases.c.read_at == note.at)
    tx.execute(update(cases).where(by_answer).values(read_at=0))
    return keyring.decrypt(text)


def last_undoable(tx: Connection, number: str, staff_id: int, now: datetime) -> int:
    """The note id of this person's last answer, if it can still be taken back; else 0."""
    theirs = (case_notes.c.author == "staff") & (case_notes.c.staff_id == staff_id)
    waiting = undoable(tx, number, now)
    last = select(func.max(case_notes.c.id)).where(theirs, case_notes.c.id.in_(waiting))
    return tx.execute(last).scalar() or 0


def undoable(tx: Connection, number: str, now: datetime) -> frozenset[int]:
    """The note ids of a case's answers that ``undo_answer`` can still take back.

    An answer from the command line is sent at once, so it cannot be taken back.
    """
    event = answer_event(number, 0).removesuffix("0")
    waiting = (
        select(inbox.c.event_id)
        .join(cases, cases.c.contact_id == inbox.c.contact_id)
        .where(cases.c.number == number, inbox.c.due_at > micros(now))
        .where(inbox.c.event_id.startswith(event, autoescape=True))
    )
    return frozenset(
        int(event_id.removeprefix(event)) for event_id in tx.execute(waiting).scalars()
    )


def undoable_by(tx: Connection, staff_id: int, now: datetime) -> list[SentAnswer]:
    """This person's answers that ``undo_answer`` can still take back, the newest first.

    Found by the cases that changed just now, and then by their events: both have an index.
    """
    since = micros(now - UNDO)
    own = (case_notes.c.author == "staff") & (case_notes.c.staff_id == staff_id)
    changed = select(cases.c.number).where(cases.c.changed_at > since)
    newest = (
        select(case_notes.c.number, case_notes.c.id, case_notes.c.at)
        .where(case_notes.c.number.in_(changed), case_notes.c.at > since, own)
        .order_by(case_notes.c.id.desc())
    )
    sent = {answer_event(row.number, row.id): row for row in tx.execute(newest)}
    events = select(inbox.c.event_id).where(
        inbox.c.event_id.in_(sent), inbox.c.due_at > micros(now)
    )
    waiting = set(tx.execute(events).scalars()) if sent else set()
    return [
        SentAnswer(row.number, row.id, moment(row.at) + UNDO)
        for event, row in sent.items()
        if event in waiting
    ]


def _restore(tx: Connection, number: str, now: datetime) -> None:
    """Reset a case to before a removed answer: answered only if another answer is left."""
    answers = (case_notes.c.number == number) & (case_notes.c.author == "staff")
    earlier = tx.execute(select(func.max(case_notes.c.at)).where(answers)).scalar() or 0
    last = tx.execute(
        select(case_notes.c.author)
        .where(case_notes.c.number == number, case_notes.c.author.in_(("citizen", "staff")))
        .order_by(case_notes.c.id.desc())
        .limit(1)
    ).scalar()
    own = update(cases).where(cases.c.number == number)
    judged = _judged_since(tx, number, earlier)
    tx.execute(own.values(answered_at=earlier, changed_at=micros(now), judged=judged))
    if last != "staff":
        tx.execute(own.where(cases.c.status == "answered").values(status="open"))


def _judged_since(tx: Connection, number: str, at: int) -> str:
    """The citizen's last judgement since the answer of that moment; "" if none."""
    told = (case_notes.c.number == number) & (case_notes.c.at >= at)
    judgements = select(case_notes.c.author).where(
        told, case_notes.c.author.startswith(JUDGED, autoescape=True)
    )
    last = tx.execute(judgements.order_by(case_notes.c.id.desc()).limit(1)).scalar()
    return str(last or "").removeprefix(JUDGED)
