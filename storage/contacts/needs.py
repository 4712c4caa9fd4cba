"""Reads what a turn needs in its transaction: numbers, earlier answers, staff codes, cases."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from handlers.state import Answered, CaseStatus, Staff
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.times import micros, moment, moment_or_none
from storage.responses.answers import WORDS
from storage.tables.cases import case_notes, cases
from storage.tables.responses import answers, responses
from storage.tables.staff import staff, staff_codes, staff_name

_NEXT = Query(
    "name str, value int",
    "INSERT INTO counters (name, value) SELECT r.name, r.value FROM {rows} WHERE true "
    "ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value RETURNING value",
)


def next_case_number(tx: Connection, prefix: str, year: int) -> str:
    """The next number of the year, such as LS-2026-000123. Numbers are never reused."""
    value = _NEXT.all(tx, [(f"case:{prefix}:{year}", 1)])[0][0]
    return f"{prefix}-{year}-{value:06d}"


def answers_of(
    tx: Connection, keyring: Keyring, contact_id: int, response: int
) -> tuple[tuple[str, str], ...]:
    """The questions of a contact's response, each with its value or its text if still kept."""
    rows = tx.execute(
        select(answers.c.question, answers.c.kind, answers.c.value, answers.c.words)
        .join(responses, responses.c.id == answers.c.response_id)
        .where(responses.c.id == response, responses.c.contact_id == contact_id)
        .order_by(answers.c.first_answered_at, answers.c.question)
    )
    found = []
    for row in rows:
        if row.kind != WORDS:
            found.append((row.question, row.value))
        elif row.words is not None:
            found.append((row.question, keyring.decrypt(row.words)))
    return tuple(found)


def use_staff_code(tx: Connection, keyring: Keyring, code: str, now: datetime) -> Staff | None:
    """The member of staff of a one-time code, which is used up; None if it is not valid."""
    at = micros(now)
    used = tx.execute(
        update(staff_codes)
        .where(
            staff_codes.c.code_hash == keyring.code_hash(code),
            staff_codes.c.used_at == 0,
            staff_codes.c.expires_at > at,
        )
        .values(used_at=at)
        .returning(staff_codes.c.staff_id)
    ).first()
    if used is None:
        return None
    row = tx.execute(
        select(staff.c.id, staff.c.name, staff.c.area).where(staff.c.id == used.staff_id)
    ).one()
    return Staff(row.id, row.name, row.area)


def case_status(tx: Connection, contact_id: int, number: str) -> CaseStatus | None:
    """The status of a contact's own case; None if they have none with this number."""
    row = tx.execute(
        select(cases).where(cases.c.number == number, cases.c.contact_id == contact_id)
    ).first()
    if row is None:
        return None
    return CaseStatus(
        number=row.number,
        kind=row.kind,
        area=row.area,
        area_since=moment(row.area_since or row.opened_at),
        status=row.status,
        opened_at=moment(row.opened_at),
        due_at=moment_or_none(row.due_at),
        read=bool(row.read_at),
        extended=bool(row.extended_at),
    )


def answered(tx: Connection, number: str) -> Answered | None:
    """The last answer of a case; None without one, or if its citizen has written since."""
    answer = tx.execute(
        select(case_notes.c.author, case_notes.c.at, staff_name)
        .join(staff, staff.c.id == case_notes.c.staff_id, isouter=True)
        .where(case_notes.c.number == number, case_notes.c.author.in_(("staff", "citizen")))
        .order_by(case_notes.c.id.desc())
        .limit(1)
    ).first()
    if answer is None or answer.author != "staff":
        return None
    return Answered(answer.name, moment(answer.at))


def area_of(tx: Connection, number: str) -> str:
    """The responsible area of a case; empty if it has none or there is no such case."""
    found = tx.execute(select(cases.c.area).where(cases.c.number == number)).scalar()
    return found or ""


def can_be_answered(tx: Connection, number: str) -> bool:
    """Whether the case exists, is not closed and its citizen is not erased."""
    found = tx.execute(
        select(cases.c.number).where(
            cases.c.number == number, cases.c.status != "closed", cases.c.contact_id.is_not(None)
        )
    )
    return found.first() is not None
