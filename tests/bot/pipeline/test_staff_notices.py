"""Staff are told within working hours and as they chose; what is urgent is told at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from handlers.content.model import Content
from handlers.messages import (
    Announcement,
    Body,
    CaseNotice,
    CaseReminder,
    Channel,
    PersonWaits,
)
from handlers.release import Release
from handlers.staff.absences import Absence
from handlers.staff.notices import notify_at
from handlers.staff.permissions import Grant, Role
from handlers.state import Staff
from storage.cases import recording
from storage.duty import absences
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.outbox.inbox import ForContact, put_inbox
from storage.staff import notices, roles, staff
from storage.staff.digest_readers import digest_readers
from storage.staff.notices import NoticeChoice
from tests.bot.one_process import Clock, FakeChannel, OneProcess, opened
from tests.hired import hired

FRIDAY_NIGHT = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)  # 22:30 in La Serena
MONDAY_MORNING = datetime(2026, 11, 30, 11, 30, tzinfo=UTC)  # 8:30
NOON = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
CASE = CaseNotice("LS-2026-000001", "reclamo", "aseo", "No pasa el camión")
URGENT = CaseNotice("LS-2026-000002", "reclamo", "aseo", "Hay un cable caído", urgent=True)
REMINDER = CaseReminder("LS-2026-000001", "reclamo", "aseo", "second", NOON)
BOTH = Staff(1, "Ana")
MAIL_ONLY = Staff(1, "Ana", by_chat=False)
NOTHING = Staff(1, "Ana", by_chat=False, by_mail=False)


@pytest.mark.parametrize(
    ("body", "person", "channel", "now", "expected"),
    [
        (CASE, BOTH, Channel.TELEGRAM, NOON, NOON),
        (CASE, BOTH, Channel.TELEGRAM, FRIDAY_NIGHT, MONDAY_MORNING),
        (CASE, MAIL_ONLY, Channel.TELEGRAM, NOON, None),
        (CASE, MAIL_ONLY, Channel.MAIL, NOON, NOON),
        (CASE, MAIL_ONLY, Channel.MAIL, FRIDAY_NIGHT, MONDAY_MORNING),
        (URGENT, NOTHING, Channel.MAIL, FRIDAY_NIGHT, FRIDAY_NIGHT),
        (URGENT, NOTHING, Channel.TELEGRAM, FRIDAY_NIGHT, FRIDAY_NIGHT),
        (REMINDER, NOTHING, Channel.MAIL, NOON, NOON),
        (PersonWaits(1, "", "hola"), NOTHING, Channel.TELEGRAM, NOON, None),
        (PersonWaits(1, "", "hola", added=True), NOTHING, Channel.TELEGRAM, NOON, NOON),
        (Announcement("Su enlace"), NOTHING, Channel.MAIL, FRIDAY_NIGHT, FRIDAY_NIGHT),
        (CASE, None, Channel.TELEGRAM, FRIDAY_NIGHT, FRIDAY_NIGHT),  # works here no more
    ],
)
def test_when_and_where_somebody_is_told(
    release: Release,
    body: Body,
    person: Staff | None,
    channel: Channel,
    now: datetime,
    expected: datetime | None,
) -> None:
    content: Content = release.content
    assert notify_at(body, person, channel, content, now) == expected


async def test_what_is_held_comes_when_work_begins_and_lets_what_is_urgent_pass(
    database: Database, keyring: Keyring, release: Release
) -> None:
    clock, mail = Clock(FRIDAY_NIGHT), FakeChannel(Channel.MAIL)
    async with opened(database, keyring, release, [mail], clock=clock) as process:
        contact = await hire_ana(process)

        def put(tx: object) -> None:
            for number, body in enumerate((CASE, URGENT)):
                items = [ForContact(contact, f"notice-{number}", body)]
                put_inbox(tx, keyring, items, clock())

        await database.write(put)
        await until_sent(process, mail, 1)
        assert "cable" in mail.tried[0].reply.text
        clock.now = MONDAY_MORNING
        await until_sent(process, mail, 2)
        assert "camión" in mail.tried[1].reply.text
        assert await process.rows("SELECT count(*) FROM inbox") == [(0,)]


@pytest.mark.parametrize("stand_in", [Grant(Role.VIEWER, "obras"), Grant(Role.HEAD, "aseo")])
async def test_what_is_held_until_somebody_is_away_goes_once_to_who_stands_in_too(
    database: Database, keyring: Keyring, release: Release, stand_in: Grant
) -> None:
    clock, mail = Clock(FRIDAY_NIGHT), FakeChannel(Channel.MAIL)
    async with opened(database, keyring, release, [mail], clock=clock) as process:

        def put(tx: object) -> None:
            ana, luis = (
                staff.add(tx, keyring, staff.NewMember(name, f"{name}@example.cl", ""), clock()).id
                for name in ("ana", "luis")
            )
            roles.give(tx, ana, Grant(Role.HEAD, "aseo"), clock())
            roles.give(tx, luis, stand_in, clock())
            monday = MONDAY_MORNING.replace(hour=3)
            absences.plan(tx, Absence(ana, luis, monday, monday + timedelta(days=5)), clock())
            recording.notify_staff(tx, keyring, CASE, "case:1", clock())

        await database.write(put)
        await until_sent(process, mail, 0)
        clock.now = MONDAY_MORNING
        await until_sent(process, mail, 2)
        assert {one.address for one in mail.tried} == {"ana@example.cl", "luis@example.cl"}


async def test_who_wants_no_mail_gets_none_but_what_is_urgent(
    database: Database, keyring: Keyring, release: Release
) -> None:
    clock, mail = Clock(NOON), FakeChannel(Channel.MAIL)
    async with opened(database, keyring, release, [mail], clock=clock) as process:
        contact = await hire_ana(process)

        def put(tx: object) -> None:
            (member,) = staff.everyone(tx)
            notices.choose(tx, member.id, NoticeChoice(mail=False))
            for number, body in enumerate((CASE, URGENT)):
                items = [ForContact(contact, f"notice-{number}", body)]
                put_inbox(tx, keyring, items, clock())

        await database.write(put)
        await until_sent(process, mail, 1)
        assert "cable" in mail.tried[0].reply.text
        assert await process.rows("SELECT count(*) FROM inbox") == [(0,)]


async def hire_ana(process: OneProcess) -> int:
    def add(tx: object) -> int:
        hired(tx, process.keyring, "Ana", "ana@example.cl", "", process.clock())
        return staff.recipients(tx)[0].contact_id

    return await process.database.write(add)


async def until_sent(process: OneProcess, channel: FakeChannel, count: int) -> None:
    """Until that many messages were tried, and for a while after it no further one."""
    async with asyncio.timeout(10):
        while len(channel.tried) < count:
            process.intake.nudge()
            await asyncio.sleep(0.05)
    process.intake.nudge()
    await asyncio.sleep(0.2)
    assert len(channel.tried) == count


async def test_the_weekly_digest_is_a_choice_of_its_own(
    database: Database, keyring: Keyring
) -> None:
    def readers(tx: object, choice: NoticeChoice) -> int:
        (member,) = staff.everyone(tx)
        notices.choose(tx, member.id, choice)
        return len(digest_readers(tx))

    await database.write(lambda tx: hired(tx, keyring, "Ana", "ana@example.cl", "", NOON))
    for choice, count in (
        (NoticeChoice(), 1),
        (NoticeChoice(weekly=False), 0),
        (NoticeChoice(chat=False), 1),
        (NoticeChoice(mail=False), 0),  # the chat is not linked
        (NoticeChoice(chat=False, mail=False), 1),  # nothing of cases, but the week
    ):
        assert await database.write(lambda tx, choice=choice: readers(tx, choice)) == count
