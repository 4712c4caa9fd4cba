"""A batch of turns is one transaction: all of it, or nothing, and never twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection

from handlers.facts.union import Fact
from handlers.messages import Announcement, Channel, Reply
from handlers.state import Conversation, Turn
from storage import turns
from storage.contacts.contacts import LoadedContact, load
from storage.contacts.events import note_events
from storage.contacts.needs import next_case_number
from storage.engine import counters
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.outbox import inbox
from storage.outbox.inbox import ForContact, InboxItem
from storage.responses import sums
from storage.turns import TurnTaken
from tests.storage.scene import (
    WEDNESDAY,
    Said,
    Scene,
    closed,
    grade,
    opened,
    replies,
    sender,
    words,
)

ANA, LUIS = sender("1"), sender("2")


async def test_a_repeated_batch_changes_nothing(scene: Scene) -> None:
    async def deliver(id: str, facts: Sequence[Fact]) -> int:
        def take(tx: Connection) -> int:
            event = scene.keyring.event_key(ANA.channel, ANA.account, id)
            if not note_events(tx, [event], WEDNESDAY):
                return 0
            return len(scene.take_in(tx, Said(ANA, facts, replies("Gracias"))))

        return await scene.write(take)

    facts: list[Fact] = [opened(1), grade(1, 6), words(1, "Bien"), closed(1)]
    assert await deliver("7", facts) == 1
    before = await everything(scene)
    assert await deliver("7", facts) == 0
    assert await everything(scene) == before


async def everything(scene: Scene) -> list[list[tuple[object, ...]]]:
    tables = ("contacts", "conversations", "responses", "answers", "weekly_sums", "outbox")
    return [await scene.rows(f"SELECT * FROM {table}") for table in tables]


async def test_a_batch_that_fails_half_way_leaves_nothing(scene: Scene) -> None:
    def take(tx: Connection) -> None:
        scene.take_in(tx, Said(ANA, [opened(1), grade(1, 6)], replies("Gracias")))
        raise RuntimeError("the process ends here")

    with pytest.raises(RuntimeError):
        await scene.write(take)
    assert all(table == [] for table in await everything(scene))


async def test_turns_of_a_batch_build_on_each_other(scene: Scene) -> None:
    rows = await scene.take(
        Said(ANA, [opened(1), grade(1, 4)], replies("uno")),
        Said(LUIS, [opened(2), grade(2, 7)], replies("hola")),
        Said(ANA, [grade(1, 6), words(1, "Mejor de lo que creí")], replies("dos", first=2)),
    )
    assert [(row.seq, row.in_hand) for row in rows] == [(1, True), (1, True), (2, True)]
    assert (await scene.conversation(ANA)).seq == 2
    assert await scene.rows("SELECT value FROM answers WHERE kind = 'grade' ORDER BY value") == [
        ("6",),
        ("7",),
    ]
    assert await scene.read(sums.verify) == []


async def test_a_large_batch_of_many_citizens_is_recorded_whole(scene: Scene) -> None:
    said = [
        Said(sender(str(id)), [opened(id), grade(id, 1 + id % 7), closed(id)], replies("Gracias"))
        for id in range(1, 301)
    ]
    assert len(await scene.take(*said)) == 300
    assert await scene.rows("SELECT count(*) FROM answers") == [(300,)]
    assert await scene.read(sums.verify) == []


async def test_an_empty_batch_is_nothing(scene: Scene) -> None:
    assert await scene.take() == []


async def test_case_numbers_are_never_given_twice(database: Database) -> None:
    numbers = await asyncio.gather(
        *(database.write(lambda tx: next_case_number(tx, "LS", 2026)) for _ in range(20))
    )
    assert sorted(numbers) == [f"LS-2026-{number:06d}" for number in range(1, 21)]
    assert await database.write(lambda tx: next_case_number(tx, "LS", 2027)) == ("LS-2027-000001")
    assert await database.read(lambda tx: counters.value(tx, "case:LS:2026")) == 20


async def test_what_others_cause_is_taken_once_and_in_order(scene: Scene) -> None:
    await scene.take(Said(ANA), Said(LUIS))
    ana, luis = await scene.contact(ANA), await scene.contact(LUIS)
    notes = [
        ForContact(ana.id, "first", Announcement("uno")),
        ForContact(luis.id, "other", Announcement("hola")),
        ForContact(ana.id, "second", Announcement("dos")),
        ForContact(ana.id, "first", Announcement("otra vez")),
    ]
    await scene.write(lambda tx: inbox.put_inbox(tx, scene.keyring, notes, WEDNESDAY))
    first = await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10))
    assert {item.incoming.id for item in first} == {"first", "other"}
    assert first[0].incoming.body == Announcement("uno")
    assert first[0].incoming.sent_at == WEDNESDAY
    assert first[0].incoming.sender.channel is Channel.TELEGRAM
    second = await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10))
    assert [item.incoming.id for item in second] == ["second"]
    assert await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10)) == []


async def test_an_inbox_event_stays_when_its_turn_fails(scene: Scene) -> None:
    await scene.take(Said(ANA))
    ana = await scene.contact(ANA)
    note = ForContact(ana.id, "one", Announcement("uno"))
    await scene.write(lambda tx: inbox.put_inbox(tx, scene.keyring, [note], WEDNESDAY))

    def fail(tx: Connection) -> None:
        assert inbox.take_inbox(tx, scene.keyring, 10)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await scene.write(fail)
    assert len(await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10))) == 1


async def test_an_event_for_a_contact_that_is_gone_is_dropped(scene: Scene) -> None:
    note = ForContact(12345, "one", Announcement("uno"))
    await scene.write(lambda tx: inbox.put_inbox(tx, scene.keyring, [note], WEDNESDAY))
    assert await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10)) == []
    assert await scene.rows("SELECT * FROM inbox") == []


@pytest.mark.postgres
async def test_processes_share_the_inbox_without_overtaking(
    postgres_url: str, keyring: Keyring
) -> None:
    processes = [await open_database(postgres_url) for _ in range(2)]
    scenes = [Scene(database, keyring, shard) for shard, database in enumerate(processes)]
    people = [sender(str(number)) for number in range(5)]
    await scenes[0].take(*(Said(one) for one in people))
    ids = [(await scenes[0].contact(one)).id for one in people]
    notes = [
        ForContact(id, f"{number}", Announcement(f"{number:02d}"))
        for number, id in enumerate(ids * 6)
    ]
    await scenes[0].write(lambda tx: inbox.put_inbox(tx, keyring, notes, WEDNESDAY))

    def take(scene: Scene, tx: Connection) -> int:
        items = inbox.take_inbox(tx, scene.keyring, 3)
        loaded = load(tx, scene.keyring, [item.contact for item in items])
        taken = [answered(loaded[item.contact.id], item) for item in items]
        turns.record(tx, keyring, taken, scene.context)
        return len(items)

    async def work(scene: Scene) -> None:
        quiet = 0
        while quiet < 5:
            got = await scene.write(lambda tx: take(scene, tx))
            quiet = 0 if got else quiet + 1

    await asyncio.gather(*(work(scene) for scene in scenes for _ in range(2)))
    states = [(await scenes[0].conversation(one)).topic.split() for one in people]
    assert all(heard == sorted(heard) and len(heard) == 6 for heard in states)
    for database in processes:
        await database.close()


def answered(loaded: LoadedContact, item: InboxItem) -> TurnTaken:
    """A turn that remembers what was heard, in the order in which it was heard."""
    body, before = item.incoming.body, loaded.conversation
    assert isinstance(body, Announcement)
    state = Conversation(seq=before.seq + 1, topic=f"{before.topic} {body.text}".strip())
    return TurnTaken(loaded, WEDNESDAY, Turn(state, (Reply(state.seq, body.text),)))
