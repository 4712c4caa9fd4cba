"""Contacts are found by what platforms call them, and by nothing that is stored in the clear."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, update

from handlers.messages import Channel, Sender
from handlers.state import Conversation
from storage.contacts import contacts, conversations, events
from storage.contacts.contacts import ContactRow
from storage.engine import counters
from storage.engine.keyring import CLEAR, Keyring
from storage.engine.opening import open_database
from storage.engine.times import micros
from storage.privacy import erasure
from storage.tables import contacts as tables
from tests.storage.engine.test_keyring import FIRST, SECOND, written
from tests.storage.scene import WEDNESDAY, Said, Scene, replies, sender

PHONE = "56911111111"


async def found(scene: Scene, *senders: Sender, keyring: Keyring | None = None) -> list[ContactRow]:
    ring = keyring or scene.keyring
    return await scene.write(lambda tx: contacts.find_contacts(tx, ring, senders, WEDNESDAY))


async def address(scene: Scene, contact: ContactRow, keyring: Keyring | None = None) -> str:
    ring = keyring or scene.keyring
    held = await scene.read(lambda tx: contacts.addresses(tx, ring, [contact.id]))
    return held[contact.id]


async def test_the_same_sender_is_the_same_contact(scene: Scene) -> None:
    ana, luis, again = await found(scene, sender("1"), sender("2"), sender("1"))
    assert ana == again != luis
    assert await found(scene, sender("2"), sender("1")) == [luis, ana]
    assert await address(scene, ana) == "1"


async def test_channels_and_accounts_are_apart(scene: Scene) -> None:
    senders = [
        Sender(Channel.TELEGRAM, "a", "1"),
        Sender(Channel.TELEGRAM, "b", "1"),
        Sender(Channel.WEB, "a", "1"),
    ]
    assert len({contact.id for contact in await found(scene, *senders)}) == 3


async def test_nothing_of_an_address_is_stored_in_the_clear(scene: Scene) -> None:
    await found(scene, sender(PHONE, Channel.WHATSAPP, others=("user-77",)))
    for table in ("contacts", "contact_aliases", "contact_addresses", "conversations"):
        stored = repr(await scene.rows(f"SELECT * FROM {table}"))
        assert PHONE not in stored
        assert "user-77" not in stored


async def test_a_contact_is_found_by_any_of_its_identifiers(scene: Scene) -> None:
    (first,) = await found(scene, sender(PHONE, Channel.WHATSAPP, others=("user-77",)))
    (without,) = await found(scene, sender("user-77", Channel.WHATSAPP))
    (later,) = await found(scene, sender("56922222222", Channel.WHATSAPP, others=("user-77",)))
    assert first == without == later
    assert await address(scene, first) == "56922222222"  # where it writes from now


async def test_two_faces_of_one_new_contact_in_a_batch_are_one(scene: Scene) -> None:
    batch = await found(
        scene,
        sender(PHONE, Channel.WHATSAPP),
        sender(PHONE, Channel.WHATSAPP, others=("user-77",)),
        sender("user-77", Channel.WHATSAPP),
    )
    assert len({contact.id for contact in batch}) == 1
    assert await found(scene, sender("user-77", Channel.WHATSAPP)) == batch[:1]


async def test_a_changed_number_takes_the_contact_over(scene: Scene) -> None:
    (before,) = await found(scene, sender(PHONE, Channel.WHATSAPP, others=("old-id",)))
    moved = sender("56933333333", Channel.WHATSAPP, others=("new-id",), replaces=PHONE)
    (after,) = await found(scene, moved)
    assert after == before
    assert await address(scene, after) == "56933333333"
    (stranger,) = await found(scene, sender(PHONE, Channel.WHATSAPP))  # the number's next owner
    assert stranger.id != before.id
    assert await found(scene, sender("new-id", Channel.WHATSAPP)) == [before]


async def test_a_rotated_key_still_finds_everybody(scene: Scene, tmp_path: Path) -> None:
    old = written(tmp_path / "old.toml", FIRST)
    both = written(tmp_path / "both.toml", SECOND, FIRST)
    new = written(tmp_path / "new.toml", SECOND)
    (before,) = await found(scene, sender(PHONE), keyring=old)
    (during,) = await found(scene, sender(PHONE), keyring=both)
    (after,) = await found(scene, sender(PHONE), keyring=new)  # the old key is gone by now
    assert before == during == after


async def test_looking_somebody_up_writes_nothing(scene: Scene) -> None:
    assert await scene.find(sender("nobody")) is None
    assert await scene.rows("SELECT * FROM contacts") == []


async def test_an_event_is_new_once_only(scene: Scene) -> None:
    one, two = (scene.keyring.event_key(Channel.WEB, "web", id) for id in ("1", "2"))
    first = await scene.write(lambda tx: events.note_events(tx, [one, one], WEDNESDAY))
    second = await scene.write(lambda tx: events.note_events(tx, [two, one], WEDNESDAY))
    assert first == {one}
    assert second == {two}


async def test_events_of_before_an_upgrade_matter_while_they_may_come_again(scene: Scene) -> None:
    def matter(after: timedelta) -> Callable[[Connection], bool]:
        return lambda tx: events.former_keys_matter(tx, WEDNESDAY + after)

    assert not await scene.read(matter(timedelta()))
    noted = {"events-hashed-wholly-until": micros(WEDNESDAY)}
    await scene.write(lambda tx: counters.add(tx, noted))
    assert await scene.read(matter(timedelta(days=7, hours=23)))
    assert not await scene.read(matter(timedelta(days=8, hours=1)))


async def test_an_event_whose_transaction_failed_is_still_new(scene: Scene) -> None:
    event = scene.keyring.event_key(Channel.WEB, "web", "1")

    def fail(tx: Connection) -> None:
        events.note_events(tx, [event], WEDNESDAY)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await scene.write(fail)
    assert await scene.write(lambda tx: events.note_events(tx, [event], WEDNESDAY)) == {event}


async def test_a_contact_loads_as_it_was_recorded(scene: Scene) -> None:
    who = sender("1")
    state = Conversation(seq=7, language="en", greeted=True)
    await scene.take(Said(who, conversation=state))
    contact = await scene.contact(who)
    loaded = (await scene.write(lambda tx: contacts.load(tx, scene.keyring, [contact])))[contact.id]
    assert loaded.conversation == state
    assert loaded.last_incoming_at == WEDNESDAY
    assert loaded.staff is None
    assert loaded.replies_claimed_by is None


async def test_a_conversation_that_cannot_be_read_begins_afresh_with_its_numbers(
    scene: Scene,
) -> None:
    who, other = sender("1"), sender("2")
    await scene.take(Said(who), Said(other, conversation=Conversation(seq=3)))
    state = CLEAR + msgspec.msgpack.encode(
        {"seq": 41, "language": "en", "run": "of another version"}
    )
    contact = await scene.contact(who)
    held = tables.conversations
    spoilt = update(held).where(held.c.contact_id == contact.id).values(state=state)
    await scene.write(lambda tx: tx.execute(spoilt).rowcount)
    assert await scene.conversation(who) == Conversation(seq=41, language="en", greeted=True)
    assert await scene.conversation(other) == Conversation(seq=3)
    assert await scene.read(lambda tx: counters.value(tx, conversations.UNREADABLE)) == 1


async def test_a_late_message_does_not_turn_the_last_incoming_back(scene: Scene) -> None:
    who = sender("1")
    await scene.take(Said(who))
    await scene.take(Said(who, at=WEDNESDAY - timedelta(days=7)))
    contact = await scene.contact(who)
    loaded = (await scene.write(lambda tx: contacts.load(tx, scene.keyring, [contact])))[contact.id]
    assert loaded.last_incoming_at == WEDNESDAY


async def test_loading_a_contact_that_was_erased_meanwhile_starts_again(scene: Scene) -> None:
    who = sender("1")
    await scene.take(Said(who))
    contact = await scene.contact(who)
    await scene.write(lambda tx: erasure.erase(tx, [contact.id], WEDNESDAY))
    tries = []

    def load(tx: Connection) -> ContactRow:
        tries.append(1)
        if len(tries) == 1:
            contacts.load(tx, scene.keyring, [contact])
        return contacts.find_contacts(tx, scene.keyring, [who], WEDNESDAY)[0]

    assert (await scene.write(load)).id != contact.id
    assert len(tries) == 2


@pytest.mark.postgres
async def test_two_processes_that_meet_a_new_contact_make_one(
    postgres_url: str, keyring: Keyring
) -> None:
    processes = [await open_database(postgres_url) for _ in range(3)]
    scenes = [Scene(database, keyring, shard) for shard, database in enumerate(processes)]
    for round in range(10):
        who = sender(f"new-{round}", Channel.WHATSAPP, others=(f"user-{round}",))
        batches = await asyncio.gather(
            *(found(scene, who, sender(f"other-{round}")) for scene in scenes)
        )
        assert batches[0] == batches[1] == batches[2]
    for database in processes:
        await database.close()


@pytest.mark.postgres
async def test_turns_of_one_contact_follow_each_other_between_processes(
    postgres_url: str, keyring: Keyring
) -> None:
    processes = [await open_database(postgres_url) for _ in range(2)]
    scenes = [Scene(database, keyring, shard) for shard, database in enumerate(processes)]
    who, others = sender("1"), [sender("2"), sender("3")]

    async def say(scene: Scene, first: Sender, second: Sender) -> None:
        def turn(tx: Connection) -> None:
            found = contacts.find_contacts(tx, keyring, [first, second], WEDNESDAY)
            loaded = contacts.load(tx, scene.keyring, found)
            number = loaded[found[0].id].conversation.seq + 1
            other = loaded[found[1].id].conversation.seq + 1
            scene.take_in(
                tx,
                Said(first, replies=replies("x", first=number)),
                Said(second, replies=replies("y", first=other)),
            )

        await scene.write(turn)

    await asyncio.gather(
        *(say(scene, who, other) for scene in scenes for other in others for _ in range(5)),
        *(say(scene, other, who) for scene in scenes for other in others for _ in range(5)),
    )
    # Had two turns read the same state, one would have written over the other's number.
    assert (await scenes[0].conversation(who)).seq == 40
    for database in processes:
        await database.close()
