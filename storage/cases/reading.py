"""Reads cases with their text: several, or one with all its notes and files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from handlers.own_record import StoredFile
from storage.cases import attachments
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment, moment_or_none
from storage.tables.cases import case_notes, cases
from storage.tables.staff import staff, staff_name


@dataclass(frozen=True, slots=True)
class CaseNote:
    """Something said or done in a case after its opening. ``text`` None: erased."""

    author: str  # as ``storage.tables.cases`` lists
    name: str  # of the member of staff; empty for the citizen and the command line
    text: str | None
    at: datetime
    area: str = ""  # to which the case was forwarded
    id: int = 0
    staff_id: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A citizen's complaint or other request. ``text`` None: erased."""

    number: str
    kind: str
    area: str  # the responsible unit
    channel: str
    status: str  # open, answered, closed
    opened_at: datetime
    changed_at: datetime
    text: str | None
    notes: tuple[CaseNote, ...] = ()
    filed_area: str = ""
    due_from: datetime | None = None
    due_at: datetime | None = None  # None: no term
    rule: str = ""
    extended: bool = False
    read: bool = False
    answered: bool = False  # at least once, even if it waits again
    urgent: bool = False
    judged: str = ""  # the last answer, by the citizen: yes, partly, no
    files: tuple[StoredFile, ...] = ()
    by_mail: bool = False  # answers go to a mail address as well


@dataclass(frozen=True, slots=True)
class WantedCases:
    """Which cases to read; None: any. ``due_before``: only open ones due before it."""

    status: str | None = None
    area: str | None = None
    kind: str | None = None
    due_before: datetime | None = None


ALL_CASES = WantedCases()


def list_cases(tx: Connection, keyring: Keyring, which: WantedCases = ALL_CASES) -> list[Case]:
    """Cases without notes, oldest first."""
    chosen = select(cases).order_by(cases.c.opened_at, cases.c.number)
    columns = {cases.c.status: which.status, cases.c.area: which.area, cases.c.kind: which.kind}
    for column, wanted in columns.items():
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    if which.due_before is not None:
        due = cases.c.due_at.between(1, micros(which.due_before))
        chosen = chosen.where(cases.c.status == "open", due)
    return [_case(keyring, row, ()) for row in tx.execute(chosen)]


def find_case(tx: Connection, keyring: Keyring, number: str) -> Case | None:
    """A case with its notes in order; None if there is none with this number."""
    row = tx.execute(select(cases).where(cases.c.number == number)).first()
    if row is None:
        return None
    said = tx.execute(
        select(
            case_notes.c.id,
            case_notes.c.staff_id,
            case_notes.c.author,
            staff_name,
            case_notes.c.text,
            case_notes.c.at,
            case_notes.c.area,
        )
        .join(staff, staff.c.id == case_notes.c.staff_id, isouter=True)
        .where(case_notes.c.number == number)
        .order_by(case_notes.c.id)
    )
    notes = tuple(
        CaseNote(
            note.author,
            note.name,
            keyring.decrypt_or_none(note.text),
            moment(note.at),
            note.area,
            note.id,
            note.staff_id,
        )
        for note in said
    )
    return replace(_case(keyring, row, notes), files=tuple(attachments.of_case(tx, number)))


def belongs_to(tx: Connection, number: str, contact_id: int) -> bool:
    """Whether the contact opened the case."""
    own = (cases.c.number == number) & (cases.c.contact_id == contact_id)
    return tx.execute(select(cases.c.number).where(own)).first() is not None


def _case(keyring: Keyring, row: Row[Any], notes: tuple[CaseNote, ...]) -> Case:
    return Case(
        number=row.number,
        kind=row.kind,
        area=row.area,
        channel=row.channel,
        status=row.status,
        opened_at=moment(row.opened_at),
        changed_at=moment(row.changed_at),
        text=keyring.decrypt_or_none(row.text),
        notes=notes,
        filed_area=row.filed_area,
        due_from=moment(row.due_from) if row.due_at else None,
        due_at=moment_or_none(row.due_at),
        rule=row.rule,
        extended=bool(row.extended_at),
        read=bool(row.read_at),
        answered=bool(row.answered_at),
        urgent=bool(row.urgent),
        judged=row.judged,
        by_mail=row.mail_contact_id is not None,
    )
