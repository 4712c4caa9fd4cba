"""Contacts that never return and old cases are forgotten after their period, and not before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.facts.cases import CaseAnswered, CaseKind, CaseOpened
from handlers.facts.own_data import Right, RightUsed
from handlers.messages import Channel
from storage.privacy import erasure, retention
from storage.privacy.retention import Periods
from storage.responses import sums
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

ANA = sender("ana")
LUIS = sender("luis", Channel.WEB)
CASE = "LS-2026-000001"
PERIODS = Periods(idle_contacts=timedelta(days=100), closed_cases=timedelta(days=50))
DAYS_99, DAYS_101 = WEDNESDAY + timedelta(days=99), WEDNESDAY + timedelta(days=101)


async def rates(scene: Scene, *more: object) -> None:
    facts = [opened(1), grade(1, 4), words(1, "Muy lento"), closed(1), *more]
    await scene.take(Said(ANA, facts, replies("Anotado")))


async def sweep(scene: Scene, at: object) -> None:
    await retention.sweep(scene.database, scene.keyring, at, PERIODS)


async def test_a_contact_that_never_returns_is_erased_after_its_period(scene: Scene) -> None:
    await rates(scene)
    await sweep(scene, DAYS_99)
    assert await scene.find(ANA) is not None
    await sweep(scene, DAYS_101)
    assert await scene.find(ANA) is None
    assert await scene.rows("SELECT * FROM contact_addresses") == []
    assert await scene.rows("SELECT grade FROM answers WHERE kind = 'grade'") == [(4,)]
    assert await scene.rows("SELECT contact_id FROM responses") == [(None,)]
    assert len(await scene.read(erasure.pending_erasures)) == 1, "so that no copy brings it back"
    assert await scene.read(sums.verify) == []


async def test_who_wrote_again_is_not_forgotten(scene: Scene) -> None:
    await rates(scene)
    await scene.take(Said(ANA, [], replies("Hola", first=2), at=WEDNESDAY + timedelta(days=50)))
    await sweep(scene, DAYS_101)
    assert await scene.find(ANA) is not None


@pytest.mark.parametrize(
    "waits",
    [
        CaseOpened(CASE, CaseKind.COMPLAINT, "transito", "El semáforo"),
        RightUsed("LS-D-2026-000001", Right.RECTIFY, DAYS_99, done=False, text="x"),
    ],
)
async def test_who_waits_for_an_answer_is_not_forgotten(scene: Scene, waits: object) -> None:
    await rates(scene, waits)
    await sweep(scene, DAYS_101)
    assert await scene.find(ANA) is not None


async def test_of_an_old_case_that_is_not_open_only_number_and_dates_stay(scene: Scene) -> None:
    await scene.take(Said(LUIS, [CaseOpened(CASE, CaseKind.COMPLAINT, "transito", "El semáforo")]))
    await sweep(scene, WEDNESDAY + timedelta(days=60))
    assert (await scene.rows("SELECT text IS NULL FROM cases"))[0][0] in (0, False), "still open"
    await scene.take(Said(LUIS, [CaseAnswered(CASE, 0, "Arreglado")]))
    await sweep(scene, WEDNESDAY + timedelta(days=49))
    assert (await scene.rows("SELECT text IS NULL FROM cases"))[0][0] in (0, False)
    await sweep(scene, WEDNESDAY + timedelta(days=51))
    rows = await scene.rows("SELECT number, status, contact_id, text FROM cases")
    assert rows == [(CASE, "answered", None, None)]
    assert {row[0] for row in await scene.rows("SELECT text FROM case_notes")} == {None}


async def test_a_dry_run_counts_what_a_sweep_forgets_and_changes_nothing(scene: Scene) -> None:
    await rates(scene, CaseOpened(CASE, CaseKind.COMPLAINT, "transito", "El semáforo"))
    await scene.take(Said(ANA, [CaseAnswered(CASE, 0, "Arreglado")]))
    before = await scene.rows("SELECT count(*) FROM contact_aliases")
    due = await scene.read(lambda tx: retention.due(tx, DAYS_101, PERIODS))
    assert (due.idle_contacts, due.closed_cases, due.comments) == (1, 1, 0)
    assert await scene.rows("SELECT count(*) FROM contact_aliases") == before
    await sweep(scene, DAYS_101)
    due = await scene.read(lambda tx: retention.due(tx, DAYS_101, PERIODS))
    assert due == retention.DueCounts(0, 0, 0, 0)
