"""Replies leave in each contact's order, once; what became of them is never guessed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest
from sqlalchemy import Connection, text

from handlers.facts.own_data import ContactDeparted
from handlers.messages import Announcement, Channel, Reply
from handlers.state import Quoted, Turn
from handlers.text.markup import Alert, Items, Title, plain
from storage import turns
from storage.contacts import contacts
from storage.engine import counters, leases
from storage.engine.database import Database
from storage.engine.keyring import Keyring, packed, unpacked
from storage.engine.leases import Owner
from storage.engine.opening import open_database
from storage.outbox import inbox, outbox, queue_state, results
from storage.outbox.inbox import ForContact
from storage.outbox.outbox import OutboxRow
from storage.tables.columns import OPEN
from storage.turns import RecordContext, TurnTaken
from tests.storage.scene import WEDNESDAY, ZONE, Said, Scene, replies, sender

ANA, LUIS = sender("1"), sender("2")
LATER = WEDNESDAY + timedelta(minutes=1)


async def claimed(scene: Scene, owner: str = "here", at: datetime = LATER) -> list[OutboxRow]:
    return await scene.write(
        lambda tx: outbox.claim(tx, scene.keyring, outbox.SendingProcess(Owner(owner, 1)), at, 100)
    )


async def sent(scene: Scene, *rows: OutboxRow, ref: str = "") -> None:
    marks = [(row, ref and f"{ref}-{row.seq}") for row in rows]
    await scene.write(lambda tx: results.mark_sent(tx, scene.keyring, marks, LATER))


async def states(scene: Scene) -> list[tuple[object, ...]]:
    return await scene.rows("SELECT seq, state FROM outbox ORDER BY contact_id, seq")


def texts(rows: list[OutboxRow]) -> list[str]:
    return [row.reply.text for row in rows]


async def test_replies_of_a_quiet_contact_are_in_hand_at_once(scene: Scene) -> None:
    rows = await scene.take(Said(ANA, replies=replies("uno", "dos")))
    assert texts(rows) == ["uno", "dos"]
    assert all(row.in_hand for row in rows)
    assert rows[0].last_incoming_at == WEDNESDAY
    assert await claimed(scene) == []  # nobody else takes what is in hand


async def test_replies_queue_behind_those_that_are_not_out(scene: Scene) -> None:
    elsewhere = Scene(scene.database, scene.keyring)
    elsewhere.context = replace(scene.context, owner=Owner("there", 1))
    first = await elsewhere.take(Said(ANA, replies=replies("uno")))
    second = await scene.take(Said(ANA, replies=replies("dos", "tres", first=2)))
    assert not any(row.in_hand for row in second)
    assert await claimed(scene) == []
    await sent(scene, *first)
    assert texts(await claimed(scene)) == ["dos"]
    assert await claimed(scene) == []  # the third waits for the second
    assert await states(scene) == [(1, "sent"), (2, "sending"), (3, "due")]


async def test_replies_join_in_hand_those_that_the_same_process_is_sending(scene: Scene) -> None:
    await scene.take(Said(ANA, replies=replies("uno")))
    second = await scene.take(Said(ANA, replies=replies("dos", first=2)))
    assert all(row.in_hand for row in second)
    assert await claimed(scene) == []
    assert await states(scene) == [(1, "sending"), (2, "sending")]


async def test_one_contacts_refusal_holds_up_that_contact_only(scene: Scene) -> None:
    rows = await scene.take(
        Said(ANA, replies=replies("uno", "dos")), Said(LUIS, replies=replies("hola"))
    )
    ana, after, luis = rows
    refused = [(ana, timedelta(seconds=30), "429")]
    await scene.write(lambda tx: results.mark_retry(tx, refused, WEDNESDAY))
    await scene.write(lambda tx: results.release(tx, [after, luis]))
    soon = WEDNESDAY + timedelta(seconds=1)
    assert texts(await claimed(scene, at=soon)) == ["hola"]
    again = await claimed(scene, at=LATER)
    assert texts(again) == ["uno"]
    assert again[0].attempts == 1, "the platform answered: it kills nobody"
    assert not again[0].repeated
    await sent(scene, *again)
    (second,) = await claimed(scene)
    assert second.reply.text == "dos"
    assert second.attempts == 1  # putting it back untried was no attempt


async def test_two_owners_never_hold_the_same_reply(database: Database, keyring: Keyring) -> None:
    scene = Scene(database, keyring)
    many = [Said(sender(str(number)), replies=replies("hola")) for number in range(60)]
    rows = await scene.take(*many)
    await scene.write(lambda tx: results.release(tx, rows))
    taken = await asyncio.gather(
        *(
            scene.write(
                lambda tx, owner=owner: outbox.claim(
                    tx, scene.keyring, outbox.SendingProcess(Owner(owner, 1)), LATER, 9
                )
            )
            for owner in ("a", "b") * 6
        )
    )
    keys = [(row.contact_id, row.seq) for rows in taken for row in rows]
    assert len(keys) == len(set(keys)) == 60


async def test_a_reply_is_claimed_with_what_sending_it_needs(scene: Scene) -> None:
    (asked,) = await scene.take(Said(ANA, replies=[Reply(1, "¿Qué nota le pone?")]))
    await sent(scene, asked, ref="77")
    rows = await scene.take(Said(ANA, replies=[Reply(2, "Gracias", closes=1)]))
    assert rows[0].closes_ref == "77-1"
    await scene.write(lambda tx: results.release(tx, rows))
    (again,) = await claimed(scene)
    assert again.closes_ref == "77-1"
    assert again.last_incoming_at == WEDNESDAY
    where = await scene.read(lambda tx: contacts.addresses(tx, scene.keyring, [again.contact_id]))
    assert where == {again.contact_id: "1"}


async def test_a_process_takes_only_what_it_can_send(scene: Scene) -> None:
    web = sender("3", Channel.WEB)
    rows = await scene.take(Said(ANA, replies=replies("a")), Said(web, replies=replies("b")))
    await scene.write(lambda tx: results.release(tx, rows))
    taken = await scene.write(
        lambda tx: outbox.claim(
            tx,
            scene.keyring,
            outbox.SendingProcess(Owner("here", 1), frozenset({Channel.WEB})),
            LATER,
            9,
        )
    )
    assert texts(taken) == ["b"]
    assert (
        await scene.write(
            lambda tx: outbox.claim(
                tx, scene.keyring, outbox.SendingProcess(Owner("x", 1), frozenset()), LATER, 9
            )
        )
        == []
    )


async def test_a_paused_channel_is_left_alone_until_then(scene: Scene) -> None:
    rows = await scene.take(Said(ANA, replies=replies("a")))
    await scene.write(lambda tx: results.release(tx, rows))
    until = LATER + timedelta(seconds=1)
    await scene.write(lambda tx: outbox.pause(tx, Channel.TELEGRAM, until))
    await scene.write(lambda tx: outbox.pause(tx, Channel.TELEGRAM, WEDNESDAY))  # never shorter
    assert await scene.read(lambda tx: outbox.paused_until(tx, LATER)) == {Channel.TELEGRAM: until}
    assert await claimed(scene) == []
    assert texts(await claimed(scene, at=until)) == ["a"]


async def test_an_unknown_outcome_is_repeated_once_and_counted(scene: Scene) -> None:
    (row,) = await scene.take(Said(ANA, replies=replies("a")))
    await scene.write(lambda tx: results.mark_uncertain(tx, [(row, "timeout")], WEDNESDAY))
    (again,) = await claimed(scene)
    assert again.repeated
    await scene.write(lambda tx: results.mark_uncertain(tx, [(again, "timeout")], WEDNESDAY))
    assert await claimed(scene) == []
    assert await states(scene) == [(1, "failed")]
    assert await scene.read(lambda tx: counters.value(tx, results.UNCERTAIN)) == 2


async def test_replies_of_a_dead_process_are_uncertain(scene: Scene) -> None:
    await scene.take(Said(ANA, replies=replies("a")))
    name = leases.PROCESS + "here"
    lasts = timedelta(seconds=30)
    await scene.write(lambda tx: leases.acquire(tx, name, "here", WEDNESDAY, lasts))
    alive = WEDNESDAY + timedelta(seconds=29)
    assert await scene.write(lambda tx: results.requeue_lost(tx, "other", alive)) == []
    assert await scene.write(lambda tx: results.requeue_lost(tx, "here", LATER)) == []
    lost = await scene.write(lambda tx: results.requeue_lost(tx, "other", LATER))
    assert lost == [(Channel.TELEGRAM, outbox.ReplyState.UNCERTAIN)]
    assert await states(scene) == [(1, "uncertain")]
    (again,) = await claimed(scene, "there")
    assert again.attempts == 2


async def test_a_reply_survives_many_killed_processes_but_not_endlessly(scene: Scene) -> None:
    await scene.take(Said(ANA, replies=replies("a")))
    for attempts in range(2, results.CLAIMS + 1):
        await scene.write(lambda tx: results.requeue_lost(tx, "other", LATER))
        (again,) = await claimed(scene, "another")
        assert again.attempts == attempts
    await scene.write(lambda tx: results.requeue_lost(tx, "other", LATER))
    assert await states(scene) == [(1, "failed")]


async def test_refusals_do_not_use_up_how_often_a_reply_may_be_killed_with(scene: Scene) -> None:
    rows = await scene.take(Said(ANA, replies=replies("a")))
    for _ in range(results.CLAIMS + 1):
        refused = [(row, timedelta(), "429") for row in rows]
        await scene.write(lambda tx, refused=refused: results.mark_retry(tx, refused, WEDNESDAY))
        rows = await claimed(scene)
    await scene.write(lambda tx: results.requeue_lost(tx, "other", LATER))
    assert await states(scene) == [(1, "uncertain")]


async def test_a_process_takes_back_what_it_holds_without_knowing(scene: Scene) -> None:
    ana, eva = await scene.take(
        Said(ANA, replies=replies("a")), Said(sender("3", Channel.WEB), replies=replies("b"))
    )
    holder = ana.owner
    known = {(ana.contact_id, ana.seq)}
    await scene.write(lambda tx: results.release_unknown(tx, Owner("other", 1), set()))
    assert [state for _, state in await states(scene)] == ["sending", "sending"]
    await scene.write(lambda tx: results.release_unknown(tx, holder, known))
    (again,) = await claimed(scene)
    assert (again.contact_id, again.attempts, again.repeated) == (eva.contact_id, 1, False)


async def test_a_late_word_from_a_former_owner_changes_nothing_but_success(scene: Scene) -> None:
    (row,) = await scene.take(Said(ANA, replies=replies("a")))
    await scene.write(lambda tx: results.requeue_lost(tx, "other", LATER))
    await claimed(scene, "there")
    await scene.write(lambda tx: results.mark_failed(tx, [(row, "late")]))
    await scene.write(lambda tx: results.release(tx, [row]))
    await scene.write(lambda tx: results.mark_retry(tx, [(row, timedelta(), "late")], LATER))
    assert await states(scene) == [(1, "sending")]
    await sent(scene, row)
    assert await states(scene) == [(1, "sent")]


async def test_a_sent_text_is_emptied_but_the_page_can_read_its_own_again(scene: Scene) -> None:
    web = sender("3", Channel.WEB)
    rows = await scene.take(
        Said(ANA, replies=replies("secreto")), Said(web, replies=replies("uno", "dos"))
    )
    await sent(scene, *rows)
    assert await scene.rows("SELECT length(payload) FROM outbox WHERE channel <> 'web'") == [(0,)]
    page = await scene.contact(web)
    after = await scene.read(lambda tx: outbox.replies_after(tx, scene.keyring, page.id, 1))
    assert [reply.text for reply in after] == ["dos"]
    assert (
        len(await scene.read(lambda tx: outbox.replies_after(tx, scene.keyring, page.id, 0))) == 2
    )


async def test_failed_replies_let_the_next_one_go(scene: Scene) -> None:
    rows = await scene.take(Said(ANA, replies=replies("a", "b")))
    await scene.write(lambda tx: results.mark_failed(tx, [(rows[0], "400")]))
    await scene.write(lambda tx: results.release(tx, rows[1:]))
    assert texts(await claimed(scene)) == ["b"]
    assert await states(scene) == [(1, "failed"), (2, "sending")]
    assert await scene.rows("SELECT length(payload), code FROM outbox WHERE seq = 1") == [
        (0, "400")
    ]


async def test_a_quote_names_our_message_and_its_case(scene: Scene) -> None:
    phone = sender("56911111111", Channel.WHATSAPP)
    rows = await scene.take(
        Said(ANA, replies=[Reply(1, "caso", about="LS-2026-000001")]),
        Said(phone, replies=replies("x")),
    )
    await sent(scene, *rows, ref="ref")
    ana, other = await scene.contact(ANA), await scene.contact(phone)
    pairs = [(ana, "ref-1"), (other, "ref-1"), (ana, "unknown"), (other, "")]
    found = await scene.read(lambda tx: outbox.quoted(tx, scene.keyring, pairs))
    assert found == {
        (ana.id, "ref-1"): Quoted(1, "LS-2026-000001"),
        (other.id, "ref-1"): Quoted(1, ""),
    }
    stored = await scene.rows("SELECT sent_ref FROM outbox ORDER BY channel")
    assert stored[0] == ("ref-1",)
    assert "ref-1" not in str(stored[1])  # WhatsApp's would hold the phone number


async def test_a_quote_that_comes_before_its_send_is_recorded_names_what_is_in_flight(
    scene: Scene,
) -> None:
    luis = sender("luis")
    rows = await scene.take(
        Said(ANA, replies=[Reply(1, "caso", about="LS-2026-000001")]),
        Said(luis, replies=replies("x", "y")),
    )
    ana, other = await scene.contact(ANA), await scene.contact(luis)
    pairs = [(ana, "ref-1"), (other, "ref-1"), (ana, "")]
    found = await scene.read(lambda tx: outbox.quoted(tx, scene.keyring, pairs))
    assert found == {(ana.id, "ref-1"): Quoted(1, "LS-2026-000001")}, "which of two is not known"
    await sent(scene, *rows, ref="ref")
    found = await scene.read(lambda tx: outbox.quoted(tx, scene.keyring, [(ana, "ref-9")]))
    assert found == {}


async def test_whatsapp_can_say_later_that_a_message_did_not_arrive(scene: Scene) -> None:
    phone = sender("56911111111", Channel.WHATSAPP)
    rows = await scene.take(Said(phone, replies=replies("a")), Said(ANA, replies=replies("b")))
    await sent(scene, *rows, ref="wamid")
    failures = [("wamid-1", "131026"), ("never-heard-of", "1"), ("", "2")]
    await scene.write(lambda tx: results.mark_reported(tx, scene.keyring, failures))
    assert await scene.rows("SELECT channel, state, code FROM outbox ORDER BY channel") == [
        ("telegram", "sent", ""),
        ("whatsapp", "failed", "131026"),
    ]


async def test_a_departed_contact_gets_nothing_until_it_writes(scene: Scene) -> None:
    rows = await scene.take(Said(ANA, replies=replies("uno")))
    await scene.write(lambda tx: results.release(tx, rows))
    await scene.take(Said(ANA, [ContactDeparted()]))
    assert await claimed(scene) == []
    contact = await scene.contact(ANA)
    assert contact.departed
    note = ForContact(contact.id, "digest:1", Announcement("Resumen"))
    await scene.write(lambda tx: inbox.put_inbox(tx, scene.keyring, [note], WEDNESDAY))
    assert await run_inbox(scene) == []
    assert (await scene.contact(ANA)).departed
    back = await scene.take(Said(ANA, replies=replies("hola", first=9)))
    assert texts(back) == ["hola"]
    assert not (await scene.contact(ANA)).departed


async def run_inbox(scene: Scene) -> list[OutboxRow]:
    """Take what is in the inbox as the intake does: one reply each."""

    def take(tx: Connection) -> list[OutboxRow]:
        items = inbox.take_inbox(tx, scene.keyring, 10)
        loaded = contacts.load(tx, scene.keyring, [item.contact for item in items])
        taken = []
        for item in items:
            state = loaded[item.contact.id].conversation
            reply = Reply(state.seq + 1, type(item.incoming.body).__name__)
            turn = Turn(type(state)(seq=state.seq + 1), (reply,))
            taken.append(TurnTaken(loaded[item.contact.id], WEDNESDAY, turn))
        context = RecordContext(0, ZONE, Owner("here", 1), WEDNESDAY)
        return turns.record(tx, scene.keyring, taken, context)

    return await scene.write(take)


@pytest.mark.parametrize("statement", ["claim", "lost", "state"])
async def test_waiting_replies_are_found_by_their_index(sqlite_url: str, statement: str) -> None:
    database = await open_database(sqlite_url)
    sql = {
        "claim": outbox._claiming("sqlite", frozenset(Channel)),
        "lost": f"SELECT 1 FROM outbox WHERE {OPEN} AND state = 'sending'",
        "state": queue_state.REPLIES,
    }[statement]
    values = (1, 1, "a", 1) if statement == "claim" else ()
    plan = await database.read(
        lambda tx: [str(row) for row in tx.exec_driver_sql("EXPLAIN QUERY PLAN " + sql, values)]
    )
    await database.close()
    scans = [line for line in plan if "SCAN o" in line or "SCAN outbox" in line]
    assert all("ix_outbox" in line for line in scans), plan
    assert any("ix_outbox" in line for line in plan), plan


OLD_REPLY = msgspec.msgpack.encode({"number": 1, "text": "¿Le sirvió? 1) Sí 2) No"})


async def test_a_reply_written_before_there_were_marks_is_still_sent(scene: Scene) -> None:
    rows = await scene.take(Said(ANA, replies=replies("uno")))
    payload = packed(scene.keyring, OLD_REPLY, private=False)
    await scene.write(
        lambda tx: tx.execute(text("UPDATE outbox SET payload = :payload"), {"payload": payload})
    )
    await scene.write(lambda tx: results.release(tx, rows))
    (again,) = await claimed(scene)
    assert again.reply == Reply(1, "¿Le sirvió? 1) Sí 2) No")


async def test_marks_are_kept_until_they_are_sent_and_old_versions_read_the_words(
    scene: Scene,
) -> None:
    blocks = (
        Title("Permiso"),
        Items("Necesita", ("Seguro",)),
        Alert("Emergencia", "132", ("132",)),
    )
    card = Reply(1, plain(blocks), blocks=blocks, numbered=2)
    rows = await scene.take(Said(ANA, replies=[card]))
    ((payload,),) = await scene.rows("SELECT payload FROM outbox")
    assert isinstance(payload, bytes)
    assert msgspec.msgpack.decode(unpacked(scene.keyring, payload))["text"] == card.text
    await scene.write(lambda tx: results.release(tx, rows))
    assert [row.reply for row in await claimed(scene)] == [card]
