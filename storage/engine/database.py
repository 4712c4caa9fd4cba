"""The interface of a database: runs functions in transactions, and is all that commits."""

from __future__ import annotations

import asyncio
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.errors import StorageUnavailable
from storage.engine.failures import Conflict, translated

T = TypeVar("T")

Transaction = Connection
"""What ``f`` is called with; other packages use this name, so that they need no SQLAlchemy."""

ATTEMPTS = 5


class Database(ABC):
    """One database. ``f`` runs inside a transaction and makes no outside calls.

    ``f`` may run again after a conflict with another process, so it has no effect but its result.
    It takes a few milliseconds at most, as it may run in the event loop's thread: longer work
    reads its rows, computes in a thread, and writes its result in another transaction.
    """

    shards: int
    """The number of rows over which a sum is spread, so that writers do not wait for each other."""

    _snapshots: AsyncEngine
    _long_snapshots: AsyncEngine

    async def write(self, f: Callable[[Connection], T]) -> T:
        """Run ``f`` and commit; retry on a conflict.

        Raises StorageUnavailable, if nothing was written or it is unknown whether it was.
        """
        for attempt in range(ATTEMPTS):
            try:
                return await self._write(f)
            except Conflict:
                # Another process wrote to the same contact, and has finished by now.
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))
        raise StorageUnavailable("otros escriben a la vez una y otra vez")

    async def write_part(self, f: Callable[[Connection], T]) -> T:
        """Write one of many parts of long work, then leave others as much time as it took.

        A transaction may run in the event loop's thread; without the pause, one task's parts
        would follow each other with nothing in between. Raises StorageUnavailable.
        """
        began = time.monotonic()
        done = await self.write(f)
        await asyncio.sleep(time.monotonic() - began)
        return done

    async def read(self, f: Callable[[Connection], T], *, long: bool = False) -> T:
        """Run ``f`` on a read-only snapshot, concurrently with writes.

        ``long``: allow its statements minutes instead of seconds. Raises StorageUnavailable.
        """
        with translated():
            async with (self._long_snapshots if long else self._snapshots).connect() as connection:
                return await connection.run_sync(f)

    @abstractmethod
    async def close(self) -> None:
        """Finish what is running and release everything."""

    async def notify(self, payloads: Sequence[str]) -> None:  # noqa: B027  # optional
        """Send short texts to every process that listens on this database, if the database can.

        Raises StorageUnavailable.
        """

    async def listen(self, received: Callable[[str], None]) -> None:  # noqa: ARG002  # optional
        """Call ``received`` with every text sent by ``notify``, until cancelled.

        Texts sent while the connection is down are lost. Raises StorageUnavailable.
        """
        await asyncio.Event().wait()

    @abstractmethod
    async def _write(self, f: Callable[[Connection], T]) -> T: ...
