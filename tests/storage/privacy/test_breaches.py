"""The register of security breaches: whom one affects, who is told once, and what is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import DBAPIError

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.handovers import HandoverOpened
from handlers.facts.own_data import DataErased, Right, RightUsed
from handlers.facts.responses import Subject as About
from handlers.messages import Announcement, Channel, DeskSource
from handlers.privacy.breaches.breach import Breach, BreachMessage
from handlers.privacy.breaches.breach import BreachState as Stands
from handlers.privacy.breaches.steps import (
    BreachScope,
    BreachStep,
    CitizensTold,
    Closed,
    Corrected,
    DataKind,
    Description,
    Event,
    NoteAdded,
    Recorded,
    Reported,
)
from storage.audit import chain
from storage.cases import entering
from storage.cases.entering import DeskEntry
from storage.engine.database import Transaction
from storage.engine.times import micros
from storage.outbox.inbox import take_inbox
from storage.outbox.outbox import ReplyState
from storage.privacy import retention
from storage.privacy.breaches import affected, counts, messages, steps
from storage.privacy.breaches.affected import CHANNELS
from storage.privacy.breaches.messages import MessageProgress, MessageState
from storage.tables.outbox import outbox
from storage.tables.privacy import breach_messages
from tests.storage.scene import WEDNESDAY, ZONE, Said, Scene, grade, opened, replies, sender

RATINGS, CASES, CHATS = DataKind.RATINGS, DataKind.CASES, DataKind.CHATS
CONTACT, REQUESTS = DataKind.CONTACT, DataKind.REQUESTS
EARLIER = WEDNESDAY - timedelta(days=30)
TOLD = Announcement("Se perdió un disco")
PERIODS = retention.Periods(closed_cases=timedelta(days=50))
NUMBER = "V-2026-001"
ANA = sender("ana")


def known(*kinds: DataKind, at: datetime = WEDNESDAY, **scope: Any) -> Description:
    whose = BreachScope(kinds, **scope)
    return Description(at, "Un disco perdido", whose, "Se leen", "Claves", has_risk=True)


TELLING = BreachMessage(2, WEDNESDAY, known(RATINGS))
RECORDED = BreachStep(WEDNESDAY, 1, Recorded(known(RATINGS), WEDNESDAY + timedelta(hours=72), 72))


async def town(scene: Scene) -> None:
    """Citizens who left each kind of data, one who came to a desk, and one who was erased."""
    aseo = About("aseo", "", "")
    case = CaseOpened("LS-2026-000001", CaseKind.COMPLAINT, "aseo", "hoyo", None)
    asked = RightUsed("LS-D-2026-000001", Right.ACCESS, WEDNESDAY, done=True)
    await scene.take(
        Said(ANA, [opened(1), grade(1, 4)]),
        Said(sender("luis", Channel.WEB), [opened(2, aseo), grade(2, 4, aseo)], at=EARLIER),
        Said(sender("eva", Channel.WHATSAPP), [case], at=WEDNESDAY - timedelta(days=3)),
        Said(sender("paz"), [HandoverOpened(5, "mujer", "hola")]),
        Said(sender("teo", Channel.WEB), [asked]),
        Said(sender("sol"), [opened(3), grade(3, 4)]),
    )
    await scene.take(Said(sender("sol"), [DataErased()], replies("Adiós")))
    entry = DeskEntry(DeskSource.PAPER, "form", "", 1, WEDNESDAY)
    at_desk = CaseOpened("LS-2026-000002", CaseKind.COMPLAINT, "aseo", "reja", None)
    await scene.write(lambda tx: entering.enter_case(tx, scene.keyring, entry, at_desk, "Llamar"))


async def test_whom_a_breach_affects(scene: Scene) -> None:
    await town(scene)
    day = WEDNESDAY.date()
    for breach, count, at_desk in [
        (known(RATINGS), 2, 0),
        (known(RATINGS, areas=("transito",)), 1, 0),
        (known(RATINGS, since=day), 1, 0),
        (known(RATINGS, until=day - timedelta(days=1)), 1, 0),
        (known(RATINGS, until=EARLIER.date()), 1, 0),
        (known(RATINGS, until=EARLIER.date() - timedelta(days=1)), 0, 0),
        (known(RATINGS, at=EARLIER), 1, 0),  # noticed before the others wrote
        (known(CASES), 1, 1),
        (known(CASES, areas=("transito",)), 0, 0),
        (known(CASES, channels=("web", "papel")), 0, 1),
        (known(CASES, channels=("whatsapp",)), 1, 0),
        (known(CHATS), 1, 0),
        (known(REQUESTS), 1, 0),
        (known(REQUESTS, areas=("aseo",)), 0, 0),
        (known(CONTACT), 5, 1),
        (known(CONTACT, channels=("web",)), 2, 0),
        (known(CONTACT, areas=("aseo",)), 2, 1),  # whoever rated or complained there
        (known(CONTACT, REQUESTS, since=day), 3, 1),  # who wrote last before that is not
        (known(cases=("LS-2026-000001", "LS-2026-000002")), 1, 1),
        (known(RATINGS, cases=("LS-2026-000009",)), 0, 0),
        (known(RATINGS, CASES, CHATS, REQUESTS), 5, 1),
        (known(), 0, 0),
        (known(CONTACT, since=date(2999, 12, 31)), 0, 0),
    ]:
        found = await scene.read(
            lambda tx, breach=breach: affected.count(tx, "", breach, ZONE, WEDNESDAY)
        )
        assert (found.in_chat, found.at_desk) == (count, at_desk), breach.scope


async def test_who_is_affected_is_told_once_and_followed(scene: Scene) -> None:
    await town(scene)
    await scene.write(lambda tx: steps.record(tx, scene.keyring, RECORDED, ZONE))
    everybody, more = known(RATINGS, CASES), known(CONTACT)
    found = await scene.read(lambda tx: affected.count(tx, NUMBER, everybody, ZONE, WEDNESDAY))
    assert {one.channel: (one.count, one.closed) for one in found.channels} == {
        **{"telegram": (1, 0), "web": (1, 0), "whatsapp": (1, 1)}
    }

    async def tell(breach: Description) -> int:
        def write(tx: Connection) -> int:
            ids = affected.untold(tx, NUMBER, BreachMessage(2, WEDNESDAY, breach), ZONE)
            messages.choose(tx, NUMBER, [*ids, *ids])
            return len(ids)

        return await scene.write(write)

    async def pass_on() -> int:
        return len(
            await scene.write(
                lambda tx: messages.pass_on(
                    tx, scene.keyring, messages.BreachAnnouncement(NUMBER, TOLD), WEDNESDAY
                )
            )
        )

    later = BreachMessage(2, EARLIER, known(RATINGS, CASES, until=WEDNESDAY.date()))
    ids = await scene.read(lambda tx: affected.untold(tx, NUMBER, later, ZONE))
    assert len(ids) == 1, "who came after the message was sent is not told by it"
    assert [await tell(everybody), await tell(everybody)] == [3, 0]
    assert [await pass_on(), await pass_on()] == [3, 0]
    assert await tell(more) == 2, "a correction found more; those before are not told again"
    items = await scene.write(lambda tx: take_inbox(tx, scene.keyring, 100, WEDNESDAY))
    assert [item.incoming.body for item in items] == [TOLD] * 3
    untold = await scene.read(lambda tx: affected.count(tx, NUMBER, more, ZONE, WEDNESDAY))
    assert untold.untold == 0
    assert await scene.read(lambda tx: messages.progress(tx, NUMBER, WEDNESDAY)) == MessageProgress(
        due=2, going=3
    )


async def test_a_count_is_made_once_when_it_is_due_or_asked_for(scene: Scene) -> None:
    await town(scene)
    await scene.write(lambda tx: steps.record(tx, scene.keyring, RECORDED, ZONE))
    now = WEDNESDAY

    async def read() -> Breach:
        found = await scene.read(lambda tx: steps.find_breach(tx, scene.keyring, NUMBER))
        assert found is not None
        return found

    async def claim(after: timedelta = timedelta()) -> counts.Counting | None:
        breach = await read()
        return await scene.write(lambda tx: counts.claim(tx, breach, now + after))

    async def count(asked: int) -> None:
        breach = await read()
        found = await scene.read(lambda tx: counts.count(tx, breach, ZONE, now))
        await scene.write(lambda tx: counts.store_count(tx, breach, found, asked))
        seen = await scene.read(lambda tx: counts.counting_of(tx, breach))
        waiting = await scene.read(counts.waiting)
        assert waiting == ([NUMBER] if seen.is_waiting else []), "the database says the same"
        assert seen.last == found, "what is kept is what was counted"

    async def add(event: Event) -> None:
        breach = await read()
        assert await scene.write(
            lambda tx: steps.add(tx, scene.keyring, breach, BreachStep(now, 1, event))
        )

    assert await claim() is not None
    assert await claim() is None, "another process has it"
    assert await claim(-timedelta(days=1)) is not None, "a clock was put back"
    assert await claim() is not None, "what was claimed then has run out"
    assert await claim(counts.CLAIM) is not None, "which was killed"
    await count(0)
    assert await claim(counts.CLAIM * 2) is None, "it is done"
    await add(NoteAdded("Nada cambia"))
    assert await claim() is None
    for asked in (1, 3):
        await scene.write(lambda tx: counts.request_count(tx, NUMBER))
        claimed = await claim()
        assert (claimed and claimed.asked, claimed and claimed.is_current) == (asked, True)
        await scene.write(lambda tx: counts.request_count(tx, NUMBER))
        await count(asked)
        assert await claim() is not None, "it was asked for while it was being made"
        await count(asked + 1)
    await add(Corrected(known(CONTACT), WEDNESDAY, 72, "Fueron más"))
    claimed = await claim()
    assert claimed is not None
    assert (claimed.is_current, claimed.affected.in_chat) == (False, 2)
    await count(4)
    breach = await read()
    assert (await scene.read(lambda tx: counts.counting_of(tx, breach))).affected.in_chat == 5


async def test_a_message_is_as_far_as_its_platform_says(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), grade(1, 4)], replies("Gracias", "Aviso")))
    ana = (await scene.contact(ANA)).id

    def write(tx: Connection) -> None:
        messages.choose(tx, NUMBER, affected.untold(tx, NUMBER, TELLING, ZONE))
        messages.pass_on(tx, scene.keyring, messages.BreachAnnouncement(NUMBER, TOLD), WEDNESDAY)
        cause = f"breach:{NUMBER}:{ana}"
        tx.exec_driver_sql(f"UPDATE outbox SET cause = '{cause}' WHERE seq = 2")

    async def settle(state: ReplyState, now: datetime) -> list[tuple[object, ...]]:
        sent = f"UPDATE outbox SET state = '{state}' WHERE seq = 2"
        await scene.write(lambda tx: tx.exec_driver_sql(sent).close())
        moved = await scene.read(lambda tx: messages.moved(tx, NUMBER, now))
        await scene.write(lambda tx: messages.settle(tx, moved))
        assert await scene.read(lambda tx: messages.moved(tx, NUMBER, now)) == []
        return await scene.rows("SELECT state FROM breach_tellings")

    await scene.write(write)
    for state, reached in [
        *(
            (one, MessageState.GOING)
            for one in (ReplyState.DUE, ReplyState.SENDING, ReplyState.RETRY)
        ),
        (ReplyState.UNCERTAIN, MessageState.GOING),
        (ReplyState.SENT, MessageState.SENT),
        (ReplyState.HELD, MessageState.WAITING),  # the platform says so afterwards
        (ReplyState.SENT, MessageState.SENT),
        (ReplyState.FAILED, MessageState.FAILED),
    ]:
        assert await settle(state, WEDNESDAY) == [(reached.value,)], state
    assert await settle(ReplyState.STALE, WEDNESDAY) == [(MessageState.FAILED.value,)]


async def test_of_who_was_erased_or_told_long_ago_nothing_stays(scene: Scene) -> None:
    luis = sender("luis", Channel.WEB)
    await scene.take(Said(ANA, [opened(1), grade(1, 4)]), Said(luis, [opened(2), grade(2, 4)]))

    def write(tx: Connection) -> None:
        messages.choose(tx, NUMBER, affected.untold(tx, NUMBER, TELLING, ZONE))
        messages.pass_on(tx, scene.keyring, messages.BreachAnnouncement(NUMBER, TOLD), WEDNESDAY)

    await scene.write(write)
    await scene.take(Said(ANA, [DataErased()], replies("Adiós")))
    left = "SELECT contact_id FROM breach_tellings"
    assert await scene.rows(left) == [((await scene.contact(luis)).id,)]
    for days, count in ((49, 1), (51, 0)):
        at = WEDNESDAY + timedelta(days=days)
        await retention.sweep(scene.database, scene.keyring, at, PERIODS)
        assert len(await scene.rows(left)) == count


async def test_steps_only_grow_one_after_another_and_are_audited(scene: Scene) -> None:
    number = await scene.write(lambda tx: steps.record(tx, scene.keyring, RECORDED, ZONE))
    assert number == NUMBER
    seen = await scene.read(lambda tx: steps.find_breach(tx, scene.keyring, number))
    assert seen is not None

    async def add(event: Event) -> bool:
        step = BreachStep(WEDNESDAY, 2, event)
        return await scene.write(lambda tx: steps.add(tx, scene.keyring, seen, step))

    assert await add(Reported(WEDNESDAY, "Folio 17", 3))
    assert not await add(NoteAdded("Lo vio otra persona")), "something has happened since"
    found = await scene.read(lambda tx: steps.find_breach(tx, scene.keyring, number))
    assert found is not None
    assert (found.state, len(found.steps)) == (Stands.REPORTED, 2)
    written = await scene.read(lambda tx: chain.newest(tx, 9))
    assert [one.entry.action for one in written] == ["breach-reported", "breach-recorded"]
    kept = await scene.rows("SELECT event FROM breach_steps")
    assert not any(b"disco" in bytes(row[0]) for row in kept), "encrypted"
    for change in ("UPDATE breach_steps SET at = 0", "DELETE FROM breach_steps"):
        with pytest.raises(DBAPIError, match="steps of breaches are never changed"):
            await scene.write(lambda tx, change=change: tx.exec_driver_sql(change))
    assert await scene.rows("SELECT event FROM breach_steps") == kept


def test_every_channel_of_citizens_is_looked_at() -> None:
    assert set(Channel) - set(CHANNELS) == {Channel.MAIL, Channel.TERMINAL}


async def test_of_those_that_are_over_nothing_is_read_again(scene: Scene) -> None:
    plain = replace(known(RATINGS), has_risk=False)
    corrected = Corrected(plain, WEDNESDAY, 72, "Eran menos")
    told, closed = CitizensTold("Se perdió un disco", 1), Closed("Claves nuevas")
    for events in ((), (closed,), (closed, corrected), (told, closed), (NoteAdded("x"), closed)):
        first = BreachStep(WEDNESDAY, 1, Recorded(plain, WEDNESDAY, 72))
        number = await scene.write(lambda tx, f=first: steps.record(tx, scene.keyring, f, ZONE))
        for event in events:
            now = await scene.read(lambda tx, n=number: steps.find_breach(tx, scene.keyring, n))
            step = BreachStep(WEDNESDAY, 1, event)
            assert await scene.write(lambda tx, n=now, s=step: steps.add(tx, scene.keyring, n, s))

    async def going_on(now: datetime = WEDNESDAY) -> list[str]:
        found = await scene.read(lambda tx: steps.going_on(tx, scene.keyring, now))
        return [one.number[-1] for one in found]

    assert await going_on() == ["3", "1"]
    (message,) = await scene.rows("SELECT number FROM breach_steps WHERE kind = 'told'")
    row = {"number": message[0], "contact_id": 1, "told_at": micros(WEDNESDAY)}
    reply = {column.name: 0 if column.type.python_type is int else "" for column in outbox.c}
    reply |= {"contact_id": 1, "cause": f"breach:{message[0]}:1", "payload": b""}

    def moved(tx: Transaction, state: MessageState, after: timedelta) -> set[str]:
        """The states of the reply at which more is to be done."""
        tx.execute(delete(breach_messages))
        tx.execute(insert(breach_messages).values(**row, state=state.value))
        found = set()
        for now in ReplyState:
            tx.execute(update(outbox).values(state=now.value))
            read = steps.going_on(tx, scene.keyring, WEDNESDAY + after)
            found |= {now.value for one in read if one.number[-1] == "4"}
        return found

    def every(tx: Transaction, after: timedelta) -> dict[MessageState, set[str]]:
        return {state: moved(tx, state, after) for state in MessageState}

    await scene.write(lambda tx: tx.execute(insert(outbox).values(**reply)))
    expected = {
        MessageState.DUE: set(ReplyState),
        MessageState.GOING: {"sent", "held", "failed", "stale"},
        MessageState.SENT: set(ReplyState) - {"sent"},
        MessageState.WAITING: set(ReplyState) - {"held"},
        MessageState.FAILED: set(),
    }
    assert await scene.write(lambda tx: every(tx, timedelta())) == expected
    expected[MessageState.SENT] = set()  # no platform says anything of it any more
    assert await scene.write(lambda tx: every(tx, timedelta(days=3))) == expected
