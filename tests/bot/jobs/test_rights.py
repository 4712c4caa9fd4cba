"""The job that tells staff of requests about own data, with the clock moved over a holiday."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.installation import installation_of
from bot.jobs.rights import RequestDates
from handlers.facts.own_data import Right, RightUsed
from handlers.messages import Announcement
from handlers.privacy.due import due
from handlers.release import Release
from handlers.staff.absences import Absence
from handlers.staff.permissions import Grant, Role
from storage.duty import absences
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.outbox.inbox import take_inbox
from storage.privacy import requests
from storage.staff import roles
from storage.staff.staff_contacts import contacts_of_staff
from tests.hired import hired
from tests.storage.scene import Said, Scene, sender

CHILE = ZoneInfo("America/Santiago")
NUMBER = "LS-D-2026-000001"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHILE).astimezone(UTC)


ASKED = local("2026-12-03 20:00")  # Thursday evening; Tuesday 8 is a holiday


@dataclass(slots=True)
class Town:
    """Staff, a request that a citizen made, and a clock."""

    scene: Scene
    release: Release
    people: dict[str, int] = field(default_factory=dict)

    async def hire(self, name: str, *held: Grant) -> None:
        def write(tx: object) -> None:
            self.people[name] = hired(
                tx, self.scene.keyring, name, f"{name}@muni.example", "", ASKED
            ).id
            for grant in roles.grants_of(tx, self.people[name]):
                roles.take_away(tx, self.people[name], grant)
            for grant in held:
                roles.give(tx, self.people[name], grant, ASKED)

        await self.scene.write(write)

    async def ask(self, right: Right) -> None:
        until = due(right, ASKED, self.release.content)
        fact = RightUsed(NUMBER, right, until, done=False, text="Mi nombre está mal")
        await self.scene.take(Said(sender("9"), [fact], at=ASKED))

    async def told(self, at: str) -> list[str]:
        """What is told at a moment, each with how often."""
        found = [body.subject for _, body in await self._taken(at)]
        return sorted(one.partition(" ")[0] for one in found)

    async def told_whom(self, at: str) -> set[str]:
        """Who is told something at a moment."""
        told, ids = {contact for contact, _ in await self._taken(at)}, list(self.people.values())
        reached = await self.scene.read(lambda tx: contacts_of_staff(tx, ids))
        return {name for name, id in self.people.items() if told & set(reached[id])}

    async def _taken(self, at: str) -> list[tuple[int, Announcement]]:
        now, found = local(at), list[tuple[int, Announcement]]()
        here = installation_of(self.scene.database, self.scene.keyring, self.release, lambda: now)
        await RequestDates(here).run_once()
        while taken := await self.scene.write(
            lambda tx: take_inbox(tx, self.scene.keyring, 100, now)
        ):
            bodies = [(item.contact.id, item.incoming.body) for item in taken]
            told = [(who, body) for who, body in bodies if isinstance(body, Announcement)]
            assert all("nombre" not in body.text for _, body in told)
            found += told
        return found


@pytest.fixture
async def town(database: Database, keyring: Keyring, release: Release) -> Town:
    """One who decides, one who administers, and one who is told of neither."""
    found = Town(Scene(database, keyring), release)
    await found.hire("eva", Grant(Role.PRIVACY))
    await found.hire("ana", Grant(Role.ADMIN))
    await found.hire("luis", Grant(Role.HEAD, "aseo"))
    return found


async def test_a_request_is_told_once_then_before_its_date_and_after_it(town: Town) -> None:
    await town.ask(Right.RECTIFY)  # until Saturday 2 January
    assert await town.told("2026-12-03 20:05") == []  # outside working hours
    assert await town.told("2026-12-04 08:31") == ["Pedido"]
    assert await town.told("2026-12-04 09:00") == []
    assert await town.told("2026-12-28 10:00") == []
    assert await town.told("2026-12-29 10:00") == ["Pronto", "Pronto"]
    assert await town.told("2026-12-30 10:00") == []
    assert await town.told("2027-01-04 08:31") == ["Venció", "Venció"]
    assert await town.told("2027-01-05 10:00") == []


async def test_a_blocking_presses_within_its_two_working_days(town: Town) -> None:
    await town.ask(Right.BLOCK)  # until Monday 7
    assert await town.told("2026-12-04 08:31") == ["Pronto", "Pronto"]
    assert await town.told("2026-12-07 17:00") == []
    assert await town.told("2026-12-08 10:00") == []  # a holiday
    assert await town.told("2026-12-09 09:00") == ["Venció", "Venció"]


async def test_a_new_date_is_warned_of_anew_and_a_decision_ends_it(town: Town) -> None:
    await town.ask(Right.OBJECT)
    await town.told("2026-12-29 10:00")
    keyring, now = town.scene.keyring, local("2026-12-29 11:00")
    longer = requests.Extension(NUMBER, "Falta", 30)
    await town.scene.write(lambda tx: requests.extend(tx, keyring, longer, now))
    assert await town.told("2026-12-30 10:00") == []
    assert await town.told("2027-01-28 10:00") == ["Pronto", "Pronto"]
    await town.scene.write(
        lambda tx: requests.decide(tx, keyring, requests.Decision(NUMBER, "Hecho", True), now)
    )
    assert await town.told("2027-02-02 10:00") == []


async def test_two_processes_that_look_at_once_tell_once(town: Town, database_url: str) -> None:
    await town.ask(Right.RECTIFY)
    other, now = await open_database(database_url), local("2026-12-04 08:31")
    scene = town.scene
    both = [
        RequestDates(installation_of(one, scene.keyring, town.release, lambda: now))
        for one in (scene.database, other)
    ]
    try:
        assert sorted(await asyncio.gather(*(one.run_once() for one in both))) == [0, 1]
    finally:
        await other.close()
    told = await scene.write(lambda tx: take_inbox(tx, scene.keyring, 100, now))
    assert len(told) == 1
    assert await town.told("2026-12-04 09:00") == []


async def test_administration_is_told_where_whoever_decides_is_away_or_nobody_does(
    town: Town,
) -> None:
    away = Absence(town.people["eva"], 0, ASKED, local("2026-12-20 00:00"))
    await town.scene.write(lambda tx: absences.add(tx, away))
    await town.ask(Right.RECTIFY)
    assert await town.told("2026-12-04 08:31") == ["Pedido", "Pedido"]
    eva = town.people["eva"]
    await town.scene.write(lambda tx: roles.take_away(tx, eva, Grant(Role.PRIVACY)))
    assert await town.told("2026-12-29 10:00") == ["Pronto"]


async def test_who_stands_in_for_whoever_decides_is_told_and_administration_is_not_yet(
    town: Town,
) -> None:
    eva, luis = town.people["eva"], town.people["luis"]
    away = Absence(eva, luis, ASKED, local("2026-12-20 00:00"))
    await town.scene.write(lambda tx: absences.add(tx, away))
    await town.ask(Right.RECTIFY)
    assert await town.told_whom("2026-12-04 08:31") == {"eva", "luis"}
