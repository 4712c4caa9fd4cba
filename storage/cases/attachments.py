"""Files of cases and handovers: recorded, claimed for fetching, stored, read and deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from handlers.facts.files import FileSent, FilesFiled, FilesShown
from handlers.messages import CaseNotice, Channel, FileRefused, MediaKind
from handlers.own_record import StoredFile
from storage.cases.recording import notify_staff
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment
from storage.outbox.inbox import ForContact, put_inbox
from storage.recorded_fact import RecordedFact
from storage.tables.cases import attachments, cases
from storage.tables.contacts import contacts

UNFILED = timedelta(hours=24)
"""How long a file waits for the case that it belongs to."""

CLAIM = timedelta(minutes=5)
"""How long a process may work on a file before another one may try it."""

SENT_LATER = "(Envió un archivo: se ve en el panel.)"


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file to be fetched and cleaned. ``raw``: its encrypted bytes, if the message had them."""

    id: int
    channel: Channel
    kind: MediaKind
    source: str
    raw: bytes | None
    attempts: int  # including this one
    at: datetime


def record_files(tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact]) -> None:
    """Record the files of a batch of turns. They are rare, so one statement each."""
    for recorded in facts:
        match recorded.fact:
            case FileSent() as fact:
                _add(tx, keyring, recorded, fact)
            case FilesFiled(number, ids):
                _assign(tx, recorded, ids, number=number)
            case FilesShown(handover, ids):
                _assign(tx, recorded, ids, handover_id=handover)
            case _:
                pass


def claim(tx: Connection, keyring: Keyring, now: datetime, limit: int) -> list[DueFile]:
    """Claim due files. An attempt is counted beforehand, because it may crash the process."""
    due = (
        select(attachments, contacts.c.channel)
        .join(contacts, contacts.c.id == attachments.c.contact_id)
        .where(attachments.c.due_at.between(1, micros(now)))
        .order_by(attachments.c.due_at, attachments.c.id)
        .limit(limit)
    )
    rows = tx.execute(due).fetchall()
    claimed = attachments.c.id.in_([row.id for row in rows])
    tries = {"attempts": attachments.c.attempts + 1, "due_at": micros(now + CLAIM)}
    tx.execute(update(attachments).where(claimed).values(tries))
    return [
        DueFile(
            id=row.id,
            channel=Channel(row.channel),
            kind=MediaKind(row.kind),
            source=keyring.decrypt(row.source) if row.source else "",
            raw=row.content,
            attempts=row.attempts + 1,
            at=moment(row.at),
        )
        for row in rows
    ]


def put_off(tx: Connection, id: int, until: datetime) -> None:
    """Retry a file at ``until``."""
    due = (attachments.c.id == id) & (attachments.c.state == "due")
    tx.execute(update(attachments).where(due).values(due_at=micros(until)))


def keep(
    tx: Connection, keyring: Keyring, id: int, media_type: str, encrypted: tuple[bytes, int]
) -> bool:
    """Store a cleaned file, encrypted, with its size before encryption.

    Notifies the staff of a case that is filed already. False if the file was erased meanwhile.
    """
    content, size = encrypted
    row = tx.execute(
        update(attachments)
        .where(attachments.c.id == id, attachments.c.state == "due")
        .values(state="kept", media_type=media_type, size=size, content=content, **_DONE)
        .returning(attachments.c.number, attachments.c.at)
    ).first()
    if row is None:
        return False
    case = tx.execute(select(cases).where(cases.c.number == row.number)).first()
    if case is not None and row.at > case.opened_at:
        notice = CaseNotice(case.number, case.kind, case.area, SENT_LATER, added=True)
        notify_staff(tx, keyring, notice, f"case:{case.number}:file:{id}", moment(row.at))
    return True


def refuse(tx: Connection, keyring: Keyring, id: int, code: str, now: datetime) -> bool:
    """Drop a file and tell its sender why. False if it was erased meanwhile."""
    row = tx.execute(
        update(attachments)
        .where(attachments.c.id == id, attachments.c.state == "due")
        .values(state="refused", code=code, content=None, **_DONE)
        .returning(attachments.c.contact_id, attachments.c.number)
    ).first()
    if row is None:
        return False
    item = ForContact(row.contact_id, f"file:{id}", FileRefused(id, code, row.number))
    put_inbox(tx, keyring, [item], now)
    return True


def of_case(tx: Connection, number: str) -> list[StoredFile]:
    """A case's files without their contents, in the order in which they were sent."""
    return _files_where(tx, attachments.c.number == number)


def of_handover(tx: Connection, handover: int) -> list[StoredFile]:
    """A handover's files without their contents."""
    return _files_where(tx, attachments.c.handover_id == handover)


def of_contact(tx: Connection, contact_id: int) -> dict[str, list[StoredFile]]:
    """A contact's files in cases, by case number, without their contents."""
    found: dict[str, list[StoredFile]] = {}
    numbers = select(attachments.c.number).where(attachments.c.contact_id == contact_id).distinct()
    for number in tx.execute(numbers).scalars():
        own = (attachments.c.contact_id == contact_id) & (attachments.c.number == number)
        found[number] = _files_where(tx, own)
    return found


def of_contact_in_chats(tx: Connection, contact_id: int) -> dict[int, list[StoredFile]]:
    """A contact's files in handovers, by handover id, except those that are in a case."""
    own = (attachments.c.contact_id == contact_id) & (attachments.c.number == "")
    chats = select(attachments.c.handover_id).where(own, attachments.c.handover_id > 0).distinct()
    return {
        handover: _files_where(tx, own & (attachments.c.handover_id == handover))
        for handover in tx.execute(chats).scalars()
    }


def content_in_case(tx: Connection, number: str, id: int) -> tuple[StoredFile, bytes] | None:
    """A case's file with its content, still encrypted."""
    return _content(tx, (attachments.c.number == number) & (attachments.c.id == id))


def content_in_handover(tx: Connection, handover: int, id: int) -> tuple[StoredFile, bytes] | None:
    """A handover's file with its content, still encrypted."""
    return _content(tx, (attachments.c.handover_id == handover) & (attachments.c.id == id))


def content_of_contact(tx: Connection, contact_id: int, id: int) -> tuple[StoredFile, bytes] | None:
    """A file with its content, still encrypted, if this contact sent or gets it."""
    by_mail = select(cases.c.number).where(cases.c.mail_contact_id == contact_id)
    answers = (attachments.c.answer_id > 0) & attachments.c.number.in_(by_mail)
    own = or_(attachments.c.contact_id == contact_id, answers)
    return _content(tx, own & (attachments.c.id == id))


def forget_due(tx: Connection, now: datetime) -> int:
    """Delete expired audios, and files that got neither a case nor a person in time."""
    nobodys = (attachments.c.number == "") & (attachments.c.handover_id == 0)
    unfiled = nobodys & (attachments.c.at < micros(now - UNFILED))
    over = attachments.c.expires_at.between(1, micros(now))
    return tx.execute(delete(attachments).where(or_(unfiled, over))).rowcount


def forget_of_contacts(tx: Connection, contact_ids: Collection[int]) -> None:
    """Delete contacts' files, except those of open cases, which stay with their text."""
    still = select(cases.c.number).where(cases.c.status == "open")
    own = attachments.c.contact_id.in_(contact_ids)
    tx.execute(delete(attachments).where(own, attachments.c.number.not_in(still)))


def forget_of_handovers(tx: Connection, ids: Collection[int]) -> None:
    """Delete the files of emptied handovers, except those that are in a case."""
    own = attachments.c.handover_id.in_(ids)
    tx.execute(delete(attachments).where(own, attachments.c.number == ""))


def forget_of_cases(tx: Connection, numbers: Collection[str]) -> None:
    """Delete the files of emptied cases."""
    tx.execute(delete(attachments).where(attachments.c.number.in_(numbers)))


_DONE: dict[str, Any] = {"due_at": 0, "source": b""}


def _assign(
    tx: Connection, recorded: RecordedFact, ids: Collection[int], **where: str | int
) -> None:
    own = (attachments.c.contact_id == recorded.contact_id) & attachments.c.id.in_(ids)
    tx.execute(update(attachments).where(own).values(**where))


def _add(tx: Connection, keyring: Keyring, recorded: RecordedFact, fact: FileSent) -> None:
    at = micros(recorded.at)
    tx.execute(
        insert(attachments).values(
            id=fact.id,
            contact_id=recorded.contact_id,
            number=fact.number,
            handover_id=fact.handover,
            kind=fact.kind.value,
            state="due",
            source=keyring.encrypt(fact.file.ref) if fact.file.ref else b"",
            media_type="",
            size=fact.file.size,
            code="",
            attempts=0,
            due_at=at,
            at=at,
            expires_at=micros(recorded.at + fact.kept_for) if fact.kept_for else 0,
            content=fact.file.encrypted or None,
        )
    )


def _files_where(tx: Connection, which: Any) -> list[StoredFile]:
    columns = [column for column in attachments.c if column.name not in ("content", "source")]
    rows = tx.execute(select(*columns).where(which).order_by(attachments.c.at, attachments.c.id))
    return [_file(row) for row in rows]


def _content(tx: Connection, which: Any) -> tuple[StoredFile, bytes] | None:
    kept = attachments.c.state == "kept"
    row = tx.execute(select(attachments).where(which, kept)).first()
    return None if row is None else (_file(row), row.content)


def _file(row: Row[Any]) -> StoredFile:
    at, answer = moment(row.at), row.answer_id
    return StoredFile(row.id, row.kind, row.state, row.media_type, row.size, at, answer)
