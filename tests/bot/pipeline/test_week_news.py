"""/semana over a real database: the newest run's findings, each person's areas, 900 characters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted
from bot.pipeline.week_news import week_news
from bot.reports.digests.digest_text import CHAT_LIMIT
from handlers.quality.charts import MIN_POINTS
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from handlers.state import WeekNews
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.staff import roles, staff
from tests.bot.published import LOW, USUAL, publish_weeks

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Scene:
    """One database with published weeks, and one person."""

    def __init__(self, database: Database, keyring: Keyring, release: Release) -> None:
        self.database, self.keyring, self.release = database, keyring, release

    async def hires(self, *grants: Grant) -> int:
        def hire(tx: object) -> int:
            member = staff.add(tx, self.keyring, "Ana", "ana@example.cl", "", NOW)
            for grant in grants:
                roles.give(tx, member.id, grant, NOW)
            return member.id

        return await self.database.write(hire)

    async def controls(self, week: IsoWeek) -> None:
        await run_control(self.database, self.keyring, self.release, Wanted(week, NOW))

    async def told(self, person: int) -> WeekNews | bool:
        return await self.database.read(lambda tx: week_news(tx, self.release, person))


@pytest.fixture
async def scene(sqlite_url: str, keyring: Keyring, release: Release) -> AsyncIterator[Scene]:
    database = await open_database(sqlite_url)
    yield Scene(database, keyring, release)
    await database.close()


async def test_the_newest_run_is_told_and_not_what_it_has_not_seen(scene: Scene) -> None:
    person = await scene.hires(Grant(Role.QUALITY))
    assert await scene.told(person) == WeekNews()
    last = await publish_weeks(scene.database, scene.release, *[USUAL] * MIN_POINTS, LOW, USUAL)
    assert await scene.told(person) == WeekNews()  # published, not controlled
    await scene.controls(last.shifted(-1))
    told = await scene.told(person)
    assert isinstance(told, WeekNews)
    assert told.text.startswith("Semana 42 (12 al 18 de octubre de 2026)\n\nTránsito bajó más de")
    assert "42 % con nota 6 o 7; lo esperable era entre 57 % y 90 %." in told.text
    assert "Aún sin base para decir si algo cambió en 27 áreas." in told.text
    assert len(told.text) <= CHAT_LIMIT
    assert told.picture is not None
    assert told.picture.ref == "chart:2026-W42:transito"
    await scene.controls(last)
    told = await scene.told(person)
    assert isinstance(told, WeekNews)
    assert told.text.startswith("Semana 43")
    assert "Sin cambios en 1 área: es variación normal." in told.text


@pytest.mark.parametrize(
    ("grants", "sees"),
    [
        ((Grant(Role.HEAD, "transito"),), True),
        ((Grant(Role.VIEWER, "transito"),), True),
        ((Grant(Role.HEAD, "aseo"),), False),
        ((Grant(Role.HEAD, "aseo"), Grant(Role.VIEWER, "obras")), False),
    ],
)
async def test_each_is_told_of_their_own_areas(
    scene: Scene, grants: tuple[Grant, ...], sees: bool
) -> None:
    person = await scene.hires(*grants)
    last = await publish_weeks(scene.database, scene.release, *[USUAL] * MIN_POINTS, LOW)
    await scene.controls(last)
    told = await scene.told(person)
    assert isinstance(told, WeekNews)
    assert ("Tránsito bajó" in told.text, "42 %" in told.text) == (sees, sees)
    assert (told.picture is not None) == sees


@pytest.mark.parametrize("grants", [(), (Grant(Role.DESK, "transito"),), (Grant(Role.PRIVACY),)])
async def test_who_sees_no_figures_is_told_none(scene: Scene, grants: tuple[Grant, ...]) -> None:
    person = await scene.hires(*grants)
    last = await publish_weeks(scene.database, scene.release, USUAL)
    await scene.controls(last)
    assert await scene.told(person) is False
