"""SQLite: one writing connection through sqlite3, a few reading ones through aiosqlite."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine.database import Database
from storage.engine.drivers.checkpoints import MOST_PAGES, Checkpoints
from storage.engine.failures import is_busy, raise_translated

T = TypeVar("T")

READERS = 4
BUSY_TIMEOUT_S = 5.0  # how long another program may lock the file
BUSY_RETRY_S = 0.005
# Pages beyond this cache are still in the system's file cache: with four times as much, a turn
# after 50,000 conversations takes no less processor time, and the process has 17 MB more.
WRITER_CACHE_KB = 4_096
READER_CACHE_KB = 1_024
STATEMENTS = 512  # compiled statements kept: a Query has one for each of a few sizes


class SqliteDatabase(Database):
    """SQLite with one writer at a time and a few concurrent readers.

    A write transaction, COMMIT included, runs in the event loop's thread: in another thread each
    statement would contend with the loop for the interpreter lock, and handing over the commit
    costs more than the disk's flush. Events that arrive meanwhile wait in their sockets.
    """

    shards = 1

    def __init__(self, address: URL) -> None:
        self._lock = asyncio.Lock()
        self._checkpoints = Checkpoints(str(address.database))
        self._engine = _writing_engine(address)
        self._connection: Connection | None = None
        self._driver: Any = None  # the connection's sqlite3 connection
        self._snapshots = create_async_engine(
            address.set(drivername="sqlite+aiosqlite"),
            pool_size=READERS,
            max_overflow=0,
            hide_parameters=True,
            connect_args=_driver_arguments(),
        )
        # SQLite has no time limit for statements, so both kinds of snapshots share an engine.
        self._long_snapshots = self._snapshots
        _set_up(self._snapshots.sync_engine, READER_CACHE_KB, "PRAGMA query_only = ON")
        event.listen(self._snapshots.sync_engine, "begin", _begin_reading)

    async def close(self) -> None:
        async with self._lock:
            self._disconnect()
        await self._checkpoints.close()
        await self._snapshots.dispose()

    async def _write(self, f: Callable[[Connection], T]) -> T:
        async with self._lock:
            try:
                connection = await self._begin()
                result = f(connection)
                self._commit(connection)
                self._checkpoints.note_commit()
                return result
            except BaseException as error:  # including cancellation
                # The connection may be in any state. Closing it rolls back, and the next write
                # opens a new one.
                self._disconnect()
                if isinstance(error, Exception):
                    raise_translated(error)
                raise

    async def _begin(self) -> Connection:
        """Begin a transaction; if another program is writing, wait without blocking the loop."""
        connection = self._connection or self._connect()
        until = time.monotonic() + BUSY_TIMEOUT_S
        while True:
            try:
                # Without SQLAlchemy, whose overhead exceeds the statement's own time.
                self._driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > until:
                    raise
                await asyncio.sleep(BUSY_RETRY_S)
            else:
                return connection

    def _commit(self, connection: Connection) -> None:
        if connection.in_transaction():  # SQLAlchemy began its own when it ran a statement
            connection.commit()
        else:
            self._driver.commit()

    def _connect(self) -> Connection:
        connection = self._connection = self._engine.connect()
        self._driver = connection.connection.dbapi_connection
        return connection

    def _disconnect(self) -> None:
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            connection.invalidate()  # closes it even if the driver refuses to roll back
            connection.close()


def _writing_engine(address: URL) -> Engine:
    """An engine for the one writing connection."""
    engine = create_engine(
        address.set(drivername="sqlite"),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args=_driver_arguments(),
    )
    _set_up(
        engine,
        WRITER_CACHE_KB,
        "PRAGMA secure_delete = ON",
        "PRAGMA busy_timeout = 0",  # ``_begin`` does the waiting
        f"PRAGMA wal_autocheckpoint = {MOST_PAGES}",
    )
    return engine


def _driver_arguments() -> dict[str, Any]:
    return {"timeout": BUSY_TIMEOUT_S, "cached_statements": STATEMENTS}


def _set_up(engine: Engine, cache_kb: int, *pragmas: str) -> None:
    """Set up each connection. We begin transactions, because sqlite3 would begin them too late."""

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            f"PRAGMA cache_size = -{cache_kb}",
            *pragmas,
        ):
            cursor.execute(pragma)
        cursor.close()


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
