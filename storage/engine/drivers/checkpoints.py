"""Checkpoints SQLite's write-ahead log in a thread, so that no commit waits for it."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor

EVERY = 1_000  # commits
# If the log exceeds this many pages (32 MB), a commit checkpoints it and it starts over.
MOST_PAGES = 8_000


class Checkpoints:
    """Checkpoints in a thread with its own connection, blocking neither readers nor writers.

    Pages written meanwhile stay in the log until the next checkpoint. A failed checkpoint is
    ignored: the log keeps everything, and the writer will meet the same full or broken disk.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="opina-checkpoint")
        self._connection: sqlite3.Connection | None = None
        self._running: asyncio.Future[None] | None = None
        self._commits = 0

    def note_commit(self) -> None:
        """Count a commit; begin a checkpoint after every ``EVERY``."""
        self._commits += 1
        if self._commits >= EVERY and (self._running is None or self._running.done()):
            self._commits = 0
            loop = asyncio.get_running_loop()
            self._running = loop.run_in_executor(self._thread, self._checkpoint)

    async def close(self) -> None:
        """Wait for a running checkpoint and close the connection."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown()

    def _checkpoint(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self._connection is None:
                self._connection = sqlite3.connect(self._path)
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
