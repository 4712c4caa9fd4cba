"""What is said and done in a case after it was opened, in order, and files that go with answers."""

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
"""What the author of a citizen's judgement of an answer begins with: yes, partly or no follows."""


@dataclass(frozen=True, slots=True)
class WithAnswer:
    """Which answer a file of staff goes with, in a case or else in a conversation, and to whom."""

    contact: int
    answer: int
    now: datetime
    number: str = ""
    handover: int = 0


@dataclass(frozen=True, slots=True)
class NewNote:
    """What is added to a case. ``author`` is as the table says."""

    author: str
    at: datetime
    text: str = ""
    staff_id: int = 0
    area: str = ""


def add_note(tx: Connection, keyring: Keyring, number: str, note: NewNote) -> int:
    """Add to a case and return the note's id."""
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
    """Keep a file that goes to a citizen, and return what its message carries."""
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
    """Delete what went with an answer to a case that has not gone."""
    own = (attachments.c.number == number) & (attachments.c.answer_id == answer)
    tx.execute(delete(attachments).where(own))
