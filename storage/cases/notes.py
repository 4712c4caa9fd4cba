"""The notes of a case: everything said and done since its opening; and files of answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert

from handlers.facts.cases import FileOfStaff
from handlers.messages import ENDINGS, File, MediaKind
from storage.engine.ids import new_id
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.tables.cases import attachments, case_notes

JUDGED = "judged-"
"""Prefix of the author of a citizen's judgement; yes, partly or no follows."""


@dataclass(frozen=True, slots=True)
class WithAnswer:
    """The answer, in a case or a handover, with which a file of staff goes to a citizen."""

    contact: int
    answer: int
    now: datetime
    number: str = ""
    handover: int = 0


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be added to a case. ``author``: as ``storage.tables.cases`` lists."""

    author: str
    at: datetime
    text: str = ""
    staff_id: int = 0
    area: str = ""


def add_note(tx: Connection, keyring: Keyring, number: str, note: NewNote) -> int:
    """Add a note to a case; return its id."""
    added = tx.execute(
        insert(case_notes)
        .values(
            number=number,
            author=note.author,
            staff_id=note.staff_id,
            text=keyring.encrypt(note.text),
            at=micros(note.at),
            area=note.area,
        )
        .returning(case_notes.c.id)
    )
    return int(added.scalar_one())


def add_to_answer(tx: Connection, file: FileOfStaff, where: WithAnswer) -> File:
    """Store a file that goes to a citizen; return the reference for its message."""
    id, photo = new_id(where.now), file.media_type == "image/jpeg"
    tx.execute(
        insert(attachments).values(
            id=id,
            contact_id=where.contact,
            number=where.number,
            handover_id=where.handover,
            answer_id=where.answer,
            kind=(MediaKind.PHOTO if photo else MediaKind.DOCUMENT).value,
            state="kept",
            source=b"",
            media_type=file.media_type,
            size=file.size,
            code="",
            attempts=0,
            due_at=0,
            at=micros(where.now),
            expires_at=0,
            content=file.encrypted,
        )
    )
    name = f"respuesta-{where.number}" if where.number else "municipalidad"
    return File(f"{name}.{ENDINGS[file.media_type]}", ref=f"file:{id}")


def take_back_file(tx: Connection, number: str, answer: int) -> None:
    """Delete the file of an answer that was taken back."""
    own = (attachments.c.number == number) & (attachments.c.answer_id == answer)
    tx.execute(delete(attachments).where(own))
