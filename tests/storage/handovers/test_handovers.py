"""Conversations with a person at rest: who has one is decided by the database, and time ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.facts.handovers import (
    HandoverAnswered,
    HandoverEnded,
    HandoverFiled,
    HandoverLeft,
    HandoverOpened,
    HandoverSaid,
)
from handlers.facts.union import Fact
from handlers.handover import HandoverStatus
from handlers.messages import PersonNews, PersonSays, PersonStep, PersonWaits
from handlers.staff.absences import Absence
from handlers.staff.permissions import Grant, Role
from storage.duty import absences
from storage.handovers import changing, people, reading
from storage.handovers.changing import StaffActing
from storage.handovers.reading import HandoverView
from storage.outbox.inbox import take_inbox
from storage.staff import removal, roles, staff
from tests.storage.scene import WEDNESDAY, Said, Scene, sender

EVA = sender("1")
ID = 77
MINUTE = timedelta(minutes=1)


async def hire(scene: Scene, name: str, *grants: Grant) -> int:
    def write(tx: object) -> int:
        email = f"{name.lower()}@ejemplo.cl"
        member = staff.add(tx, scene.keyring, staff.NewMember(name, email, ""), WEDNESDAY)
        for grant in grants or (Grant(Role.HEAD),):
            roles.give(tx, member.id, grant, WEDNESDAY)
        return member.id

    return await scene.write(write)


async def happens(scene: Scene, *facts: Fact, at: datetime = WEDNESDAY) -> None:
    await scene.take(Said(EVA, facts, at=at))


async def waits(scene: Scene, text: str = "¿me ayudan?", area: str = "transito") -> None:
    await happens(scene, HandoverOpened(ID, area, text))


async def stands(scene: Scene) -> HandoverView:
    found = await scene.write(lambda tx: reading.find_handover(tx, ID))
    assert found is not None
    return found


async def take(scene: Scene, who: int, at: datetime = WEDNESDAY) -> bool:
    return await scene.write(lambda tx: changing.take(tx, scene.keyring, StaffActing(ID, who, at)))


async def told(scene: Scene) -> list[object]:
    """The bodies that wait in inboxes, taken out of them."""
    found: list[object] = []
    while items := await scene.write(lambda tx: take_inbox(tx, scene.keyring, 100)):
        found += [item.incoming.body for item in items]
    return found


async def test_those_who_may_answer_are_told_and_nobody_else(scene: Scene) -> None:
    await hire(scene, "Ana", Grant(Role.HEAD, "transito"))
    await hire(scene, "Luis", Grant(Role.HEAD, "obras"))
    await hire(scene, "Rosa", Grant(Role.VIEWER))
    await hire(scene, "Eli", Grant(Role.DESK, "transito"))
    await waits(scene)
    assert await told(scene) == [PersonWaits(ID, "transito", "¿me ayudan?")] * 2


async def test_of_two_who_take_it_at_once_one_has_it(scene: Scene) -> None:
    ana, luis = await hire(scene, "Ana"), await hire(scene, "Luis")
    await waits(scene)
    got = await asyncio.gather(take(scene, ana), take(scene, luis))
    assert sorted(got) == [False, True]
    found = await stands(scene)
    assert found.staff_id == (ana if got[0] else luis)
    assert await take(scene, found.staff_id), "whoever has it may ask again"
    news = [body for body in await told(scene) if isinstance(body, PersonNews)]
    assert news == [PersonNews(ID, PersonStep.TAKEN)]


async def test_only_who_has_it_writes_and_ends(scene: Scene) -> None:
    ana, luis = await hire(scene, "Ana"), await hire(scene, "Luis")
    await waits(scene)
    await take(scene, ana)
    await told(scene)
    await happens(scene, HandoverAnswered(ID, luis, "Soy Luis"), HandoverEnded(ID, luis))
    assert await told(scene) == []
    await happens(scene, HandoverAnswered(ID, ana, "Soy Ana"))
    assert (await stands(scene)).waiting_since is None
    await happens(scene, HandoverEnded(ID, ana))
    bodies = await told(scene)
    assert bodies == [PersonSays(ID, "Soy Ana"), PersonNews(ID, PersonStep.ENDED)]
    assert (await stands(scene)).ended_by == "staff"


async def test_words_are_sealed_and_the_oldest_without_an_answer_counts(scene: Scene) -> None:
    ana = await hire(scene, "Ana")
    await waits(scene, "palabra secreta")
    await happens(scene, HandoverSaid(ID, "otra cosa"), at=WEDNESDAY + MINUTE)
    assert (await stands(scene)).waiting_since == WEDNESDAY
    raw = await scene.rows("SELECT text FROM handover_messages")
    assert all(b"secreta" not in bytes(row[0]) for row in raw)
    said = await scene.write(lambda tx: reading.messages(tx, scene.keyring, ID))
    assert [one.text for one in said] == ["palabra secreta", "otra cosa"]
    await take(scene, ana)
    await happens(scene, HandoverAnswered(ID, ana, "Dígame"))
    await happens(scene, HandoverSaid(ID, "ok, gracias", thanks=True), at=WEDNESDAY + 2 * MINUTE)
    assert (await stands(scene)).waiting_since is None, "there is nothing to answer"
    await happens(scene, HandoverSaid(ID, "más"), at=WEDNESDAY + 3 * MINUTE)
    assert (await stands(scene)).waiting_since == WEDNESDAY + 3 * MINUTE
    holder = await scene.write(lambda tx: reading.holder(tx, scene.keyring, ID, ana))
    assert holder is not None
    assert holder.words == "ok, gracias\nmás"


async def test_the_queue_begins_with_the_oldest_message_that_has_no_answer(scene: Scene) -> None:
    ana = await hire(scene, "Ana")
    for number, minutes in ((1, 5), (2, 1), (3, 3), (4, 0)):
        fact = HandoverOpened(number, "transito", "hola", urgent=number == 1)
        at = WEDNESDAY + minutes * MINUTE
        await scene.take(Said(sender(str(number)), [fact], at=at))

    def answer(tx: object) -> None:
        acting = StaffActing(4, ana, WEDNESDAY)
        changing.take(tx, scene.keyring, acting)
        changing.answer(tx, scene.keyring, acting, "Hola")

    await scene.write(answer)

    async def order(areas: Sequence[str]) -> list[int]:
        return [one.id for one in await scene.write(lambda tx: reading.queue(tx, areas))]

    assert await order(["transito"]) == [1, 2, 3, 4], "urgent first, answered last"
    assert await order(["obras"]) == []


async def test_who_falls_silent_loses_it_to_the_queue(scene: Scene) -> None:
    ana = await hire(scene, "Ana")
    await waits(scene)
    await take(scene, ana, WEDNESDAY + 5 * MINUTE)
    await told(scene)

    async def look(minutes: int) -> list[int]:
        now = WEDNESDAY + minutes * MINUTE
        return await scene.write(
            lambda tx: changing.requeue_silent(tx, scene.keyring, now - 10 * MINUTE, now)
        )

    assert await look(14) == [], "it counts from when it was taken"
    assert await look(15) == [ID]
    assert await look(15) == []
    found = await stands(scene)
    assert found.status is HandoverStatus.WAITING
    assert found.waiting_since == WEDNESDAY
    assert await told(scene) == [PersonNews(ID, PersonStep.RETURNED)]
    await happens(scene, HandoverAnswered(ID, ana, "ya voy"))
    assert await told(scene) == [], "it is nobody's now"


async def test_who_answers_in_time_keeps_it_until_nothing_more_is_written(scene: Scene) -> None:
    ana = await hire(scene, "Ana")
    await waits(scene)
    await take(scene, ana)
    await happens(scene, HandoverAnswered(ID, ana, "Dígame"))
    hour = WEDNESDAY + 60 * MINUTE
    assert (
        await scene.write(lambda tx: changing.requeue_silent(tx, scene.keyring, hour, hour)) == []
    )
    assert await scene.write(lambda tx: changing.end_idle(tx, scene.keyring, WEDNESDAY, hour)) == [
        ID
    ]
    assert (await stands(scene)).ended_by == "idle"


async def test_what_somebody_had_who_leaves_goes_back_to_the_queue(scene: Scene) -> None:
    ana, luis = await hire(scene, "Ana"), await hire(scene, "Luis")
    await waits(scene)
    await take(scene, ana)

    def leave(tx: object) -> None:
        changing.forget_staff(tx, scene.keyring, ana, WEDNESDAY)
        removal.remove(tx, ana)

    await scene.write(leave)
    found = await stands(scene)
    assert (found.status, found.name) == (HandoverStatus.WAITING, "")
    assert await take(scene, luis)


async def test_nobody_takes_what_is_becoming_a_case(scene: Scene) -> None:
    ana = await hire(scene, "Ana")
    await waits(scene)
    later = WEDNESDAY + 15 * MINUTE

    async def give_up(before: datetime) -> list[int]:
        return await scene.write(lambda tx: changing.give_up(tx, scene.keyring, before, later))

    assert await give_up(WEDNESDAY - MINUTE) == []
    assert await give_up(WEDNESDAY) == [ID]
    assert await give_up(WEDNESDAY) == []
    assert not await take(scene, ana, later)
    bodies = await told(scene)
    assert bodies[-1] == PersonNews(ID, PersonStep.UNANSWERED)
    await happens(scene, HandoverFiled(ID, "LS-2026-000001"))
    found = await stands(scene)
    assert (found.ended_by, found.case_number) == ("unanswered", "LS-2026-000001")


async def test_the_citizen_may_leave_at_any_moment(scene: Scene) -> None:
    ana = await hire(scene, "Ana")
    await waits(scene)
    await take(scene, ana)
    await happens(scene, HandoverLeft(ID))
    assert (await stands(scene)).ended_by == "citizen"
    await told(scene)
    await happens(scene, HandoverAnswered(ID, ana, "¿Sigue ahí?"))
    assert await told(scene) == []


async def test_what_the_citizen_adds_goes_to_who_answers_but_not_by_mail(scene: Scene) -> None:
    ana = await hire(scene, "Ana")
    chat = sender("ana")
    await scene.take(Said(chat))
    from handlers.facts.staff import StaffLinked

    await scene.take(Said(chat, [StaffLinked(ana)]))
    await waits(scene)
    await take(scene, ana)
    await told(scene)
    await happens(scene, HandoverSaid(ID, "¿está?"))
    assert await told(scene) == [PersonWaits(ID, "transito", "¿está?", added=True)]


async def test_a_substitute_answers_for_who_is_away_and_only_then(scene: Scene) -> None:
    ana = await hire(scene, "Ana", Grant(Role.HEAD, "transito"))
    luis = await hire(scene, "Luis", Grant(Role.VIEWER))
    ends = WEDNESDAY + timedelta(days=1)
    await scene.write(lambda tx: absences.add(tx, Absence(ana, luis, WEDNESDAY, ends)))

    async def may(who: int, at: datetime) -> bool:
        return await scene.write(
            lambda tx: people.may_answer(tx, who, "transito", sensitive=False, now=at)
        )

    assert await may(luis, WEDNESDAY)
    assert not await may(luis, ends)
    assert await may(ana, WEDNESDAY), "who comes back early may work"
    await waits(scene)
    items = await scene.write(lambda tx: take_inbox(tx, scene.keyring, 100))
    mails = await scene.rows(f"SELECT contact_id FROM staff_contacts WHERE staff_id = {luis}")
    assert [item.contact.id for item in items] == [mails[0][0]]


async def test_where_all_are_away_nobody_is_there(scene: Scene) -> None:
    ana = await hire(scene, "Ana")
    ends = WEDNESDAY + timedelta(days=1)
    await scene.write(lambda tx: absences.add(tx, Absence(ana, 0, WEDNESDAY, ends)))
    found = await scene.write(
        lambda tx: people.people(tx, "transito", sensitive=False, now=WEDNESDAY)
    )
    assert (found.any, found.now) == (True, False)
