"""Pages that are open in another process learn that a reply for them was committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from handlers.errors import StorageUnavailable
from storage.engine.database import Database

ONCE_MORE_S = 5.0
GATHER_S = 0.01  # replies of one moment are told together
AT_MOST = 500  # told together; of more, the rest is dropped and found by the pages' own look


class Notifications:
    """Tells the other processes, and hears them. A word that is lost only delays a reply."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._untold: set[tuple[str, int]] = set()
        self._news = asyncio.Event()
        self.processes = 1  # while there is no other, nothing is told

    def tell(self, page: str, number: int) -> None:
        """Reply ``number`` is there for ``page``, which is not open here."""
        if self.processes > 1 and len(self._untold) < AT_MOST:
            self._untold.add((page, number))
            self._news.set()

    async def run(self, wake: Callable[[str, int], None]) -> None:
        """Tell, and call ``wake`` with what others tell, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._tell())
            tasks.create_task(self._hear(wake))

    async def _tell(self) -> None:
        while True:
            await self._news.wait()
            await asyncio.sleep(GATHER_S)
            self._news.clear()
            told, self._untold = self._untold, set()
            try:
                await self._database.tell_others([f"{page} {number}" for page, number in told])
            except StorageUnavailable:
                await asyncio.sleep(ONCE_MORE_S)

    async def _hear(self, wake: Callable[[str, int], None]) -> None:
        def heard(word: str) -> None:
            page, _, number = word.partition(" ")
            if number.isdecimal():
                wake(page, int(number))

        while True:
            try:
                await self._database.hear_others(heard)
            except StorageUnavailable:
                await asyncio.sleep(ONCE_MORE_S)
