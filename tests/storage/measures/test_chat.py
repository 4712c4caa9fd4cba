"""What staff do with measures from their chat: only where their roles let them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from handlers.content.quality import Scope
from handlers.errors import StorageUnavailable
from handlers.facts.staff import MeasureDone, MeasureNoted, MeasureOpened, MeasureTaken
from handlers.measures.measures import State
from handlers.measures.steps import GRADES, Decided, JudgedBy, MeasureStep
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from handlers.staff_chat.measures import MeasureForm
from storage.measures import steps
from storage.measures.chat import measures_of
from storage.staff import roles, staff
from tests.handlers.measures.weeks_of_blocks import DECIDED, opened
from tests.storage.scene import WEDNESDAY, ZONE, Said, Scene, sender

AREAS = ("obras", "mujer", "aseo")
NUMBER = "M-2026-001"


@pytest.fixture(autouse=True)
async def fallen(scene: Scene) -> None:
    for area in AREAS:
        by = JudgedBy(scope=Scope.MUNICIPALITY) if area == "obras" else GRADES
        first = MeasureStep(WEDNESDAY, 0, replace(opened(area), judged_by=by))
        await scene.write(lambda tx, first=first: steps.open_one(tx, scene.keyring, first, ZONE))


async def hire(scene: Scene, *grants: Grant) -> int:
    def write(tx: object) -> int:
        member = staff.add(
            tx, scene.keyring, staff.NewMember("Rosa", "rosa@muni.example", ""), WEDNESDAY
        )
        for grant in grants:
            roles.give(tx, member.id, grant, WEDNESDAY)
        return member.id

    return await scene.write(write)


async def test_a_measure_of_an_area_that_is_no_more_still_waits(
    scene: Scene, release: Release
) -> None:
    left = tuple(area for area in release.content.areas if area.id != "aseo")
    known = release.content.model_copy(update={"areas": left})
    rosa = await hire(scene, Grant(Role.HEAD, "aseo"))
    found = await scene.read(lambda tx: measures_of(tx, scene.keyring, rosa, known))
    assert [one.area for one in found] == ["aseo"]


@pytest.mark.parametrize(
    ("grant", "areas"),
    [
        (Grant(Role.HEAD, "obras"), ["obras"]),
        (Grant(Role.HEAD), ["obras", "mujer", "aseo"]),
        (Grant(Role.QUALITY), ["obras", "mujer", "aseo"]),
        (Grant(Role.VIEWER), []),
        (Grant(Role.ADMIN), []),
        (Grant(Role.DESK, "obras"), []),
    ],
)
async def test_one_sees_what_one_may_decide(
    scene: Scene, release: Release, grant: Grant, areas: list[str]
) -> None:
    rosa = await hire(scene, grant)
    content = release.content
    found = await scene.read(lambda tx: measures_of(tx, scene.keyring, rosa, content))
    assert [one.area for one in found] == areas
    labels = {"obras": "Nota 6 o 7 (todo el municipio)"}
    assert [one.judged_by for one in found] == [labels.get(area, "") for area in areas]


async def test_what_is_done_in_the_chat_is_a_step_with_its_audit_entry(scene: Scene) -> None:
    rosa = await hire(scene, Grant(Role.HEAD, "obras"))
    decide = MeasureStep(WEDNESDAY, rosa, DECIDED)
    await scene.take(Said(sender("rosa"), [MeasureTaken(NUMBER, rosa)]))
    found = await one(scene)
    assert found.owner == rosa
    assert await scene.write(lambda tx: steps.add(tx, scene.keyring, found, decide))
    facts = [MeasureNoted(NUMBER, rosa, "Llegó el mesón"), MeasureDone(NUMBER, rosa)]
    await scene.take(Said(sender("rosa"), facts))
    found = await one(scene)
    assert (found.state, str(found.done_week)) == (State.DONE, "2026-W47")
    kinds = f"SELECT kind, staff_id FROM measure_steps WHERE number = '{NUMBER}' ORDER BY place"
    assert await scene.rows(kinds) == [
        ("opened", 0), ("taken", rosa), ("decided", rosa), ("noted", rosa), ("done", rosa),
    ]  # fmt: skip
    audited = "SELECT action FROM audit_entries WHERE staff_id > 0 ORDER BY id"
    assert [row[0] for row in await scene.rows(audited)] == [
        "measure-taken", "measure-decided", "measure-noted", "measure-done",
    ]  # fmt: skip


@pytest.mark.parametrize("seen_owner", [False, True])
async def test_one_is_taken_from_whoever_had_it_as_it_was_seen(
    scene: Scene, release: Release, seen_owner: bool
) -> None:
    rosa, marta = 7, await hire(scene, Grant(Role.HEAD, "obras"))
    await scene.take(Said(sender("rosa"), [MeasureTaken(NUMBER, rosa)]))
    taken = Said(sender("marta"), [MeasureTaken(NUMBER, marta, rosa if seen_owner else 0)])
    if seen_owner:
        await scene.take(taken)
    else:
        with pytest.raises(StorageUnavailable):
            await scene.take(taken)
    assert (await one(scene)).owner == (marta if seen_owner else rosa)
    found = await scene.read(lambda tx: measures_of(tx, scene.keyring, marta, release.content))
    assert found[0].owner == (marta if seen_owner else rosa)


async def test_one_that_is_opened_in_the_chat_has_its_decision_and_is_opened_once(
    scene: Scene,
) -> None:
    rosa = await hire(scene, Grant(Role.HEAD, "obras"))
    said = (("problem", "Espera"), ("cause", "Caja"), ("action", "Otra"), ("due", "2026-12-04"))
    form = MeasureForm("obras", "plan", said)
    fact = MeasureOpened(rosa, form, WEDNESDAY + timedelta(days=14), "POLITICA 10 working days")
    for name in ("rosa", "rosa"):
        await scene.take(Said(sender(name), [fact]))
    found = await scene.read(lambda tx: steps.all_measures(tx, scene.keyring, ZONE))
    opened = found[len(AREAS) :]
    assert [(one.state, one.owner, one.opened.problem) for one in opened] == [
        (State.DECIDED, rosa, "Espera")
    ]
    assert opened[0].decision == Decided("Caja", "Otra", rosa, date(2026, 12, 4))


async def test_what_is_out_of_turn_is_left(scene: Scene) -> None:
    rosa = await hire(scene, Grant(Role.HEAD, "obras"))
    facts = [MeasureDone(NUMBER, rosa), MeasureTaken("M-2026-099", rosa)]
    await scene.take(Said(sender("rosa"), facts))
    assert (await one(scene)).state is State.TO_DECIDE


async def one(scene: Scene) -> steps.Measure:
    found = await scene.read(lambda tx: steps.find_measure(tx, scene.keyring, ZONE, NUMBER))
    assert found is not None
    return found
