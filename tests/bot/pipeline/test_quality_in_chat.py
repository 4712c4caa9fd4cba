"""The chat of staff over a real database: /semana in 900 characters with the areas of each, and
two who take one measure at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted
from bot.pipeline.week_news import week_news
from bot.reports.digests.digest_text import CHAT_LIMIT
from handlers.measures.steps import MeasureStep
from handlers.messages import Channel, Press
from handlers.quality.charts import MIN_POINTS
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from handlers.state import WeekNews
from storage.contacts.contacts import find_contacts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.measures import steps
from storage.staff import roles, staff
from storage.staff.staff_contacts import link_staff
from tests.bot.one_process import FakeChannel, opened
from tests.bot.published import LOW, USUAL, publish_weeks
from tests.handlers.measures.weeks_of_blocks import opened as measure_opened
from tests.hired import hired
from tests.storage.scene import ZONE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NUMBER = "M-2026-001"


class Scene:
    """One database with published weeks, and one person."""

    def __init__(self, database: Database, keyring: Keyring, release: Release) -> None:
        self.database, self.keyring, self.release = database, keyring, release

    async def hires(self, *grants: Grant) -> int:
        def hire(tx: object) -> int:
            member = staff.add(tx, self.keyring, staff.NewMember("Ana", "ana@example.cl", ""), NOW)
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
    assert "Faltan mediciones para decir si algo cambió en 27 áreas." in told.text
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


async def test_of_two_who_take_a_measure_in_one_batch_the_second_is_told_who_has_it(
    scene: Scene,
) -> None:
    keyring, channel = scene.keyring, FakeChannel(Channel.TELEGRAM)
    async with opened(scene.database, keyring, scene.release, [channel]) as process:

        def hire(tx: Connection) -> None:
            for who in ("Ana", "Rosa"):
                member = hired(tx, keyring, who, f"{who}@example.cl", "transito", NOW)
                (contact,) = find_contacts(tx, keyring, [process.event("", who=who).sender], NOW)
                link_staff(tx, contact.id, member.id)
            steps.open_one(tx, keyring, MeasureStep(NOW, 0, measure_opened("transito")), ZONE)

        await scene.database.write(hire)
        for who in ("Ana", "Rosa"):
            await process.hears(NUMBER, who=who)
        await process.until_states("sent", "sent")
        presses = [
            process.event(Press(f"measure-take:{NUMBER}", channel.told(who)[-1]), who=who)
            for who in ("Ana", "Rosa")
        ]
        await process.intake.submit(presses)
        await process.until_states(*["sent"] * 4)
        said = {one.address: one.reply.text for one in channel.tried}
        assert f"{NUMBER} quedó a su cargo." in said["Ana"]
        assert "quedó a su cargo" not in said["Rosa"]
        assert f"{NUMBER} está a cargo de Ana." in said["Rosa"]
        kinds = "SELECT kind FROM measure_steps ORDER BY place"
        assert await process.rows(kinds) == [("opened",), ("taken",)]
