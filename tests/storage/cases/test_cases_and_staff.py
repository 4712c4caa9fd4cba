"""Cases reach the staff who can answer them, and the answer reaches the citizen."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from handlers.errors import OperatorError
from handlers.facts.cases import CaseAnswered, CaseExtended, CaseKind, CaseOpened
from handlers.facts.staff import StaffLinked
from handlers.messages import CaseAnswer, CaseNotice, Channel
from handlers.staff.permissions import Grant, Role
from handlers.state import Answered, Staff
from storage.cases import reading, recording
from storage.cases.reading import ALL_CASES, WantedCases
from storage.contacts import contacts, needs
from storage.contacts.needs import can_be_answered, use_staff_code
from storage.engine.database import Transaction
from storage.outbox.inbox import InboxItem, take_inbox
from storage.privacy.own_record import my_data
from storage.staff import roles, staff
from storage.staff.digest_readers import digest_readers
from storage.staff.duty_address import name_duty
from storage.staff.staff import StaffMember
from tests.hired import hired
from tests.storage.scene import WEDNESDAY, Said, Scene, sender

ANA = sender("1")
NUMBER = "LS-2026-000001"
COMPLAINT = CaseOpened(NUMBER, CaseKind.COMPLAINT, "obras", "Hay un hoyo en mi calle")


async def hire(scene: Scene, name: str, area: str = "") -> StaffMember:
    email = f"{name.lower()}@ejemplo.cl"
    return await scene.write(lambda tx: hired(tx, scene.keyring, name, email, area, WEDNESDAY))


async def told(scene: Scene) -> list[InboxItem]:
    return await scene.write(lambda tx: take_inbox(tx, scene.keyring, 20))


async def addressees(scene: Scene) -> set[str]:
    ids = [item.contact.id for item in await told(scene)]
    return set((await scene.read(lambda tx: contacts.addresses(tx, scene.keyring, ids))).values())


async def test_staff_of_the_area_are_told_of_its_cases(scene: Scene) -> None:
    await hire(scene, "Rosa", "obras")
    await hire(scene, "Pedro", "transito")
    await hire(scene, "Marta")
    await scene.take(Said(ANA, [COMPLAINT]))
    (item,) = await told(scene)
    assert item.contact.channel is Channel.MAIL
    assert item.incoming.body == CaseNotice(NUMBER, "reclamo", "obras", COMPLAINT.text)
    assert item.incoming.sender.address == ""  # nothing came from outside


@pytest.mark.parametrize(
    ("area", "expected"),
    [("obras", "rosa@ejemplo.cl"), ("aseo", "marta@ejemplo.cl"), ("", "marta@ejemplo.cl")],
)
async def test_a_case_that_no_area_takes_goes_to_the_general_staff(
    scene: Scene, area: str, expected: str
) -> None:
    await hire(scene, "Rosa", "obras")
    await hire(scene, "Marta")
    await scene.write(
        lambda tx: staff.ensure_duty(tx, scene.keyring, "turno@ejemplo.cl", WEDNESDAY)
    )
    await scene.take(Said(ANA, [CaseOpened(NUMBER, CaseKind.PERSON, area, "Hola")]))
    assert await addressees(scene) == {expected}


@pytest.mark.parametrize(
    ("grants", "is_told"),
    [
        ((), False),
        ((Grant(Role.ADMIN),), False),
        ((Grant(Role.VIEWER, "obras"),), False),
        ((Grant(Role.PRIVACY),), False),
        ((Grant(Role.HEAD, "transito"),), False),
        ((Grant(Role.DESK, "obras"),), True),
        ((Grant(Role.VIEWER, "obras"), Grant(Role.HEAD, "obras")), True),
        ((Grant(Role.QUALITY),), True),
    ],
)
async def test_a_cases_words_reach_those_alone_whose_role_lets_them_read_it(
    scene: Scene, grants: tuple[Grant, ...], is_told: bool
) -> None:
    def write(tx: Transaction) -> None:
        member = staff.add(
            tx, scene.keyring, staff.NewMember("Rosa", "rosa@ejemplo.cl", "obras"), WEDNESDAY
        )
        for grant in grants:
            roles.give(tx, member.id, grant, WEDNESDAY)

    await scene.write(write)
    await scene.take(Said(ANA, [COMPLAINT]))
    assert bool(await told(scene)) is is_told


async def test_who_is_told_in_place_of_an_areas_own_staff_is_marked_as_such(scene: Scene) -> None:
    await hire(scene, "Marta")
    await scene.take(Said(ANA, [COMPLAINT]))
    (item,) = await told(scene)
    assert item.incoming.body == CaseNotice(NUMBER, "reclamo", "obras", COMPLAINT.text, own=False)


async def test_in_the_last_resort_whoever_is_on_duty_is_told(scene: Scene) -> None:
    await hire(scene, "Rosa", "obras")
    for _ in range(2):  # at every start
        await scene.write(
            lambda tx: staff.ensure_duty(tx, scene.keyring, "turno@ejemplo.cl", WEDNESDAY)
        )
    await scene.take(Said(ANA, [CaseOpened(NUMBER, CaseKind.PERSON, "aseo", "Hola")]))
    assert await addressees(scene) == {"turno@ejemplo.cl"}
    everyone = await scene.read(staff.everyone)
    assert [(member.name, member.duty) for member in everyone] == [
        ("Rosa", False),
        ("turno@ejemplo.cl", True),
    ]
    assert len(await scene.read(staff.recipients)) == 1  # duty alone gets no digests


async def test_processes_that_start_at_once_have_one_duty_address(scene: Scene) -> None:
    start = partial(
        staff.ensure_duty, keyring=scene.keyring, email="turno@ejemplo.cl", now=WEDNESDAY
    )
    await asyncio.gather(*(scene.write(start) for _ in range(4)))
    assert [member.email for member in await scene.read(staff.everyone)] == ["turno@ejemplo.cl"]


@pytest.mark.parametrize("is_added_first", [True, False])
async def test_who_is_added_under_the_duty_address_is_told_of_what_nobody_takes(
    scene: Scene, *, is_added_first: bool
) -> None:
    def add(tx: Transaction) -> None:
        rosa = staff.add(
            tx, scene.keyring, staff.NewMember("Rosa", "turno@ejemplo.cl", ""), WEDNESDAY
        )
        roles.give(tx, rosa.id, Grant(Role.VIEWER), WEDNESDAY)

    start = partial(
        staff.ensure_duty, keyring=scene.keyring, email="turno@ejemplo.cl", now=WEDNESDAY
    )
    for write in (add, start) if is_added_first else (start, add):
        await scene.write(write)
    (rosa,) = await scene.read(staff.everyone)
    assert (rosa.name, rosa.duty) == ("Rosa", True)
    assert len(await scene.read(digest_readers)) == 1, "a person with a role reads digests as well"
    await scene.take(Said(ANA, [COMPLAINT]))
    assert await addressees(scene) == {"turno@ejemplo.cl"}
    with pytest.raises(OperatorError, match="ya hay una persona"):
        await scene.write(add)


@pytest.mark.parametrize("now_named", [None, "otra@ejemplo.cl"])
async def test_a_former_duty_address_is_told_nothing_more(
    scene: Scene, now_named: str | None
) -> None:
    def begin(tx: Transaction) -> None:
        for email in ("turno@ejemplo.cl", "rosa@ejemplo.cl"):  # the first is an address alone
            staff.ensure_duty(tx, scene.keyring, email, WEDNESDAY)
        staff.add(tx, scene.keyring, staff.NewMember("Rosa", "rosa@ejemplo.cl", ""), WEDNESDAY)

    await scene.write(begin)
    known = {one.email: one.id for one in await scene.read(staff.everyone)}
    for _ in range(2):  # a second start changes nothing
        await scene.write(lambda tx: name_duty(tx, scene.keyring, now_named, WEDNESDAY))
    former = [f"staff:{known[email]}" for email in ("turno@ejemplo.cl", "rosa@ejemplo.cl")]
    written = await scene.rows("SELECT action, subject FROM audit_entries ORDER BY id")
    noted = [(action, subject) for action, subject in written if action.startswith("duty-")]
    assert noted[:2] == [("duty-retired", one) for one in former]
    assert [action for action, _ in noted[2:]] == (["duty-named"] if now_named else [])
    known = {one.email: one.duty for one in await scene.read(staff.everyone)}
    assert known == {"rosa@ejemplo.cl": False} | ({now_named: True} if now_named else {})
    await scene.take(Said(ANA, [COMPLAINT]))
    assert await addressees(scene) == ({now_named} if now_named else set())


async def test_a_one_time_code_links_a_chat_once(scene: Scene) -> None:
    rosa = await hire(scene, "Rosa", "obras")
    code = await scene.write(lambda tx: staff.new_code(tx, scene.keyring, rosa.id, WEDNESDAY))
    assert code not in repr(await scene.rows("SELECT * FROM staff_codes"))

    async def use(code: str, at: object = WEDNESDAY) -> Staff | None:
        return await scene.write(lambda tx: use_staff_code(tx, scene.keyring, code, at))

    assert await use("WRONGCODE2") is None
    assert await use(code, WEDNESDAY + staff.CODE_LASTS + timedelta(seconds=1)) is None
    assert await use(code.lower()) == Staff(rosa.id, "Rosa", "obras")
    assert await use(code) is None
    chat = sender("900")
    await scene.take(Said(chat, [StaffLinked(rosa.id)]), Said(chat, [StaffLinked(rosa.id)]))
    contact = await scene.contact(chat)
    loaded = await scene.write(lambda tx: contacts.load(tx, scene.keyring, [contact]))
    assert loaded[contact.id].staff == Staff(rosa.id, "Rosa", "obras")
    (member,) = await scene.read(staff.everyone)
    assert set(member.channels) == {Channel.MAIL, Channel.TELEGRAM}
    await scene.take(Said(ANA, [COMPLAINT]))
    assert await addressees(scene) == {"900", "rosa@ejemplo.cl"}


async def test_an_address_belongs_to_one_member_of_staff(scene: Scene) -> None:
    await hire(scene, "Rosa", "obras")
    with pytest.raises(OperatorError, match=r"rosa@ejemplo\.cl"):
        await hire(scene, "Rosa", "transito")
    assert len(await scene.read(staff.everyone)) == 1


async def test_what_is_added_to_a_case_reaches_its_staff_and_opens_it_again(scene: Scene) -> None:
    await hire(scene, "Rosa", "obras")
    await scene.take(Said(ANA, [COMPLAINT]))
    await told(scene)
    assert await scene.write(
        lambda tx: recording.answer(
            tx, scene.keyring, CaseAnswered(NUMBER, 0, "Iremos el lunes"), WEDNESDAY
        )
    )
    await told(scene)
    await scene.take(Said(ANA, [CaseExtended(NUMBER, "Ahora son dos hoyos")]))
    (item,) = await told(scene)
    assert item.incoming.body == CaseNotice(
        NUMBER, "reclamo", "obras", "Ahora son dos hoyos", added=True
    )
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert case.status == "open"


async def test_nobody_adds_to_somebody_elses_case(scene: Scene) -> None:
    await scene.take(Said(ANA, [COMPLAINT]), Said(sender("2"), [CaseExtended(NUMBER, "mío")]))
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert case.notes == ()


async def test_an_answer_reaches_the_citizen_and_stands_in_the_case(scene: Scene) -> None:
    rosa = await hire(scene, "Rosa", "obras")
    await scene.take(Said(ANA, [COMPLAINT]))
    await told(scene)
    chat = sender("900")
    await scene.take(Said(chat, [CaseAnswered(NUMBER, rosa.id, "Iremos el lunes")]))
    (item,) = await told(scene)
    assert item.contact == await scene.contact(ANA)
    assert item.incoming.body == CaseAnswer(NUMBER, "obras", "Iremos el lunes")
    case = await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER))
    assert case is not None
    assert (case.status, case.text, case.kind) == ("answered", COMPLAINT.text, "reclamo")
    assert [(note.author, note.name, note.text) for note in case.notes] == [
        ("staff", "Rosa", "Iremos el lunes")
    ]
    mine = await scene.read(lambda tx: my_data(tx, scene.keyring, item.contact.id))
    assert mine.cases == ((NUMBER, "answered"),)
    answered = await scene.read(lambda tx: needs.answered(tx, NUMBER))
    assert answered == Answered("Rosa", WEDNESDAY)
    await scene.take(Said(ANA, [CaseExtended(NUMBER, "¿y el martes?")]))
    assert await scene.read(lambda tx: needs.answered(tx, NUMBER)) is None, "the citizen waits"


async def test_a_case_that_does_not_exist_cannot_be_answered(scene: Scene) -> None:
    assert not await scene.read(lambda tx: can_be_answered(tx, NUMBER))
    assert not await scene.write(
        lambda tx: recording.answer(tx, scene.keyring, CaseAnswered(NUMBER, 0, "x"), WEDNESDAY)
    )
    assert await scene.read(lambda tx: reading.find_case(tx, scene.keyring, NUMBER)) is None
    await scene.take(Said(ANA, [COMPLAINT]))
    assert await scene.read(lambda tx: can_be_answered(tx, NUMBER))


async def test_cases_are_listed_by_status_and_area_and_stored_encrypted(scene: Scene) -> None:
    other = CaseOpened("LS-2026-000002", CaseKind.PERSON, "aseo", "Quiero hablar")
    await scene.take(Said(ANA, [COMPLAINT]))
    await scene.take(Said(ANA, [other], at=WEDNESDAY + timedelta(hours=1)))
    await scene.write(
        lambda tx: recording.answer(
            tx, scene.keyring, CaseAnswered(NUMBER, 0, "Ya está"), WEDNESDAY
        )
    )

    async def numbers(which: WantedCases = ALL_CASES) -> list[str]:
        found = await scene.read(lambda tx: reading.list_cases(tx, scene.keyring, which))
        return [case.number for case in found]

    assert await numbers() == [NUMBER, other.number]
    assert await numbers(WantedCases(status="open")) == [other.number]
    assert await numbers(WantedCases(area="obras")) == [NUMBER]
    stored = await scene.rows("SELECT text FROM cases UNION ALL SELECT text FROM case_notes")
    assert all(b"gAAAA" in bytes(row[0]) for row in stored)
