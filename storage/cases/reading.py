"""Reads cases for the staff: the list, and one with everything that was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from handlers.facts import CaseAnswered
from storage.cases import recording
from storage.engine.keyring import Keyring
from storage.engine.tables import case_notes, cases, staff
from storage.engine.times import moment


@dataclass(frozen=True, slots=True)
class CaseNote:
    """Something said in a case after it was opened. ``text`` None: erased."""

    author: str  # citizen, staff, internal
    name: str  # of the member of staff; empty: the citizen, or the command line
    text: str | None
    at: datetime
    id: int = 0
    staff_id: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A citizen's complaint or request for a person. ``text`` None: erased."""

    number: str
    kind: str
    area: str
    channel: str
    status: str  # open, answered, closed
    opened_at: datetime
    changed_at: datetime
    text: str | None
    notes: tuple[CaseNote, ...] = ()


def listed(
    tx: Connection, keyring: Keyring, *, status: str | None = None, area: str | None = None
) -> list[Case]:
    """Cases without their notes, oldest first."""
    chosen = select(cases).order_by(cases.c.opened_at, cases.c.number)
    if status is not None:
        chosen = chosen.where(cases.c.status == status)
    if area is not None:
        chosen = chosen.where(cases.c.area == area)
    return [_case(keyring, row, ()) for row in tx.execute(chosen)]


def one(tx: Connection, keyring: Keyring, number: str) -> Case | None:
    """A case with its notes, in order; None: there is none of this number."""
    row = tx.execute(select(cases).where(cases.c.number == number)).first()
    if row is None:
        return None
    said = tx.execute(
        select(
            case_notes.c.id,
            case_notes.c.staff_id,
            case_notes.c.author,
            func.coalesce(staff.c.name, "").label("name"),
            case_notes.c.text,
            case_notes.c.at,
        )
        .join(staff, staff.c.id == case_notes.c.staff_id, isouter=True)
        .where(case_notes.c.number == number)
        .order_by(case_notes.c.id)
    )
    notes = tuple(
        CaseNote(
            note.author,
            note.name,
            _read(keyring, note.text),
            moment(note.at),
            note.id,
            note.staff_id,
        )
        for note in said
    )
    return _case(keyring, row, notes)


def answer(
    tx: Connection, keyring: Keyring, number: str, text: str, now: datetime, *, staff_id: int = 0
) -> bool:
    """Answer a case: the citizen gets it as the next turn of their own. False: no such case.

    ``staff_id`` 0: the command line.
    """
    return recording.answer(tx, keyring, CaseAnswered(number, staff_id, text), now)


def _case(keyring: Keyring, row: Sequence[object], notes: tuple[CaseNote, ...]) -> Case:
    number, kind, area, _, channel, status, opened_at, changed_at, text = row
    assert isinstance(opened_at, int)
    assert isinstance(changed_at, int)
    assert text is None or isinstance(text, bytes)
    return Case(
        str(number),
        str(kind),
        str(area),
        str(channel),
        str(status),
        moment(opened_at),
        moment(changed_at),
        _read(keyring, text),
        notes,
    )


def _read(keyring: Keyring, text: bytes | None) -> str | None:
    return None if text is None else keyring.decrypt(text)
