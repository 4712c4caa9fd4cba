"""A crowd at one door of a database holds up nobody at another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine.database import Database
from storage.engine.lanes import Lane
from tests.bot.one_process import BrokenDatabase

T = TypeVar("T")


class Narrow(BrokenDatabase):
    """Three connections, of which each is kept until ``done`` is set."""

    def __init__(self, inner: Database) -> None:
        super().__init__(inner)
        self.connections = asyncio.Semaphore(3)
        self.done = asyncio.Event()
        self.busy = self.most = 0
        self.shards = inner.shards

    async def write(self, f: Callable[[Connection], T]) -> T:
        async with self.connections:
            self.busy += 1
            self.most = max(self.most, self.busy)
            await self.done.wait()
            self.busy -= 1
            return await self.inner.write(f)

    async def read(
        self,
        f: Callable[[Connection], T],
        *,
        long: bool = False,
    ) -> T:
        return await self.write(f)


def say(value: T) -> Callable[[Connection], T]:
    return lambda _: value


async def test_a_crowd_leaves_connections_to_others_and_is_served_after_all(
    database: Database,
) -> None:
    narrow = Narrow(database)
    lane = Lane(narrow, 2)
    crowd = [asyncio.create_task(ask(say(n))) for n in range(40) for ask in (lane.read, lane.write)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    other = asyncio.create_task(narrow.write(say("first")))
    while narrow.busy < 3:
        await asyncio.sleep(0.001)
    assert narrow.busy == 3
    narrow.done.set()
    assert await other == "first"
    assert await asyncio.gather(*crowd) == [n for n in range(40) for _ in range(2)]
    assert narrow.most == 3


async def test_who_leaves_a_queue_gives_the_place_back(database: Database) -> None:
    narrow = Narrow(database)
    lane = Lane(narrow, 1)
    waiting = [asyncio.create_task(lane.read(say(None))) for _ in range(5)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    narrow.done.set()
    assert await lane.read(say(7)) == 7


async def test_what_takes_minutes_waits_for_no_place_in_a_lane(database: Database) -> None:
    narrow = Narrow(database)
    lane = Lane(narrow, 1)
    held = asyncio.create_task(lane.read(say("short")))
    await asyncio.sleep(0)
    long = asyncio.create_task(lane.read(say("long"), long=True))
    while narrow.busy < 2:
        await asyncio.sleep(0.001)
    narrow.done.set()
    assert (await held, await long) == ("short", "long")
