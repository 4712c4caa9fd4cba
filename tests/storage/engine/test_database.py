"""Transactions: all or nothing, and clear words when the database cannot be had."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from handlers.errors import OperatorError, StorageUnavailable
from storage.engine import counters
from storage.engine.database import Database
from storage.engine.failures import Conflict
from storage.engine.opening import open_database


async def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    def half(tx: Connection) -> None:
        counters.add(tx, {"half": 1})
        raise ValueError("our own mistake")

    with pytest.raises(ValueError, match="our own"):
        await database.write(half)
    assert await database.read(lambda tx: counters.value(tx, "half")) == 0
    await database.write(lambda tx: counters.add(tx, {"half": 2}))
    assert await database.read(lambda tx: counters.value(tx, "half")) == 2


async def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, StorageUnavailable)):
        await database.read(lambda tx: counters.add(tx, {"read": 1}))
    assert await database.read(lambda tx: counters.value(tx, "read")) == 0


async def test_a_read_sees_one_moment(database: Database) -> None:
    loop = asyncio.get_running_loop()
    await database.write(lambda tx: counters.add(tx, {"now": 1}))
    seen = []

    async def look() -> None:
        def twice(tx: Connection) -> None:
            seen.append(counters.value(tx, "now"))
            loop.call_soon_threadsafe(started.set)  # SQLite is read in another thread
            if tx.dialect.name == "sqlite":
                tx.exec_driver_sql("SELECT count(*) FROM answers a, answers b").scalar()
            else:
                tx.exec_driver_sql("SELECT pg_sleep(0.3)")
            while tx.dialect.name == "sqlite" and not changed.is_set():
                tx.exec_driver_sql("SELECT 1").scalar()
            seen.append(counters.value(tx, "now"))

        await database.read(twice)

    started, changed = asyncio.Event(), asyncio.Event()
    task = loop.create_task(look())
    await started.wait()
    await database.write(lambda tx: counters.add(tx, {"now": 1}))
    changed.set()
    await task
    assert seen == [1, 1]


async def test_a_conflict_runs_the_transaction_again(database: Database) -> None:
    tries = []

    def meet(tx: Connection) -> str:
        counters.add(tx, {"tries": 1})
        tries.append(1)
        if len(tries) < 3:
            raise Conflict("another process was quicker")
        return "done"

    assert await database.write(meet) == "done"
    assert await database.read(lambda tx: counters.value(tx, "tries")) == 1


async def test_a_conflict_that_never_ends_is_an_unavailable_storage(database: Database) -> None:
    def meet(_tx: Connection) -> None:
        raise Conflict("again")

    with pytest.raises(StorageUnavailable):
        await database.write(meet)


async def test_a_mistake_in_our_sql_is_not_taken_for_an_outage(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.write(lambda tx: tx.exec_driver_sql("SELECT nothing FROM nowhere"))


async def test_an_error_tells_its_statement_and_none_of_its_words(database: Database) -> None:
    def ask(tx: Connection) -> None:
        tx.execute(text("SELECT name FROM nowhere WHERE name = :name"), {"name": "secreto"})

    for work in (database.read, database.write):
        with pytest.raises(DBAPIError) as caught:
            await work(ask)
        assert "nowhere" in str(caught.value)
        assert "secreto" not in str(caught.value)


async def test_many_writes_at_once_all_count(database: Database) -> None:
    await asyncio.gather(
        *(database.write(lambda tx: counters.add(tx, {"n": 1})) for _ in range(50))
    )
    assert await database.read(lambda tx: counters.value(tx, "n")) == 50


async def test_between_the_parts_of_long_work_others_have_their_turn(database: Database) -> None:
    many, order = 500, list[str]()

    async def work() -> None:
        while "answer" not in order and len(order) < many:
            await database.write_part(lambda _: order.append("part"))

    async def answer() -> None:
        await database.write(lambda _: order.append("answer"))

    await asyncio.gather(work(), answer())
    assert order.index("answer") < many


@pytest.mark.parametrize("looks", range(6))
async def test_a_write_that_nobody_waits_for_any_more_is_whole_or_not_there(
    database: Database, looks: int
) -> None:
    def two(tx: Connection) -> None:
        counters.add(tx, {"one": 1})
        counters.add(tx, {"two": 1})

    writing = asyncio.create_task(database.write(two))
    for _ in range(looks):
        await asyncio.sleep(0)
    writing.cancel()
    writing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await writing
    values = await database.read(lambda tx: [counters.value(tx, name) for name in ("one", "two")])
    assert values in ([0, 0], [1, 1])
    await database.write(two)
    after = await database.read(lambda tx: counters.value(tx, "two"))
    assert after == values[1] + 1


@pytest.mark.parametrize(
    "url", ["mysql://host/name", "sqlite://", "sqlite:///:memory:", "postgresql://host", "opina.db"]
)
async def test_an_address_that_cannot_work_is_an_operators_error(url: str) -> None:
    with pytest.raises(OperatorError, match=r"\[database\] url"):
        await open_database(url)
