"""Tests of what happens by the clock: each week's digest once, also after downtime."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.config import Digest
from bot.digests import Sending, send_digest
from bot.schedule import Schedule, last_due
from handlers.messages import Channel
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage import staff
from storage.database import Database
from storage.keyring import Keyring
from tests.bot.town import Clock, FakeChannel, Town, opened

CHILE = ZoneInfo("America/Santiago")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=CHILE).astimezone(UTC)
DIGEST = Digest()  # Mondays at 08:00


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
    settings = Digest.model_validate({"time": time, "weekday": weekday})
    at = datetime.fromisoformat(now)
    weeks = [last_due(at + timedelta(minutes=m), settings, CHILE)[0] for m in range(-180, 180, 10)]
    assert weeks == sorted(weeks, key=str)
    assert len(set(weeks)) == 2


async def test_a_clock_that_jumps_sends_no_digest_twice(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, clock = FakeChannel(Channel.MAIL), Clock(MONDAY - timedelta(days=20))
    async with opened(database, keyring, release, [mail], clock=clock) as town:
        await hire(town, "luces@muni.example")
        one = schedule(town, release)
        for jumps, jump in enumerate((20, -7, 7, -1, 1), 1):
            clock.goes_on(days=jump)
            await looks(town, one, schedule(town, release))
            await town.until_states(*["sent"] * min(jumps, 2))
        await town.intake.finish()
        await town.delivery.finish(10)
        weeks = [sent.reply.subject.partition(":")[0] for sent in mail.tried]
        assert sorted(weeks) == sorted(set(weeks))
        assert len(weeks) == 2


async def test_each_member_of_staff_gets_each_digest_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, clock = FakeChannel(Channel.MAIL), Clock(MONDAY - timedelta(days=5))
    async with opened(database, keyring, release, [mail], clock=clock) as town:
        await hire(town, "luces@muni.example")
        await looks(town, schedule(town, release), schedule(town, release))
        assert mail.tried == [], "last week's was due before anybody was there"

        clock.now = MONDAY - timedelta(seconds=1)
        await looks(town, schedule(town, release))
        assert mail.tried == []
        clock.now = MONDAY
        one, other = schedule(town, release), schedule(town, release)
        await looks(town, one, other, one)
        await town.until_states("sent")
        await town.waits(hours=5)
        await looks(town, one, other, schedule(town, release))
        await town.intake.finish()
        await town.delivery.finish(10)
        assert [sent.address for sent in mail.tried] == ["luces@muni.example"]
        assert mail.tried[0].reply.subject.startswith("Semana 47")


async def test_after_downtime_the_missed_digest_is_sent_once_to_who_was_there(
    database: Database, keyring: Keyring, release: Release
) -> None:
    mail, clock = FakeChannel(Channel.MAIL), Clock(MONDAY - timedelta(days=20))
    async with opened(database, keyring, release, [mail], clock=clock) as town:
        await hire(town, "luces@muni.example")
        clock.now = MONDAY + timedelta(days=2)  # down since; two Mondays were missed
        await hire(town, "nueva@muni.example")
        await looks(town, schedule(town, release), schedule(town, release))
        await town.until_states("sent")
        await town.intake.finish()
        await town.delivery.finish(10)
        assert [sent.address for sent in mail.tried] == ["luces@muni.example"]
        claimed = await town.rows("SELECT count(*) FROM digest_claims")
        assert claimed == [(1,)], "a digest is claimed before it is sent"


def schedule(town: Town, release: Release) -> Schedule:
    """One process's schedule."""

    async def send(week: IsoWeek, due: datetime) -> int:
        sending = Sending(
            week=week, now=town.clock(), base_url="https://opina.example", known_before=due
        )
        count = await town.database.write(
            lambda tx: send_digest(tx, town.keyring, release, sending)
        )
        town.intake.nudge()
        return count

    async def retain() -> None: ...

    return Schedule(DIGEST, CHILE, town.clock, send, retain)


async def looks(town: Town, *schedules: Schedule) -> None:
    for one in schedules:
        await one.look()
    await town.waits(seconds=0)


async def hire(town: Town, address: str) -> None:
    """Add a member of staff for the whole municipality, reached by mail."""
    await town.database.write(
        lambda tx: staff.add(tx, town.keyring, address, address, "", town.clock())
    )
