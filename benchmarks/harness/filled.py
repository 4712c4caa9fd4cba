"""A database as the service leaves it after millions of answers, and the weekly sums of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Executable,
    String,
    Table,
    case,
    cast,
    func,
    insert,
    literal,
    literal_column,
    select,
)
from sqlalchemy.sql.selectable import CTE

from bot.population.words import BLAME, PRAISE
from handlers.questionnaires.progress import RATING
from storage.engine.database import Database
from storage.engine.drivers.sqlite import SqliteDatabase
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.quality.comments import GRADE
from storage.responses.sums import OPENED, RESPONSE
from storage.tables.responses import answers, responses, weekly_counts, weekly_sums

PART = 250_000  # responses a transaction
_WHERE = ("{}", "Fui el lunes. {}", "En la ventanilla {}", "Con mi mamá: {}", "Por teléfono, {}")
_END = ("", ". Ojalá mejore", ". Vivo en Las Compañías", ". Mi número es el 9 8765 4321", ". Eso")
COMMENTS = [
    where.format(said) + end
    for said in (*BLAME, *PRAISE, "Rápido y amable, gracias a Juan Pérez Soto")
    for where in _WHERE
    for end in _END
]
CHANNELS = ("telegram", "whatsapp", "web")
REASONS = ("espera", "trato", "informacion")
_KEY = ("week", "questionnaire", "question", "area", "service", "desk", "channel", "pending")

Columns = dict[str, ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Filling:
    """Of ten responses all have a grade and a reason, and two have words: 22 answers.

    ``weeks``: as they are stored, the newest last. ``start``: when the first answer was given; the
    next ones follow by milliseconds.
    """

    answers: int
    weeks: Sequence[int]
    areas: Sequence[str]
    start: datetime


async def fill(database: Database, keyring: Keyring, filling: Filling) -> None:
    """Fill an empty database. Of the newest week two processes wrote the sums, where two can."""
    words = [keyring.encrypt(text) for text in COMMENTS]
    count = filling.answers * 10 // 22
    for first in range(0, count, PART):
        for statement in _answers(filling, words, first, min(first + PART, count) - 1):
            await database.write(partial(_execute, statement))
    for week in filling.weeks:
        shards = 2 if database.shards > 1 and week == filling.weeks[-1] else 1
        for statement in _sums(week, shards):
            await database.write(partial(_execute, statement))
    if not isinstance(database, SqliteDatabase):
        await database.write(lambda tx: tx.exec_driver_sql("ANALYZE").rowcount)


def _execute(statement: Executable, tx: Connection) -> None:
    tx.execute(statement)


def _answers(filling: Filling, words: list[bytes], first: int, last: int) -> Iterator[Executable]:
    n = select(literal(first, BigInteger).label("i")).cte("n", recursive=True)
    n = n.union_all(select(n.c.i + 1).where(n.c.i < last))
    i, at = n.c.i, micros(filling.start) + n.c.i * 1_000
    # Remainders by numbers without common divisors, so that all combinations come about.
    grade = i // 19 % 7 + 1
    shared: Columns = {
        "questionnaire": literal(RATING),
        "area": _pick(i, filling.areas),
        "service": _pick(i // 11, ("", "", "", "licencia")),
        "desk": _pick(i // 13, ("", "J87fHE")),
        "channel": _pick(i // 7, CHANNELS),
        "week": _pick(i // 31, filling.weeks),
        "pending": case((i // 17 % 10 == 0, 1), else_=0),
    }
    whole: Columns = {"id": i, "version": literal(1), "origin": literal("menu")}
    ended: Columns = {"started_at": at, "finished_at": at, "outcome": literal("completed")}
    given: Columns = shared | {"response_id": i, "answered_at": at, "first_answered_at": at}
    yield _into(responses, n, shared | whole | ended)
    answered: tuple[Columns, ...] = (
        {
            "question": literal(GRADE),
            "kind": literal("grade"),
            "value": cast(grade, String),
            "grade": grade,
        },
        {
            "question": literal("reason"),
            "kind": literal("choice"),
            "value": _pick(i // 23, REASONS),
            "grade": literal(0),
        },
    )
    for columns in answered:
        yield _into(answers, n, given | columns)
    said: Columns = {
        "question": literal("words"),
        "kind": literal("text"),
        "value": literal(""),
        "grade": literal(0),
        "words": _pick(i // 29, words),
    }
    yield _into(answers, n, given | said, i // 5 % 5 == 0)


def _into(table: Table, n: CTE, columns: Columns, *where: ColumnElement[bool]) -> Executable:
    rows = select(*columns.values()).select_from(n).where(*where)
    return insert(table).from_select(list(columns), rows)


def _pick(number: ColumnElement[int], values: Sequence[object]) -> ColumnElement[Any]:
    """One of the values after the other."""
    return case(dict(enumerate(values)), value=number % len(values))


def _sums(week: int, shards: int) -> Iterator[Executable]:
    """What the service would have added up with each answer."""
    key = [answers.c[name] for name in _KEY]
    shard: ColumnElement[int] = literal_column(f"response_id / 1000 % {shards}")
    grades = [func.sum(case((answers.c.grade == grade, 1), else_=0)) for grade in range(1, 8)]
    columns = [*_KEY, "shard", "n", *(f"c{grade}" for grade in range(1, 8))]
    rows = select(*key, shard, func.count(), *grades).where(answers.c.week == week)
    yield insert(weekly_sums).from_select(columns, rows.group_by(*key, shard))

    columns = [*_KEY, "value", "shard", "n"]
    chosen = select(*key, answers.c.value, shard, func.count()).where(
        answers.c.week == week, answers.c.kind == "choice"
    )
    counted = chosen.group_by(*key, answers.c.value, shard)
    yield insert(weekly_counts).from_select(columns, counted)

    of_responses = [responses.c[name] for name in _KEY if name != "question"]
    for value in (OPENED, "completed"):
        columns = [*(c.name for c in of_responses), "question", "value", "shard", "n"]
        rest = literal(RESPONSE), literal(value), literal(0), func.count()
        started = select(*of_responses, *rest).where(responses.c.week == week)
        yield insert(weekly_counts).from_select(columns, started.group_by(*of_responses))
