"""Answers that staff write in the panel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.facts.cases import UNDO, CaseAnswered
from storage.cases import recording
from storage.engine.keyring import Keyring


def answer(tx: Connection, keyring: Keyring, fact: CaseAnswered, now: datetime) -> int | None:
    """Answer a case, to be sent after ``UNDO``; return the note's id, None without such a case."""
    return recording.answer(tx, keyring, fact, now, due=now + UNDO)
