"""Steps of self-assessments: only added, with their entry in the log, until one is validated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from handlers.assessments.assessments import Assessment
from handlers.assessments.steps import (
    Answer,
    AssessmentStep,
    Criterion,
    Edition,
    Event,
    Level,
    Opened,
    Saved,
    Validated,
)
from storage.assessments import steps
from storage.audit import chain
from tests.storage.scene import WEDNESDAY, ZONE, Scene

NUMBER = "A-2026-001"
ANA, ROSA = 7, 8
EDITION = Edition(
    1, 2, (Level(1, "No"), Level(2, "Sí")), (Criterion("metas", "Dirección", "Hay metas"),)
)
WHOLE = Saved({"metas": Answer(2, "El plan xilofono")})


async def begun(scene: Scene, area: str = "obras") -> str:
    first = AssessmentStep(WEDNESDAY, ANA, Opened(area, "2026", EDITION))
    return await scene.write(lambda tx: steps.open_one(tx, scene.keyring, first, ZONE))


async def one(scene: Scene) -> Assessment:
    found = await scene.read(lambda tx: steps.find_assessment(tx, scene.keyring, NUMBER))
    assert found is not None
    return found


async def add(scene: Scene, found: Assessment, staff: int, event: Event) -> bool:
    step = AssessmentStep(WEDNESDAY + timedelta(minutes=1), staff, event)
    return await scene.write(lambda tx: steps.add(tx, scene.keyring, found, step))


async def test_each_step_is_kept_and_logged_with_who_and_when(scene: Scene) -> None:
    assert await begun(scene) == NUMBER
    for staff, event in ((ANA, WHOLE), (ROSA, Validated())):
        assert await add(scene, await one(scene), staff, event)
    found = await one(scene)
    assert [(step.staff, step.event) for step in found.steps[1:]] == [
        (ANA, WHOLE),
        (ROSA, Validated()),
    ]
    logged = await scene.read(lambda tx: chain.newest(tx, 9, subject=NUMBER))
    assert [(one.entry.staff_id, one.entry.action) for one in reversed(logged)] == [
        (ANA, "assessment-opened"),
        (ANA, "assessment-saved"),
        (ROSA, "assessment-validated"),
    ]
    assert await begun(scene, "aseo") == "A-2026-002"
    known = await scene.read(lambda tx: steps.all_assessments(tx, scene.keyring))
    assert [one.area for one in known] == ["obras", "aseo"]


async def test_of_two_who_write_at_once_the_second_is_refused(scene: Scene) -> None:
    await begun(scene)
    seen = await one(scene)
    assert await add(scene, seen, ANA, WHOLE)
    assert not await add(scene, seen, ROSA, Saved({}))
    assert (await one(scene)).answers == WHOLE.answers


async def test_what_its_author_or_nobody_may_do_leaves_no_step(scene: Scene) -> None:
    await begun(scene)
    assert not await add(scene, await one(scene), ROSA, Validated())  # without evidence
    assert await add(scene, await one(scene), ANA, WHOLE)
    assert not await add(scene, await one(scene), ANA, Validated())  # her own
    assert await scene.rows("SELECT count(*) FROM assessment_steps") == [(2,)]


AGAIN = (
    "INSERT INTO assessment_steps (number, place, kind, at, staff_id, event)"
    " SELECT number, 4, 'saved', at, staff_id, event FROM assessment_steps WHERE place = 2"
)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE assessment_steps SET staff_id = 9", "never changed"),
        ("UPDATE assessment_steps SET kind = 'saved' WHERE place = 3", "never changed"),
        ("DELETE FROM assessment_steps WHERE place = 3", "never changed"),
        (AGAIN, "takes no more steps"),
    ],
)
async def test_the_database_refuses_to_change_what_is_validated(
    scene: Scene, statement: str, said: str
) -> None:
    await begun(scene)
    for staff, event in ((ANA, WHOLE), (ROSA, Validated())):
        assert await add(scene, await one(scene), staff, event)
    before = await scene.rows("SELECT * FROM assessment_steps")
    with pytest.raises(DBAPIError, match=said):
        await scene.write(lambda tx: tx.exec_driver_sql(statement))
    assert await scene.rows("SELECT * FROM assessment_steps") == before


async def test_what_is_written_is_encrypted(scene: Scene) -> None:
    await begun(scene)
    assert await add(scene, await one(scene), ANA, WHOLE)
    for table in ("assessment_steps", "audit_entries"):
        assert "xilofono" not in str(await scene.rows(f"SELECT * FROM {table}"))
