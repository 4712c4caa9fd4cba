"""Writes down outside the database who was erased, before it is acknowledged."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog

from handlers.errors import StorageUnavailable
from storage.engine.database import Database
from storage.files import obstacle_to_writing
from storage.privacy.erasure import write_journal

PATIENCE_S = 2.0  # how long an acknowledgement waits for a journal whose disk hangs

log = structlog.get_logger(__name__)


def unwritable_journal(path: Path) -> str:
    """What keeps the journal from being written, in one line for the operator; empty: nothing.

    One that is no regular file, such as /dev/null, would keep nothing, and a restore would bring
    back who was erased.
    """
    if path.exists() and not path.is_file():
        return f"[database] journal: {path}: no es un archivo; nombre uno, o quite esa clave"
    if obstacle := obstacle_to_writing(path):
        return f"[database] journal: {path}: {obstacle}; elija otra carpeta o dé permiso"
    return ""


class ErasureJournal:
    """The journal of one process. What it cannot take waits in the database."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self._lock = asyncio.Lock()

    async def write(self) -> int:
        """Write the erasures that wait; returns how many. Raises OSError, StorageUnavailable."""
        async with self._lock:
            return await write_journal(self._database, self._path)

    async def write_now(self) -> None:
        """As ``write``, but gives up after ``PATIENCE_S`` and only logs a failure.

        What is left is written by ``keep_erasure_journal``, which counts failures.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.write()
        except (OSError, StorageUnavailable) as error:  # a timeout is an OSError
            log.warning("erasures not yet in the journal", reason=type(error).__name__)
