"""Limits how many connections one kind of request may use, so that others are not held up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine.database import Database

T = TypeVar("T")


class Lane(Database):
    """A view of a database that runs at most ``width`` transactions at once; others queue here.

    Without it, the intake would wait for a connection behind a thousand page requests. ``long``
    reads are not limited: they have connections of their own.
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
        """Do nothing: the database is closed by its opener."""

    async def _write(self, f: Callable[[Connection], T]) -> T:
        return await self._database._write(f)
