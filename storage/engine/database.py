"""What a database does for the rest of the project: functions run in transactions, and commits."""

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
"""What ``f`` gets: the name by which other packages know it, so that SQLAlchemy stays in here."""

ATTEMPTS = 5


class Database(ABC):
    """One database. ``f`` gets a Connection inside a transaction and must not call outside.

    ``f`` may be run again after a conflict with another process: it keeps nothing but its result.
    It takes some milliseconds at most, as it may run in the event loop's thread: what computes for
    longer reads its rows, computes in a thread of its own, and writes what came of it.
    """

    shards: int
    """Over how many rows a sum is spread, so that several writers do not queue for one."""

    _snapshots: AsyncEngine
    _long_snapshots: AsyncEngine

    async def write(self, f: Callable[[Connection], T]) -> T:
        """Run ``f`` and commit.

        Raises StorageUnavailable: nothing was written, or it is unknown whether it was.
        """
        for attempt in range(ATTEMPTS):
            try:
                return await self._write(f)
            except Conflict:
                # Two processes wrote to the same contact; the other one has finished by now.
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))
        raise StorageUnavailable("otros escriben a la vez una y otra vez")

    async def write_part(self, f: Callable[[Connection], T]) -> T:
        """Write one of many parts of long work: then others have as much time as it took.

        Without it they would have none: a transaction may run in the event loop's thread, and
        nothing else runs between two of the same task. Raises StorageUnavailable.
        """
        began = time.monotonic()
        done = await self.write(f)
        await asyncio.sleep(time.monotonic() - began)
        return done

    async def read(self, f: Callable[[Connection], T], *, long: bool = False) -> T:
        """Run ``f`` on one snapshot, beside the writing; it cannot write.

        ``long``: each of its statements may take minutes. Raises StorageUnavailable.
        """
        with translated():
            async with (self._long_snapshots if long else self._snapshots).connect() as connection:
                return await connection.run_sync(f)

    @abstractmethod
    async def close(self) -> None:
        """Finish what is running and release everything."""

    async def notify(self, payloads: Sequence[str]) -> None:  # noqa: B027  # optional
        """Send short texts to every process that listens on this database.

        Raises StorageUnavailable.
        """

    async def listen(self, received: Callable[[str], None]) -> None:  # noqa: ARG002  # optional
        """Call ``received`` with every text that a process sends, until cancelled.

        What is sent while the connection is down is lost. Raises StorageUnavailable.
        """
        await asyncio.Event().wait()

    @abstractmethod
    async def _write(self, f: Callable[[Connection], T]) -> T: ...
