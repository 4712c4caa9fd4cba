"""Databases of both kinds: empty, or filled as by a service with millions of answers."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import product
from operator import methodcaller
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import BigInteger, ColumnElement, Executable, Table, case, insert, literal, select
from sqlalchemy.sql.selectable import CTE

import tests.postgres as postgres_server
from bot.population.words import BLAME, PRAISE, REASONS
from handlers.content.model import Content
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import RATING
from storage.engine.database import Database, Transaction
from storage.engine.drivers.sqlite import SqliteDatabase
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.engine.times import micros, stored_week
from storage.quality.comments import GRADE
from storage.responses import sums
from storage.tables.responses import answers, responses

PART = 250_000  # responses per transaction
BEFORE = ("", "Fui el lunes. ", "Con mi mamá: ", "Gracias a Juan Pérez Soto. ")
AFTER = ("", ". Vivo en Las Compañías", ". Mi número es el 9 8765 4321")
COMMENTS = ["".join(parts) for parts in product(BEFORE, (*BLAME, *PRAISE), AFTER)]

T = TypeVar("T")
Columns = dict[str, Any]
"""The values of each column: an expression, or one value for all rows."""


@asynccontextmanager
async def empty(url: str) -> AsyncIterator[Database]:
    """A database with its schema, open until the end of the block."""
    await migrate(url)
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


async def both(measure: Callable[[str, Database], Awaitable[T]]) -> list[T]:
    """Measure on SQLite, then on PostgreSQL; the first is deleted before the second is filled."""
    with tempfile.TemporaryDirectory(prefix="opina-benchmark-") as folder:
        async with empty(f"sqlite:///{folder}/opina.db") as database:
            found = [await measure("SQLite", database)]
    with (
        tempfile.TemporaryDirectory(prefix="opina-benchmark-") as folder,
        postgres_server.running(Path(folder) / "postgresql") as url,
    ):
        async with empty(url.render_as_string(hide_password=False)) as database:
            return [*found, await measure("PostgreSQL", database)]


async def fill(
    database: Database, keyring: Keyring, content: Content, weeks: Sequence[IsoWeek], count: int
) -> None:
    """Fill an empty database with ``count`` answers of these weeks, and their weekly sums.

    Ten responses have 22 answers: each a grade and a reason, and two a comment. They follow a
    millisecond apart.
    """
    words = [keyring.encrypt(text) for text in COMMENTS]
    start = micros(weeks[0].bounds(content.zone)[0])
    end = count * 10 // 22
    for first in range(0, end, PART):
        numbers = select(literal(first, BigInteger).label("i")).cte("n", recursive=True)
        last = min(first + PART, end) - 1
        numbers = numbers.union_all(select(numbers.c.i + 1).where(numbers.c.i < last))
        for statement in _inserts(numbers, start, list(map(stored_week, weeks)), content, words):
            await database.write(methodcaller("execute", statement))
    missing = await database.read(sums.verify, long=True)  # all of them
    await database.write(lambda tx: _add(tx, missing))
    if not isinstance(database, SqliteDatabase):
        await database.write(methodcaller("exec_driver_sql", "ANALYZE"))


def _inserts(
    numbers: CTE, start: int, weeks: list[int], content: Content, words: list[bytes]
) -> Iterator[Executable]:
    """Add a response and its answers for each number."""
    i, at = numbers.c.i, start + numbers.c.i * 1_000
    # Remainders by coprime numbers, so that all combinations occur.
    shared: Columns = {
        "questionnaire": RATING,
        "area": _pick(i, sorted(content.area_by_id)),
        "service": _pick(i // 11, ("", "", "", "licencia")),
        "desk": _pick(i // 13, ("", "J87fHE")),
        "channel": _pick(i // 7, ("telegram", "whatsapp", "web")),
        "week": _pick(i // 31, weeks),
        "pending": case((i // 17 % 10 == 0, 1), else_=0),
    }
    ended: Columns = {"started_at": at, "finished_at": at, "outcome": "completed"}
    yield _into(responses, numbers, shared | ended | {"id": i, "version": 1, "origin": "menu"})
    given: Columns = shared | {"response_id": i, "answered_at": at, "first_answered_at": at}
    grade: Columns = {"value": _pick(i // 19, "1234567"), "grade": _pick(i // 19, range(1, 8))}
    yield _into(answers, numbers, given | grade | {"question": GRADE, "kind": "grade"})
    reason: Columns = {"value": _pick(i // 23, list(REASONS.values())[:3]), "grade": 0}
    yield _into(answers, numbers, given | reason | {"question": "reason", "kind": "choice"})
    said: Columns = {"value": "", "grade": 0, "words": _pick(i // 29, words)}
    said = given | said | {"question": "words", "kind": "text"}
    yield _into(answers, numbers, said, i // 5 % 5 == 0)


def _into(table: Table, numbers: CTE, columns: Columns, *where: ColumnElement[bool]) -> Executable:
    cells = [one if isinstance(one, ColumnElement) else literal(one) for one in columns.values()]
    rows = select(*cells).select_from(numbers).where(*where)
    return insert(table).from_select(list(columns), rows)


def _pick(number: ColumnElement[int], values: Sequence[object]) -> ColumnElement[Any]:
    """One of the values after the other."""
    return case(dict(enumerate(values)), value=number % len(values))


def _add(tx: Transaction, missing: list[sums.Difference]) -> None:
    """Add the sums that the service would have updated with each answer."""
    moved = sums.Movements()
    for one in missing:
        if len(one.counted) > 1:
            moved.sums[cast(sums.SumKey, one.key)] = list(one.counted)
        else:
            moved.counts[cast(sums.CountKey, one.key)] = one.counted[0]
    moved.write(tx, shard=0)
