"""A case that was forwarded by mistake is taken back, and its citizen hears no more than needed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.facts.cases import UNDO, CaseAnswered, CaseExtended, CaseKind, CaseOpened
from handlers.messages import CASE_TAKEN_BACK, CaseNews, CaseNotice, CaseStep
from storage.cases import changing, forwarding, reading, recording
from storage.cases.changing import StaffAction
from storage.cases.reading import Case
from storage.engine.database import Transaction
from storage.outbox.inbox import take_inbox
from tests.hired import hired
from tests.storage.scene import WEDNESDAY, Said, Scene, sender

NUMBER = "LS-2026-000001"
FORWARDER, RECEIVER = 5, 6
AT = WEDNESDAY + timedelta(hours=2)
LATER = AT + timedelta(hours=3)


@pytest.fixture(autouse=True)
async def opened(scene: Scene) -> None:
    """A case of one area, another that has staff, and nothing left to tell."""
    await scene.write(
        lambda tx: hired(tx, scene.keyring, "Ana", "ana@example.cl", "obras", WEDNESDAY)
    )
    fact = CaseOpened(NUMBER, CaseKind.COMPLAINT, "aseo", "No pasa el camión")
    await scene.take(Said(sender("eva"), [fact]))
    await told(scene, AT)


async def told(scene: Scene, until: datetime) -> list[tuple[str, str]]:
    """What citizen and staff are told until then: the step and the area."""

    def take(tx: Transaction) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        while items := take_inbox(tx, scene.keyring, 50, until):
            for item in items:
                match item.incoming.body:
                    case CaseNews(step=step, area=area):
                        found.append((step.value, area))
                    case CaseNotice(area=area, did=did):
                        found.append((f"staff {did}".strip(), area))
                    case _:
                        pass
        return sorted(found)

    return await scene.write(take)


async def forward(scene: Scene, area: str, at: datetime = AT) -> None:
    action = StaffAction(NUMBER, at, FORWARDER)
    assert await scene.write(lambda tx: forwarding.forward(tx, scene.keyring, action, area, "Es"))


async def take_back(scene: Scene, at: datetime) -> bool:
    """Take it back, once only; False if it cannot be."""
    found = await scene.read(lambda tx: forwarding.forwarded(tx, NUMBER))
    if found is None:
        return False
    action, note = StaffAction(NUMBER, at, FORWARDER), found.note_id

    def write(tx: Transaction) -> bool:
        return forwarding.take_back(tx, scene.keyring, action, note)

    done = await scene.write(write)
    assert not await scene.write(write)
    return done


async def stored(scene: Scene) -> Case:
    found = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert found is not None
    return found


async def test_what_is_taken_back_at_once_is_told_to_no_citizen(scene: Scene) -> None:
    await forward(scene, "obras")
    assert await told(scene, AT) == [("staff", "obras")]
    assert await take_back(scene, AT + UNDO / 2)
    assert await told(scene, LATER) == [(f"staff {CASE_TAKEN_BACK}", "obras")]
    case = await stored(scene)
    assert (case.area, case.status) == ("aseo", "open")
    assert [(note.author, note.area) for note in case.notes] == [
        ("forwarded", "obras"),
        ("taken-back", "aseo"),
    ]


async def test_what_was_told_is_put_right_once(scene: Scene) -> None:
    await forward(scene, "obras")
    assert ("forwarded", "obras") in await told(scene, AT + UNDO)
    assert await take_back(scene, LATER)
    assert await told(scene, LATER + UNDO) == [
        ("staff taken-back", "obras"),
        ("taken-back", "aseo"),
    ]


async def test_the_right_area_is_told_instead_of_the_way_back(scene: Scene) -> None:
    await forward(scene, "obras")
    await told(scene, AT + UNDO)
    assert await take_back(scene, LATER)
    await forward(scene, "transito", LATER + UNDO / 2)
    news = [one for one in await told(scene, LATER + 2 * UNDO) if not one[0].startswith("staff")]
    assert news == [("forwarded", "transito")]


async def test_a_notice_that_staff_have_not_got_yet_is_withheld(scene: Scene) -> None:
    await forward(scene, "obras")
    assert await take_back(scene, LATER)
    assert [one for one in await told(scene, LATER + UNDO) if one[0].startswith("staff")] == []


async def test_it_goes_back_step_by_step_with_the_day_of_each(scene: Scene) -> None:
    await forward(scene, "obras")
    await forward(scene, "transito", LATER)
    assert await take_back(scene, LATER + UNDO)
    assert (await stored(scene)).area == "obras"
    assert await scene.rows("SELECT area_since FROM cases") == [(int(AT.timestamp() * 1_000_000),)]
    assert await scene.read(lambda tx: forwarding.forwarded(tx, NUMBER)) is None


@pytest.mark.parametrize(
    ("who", "did", "can"),
    [
        (RECEIVER, "reads", False),
        (0, "reads", False),  # at the server
        (FORWARDER, "reads", True),
        (RECEIVER, "notes", False),
        (FORWARDER, "notes", True),
        (RECEIVER, "answers", False),
        (RECEIVER, "closes", False),
        (0, "adds", True),
    ],
)
async def test_it_is_taken_back_until_the_receiver_does_anything(
    scene: Scene, who: int, did: str, *, can: bool
) -> None:
    await forward(scene, "obras")
    action, keyring = StaffAction(NUMBER, LATER, who), scene.keyring

    def do(tx: Transaction) -> None:
        match did:
            case "reads":
                assert changing.mark_read(tx, keyring, action) is not can
                assert not changing.mark_read(tx, keyring, action)
            case "notes":
                changing.note(tx, keyring, action, "Veamos")
            case "answers":
                recording.answer(tx, keyring, CaseAnswered(NUMBER, who, "Listo"), LATER)
            case _:
                assert changing.close(tx, keyring, action, "Repetido")

    if did == "adds":
        await scene.take(Said(sender("eva"), [CaseExtended(NUMBER, "Sigue igual")], at=LATER))
    else:
        await scene.write(do)
    listed = await scene.read(lambda tx: forwarding.forwarded_by(tx, FORWARDER, AT, 5))
    assert [one.before for one in listed] == ["aseo"] * can
    assert await take_back(scene, LATER + UNDO) is can
    assert CaseStep.READ.value not in [step for step, _ in await told(scene, LATER + 2 * UNDO)]
