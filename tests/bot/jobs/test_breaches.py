"""The job for breaches: reminders by the clock, and messages that go out and are followed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.installation import of_parts
from bot.jobs.breaches import BreachDates
from handlers.messages import Announcement, Channel
from handlers.privacy.breaches.steps import (
    DataKind,
    Description,
    Recorded,
    Reported,
    Scope,
    Step,
    Told,
)
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.outbox.inbox import take_inbox
from storage.privacy.breaches import affected, steps, tellings
from storage.staff import roles
from tests.bot.one_process import Clock, FakeChannel, opened, until
from tests.hired import hired
from tests.storage.scene import Scene

CHILE = ZoneInfo("America/Santiago")
NUMBER = "V-2026-001"
SCOPE = Scope((DataKind.RATINGS,))
NOTICED = datetime(2026, 11, 27, 18, 0, tzinfo=CHILE).astimezone(UTC)  # a Friday, after hours


def record(tx: Transaction, keyring: Keyring, at: datetime) -> Description:
    known = Description(at, "Un disco perdido", SCOPE, "Se leen", "Claves", has_risk=True)
    recorded = Recorded(known, at + timedelta(hours=72), 72)
    steps.record(tx, keyring, Step(at, 1, recorded), CHILE)
    return known


def add(tx: Transaction, keyring: Keyring, event: Reported | Told, at: datetime) -> None:
    found = steps.one(tx, keyring, NUMBER)
    assert found is not None
    assert steps.add(tx, keyring, found, Step(at, 1, event))


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
        await BreachDates(of_parts(database, keyring, release, lambda: now)).look()
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
            at = clock()
            known = record(tx, keyring, at)
            ids = affected.untold(tx, NUMBER, known, CHILE)
            tellings.choose(tx, NUMBER, ids)
            add(tx, keyring, Told("Se perdió un disco con sus notas", len(ids)), at)

        await database.write(tell)
        job = BreachDates(of_parts(database, keyring, release, clock))
        assert await job.look() >= 1
        process.intake.nudge()

        await until(lambda: any("disco" in text for text in told(telegram)))
        await process.until_states(*["sent"] * len(await process.states()))
        await job.look()
        assert await process.rows("SELECT state FROM breach_tellings") == [("sent",)]
    (text,) = [text for text in told(telegram) if "disco" in text]
    assert "un problema con la seguridad de sus datos: «Se perdió un disco con sus notas»" in text


def told(channel: FakeChannel) -> list[str]:
    return [one.reply.text for one in channel.tried]
