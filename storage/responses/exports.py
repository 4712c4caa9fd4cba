"""Rows for the quality role's exports, read in chunks so that any number fits in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, tuple_

from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.tables import answers, lookups
from storage.engine.times import micros, moment
from storage.responses.answers import WORDS

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer. ``response`` is a number too large for a spreadsheet's, so it is text."""

    response: str
    questionnaire: str
    area: str
    service: str
    channel: str
    question: str
    value: str  # words too; empty once they were erased
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class LookupRow:
    """One lookup, masked when it was stored; nobody knows whose it was."""

    at: datetime
    channel: str
    query: str
    found: str
    card: str
    area: str


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` up to, but without, ``until``; None: open."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def bounds(self) -> tuple[int, int]:
        first = 0 if self.since is None else micros(self.since)
        return first, 2**62 if self.until is None else micros(self.until)


def count_answers(tx: Connection, period: Period) -> int:
    """How many rows ``answer_rows`` will give."""
    first, end = period.bounds
    column = answers.c.answered_at
    chosen = select(func.count()).select_from(answers).where(column >= first, column < end)
    return tx.execute(chosen).scalar_one()


def count_lookups(tx: Connection, period: Period) -> int:
    """How many rows ``lookup_rows`` will give."""
    first, end = period.bounds
    chosen = select(func.count()).select_from(lookups)
    return tx.execute(chosen.where(lookups.c.at >= first, lookups.c.at < end)).scalar_one()


async def answer_rows(
    database: Database, keyring: Keyring, period: Period
) -> AsyncIterator[list[AnswerRow]]:
    """All answers of a period in the order in which they were given, in chunks."""
    first, end = period.bounds
    key = tuple_(answers.c.answered_at, answers.c.response_id, answers.c.question)
    chosen = (
        select(
            answers.c.answered_at,
            answers.c.response_id,
            answers.c.question,
            answers.c.questionnaire,
            answers.c.area,
            answers.c.service,
            answers.c.channel,
            answers.c.kind,
            answers.c.value,
            answers.c.words,
        )
        .where(answers.c.answered_at < end)
        .order_by(answers.c.answered_at, answers.c.response_id, answers.c.question)
        .limit(CHUNK)
    )
    after: tuple[int, int, str] = (first, -1, "")
    while rows := await database.read(partial(_fetch, chosen.where(key > after))):
        yield [_answer(keyring, row) for row in rows]
        after = (rows[-1][0], rows[-1][1], rows[-1][2])


async def lookup_rows(database: Database, period: Period) -> AsyncIterator[list[LookupRow]]:
    """All lookups of a period in the order in which they were made, in chunks."""
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
        )
        .where(lookups.c.at < end)
        .order_by(lookups.c.at, lookups.c.id)
        .limit(CHUNK)
    )
    after = (first, -1)
    while rows := await database.read(partial(_fetch, chosen.where(key > after))):
        yield [LookupRow(moment(row[0]), *row[2:]) for row in rows]
        after = (rows[-1][0], rows[-1][1])


def _fetch(chosen: Select[*tuple[Any, ...]], tx: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    return tx.execute(chosen).fetchall()


def _answer(keyring: Keyring, row: Row[*tuple[Any, ...]]) -> AnswerRow:
    at, response, question, questionnaire, area, service, channel, kind, value, words = row
    if kind == WORDS and words is not None:
        value = keyring.decrypt(words)
    return AnswerRow(
        str(response), questionnaire, area, service, channel, question, value, moment(at)
    )
