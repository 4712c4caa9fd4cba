"""What staff do with a case in the panel: an answer that can be taken back, and notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.facts.cases import UNDO, CaseAnswered
from storage.cases import recording
from storage.cases.notes import NewNote, add_note
from storage.engine.keyring import Keyring


def answer(tx: Connection, keyring: Keyring, fact: CaseAnswered, now: datetime) -> int | None:
    """Answer a case once ``UNDO`` is over; the note's id, None: there is no such case."""
    return recording.answer(tx, keyring, fact, now, due=now + UNDO)


def note(
    tx: Connection, keyring: Keyring, number: str, staff_id: int, text: str, now: datetime
) -> None:
    """Add a note that only staff see."""
    add_note(tx, keyring, number, NewNote("internal", now, text, staff_id))
