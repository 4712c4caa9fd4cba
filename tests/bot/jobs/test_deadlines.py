"""The job that warns of deadlines: through real storage and inboxes, with the clock moved."""

from __future__ import annotations

import asyncio
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


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHILE).astimezone(UTC)


async def hire(process: OneProcess, *, alone: bool = False) -> None:
    """Somebody for street lights and somebody on duty, reached by mail."""

    def add(tx: Transaction) -> None:
        hired(tx, process.keyring, "Ana", "luces@muni.example", "operaciones", process.clock())
        if not alone:
            staff.ensure_duty(tx, process.keyring, "turno@muni.example", process.clock())

    await process.database.write(add)


def job(process: OneProcess, release: Release) -> Deadlines:
    return Deadlines(installation_of(process.database, process.keyring, release, process.clock))


def subjects(mail: FakeChannel) -> list[tuple[str, str]]:
    """Who was told what, besides the first notice."""
    told = [(one.address.partition("@")[0], one.reply.text.split("\n\n")[0]) for one in mail.tried]
    return [(who, text) for who, text in told if "sin respuesta" in text or "nadie" in text]


async def told_of_all(process: OneProcess) -> None:
    """Before the clock goes on: what waits for days is given up."""
    process.intake.nudge()
    waiting = "SELECT 1 FROM inbox UNION ALL SELECT 1 FROM outbox WHERE state IN ('due', 'sending')"
    for _ in range(3_000):
        if not await process.rows(waiting):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("something waits still")


async def test_two_people_are_warned_twice_and_the_citizen_is_told_when_it_lapses(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, telegram = FakeChannel(Channel.MAIL), FakeChannel(Channel.TELEGRAM)
    clock = Clock(local("2026-11-30T10:00"))
    async with opened(database, keyring, release, [mail, telegram], clock=clock) as process:
        await hire(process)
        await process.hears(*COMPLAINT, who="eva")
        for day in range(1, 40):
            for hour in (3, 9, 10, 16, 22):
                clock.now = local("2026-11-30T00:00") + timedelta(days=day, hours=hour)
                await job(process, release).run_once()
                await told_of_all(process)
        await until(lambda: len(subjects(mail)) == 8 and len(telegram.tried) == 6)
        told = subjects(mail)
        assert [who for who, _ in told] == ["luces", "turno"] * 4
        assert "nadie lo ha leído" in told[0][1]
        assert "sigue sin respuesta. Vence el 30 de diciembre de 2026." in told[2][1]
        assert "segundo aviso" in told[4][1]
        assert "venció el 30 de diciembre de 2026 sin respuesta" in told[6][1]
        said = [one.reply.text for one in telegram.tried if one.address == "eva"]
        assert f"{NUMBER}: venció el plazo sin respuesta" in said[-1]
        at = await process.rows("SELECT DISTINCT at FROM case_warnings")
        hours = [
            datetime.fromtimestamp(int(str(row[0])) / 1e6, UTC).astimezone(CHILE) for row in at
        ]
        assert all(9 <= hour.hour <= 16 and hour.weekday() < 5 for hour in hours)


async def test_what_is_answered_is_not_warned_of_and_closes_by_itself(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, telegram = FakeChannel(Channel.MAIL), FakeChannel(Channel.TELEGRAM)
    clock = Clock(local("2026-11-30T10:00"))
    async with opened(database, keyring, release, [mail, telegram], clock=clock) as process:
        await hire(process)
        await process.hears(*COMPLAINT, who="eva")
        await process.database.write(
            lambda tx: recording.answer(tx, keyring, CaseAnswered(NUMBER, 0, "Ya prende."), clock())
        )
        for status, days in (("answered", 29), ("closed", 31)):
            clock.now = local("2026-11-30T10:00") + timedelta(days=days)
            await job(process, release).run_once()
            assert await process.rows("SELECT status FROM cases") == [(status,)]
        assert await process.rows("SELECT count(*) FROM case_warnings") == [(0,)]


async def test_two_processes_that_look_at_once_warn_once(
    database: Database, database_url: str, keyring: Keyring, release: Release
) -> None:
    mail, telegram = FakeChannel(Channel.MAIL), FakeChannel(Channel.TELEGRAM)
    clock = Clock(local("2026-11-30T10:00"))
    async with opened(database, keyring, release, [mail, telegram], clock=clock) as process:
        await hire(process)
        await process.hears(*COMPLAINT, who="eva")
        clock.now = local("2026-12-15T09:00")
        other = await open_database(database_url)
        there = Deadlines(installation_of(other, keyring, release, clock))
        both = await asyncio.gather(job(process, release).run_once(), there.run_once())
        await other.close()
        assert sorted(both) == [0, 1]
        assert await process.rows("SELECT count(*) FROM case_warnings") == [(2,)]
        process.intake.nudge()
        await until(lambda: len(subjects(mail)) == 2)


async def test_without_staff_nothing_is_noted_and_the_first_one_hired_is_told(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, telegram = FakeChannel(Channel.MAIL), FakeChannel(Channel.TELEGRAM)
    clock = Clock(local("2026-11-30T10:00"))
    async with opened(database, keyring, release, [mail, telegram], clock=clock) as process:
        await process.hears(*COMPLAINT, who="eva")
        clock.now = local("2026-12-15T09:00")
        assert await job(process, release).run_once() == 0
        await hire(process, alone=True)
        assert await job(process, release).run_once() == 1


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
