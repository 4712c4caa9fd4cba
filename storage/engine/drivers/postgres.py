"""PostgreSQL through asyncpg: several writers, row locks, and notifications between processes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engine.database import Database
from storage.engine.failures import translated

T = TypeVar("T")

CONNECTIONS = 10
CONNECT_TIMEOUT_S = 10
COMMAND_TIMEOUT_S = 60
KEEP_ALIVE_S = 15.0  # how often a listening connection is checked
# JIT compilation takes longer than any statement here; so do parallel workers, except in long ones.
_SETTINGS = {"jit": "off", "application_name": "opina"}
_NO_WORKERS = {"max_parallel_workers_per_gather": "0"}
_CHANNEL = "opina"
_NOTIFY = text("SELECT pg_notify(:channel, :payload)")


class PostgresDatabase(Database):
    """PostgreSQL through asyncpg. Several processes write; row locks order each contact's turns."""

    shards = 16

    def __init__(self, address: URL) -> None:
        self._engine = postgres_engine(address, COMMAND_TIMEOUT_S)
        self._long_engine = postgres_engine(address, None)
        self._snapshots = _reading(self._engine)
        self._long_snapshots = _reading(self._long_engine)

    async def close(self) -> None:
        await self._engine.dispose()
        await self._long_engine.dispose()

    async def notify(self, payloads: Sequence[str]) -> None:
        rows = [{"channel": _CHANNEL, "payload": payload} for payload in payloads]
        await self.write(lambda tx: tx.execute(_NOTIFY, rows))

    async def listen(self, received: Callable[[str], None]) -> None:
        def pass_on(_connection: object, _pid: int, _channel: str, payload: str) -> None:
            received(payload)

        with translated():
            async with self._engine.connect() as connection:
                raw = await connection.get_raw_connection()
                driver: Any = raw.driver_connection
                try:
                    await driver.add_listener(_CHANNEL, pass_on)
                    while True:
                        await asyncio.sleep(KEEP_ALIVE_S)
                        await driver.execute("SELECT 1")
                finally:
                    # Never reuse it: it may be dead, or still be listening, and the pool cannot
                    # know, because LISTEN goes to the driver directly.
                    await connection.invalidate()

    async def _write(self, f: Callable[[Connection], T]) -> T:
        with translated():
            async with self._engine.begin() as connection:
                return await connection.run_sync(f)


def postgres_engine(address: URL, command_timeout_s: float | None) -> AsyncEngine:
    """A pool of asyncpg connections with this time limit for a statement."""
    return create_async_engine(
        address.set(drivername="postgresql+asyncpg"),
        pool_size=CONNECTIONS,
        max_overflow=0,
        hide_parameters=True,  # errors are logged with their statement, never with citizens' words
        connect_args={
            "timeout": CONNECT_TIMEOUT_S,
            "command_timeout": command_timeout_s,
            "server_settings": _SETTINGS | ({} if command_timeout_s is None else _NO_WORKERS),
        },
    )


def _reading(engine: AsyncEngine) -> AsyncEngine:
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
