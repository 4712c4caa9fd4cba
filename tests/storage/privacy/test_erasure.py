"""Erasing leaves no identity and no words anywhere; only what the law still asks to be answered."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.facts.cases import CaseAnswered, CaseKind, CaseOpened
from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.own_data import ContactDeparted, DataErased
from handlers.facts.union import Fact
from handlers.messages import Announcement, CaseAnswer, Channel
from handlers.state import Conversation
from storage import turns
from storage.contacts import contacts
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.engine.opening import open_database
from storage.outbox import inbox, quarantine, results
from storage.outbox.inbox import ForContact
from storage.outbox.outbox import OutboxRow
from storage.outbox.quarantine import FailedEvent
from storage.privacy import erasure
from storage.privacy.own_record import my_data
from storage.responses import sums
from storage.tables import metadata
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

MARK = "Xilofono-Marino"
ANA = sender("569-Xilofono-Marino", Channel.WEB, others=("user-Xilofono-Marino",))
LATER = WEDNESDAY + timedelta(minutes=5)


async def a_life(scene: Scene) -> None:
    """Everything that a contact can leave behind, with the mark in all of it."""
    facts: list[Fact] = [
        opened(1),
        grade(1, 4),
        words(1, f"{MARK} me atendió"),
        closed(1),
        CaseOpened("LS-2026-000001", CaseKind.PERSON, "", f"{MARK} llama"),
        CaseAnswered("LS-2026-000001", 0, f"Estimada {MARK}"),
        LookupMade("permiso", LookupResult.CARD, "permiso", "transito"),
    ]
    state = Conversation(seq=1, topic=f"soy {MARK}")
    rows = await scene.take(Said(ANA, facts, replies(f"Hola {MARK}"), conversation=state))
    await scene.write(lambda tx: results.mark_sent(tx, scene.keyring, [(rows[0], "")], WEDNESDAY))
    contact = await scene.contact(ANA)
    failed = FailedEvent(Channel.WEB, "1", MARK.encode(), "step", contact.id)
    await scene.write(lambda tx: quarantine.add(tx, scene.keyring, failed, WEDNESDAY))


async def leaks(scene: Scene) -> list[str]:
    """Tables in which the mark stands, in the clear or under our own encryption."""
    found = []
    for table in metadata.sorted_tables:
        for row in await scene.rows(f"SELECT * FROM {table.name}"):
            if any(MARK in readable(scene.keyring, cell) for cell in row):
                found.append(table.name)
    return sorted(set(found))


def readable(keyring: Keyring, cell: object) -> str:
    if not isinstance(cell, bytes):
        return str(cell)
    tokens = re.findall(rb"gAAAA[\w=-]+", cell)  # a first byte or more may stand before it
    return b" ".join([cell, *map(keyring.decrypt_bytes, tokens)]).decode(errors="replace")


async def confirm(scene: Scene) -> list[OutboxRow]:
    return await scene.take(Said(ANA, [DataErased()], replies("Borramos sus datos", first=2)))


async def test_erasing_leaves_no_trace_of_who_it_was_and_what_was_said(scene: Scene) -> None:
    await a_life(scene)
    assert await leaks(scene) == [
        "answers",
        "case_notes",
        "cases",
        "contact_addresses",
        "conversations",
        "inbox",
        "outbox",
        "quarantine",
    ]
    await scene.write(
        lambda tx: inbox.take_inbox(tx, scene.keyring, 10)
    )  # the answer to the case is delivered
    contact = await scene.contact(ANA)
    (row,) = await confirm(scene)
    assert await leaks(scene) == ["contact_addresses"]  # until the confirmation is out
    assert await scene.find(ANA) is None
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, LATER)) == 0
    await scene.write(lambda tx: results.mark_sent(tx, scene.keyring, [(row, "")], LATER))
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, LATER)) == 1
    assert await leaks(scene) == []
    for table in ("contacts", "contact_aliases", "conversations", "outbox", "quarantine"):
        assert await scene.rows(f"SELECT * FROM {table}") == []
    for name in sorted({*metadata.tables} - {"erasures_pending"}):
        cells = await scene.rows(f"SELECT * FROM {name}")
        assert contact.id not in [cell for row in cells for cell in row], name


async def test_grades_stay_without_a_person(scene: Scene) -> None:
    await a_life(scene)
    await confirm(scene)
    assert await scene.rows("SELECT contact_id, outcome FROM responses") == [(None, "completed")]
    assert await scene.rows("SELECT grade FROM answers WHERE kind = 'grade'") == [(4,)]
    assert await scene.read(sums.verify) == []


async def test_sqlites_file_does_not_keep_what_was_erased(
    sqlite_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    database = await open_database(sqlite_url)
    scene = Scene(database, keyring)
    await a_life(scene)
    (row,) = await confirm(scene)
    await scene.write(lambda tx: results.mark_sent(tx, keyring, [(row, "")], LATER))
    await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10))
    await scene.write(lambda tx: erasure.finish_erasures(tx, LATER))
    await database.close()  # folds the write-ahead log into the file
    assert os.listdir(tmp_path) == ["opina.db"]
    assert MARK.encode() not in Path(tmp_path, "opina.db").read_bytes()


async def test_whoever_writes_again_is_somebody_new(scene: Scene) -> None:
    await a_life(scene)
    before = await scene.contact(ANA)
    await confirm(scene)
    await scene.take(Said(ANA, replies=replies("Hola")))
    after = await scene.contact(ANA)
    assert after.id != before.id
    mine = await scene.read(lambda tx: my_data(tx, scene.keyring, after.id))
    assert mine.responses == ()
    assert mine.comments == ()


async def test_what_is_said_after_the_erasure_in_the_same_batch_stays(scene: Scene) -> None:
    await a_life(scene)
    await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10))
    rows = await scene.take(
        Said(ANA, [words(1, f"más de {MARK}")], replies(f"Anotado, {MARK}", first=2)),
        Said(ANA, [DataErased()], replies("Borramos sus datos", first=3)),
        Said(ANA, [opened(9), grade(9, 7), words(9, "Gracias")], replies("Anotado", first=4)),
    )
    assert [row.seq for row in rows] == [2, 3, 4]
    contact = await scene.contact(ANA)
    mine = await scene.read(lambda tx: my_data(tx, scene.keyring, contact.id))
    assert mine.comments == (("transito", "Gracias"),)
    assert [area for area, _, _ in mine.responses] == ["transito"]
    assert await leaks(scene) == ["contact_addresses"]  # the contact goes on
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, LATER)) == 0
    assert await scene.read(sums.verify) == []


async def test_an_unsent_confirmation_keeps_the_address_for_a_day_at_most(scene: Scene) -> None:
    await scene.take(Said(ANA))
    (row,) = await confirm(scene)
    soon, late = WEDNESDAY + timedelta(hours=21), WEDNESDAY + timedelta(hours=23)
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, soon)) == 0
    held = await scene.read(lambda tx: contacts.addresses(tx, scene.keyring, [row.contact_id]))
    assert held == {row.contact_id: ANA.address}
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, late)) == 1
    assert await scene.rows("SELECT * FROM contact_addresses") == []
    assert await scene.rows("SELECT * FROM outbox") == []


async def test_an_open_case_is_still_answered_and_only_then_all_goes(scene: Scene) -> None:
    number = "LS-2026-000002"
    await scene.take(Said(ANA, [CaseOpened(number, CaseKind.COMPLAINT, "", f"{MARK} reclama")]))
    (row,) = await confirm(scene)
    await scene.write(lambda tx: results.mark_sent(tx, scene.keyring, [(row, "")], LATER))
    month = WEDNESDAY + timedelta(days=28)
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, month)) == 0
    assert await leaks(scene) == ["cases", "contact_addresses"]
    assert await scene.find(ANA) is None  # writing again leads to somebody new

    scene.context = turns.RecordContext(0, scene.context.zone, Owner("here", 1), month)
    await scene.take(
        Said(sender("staff"), [CaseAnswered(number, 0, "Se reparó la luminaria")], at=month)
    )
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, month)) == 0
    (item,) = await scene.write(lambda tx: inbox.take_inbox(tx, scene.keyring, 10))
    assert item.incoming.body == CaseAnswer(number, "", "Se reparó la luminaria")
    assert item.contact.erased
    assert await scene.write(lambda tx: len(contacts.load(tx, scene.keyring, [item.contact]))) == 1
    held = await scene.read(lambda tx: contacts.addresses(tx, scene.keyring, [item.contact.id]))
    assert held == {item.contact.id: ANA.address}
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, month)) == 1
    assert await leaks(scene) == []
    assert await scene.rows("SELECT contact_id, text, status FROM cases") == [
        (None, None, "answered")
    ]


async def test_the_journal_gets_every_erasure_once_it_is_committed(
    scene: Scene, tmp_path: Path
) -> None:
    journal = tmp_path / "var" / "erasures.jsonl"
    assert await erasure.write_journal(scene.database, journal) == 0
    assert erasure.read_journal(journal) == []
    await scene.take(Said(ANA))
    contact = await scene.contact(ANA)
    await confirm(scene)
    assert await erasure.write_journal(scene.database, journal) == 1
    assert await erasure.write_journal(scene.database, journal) == 0
    assert erasure.read_journal(journal) == [erasure.Erased(contact.id, WEDNESDAY)]
    assert journal.stat().st_mode & 0o777 == 0o600


async def test_an_erasure_is_not_written_where_nothing_is_kept(
    scene: Scene, tmp_path: Path
) -> None:
    await scene.take(Said(ANA))
    await confirm(scene)
    journal = tmp_path / "erasures.jsonl"
    journal.symlink_to("/dev/null")
    with pytest.raises(OSError, match="no regular file"):
        await erasure.write_journal(scene.database, journal)
    with pytest.raises(OSError, match="no regular file"):
        erasure.read_journal(journal)
    journal.unlink()
    assert await erasure.write_journal(scene.database, journal) == 1


async def test_a_kill_between_commit_and_journal_is_made_good_at_the_next_start(
    scene: Scene, tmp_path: Path
) -> None:
    journal = tmp_path / "erasures.jsonl"
    await scene.take(Said(ANA))
    contact = await scene.contact(ANA)
    await confirm(scene)  # and killed here
    journal.write_bytes(b'{"contact":1,"at":"2026-11-01T00:00:00Z"}\n{"contact":2,"a')  # or here
    assert await erasure.write_journal(scene.database, journal) == 1
    assert [line.contact for line in erasure.read_journal(journal)] == [1, contact.id]


async def test_who_is_erased_once_more_while_the_first_time_waits_is_written_with_the_last_one(
    scene: Scene, tmp_path: Path
) -> None:
    journal = tmp_path / "erasures.jsonl"
    for at in (WEDNESDAY, LATER):
        await scene.write(lambda tx, at=at: erasure.erase(tx, [7], at, with_later_turns=[7]))
    assert await erasure.write_journal(scene.database, journal) == 1
    assert erasure.read_journal(journal) == [erasure.Erased(7, LATER)]


async def test_an_erasure_that_comes_while_another_is_written_down_still_waits(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, append = tmp_path / "erasures.jsonl", erasure._append
    await scene.write(lambda tx: erasure.erase(tx, [7], WEDNESDAY))

    def again_meanwhile(path: Path, lines: Sequence[erasure.Erased]) -> None:
        append(path, lines)
        loop.call_soon_threadsafe(crossing.set)
        erased.wait(5)

    loop, crossing, erased = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
    monkeypatch.setattr(erasure, "_append", again_meanwhile)
    writing = asyncio.create_task(erasure.write_journal(scene.database, journal))
    await crossing.wait()
    await scene.write(lambda tx: erasure.erase(tx, [7], LATER))
    erased.set()
    assert await writing == 1
    monkeypatch.setattr(erasure, "_append", append)
    assert await erasure.write_journal(scene.database, journal) == 1
    assert [line.at for line in erasure.read_journal(journal)] == [WEDNESDAY, LATER]


async def test_erasing_what_is_not_there_is_no_mistake(scene: Scene) -> None:
    await scene.write(lambda tx: erasure.erase(tx, [424242], WEDNESDAY))
    await scene.write(lambda tx: erasure.erase(tx, [424242], LATER))
    assert await scene.rows("SELECT contact_id FROM erasures_pending") == [(424242,)]


async def test_a_departed_contact_is_erased_all_the_same(scene: Scene) -> None:
    await scene.take(Said(ANA, [ContactDeparted()]))
    contact = await scene.contact(ANA)
    note = ForContact(contact.id, "n", Announcement(MARK))
    await scene.write(lambda tx: inbox.put_inbox(tx, scene.keyring, [note], WEDNESDAY))
    await scene.write(lambda tx: erasure.erase(tx, [contact.id], WEDNESDAY))
    day = WEDNESDAY + timedelta(days=2)
    assert await scene.write(lambda tx: erasure.finish_erasures(tx, day)) == 1
    assert await leaks(scene) == []


@pytest.mark.postgres
async def test_a_message_that_crosses_the_erasure_finds_somebody_new(
    postgres_url: str, keyring: Keyring
) -> None:
    processes = [await open_database(postgres_url) for _ in range(2)]
    scenes = [Scene(database, keyring, shard) for shard, database in enumerate(processes)]
    for round in range(8):
        who = sender(f"crossing-{round}")
        await scenes[0].take(Said(who))
        before = await scenes[0].contact(who)
        await asyncio.gather(
            scenes[0].take(Said(who, [DataErased()], replies("Borrado"))),
            scenes[1].take(Said(who, [opened(round + 1)], replies("Hola", first=5))),
        )
        rows = await scenes[0].rows(
            f"SELECT count(*) FROM responses WHERE contact_id = {before.id}"
        )
        assert rows == [(0,)]
    for database in processes:
        await database.close()
