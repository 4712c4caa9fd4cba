"""Requests about own data: their dates, decisions, what blocks, and what is left after erasing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.facts.cases import CaseAnswered, CaseKind, CaseOpened
from handlers.facts.own_data import (
    ConsentGiven,
    ConsentWithdrawn,
    DataErased,
    Right,
    RightLifted,
    RightUsed,
)
from handlers.facts.union import Fact
from handlers.messages import Channel, RightAnswer
from storage.cases.notes import NewNote, add_note
from storage.outbox.inbox import take_inbox
from storage.privacy import requests
from storage.privacy.own_record import my_data, my_record
from storage.privacy.requests import Decision, Extension
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

ANA = sender("ana", Channel.WEB)
LUIS = sender("luis", Channel.TELEGRAM)
DUE = WEDNESDAY + timedelta(days=30)
NUMBER = "LS-D-2026-000001"


def asked(right: Right, number: str = NUMBER, due: datetime = DUE, text: str = "") -> RightUsed:
    return RightUsed(number, right, due, done=False, text=text)


async def files(scene: Scene, *facts: Fact, first: int = 1) -> None:
    await scene.take(Said(ANA, list(facts), replies("Anotado", first=first)))


async def test_a_request_waits_with_its_dates_and_words(scene: Scene) -> None:
    await files(scene, asked(Right.RECTIFY, text="Mi área era otra"))
    (found,) = await scene.read(
        lambda tx: requests.list_requests(tx, scene.keyring, only_open=True)
    )
    assert (found.number, found.right, found.due_at) == (NUMBER, Right.RECTIFY, DUE)
    assert found.text == "Mi área era otra"
    stored = await scene.rows("SELECT text FROM privacy_requests")
    assert b"Mi " not in bytes(stored[0][0]), "encrypted"


async def test_what_was_done_at_once_waits_for_nobody(scene: Scene) -> None:
    await files(scene, RightUsed(NUMBER, Right.ACCESS, WEDNESDAY, done=True))
    assert (
        await scene.read(lambda tx: requests.list_requests(tx, scene.keyring, only_open=True)) == []
    )
    assert len(await scene.read(lambda tx: requests.list_requests(tx, scene.keyring))) == 1


async def test_an_objection_to_invitations_is_lifted_and_another_stays(scene: Scene) -> None:
    other = "LS-D-2026-000002"
    done = RightUsed(NUMBER, Right.OBJECT, WEDNESDAY, done=True)
    await files(scene, done, asked(Right.OBJECT, other, text="No usen mi comentario"))
    await files(scene, RightLifted(Right.OBJECT), first=2)
    found = await scene.read(lambda tx: requests.list_requests(tx, scene.keyring))
    assert {one.number: one.status for one in found} == {NUMBER: "lifted", other: "open"}


@pytest.mark.parametrize(("granted", "status"), [(True, "granted"), (False, "refused")])
async def test_a_decision_closes_it_once_and_is_told(
    scene: Scene, granted: bool, status: str
) -> None:
    await files(scene, asked(Right.RECTIFY))

    def decide() -> object:
        return scene.write(
            lambda tx: requests.decide(
                tx, scene.keyring, Decision(NUMBER, "Corregido", granted), WEDNESDAY
            )
        )

    assert await decide() is True
    (item,) = await scene.write(lambda tx: take_inbox(tx, scene.keyring, 10))
    assert item.incoming.body == RightAnswer(NUMBER, status, "Corregido")
    with pytest.raises(requests.CannotDecide):
        await decide()


async def test_a_request_is_prolonged_once(scene: Scene) -> None:
    await files(scene, asked(Right.OBJECT))

    def extend() -> object:
        return scene.write(
            lambda tx: requests.extend(
                tx, scene.keyring, Extension(NUMBER, "Falta un informe", 30), WEDNESDAY
            )
        )

    assert await extend() == DUE + timedelta(days=30)
    with pytest.raises(requests.CannotDecide):
        await extend()


async def test_a_blocking_is_not_prolonged(scene: Scene) -> None:
    await files(scene, asked(Right.BLOCK))
    with pytest.raises(requests.CannotDecide):
        await scene.write(
            lambda tx: requests.extend(tx, scene.keyring, Extension(NUMBER, "x", 30), WEDNESDAY)
        )


async def test_data_are_blocked_from_the_request_until_it_is_refused_or_lifted(
    scene: Scene,
) -> None:
    async def blocked() -> bool:
        contact = await scene.contact(ANA)
        return (await scene.read(lambda tx: my_data(tx, scene.keyring, contact.id))).blocked

    await files(scene, opened(1), grade(1, 4))
    assert not await blocked()
    await files(scene, asked(Right.BLOCK), first=2)
    assert await blocked()
    await scene.write(
        lambda tx: requests.decide(tx, scene.keyring, Decision(NUMBER, "Sí", True), WEDNESDAY)
    )
    assert await blocked()
    await files(scene, RightLifted(Right.BLOCK), first=3)
    assert not await blocked()
    await files(scene, asked(Right.BLOCK, "LS-D-2026-000002"), first=4)
    await scene.write(
        lambda tx: requests.decide(
            tx, scene.keyring, Decision("LS-D-2026-000002", "No", False), WEDNESDAY
        )
    )
    assert not await blocked()


async def test_a_consent_is_on_record_with_text_time_and_channel_until_it_is_withdrawn(
    scene: Scene,
) -> None:
    await files(scene, ConsentGiven("abc123"))
    contact = await scene.contact(ANA)
    record = await scene.read(lambda tx: my_record(tx, scene.keyring, contact.id))
    (given,) = record.consents
    assert (given.version, given.channel, given.given_at) == ("abc123", "web", WEDNESDAY)
    assert given.withdrawn_at is None
    await files(scene, ConsentWithdrawn(), first=2)
    record = await scene.read(lambda tx: my_record(tx, scene.keyring, contact.id))
    assert record.consents[0].withdrawn_at == WEDNESDAY
    assert not (await scene.read(lambda tx: my_data(tx, scene.keyring, contact.id))).told


async def test_the_record_holds_all_that_is_stored_of_a_contact_and_of_nobody_else(
    scene: Scene,
) -> None:
    facts: list[Fact] = [
        opened(1),
        grade(1, 4),
        words(1, "Muy lento"),
        closed(1),
        CaseOpened("LS-2026-000001", CaseKind.PERSON, "", "Llamen"),
        CaseAnswered("LS-2026-000001", 0, "Llamaremos"),
        asked(Right.RECTIFY, text="El área"),
    ]
    await files(scene, *facts)
    other = [opened(2), grade(2, 7), words(2, "Ajeno")]
    await scene.take(Said(LUIS, list(other), replies("Anotado")))
    contact = await scene.contact(ANA)
    internal = NewNote("internal", WEDNESDAY, "Hablar con obras", 1)
    await scene.write(lambda tx: add_note(tx, scene.keyring, "LS-2026-000001", internal))
    record = await scene.read(lambda tx: my_record(tx, scene.keyring, contact.id))
    assert record.address == "ana"
    (response,) = record.responses
    assert {answer.value for answer in response.answers} == {"4", "Muy lento"}
    (case,) = record.cases
    assert case.text == "Llamen"
    assert [(who, text) for who, text, _ in case.notes] == [("staff", "Llamaremos")]
    assert [request.text for request in record.requests] == ["El área"]


async def test_after_erasing_only_numbers_and_dates_of_requests_stay(scene: Scene) -> None:
    await files(scene, asked(Right.RECTIFY, text="Xilofono"), ConsentGiven("abc"))
    erases = RightUsed("LS-D-2026-000002", Right.ERASE, WEDNESDAY, done=True)
    await files(scene, erases, DataErased(), first=2)
    rows = await scene.rows("SELECT number, status, contact_id, text FROM privacy_requests")
    assert sorted(tuple(row) for row in rows) == [
        (NUMBER, "lifted", None, None),
        ("LS-D-2026-000002", "granted", None, None),
    ]
    assert await scene.rows("SELECT * FROM consents") == []
