"""A batch with measures of a chat never waits for whom waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.util import await_only

from handlers.facts.staff import MeasureNoted, MeasureOpened
from handlers.measures.steps import MeasureStep, NoteAdded
from handlers.staff_chat.measures import MeasureForm
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.engine.drivers.postgres import PostgresDatabase
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.measures import steps
from tests.handlers.measures.weeks_of_blocks import opened
from tests.storage.locks import out_of_order, transactions_of
from tests.storage.scene import WEDNESDAY, ZONE, Said, Scene, closed, grade, sender
from tests.storage.scene import opened as begun

FORM = MeasureForm("aseo", "plan", (("problem", "Espera"), ("cause", "Caja"), ("action", "Otra"),
                                    ("due", "2026-12-04")))  # fmt: skip
OPENED = MeasureOpened(1, FORM, WEDNESDAY + timedelta(days=14), "POLITICA 10 working days")
RATED = [begun(1), grade(1, 6), closed(1)]
FIRST, SECOND = "M-2026-001", "M-2026-002"

Work = Callable[[Connection, Scene], object]


def lock_the_numbers(tx: Connection, _scene: Scene) -> None:
    steps.lock(tx, WEDNESDAY, ZONE)


def open_one(tx: Connection, scene: Scene) -> None:
    steps.open_one(tx, scene.keyring, MeasureStep(WEDNESDAY, 0, opened("obras")), ZONE)


def rate(tx: Connection, scene: Scene) -> None:
    scene.take_in(tx, Said(sender("luis"), [begun(2), grade(2, 6), closed(2)]))


def audit(tx: Connection, scene: Scene) -> None:
    chain.append(tx, scene.keyring, AuditEntry(1, "rating-entered"), WEDNESDAY)


def note(number: str) -> Work:
    def add(tx: Connection, scene: Scene) -> None:
        measure = steps.find_measure(tx, scene.keyring, ZONE, number)
        assert measure is not None
        steps.add(tx, scene.keyring, measure, MeasureStep(WEDNESDAY, 0, NoteAdded("Del panel")))

    return add


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        (lock_the_numbers, open_one, [MeasureNoted(FIRST, 1, "Llegó"), OPENED]),
        (rate, audit, [MeasureNoted(FIRST, 1, "Llegó"), *RATED]),
        (note(FIRST), note(SECOND), [MeasureNoted(n, 1, "Llegó") for n in (SECOND, FIRST)]),
    ],
    ids=["a control run", "a rating at the desk", "steps in the panel"],
)
async def test_a_batch_waits_for_whoever_came_first_and_loses_nothing(
    postgres_url: str, keyring: Keyring, first: Work, then: Work, said: list[object]
) -> None:
    database = await open_database(postgres_url)
    assert isinstance(database, PostgresDatabase)
    scene = Scene(database, keyring)
    for area in ("aseo", "mujer"):
        step = MeasureStep(WEDNESDAY, 0, opened(area))
        await scene.write(lambda tx, step=step: steps.open_one(tx, keyring, step, ZONE))
    await scene.take(Said(sender("rosa")))
    holds, go_on, tries = asyncio.Event(), asyncio.Event(), []

    def other(tx: Connection) -> None:
        tries.append("other")
        first(tx, scene)
        holds.set()
        await_only(go_on.wait())
        then(tx, scene)

    def batch(tx: Connection) -> None:
        tries.append("batch")
        scene.take_in(tx, Said(sender("rosa"), said))

    transactions = transactions_of(database)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(scene.write(other))
        await holds.wait()
        tasks.create_task(scene.write(batch))
        while not await scene.rows(WAITING):
            await asyncio.sleep(0.01)
        go_on.set()
    assert tries == ["other", "batch"]
    assert [locked for locked in transactions if out_of_order(locked)] == []
    notes = "SELECT number FROM measure_steps WHERE kind = 'noted' AND staff_id = 1 ORDER BY number"
    noted = sorted(fact.number for fact in said if isinstance(fact, MeasureNoted))
    assert [number for (number,) in await scene.rows(notes)] == noted
    await database.close()


WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
