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
    ],
)
def test_the_week_before_is_due_on_monday_at_eight(now: str, week: str, due: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=CHILE)
    expected = datetime.fromisoformat(due).replace(tzinfo=CHILE)
    assert last_due(at.astimezone(UTC), DIGEST, CHILE) == (IsoWeek.parse(week), expected)


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
