"""Citizens' own words rest nowhere in the clear: not in a state, an inbox nor on their way out."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from msgspec.structs import replace

from handlers.facts.cases import CaseAnswered, CaseExtended, CaseKind, CaseOpened
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import Subject
from handlers.messages import Announcement, CaseAnswer, CaseNotice, Channel, Reply
from handlers.state import Conversation, Draft, FollowUp, Progress
from storage.contacts import conversations
from storage.contacts.contacts import load
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.outbox import inbox, outbox, results
from storage.outbox.inbox import ForContact
from storage.privacy import retention
from storage.tables import metadata
from tests.hired import hired
from tests.storage.scene import WEDNESDAY, Said, Scene, closed, grade, opened, sender, words

MARK = "Xilofono-Marino"
ANA, PAGE = sender("1"), sender("2", Channel.WEB)
NUMBER = "LS-2026-000001"
ONGOING = Progress(1, "atencion", 1, Subject("transito"), "grade", (("grade", "6"),))
HOLDING = Conversation(
    seq=9,
    language="en",
    progress=replace(ONGOING, words=f"{MARK} antes de la nota"),
    paused=(replace(ONGOING, words=f"{MARK} otro día"),),
    follow_up=FollowUp(WEDNESDAY, (f"{MARK} me atendió", MARK)),
    draft=Draft(WEDNESDAY, f"{MARK} me dijo"),
)
LATER = WEDNESDAY + timedelta(minutes=1)


async def leaks(scene: Scene) -> set[str]:
    """Columns in which the mark can be read without the keys."""
    found = set()
    for table in metadata.sorted_tables:
        names = [column.name for column in table.columns]
        for row in await scene.rows(f"SELECT * FROM {table.name}"):
            for name, cell in zip(names, row, strict=True):
                raw = cell if isinstance(cell, bytes) else str(cell).encode()
                if MARK.encode() in raw:
                    found.add(f"{table.name}.{name}")
    return found


async def states(scene: Scene) -> list[bytes]:
    rows = await scene.rows("SELECT state FROM conversations ORDER BY contact_id")
    return [bytes(row[0]) for row in rows]


async def talked(scene: Scene) -> None:
    """Words in every place where a turn can leave them."""
    await scene.write(lambda tx: hired(tx, scene.keyring, "Rosa", "rosa@ejemplo.cl", "", WEDNESDAY))
    facts = [
        opened(1),
        grade(1, 4),
        words(1, f"{MARK} me atendió"),
        closed(1),
        CaseOpened(NUMBER, CaseKind.COMPLAINT, "", f"{MARK} no pasa"),
        CaseExtended(NUMBER, f"ni {MARK} tampoco"),
        CaseAnswered(NUMBER, 0, f"Estimada {MARK}"),
        LookupMade(f"¿dónde vive {MARK}?", LookupResult.NOTHING),
    ]
    said = Reply(1, f"No encontré «{MARK}»", private=True)
    await scene.take(
        Said(ANA, facts, [said, replace(said, number=2)], conversation=HOLDING),
        Said(PAGE, [], [said], conversation=HOLDING),
    )
    contact = await scene.contact(ANA)
    digest = ForContact(contact.id, "digest:1", Announcement(f"Resumen: «{MARK}»", html=MARK))
    await scene.write(lambda tx: inbox.put_inbox(tx, scene.keyring, [digest], WEDNESDAY))


async def test_words_stand_in_no_table_before_nor_after_they_are_sent(scene: Scene) -> None:
    await talked(scene)
    assert await leaks(scene) == {"lookups.query"}  # without a contact, on purpose
    await scene.write(lambda tx: results.requeue_lost(tx, "other", LATER))
    rows = await scene.write(
        lambda tx: outbox.claim(
            tx, scene.keyring, outbox.SendingProcess(Owner("here", 1)), LATER, 9
        )
    )
    assert [MARK in row.reply.text for row in rows] == [True, True]  # each contact's first
    sent = [(row, "") for row in rows]
    await scene.write(lambda tx: results.mark_sent(tx, scene.keyring, sent, LATER))
    page = await scene.contact(PAGE)
    kept = await scene.read(lambda tx: outbox.replies_after(tx, scene.keyring, page.id, 0))
    assert [MARK in reply.text for reply in kept] == [True]  # the page can still read it
    assert await leaks(scene) == {"lookups.query"}


async def test_what_was_encrypted_is_read_back_as_it_was(scene: Scene) -> None:
    await talked(scene)
    assert await scene.conversation(ANA) == HOLDING
    bodies = [item.incoming.body for item in await everything_in_inboxes(scene)]
    assert bodies == [
        CaseNotice(NUMBER, "reclamo", "", f"{MARK} no pasa", own=False),
        CaseAnswer(NUMBER, "", f"Estimada {MARK}"),
        CaseNotice(NUMBER, "reclamo", "", f"ni {MARK} tampoco", added=True, own=False),
        Announcement(f"Resumen: «{MARK}»", html=MARK),
    ]


async def everything_in_inboxes(scene: Scene) -> list[inbox.InboxItem]:
    items: list[inbox.InboxItem] = []
    while taken := await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10)):
        items += taken
    return items


async def test_what_holds_no_words_is_not_encrypted(scene: Scene) -> None:
    await scene.take(
        Said(ANA, replies=[Reply(1, "¿Qué nota le pone?")], conversation=Conversation(topic="nota"))
    )
    (state,) = await states(scene)
    assert b"nota" in state
    ((payload,),) = await scene.rows("SELECT payload FROM outbox")
    assert "¿Qué nota le pone?".encode() in bytes(payload)


async def test_a_conversation_whose_key_is_lost_begins_afresh_with_its_numbers(
    scene: Scene,
) -> None:
    await scene.take(Said(ANA, conversation=HOLDING))
    contact = await scene.contact(ANA)
    loaded = await scene.write(lambda tx: load(tx, Keyring.fresh(), [contact]))
    assert loaded[contact.id].conversation == Conversation(seq=9, language="en", greeted=True)
    assert await scene.read(lambda tx: counters.value(tx, conversations.UNREADABLE)) == 1


async def test_words_that_wait_in_a_conversation_are_forgotten_after_a_month(scene: Scene) -> None:
    free = Conversation(seq=3, progress=ONGOING)
    await scene.take(Said(ANA, conversation=HOLDING), Said(PAGE, conversation=free))
    await swept(scene, timedelta(days=29))
    assert await scene.conversation(ANA) == HOLDING
    assert await swept(scene, timedelta(days=31)) == 1
    assert await scene.conversation(ANA) == Conversation(
        seq=9, language="en", progress=ONGOING, paused=(ONGOING,)
    )
    assert await scene.conversation(PAGE) == free
    assert all(state[:1] == b"\x00" for state in await states(scene))
    assert await swept(scene, timedelta(days=32)) == 0


async def swept(scene: Scene, after: timedelta) -> int:
    return await retention.sweep(scene.database, scene.keyring, WEDNESDAY + after)


async def test_a_conversation_that_goes_on_meanwhile_keeps_its_words(scene: Scene) -> None:
    await scene.take(Said(ANA, conversation=HOLDING))
    before = WEDNESDAY + timedelta(days=1)
    ids = await scene.read(lambda tx: conversations.with_old_words(tx, before))
    assert len(ids) == 1
    scene.context = dataclasses.replace(scene.context, now=before)
    await scene.take(Said(ANA, conversation=HOLDING))
    dropped = await scene.write(
        lambda tx: conversations.drop_old_words(tx, scene.keyring, ids, before)
    )
    assert dropped == 0
    assert await scene.conversation(ANA) == HOLDING


async def test_a_sweep_goes_on_until_all_words_are_forgotten(scene: Scene) -> None:
    people = 2 * retention.DECRYPTED_AT_A_TIME + 1
    await scene.take(
        *(Said(sender(f"p{number}"), conversation=HOLDING) for number in range(people))
    )
    assert await swept(scene, timedelta(days=31)) == people
    assert await leaks(scene) == set()
    assert all(state[:1] == b"\x00" for state in await states(scene))
