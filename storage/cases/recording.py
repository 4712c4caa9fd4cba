"""Records the facts of turns about cases, and notifies staff and citizens by their inboxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Row, case, insert, select, update

from handlers.facts.cases import (
    UNDO,
    AnswerJudged,
    AnswerUndone,
    CaseAnswered,
    CaseExtended,
    CaseMailGiven,
    CaseNoted,
    CaseOpened,
    CaseReopened,
    CaseWithdrawn,
    Due,
)
from handlers.facts.staff import StaffLinked
from handlers.messages import CASE_REOPENED, CASE_WITHDRAWN, CaseAnswer, CaseNotice, Incoming
from handlers.own_record import LINE_REOPENED, LINE_WITHDRAWN
from storage.cases import mail
from storage.cases.notes import JUDGED, NewNote, WithAnswer, add_note, add_to_answer
from storage.cases.taking_back import answer_event, undo_answer
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.outbox.inbox import ForContact, for_each, put_inbox
from storage.recorded_fact import RecordedFact
from storage.staff.staff_contacts import (
    alerted,
    general_staff,
    link_staff,
    staff_of,
    substitute_contacts,
)
from storage.tables.cases import cases


def record_cases(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], now: datetime
) -> None:
    """Record the facts about cases, and link staff. They are rare, so one statement each."""
    for recorded in facts:
        match recorded.fact:
            case CaseOpened():
                _open(tx, keyring, recorded, recorded.fact, now)
            case CaseExtended(number, text, due, urgent):
                _add_words(tx, keyring, recorded, CaseExtended(number, text, due, urgent), now)
            case CaseReopened(number, due):
                _add_words(tx, keyring, recorded, CaseExtended(number, LINE_REOPENED, due), now)
            case CaseWithdrawn():
                _withdraw(tx, keyring, recorded, recorded.fact, now)
            case CaseAnswered() as fact:
                answer(tx, keyring, fact, now, due=now + UNDO)
            case AnswerUndone(number, note=note_id):
                undo_answer(tx, keyring, number, note_id, now)
            case CaseNoted(number, staff_id, text):
                add_note(tx, keyring, number, NewNote("internal", now, text, staff_id))
            case AnswerJudged() as fact:
                _judge(tx, keyring, recorded, fact)
            case CaseMailGiven() as given:
                mail.give(tx, keyring, recorded, given)
            case StaffLinked(staff=staff_id):
                link_staff(tx, recorded.contact_id, staff_id)
            case _:
                pass


def answer(
    tx: Connection,
    keyring: Keyring,
    fact: CaseAnswered,
    now: datetime,
    *,
    due: datetime | None = None,
) -> int | None:
    """Store a staff member's answer and put it into the citizen's inbox.

    Returns the note's id; None without such a case. ``due``: when it is sent; until then it can
    be taken back.
    """
    row = tx.execute(
        select(cases.c.area, cases.c.contact_id, cases.c.mail_contact_id, cases.c.read_at).where(
            cases.c.number == fact.number
        )
    ).first()
    if row is None:
        return None
    note = NewNote("staff", now, fact.text, fact.staff)
    note_id = add_note(tx, keyring, fact.number, note)
    at = micros(now)
    tx.execute(
        update(cases)
        .where(cases.c.number == fact.number)
        .values(answered_at=at, changed_at=at, read_at=row.read_at or at, judged="")
    )
    tx.execute(
        update(cases)
        .where(cases.c.number == fact.number, cases.c.status == "open")
        .values(status="answered")
    )
    if row.contact_id is not None:
        where = WithAnswer(row.contact_id, note_id, now, fact.number)
        file = None if fact.file is None else add_to_answer(tx, fact.file, where)
        body = CaseAnswer(fact.number, row.area, fact.text, file)
        put_inbox(tx, keyring, _answer_items(row, note_id, body, due), now)
    return note_id


def _answer_items(
    row: Row[*tuple[Any, ...]], note_id: int, body: CaseAnswer, due: datetime | None
) -> Iterator[ForContact]:
    """The inbox events of an answer: for the citizen's chat and for their mail address."""
    yield ForContact(row.contact_id, answer_event(body.number, note_id), body, due)
    if row.mail_contact_id is not None:
        event = answer_event(body.number, note_id, by_mail=True)
        yield ForContact(row.mail_contact_id, event, body, due)


def notify_staff(
    tx: Connection, keyring: Keyring, notice: CaseNotice, event_id: str, now: datetime
) -> None:
    """Put a notice into the inboxes of the area's staff or, if it has none, the general staff.

    An urgent notice also goes to the staff on duty.
    """
    own, others = _recipients(tx, notice, now)
    notices = dict.fromkeys(own, notice) | {id: replace(notice, own=False) for id in others}
    items = [ForContact(id, f"{event_id}:{id}", notices[id]) for id in sorted(notices)]
    put_inbox(tx, keyring, items, now)


def notify_substitute(
    tx: Connection, keyring: Keyring, staff_id: int, held: Incoming, now: datetime
) -> None:
    """If this member of staff is away now, send their notice to the substitute as well.

    A notice may have been held since before the absence. Nobody gets one twice.
    """
    notice = held.body
    if not isinstance(notice, CaseNotice):
        return
    if stand_ins := substitute_contacts(tx, staff_id, now):
        own, others = _recipients(tx, notice, held.sent_at)
        event = held.id.rpartition(":")[0]
        put_inbox(tx, keyring, for_each(sorted(stand_ins - own - others), event, notice), now)


def _recipients(tx: Connection, notice: CaseNotice, now: datetime) -> tuple[set[int], set[int]]:
    """The contacts of the area's staff, and those of the others to be notified."""
    own = staff_of(tx, notice.area, now)
    others = set() if own else general_staff(tx, now)
    if notice.urgent:
        others |= alerted(tx, notice.area, now) - own
    return own, others


def due_columns(due: Due | None, since: datetime) -> dict[str, int | str]:
    """A term as columns of ``cases``."""
    if due is None:
        return {}
    return {"due_from": micros(since), "due_at": micros(due.at), "rule": due.rule}


def _open(
    tx: Connection, keyring: Keyring, recorded: RecordedFact, fact: CaseOpened, now: datetime
) -> None:
    at = micros(recorded.at)
    tx.execute(
        insert(cases).values(
            number=fact.number,
            kind=fact.kind.value,
            area=fact.area,
            contact_id=recorded.contact_id or None,
            channel=recorded.channel,
            status="open",
            opened_at=at,
            changed_at=at,
            text=keyring.encrypt(fact.text),
            filed_area=fact.area,
            area_since=at,
            urgent=int(fact.urgent),
            **due_columns(fact.due, recorded.at),
        )
    )
    due_at = fact.due.at if fact.due is not None else None
    notice = CaseNotice(
        fact.number, fact.kind.value, fact.area, fact.text, urgent=fact.urgent, due_at=due_at
    )
    notify_staff(tx, keyring, notice, f"case:{fact.number}", now)


def _add_words(
    tx: Connection, keyring: Keyring, recorded: RecordedFact, fact: CaseExtended, now: datetime
) -> None:
    """Add a citizen's message; after an answer it means that the answer did not satisfy."""
    own = (cases.c.number == fact.number) & (cases.c.contact_id == recorded.contact_id)
    row = tx.execute(select(cases.c.kind, cases.c.area, cases.c.status).where(own)).first()
    if row is None:
        return
    note_id = add_note(tx, keyring, fact.number, NewNote("citizen", recorded.at, fact.text))
    anew = due_columns(fact.due, recorded.at) if row.status != "open" else {}
    tx.execute(
        update(cases).where(own).values(status="open", changed_at=_not_before(recorded.at), **anew)
    )
    if fact.urgent:
        tx.execute(update(cases).where(own).values(urgent=1))
    did = CASE_REOPENED if isinstance(recorded.fact, CaseReopened) else ""
    notice = CaseNotice(
        fact.number, row.kind, row.area, fact.text, added=True, urgent=fact.urgent, did=did
    )
    notify_staff(tx, keyring, notice, f"case:{fact.number}:{note_id}", now)


def _judge(tx: Connection, keyring: Keyring, recorded: RecordedFact, fact: AnswerJudged) -> None:
    """Record the citizen's judgement of the answer, in the case and among its notes."""
    own = (cases.c.number == fact.number) & (cases.c.contact_id == recorded.contact_id)
    if tx.execute(update(cases).where(own).values(judged=fact.value)).rowcount:
        add_note(tx, keyring, fact.number, NewNote(JUDGED + fact.value, recorded.at))


def _withdraw(
    tx: Connection, keyring: Keyring, recorded: RecordedFact, fact: CaseWithdrawn, now: datetime
) -> None:
    """Close a case that its citizen withdrew, and notify the staff who know of it."""
    row = tx.execute(
        update(cases)
        .where(cases.c.number == fact.number, cases.c.contact_id == recorded.contact_id)
        .values(status="closed", changed_at=_not_before(recorded.at))
        .returning(cases.c.kind, cases.c.area)
    ).first()
    if row is None:
        return
    note_id = add_note(tx, keyring, fact.number, NewNote("citizen", recorded.at, LINE_WITHDRAWN))
    notice = CaseNotice(
        fact.number, row.kind, row.area, LINE_WITHDRAWN, added=True, did=CASE_WITHDRAWN
    )
    notify_staff(tx, keyring, notice, f"case:{fact.number}:{note_id}", now)


def _not_before(at: datetime) -> ColumnElement[int]:
    """When the case last changed. A message may arrive long after it was written, and staff may
    have answered in between."""
    return case((cases.c.changed_at > micros(at), cases.c.changed_at), else_=micros(at))
