"""Writes erasures to a journal outside the database before they are acknowledged."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog

from handlers.errors import StorageUnavailable
from storage.engine.database import Database
from storage.files import obstacle_to_writing
from storage.privacy.erasure import write_journal

PATIENCE_S = 2.0  # how long a hanging disk may delay an acknowledgement

log = structlog.get_logger(__name__)


def unwritable_journal(path: Path) -> str:
    """Why the journal cannot be written, in one line for the operator; empty if it can.

    Only a regular file will do: /dev/null would keep nothing, and a restore would bring erased
    contacts back.
    """
    if path.exists() and not path.is_file():
        return f"[database] journal: {path}: no es un archivo; nombre uno, o quite esa clave"
    if obstacle := obstacle_to_writing(path):
        return f"[database] journal: {path}: {obstacle}; elija otra carpeta o dé permiso"
    return ""


class ErasureJournal:
    """One process's writer of the journal; unwritten erasures wait in the database."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self._lock = asyncio.Lock()

    async def write(self) -> int:
        """Write the waiting erasures; return how many. Raises OSError, StorageUnavailable."""
        async with self._lock:
            return await write_journal(self._database, self._path)

    async def write_now(self) -> None:
        """As ``write``, but give up after ``PATIENCE_S`` and only log a failure.

        ``keep_erasure_journal`` writes the rest later, and counts its failures.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.write()
        except (OSError, StorageUnavailable) as error:  # TimeoutError is an OSError
            log.warning("erasures not yet in the journal", reason=type(error).__name__)
