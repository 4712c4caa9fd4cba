"""A part of a database's connections, so that a crowd at one door holds up nobody at another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine.database import Database

T = TypeVar("T")


class Lane(Database):
    """A database of which at most ``width`` transactions are asked for at once; more wait here.

    Without it, whoever comes first has every connection, and what is behind them waits: the
    intake behind a thousand requests for pages. What takes minutes has connections of its own.
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
        """Nothing: whoever opened the database closes it."""

    async def _write(self, f: Callable[[Connection], T]) -> T:
        return await self._database._write(f)
