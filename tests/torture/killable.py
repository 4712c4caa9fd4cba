"""The service as the harness treats it: stopped in its tracks, looked at, killed."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.e2e.service import Service, Settings

T = TypeVar("T")

READ_S = 0.05  # by then the fakes have read what a dead process had sent


class KillableService(Service):
    """``after_kill`` is called whenever it was killed. ``ended``: how it ended of itself."""

    def __init__(
        self, folder: Path, settings: Settings, url: str, after_kill: Callable[[], None]
    ) -> None:
        super().__init__(folder, settings)
        self.database_url = url
        self.ended: list[str] = []
        self._after_kill = after_kill

    @property
    def keyring(self) -> Keyring:
        return Keyring.read(self.folder / "var" / "keys.toml")

    async def freeze(self) -> None:
        """SIGSTOP: what it has done by now is seen, and nothing more is done."""
        os.killpg(self.pid, signal.SIGSTOP)
        await asyncio.sleep(READ_S)

    def thaw(self) -> None:
        """Let it go on."""
        os.killpg(self.pid, signal.SIGCONT)

    async def kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is not None:
            self.ended.append(f"the service ended of itself with {process.returncode}")
            return
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        await asyncio.sleep(READ_S)
        self._after_kill()

    async def look(self, read: Callable[[Connection], T]) -> T:
        """Read its database."""
        return await looked(self.database_url, read)


async def looked(url: str, read: Callable[[Connection], T]) -> T:
    """Read a database, and leave nothing open: a killed SQLite is to find its own log."""
    database = await open_database(url)
    try:
        return await database.read(read)
    finally:
        await database.close()
