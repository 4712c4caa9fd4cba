"""What /metrics says of the sending: how much waits, since when, and the last digest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from bot.channels.ports import RetryLater
from bot.jobs.quality.digest import Sending, send_digest
from bot.observability.metrics import Metrics, refresh_queue_state
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.outbox.queue_state import QueueState, queue_state
from tests.bot.one_process import WEDNESDAY, BrokenDatabase, Clock, FakeChannel, opened, until
from tests.hired import hired

T = TypeVar("T")


def shown(metrics: Metrics, name: str) -> str:
    lines = metrics.exposed().decode().splitlines()
    (value,) = [line.rpartition(" ")[2] for line in lines if line.startswith(f"opina_{name} ")]
    return value


async def test_what_waits_and_since_when_is_read_from_the_database(
    database: Database, keyring: Keyring, release: Release
) -> None:
    later = RetryLater(timedelta(minutes=5), code="429")
    channel = FakeChannel(Channel.TELEGRAM, later)
    assert await database.read(queue_state) == QueueState(0, None, None)
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await process.until_states("retry")
        due = WEDNESDAY + timedelta(minutes=5)
        assert await database.read(queue_state) == QueueState(1, due, None)
        await process.hears("Hola", who="2")
        await process.until_states_in_any_order("retry", "sent")
        assert await database.read(queue_state) == QueueState(1, due, None)
        await process.waits(minutes=6)
        await process.until_states("sent", "sent")
        assert await database.read(queue_state) == QueueState(0, None, None)


async def test_the_last_digest_is_known_whichever_process_sent_it(
    database: Database, keyring: Keyring, release: Release
) -> None:
    def send(week: str, at: timedelta) -> Sending:
        address = "https://opina.example"
        return Sending(week=IsoWeek.parse(week), now=WEDNESDAY + at, base_url=address)

    long_ago = WEDNESDAY - timedelta(weeks=5)
    async with opened(database, keyring, release, [FakeChannel(Channel.MAIL)]):
        await database.write(lambda tx: hired(tx, keyring, "Ana", "ana@muni.example", "", long_ago))
        for sending in (send("2026-W45", timedelta(0)), send("2026-W46", timedelta(hours=1))):
            assert await send_digest(database, keyring, release, sending)
        await database.write(
            lambda tx: hired(tx, keyring, "Luis", "luis@muni.example", "", WEDNESDAY)
        )
        assert await send_digest(database, keyring, release, send("2026-W45", timedelta(hours=2)))
        last = (await database.read(queue_state)).last_digest_at
        assert last == WEDNESDAY + timedelta(hours=1), "an older week sent afterwards is not last"


async def test_a_database_that_is_away_leaves_nothing_to_show_until_it_is_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.observability.metrics.REFRESH_S", 0.01)

    class Away(BrokenDatabase):
        """Can be read or not."""

        here = False

        async def read(self, f: Callable[[Connection], T], *, long: bool = False) -> T:
            if not self.here:
                raise StorageUnavailable("away")
            return await super().read(f, long=long)

    metrics, away = Metrics(), Away(database)
    task = asyncio.create_task(refresh_queue_state(metrics, away, Clock()))
    await asyncio.sleep(0.05)
    assert shown(metrics, "last_digest_timestamp_seconds") == "NaN", "0 would mean: never"
    away.here = True
    await until(lambda: shown(metrics, "last_digest_timestamp_seconds") == "0.0")
    away.here = False
    await until(lambda: shown(metrics, "open_replies") == "NaN")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_the_oldest_reply_ages_once_it_is_due() -> None:
    metrics = Metrics()
    for minutes, age in ((-5, "0.0"), (0, "0.0"), (2, "120.0")):
        metrics.set_queue_state(
            QueueState(1, WEDNESDAY - timedelta(minutes=minutes), None), WEDNESDAY
        )
        assert shown(metrics, "oldest_due_reply_seconds") == age
    metrics.set_queue_state(QueueState(0, None, WEDNESDAY), WEDNESDAY)
    assert float(shown(metrics, "last_digest_timestamp_seconds")) == WEDNESDAY.timestamp()
