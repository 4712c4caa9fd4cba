"""Steps of measures: only added, one after another, with their entry in the audit log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from handlers.measures.measures import State
from handlers.measures.steps import Assigned, Closed, MeasureStep, NoteAdded
from handlers.quality.control import ControlRun
from handlers.quality.weeks import IsoWeek
from storage.audit import chain
from storage.measures import steps
from storage.measures.after_run import apply_run
from storage.quality import control, digests
from storage.quality.digests import PublishedDigest
from tests.handlers.measures.weeks_of_blocks import (
    BASE,
    DECIDED,
    LOW,
    ROSA,
    SIGNAL,
    USUAL,
    ZONE,
    areas_with,
    done,
    monday_after,
    opened,
    run_of,
)
from tests.storage.scene import WEDNESDAY, Scene

FIRST = MeasureStep(WEDNESDAY, 0, opened())
FALLEN = areas_with(obras=[*BASE, LOW, *[LOW + 5] * 4, *[USUAL] * 8], aseo=[USUAL] * 25)


async def publish(scene: Scene) -> None:
    """Every week of all areas."""
    weeks = sorted({block.last for found in FALLEN.values() for block in found})

    def write(tx: Connection) -> None:
        for before, week in zip([None, *weeks], weeks, strict=False):
            blocks = [block for found in FALLEN.values() for block in found if block.last == week]
            assert digests.publish(tx, PublishedDigest(week, WEDNESDAY, b""), blocks, before)

    await scene.write(write)


def kept(scene: Scene, run: ControlRun, tx: Connection) -> bool:
    """As the job keeps a run: what follows from it, once."""
    new = control.add_run(tx, run)
    if new:
        apply_run(tx, scene.keyring, run, ZONE, opened().term)
    return new


async def control_week(scene: Scene, week: IsoWeek) -> bool:
    return await scene.write(lambda tx: kept(scene, run_of(week, FALLEN), tx))


async def one(scene: Scene, number: str = "M-2026-001") -> steps.Measure:
    found = await scene.read(lambda tx: steps.find_measure(tx, scene.keyring, ZONE, number))
    assert found is not None
    return found


async def test_a_run_made_twice_opens_one_measure(scene: Scene) -> None:
    await publish(scene)
    assert [await control_week(scene, SIGNAL) for _ in range(3)] == [True, False, False]
    found = await one(scene)
    assert (found.area, found.state, str(found.since)) == ("obras", State.TO_DECIDE, str(SIGNAL))
    assert await scene.rows("SELECT number, place, kind FROM measure_steps") == [
        ("M-2026-001", 1, "opened")
    ]
    told = await scene.read(lambda tx: chain.newest(tx, 9, subject="M-2026-001"))
    assert [one.entry.action for one in told] == ["measure-opened"]


async def test_a_run_that_does_not_commit_opens_nothing(scene: Scene) -> None:
    await publish(scene)

    def fail(tx: Connection) -> None:
        assert kept(scene, run_of(SIGNAL, FALLEN), tx)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await scene.write(fail)
    assert await scene.rows("SELECT * FROM measure_steps") == []
    assert await scene.rows("SELECT * FROM control_runs") == []


async def test_from_the_signal_to_the_measured_effect(scene: Scene) -> None:
    await publish(scene)
    await control_week(scene, SIGNAL)
    for event in (DECIDED, done()):
        found = await one(scene)
        step = MeasureStep(monday_after(SIGNAL) + timedelta(days=1), ROSA, event)
        assert await scene.write(
            lambda tx, found=found, step=step: steps.add(tx, scene.keyring, found, step)
        )
    for later in range(5, 13):
        await control_week(scene, SIGNAL.shifted(later))
        assert (await one(scene)).state is (State.MEASURED if later == 12 else State.DONE)
    closing = MeasureStep(monday_after(SIGNAL.shifted(12)), ROSA, Closed("Hay otra caja"))
    found = await one(scene)
    assert await scene.write(lambda tx: steps.add(tx, scene.keyring, found, closing))
    found = await one(scene)
    assert found.state is State.EFFECTIVE
    again = await scene.read(lambda tx: steps.all_measures(tx, scene.keyring, ZONE))
    assert again == [found]


@pytest.mark.parametrize(
    ("at", "number"),
    [
        (datetime(2027, 1, 1, 2, 59, tzinfo=UTC), "M-2026-001"),
        (datetime(2027, 1, 1, 3, 0, tzinfo=UTC), "M-2027-001"),
    ],
)
async def test_a_measure_has_the_year_that_the_municipality_lives_in(
    scene: Scene, at: datetime, number: str
) -> None:
    first = MeasureStep(at, 0, opened())
    assert await scene.write(lambda tx: steps.open_one(tx, scene.keyring, first, ZONE)) == number


async def test_of_two_who_act_at_once_the_second_is_refused(scene: Scene) -> None:
    number = await scene.write(lambda tx: steps.open_one(tx, scene.keyring, FIRST, ZONE))
    seen = await one(scene, number)
    for staff, taken in ((ROSA, True), (8, False)):
        step = MeasureStep(WEDNESDAY, staff, Assigned())
        added = await scene.write(lambda tx, step=step: steps.add(tx, scene.keyring, seen, step))
        assert added is taken
    assert (await one(scene, number)).owner == ROSA


async def test_what_is_out_of_turn_is_refused(scene: Scene) -> None:
    number = await scene.write(lambda tx: steps.open_one(tx, scene.keyring, FIRST, ZONE))
    seen = await one(scene, number)
    for event in (Closed("Hay otra caja"), done()):
        step = MeasureStep(WEDNESDAY, ROSA, event)
        assert not await scene.write(lambda tx, step=step: steps.add(tx, scene.keyring, seen, step))
    assert len((await one(scene, number)).steps) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE measure_steps SET at = 0",
        "UPDATE measure_steps SET event = ''",
        "DELETE FROM measure_steps",
    ],
)
async def test_the_database_refuses_to_change_a_step(scene: Scene, change: str) -> None:
    await scene.write(lambda tx: steps.open_one(tx, scene.keyring, FIRST, ZONE))
    before = await scene.rows("SELECT * FROM measure_steps")
    with pytest.raises(DBAPIError, match="steps of measures are never changed"):
        await scene.write(lambda tx: tx.exec_driver_sql(change))
    assert await scene.rows("SELECT * FROM measure_steps") == before


async def test_words_are_encrypted_and_stand_in_no_audit_entry(scene: Scene) -> None:
    number = await scene.write(lambda tx: steps.open_one(tx, scene.keyring, FIRST, ZONE))
    seen = await one(scene, number)
    noted = MeasureStep(WEDNESDAY, ROSA, NoteAdded("La caja dos atiende desde hoy"))
    assert await scene.write(lambda tx: steps.add(tx, scene.keyring, seen, noted))
    for table in ("measure_steps", "audit_entries"):
        assert "caja dos" not in str(await scene.rows(f"SELECT * FROM {table}"))
    assert (await one(scene, number)).steps[-1] == noted
