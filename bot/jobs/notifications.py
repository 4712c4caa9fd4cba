"""Tells other processes that a reply was committed for a web chat page open there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from handlers.errors import StorageUnavailable
from storage.engine.database import Database

RETRY_S = 5.0
GATHER_S = 0.01  # so that replies committed together make one notification
MAX_PENDING = 500  # beyond this, notifications are dropped and pages find the reply by polling


class Notifications:
    """Notifies other processes and listens to them. A lost notification only delays a reply."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pending: set[tuple[str, int]] = set()
        self._news = asyncio.Event()
        self.processes = 1  # live processes, this one included; alone it notifies nobody

    def queue(self, page: str, number: int) -> None:
        """Notify of reply ``number`` for ``page``, which is not open in this process."""
        if self.processes > 1 and len(self._pending) < MAX_PENDING:
            self._pending.add((page, number))
            self._news.set()

    async def run(self, wake: Callable[[str, int], None]) -> None:
        """Notify, and call ``wake(page, number)`` for what others notify, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._notify())
            tasks.create_task(self._listen(wake))

    async def _notify(self) -> None:
        while True:
            await self._news.wait()
            await asyncio.sleep(GATHER_S)
            self._news.clear()
            pending, self._pending = self._pending, set()
            try:
                await self._database.notify([f"{page} {number}" for page, number in pending])
            except StorageUnavailable:
                await asyncio.sleep(RETRY_S)

    async def _listen(self, wake: Callable[[str, int], None]) -> None:
        def received(payload: str) -> None:
            page, _, number = payload.partition(" ")
            if number.isdecimal():
                wake(page, int(number))

        while True:
            try:
                await self._database.listen(received)
            except StorageUnavailable:
                await asyncio.sleep(RETRY_S)
