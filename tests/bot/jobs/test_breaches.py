"""The job for breaches: reminders by the clock, and messages that go out and are followed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.installation import installation_of
from bot.jobs.breach_counts import BreachCounts
from bot.jobs.breaches import BreachDates
from handlers.messages import Announcement, Channel
from handlers.privacy.breaches.steps import (
    BreachScope,
    BreachStep,
    CitizensTold,
    DataKind,
    Description,
    Recorded,
    Reported,
)
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.outbox.inbox import take_inbox
from storage.privacy.breaches import counts, steps
from storage.privacy.breaches.affected import CHANNELS
from storage.privacy.own_record import my_record
from storage.staff import roles
from tests.bot.one_process import Clock, FakeChannel, opened, until
from tests.hired import hired
from tests.storage.scene import Said, Scene, grade, sender
from tests.storage.scene import opened as said

CHILE = ZoneInfo("America/Santiago")
NUMBER = "V-2026-001"
SCOPE = BreachScope((DataKind.RATINGS,))
NOTICED = datetime(2026, 11, 27, 18, 0, tzinfo=CHILE).astimezone(UTC)  # a Friday, after hours


def record(tx: Transaction, keyring: Keyring, at: datetime) -> None:
    known = Description(at, "Un disco perdido", SCOPE, "Se leen", "Claves", has_risk=True)
    recorded = Recorded(known, at + timedelta(hours=72), 72)
    steps.record(tx, keyring, BreachStep(at, 1, recorded), CHILE)


def add(tx: Transaction, keyring: Keyring, event: Reported | CitizensTold, at: datetime) -> None:
    found = steps.find_breach(tx, keyring, NUMBER)
    assert found is not None
    assert steps.add(tx, keyring, found, BreachStep(at, 1, event))


async def test_staff_are_told_at_once_before_the_date_and_after_it_until_it_is_reported(
    database: Database, keyring: Keyring, release: Release
) -> None:
    scene = Scene(database, keyring)

    def hire(tx: Transaction) -> None:
        for name, role in (("eva", Role.PRIVACY), ("ana", Role.ADMIN), ("luis", Role.HEAD)):
            person = hired(tx, keyring, name, f"{name}@muni.example", "", NOTICED).id
            for grant in roles.grants_of(tx, person):
                roles.take_away(tx, person, grant)
            roles.give(tx, person, Grant(role), NOTICED)
        record(tx, keyring, NOTICED)

    await scene.write(hire)

    async def told(hours: int) -> list[str]:
        now = NOTICED + timedelta(hours=hours)
        await BreachDates(
            installation_of(database, keyring, release, lambda: now), CHANNELS
        ).run_once()
        taken = await scene.write(lambda tx: take_inbox(tx, keyring, 100, now))
        bodies = [one.incoming.body for one in taken]
        assert all("disco" not in one.text for one in bodies if isinstance(one, Announcement))
        return [one.subject.split()[0] for one in bodies if isinstance(one, Announcement)]

    assert [await told(0), await told(1)] == [["Vulneración"] * 2, []]
    assert [await told(47), await told(48)] == [[], ["Pronto"] * 2]
    assert [await told(73), await told(80)] == [["Venció"] * 2, []]
    late = NOTICED + timedelta(hours=80)
    await scene.write(lambda tx: add(tx, keyring, Reported(late, "Folio 17", 1), late))
    assert await told(99) == []


async def test_whoever_is_affected_gets_it_where_they_wrote_and_that_is_seen(
    database: Database, keyring: Keyring, release: Release
) -> None:
    telegram, clock = FakeChannel(Channel.TELEGRAM), Clock()
    async with opened(database, keyring, release, [telegram], clock=clock) as process:
        await process.hears("calificar", "transito", "3", "espera", "listo", who="ana")

        def tell(tx: Transaction) -> None:
            record(tx, keyring, clock())
            add(tx, keyring, CitizensTold("Se perdió un disco con sus notas", 1), clock())

        await database.write(tell)
        here = installation_of(database, keyring, release, clock)
        assert await BreachCounts(here, CHANNELS).run_once() == 1
        job = BreachDates(here, CHANNELS)
        assert await job.run_once() >= 1
        process.intake.nudge()

        await until(lambda: any("disco" in text for text in told(telegram)))
        await process.until_states(*["sent"] * len(await process.states()))
        await job.run_once()
        assert await process.rows("SELECT state FROM breach_tellings") == [("sent",)]
        await process.hears("ver", "sí", who="ana")
        await until(lambda: any("Avisos de problemas" in text for text in told(telegram)))
        anas = (await process.rows("SELECT contact_id FROM breach_tellings"))[0][0]
        kept = await database.read(lambda tx: my_record(tx, keyring, anas))
        (warned,) = kept.breaches
        assert (warned.number, warned.state) == (NUMBER, "sent")
        assert warned.text == "Se perdió un disco con sus notas"
    (text,) = [text for text in told(telegram) if "disco" in text]
    assert "un problema con la seguridad de sus datos: «Se perdió un disco con sus notas»" in text


class Kills:
    """A clock, and the end of a process when it is asked again."""

    def __init__(self, now: datetime, after: int) -> None:
        self._now, self._left = now, after

    def __call__(self) -> datetime:
        self._left -= 1
        if self._left < 0:
            raise InterruptedError
        return self._now


async def test_those_who_are_told_are_chosen_in_parts_over_kills_and_each_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    scene, now = Scene(database, keyring), NOTICED
    citizens = ((number, sender(f"citizen {number}")) for number in range(1, 8))
    await scene.take(*(Said(one, [said(id), grade(id, 4)], at=now) for id, one in citizens))

    def tell(tx: Transaction) -> None:
        record(tx, keyring, now)
        add(tx, keyring, CitizensTold("Un disco", 7), now)

    await scene.write(tell)
    chosen = []
    for life in range(5):
        # It claims, then chooses: a life ends with one part of two people more.
        clock = Kills(now + life * counts.CLAIM, after=2)
        job = BreachCounts(
            installation_of(database, keyring, release, clock), CHANNELS, at_a_time=2
        )
        with suppress(InterruptedError):
            await job.run_once()
        chosen += await scene.rows("SELECT count(*) FROM breach_tellings")
    assert chosen == [(2,), (4,), (6,), (7,), (7,)]
    late = now + 5 * counts.CLAIM
    here = installation_of(database, keyring, release, lambda: late)
    assert await BreachCounts(here, CHANNELS).run_once() == 0
    breach = await scene.read(lambda tx: steps.find_breach(tx, keyring, NUMBER))
    assert breach is not None
    found = await scene.read(lambda tx: counts.counting_of(tx, breach))
    assert (found.is_waiting, found.progress.due, found.affected.untold) == (False, 7, 0)
    await BreachDates(here, CHANNELS).run_once()
    await BreachDates(here, CHANNELS).run_once()
    assert await scene.rows("SELECT count(*) FROM inbox") == [(7,)]
    assert (await scene.read(lambda tx: counts.counting_of(tx, breach))).progress.going == 7


def told(channel: FakeChannel) -> list[str]:
    return [one.reply.text for one in channel.tried]
