"""What platforms do to us that no other file has: late, out of order, hundreds at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.channels.ports import RetryLater
from bot.pipeline.batch import LATE
from handlers.errors import StorageUnavailable
from handlers.messages import Channel, Incoming, Press
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from tests.bot.one_process import BrokenDatabase, FakeChannel, OneProcess, opened, until

WEEK = timedelta(days=7)


def late(event: Incoming, by: timedelta = WEEK) -> Incoming:
    """The same event, written so long ago."""
    return replace(event, sent_at=event.sent_at - by)


async def answers(process: OneProcess) -> list[tuple[object, ...]]:
    return await process.rows("SELECT kind, value, answered_at FROM answers ORDER BY answered_at")


async def test_what_arrives_after_a_week_is_stored_for_its_day_and_not_answered(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.WHATSAPP)
    async with opened(database, keyring, release, [channel]) as process:
        for text in ("nota", "transito", "3", "espera", "listo"):
            await process.intake.submit([late(process.event(text, channel=Channel.WHATSAPP))])
        ((_, _, at), *_) = await answers(process)
        assert at == (process.clock() - WEEK).timestamp() * 1_000_000
        assert set(await process.states()) == {"stale"}
        assert channel.tried == []
        await process.hears("Hola", channel=Channel.WHATSAPP)
        await until(lambda: len(channel.tried) == 1)
        assert "asistente automático" in channel.tried[0].reply.text, "greeted for the first time"


async def test_an_event_seen_before_changes_nothing_a_week_later(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("nota", "transito")
        grade = process.event("3")
        await process.intake.submit([grade])
        await until(lambda: len(channel.tried) == 3)
        stored = await answers(process)
        process.clock.goes_on(days=7)
        await process.intake.submit([grade])
        assert await answers(process) == stored
        assert process.counted("duplicate") == 1
        assert len(channel.tried) == 3


async def test_a_complaint_that_arrives_late_is_told_its_number(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        for text in ("reclamo", "La luminaria de mi pasaje no prende", "saltar", "sí"):
            await process.intake.submit([late(process.event(text))])
        await until(lambda: len(channel.tried) == 1)
        assert "LS-2026-000001" in channel.tried[0].reply.text


async def test_a_late_event_leaves_no_gap_that_its_successor_could_slip_through(
    database: Database, keyring: Keyring, release: Release
) -> None:
    later = RetryLater(timedelta(seconds=30), code="429")
    channel = FakeChannel(Channel.TELEGRAM, later)
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await process.until_states("retry")
        await process.intake.submit([late(process.event("nota"), LATE)])
        await process.hears("gracias")
        assert await process.states() == ["retry", "due", "due"]
        await process.waits(seconds=31)
        await until(lambda: channel.told("1") == [1, 1, 2, 3])


async def test_a_text_and_a_press_at_once_are_both_taken_in_whichever_order(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        for who, first in (("ana", "press"), ("luis", "text")):
            await process.hears("nota", "transito", who=who)
            await until(lambda who=who: len(channel.told(who)) == 2)
            asked = [one.reply for one in channel.tried if one.address == who][-1]
            key = next(option.key for option in asked.options if option.label.startswith("3"))
            press = process.event(Press(key, asked.number), who=who)
            text = process.event("Esperé dos horas", who=who)
            pair = [press, text] if first == "press" else [text, press]
            await process.intake.submit(pair)
            await process.hears("listo", who=who)
        grades = await process.rows("SELECT value FROM answers WHERE kind = 'grade'")
        assert grades == [("3",), ("3",)]
        assert process.counted("quarantined") == 0


async def test_of_a_delivery_whose_first_part_fails_nothing_later_overtakes_it(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel]) as process:
        said = ["nota", "transito", "5", "Todo bien", "listo"]
        others = [process.event("hola", who=f"{number}") for number in range(252)]
        mine = [process.event(text, who="me") for text in said]
        delivery = [*mine[:4], *others, mine[4]]
        broken.failures = 1
        with pytest.raises(StorageUnavailable):
            await process.intake.submit(delivery)
        assert await process.rows("SELECT count(*) FROM seen_events") == [(0,)]
        await process.intake.submit(delivery)  # as the platform does, when it was not acknowledged
        await until(lambda: len(channel.tried) == len(delivery), timeout_s=60)
        assert await process.rows("SELECT outcome FROM responses") == [("completed",)]


async def test_hundreds_of_events_in_one_delivery_are_all_taken_in_order(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        people = [f"{number}" for number in range(120)]
        events = [
            process.event(text, who=who)
            for text in ("nota", "transito", "5", "Todo bien", "listo")
            for who in people
        ]
        await process.intake.submit(events)  # 600 events
        assert await process.rows("SELECT count(*) FROM answers WHERE kind = 'grade'") == [(120,)]
        assert process.counted("committed") == len(events)
        batches = process.metrics.exposed().decode()
        assert "opina_batch_events_count 3.0" in batches, "256 at the most are one transaction"
        await until(lambda: len(channel.tried) == len(events), timeout_s=60)
        assert all(channel.told(who) == sorted(set(channel.told(who))) for who in people)
