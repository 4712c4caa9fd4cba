"""A page in one process is woken by a reply that another process sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text

from bot.jobs.notifications import Notifications
from handlers.errors import StorageUnavailable
from storage.engine.database import Database
from storage.engine.opening import open_database
from tests.bot.one_process import until

Heard = list[tuple[str, int]]


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[tuple[Notifications, Heard]]:
    """One process, and what it hears."""
    database = await open_database(url)
    notifications, heard = Notifications(database), []
    running = asyncio.create_task(
        notifications.run(lambda page, number: heard.append((page, number)))
    )
    try:
        yield notifications, heard
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running  # what ended it before is the test's failure
        await database.close()


@pytest.mark.postgres
async def test_what_one_process_tells_the_other_hears(postgres_url: str) -> None:
    async with listening(postgres_url) as (here, _), listening(postgres_url) as (_, heard):
        here.processes = 2

        def tells() -> bool:
            here.queue("abc", 7)  # again and again, until the other one listens
            return ("abc", 7) in heard

        await until(tells)


@pytest.mark.postgres
async def test_a_connection_that_is_lost_is_made_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.drivers.postgres.KEEP_ALIVE_S", 0.05)
    monkeypatch.setattr("bot.jobs.notifications.RETRY_S", 0.05)
    async with listening(postgres_url) as (here, heard):
        here.processes = 2
        database = await open_database(postgres_url)
        end_others = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

        def tells() -> bool:
            here.queue("abc", 7)
            return bool(heard)

        await until(tells)
        await database.read(lambda tx: tx.exec_driver_sql(end_others).fetchall())
        heard.clear()
        await until(tells)
        await database.close()


@pytest.mark.postgres
async def test_a_dead_connection_of_the_pool_is_tried_once_only(postgres_url: str) -> None:
    database, other = await open_database(postgres_url), await open_database(postgres_url)
    pid = await database.write(lambda tx: tx.exec_driver_sql("SELECT pg_backend_pid()").scalar())
    end = text("SELECT pg_terminate_backend(:pid, 30000)")
    assert await other.read(lambda tx: tx.execute(end, {"pid": pid}).scalar())
    with pytest.raises(StorageUnavailable):
        await database.listen(lambda _: None)
    heard: list[str] = []
    listening = asyncio.create_task(database.listen(heard.append))
    while not heard and not listening.done():
        await other.notify(["abc 7"])
    assert heard
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await database.close()
    await other.close()


async def test_alone_nothing_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    async def tell(words: list[str]) -> None:
        told.extend(words)

    monkeypatch.setattr(database, "notify", tell)
    notifications = Notifications(database)
    running = asyncio.create_task(notifications.run(lambda _page, _number: None))
    notifications.queue("alone", 1)
    notifications.processes = 2
    notifications.queue("together", 2)

    await until(lambda: told)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert told == ["together 2"]
