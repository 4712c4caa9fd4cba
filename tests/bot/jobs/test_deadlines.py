"""The job that warns of deadlines: through real storage and inboxes, with the clock moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.installation import installation_of
from bot.jobs.deadlines import Deadlines
from bot.jobs.periodic import run_periodically
from bot.observability.metrics import Job
from handlers.errors import StorageUnavailable
from handlers.facts.cases import CaseAnswered
from handlers.messages import Channel
from handlers.release import Release
from storage.cases import recording
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.staff import staff
from tests.bot.one_process import BrokenDatabase, Clock, FakeChannel, OneProcess, opened, until
from tests.hired import hired

CHILE = ZoneInfo("America/Santiago")
COMPLAINT = ("reclamo", "La luminaria de mi pasaje no prende", "saltar", "sí", "listo")
NUMBER = "LS-2026-000001"
WAITING = "SELECT 1 FROM inbox UNION ALL SELECT 1 FROM outbox WHERE state IN ('due', 'sending')"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHILE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Scene:
    """A service in which Eva complains, with its job and what it sends."""

    process: OneProcess
    deadlines: Deadlines
    mail: FakeChannel
    telegram: FakeChannel

    async def hire(self, *, alone: bool = False) -> None:
        """Somebody for street lights and somebody on duty, reached by mail."""
        keyring, now = self.process.keyring, self.process.clock()

        def add(tx: Transaction) -> None:
            hired(tx, keyring, "Ana", "luces@muni.example", "operaciones", now)
            if not alone:
                staff.ensure_duty(tx, keyring, "turno@muni.example", now)

        await self.process.database.write(add)

    async def complain(self) -> None:
        await self.process.hears(*COMPLAINT, who="eva")

    async def run_at(self, at: datetime) -> int:
        self.process.clock.now = at
        return await self.deadlines.run_once()

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Who was told what, besides the first notice."""
        told = [
            (one.address.partition("@")[0], one.reply.text.split("\n\n")[0])
            for one in self.mail.tried
        ]
        return [(who, text) for who, text in told if "sin respuesta" in text or "nadie" in text]

    async def until_all_is_sent(self) -> None:
        """Before the clock goes on: what waits for days is given up."""
        self.process.intake.nudge()
        for _ in range(3_000):
            if not await self.process.rows(WAITING):
                return
            await asyncio.sleep(0.01)
        raise AssertionError("something waits still")


@pytest.fixture
async def scene(database: Database, keyring: Keyring, release: Release) -> AsyncIterator[Scene]:
    mail, telegram = FakeChannel(Channel.MAIL), FakeChannel(Channel.TELEGRAM)
    clock = Clock(local("2026-11-30T10:00"))
    async with opened(database, keyring, release, [mail, telegram], clock=clock) as process:
        job = Deadlines(installation_of(process.database, keyring, release, clock))
        yield Scene(process, job, mail, telegram)


async def test_two_people_are_warned_twice_and_the_citizen_is_told_when_it_lapses(
    scene: Scene,
) -> None:
    await scene.hire()
    await scene.complain()
    for day in range(1, 40):
        for hour in (3, 9, 10, 16, 22):
            await scene.run_at(local("2026-11-30T00:00") + timedelta(days=day, hours=hour))
            await scene.until_all_is_sent()
    await until(lambda: len(scene.warnings) == 8 and len(scene.telegram.tried) == 6)
    told = scene.warnings
    assert [who for who, _ in told] == ["luces", "turno"] * 4
    assert "nadie lo ha leído" in told[0][1]
    assert "sigue sin respuesta. Vence el 30 de diciembre de 2026." in told[2][1]
    assert "segundo aviso" in told[4][1]
    assert "venció el 30 de diciembre de 2026 sin respuesta" in told[6][1]
    said = [one.reply.text for one in scene.telegram.tried if one.address == "eva"]
    assert f"{NUMBER}: venció el plazo sin respuesta" in said[-1]
    at = await scene.process.rows("SELECT DISTINCT at FROM case_warnings")
    hours = [datetime.fromtimestamp(int(str(row[0])) / 1e6, UTC).astimezone(CHILE) for row in at]
    assert all(9 <= hour.hour <= 16 and hour.weekday() < 5 for hour in hours)


async def test_what_is_answered_is_not_warned_of_and_closes_by_itself(
    scene: Scene, keyring: Keyring
) -> None:
    await scene.hire()
    await scene.complain()
    answered, now = CaseAnswered(NUMBER, 0, "Ya prende."), scene.process.clock()
    await scene.process.database.write(lambda tx: recording.answer(tx, keyring, answered, now))
    for status, days in (("answered", 29), ("closed", 31)):
        await scene.run_at(local("2026-11-30T10:00") + timedelta(days=days))
        assert await scene.process.rows("SELECT status FROM cases") == [(status,)]
    assert await scene.process.rows("SELECT count(*) FROM case_warnings") == [(0,)]


async def test_two_processes_that_look_at_once_warn_once(
    scene: Scene, database_url: str, keyring: Keyring, release: Release
) -> None:
    await scene.hire()
    await scene.complain()
    other = await open_database(database_url)
    there = Deadlines(installation_of(other, keyring, release, scene.process.clock))
    both = await asyncio.gather(scene.run_at(local("2026-12-15T09:00")), there.run_once())
    await other.close()
    assert sorted(both) == [0, 1]
    assert await scene.process.rows("SELECT count(*) FROM case_warnings") == [(2,)]
    scene.process.intake.nudge()
    await until(lambda: len(scene.warnings) == 2)


async def test_without_staff_nothing_is_noted_and_the_first_one_hired_is_told(
    scene: Scene,
) -> None:
    await scene.complain()
    assert await scene.run_at(local("2026-12-15T09:00")) == 0
    await scene.hire(alone=True)
    assert await scene.deadlines.run_once() == 1


async def test_a_failure_is_counted_and_the_job_goes_on(
    database: Database, keyring: Keyring, release: Release
) -> None:
    broken = BrokenDatabase(database)
    broken.failures = 1
    failed: list[Job] = []
    times = iter([local("2026-12-15T09:00")] * 3)

    def clock() -> datetime:
        """Raises once the hours are used up."""
        return next(times)

    def count(kind: Job) -> None:
        failed.append(kind)
        raise StorageUnavailable("the end of this test")

    watch = Deadlines(installation_of(broken, keyring, release, clock))
    with capture_logs() as logs, pytest.raises(StorageUnavailable):
        await run_periodically(Job.DEADLINES, watch.run_once, 0, lambda: None, count)
    assert failed == [Job.DEADLINES]
    assert logs[0]["event"] == "job waits for the database"
