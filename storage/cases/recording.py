"""Writes what turns establish about cases, and tells staff and citizens through their inboxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from handlers.facts import CaseAnswered, CaseExtended, CaseOpened, CaseWithdrawn, StaffLinked
from handlers.messages import CaseAnswer, CaseNotice
from storage.engine.keyring import Keyring
from storage.engine.tables import case_notes, cases, contacts, staff, staff_contacts
from storage.engine.times import micros
from storage.outbox.inbox import ForContact, put_inbox
from storage.responses.answers import Noted

WITHDRAWN = "(La persona retiró la solicitud.)"


def record_cases(tx: Connection, keyring: Keyring, noted: Sequence[Noted], now: datetime) -> None:
    """Open, extend and answer cases; link staff. Rare, so in plain statements one by one."""
    for note in noted:
        match note.fact:
            case CaseOpened():
                _open(tx, keyring, note, note.fact, now)
            case CaseExtended():
                _extend(tx, keyring, note, note.fact, now)
            case CaseWithdrawn():
                _withdraw(tx, keyring, note, note.fact, now)
            case CaseAnswered() as fact:
                answer(tx, keyring, fact, now)
            case StaffLinked(staff=staff_id):
                link_staff(tx, note.contact_id, staff_id)
            case _:
                pass


def answer(
    tx: Connection,
    keyring: Keyring,
    fact: CaseAnswered,
    now: datetime,
    *,
    due: datetime | None = None,
) -> bool:
    """Note a staff member's answer and put it into the citizen's inbox; False: no such case.

    ``due``: until then it can be taken back.
    """
    row = tx.execute(
        select(cases.c.area, cases.c.contact_id).where(cases.c.number == fact.number)
    ).first()
    if row is None:
        return False
    note_id = add_note(tx, keyring, fact.number, "staff", fact.staff, fact.text, now)
    tx.execute(
        update(cases)
        .where(cases.c.number == fact.number, cases.c.status == "open")
        .values(status="answered", changed_at=micros(now))
    )
    if row.contact_id is not None:
        body = CaseAnswer(fact.number, row.area, fact.text)
        event_id = answer_event(fact.number, note_id)
        put_inbox(tx, keyring, [ForContact(row.contact_id, event_id, body, due)], now)
    return True


def answer_event(number: str, note_id: int) -> str:
    """What an answer is called on its way to the citizen."""
    return f"case-answer:{number}:{note_id}"


def link_staff(tx: Connection, contact_id: int, staff_id: int) -> None:
    """From now on this contact is the staff member's."""
    linked = update(staff_contacts).where(staff_contacts.c.contact_id == contact_id)
    if tx.execute(linked.values(staff_id=staff_id)).rowcount == 0:
        tx.execute(insert(staff_contacts).values(contact_id=contact_id, staff_id=staff_id))


def staff_for(tx: Connection, area: str) -> list[int]:
    """Contacts of those who are told of an area's cases: its own staff, else the general staff,
    else whoever is on duty."""
    for condition in (
        (staff.c.area == area) & (staff.c.area != "") & (staff.c.duty == 0),
        (staff.c.area == "") & (staff.c.duty == 0),
        staff.c.duty == 1,
    ):
        found = tx.execute(
            select(staff_contacts.c.contact_id)
            .join(staff, staff.c.id == staff_contacts.c.staff_id)
            .join(contacts, contacts.c.id == staff_contacts.c.contact_id)
            .where(condition, contacts.c.departed_at == 0)
            .order_by(staff_contacts.c.contact_id)
        )
        if reachable := list(found.scalars()):
            return reachable
    return []


def _open(tx: Connection, keyring: Keyring, note: Noted, fact: CaseOpened, now: datetime) -> None:
    at = micros(note.at)
    tx.execute(
        insert(cases).values(
            number=fact.number,
            kind=fact.kind.value,
            area=fact.area,
            contact_id=note.contact_id,
            channel=note.channel,
            status="open",
            opened_at=at,
            changed_at=at,
            text=keyring.encrypt(fact.text),
        )
    )
    notice = CaseNotice(fact.number, fact.kind.value, fact.area, fact.text)
    told = _for_each(notice, staff_for(tx, fact.area), f"case:{fact.number}")
    put_inbox(tx, keyring, told, now)


def _extend(
    tx: Connection, keyring: Keyring, note: Noted, fact: CaseExtended, now: datetime
) -> None:
    row = tx.execute(
        select(cases.c.kind, cases.c.area).where(
            cases.c.number == fact.number, cases.c.contact_id == note.contact_id
        )
    ).first()
    if row is None:
        return
    note_id = add_note(tx, keyring, fact.number, "citizen", 0, fact.text, note.at)
    # Whoever has words to add is not satisfied yet.
    tx.execute(
        update(cases)
        .where(cases.c.number == fact.number)
        .values(status="open", changed_at=micros(note.at))
    )
    notice = CaseNotice(fact.number, row.kind, row.area, fact.text, added=True)
    told = _for_each(notice, staff_for(tx, row.area), f"case:{fact.number}:{note_id}")
    put_inbox(tx, keyring, told, now)


def _withdraw(
    tx: Connection, keyring: Keyring, note: Noted, fact: CaseWithdrawn, now: datetime
) -> None:
    """Close a case that its citizen took back, and tell who was told of it."""
    row = tx.execute(
        update(cases)
        .where(cases.c.number == fact.number, cases.c.contact_id == note.contact_id)
        .values(status="closed", changed_at=micros(note.at))
        .returning(cases.c.kind, cases.c.area)
    ).first()
    if row is None:
        return
    note_id = add_note(tx, keyring, fact.number, "citizen", 0, WITHDRAWN, note.at)
    notice = CaseNotice(fact.number, row.kind, row.area, WITHDRAWN, added=True)
    told = _for_each(notice, staff_for(tx, row.area), f"case:{fact.number}:{note_id}")
    put_inbox(tx, keyring, told, now)


def _for_each(notice: CaseNotice, contact_ids: Iterable[int], event_id: str) -> list[ForContact]:
    return [
        ForContact(contact_id, f"{event_id}:{contact_id}", notice) for contact_id in contact_ids
    ]


def add_note(
    tx: Connection,
    keyring: Keyring,
    number: str,
    author: str,
    staff_id: int,
    text: str,
    at: datetime,
) -> int:
    """Add something that was said to a case; its id. ``author``: citizen, staff, internal."""
    added = tx.execute(
        insert(case_notes)
        .values(
            number=number,
            author=author,
            staff_id=staff_id,
            text=keyring.encrypt(text),
            at=micros(at),
        )
        .returning(case_notes.c.id)
    )
    return int(added.scalar_one())
