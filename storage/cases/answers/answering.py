"""Answers and notes that staff write in the panel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.facts.cases import UNDO, CaseAnswered
from storage.cases import recording
from storage.cases.notes import NewNote, add_note
from storage.engine.keyring import Keyring


def answer(tx: Connection, keyring: Keyring, fact: CaseAnswered, now: datetime) -> int | None:
    """Answer a case, to be sent after ``UNDO``; return the note's id, None without such a case."""
    return recording.answer(tx, keyring, fact, now, due=now + UNDO)


def note(
    tx: Connection, keyring: Keyring, number: str, staff_id: int, text: str, now: datetime
) -> None:
    """Add a note that only staff see."""
    add_note(tx, keyring, number, NewNote("internal", now, text, staff_id))
