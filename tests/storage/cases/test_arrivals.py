"""What became of answers on their way, on both databases."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseAnswered, CaseKind, CaseOpened
from handlers.messages import Channel, Reply, Waits
from storage.cases.answers import answering, arrivals
from storage.cases.answers.arrivals import Arrival, RefusedAnswer, Way
from storage.cases.taking_back import answer_event
from storage.engine.database import Transaction
from storage.engine.leases import Owner
from storage.outbox import outbox
from storage.outbox.outbox import NewReply, ReplyState
from tests.storage.scene import WEDNESDAY, Said, Scene, sender

NUMBER = "LS-2026-000001"
OTHER = "LS-2026-000002"


async def answered(scene: Scene, number: str, *states: tuple[ReplyState, str]) -> list[int]:
    """A case with an answer for each state; the ids of their notes."""
    opened = CaseOpened(number, CaseKind.COMPLAINT, "aseo", "La basura")
    await scene.take(Said(sender(number, Channel.WHATSAPP), [opened]))

    def write(tx: Transaction) -> list[int]:
        statement = f"SELECT contact_id FROM cases WHERE number = '{number}'"
        (contact,) = tx.exec_driver_sql(statement).one()
        notes = []
        for seq, (state, code) in enumerate(states, 1):
            fact = CaseAnswered(number, 1, "Pasamos")
            note = answering.answer(tx, scene.keyring, fact, WEDNESDAY)
            assert note is not None
            notes.append(note)
            reply = Reply(seq, "Pasamos", about=number, waits=Waits.ANNOUNCED)
            new = NewReply(
                contact, Channel.WHATSAPP, reply, state, code, answer_event(number, note)
            )
            outbox.add(tx, scene.keyring, [new], Owner("here", 1), WEDNESDAY)
        return notes

    return await scene.write(write)


@pytest.mark.parametrize(
    ("state", "code", "expected"),
    [
        (ReplyState.DUE, "", Arrival(Way.GOING)),
        (ReplyState.SENDING, "", Arrival(Way.GOING)),
        (ReplyState.SENT, "", Arrival(Way.SENT)),
        (ReplyState.HELD, "", Arrival(Way.WAITING)),
        (ReplyState.HELD, arrivals.SETTLED, Arrival(Way.WAITING)),
        (ReplyState.HELD, "132001", Arrival(Way.REFUSED, "132001")),
        (ReplyState.FAILED, "erased", Arrival(Way.REFUSED, "erased")),
    ],
)
async def test_an_answer_is_said_to_be_as_far_as_it_is(
    scene: Scene, state: ReplyState, code: str, expected: Arrival
) -> None:
    (note,) = await answered(scene, NUMBER, (state, code))
    await answered(scene, OTHER, (ReplyState.SENT, ""))
    assert await scene.read(lambda tx: arrivals.of_case(tx, NUMBER)) == {note: [expected]}


@pytest.mark.parametrize(("announced", "expected"), [("", False), ("1", True), ("2", True)])
async def test_all_that_waits_is_announced_by_whichever_message_was(
    scene: Scene, announced: str, *, expected: bool
) -> None:
    first, second = await answered(scene, NUMBER, (ReplyState.HELD, ""), (ReplyState.HELD, ""))
    if announced:
        change = f"UPDATE outbox SET sent_ref = 'aviso' WHERE seq = {announced}"
        await scene.write(lambda tx: tx.exec_driver_sql(change))
    one = [Arrival(Way.WAITING, announced=expected)]
    assert await scene.read(lambda tx: arrivals.of_case(tx, NUMBER)) == {first: one, second: one}
    # A file and its words are two messages of one answer.
    together = "UPDATE outbox SET cause = (SELECT max(cause) FROM outbox) WHERE cause <> ''"
    await scene.write(lambda tx: tx.exec_driver_sql(together))
    assert await scene.read(lambda tx: arrivals.of_case(tx, NUMBER)) == {second: one}


async def test_refused_answers_of_open_cases_are_listed_until_they_are_settled_or_sent_again(
    scene: Scene,
) -> None:
    first, second = await answered(
        scene, NUMBER, (ReplyState.HELD, "132001"), (ReplyState.HELD, "132001")
    )
    (other,) = await answered(scene, OTHER, (ReplyState.HELD, ""))

    async def listed() -> list[RefusedAnswer]:
        return await scene.read(lambda tx: arrivals.refused(tx, {"aseo"}, 8))

    assert await listed() == [RefusedAnswer(NUMBER, "aseo", "whatsapp", "132001", False)]
    assert await scene.read(lambda tx: arrivals.refused(tx, {"transito"}, 8)) == []
    for note, expected in ((first, True), (first, False), (other, False)):
        again = await scene.write(
            lambda tx, note=note: arrivals.send_again(tx, NUMBER, note, WEDNESDAY)
        )
        assert again is expected
    assert len(await listed()) == 1
    assert await scene.write(lambda tx: arrivals.settle(tx, NUMBER, second))
    assert await listed() == []
    found = await scene.read(lambda tx: arrivals.of_case(tx, NUMBER))
    assert [one.way for note in (first, second) for one in found[note]] == [Way.GOING, Way.WAITING]
