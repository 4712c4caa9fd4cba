"""Where the service is killed: each aim waits for its instant and says what it found there."""

# Another program's doings can only be looked at again and again.
from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

import asyncpg
from alembic import command
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from storage.engine import schema
from storage.engine.opening import open_database
from tests.fakes.faults import HANGS, HANGS_DELIVERED
from tests.fakes.telegram.citizen import Citizen as TelegramCitizen
from tests.torture.killable import KillableService
from tests.torture.lives import staff_of
from tests.torture.platforms import WatchedTelegram, WatchedWhatsApp

WRITES_S = 2.0  # within so long somebody writes, unless all wait for a reply
INSTANT_S = 60.0  # an instant that has not come by then is not waited for
COMMITTED_S = 8.0  # so long is an event sought that is committed and not acknowledged
OLD_REVISION = "0001"
READERS = 4  # of each digest
AREA = "cementerios"  # of most readers: who has none is told of every complaint
BEFORE = timedelta(days=60)  # so long ago were they there: the last week's digest is due to them


@dataclass
class Target:
    """What is killed, and what can be watched to find the instant."""

    opina: KillableService
    telegram: WatchedTelegram
    whatsapp: WatchedWhatsApp
    chance: Random
    readers: list[list[TelegramCitizen]] = field(default_factory=list)  # of each digest

    @property
    def platforms(self) -> tuple[WatchedTelegram, WatchedWhatsApp]:
        return self.telegram, self.whatsapp


async def while_busy(target: Target, number: int) -> str:
    """At any instant of ordinary work, so it always hits."""
    await asyncio.sleep(target.chance.uniform(0.05, 0.9))
    return "any instant"


async def before_acknowledgement(target: Target, number: int) -> str:
    """Some milliseconds after a platform handed an event over, which is not acknowledged.

    Half the time it has to be committed already: between that and the acknowledgement there is
    less than a millisecond, so the service is stopped again and again until it stands there.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()
    must_be_committed = number % 4 < 2
    platform = target.platforms[number % 2]
    async with asyncio.timeout(INSTANT_S):
        while True:
            await platform.journal.next_handed_over()
            await asyncio.sleep(target.chance.uniform(0, 0.008))
            await target.opina.freeze()
            if any(one.journal.open for one in target.platforms):
                if await target.opina.look(partial(_is_any_noted, target)):
                    return "committed"
                if not must_be_committed or loop.time() - began > COMMITTED_S:
                    return "not committed"
            target.opina.thaw()


async def after_acknowledgement(target: Target, number: int) -> str:
    """As soon as an event is acknowledged, while the platform is still without its reply."""
    platform = target.platforms[number % 2]
    open_s = 0.05
    async with asyncio.timeout(INSTANT_S):
        while not await _acknowledged_behind_the_door(platform):
            open_s *= 2  # a busy machine needs longer until replies have come and somebody writes
            await asyncio.sleep(target.chance.uniform(0, open_s))
    await target.opina.freeze()
    unsent = f"SELECT count(*) FROM outbox WHERE due_at > 0 AND channel = '{platform.channel}'"
    return "reply unsent" if await target.opina.look(lambda tx: _number(tx, unsent)) else ""


async def _acknowledged_behind_the_door(platform: WatchedTelegram | WatchedWhatsApp) -> bool:
    """Shut the door and wait for an acknowledgement; where everybody waits for a reply already,
    none comes, and the door is opened again."""
    platform.door.shut()
    try:
        async with asyncio.timeout(WRITES_S):
            await platform.journal.next_acknowledged()
    except TimeoutError:
        platform.door.open(lost=False)
        return False
    return True


async def while_sending(target: Target, number: int) -> str:
    """While a platform has a message and does not answer; it shows it, or it does not."""
    platform = target.platforms[number % 2]
    fault = HANGS_DELIVERED if number % 4 < 2 else HANGS
    platform.faults.next(fault, times=2)
    async with asyncio.timeout(INSTANT_S):
        while platform.faults.count() == 2:
            await asyncio.sleep(0.005)
    await asyncio.sleep(target.chance.uniform(0, 0.2))
    return "delivered" if fault.delivered else "not delivered"


async def during_digest(target: Target, number: int) -> str:
    """While the service's own schedule sends a digest: it is claimed, or a part of it is out.

    Its readers are new. They are made to look as if they had been there for long, so that the
    last week's digest is due to them when the service is started.
    """
    names = [f"lee{number}-{place}" for place in range(READERS)]
    readers = await staff_of(target.opina, target.telegram, names, AREA)
    target.readers.append(readers)
    await backdate(target.opina.database_url, f"lee{number}-%")
    await target.opina.kill()
    let_in = target.chance.randint(1, READERS - 1) if number % 2 == 0 else 0
    target.telegram.door.shut("/resumen/", let_in)
    pid = await target.opina.spawn()
    async with asyncio.timeout(INSTANT_S):
        await _claims(target.opina.database_url, pid, number)
        while let_in and not target.telegram.door.held:
            await asyncio.sleep(0.002)
    if target.chance.random() < 0.5:  # else what was sent is hardly noted yet
        await asyncio.sleep(target.chance.uniform(0, 0.06))
    await target.opina.freeze()
    claimed = await target.opina.look(lambda tx: _number(tx, _CLAIMED.format(number)))
    got = _got_digest(readers)
    if not claimed or got == READERS:
        return ""
    return "partly sent" if got else "claimed"


async def during_migration(target: Target, number: int) -> str:
    """The data's schema is set back, and the process killed while it brings it forward.

    The harness holds the lock under which processes migrate, so that the instant can be aimed at.
    """
    url = target.opina.database_url
    await target.opina.kill()
    await _set_back(url)
    lock = await _hold_lock(url)
    try:
        pid = await target.opina.spawn()
        async with asyncio.timeout(INSTANT_S):
            while not await lock.is_wanted(pid):
                await asyncio.sleep(0.02)
            await lock.release()
            while not await lock.is_held():
                await asyncio.sleep(0.002)
        await asyncio.sleep(target.chance.uniform(0, lock.lasts_s))
        await target.opina.freeze()
        migrating = await lock.is_held()
    finally:
        await lock.close()
    revision = await schema.current_revision(url)
    return "schema half new" if migrating and revision == OLD_REVISION else ""


AIMS: dict[str, Callable[[Target, int], Awaitable[str]]] = {
    "while busy": while_busy,
    "before acknowledgement": before_acknowledgement,
    "after acknowledgement, before the send": after_acknowledgement,
    "while sending": while_sending,
    "during a digest": during_digest,
    "during a migration": during_migration,
}
"""What waits for an instant, given how often that was aimed at before; returns what it found, in
one word or two, or nothing where it missed."""

KINDS = {
    "before acknowledgement": ("committed", "not committed"),
    "while sending": ("delivered", "not delivered"),
    "during a digest": ("claimed", "partly sent"),
}
"""What an aim may find, where that is not always the same."""


def _is_any_noted(target: Target, tx: Connection) -> bool:
    """Whether any event that is not acknowledged is in the database."""
    keyring = target.opina.keyring
    for platform in target.platforms:
        for event in sorted(platform.journal.open):
            noted = keyring.event_key(platform.channel, platform.account, event).hex()
            literal = f"x'{noted}'" if tx.dialect.name == "sqlite" else f"'\\x{noted}'::bytea"
            if _number(tx, f"SELECT count(*) FROM seen_events WHERE event_hash = {literal}"):
                return True
    return False


_CLAIMED = (
    "SELECT count(*) FROM digest_claims d JOIN staff_contacts t ON t.contact_id = d.contact_id "
    "JOIN staff s ON s.id = t.staff_id WHERE s.name LIKE 'lee{}-%'"
)


async def _claims(url: str, pid: int, number: int) -> None:
    """Wait until the process has claimed the digest of these readers, which it then sends."""
    path = _file_of(url)
    while path and not _has_open(pid, path):  # it is to find its own log first
        await asyncio.sleep(0.005)
    database = await open_database(url)
    try:
        while not await database.read(lambda tx: _number(tx, _CLAIMED.format(number))):
            await asyncio.sleep(0.001)
    finally:
        await database.close()


def _file_of(url: str) -> str:
    """SQLite's file; empty: there is none."""
    address = make_url(url)
    is_file = address.get_backend_name() == "sqlite"
    return os.path.realpath(str(address.database)) if is_file else ""


def _has_open(pid: int, path: str) -> bool:
    try:
        numbers = os.listdir(f"/proc/{pid}/fd")
        return path in [os.readlink(f"/proc/{pid}/fd/{number}") for number in numbers]
    except OSError:
        return False


def _number(tx: Connection, statement: str) -> int:
    return int(tx.exec_driver_sql(statement).scalar() or 0)


def _got_digest(readers: list[TelegramCitizen]) -> int:
    return sum(any("/resumen/" in m.text for m in person.received) for person in readers)


async def backdate(url: str, names: str) -> None:
    """Let staff and their contacts look as if they had been there for long."""
    earlier = f"created_at = created_at - {BEFORE // timedelta(microseconds=1)}"
    of_them = f"SELECT id FROM staff WHERE name LIKE '{names}'"
    database = await open_database(url)

    def write(tx: Connection) -> None:
        for statement in (
            f"UPDATE contacts SET {earlier} WHERE id IN (SELECT contact_id FROM staff_contacts "
            f"WHERE staff_id IN ({of_them}))",
            f"UPDATE staff SET {earlier} WHERE id IN ({of_them})",
        ):
            tx.exec_driver_sql(statement)

    try:
        await database.write(write)
    finally:
        await database.close()


async def _set_back(url: str) -> None:
    config = schema._config()

    def set_back(connection: object) -> None:
        config.attributes["connection"] = connection
        command.downgrade(config, OLD_REVISION)

    await schema._run_exclusively(url, set_back)


class _SqliteLock:
    """Holds the file so that a process that wants to migrate must wait."""

    lasts_s = 0.05  # nearly as long as the migration

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = sqlite3.connect(path, isolation_level=None, timeout=30)
        self._file.execute("BEGIN EXCLUSIVE")
        self._file.execute("PRAGMA busy_timeout = 0")

    async def is_wanted(self, pid: int) -> bool:
        """Whether the process has opened the file, which it does in order to migrate."""
        return _has_open(pid, self._path)

    async def release(self) -> None:
        self._file.execute("ROLLBACK")

    async def is_held(self) -> bool:
        """Whether another process writes."""
        try:
            self._file.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        self._file.execute("ROLLBACK")
        return False

    async def close(self) -> None:
        self._file.close()


class _PostgresLock:
    """Holds the advisory lock under which processes migrate."""

    lasts_s = 0.025  # nearly as long as the migration

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def is_wanted(self, pid: int) -> bool:
        """Whether somebody waits for it."""
        return await self._is_any("NOT granted")

    async def release(self) -> None:
        await self._connection.execute(f"SELECT pg_advisory_unlock({schema._LOCK})")

    async def is_held(self) -> bool:
        """Whether another process has it."""
        return await self._is_any("granted")

    async def close(self) -> None:
        await self._connection.close()

    async def _is_any(self, such: str) -> bool:
        locks = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND {such}"
        return bool(await self._connection.fetchval(locks))


async def _hold_lock(url: str) -> _SqliteLock | _PostgresLock:
    path = _file_of(url)
    if path:
        return _SqliteLock(path)
    address = make_url(url)
    connection = await asyncpg.connect(
        host=address.query["host"], user=address.username, database=address.database
    )
    await connection.execute(f"SELECT pg_advisory_lock({schema._LOCK})")
    return _PostgresLock(connection)
