"""What is said and done in a case after it was opened, in order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.tables.cases import case_notes


def add_note(
    tx: Connection,
    keyring: Keyring,
    number: str,
    author: str,
    at: datetime,
    text: str = "",
    *,
    staff_id: int = 0,
    area: str = "",
) -> int:
    """Add to a case and return the note's id. ``author`` is as the table says."""
    added = tx.execute(
        insert(case_notes)
        .values(
            number=number,
            author=author,
            staff_id=staff_id,
            text=keyring.encrypt(text),
            at=micros(at),
            area=area,
        )
        .returning(case_notes.c.id)
    )
    return int(added.scalar_one())
