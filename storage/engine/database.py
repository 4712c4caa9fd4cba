"""Opens SQLite or PostgreSQL and runs functions in transactions: the only place that commits."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from handlers.errors import OperatorError, StorageUnavailable
from storage.engine.checkpoints import MOST_PAGES, Checkpoints
from storage.engine.failures import Conflict, is_busy, opening, translated

T = TypeVar("T")

Transaction = Connection
"""What ``f`` gets: the name by which other packages know it, so that SQLAlchemy stays in here."""

READERS = 4
CONNECTIONS = 10
BUSY_TIMEOUT_S = 5.0  # how long another program may hold SQLite's file
BUSY_LOOK_S = 0.005
QUICK_FLUSH_S = 0.0005  # two changes of thread take half of it
CONNECT_TIMEOUT_S = 10
COMMAND_TIMEOUT_S = 60
WRITER_CACHE_KB = 16_384  # what is not in it is still in the system's cache of files
READER_CACHE_KB = 4_096
STATEMENTS = 512  # kept compiled: the sets of rows have one for each of a few sizes
ATTEMPTS = 5
STILL_THERE_S = 15.0  # how often a connection that only listens is tried
# Compiling takes longer than any statement here runs; so does starting workers, but for long ones.
_SETTINGS = {"jit": "off", "application_name": "opina"}
_AT_ONCE = {"max_parallel_workers_per_gather": "0"}
_WORDS = "opina"
_TELL = text("SELECT pg_notify(:channel, :word)")


class Database(ABC):
    """One database. ``f`` gets a Connection inside a transaction and must not call outside.

    ``f`` may be run again after a conflict with another process: it keeps nothing but its result.
    """

    shards: int
    """Over how many rows a sum is spread, so that several writers do not queue for one."""

    @staticmethod
    async def open(url: str) -> Database:
        """Open ``sqlite:///path`` or ``postgresql://…``; the schema is ``schema.migrate``'s.

        Raises OperatorError for a wrong address, StorageUnavailable if nobody answers there.
        """
        address = parse_url(url)
        database: Database
        if address.get_backend_name() == "sqlite":
            create_file(address)
            database = SqliteDatabase(address)
        else:
            database = PostgresDatabase(address)
        with opening():
            await database.read(_probe)
        return database

    async def write(
        self, f: Callable[[Connection], T], *, brief: bool = False, alone: bool = False
    ) -> T:
        """Run ``f`` and commit. Raises StorageUnavailable: nothing was written, or none knows.

        ``brief``: ``f`` takes some milliseconds at most, and may hold up the event loop for them.
        ``alone``: nobody else waits for the loop, which may as well wait for a quick disk.
        """
        for attempt in range(ATTEMPTS):
            try:
                return await self._write(f, brief=brief, alone=alone)
            except Conflict:
                # Two processes met on the same contact; the other one has finished by now.
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))
        raise StorageUnavailable("other transactions kept getting in the way")

    @abstractmethod
    async def read(self, f: Callable[[Connection], T], *, long: bool = False) -> T:
        """Run ``f`` on one snapshot, beside the writing; it cannot write.

        ``long``: each of its statements may take minutes.
        """

    @abstractmethod
    async def close(self) -> None:
        """Finish what is running and release everything."""

    async def tell_others(self, words: Sequence[str]) -> None:  # noqa: B027  # a file has one
        """Pass short words on to whoever hears on this database, where several processes can.

        Raises StorageUnavailable.
        """

    async def hear_others(self, heard: Callable[[str], None]) -> None:  # noqa: ARG002  # nobody
        """Call ``heard`` with every word that is told, until cancelled.

        Words told while nobody was connected are lost. Raises StorageUnavailable.
        """
        await asyncio.Event().wait()

    @abstractmethod
    async def _write(self, f: Callable[[Connection], T], *, brief: bool, alone: bool) -> T: ...


class SqliteDatabase(Database):
    """One transaction writes at a time; a few connections read beside it.

    What is brief runs in the event loop's thread: in another one, each of its statements would have
    to win the interpreter back from the loop. Only COMMIT, which waits for the disk, leaves it, so
    that what comes meanwhile gathers; where nobody else waits and the disk is quick, it stays too.
    """

    shards = 1

    def __init__(self, address: URL) -> None:
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="opina-writer")
        self._lock = asyncio.Lock()
        self._checkpoints = Checkpoints(str(address.database))
        self._flush_s = 1.0  # what a commit takes on average; nothing is known yet
        self._engine = _sqlite_engine(
            address,
            WRITER_CACHE_KB,
            "PRAGMA secure_delete = ON",
            "PRAGMA busy_timeout = 0",  # ``_begin`` waits by itself
            f"PRAGMA wal_autocheckpoint = {MOST_PAGES}",
            poolclass=NullPool,
        )
        self._connection: Connection | None = None
        self._driver: Any = None  # the connection's own
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="opina-reader")
        self._snapshots = _sqlite_engine(
            address,
            READER_CACHE_KB,
            "PRAGMA query_only = ON",
            pool_size=READERS,
            max_overflow=0,
        )
        event.listen(self._snapshots, "begin", _begin_reading)

    async def read(
        self,
        f: Callable[[Connection], T],
        *,
        long: bool = False,  # noqa: ARG002  # a file's statements have no time limit
    ) -> T:
        loop = asyncio.get_running_loop()
        with translated():
            return await loop.run_in_executor(self._readers, self._read, f)

    async def close(self) -> None:
        async with self._lock:
            await self._in_thread(self._disconnect)
        self._writer.shutdown()
        await self._checkpoints.close()
        await asyncio.to_thread(self._readers.shutdown)
        self._snapshots.dispose()

    def _read(self, f: Callable[[Connection], T]) -> T:
        with self._snapshots.connect() as connection:
            return f(connection)

    async def _write(self, f: Callable[[Connection], T], *, brief: bool, alone: bool) -> T:
        async with self._lock:
            try:
                with translated():
                    connection = await self._begin()
                    result = f(connection) if brief else await self._in_thread(f, connection)
                    if alone and self._flush_s < QUICK_FLUSH_S:
                        self._commit(connection)
                    else:
                        await self._in_thread(self._commit, connection)
                    self._checkpoints.note_commit()
                    return result
            except BaseException:
                # Whatever state it was left in: closing takes back what is not committed, and the
                # next write opens a new one.
                await self._in_thread(self._disconnect)
                raise

    async def _begin(self) -> Connection:
        """Open a transaction; while another program writes, wait without holding up the loop."""
        if self._connection is None:
            await self._in_thread(self._connect)
        connection = self._connection
        assert connection is not None
        until = time.monotonic() + BUSY_TIMEOUT_S
        while True:
            try:
                # Past SQLAlchemy, which takes longer for it than SQLite does.
                self._driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > until:
                    raise
                await asyncio.sleep(BUSY_LOOK_S)
            else:
                return connection

    def _commit(self, connection: Connection) -> None:
        began = time.perf_counter()
        if connection.in_transaction():  # one of SQLAlchemy's own statements was among them
            connection.commit()
        else:
            self._driver.commit()
        self._flush_s += (time.perf_counter() - began - self._flush_s) / 8

    async def _in_thread(self, work: Callable[..., T], *arguments: object) -> T:
        """Run in the writing thread: to its end, even if nobody waits for it any more."""
        running = asyncio.get_running_loop().run_in_executor(self._writer, work, *arguments)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            while not running.done():
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.wait([running])
            raise

    def _connect(self) -> None:
        self._connection = self._engine.connect()
        self._driver = self._connection.connection.dbapi_connection

    def _disconnect(self) -> None:
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            connection.invalidate()  # whatever the driver says to a rollback: it is closed
            connection.close()


class PostgresDatabase(Database):
    """Several writers through asyncpg; row locks keep each contact's turns in order."""

    shards = 16

    def __init__(self, address: URL) -> None:
        self._engine = postgres_engine(address, COMMAND_TIMEOUT_S)
        self._patient = postgres_engine(address, None)
        self._snapshots = _reading(self._engine)
        self._long_snapshots = _reading(self._patient)

    async def read(self, f: Callable[[Connection], T], *, long: bool = False) -> T:
        with translated():
            async with (self._long_snapshots if long else self._snapshots).connect() as connection:
                return await connection.run_sync(f)

    async def close(self) -> None:
        await self._engine.dispose()
        await self._patient.dispose()

    async def tell_others(self, words: Sequence[str]) -> None:
        rows = [{"channel": _WORDS, "word": word} for word in words]
        await self.write(lambda tx: tx.execute(_TELL, rows))

    async def hear_others(self, heard: Callable[[str], None]) -> None:
        def take(_connection: object, _pid: int, _channel: str, word: str) -> None:
            heard(word)

        with translated():
            async with self._engine.connect() as connection:
                raw = await connection.get_raw_connection()
                driver: Any = raw.driver_connection
                await driver.add_listener(_WORDS, take)
                try:
                    while True:
                        await asyncio.sleep(STILL_THERE_S)
                        await driver.execute("SELECT 1")
                finally:
                    await connection.invalidate()  # it is not to hear words in other hands

    async def _write(
        self,
        f: Callable[[Connection], T],
        *,
        brief: bool,  # noqa: ARG002  # SQLite's alone
        alone: bool,  # noqa: ARG002  # too
    ) -> T:
        with translated():
            async with self._engine.begin() as connection:
                return await connection.run_sync(f)


def parse_url(url: str) -> URL:
    """The parts of a database's address. Raises OperatorError for anything unknown."""
    allowed = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
    try:
        address = make_url(url)
    except ArgumentError:
        raise OperatorError(f"database.url cannot be read; allowed: {allowed}") from None
    if address.drivername not in ("sqlite", "postgresql") or not address.database:
        raise OperatorError(f"database.url names no known database; allowed: {allowed}")
    if address.database == ":memory:":
        raise OperatorError("database.url: a database in memory would be lost; name a file")
    return address


def create_file(address: URL) -> None:
    """Make SQLite's file, readable by its owner only, and its folder where they are missing."""
    path = Path(str(address.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise OperatorError(f"database.url: {path}: {error.strerror}") from None


def postgres_engine(address: URL, command_timeout_s: float | None) -> AsyncEngine:
    """A pool of asyncpg connections, of which none waits longer for a statement."""
    return create_async_engine(
        address.set(drivername="postgresql+asyncpg"),
        pool_size=CONNECTIONS,
        max_overflow=0,
        connect_args={
            "timeout": CONNECT_TIMEOUT_S,
            "command_timeout": command_timeout_s,
            "server_settings": _SETTINGS | ({} if command_timeout_s is None else _AT_ONCE),
        },
    )


def _reading(engine: AsyncEngine) -> AsyncEngine:
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite_engine(address: URL, cache_kb: int, *pragmas: str, **pool: Any) -> Engine:
    """Its connections are used by one thread after the other."""
    engine = create_engine(
        address.set(drivername="sqlite"),
        **pool,
        connect_args={
            "check_same_thread": False,
            "timeout": BUSY_TIMEOUT_S,
            "cached_statements": STATEMENTS,
        },
    )
    _set_up_sqlite(engine, cache_kb, *pragmas)
    return engine


def _set_up_sqlite(engine: Engine, cache_kb: int, *pragmas: str) -> None:
    """Set each connection up; transactions are ours, since the driver would begin them too late."""

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


def _probe(tx: Connection) -> None:
    tx.exec_driver_sql("SELECT 1")
