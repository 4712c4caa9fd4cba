"""Databases for scripts that measure on both: empty, or with weeks that were published."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

import msgspec

import tests.postgres as postgres_server
from benchmarks.harness.processes import use_all_cores
from handlers.quality.blocks import Block
from handlers.quality.figures import Digest
from handlers.quality.weeks import IsoWeek
from storage.engine.database import Database, Transaction
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.quality import digests

T = TypeVar("T")
SHARE, LEAST, MOST = 0.75, 50, 90  # of each area and published week


@asynccontextmanager
async def empty(url: str) -> AsyncIterator[Database]:
    """With its schema, open until the end of the block."""
    await migrate(url)
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


async def both(measure: Callable[[str, Database], Awaitable[T]]) -> list[T]:
    """What is measured on SQLite and then on PostgreSQL; each is gone before the next is filled."""
    use_all_cores()
    with tempfile.TemporaryDirectory(prefix="opina-benchmark-") as folder:
        async with empty(f"sqlite:///{folder}/opina.db") as database:
            found = [await measure("SQLite", database)]
    with (
        tempfile.TemporaryDirectory(prefix="opina-benchmark-") as folder,
        postgres_server.running(Path(folder) / "postgresql") as url,
    ):
        async with empty(url.render_as_string(hide_password=False)) as database:
            return [*found, await measure("PostgreSQL", database)]


async def publish(database: Database, areas: Iterable[str], random: Random, week: IsoWeek) -> None:
    """The week after those published before; in it a block of every area closed."""
    blocks = []
    for area in areas:
        n = random.randint(LEAST, MOST)
        satisfied = sum(random.random() < SHARE for _ in range(n))
        blocks.append(Block(area, week, week, satisfied, n))
    digest = Digest(str(week), "Prueba", over(week), True, None, ())
    made = digests.Published(week, over(week), msgspec.json.encode(digest))
    await database.write(partial(_publish, made, blocks))


def _publish(made: digests.Published, blocks: list[Block], tx: Transaction) -> None:
    digests.publish(tx, made, blocks, digests.newest_published(tx))


def over(week: IsoWeek) -> datetime:
    """On the Monday after."""
    return datetime.combine(week.sunday, time(12), UTC) + timedelta(days=1)
