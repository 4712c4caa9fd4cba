"""Where the service is killed: each aim waits for its instant, and says whether it came."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

import asyncpg  # type: ignore[import-untyped]
from alembic import command
from sqlalchemy.engine import make_url

from storage import schema
from tests.e2e.service import Service
from tests.fakes.faults import HANGS, HANGS_DELIVERED
from tests.fakes.telegram import FakeTelegram
from tests.fakes.whatsapp import FakeWhatsApp

INSTANT_S = 15.0  # an instant that has not come by then is not waited for
OLD_REVISION = "0001"


@dataclass
class Target:
    """What is killed, and what can be watched to find the instant."""

    service: Service
    telegram: FakeTelegram
    whatsapp: FakeWhatsApp
    database_url: str
    chance: Random
    week: str = ""
    events: asyncio.Event = field(default_factory=asyncio.Event)  # an event is being handed over

    def watch(self) -> None:
        """Notice when a platform hands events over, before they are acknowledged."""
        for fake, name in ((self.whatsapp, "_push"), (self.telegram, "_push")):
            self._before(fake, name)
        self._after(self.telegram, "_poll")

    def _before(self, fake: object, name: str) -> None:
        inner: Callable[..., Awaitable[object]] = getattr(fake, name)

        async def watched(*arguments: object) -> object:
            self.events.set()
            return await inner(*arguments)

        setattr(fake, name, watched)

    def _after(self, fake: object, name: str) -> None:
        inner: Callable[..., Awaitable[object]] = getattr(fake, name)

        async def watched(*arguments: object) -> object:
            given = await inner(*arguments)
            if given:
                self.events.set()
            return given

        setattr(fake, name, watched)


async def while_busy(target: Target) -> None:
    """At any instant of ordinary work."""
    await asyncio.sleep(target.chance.uniform(0.05, 0.9))


async def before_acknowledgement(target: Target) -> None:
    """Some milliseconds after a platform handed an event over: commit or not, no answer yet."""
    target.events.clear()
    async with asyncio.timeout(INSTANT_S):
        await target.events.wait()
    await asyncio.sleep(target.chance.uniform(0, 0.012))


async def while_sending(target: Target) -> None:
    """While a platform has a message and does not answer; it shows it, or it does not."""
    fake = target.chance.choice((target.telegram, target.whatsapp))
    fault = target.chance.choice((HANGS, HANGS_DELIVERED))
    fake.faults.next(fault, times=2)
    try:
        async with asyncio.timeout(INSTANT_S):
            while fake.faults.count() == 2:  # noqa: ASYNC110  # another program's doing
                await asyncio.sleep(0.005)
        await asyncio.sleep(target.chance.uniform(0, 0.2))
    finally:
        fake.faults.clear()


async def during_digest(target: Target) -> None:
    """After a week's digest was put on its way: before, while or after it reaches the staff."""
    await target.service.command("digest", "--week", target.week, "--send")
    await asyncio.sleep(target.chance.uniform(0, 2.3))


async def during_migration(target: Target) -> None:
    """The data's schema is set back, and the process killed while it brings it forward.

    The harness holds the lock under which processes migrate, so that the instant can be aimed at.
    """
    await target.service.kill()
    await _set_back(target.database_url)
    lock = await _hold_lock(target.database_url)
    try:
        pid = await target.service.spawn()
        async with asyncio.timeout(INSTANT_S):
            while not await lock.is_wanted(pid):  # noqa: ASYNC110  # another program's doing
                await asyncio.sleep(0.02)
    finally:
        await lock.release()
    await asyncio.sleep(target.chance.uniform(0, 0.15))


AIMS: dict[str, Callable[[Target], Awaitable[None]]] = {
    "while busy": while_busy,
    "before acknowledgement": before_acknowledgement,
    "while sending": while_sending,
    "during a digest": during_digest,
    "during a migration": during_migration,
}


async def _set_back(url: str) -> None:
    engine = schema._engine(url)
    config = schema._config()

    def set_back(connection: object) -> None:
        config.attributes["connection"] = connection
        command.downgrade(config, OLD_REVISION)

    try:
        async with engine.begin() as connection:
            await connection.run_sync(set_back)
    finally:
        await engine.dispose()


class _SqliteLock:
    """Holds the file so that a process that wants to migrate must wait."""

    def __init__(self, path: str) -> None:
        self._path = os.path.realpath(path)
        self._file = sqlite3.connect(path, isolation_level=None, timeout=30)
        self._file.execute("BEGIN EXCLUSIVE")

    async def is_wanted(self, pid: int) -> bool:
        """Whether the process has opened the file, which it does in order to migrate."""
        try:
            numbers = os.listdir(f"/proc/{pid}/fd")
            links = [os.readlink(f"/proc/{pid}/fd/{number}") for number in numbers]
        except OSError:
            return False
        return self._path in links

    async def release(self) -> None:
        self._file.execute("ROLLBACK")
        self._file.close()


class _PostgresLock:
    """Holds the advisory lock under which processes migrate."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def is_wanted(self, pid: int) -> bool:  # noqa: ARG002
        """Whether somebody waits for it."""
        waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        return bool(await self._connection.fetchval(waits))

    async def release(self) -> None:
        await self._connection.close()


async def _hold_lock(url: str) -> _SqliteLock | _PostgresLock:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _SqliteLock(str(address.database))
    connection = await asyncpg.connect(
        host=address.query["host"], user=address.username, database=address.database
    )
    await connection.execute(f"SELECT pg_advisory_lock({schema._LOCK})")
    return _PostgresLock(connection)
