"""Replies that wait in the table: claimed by one process, wherever they were left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.ports import RetryLater
from bot.pipeline.claiming import CLAIM_SIZE
from bot.process import LEASE
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from handlers.release import Release
from storage.engine import counters
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.outbox import results
from tests.bot.one_process import BrokenDatabase, Clock, FakeChannel, opened, until

EVERYBODY_LATER = RetryLater(timedelta(seconds=30), whole_channel=True, code="429")


async def test_after_a_lost_answer_to_a_commit_replies_go_out_soon_and_in_order(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel], running=False) as process:
        broken.committed, broken.failures = True, 1
        event = process.event("Hola")
        process.starts_intake()
        with pytest.raises(StorageUnavailable):
            await process.intake.submit([event])
        assert await process.states() == ["sending"]
        await process.intake.submit([event])  # the platform tries again: a duplicate by now
        await process.hears("nota")
        process.starts_delivery()
        await process.until_states("sent", "sent")
        assert channel.told("1") == [1, 2]
        assert process.counted("uncertain") == 0


async def test_a_claim_whose_answer_is_lost_is_taken_back_and_sent_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [], owner="without-channels") as process:
        await process.hears("Hola", "nota")
        await process.until_states("due", "due")
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel], running=False) as process:
        broken.committed, broken.failures = True, 1
        process.starts_delivery()
        await process.until_states("sent", "sent")
        assert broken.failures == 0
        assert channel.told("1") == [1, 2]
        assert process.counted("uncertain") == 0


async def test_what_another_process_left_in_the_table_is_sent(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [], owner="without-channels") as process:
        await process.intake.submit([process.event("Hola"), process.event("nota")])
        await process.until_states("due", "due")
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.until_states("sent", "sent")
        assert channel.told("1") == [1, 2]
        assert process.counted("uncertain") == 0


async def test_a_pause_that_one_process_is_told_of_holds_for_all(
    database: Database, keyring: Keyring, release: Release
) -> None:
    clock = Clock()
    refused = FakeChannel(Channel.TELEGRAM, EVERYBODY_LATER)
    other = FakeChannel()
    async with (
        opened(database, keyring, release, [refused], clock=clock, owner="one") as one,
        opened(database, keyring, release, [other], clock=clock, owner="two") as two,
    ):
        await one.hears("Hola")
        await one.until_states("retry")
        await until(lambda: two.delivery.is_paused(Channel.TELEGRAM))
        await two.hears("Hola", who="2")
        await two.until_states_in_any_order("due", "retry")
        assert other.tried == []
        await one.waits(seconds=40)
        await two.waits(seconds=0)
        await until(lambda: sorted(refused.told("1") + other.told("1")) == [1, 1])
        await until(lambda: other.told("2") + refused.told("2") == [1])


async def test_replies_of_a_channel_that_is_off_do_not_stand_in_the_way(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [], owner="without-channels") as process:
        events = [
            process.event("Hola", who=str(i), channel=Channel.MAIL) for i in range(CLAIM_SIZE + 10)
        ]
        await process.intake.submit(events)
        process.clock.goes_on(seconds=1)
        await process.hears("Hola")
        await process.until_states(*["due"] * (CLAIM_SIZE + 11))
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel], clock=process.clock):
        await until(lambda: channel.told("1") == [1])


async def test_what_a_dead_process_was_sending_is_repeated_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    clock, stuck = Clock(), FakeChannel()
    stuck.answers.clear()
    async with opened(database, keyring, release, [stuck], clock=clock, owner="dead") as process:
        await process.hears("Hola", "nota")
        await until(lambda: stuck.told("1") == [1])
        await process.dies()
    assert await process.states() == ["sending", "sending"]

    channel = FakeChannel()
    async with opened(database, keyring, release, [channel], clock=clock, owner="next") as process:
        process.delivery.nudge()
        await process.hears("Hola", who="2")
        await until(lambda: channel.told("2") == [1])
        assert channel.told("1") == [], "its owner may be alive while its lease lasts"
        await process.waits(seconds=LEASE.total_seconds() + 1)
        await until(lambda: channel.told("1") == [1, 2])
        count = await process.database.read(lambda tx: counters.value(tx, results.UNCERTAIN))
        assert count == 2 == process.counted("uncertain"), "both were in hand"
