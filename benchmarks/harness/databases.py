"""Databases for scripts that measure on both."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import tests.postgres as postgres_server
from benchmarks.harness.processes import use_all_cores
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.schema import migrate

T = TypeVar("T")


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
