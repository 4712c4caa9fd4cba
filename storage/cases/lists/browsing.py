"""Lists of cases for the panel: pages, counts, and cases by number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select
from sqlalchemy.sql.selectable import ScalarSelect

from storage.engine.keyring import Keyring
from storage.engine.times import moment, moment_or_none
from storage.tables.cases import case_notes, cases
from storage.tables.contacts import conversations

_NO_TERM = 2**62  # later than any
_ROWS_AT_A_TIME = 2_000


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list. ``status``: as stored (open, answered, closed); empty: any."""

    areas: Collection[str]
    status: str = ""
    number: str = ""  # a case number or its end


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list; its text is still encrypted."""

    number: str
    kind: str
    area: str
    channel: str
    status: str
    waiting_since: datetime  # the citizen's oldest unanswered message; else the opening
    words: bytes | None
    due_at: datetime | None  # None: no term, or the citizen is not waiting
    urgent: bool

    def first_words(self, keyring: Keyring) -> str | None:
        """The citizen's first message, decrypted; None if erased."""
        return keyring.decrypt_or_none(self.words)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case without any text, for exports."""

    number: str
    kind: str
    area: str
    channel: str
    status: str
    opened_at: datetime
    due_at: datetime | None
    rule: str
    extended: bool
    urgent: bool
    read: bool
    answered: bool


def most_pressing(tx: Connection, wanted: CaseFilter, limit: int) -> list[CaseLine]:
    """Matching cases: urgent ones first, then by due date, then by opening."""
    term = func.coalesce(func.nullif(cases.c.due_at, 0), _NO_TERM)
    order = (cases.c.urgent.desc(), term, cases.c.opened_at, cases.c.number)
    chosen = select(cases.c.number).where(*_conditions(wanted)).order_by(*order)
    return lines(tx, tx.execute(chosen.limit(limit)).scalars().all())


def page(tx: Connection, wanted: CaseFilter, *, limit: int, skip: int = 0) -> list[CaseLine]:
    """One page of matching cases.

    Open cases are ordered by urgency, then by how long their citizen waits; others by their last
    change, newest first.
    """
    waiting, changed = (cases.c.urgent.desc(), _waiting_since()), (cases.c.changed_at.desc(),)
    order = waiting if wanted.status == "open" else changed
    chosen = select(cases.c.number).where(*_conditions(wanted)).order_by(*order, cases.c.number)
    return lines(tx, tx.execute(chosen.limit(limit).offset(skip)).scalars().all())


def lines(tx: Connection, numbers: Sequence[str]) -> list[CaseLine]:
    """The cases with these numbers, in this order; unknown ones are left out."""
    chosen = select(cases, _waiting_since().label("waiting_since"))
    rows = tx.execute(chosen.where(cases.c.number.in_(numbers)))
    found = {row.number: _line(row) for row in rows}
    return [found[number] for number in numbers if number in found]


def count(tx: Connection, wanted: CaseFilter) -> int:
    """How many cases match."""
    chosen = select(func.count()).select_from(cases).where(*_conditions(wanted))
    return tx.execute(chosen).scalar_one()


def rows_after(
    tx: Connection, areas: Collection[str], opened: tuple[int, int], after: str
) -> list[CaseRow]:
    """The next chunk of cases, by number, after the number ``after``.

    ``opened``: from the first moment up to, but without, the second (µs since 1970).
    """
    first, end = opened
    chosen = (
        select(cases)
        .where(
            cases.c.area.in_(sorted(areas)),
            cases.c.number > after,
            cases.c.opened_at >= first,
            cases.c.opened_at < end,
        )
        .order_by(cases.c.number)
        .limit(_ROWS_AT_A_TIME)
    )
    return [
        CaseRow(
            number=row.number,
            kind=row.kind,
            area=row.area,
            channel=row.channel,
            status=row.status,
            opened_at=moment(row.opened_at),
            due_at=moment_or_none(row.due_at),
            rule=row.rule,
            extended=bool(row.extended_at),
            urgent=bool(row.urgent),
            read=bool(row.read_at),
            answered=bool(row.answered_at),
        )
        for row in tx.execute(chosen)
    ]


def open_by_area(tx: Connection) -> dict[str, int]:
    """How many cases are open in each area that has any."""
    waiting = select(cases.c.area, func.count()).where(cases.c.status == "open")
    rows = tx.execute(waiting.group_by(cases.c.area).order_by(cases.c.area))
    return {row[0]: row[1] for row in rows}


def numbers_with_words(tx: Connection, wanted: CaseFilter, limit: int) -> list[str]:
    """The matching cases with text, last changed first."""
    chosen = select(cases.c.number).where(*_conditions(wanted), cases.c.text.is_not(None))
    return list(tx.execute(chosen.order_by(cases.c.changed_at.desc()).limit(limit)).scalars())


def area_of(tx: Connection, number: str) -> str | None:
    """The area of a case; None if there is no such case."""
    return tx.execute(select(cases.c.area).where(cases.c.number == number)).scalar()


def last_wrote(tx: Connection, number: str) -> datetime | None:
    """When the case's citizen last wrote on their channel; None if they were erased."""
    own = select(conversations.c.last_incoming_at).join(
        cases, cases.c.contact_id == conversations.c.contact_id
    )
    at = tx.execute(own.where(cases.c.number == number)).scalar()
    return None if at is None else moment(at)


def version_of(tx: Connection, number: str) -> str:
    """A version that changes with every event of a case except being read."""
    last = select(func.coalesce(func.max(case_notes.c.id), 0)).where(
        case_notes.c.number == number, case_notes.c.author != "read"
    )
    changed = select(cases.c.changed_at).where(cases.c.number == number)
    return f"{tx.execute(changed).scalar()}.{tx.execute(last).scalar()}"


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [cases.c.area.in_(sorted(wanted.areas))]
    if wanted.status:
        conditions.append(cases.c.status == wanted.status)
    if wanted.number:
        conditions.append(cases.c.number.endswith(wanted.number, autoescape=True))
    return conditions


def _waiting_since() -> ColumnElement[int]:
    said, answered = case_notes.alias("said"), _last_answer()
    since = (
        select(func.min(said.c.at))
        .where(
            and_(said.c.number == cases.c.number, said.c.author == "citizen"),
            said.c.id > answered,
        )
        .scalar_subquery()
    )
    return func.coalesce(since, cases.c.opened_at)


def _last_answer() -> ScalarSelect[int]:
    """The id of the last answer's note; NULL without an answer."""
    told = case_notes.alias("told")
    return (
        select(func.max(told.c.id))
        .where(told.c.number == cases.c.number, told.c.author == "staff")
        .scalar_subquery()
    )


def _line(row: Row[Any]) -> CaseLine:
    return CaseLine(
        number=row.number,
        kind=row.kind,
        area=row.area,
        channel=row.channel,
        status=row.status,
        waiting_since=moment(row.waiting_since),
        words=row.text,
        due_at=moment(row.due_at) if row.due_at and row.status == "open" else None,
        urgent=bool(row.urgent),
    )
