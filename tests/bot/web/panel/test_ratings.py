"""A misattributed rating is moved by the quality role, with a reason, and nobody else."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs.quality.digest import Wanted, load_digest
from handlers.facts import Subject
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.quality.week_rows import week_numbers
from storage.responses import sums
from tests.bot.web.panel.town import PanelTown
from tests.storage.scene import ZONE, Said, closed, grade, opened, reason, sender

CLEANING = Subject("aseo")
RATED = 7


async def rates(town: PanelTown, number: int, value: int) -> None:
    facts = [opened(number, CLEANING), grade(number, value, CLEANING), closed(number)]
    if value < 6:
        facts.insert(2, reason(number, "espera", CLEANING))
    await town.scene.take(Said(sender(f"p{number}"), facts, at=town.now))


async def moved(town: PanelTown, **fields: str) -> int:
    async with town.signed_in("Ana", Grant(Role.QUALITY)) as browser:
        page = await browser.get(f"/panel/notas?numero={RATED}")
        assert page.status == 200
        form = {"response": str(RATED), "area": "transito", "reason": "Era de Tránsito", **fields}
        return (await browser.post("/panel/notas", **form)).status


async def grades(town: PanelTown, week: IsoWeek) -> dict[str, int]:
    areas, _ = await town.scene.read(lambda tx: week_numbers(tx, week))
    counted = {id: sum(map(sum, area.grades.values())) for id, area in areas.items()}
    return {id: n for id, n in counted.items() if n}


async def test_it_counts_for_its_own_area_and_the_log_says_why(town: PanelTown) -> None:
    await rates(town, RATED, 3)
    week = IsoWeek.of(town.now, ZONE)
    assert await moved(town) == 303
    assert await grades(town, week) == {"transito": 1}
    written = await town.scene.read(lambda tx: chain.newest(tx, 1))
    entry = written[0].entry
    assert (entry.action, entry.subject) == ("rating-moved", f"response:{RATED}")
    assert entry.detail == f"aseo {week} > transito {week}: Era de Tránsito"
    assert await town.scene.read(sums.verify) == []


async def test_what_was_published_stays_and_the_next_block_has_it(
    town: PanelTown, release: Release
) -> None:
    for number in range(1, 25):
        await rates(town, number, 7 if number % 2 else 3)
    week = IsoWeek.of(town.now, ZONE)
    town.now += timedelta(days=7)
    wanted = Wanted(week, town.now)
    database, keyring = town.scene.database, town.scene.keyring
    before = await load_digest(database, keyring, release, wanted, freeze=True)
    assert await moved(town) == 303
    assert await load_digest(database, keyring, release, wanted, freeze=True) == before
    assert await grades(town, week.shifted(1)) == {"transito": 1}
    assert await town.scene.read(sums.verify) == []


async def test_a_correction_by_the_citizen_stays_where_it_was_moved(town: PanelTown) -> None:
    await rates(town, RATED, 3)
    assert await moved(town) == 303
    await town.scene.take(Said(sender(f"p{RATED}"), [grade(RATED, 6, CLEANING)], at=town.now))
    assert await grades(town, IsoWeek.of(town.now, ZONE)) == {"transito": 1}
    assert await town.scene.read(sums.verify) == []


async def test_without_reason_area_or_rating_nothing_is_moved(town: PanelTown) -> None:
    await rates(town, RATED, 3)
    for wrong in ({"reason": " "}, {"area": "nada"}, {"area": "aseo"}, {"response": "8"}):
        assert await moved(town, **wrong) == 400
    assert await grades(town, IsoWeek.of(town.now, ZONE)) == {"aseo": 1}
    actions = await town.scene.read(lambda tx: [one.entry.action for one in chain.newest(tx, 20)])
    assert "rating-moved" not in actions
