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
from bot.pipeline.claiming import CLAIMED
from bot.process import LEASE
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from handlers.release import Release
from storage.contacts import contacts
from storage.engine import counters
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.outbox import results
from tests.bot.town import BrokenDatabase, Clock, FakeChannel, Town, opened, until

LATER = RetryLater(timedelta(seconds=30), code="429")
EVERYBODY_LATER = RetryLater(timedelta(seconds=30), whole_channel=True, code="429")


async def test_replies_go_out_in_order_and_one_contact_does_not_hold_up_others(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    channel.answers.clear()
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola", "nota", "cancelar")
        await until(lambda: channel.told("1") == [1])
        await town.hears("Hola", who="2")
        await until(lambda: channel.told("2") == [1])
        assert channel.told("1") == [1], "the second waits for the first"
        channel.answers.set()
        await town.until_states("sent", "sent", "sent", "sent")
        assert channel.told("1") == [1, 2, 3]


async def test_a_refused_reply_is_sent_later_and_never_overtaken(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, LATER)
    async with opened(database, keyring, release, [channel]) as town:
        await town.intake.submit([town.event("Hola"), town.event("nota")])
        await town.until_states("retry", "due")
        await town.hears("Hola", who="2")
        await until(lambda: channel.told("2") == [1])
        await town.waits(seconds=29)
        await town.hears("gracias", who="2")
        await until(lambda: channel.told("2") == [1, 2])
        assert channel.told("1") == [1]

        await town.waits(seconds=2)
        await until(lambda: channel.told("1") == [1, 1, 2])
        assert town.counted("retried") == 1


async def test_what_joined_a_refused_reply_in_hand_waits_behind_it(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, LATER)
    channel.answers.clear()
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola")
        await until(lambda: channel.told("1") == [1])
        await town.hears("nota", "cancelar")
        assert await town.states() == ["sending", "sending", "sending"]
        channel.answers.set()
        await town.until_states("retry", "due", "due")
        await town.hears("gracias")
        await town.waits(seconds=31)
        await until(lambda: channel.told("1") == [1, 1, 2, 3, 4])


async def test_what_became_of_replies_is_kept_when_the_turns_transaction_fails(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel]) as town:
        await town.hears("Hola")
        await until(lambda: channel.told("1") == [1])
        broken.failures = 1
        with contextlib.suppress(StorageUnavailable):  # or it hit the outcome's own transaction
            await town.hears("nota")
        await until(lambda: broken.failures == 0)
        await town.hears("nota")
        await until(lambda: channel.told("1")[:2] == [1, 2])
        await town.until_states(*["sent"] * len(await town.states()))


async def test_a_reply_that_is_always_refused_is_given_up_after_a_day_and_the_next_goes_on(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, *[LATER] * 100)
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola")
        for hour in range(1, 24):
            await until(partial(tried, channel, hour))
            await town.until_states("retry")
            await town.waits(hours=1)
        await until(partial(tried, channel, 24))
        channel.outcomes.clear()
        await town.hears("nota")
        await town.until_states("retry", "due")
        await town.waits(hours=2)
        await town.until_states("failed", "sent")
        assert channel.told("1") == [1] * 24 + [2]
        assert town.counted("failed") == 1


async def test_an_outage_of_hours_loses_no_reply(
    database: Database, keyring: Keyring, release: Release
) -> None:
    away = RetryLater(timedelta(seconds=5), whole_channel=True, code="no-connection")
    channel = FakeChannel(Channel.TELEGRAM, *[away, Stopped("401")] * 50)
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola", "nota")
        for times in range(1, 40):
            await until(partial(tried, channel, times))
            await town.until_states("retry", "due")
            await town.waits(minutes=6)
        await until(partial(tried, channel, 40))
        await town.until_states("retry", "due")
        channel.outcomes.clear()
        await town.waits(minutes=6)
        await town.until_states("sent", "sent")
        assert town.counted("failed") == 0


async def test_a_channel_waits_as_long_as_it_was_told_however_old_the_refused_reply(
    database: Database, keyring: Keyring, release: Release
) -> None:
    told = RetryLater(timedelta(seconds=3), whole_channel=True, code="429")
    channel = FakeChannel(Channel.TELEGRAM, LATER, told)
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola")
        await town.until_states("retry")
        await town.waits(minutes=30)
        await until(partial(tried, channel, 2))
        await town.until_states("retry")
        assert town.delivery.is_paused(Channel.TELEGRAM)
        await town.waits(seconds=4)
        await town.hears("Hola", who="2")
        await until(lambda: channel.told("2") == [1])


async def test_what_was_on_its_way_already_does_not_end_a_pause(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, EVERYBODY_LATER)
    channel.answers.clear()
    async with opened(database, keyring, release, [channel]) as town:
        for who in ("1", "2"):
            await town.hears("Hola", who=who)
        await until(partial(tried, channel, 2))
        channel.answers.set()
        await town.until_states_in_any_order("retry", "sent")
        assert town.delivery.is_paused(Channel.TELEGRAM)


async def test_after_a_lost_answer_to_a_commit_replies_go_out_soon_and_in_order(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel], running=False) as town:
        broken.committed, broken.failures = True, 1
        event = town.event("Hola")
        town.starts_intake()
        with pytest.raises(StorageUnavailable):
            await town.intake.submit([event])
        assert await town.states() == ["sending"]
        await town.intake.submit([event])  # the platform tries again: a duplicate by now
        await town.hears("nota")
        town.starts_delivery()
        await town.until_states("sent", "sent")
        assert channel.told("1") == [1, 2]
        assert town.counted("uncertain") == 0


async def test_a_claim_whose_answer_is_lost_is_taken_back_and_sent_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [], owner="without-channels") as town:
        await town.hears("Hola", "nota")
        await town.until_states("due", "due")
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel], running=False) as town:
        broken.committed, broken.failures = True, 1
        town.starts_delivery()
        await town.until_states("sent", "sent")
        assert broken.failures == 0
        assert channel.told("1") == [1, 2]
        assert town.counted("uncertain") == 0


async def test_what_a_platform_never_takes_is_given_up_at_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, Failed("400"))
    async with opened(database, keyring, release, [channel]) as town:
        await town.intake.submit([town.event("Hola"), town.event("nota")])
        await town.until_states("failed", "sent")
        assert await town.rows("SELECT code FROM outbox ORDER BY seq") == [("400",), ("",)]


async def test_who_blocked_the_assistant_gets_nothing_until_they_write(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, Blocked("403"))
    async with opened(database, keyring, release, [channel]) as town:
        await town.intake.submit([town.event("Hola"), town.event("nota")])
        await town.until_states("failed", "failed")
        assert channel.told("1") == [1]
        assert await departed(town)

        await town.hears("Hola")
        await until(lambda: channel.told("1") == [1, 3])
        assert not await departed(town)


@pytest.mark.parametrize("second", [None, Uncertain("cut")], ids=["arrives", "uncertain again"])
async def test_an_unknown_outcome_is_repeated_once_and_counted(
    database: Database, keyring: Keyring, release: Release, second: SendOutcome | None
) -> None:
    outcomes = [Uncertain("cut")] + ([second] if second else [])
    channel = FakeChannel(Channel.TELEGRAM, *outcomes)
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola")
        await town.until_states("failed" if second else "sent")
        assert channel.told("1") == [1, 1]
        count = await town.database.read(lambda tx: counters.value(tx, results.UNCERTAIN))
        assert count == len(outcomes) == town.counted("uncertain")
        assert town.counted("failed") == (1 if second else 0)


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
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola")
        await town.until_states("sent")


@pytest.mark.parametrize("outcome", [Stopped("401"), EVERYBODY_LATER], ids=["stopped", "flooded"])
async def test_a_channel_out_of_order_is_left_alone_for_a_while_and_others_go_on(
    database: Database, keyring: Keyring, release: Release, outcome: SendOutcome
) -> None:
    telegram, whatsapp = FakeChannel(Channel.TELEGRAM, outcome), FakeChannel(Channel.WHATSAPP)
    async with opened(database, keyring, release, [telegram, whatsapp]) as town:
        await town.hears("Hola")
        await town.until_states("retry")
        for who in ("2", "3"):
            await town.hears("Hola", who=who)
        await town.hears("Hola", who="4", channel=Channel.WHATSAPP)
        await until(lambda: whatsapp.told("4") == [1])
        assert len(telegram.tried) == 1, "it said that it takes nothing now"

        await town.waits(minutes=2)
        await town.until_states(*["sent"] * 4)
        assert [telegram.told(who) for who in "123"] == [[1, 1], [1], [1]]


async def test_a_channel_that_works_again_is_reported_as_up(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM, Stopped("401"))
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola")
        await town.until_states("retry")
        assert 'opina_channel_up{channel="telegram"} 0.0' in town.metrics.exposed().decode()
        await town.waits(minutes=2)
        await town.until_states("sent")
        assert 'opina_channel_up{channel="telegram"} 1.0' in town.metrics.exposed().decode()


async def test_what_another_process_left_in_the_table_is_sent(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [], owner="without-channels") as town:
        await town.intake.submit([town.event("Hola"), town.event("nota")])
        await town.until_states("due", "due")
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as town:
        await town.until_states("sent", "sent")
        assert channel.told("1") == [1, 2]
        assert town.counted("uncertain") == 0


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
    async with opened(database, keyring, release, [], owner="without-channels") as town:
        events = [town.event("Hola", who=str(i), channel=Channel.MAIL) for i in range(CLAIMED + 10)]
        await town.intake.submit(events)
        town.clock.goes_on(seconds=1)
        await town.hears("Hola")
        await town.until_states(*["due"] * (CLAIMED + 11))
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel], clock=town.clock):
        await until(lambda: channel.told("1") == [1])


async def test_what_a_dead_process_was_sending_is_repeated_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    clock, stuck = Clock(), FakeChannel()
    stuck.answers.clear()
    async with opened(database, keyring, release, [stuck], clock=clock, owner="dead") as town:
        await town.hears("Hola", "nota")
        await until(lambda: stuck.told("1") == [1])
        await town.dies()
    assert await town.states() == ["sending", "sending"]

    channel = FakeChannel()
    async with opened(database, keyring, release, [channel], clock=clock, owner="next") as town:
        town.delivery.nudge()
        await town.hears("Hola", who="2")
        await until(lambda: channel.told("2") == [1])
        assert channel.told("1") == [], "its owner may be alive while its lease lasts"
        await town.waits(seconds=LEASE.total_seconds() + 1)
        await until(lambda: channel.told("1") == [1, 2])
        count = await town.database.read(lambda tx: counters.value(tx, results.UNCERTAIN))
        assert count == 2 == town.counted("uncertain"), "both were in hand"


async def test_finishing_sends_what_is_in_hand_and_takes_nothing_more(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as town:
        await town.intake.submit([town.event("Hola", who=str(i)) for i in range(20)])
        await town.intake.finish()
        await town.delivery.finish(10)
        assert await town.states() == ["sent"] * 20


async def test_what_comes_after_finishing_waits_untried_for_the_next_process(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as town:
        await town.delivery.finish(10)
        await town.hears("Hola")
        await town.delivery.finish(10)
        assert await town.states() == ["due"]
        assert channel.tried == []


async def test_finishing_does_not_wait_for_ever_for_a_platform_that_hangs(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    channel.answers.clear()
    async with opened(database, keyring, release, [channel]) as town:
        await town.hears("Hola", "nota")
        await until(lambda: channel.tried)
        await town.delivery.finish(0.05)
        assert await town.states() == ["sending", "due"], "the second was not tried"


async def test_what_was_sent_is_noted_once_the_database_is_back(
    database: Database, keyring: Keyring, release: Release
) -> None:
    broken, channel = BrokenDatabase(database), FakeChannel()
    channel.answers.clear()
    async with opened(broken, keyring, release, [channel]) as town:
        await town.hears("Hola")
        await until(lambda: channel.tried)
        broken.failures = 1
        channel.answers.set()
        await town.until_states("sent")
        assert broken.failures == 0
        assert channel.told("1") == [1]


async def test_a_reply_to_somebody_who_erased_everything_is_given_up(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [], owner="without-channels") as town:
        await town.hears("Hola")
        await town.until_states("due")
        await town.database.write(
            lambda tx: tx.exec_driver_sql("DELETE FROM contact_addresses").rowcount
        )
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as town:
        await town.until_states("failed")
        assert channel.tried == []


def tried(channel: FakeChannel, times: int) -> bool:
    return len(channel.tried) == times


async def departed(town: Town) -> bool:
    """Whether the citizen "1" is known to be gone."""
    sender = town.event("").sender
    contact = await town.database.read(lambda tx: contacts.contact_of(tx, town.keyring, sender))
    assert contact is not None
    return contact.departed
