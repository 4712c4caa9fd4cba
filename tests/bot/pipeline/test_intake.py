"""Tests of the intake: one committed batch, then the acknowledgement; nothing lost or doubled."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace as changed
from sqlalchemy import Connection, text

from bot.pipeline.intake import MAX_WAITING
from handlers.errors import Overloaded, StorageUnavailable
from handlers.facts.lookups import LookupMade
from handlers.messages import Announcement, Channel, Departed, Start
from handlers.release import Release
from handlers.search.index import SearchIndex
from handlers.search.ranking import Ranking
from handlers.text.turn_cache import Cache
from storage import turns
from storage.contacts import contacts, events, needs
from storage.engine import counters
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.outbox import inbox, quarantine
from storage.outbox.inbox import ForContact
from storage.recorded_fact import RecordedFact
from storage.responses.sums import Movements
from tests.bot.one_process import WEDNESDAY, BrokenDatabase, FakeChannel, OneProcess, opened, until

BREAKS = "rompe el buscador"


class FaultyIndex(SearchIndex):
    """Raises for one phrase, as a fault of ours would."""

    def __init__(self, inner: SearchIndex) -> None:
        self._inner = inner

    def rank(self, query: str) -> Ranking:
        if query == BREAKS:
            raise RuntimeError(BREAKS)
        return self._inner.rank(query)

    @property
    def caches_of_texts(self) -> tuple[Cache, ...]:
        return self._inner.caches_of_texts


def faulty(release: Release) -> Release:
    return replace(release, index=FaultyIndex(release.index))


async def test_a_repeated_webhook_changes_nothing(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        event = process.event("Hola")
        await process.intake.submit([event])
        await process.until_states("sent")
        before = await process.rows("SELECT state FROM conversations")

        await process.intake.submit([event])
        await process.intake.submit([event])

        assert await process.states() == ["sent"]
        assert await process.rows("SELECT state FROM conversations") == before
        assert len(channel.tried) == 1
        assert process.counted("duplicate") == 2


async def test_a_repetition_inside_one_batch_is_one_turn(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        event = process.event("Hola")
        await process.intake.submit([event, process.event("nota"), event])
        await process.until_states("sent", "sent")
        assert channel.told("1") == [1, 2]
        assert process.counted("duplicate") == 1


async def test_an_event_taken_before_an_upgrade_is_not_taken_again(
    database: Database, keyring: Keyring, release: Release
) -> None:
    former = keyring.event_hash(Channel.TELEGRAM, "municipality", "7")

    def left(tx: Connection) -> None:
        events.note_events(tx, [former], WEDNESDAY)
        counters.add(tx, {"events-hashed-wholly-until": micros(WEDNESDAY)})

    await database.write(left)
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.intake.submit([process.event("Hola", id="7")])
        await until(lambda: process.counted("duplicate") == 1)
        await process.intake.submit([process.event("Hola", id="8"), process.event("Hola", id="7")])
        await process.intake.submit([process.event("Hola", id="8")])
        await process.until_states("sent")
        await until(lambda: process.counted("duplicate") == 3)


async def test_the_same_id_on_another_channel_is_another_event(
    database: Database, keyring: Keyring, release: Release
) -> None:
    telegram, whatsapp = FakeChannel(), FakeChannel(Channel.WHATSAPP)
    async with opened(database, keyring, release, [telegram, whatsapp]) as process:
        await process.intake.submit(
            [process.event("Hola", id="7"), process.event("Hola", id="7", channel=Channel.WHATSAPP)]
        )
        await process.until_states("sent", "sent")
        assert len(telegram.tried) == len(whatsapp.tried) == 1


async def test_what_waits_together_is_committed_together(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel], running=False) as process:
        submits = [asyncio.create_task(process.hears("Hola", who=str(i))) for i in range(50)]
        await asyncio.sleep(0)
        process.starts_late()
        await asyncio.gather(*submits)
        exposed = process.metrics.exposed().decode()
        assert "opina_batch_events_count 1.0" in exposed
        assert "opina_batch_events_sum 50.0" in exposed


async def test_what_arrives_beside_an_event_is_committed_with_it(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async def arrives(turns_of_the_loop: int) -> None:
        for _ in range(turns_of_the_loop):
            await asyncio.sleep(0)
        await process.hears("Hola", who=str(turns_of_the_loop))

    async with opened(database, keyring, release, [FakeChannel()]) as process:
        await asyncio.gather(*(arrives(count) for count in range(5)))
        exposed = process.metrics.exposed().decode()
        assert "opina_batch_events_count 1.0" in exposed
        assert "opina_batch_events_sum 5.0" in exposed


async def test_a_failed_commit_acknowledges_stores_and_sends_nothing(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel]) as process:
        await process.hears("Hola", who="earlier")
        await process.until_states("sent")
        broken.failures = 10**6
        event = process.event("nota")
        with pytest.raises(StorageUnavailable):
            await process.intake.submit([event])
        assert await process.states() == ["sent"]
        assert await process.rows("SELECT count(*) FROM seen_events") == [(1,)]
        assert channel.told("1") == []

        broken.failures = 0
        await process.intake.submit([event])
        await until(lambda: channel.told("1") == [1])


async def test_a_turn_that_fails_is_quarantined_and_answered_and_its_neighbours_go_on(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, faulty(release), [channel]) as process:
        await process.intake.submit(
            [
                process.event("Hola", who="before"),
                process.event(BREAKS, who="unlucky"),
                process.event("Hola", who="after"),
            ]
        )
        await until(lambda: len(channel.tried) == 3)
        said = {one.address: one.reply.text for one in channel.tried}
        apology = release.wording("es-CL").say("failed")
        assert said["unlucky"] == apology
        assert apology not in (said["before"], said["after"])
        await until(lambda: process.counted("quarantined") == 1)
        (kept,) = await process.database.read(lambda tx: quarantine.oldest(tx, keyring, 10))
        assert (kept.channel, kept.code) == (Channel.TELEGRAM, "step:RuntimeError")
        assert BREAKS.encode() in kept.raw

        await process.hears("Hola", who="unlucky")
        await until(lambda: channel.told("unlucky") == [1, 2])
        assert channel.tried[-1].reply.text != apology


async def test_a_database_that_fails_in_a_turn_is_not_taken_for_the_turns_fault(
    database: Database, keyring: Keyring, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fails(*_: object) -> str:
        raise full

    monkeypatch.setattr(needs, "next_case_number", fails)
    async with opened(database, keyring, release, []) as process:
        with pytest.raises(StorageUnavailable):
            await process.hears("persona")
        assert await process.rows("SELECT count(*) FROM quarantine") == [(0,)]
        assert await process.rows("SELECT count(*) FROM seen_events") == [(0,)]


async def test_a_failed_turn_leaves_a_half_filled_questionnaire_as_it_was(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, faulty(release), [channel]) as process:
        await process.hears("nota", "Tránsito", BREAKS, "6", "listo")
        await until(lambda: len(channel.tried) == 5)
        assert await process.rows("SELECT area, value FROM answers") == [("transito", "6")]


async def test_an_event_that_cannot_even_be_stored_is_quarantined_alone(
    database: Database, keyring: Keyring, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel, record = FakeChannel(), turns.record_answers

    def fails(
        tx: Connection, keyring: Keyring, noted: Sequence[RecordedFact], zone: ZoneInfo
    ) -> Movements:
        if any(isinstance(note.fact, LookupMade) for note in noted):
            raise ValueError("a lookup that cannot be stored")
        return record(tx, keyring, noted, zone)

    monkeypatch.setattr(turns, "record_answers", fails)
    async with opened(database, keyring, release, [channel], running=False) as process:
        submits = [
            asyncio.create_task(process.hears(text, who=who))
            for who, text in (("1", "Hola"), ("2", "permiso de circulación"), ("3", "Hola"))
        ]
        await asyncio.sleep(0)
        process.starts_late()
        await asyncio.gather(*submits)
        await until(lambda: {one.address for one in channel.tried} >= {"1", "3"})
        assert process.counted("quarantined") == 1

        await process.hears("Hola", who="2")
        await until(lambda: channel.told("2"))


async def test_who_somebody_is_does_not_rest_with_what_they_asked(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("cuánta deuda tiene el rut 12.345.678-5, mi fono es 987654321")
        await until(lambda: channel.tried)
        ((query,),) = await process.rows("SELECT query FROM lookups")
        assert query == "cuánta deuda tiene el rut [RUT], mi fono es [teléfono]"


async def test_what_a_channel_could_not_read_is_set_aside_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, []) as process:
        for _ in range(2):
            await process.intake.quarantine(Channel.WHATSAPP, "wamid.1", b"{", "undecodable")
        (kept,) = await process.database.read(lambda tx: quarantine.oldest(tx, keyring, 10))
        assert (kept.raw, kept.code) == (b"{", "undecodable")
        assert kept.raw not in [row[0] for row in await process.rows("SELECT body FROM quarantine")]


async def test_every_contact_is_answered_in_its_own_order(
    database: Database, keyring: Keyring, release: Release
) -> None:
    chance, channel = random.Random(47), FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        waiting = {str(i): ["Hola", "nota", "cancelar", "gracias"] for i in range(30)}
        submits = []
        while waiting:
            who = chance.choice(list(waiting))
            submits.append(asyncio.create_task(process.hears(waiting[who].pop(0), who=who)))
            if not waiting[who]:
                del waiting[who]
            if chance.random() < 0.2:
                await asyncio.sleep(0.001)
        await asyncio.gather(*submits)
        await until(lambda: len(channel.tried) == 120)
        assert all(channel.told(str(i)) == [1, 2, 3, 4] for i in range(30))


async def test_a_full_queue_is_refused_and_what_was_taken_is_kept(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with opened(database, keyring, release, [], running=False) as process:
        many = [process.event(Departed(), who=str(i)) for i in range(MAX_WAITING)]
        taken = asyncio.create_task(process.intake.submit(many))
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await process.hears("Hola")
        process.starts_late()
        await taken
        assert await process.rows("SELECT count(*) FROM seen_events") == [(MAX_WAITING,)]


async def test_stopping_commits_what_was_taken_and_takes_nothing_more(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel], running=False) as process:
        taken = asyncio.create_task(process.hears("Hola"))
        await asyncio.sleep(0)
        finished = asyncio.create_task(process.intake.finish())
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await process.hears("Hola", who="late")
        assert not finished.done()
        process.starts_late()
        await finished
        await taken
        assert await process.rows("SELECT count(*) FROM seen_events") == [(1,)]


async def test_what_others_cause_is_the_recipients_own_turn(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await announce(process, "Resumen listo")
        await until(lambda: channel.told("1") == [1, 2])
        assert channel.tried[-1].reply.text == "Resumen listo"
        assert await process.rows("SELECT count(*) FROM inbox") == [(0,)]


async def test_the_inbox_keeps_what_a_failed_commit_did_not_take(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel, broken = FakeChannel(), BrokenDatabase(database)
    async with opened(broken, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await process.until_states("sent")
        await broken.write(lambda tx: put(tx, process, "Resumen listo"))
        broken.failures = 3
        process.intake.nudge()
        await until(lambda: channel.told("1") == [1, 2])
        assert broken.failures == 0


async def test_an_inbox_event_that_cannot_be_read_is_set_aside_and_blames_nobody_else(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("Hola")
        await process.until_states("sent")
        await database.write(lambda tx: put(tx, process, "Resumen uno"))
        await database.write(lambda tx: tx.execute(text("UPDATE inbox SET body = :b"), {"b": b"x"}))
        await database.write(lambda tx: put(tx, process, "Resumen dos"))
        process.intake.nudge()
        await process.hears("permiso de circulación")
        await until(lambda: len(channel.told("1")) == 3)
        assert [tried.reply.text for tried in channel.tried].count("Resumen dos") == 1
        assert await process.rows("SELECT count(*) FROM inbox") == [(0,)]
        assert await process.rows("SELECT count(*) FROM quarantine") == [(1,)]


async def test_the_language_of_the_platform_is_heard(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.intake.submit([changed(process.event(Start()), language="en")])
        await until(lambda: channel.tried)
        assert "ENGLISH" in channel.tried[0].reply.text


async def announce(process: OneProcess, text: str) -> None:
    await process.database.write(lambda tx: put(tx, process, text))
    process.intake.nudge()


def put(tx: Connection, process: OneProcess, text: str) -> None:
    """Leave an announcement for the citizen "1"."""
    contact = contacts.contact_of(tx, process.keyring, process.event("").sender)
    assert contact is not None
    item = ForContact(contact.id, f"announcement:{text}", Announcement(text))
    inbox.put_inbox(tx, process.keyring, [item], process.clock())
