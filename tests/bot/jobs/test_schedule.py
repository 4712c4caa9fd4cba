"""Tests of what happens by the clock: each week's digest once, also after downtime."""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from structlog.testing import capture_logs

from bot.config import JOURNAL, DigestSettings
from bot.jobs.quality.digest import Sending, send_digest
from bot.jobs.schedule import (
    ERASURES_EVERY,
    FAILED_FOR_MOST,
    RETENTION_EVERY,
    Schedule,
    Upkeep,
    keep_erasure_journal,
    last_due,
)
from bot.observability.metrics import Job
from handlers.messages import Channel
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.privacy import erasure
from tests.bot.one_process import Clock, FakeChannel, OneProcess, opened, until
from tests.hired import hired

CHILE = ZoneInfo("America/Santiago")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=CHILE).astimezone(UTC)
DIGEST = DigestSettings()  # Mondays at 08:00


@pytest.mark.parametrize(
    ("now", "week", "due"),
    [
        ("2026-11-23T08:00", "2026-W47", "2026-11-23T08:00"),
        ("2026-11-23T07:59", "2026-W46", "2026-11-16T08:00"),
        ("2026-11-29T23:59", "2026-W47", "2026-11-23T08:00"),
        ("2026-04-06T08:00", "2026-W14", "2026-04-06T08:00"),  # summer time ended the day before
        ("2027-01-04T09:00", "2026-W53", "2027-01-04T08:00"),
        ("2026-09-07T08:00", "2026-W36", "2026-09-07T08:00"),  # it began the day before
    ],
)
def test_the_week_before_is_due_on_monday_at_eight(now: str, week: str, due: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=CHILE)
    expected = datetime.fromisoformat(due).replace(tzinfo=CHILE)
    assert last_due(at.astimezone(UTC), DIGEST, CHILE) == (IsoWeek.parse(week), expected)


@pytest.mark.parametrize(
    ("time", "weekday", "now"),
    [
        ("00:30", "sunday", "2026-09-06T04:00Z"),  # 00:00 was 01:00: the time does not exist
        ("23:30", "saturday", "2026-04-05T03:30Z"),  # 24:00 was 23:00: the time comes twice
    ],
)
def test_a_time_that_the_clock_skips_or_repeats_is_due_once(
    time: str, weekday: str, now: str
) -> None:
    settings = DigestSettings.model_validate({"time": time, "weekday": weekday})
    at = datetime.fromisoformat(now)
    weeks = [last_due(at + timedelta(minutes=m), settings, CHILE)[0] for m in range(-180, 180, 10)]
    assert weeks == sorted(weeks, key=str)
    assert len(set(weeks)) == 2


async def test_a_clock_that_jumps_sends_no_digest_twice(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, clock = FakeChannel(Channel.MAIL), Clock(MONDAY - timedelta(days=20))
    async with opened(database, keyring, release, [mail], clock=clock) as process:
        await hire(process, "luces@muni.example")
        one = schedule(process, release)
        for jumps, jump in enumerate((20, -7, 7, -1, 1), 1):
            clock.goes_on(days=jump)
            await looks(process, one, schedule(process, release))
            await process.until_states(*["sent"] * min(jumps, 2))
        await process.intake.finish()
        await process.delivery.finish(10)
        weeks = [sent.reply.subject.partition(":")[0] for sent in mail.tried]
        assert sorted(weeks) == sorted(set(weeks))
        assert len(weeks) == 2


async def test_each_member_of_staff_gets_each_digest_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, clock = FakeChannel(Channel.MAIL), Clock(MONDAY - timedelta(days=5))
    async with opened(database, keyring, release, [mail], clock=clock) as process:
        await hire(process, "luces@muni.example")
        await looks(process, schedule(process, release), schedule(process, release))
        assert mail.tried == [], "last week's was due before anybody was there"

        clock.now = MONDAY - timedelta(seconds=1)
        await looks(process, schedule(process, release))
        assert mail.tried == []
        clock.now = MONDAY
        one, other = schedule(process, release), schedule(process, release)
        await looks(process, one, other, one)
        await process.until_states("sent")
        await process.waits(hours=5)
        await looks(process, one, other, schedule(process, release))
        await process.intake.finish()
        await process.delivery.finish(10)
        assert [sent.address for sent in mail.tried] == ["luces@muni.example"]
        assert mail.tried[0].reply.subject.startswith("Semana 47")
        sheet = mail.tried[0].document
        assert sheet is not None
        assert sheet.name == "resumen-2026-W47.xlsx"
        assert "Áreas" in load_workbook(io.BytesIO(sheet.content)).sheetnames


async def test_after_downtime_the_missed_digest_is_sent_once_to_who_was_there(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, clock = FakeChannel(Channel.MAIL), Clock(MONDAY - timedelta(days=20))
    async with opened(database, keyring, release, [mail], clock=clock) as process:
        await hire(process, "luces@muni.example")
        clock.now = MONDAY + timedelta(days=2)  # down since; two Mondays were missed
        await hire(process, "nueva@muni.example")
        await looks(process, schedule(process, release), schedule(process, release))
        await process.until_states("sent")
        await process.intake.finish()
        await process.delivery.finish(10)
        assert [sent.address for sent in mail.tried] == ["luces@muni.example"]
        claimed = await process.rows("SELECT count(*) FROM digest_claims")
        assert claimed == [(1,)], "a digest is claimed before it is sent"


class Jobs:
    """Jobs of which each fails as often as it is told to."""

    def __init__(self, clock: Clock) -> None:
        self.fail: Counter[Job] = Counter()
        self.tried: Counter[Job] = Counter()
        self.done: Counter[Job] = Counter()
        self.failed: Counter[Job] = Counter()
        count = self.failed.update
        self.schedule = Schedule(
            DIGEST,
            CHILE,
            clock,
            self.send,
            [
                Upkeep(Job.RETENTION, RETENTION_EVERY, partial(self._do, Job.RETENTION)),
                Upkeep(Job.ERASED_CONTACTS, ERASURES_EVERY, partial(self._do, Job.ERASED_CONTACTS)),
            ],
            count_failure=lambda job: count([job]),
        )

    async def send(self, _week: IsoWeek, _due: datetime) -> int:
        await self._do(Job.DIGEST)
        return 1

    async def _do(self, job: Job) -> None:
        self.tried[job] += 1
        if self.fail[job]:
            self.fail[job] -= 1
            raise ZeroDivisionError("what a citizen wrote")
        self.done[job] += 1


async def test_a_job_that_fails_is_tried_again_later_and_the_other_one_goes_on() -> None:
    clock = Clock(MONDAY)
    jobs = Jobs(clock)
    jobs.fail[Job.DIGEST] = 7
    for _ in range(60):
        await jobs.schedule.run_once()
        clock.goes_on(minutes=1)
    assert jobs.done == {Job.RETENTION: 1, Job.ERASED_CONTACTS: 1}
    assert jobs.tried[Job.DIGEST] == 7, "after 1, 2, 4, 8, 15, 15 … minutes"
    clock.goes_on(hours=-10)  # a clock that is put right again does not put the job off
    await jobs.schedule.run_once()
    assert jobs.done == {Job.DIGEST: 1, Job.RETENTION: 2, Job.ERASED_CONTACTS: 2}
    assert jobs.failed == {Job.DIGEST: 7}


async def test_an_erased_address_is_looked_for_in_time_for_the_promised_24_hours() -> None:
    clock = Clock(MONDAY)
    jobs = Jobs(clock)
    at, longest = clock.now, timedelta()
    for minute in range(24 * 60):
        done = jobs.done[Job.ERASED_CONTACTS]
        jobs.fail[Job.ERASED_CONTACTS] += minute % 300 == 0  # now and then one fails
        await jobs.schedule.run_once()
        if jobs.done[Job.ERASED_CONTACTS] > done:
            longest, at = max(longest, clock.now - at), clock.now
        clock.goes_on(minutes=1)
    assert jobs.failed[Job.ERASED_CONTACTS] > 1
    assert erasure.KEEP_ADDRESS + longest + FAILED_FOR_MOST <= timedelta(hours=24)


async def test_a_job_that_fails_leaves_the_schedule_running(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.jobs.schedule.INTERVAL_S", 0.01)
    jobs = Jobs(Clock(MONDAY))
    jobs.fail.update([Job.DIGEST, Job.RETENTION])
    task = asyncio.create_task(jobs.schedule.run())
    await until(lambda: jobs.failed.total() == 2)
    await asyncio.sleep(0.05)
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_journal_of_erasures_whose_disk_fails_is_written_once_it_can_be(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.schedule.JOURNAL_S", 0.01)
    journal, failed = tmp_path / "away" / JOURNAL, []
    journal.parent.write_text("", encoding="utf-8")  # no folder, and none can be made
    await database.write(lambda tx: erasure.erase(tx, [7], MONDAY))
    write = partial(erasure.write_journal, database, journal)
    with capture_logs() as logs:
        task = asyncio.create_task(keep_erasure_journal(write, failed.append))
        await until(lambda: len(failed) > 3)
        journal.parent.unlink()
        await until(journal.exists)
        await until(lambda: len(logs) > 1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert [line.contact for line in erasure.read_journal(journal)] == [7]
    assert set(failed) == {Job.ERASURES}
    assert [log["log_level"] for log in logs] == ["error", "info"], "told once, not with each try"


def schedule(process: OneProcess, release: Release) -> Schedule:
    """One process's schedule."""

    async def send(week: IsoWeek, due: datetime) -> int:
        sending = Sending(
            week=week, now=process.clock(), base_url="https://opina.example", known_before=due
        )
        count = await send_digest(process.database, process.keyring, release, sending)
        process.intake.nudge()
        return count

    count = process.metrics.count_failure
    return Schedule(DIGEST, CHILE, process.clock, send, (), count_failure=count)


async def looks(process: OneProcess, *schedules: Schedule) -> None:
    for one in schedules:
        await one.run_once()
    await process.waits(seconds=0)


async def hire(process: OneProcess, address: str) -> None:
    """Add a member of staff for the whole municipality, reached by mail."""
    await process.database.write(
        lambda tx: hired(tx, process.keyring, address, address, "", process.clock())
    )
