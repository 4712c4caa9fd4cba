"""One process on a message's way: real intake, delivery and database, scripted channels."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import Connection

from bot.channels.ports import Outgoing, SendOutcome, SendPort, Sent
from bot.config import JOURNAL
from bot.installation import installation_of
from bot.observability.metrics import Metrics
from bot.pipeline.delivery import Delivery
from bot.pipeline.documents import Documents
from bot.pipeline.erasure_journal import ErasureJournal
from bot.pipeline.intake import Intake
from bot.pipeline.pacing import Pace
from bot.pipeline.results import Outbox
from bot.pipeline.sending import PacedChannel
from bot.pipeline.source import BatchContext
from bot.process import LEASE
from handlers.errors import StorageUnavailable
from handlers.messages import Body, Channel, Incoming, Sender, Text
from handlers.release import Release
from storage.contacts.events import former_keys_matter
from storage.engine import leases
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner

T = TypeVar("T")

WEDNESDAY = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
TIMEOUT_S = 30.0


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self, now: datetime = WEDNESDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **time: float) -> None:
        self.now += timedelta(**time)


class FakeChannel:
    """Takes replies as a platform does. ``outcomes``: its next answers; ``Sent`` without any."""

    def __init__(self, name: Channel = Channel.TELEGRAM, *outcomes: SendOutcome) -> None:
        self.name = name
        self.outcomes = deque(outcomes)
        self.tried: list[Outgoing] = []
        self.answers = asyncio.Event()  # cleared: it never answers
        self.answers.set()

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        self.tried.append(outgoing)
        await self.answers.wait()
        if self.outcomes:
            return self.outcomes.popleft()
        return Sent(ref=f"{outgoing.address}-{outgoing.reply.number}")

    def told(self, address: str) -> list[int]:
        """The numbers of the replies to one contact, in the order in which they were tried."""
        return [one.reply.number for one in self.tried if one.address == address]


class BrokenDatabase(Database):
    """Fails, as a full disk would, at the end of the next ``failures`` transactions.

    ``committed``: they are committed all the same, and only the answer to it is lost.
    """

    def __init__(self, inner: Database) -> None:
        self.inner = inner
        self.failures = 0
        self.committed = False

    async def write(self, f: Callable[[Connection], T]) -> T:
        if not self.failures:
            return await self.inner.write(f)
        self.failures -= 1
        if self.committed:
            await self.inner.write(f)
            raise StorageUnavailable("the connection was lost")

        def fail(tx: Connection) -> T:
            f(tx)
            raise StorageUnavailable("the disk is full")

        return await self.inner.write(fail)

    async def read(self, f: Callable[[Connection], T], *, long: bool = False) -> T:
        return await self.inner.read(f, long=long)

    async def close(self) -> None:
        await self.inner.close()

    async def _write(self, f: Callable[[Connection], T]) -> T:
        return await self.inner.write(f)


@dataclass
class OneProcess:
    """One process's intake and delivery, with what tests look at."""

    database: Database
    keyring: Keyring
    clock: Clock
    intake: Intake
    delivery: Delivery
    metrics: Metrics
    owner: str
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _events: int = 0

    async def hears(self, *texts: str, who: str = "1", channel: Channel = Channel.TELEGRAM) -> None:
        """A citizen writes these, one after the other, each committed before the next."""
        for text in texts:
            await self.intake.submit([self.event(text, who=who, channel=channel)])

    async def rests(self) -> None:
        """Until the intake waits for news: no look at the inbox follows what was heard."""
        await until(lambda: bool(self.intake._news._waiters))

    def event(
        self, said: str | Body, *, who: str = "1", channel: Channel = Channel.TELEGRAM, id: str = ""
    ) -> Incoming:
        """One event; each has an id of its own unless one is given."""
        self._events += 1
        return Incoming(
            id=id or f"{self.owner}-{self._events}",
            sender=Sender(channel, "municipality", who),
            body=Text(said) if isinstance(said, str) else said,
            sent_at=self.clock(),
        )

    def starts_late(self) -> None:
        """Run now, where it was opened with ``running=False``."""
        self.starts_intake()
        self.starts_delivery()

    def starts_intake(self) -> None:
        """Commit what is handed in."""
        self._tasks.append(asyncio.create_task(self.intake.run()))

    def starts_delivery(self) -> None:
        """Send what is committed."""
        self._tasks.append(asyncio.create_task(self.delivery.run()))

    async def waits(self, **time: float) -> None:
        """Let the clock go on while this process shows that it is alive, then look at the table."""
        name, lasts = leases.PROCESS + self.owner, LEASE + timedelta(**time)
        await self.database.write(
            lambda tx: leases.acquire(tx, name, self.owner, self.clock(), lasts)
        )
        self.clock.goes_on(**time)
        self.delivery.nudge()

    async def dies(self) -> None:
        """As by SIGKILL: nothing is finished, nothing is noted."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What a second transaction sees."""
        return await self.database.read(
            lambda tx: [tuple(row) for row in tx.exec_driver_sql(statement).fetchall()]
        )

    async def states(self) -> list[object]:
        """The states of all replies, by contact and number."""
        rows = await self.rows("SELECT state FROM outbox ORDER BY contact_id, seq")
        return [row[0] for row in rows]

    async def until_states(self, *expected: str) -> None:
        """Wait until the replies have come to these states."""
        states = await self.states()
        for _ in range(int(TIMEOUT_S / 0.02)):
            if states == list(expected):
                return
            await asyncio.sleep(0.02)
            states = await self.states()
        assert states == list(expected)

    async def until_states_in_any_order(self, *expected: str) -> None:
        """As ``until_states``, where contacts' ids, which are random, decide the order."""
        for _ in range(int(TIMEOUT_S / 0.02)):
            if sorted(map(str, await self.states())) == sorted(expected):
                return
            await asyncio.sleep(0.02)
        assert sorted(map(str, await self.states())) == sorted(expected)

    def counted(self, name: str, channel: Channel = Channel.TELEGRAM) -> float:
        """A counter of /metrics, such as "duplicate"."""
        for line in self.metrics.exposed().decode().splitlines():
            if line.startswith(f'opina_{name}_total{{channel="{channel.value}"}}'):
                return float(line.rpartition(" ")[2])
        return 0.0


@asynccontextmanager
async def opened(
    database: Database,
    keyring: Keyring,
    release: Release,
    channels: Iterable[SendPort],
    *,
    clock: Clock | None = None,
    owner: str = "here",
    running: bool = True,
    journal: Path | None = None,
) -> AsyncIterator[OneProcess]:
    """A process under the name ``owner`` on this database, until the end of the block.

    ``journal``: of erasures; without one, in a folder that goes with the process.
    """
    own = TemporaryDirectory()
    clock = clock or Clock()
    lease = await database.write(
        lambda tx: leases.acquire(tx, leases.PROCESS + owner, owner, clock(), LEASE)
    )
    assert lease is not None
    me, metrics = Owner(owner, lease.epoch), Metrics()
    on = {channel.name: channel for channel in channels}
    delivery = Delivery(
        Outbox(database, keyring, me, clock),
        {channel: PacedChannel(sends, Pace(0)) for channel, sends in on.items()},
        Documents(installation_of(database, keyring, release, clock)).load,
        metrics,
    )
    former = await database.read(partial(former_keys_matter, now=clock()))
    context = BatchContext(
        keyring, release, me, clock, mails=Channel.MAIL in on, former_keys=former
    )
    erasures = ErasureJournal(database, journal or Path(own.name) / JOURNAL)
    intake = Intake(database, context, delivery, metrics, erasures)
    process = OneProcess(database, keyring, clock, intake, delivery, metrics, owner)
    if running:
        process.starts_late()
    try:
        yield process
    finally:
        await process.dies()
        own.cleanup()


async def until(reached: Callable[[], object], timeout_s: float = TIMEOUT_S) -> None:
    """Wait until something is so; a test fails when it never is."""
    for _ in range(int(timeout_s / 0.01)):
        if reached():
            return
        await asyncio.sleep(0.01)
    assert reached()
