"""Tests of delivery: committed replies reach their contact in order, no matter what is answered."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from functools import partial

import pytest

from bot.channels.ports import (
    Blocked,
    Failed,
    Outgoing,
    RetryLater,
    SendOutcome,
    Stopped,
    Uncertain,
)
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from handlers.release import Release
from storage.contacts import contacts
from storage.engine import counters
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.outbox import results
from tests.bot.one_process import BrokenDatabase, FakeChannel, OneProcess, opened, until

LATER = RetryLater(timedelta(seconds=30), code="429")
EVERYBODY_LATER = RetryLater(timedelta(seconds=30), whole_channel=True, code="429")


async def test_replies_go_out_in_order_and_one_contact_does_not_hold_up_others(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    channel.answers.clear()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola", "nota", "cancelar")
        await until(lambda: channel.told("1") == [1])
        await process.hears("Hola", who="2")
        await until(lambda: channel.told("2") == [1])
        assert channel.told("1") == [1], "the second waits for the first"
        channel.answers.set()
        await process.until_states("sent", "sent", "sent", "sent")
        assert channel.told("1") == [1, 2, 3]


async def test_a_refused_reply_is_sent_later_and_never_overtaken(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, LATER)
    async with opened(database, keyring, release, [channel]) as process:
        await process.intake.submit([process.event("Hola"), process.event("nota")])
        await process.until_states("retry", "due")
        await process.hears("Hola", who="2")
        await until(lambda: channel.told("2") == [1])
        await process.waits(seconds=29)
        await process.hears("gracias", who="2")
        await until(lambda: channel.told("2") == [1, 2])
        assert channel.told("1") == [1]

        await process.waits(seconds=2)
        await until(lambda: channel.told("1") == [1, 1, 2])
        assert process.counted("retried") == 1


async def test_what_joined_a_refused_reply_in_hand_waits_behind_it(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, LATER)
    channel.answers.clear()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await until(lambda: channel.told("1") == [1])
        await process.hears("nota", "cancelar")
        assert await process.states() == ["sending", "sending", "sending"]
        channel.answers.set()
        await process.until_states("retry", "due", "due")
        await process.hears("gracias")
        await process.waits(seconds=31)
        await until(lambda: channel.told("1") == [1, 1, 2, 3, 4])


async def test_what_became_of_replies_is_kept_when_the_turns_transaction_fails(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await until(lambda: channel.told("1") == [1])
        broken.failures = 1
        with contextlib.suppress(StorageUnavailable):  # or it hit the outcome's own transaction
            await process.hears("nota")
        await until(lambda: broken.failures == 0)
        await process.hears("nota")
        await until(lambda: channel.told("1")[:2] == [1, 2])
        await process.until_states(*["sent"] * len(await process.states()))


async def test_a_reply_that_is_always_refused_is_given_up_after_a_day_and_the_next_goes_on(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, *[LATER] * 100)
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        for hour in range(1, 24):
            await until(partial(tried, channel, hour))
            await process.until_states("retry")
            await process.waits(hours=1)
        await until(partial(tried, channel, 24))
        channel.outcomes.clear()
        await process.hears("nota")
        await process.until_states("retry", "due")
        await process.waits(hours=2)
        await process.until_states("failed", "sent")
        assert channel.told("1") == [1] * 24 + [2]
        assert process.counted("failed") == 1


async def test_an_outage_of_hours_loses_no_reply(
    database: Database, keyring: Keyring, release: Release
) -> None:
    away = RetryLater(timedelta(seconds=5), whole_channel=True, code="no-connection")
    channel = FakeChannel(Channel.TELEGRAM, *[away, Stopped("401")] * 50)
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola", "nota")
        for times in range(1, 40):
            await until(partial(tried, channel, times))
            await process.until_states("retry", "due")
            await process.waits(minutes=6)
        await until(partial(tried, channel, 40))
        await process.until_states("retry", "due")
        channel.outcomes.clear()
        await process.waits(minutes=6)
        await process.until_states("sent", "sent")
        assert process.counted("failed") == 0


async def test_a_channel_waits_as_long_as_it_was_told_however_old_the_refused_reply(
    database: Database, keyring: Keyring, release: Release
) -> None:
    told = RetryLater(timedelta(seconds=3), whole_channel=True, code="429")
    channel = FakeChannel(Channel.TELEGRAM, LATER, told)
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await process.until_states("retry")
        await process.waits(minutes=30)
        await until(partial(tried, channel, 2))
        await process.until_states("retry")
        assert process.delivery.is_paused(Channel.TELEGRAM)
        await process.waits(seconds=4)
        await process.hears("Hola", who="2")
        await until(lambda: channel.told("2") == [1])


async def test_what_was_on_its_way_already_does_not_end_a_pause(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, EVERYBODY_LATER)
    channel.answers.clear()
    async with opened(database, keyring, release, [channel]) as process:
        for who in ("1", "2"):
            await process.hears("Hola", who=who)
        await until(partial(tried, channel, 2))
        channel.answers.set()
        await process.until_states_in_any_order("retry", "sent")
        assert process.delivery.is_paused(Channel.TELEGRAM)


async def test_what_a_platform_never_takes_is_given_up_at_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, Failed("400"))
    async with opened(database, keyring, release, [channel]) as process:
        await process.intake.submit([process.event("Hola"), process.event("nota")])
        await process.until_states("failed", "sent")
        assert await process.rows("SELECT code FROM outbox ORDER BY seq") == [("400",), ("",)]


async def test_who_blocked_the_assistant_gets_nothing_until_they_write(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, Blocked("403"))
    async with opened(database, keyring, release, [channel]) as process:
        await process.intake.submit([process.event("Hola"), process.event("nota")])
        await process.until_states("failed", "failed")
        assert channel.told("1") == [1]
        assert await departed(process)

        await process.hears("Hola")
        await until(lambda: channel.told("1") == [1, 3])
        assert not await departed(process)


@pytest.mark.parametrize("second", [None, Uncertain("cut")], ids=["arrives", "uncertain again"])
async def test_an_unknown_outcome_is_repeated_once_and_counted(
    database: Database, keyring: Keyring, release: Release, second: SendOutcome | None
) -> None:
    outcomes = [Uncertain("cut")] + ([second] if second else [])
    channel = FakeChannel(Channel.TELEGRAM, *outcomes)
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await process.until_states("failed" if second else "sent")
        assert channel.told("1") == [1, 1]
        count = await process.database.read(lambda tx: counters.value(tx, results.UNCERTAIN))
        assert count == len(outcomes) == process.counted("uncertain")
        assert process.counted("failed") == (1 if second else 0)


async def test_a_channel_that_raises_is_an_unknown_outcome(
    database: Database, keyring: Keyring, release: Release
) -> None:
    class Raising(FakeChannel):
        async def send(self, outgoing: Outgoing) -> SendOutcome:
            await super().send(outgoing)
            if len(self.tried) == 1:
                raise ValueError("a fault of ours")
            return await super().send(outgoing)

    channel = Raising()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await process.until_states("sent")


@pytest.mark.parametrize("outcome", [Stopped("401"), EVERYBODY_LATER], ids=["stopped", "flooded"])
async def test_a_channel_out_of_order_is_left_alone_for_a_while_and_others_go_on(
    database: Database, keyring: Keyring, release: Release, outcome: SendOutcome
) -> None:
    telegram, whatsapp = FakeChannel(Channel.TELEGRAM, outcome), FakeChannel(Channel.WHATSAPP)
    async with opened(database, keyring, release, [telegram, whatsapp]) as process:
        await process.hears("Hola")
        await process.until_states("retry")
        for who in ("2", "3"):
            await process.hears("Hola", who=who)
        await process.hears("Hola", who="4", channel=Channel.WHATSAPP)
        await until(lambda: whatsapp.told("4") == [1])
        assert len(telegram.tried) == 1, "it said that it takes nothing now"

        await process.waits(minutes=2)
        await process.until_states(*["sent"] * 4)
        assert [telegram.told(who) for who in "123"] == [[1, 1], [1], [1]]


async def test_a_channel_that_works_again_is_reported_as_up(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, Stopped("401"))
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await process.until_states("retry")
        assert 'opina_channel_up{channel="telegram"} 0.0' in process.metrics.exposed().decode()
        await process.waits(minutes=2)
        await process.until_states("sent")
        assert 'opina_channel_up{channel="telegram"} 1.0' in process.metrics.exposed().decode()


async def test_finishing_sends_what_is_in_hand_and_takes_nothing_more(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.intake.submit([process.event("Hola", who=str(i)) for i in range(20)])
        await process.intake.finish()
        await process.delivery.finish(10)
        assert await process.states() == ["sent"] * 20


async def test_what_comes_after_finishing_waits_untried_for_the_next_process(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.delivery.finish(10)
        await process.hears("Hola")
        await process.delivery.finish(10)
        assert await process.states() == ["due"]
        assert channel.tried == []


async def test_finishing_does_not_wait_for_ever_for_a_platform_that_hangs(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    channel.answers.clear()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola", "nota")
        await until(lambda: channel.tried)
        await process.delivery.finish(0.05)
        assert await process.states() == ["sending", "due"], "the second was not tried"


async def test_what_was_sent_is_noted_once_the_database_is_back(
    database: Database, keyring: Keyring, release: Release
) -> None:
    broken, channel = BrokenDatabase(database), FakeChannel()
    channel.answers.clear()
    async with opened(broken, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await until(lambda: channel.tried)
        broken.failures = 1
        channel.answers.set()
        await process.until_states("sent")
        assert broken.failures == 0
        assert channel.told("1") == [1]


async def test_a_reply_to_somebody_who_erased_everything_is_given_up(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [], owner="without-channels") as process:
        await process.hears("Hola")
        await process.until_states("due")
        await process.database.write(
            lambda tx: tx.exec_driver_sql("DELETE FROM contact_addresses").rowcount
        )
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.until_states("failed")
        assert channel.tried == []


def tried(channel: FakeChannel, times: int) -> bool:
    return len(channel.tried) == times


async def departed(process: OneProcess) -> bool:
    """Whether the citizen "1" is known to be gone."""
    sender = process.event("").sender
    contact = await process.database.read(
        lambda tx: contacts.contact_of(tx, process.keyring, sender)
    )
    assert contact is not None
    return contact.departed
