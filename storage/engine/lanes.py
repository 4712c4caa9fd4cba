"""A part of a database's connections, so that many requests of one kind do not hold up others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine.database import Database

T = TypeVar("T")


class Lane(Database):
    """A database of which at most ``width`` transactions are asked for at once; more wait here.

    Without it, those who come first have every connection, and others wait: the intake behind a
    thousand requests for pages. What takes minutes has connections of its own.
    """

    def __init__(self, database: Database, width: int) -> None:
        self._database = database
        self._turn = asyncio.Semaphore(width)
        self.shards = database.shards

    async def write(self, f: Callable[[Connection], T]) -> T:
        async with self._turn:
            return await self._database.write(f)

    async def read(self, f: Callable[[Connection], T], *, long: bool = False) -> T:
        if long:
            return await self._database.read(f, long=True)
        async with self._turn:
            return await self._database.read(f)

    async def close(self) -> None:
        """Nothing: the database is closed where it was opened."""

    async def _write(self, f: Callable[[Connection], T]) -> T:
        return await self._database._write(f)
