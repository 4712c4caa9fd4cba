"""The watch over conversations with a person: a case, the queue, or the assistant again."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.installation import installation_of
from bot.jobs.handovers import Handovers
from bot.jobs.periodic import run_periodically
from bot.observability.metrics import Job
from bot.pipeline import intake
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.handovers import changing, reading
from storage.handovers.changing import StaffActing
from storage.staff import roles, staff
from tests.bot.one_process import (
    WEDNESDAY,
    BrokenDatabase,
    Clock,
    FakeChannel,
    OneProcess,
    opened,
    until,
)


async def hired(process: OneProcess) -> int:
    def add(tx: object) -> int:
        member = staff.add(
            tx, process.keyring, staff.NewMember("Ana", "ana@example.cl", ""), process.clock()
        )
        roles.give(tx, member.id, Grant(Role.HEAD), process.clock())
        return member.id

    return await process.database.write(add)


async def test_nobody_comes_and_all_that_was_written_is_a_case(
    database: Database, keyring: Keyring, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "INBOX_POLL_S", 600.0)  # only when it is nudged
    clock = Clock()
    telegram, mail = FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.MAIL)
    async with opened(database, keyring, release, [telegram, mail], clock=clock) as process:
        await hired(process)
        watch = Handovers(installation_of(database, keyring, release, clock))
        assert not await watch.run_once()
        await process.hears("persona", "mi patente no sale", who="eva")
        await process.rests()  # a look that follows would take up what the watch puts there
        clock.goes_on(minutes=14)
        assert not await watch.run_once()
        clock.goes_on(minutes=1)
        assert len((await watch.run_once()).given_up) == 1
        await process.hears("llevo dos meses", who="eva")  # before their own turn of it
        process.intake.nudge()
        await until(lambda: "Nadie pudo contestarle" in telegram.tried[-1].reply.text)
        assert not await watch.run_once()
        (row,) = await process.rows("SELECT case_number, status, ended_by FROM handovers")
        assert row[1:] == ("ended", "unanswered")
        case = await database.read(lambda tx: tx.exec_driver_sql("SELECT text FROM cases").scalar())
        assert keyring.decrypt(bytes(case)) == "mi patente no sale\nllevo dos meses"
        await until(lambda: any(str(row[0]) in one.reply.text for one in mail.tried))


async def test_who_is_silent_loses_it_and_who_answered_long_ago_gives_it_back(
    database: Database, keyring: Keyring, release: Release
) -> None:
    clock = Clock()
    telegram, mail = FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.MAIL)
    async with opened(database, keyring, release, [telegram, mail], clock=clock) as process:
        ana = await hired(process)
        watch = Handovers(installation_of(database, keyring, release, clock))
        await process.hears("persona", "¿hay alguien?", who="eva")
        ((id,),) = await process.rows("SELECT id FROM handovers")

        def take(tx: object) -> None:
            assert changing.take(tx, keyring, StaffActing(id, ana, clock()))

        await database.write(take)
        clock.goes_on(minutes=10)
        assert (await watch.run_once()).returned == [id]
        await database.write(take)
        await database.write(
            lambda tx: changing.answer(tx, keyring, StaffActing(id, ana, clock()), "Aquí estoy")
        )
        clock.goes_on(minutes=59)
        assert not await watch.run_once()
        clock.goes_on(minutes=1)
        assert (await watch.run_once()).idle == [id]
        process.intake.nudge()
        await until(lambda: "sigo yo" in telegram.tried[-1].reply.text)
        texts = [one.reply.text for one in telegram.tried if one.address == "eva"]
        assert any("tuvo que salir" in text for text in texts)
        assert any("Aquí estoy" in text for text in texts)
        await process.hears("hola", who="eva")
        assert not await database.read(reading.any_going_on)


async def test_who_is_silent_when_the_hours_are_over_leaves_a_case_at_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    clock = Clock(WEDNESDAY.replace(hour=20, minute=25))  # 17:25 in Santiago
    telegram = FakeChannel(Channel.TELEGRAM)
    async with opened(database, keyring, release, [telegram], clock=clock) as process:
        ana = await hired(process)
        watch = Handovers(installation_of(database, keyring, release, clock))
        await process.hears("persona", "mi patente no sale", who="eva")
        ((id,),) = await process.rows("SELECT id FROM handovers")
        await database.write(lambda tx: changing.take(tx, keyring, StaffActing(id, ana, clock())))
        clock.goes_on(minutes=10)
        found = await watch.run_once()
        assert (found.given_up, found.returned) == ([id], [])
        process.intake.nudge()
        await until(lambda: "Nadie pudo contestarle" in telegram.tried[-1].reply.text)


async def test_a_failure_is_counted_and_the_watch_goes_on(
    database: Database, keyring: Keyring, release: Release
) -> None:
    clock, failed = Clock(), list[Job]()
    async with opened(database, keyring, release, [FakeChannel()], clock=clock) as process:
        await hired(process)
        await process.hears("persona", who="eva")
    broken = BrokenDatabase(database)
    broken.failures = 1
    times = iter([clock(), clock()])

    def count(kind: Job) -> None:
        failed.append(kind)
        raise StorageUnavailable("the end of this test")

    watch = Handovers(installation_of(broken, keyring, release, lambda: next(times)))
    with capture_logs() as logs, pytest.raises(StorageUnavailable):
        await run_periodically(Job.HANDOVERS, watch.run_once, 0, lambda: None, count)
    assert failed == [Job.HANDOVERS]
    assert logs[0]["event"] == "job waits for the database"
