"""Rows for the quality role's exports, read in chunks, so that memory stays constant."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, select, tuple_

from handlers.quality.weeks import IsoWeek
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.times import iso_week, micros, moment, moment_or_none
from storage.responses.answers import WORDS
from storage.responses.blocking import is_blocked
from storage.responses.sums import EXCLUDED
from storage.tables.responses import answers, lookups, responses

CHUNK = 2_000
_UNANSWERED = ~exists().where(answers.c.response_id == responses.c.id)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, or a response without any, whose ``question`` is empty.

    ``response`` is text because spreadsheets cannot hold a number of its size.
    """

    response: str
    questionnaire: str
    area: str
    service: str
    desk: str
    channel: str
    question: str
    kind: str  # of the question, such as "grade"
    value: str  # may be words; empty once they are erased and while they are blocked
    week: IsoWeek  # the week in which it counts, of its response's first answer
    pending: bool
    apart: bool  # part of a burst, so it counts in no figure
    outcome: str  # of its response; empty: neither finished nor abandoned
    started_at: datetime | None  # of its response
    first_answered_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class LookupRow:
    """One lookup, masked when it was stored, and without a contact."""

    at: datetime
    channel: str
    query: str
    found: str
    card: str
    area: str
    week: IsoWeek  # the week in which it counts


@dataclass(frozen=True, slots=True)
class ExportPeriod:
    """From ``since`` up to, but excluding, ``until``; None: unlimited."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def bounds(self) -> tuple[int, int]:
        first = 0 if self.since is None else micros(self.since)
        return first, 2**62 if self.until is None else micros(self.until)


def count_answers(tx: Connection, period: ExportPeriod) -> int:
    """How many rows ``answer_rows`` yields."""
    first, end = period.bounds
    return sum(
        tx.execute(
            select(func.count()).select_from(table).where(*such, column >= first, column < end)
        ).scalar_one()
        for table, column, such in (
            (answers, answers.c.answered_at, ()),
            (responses, responses.c.started_at, (_UNANSWERED,)),
        )
    )


def count_lookups(tx: Connection, period: ExportPeriod) -> int:
    """How many rows ``lookup_rows`` yields."""
    first, end = period.bounds
    chosen = select(func.count()).select_from(lookups)
    return tx.execute(chosen.where(lookups.c.at >= first, lookups.c.at < end)).scalar_one()


# The columns that answers and responses without answers have in common.
_PLACE = ("questionnaire", "area", "service", "desk", "channel", "week", "pending")


async def answer_rows(
    database: Database, keyring: Keyring, period: ExportPeriod
) -> AsyncIterator[list[AnswerRow]]:
    """Yield, in chunks, a period's answers in order of time, then its responses without answers."""
    first, end = period.bounds
    of = answers.c
    key = (of.answered_at, of.response_id, of.question)
    chosen = (
        select(
            *key,
            *(of[name] for name in _PLACE),
            of.kind,
            of.value,
            of.words,
            of.first_answered_at,
            func.coalesce(responses.c.outcome, "").label("outcome"),
            func.coalesce(responses.c.started_at, 0).label("started_at"),
            is_blocked(responses.c.contact_id).label("blocked"),
        )
        .select_from(answers.outerjoin(responses, responses.c.id == of.response_id))
        .where(of.answered_at < end)
        .order_by(*key)
        .limit(CHUNK)
    )
    after: tuple[int, int, str] = (first, -1, "")
    while rows := await database.read(partial(_fetch, chosen.where(tuple_(*key) > after))):
        yield [_answer(keyring, row) for row in rows]
        after = (rows[-1].answered_at, rows[-1].response_id, rows[-1].question)
    async for chunk in _unanswered_rows(database, first, end):
        yield chunk


async def _unanswered_rows(
    database: Database, first: int, end: int
) -> AsyncIterator[list[AnswerRow]]:
    of = responses.c
    key = (of.started_at, of.id)
    chosen = (
        select(*key, *(of[name] for name in _PLACE), of.outcome)
        .where(_UNANSWERED, of.started_at < end)
        .order_by(*key)
        .limit(CHUNK)
    )
    after = (first, -1)
    while rows := await database.read(partial(_fetch, chosen.where(tuple_(*key) > after))):
        yield [_row(row, row.id, started_at=moment(row.started_at)) for row in rows]
        after = (rows[-1].started_at, rows[-1].id)


async def lookup_rows(database: Database, period: ExportPeriod) -> AsyncIterator[list[LookupRow]]:
    """Yield, in chunks, a period's lookups in order of time."""
    first, end = period.bounds
    key = tuple_(lookups.c.at, lookups.c.id)
    chosen = (
        select(
            lookups.c.at,
            lookups.c.id,
            lookups.c.channel,
            lookups.c.query,
            lookups.c.found,
            lookups.c.card,
            lookups.c.area,
            lookups.c.week,
        )
        .where(lookups.c.at < end)
        .order_by(lookups.c.at, lookups.c.id)
        .limit(CHUNK)
    )
    after = (first, -1)
    while rows := await database.read(partial(_fetch, chosen.where(key > after))):
        yield [
            LookupRow(moment(at), channel, query, found, card, area, iso_week(week))
            for at, _, channel, query, found, card, area, week in rows
        ]
        after = (rows[-1][0], rows[-1][1])


def _fetch(chosen: Select[*tuple[Any, ...]], tx: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    return tx.execute(chosen).fetchall()


def _answer(keyring: Keyring, row: Row[*tuple[Any, ...]]) -> AnswerRow:
    value = row.value
    if row.kind == WORDS and row.words is not None and not row.blocked:
        value = keyring.decrypt(row.words)
    return replace(
        _row(row, row.response_id, started_at=moment_or_none(row.started_at)),
        question=row.question,
        kind=row.kind,
        value=value,
        first_answered_at=moment(row.first_answered_at),
        answered_at=moment(row.answered_at),
    )


def _row(row: Row[*tuple[Any, ...]], response_id: int, *, started_at: datetime | None) -> AnswerRow:
    """A response without an answer, or what an answer shows of its response."""
    return AnswerRow(
        response=str(response_id),
        questionnaire=row.questionnaire,
        area=row.area,
        service=row.service,
        desk=row.desk,
        channel=row.channel,
        question="",
        kind="",
        value="",
        week=iso_week(row.week),
        pending=row.pending == 1,
        apart=row.pending == EXCLUDED,
        outcome=row.outcome,
        started_at=started_at,
        first_answered_at=None,
        answered_at=None,
    )
