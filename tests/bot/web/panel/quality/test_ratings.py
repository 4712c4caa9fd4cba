"""A misattributed rating is moved by the quality role, with a reason, and nobody else."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs.quality.digest import Wanted, load_digest
from handlers.facts.responses import Subject
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.quality.week_rows import week_numbers
from storage.responses import sums
from tests.bot.web.panel.served_panel import ServedPanel
from tests.storage.scene import ZONE, Said, closed, grade, opened, reason, sender

CLEANING = Subject("aseo")
RATED = 7


async def rates(panel: ServedPanel, number: int, value: int) -> None:
    facts = [opened(number, CLEANING), grade(number, value, CLEANING), closed(number)]
    if value < 6:
        facts.insert(2, reason(number, "espera", CLEANING))
    await panel.scene.take(Said(sender(f"p{number}"), facts, at=panel.now))


async def moved(panel: ServedPanel, **fields: str) -> int:
    async with panel.signed_in("Ana", Grant(Role.QUALITY)) as browser:
        page = await browser.get(f"/panel/notas?numero={RATED}")
        assert page.status == 200
        form = {"response": str(RATED), "area": "transito", "reason": "Era de Tránsito", **fields}
        return (await browser.post("/panel/notas", **form)).status


async def grades(panel: ServedPanel, week: IsoWeek) -> dict[str, int]:
    areas, _ = await panel.scene.read(lambda tx: week_numbers(tx, week))
    counted = {id: sum(map(sum, area.grades.values())) for id, area in areas.items()}
    return {id: n for id, n in counted.items() if n}


async def test_a_number_that_is_no_rating_says_where_numbers_are(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", Grant(Role.QUALITY)) as browser:
        page = (await browser.get("/panel/notas?numero=123")).text
    assert page.count("de la columna «respuesta»") >= 1
    assert "columna «response»" not in page


async def test_it_counts_for_its_own_area_and_the_log_says_why(panel: ServedPanel) -> None:
    await rates(panel, RATED, 3)
    week = IsoWeek.of(panel.now, ZONE)
    assert await moved(panel) == 303
    assert await grades(panel, week) == {"transito": 1}
    written = await panel.scene.read(lambda tx: chain.newest(tx, 1))
    entry = written[0].entry
    assert (entry.action, entry.subject) == ("rating-moved", f"response:{RATED}")
    assert entry.detail == f"aseo {week} > transito {week}: Era de Tránsito"
    assert await panel.scene.read(sums.verify) == []


async def test_what_was_published_stays_and_the_next_block_has_it(
    panel: ServedPanel, release: Release
) -> None:
    for number in range(1, 25):
        await rates(panel, number, 7 if number % 2 else 3)
    week = IsoWeek.of(panel.now, ZONE)
    panel.now += timedelta(days=7)
    wanted = Wanted(week, panel.now)
    database, keyring = panel.scene.database, panel.scene.keyring
    before = await load_digest(database, keyring, release, wanted, freeze=True)
    assert await moved(panel) == 303
    assert await load_digest(database, keyring, release, wanted, freeze=True) == before
    assert await grades(panel, week.shifted(1)) == {"transito": 1}
    assert await panel.scene.read(sums.verify) == []


async def test_a_correction_by_the_citizen_stays_where_it_was_moved(panel: ServedPanel) -> None:
    await rates(panel, RATED, 3)
    assert await moved(panel) == 303
    await panel.scene.take(Said(sender(f"p{RATED}"), [grade(RATED, 6, CLEANING)], at=panel.now))
    assert await grades(panel, IsoWeek.of(panel.now, ZONE)) == {"transito": 1}
    assert await panel.scene.read(sums.verify) == []


async def test_without_reason_area_or_rating_nothing_is_moved(panel: ServedPanel) -> None:
    await rates(panel, RATED, 3)
    for wrong in ({"reason": " "}, {"area": "nada"}, {"area": "aseo"}, {"response": "8"}):
        assert await moved(panel, **wrong) == 422
    async with panel.signed_in("Ana") as ana:
        empty = await ana.get("/panel/notas?numero=")
        assert (empty.status, "Falta escribir el número" in empty.text) == (422, True)
    assert await grades(panel, IsoWeek.of(panel.now, ZONE)) == {"aseo": 1}
    actions = await panel.scene.read(lambda tx: [one.entry.action for one in chain.newest(tx, 20)])
    assert "rating-moved" not in actions
