"""The job that warns of measures: who is told, when, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.installation import installation_of
from bot.jobs.quality.measures import MeasureDates
from handlers.cases.deadlines import calendar_of
from handlers.measures.after_run import decide_by
from handlers.measures.steps import Decided, Done, Measured, MeasureStep, Opened, Origin
from handlers.messages import Announcement, Channel
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.engine.database import Transaction
from storage.measures import steps
from storage.outbox.inbox import take_inbox
from storage.staff import roles, staff
from tests.storage.scene import Scene

CHILE = ZoneInfo("America/Santiago")
STAFF = {
    "rosa": Grant(Role.HEAD, "transito"),
    "luis": Grant(Role.HEAD, "aseo"),
    "ana": Grant(Role.QUALITY),
    "alcaldia": Grant(Role.HEAD),
    "vera": Grant(Role.VIEWER),
}
OPENED_AT = datetime(2026, 11, 30, 11, 30, tzinfo=UTC)  # Monday, 8:30 in La Serena


class Measures:
    """Staff with roles and one measure; ``now`` is moved."""

    def __init__(self, scene: Scene, release: Release) -> None:
        self.scene = scene
        self.now = OPENED_AT
        self.calendar = calendar_of(release.content)
        here = installation_of(scene.database, scene.keyring, release, lambda: self.now)
        self.job = MeasureDates(here)
        self.ids: dict[str, int] = {}

    async def hire(self, *names: str) -> None:
        def add(tx: Transaction) -> None:
            for name in names:
                mail = f"{name}@muni.example"
                member = staff.add(
                    tx, self.scene.keyring, staff.NewMember(name, mail, ""), self.now
                )
                roles.give(tx, member.id, STAFF[name], self.now)
                self.ids[name] = member.id

        await self.scene.write(add)

    async def fall(self) -> None:
        term = decide_by(self.now, 10, self.calendar)
        fallen = Opened("transito", Origin.SIGNAL, "2026-W48", "2026-W48", term)
        first = MeasureStep(self.now, 0, fallen)
        await self.scene.write(lambda tx: steps.open_one(tx, self.scene.keyring, first, CHILE))

    async def do(self, event: Decided | Done | Measured) -> None:
        def add(tx: Transaction) -> None:
            found = steps.find_measure(tx, self.scene.keyring, CHILE, "M-2026-001")
            assert found is not None
            assert steps.add(tx, self.scene.keyring, found, MeasureStep(self.now, 1, event))

        await self.scene.write(add)

    async def days(self, first: date, last: date) -> dict[tuple[str, date], str]:
        """What everybody is told, looking many times a day, nights and Sundays too."""
        told: dict[tuple[str, date], str] = {}
        day = first
        while day <= last:
            for hour in (3, 9, 12, 16, 23):
                self.now = datetime(day.year, day.month, day.day, hour, tzinfo=CHILE)
                await self.job.run_once()
                for who, text in await self.taken():
                    assert 9 <= hour <= 16
                    assert (who, day) not in told
                    told[who, day] = text
            day += timedelta(days=1)
        return told

    async def taken(self) -> list[tuple[str, str]]:
        names = {id: name for name, id in self.ids.items()}

        def take(tx: Transaction) -> list[tuple[str, str]]:
            found = []
            reached = {one.contact_id: one.staff_id for one in staff.recipients(tx)}
            while items := take_inbox(tx, self.scene.keyring, 100):
                for item in items:
                    assert isinstance(item.incoming.body, Announcement)
                    assert item.contact.channel is Channel.MAIL
                    found.append((names[reached[item.contact.id]], item.incoming.body.text))
            return found

        return await self.scene.write(take)


@pytest.fixture
async def measured(scene: Scene, release: Release) -> Measures:
    found = Measures(scene, release)
    await found.hire(*STAFF)
    await found.fall()
    return found


@pytest.fixture
def scene(database: object, keyring: object) -> Scene:
    return Scene(database, keyring)


async def test_undecided_it_is_told_at_once_warned_before_and_goes_up_after(
    measured: Measures,
) -> None:
    told = await measured.days(date(2026, 11, 30), date(2027, 1, 15))
    # Ten working days after 30 November, without 8 December, is 15 December.
    assert sorted(told) == sorted(
        [
            ("rosa", date(2026, 11, 30)),
            ("ana", date(2026, 11, 30)),
            ("rosa", date(2026, 12, 10)),
            ("ana", date(2026, 12, 10)),
            ("rosa", date(2026, 12, 16)),
            ("ana", date(2026, 12, 16)),
            ("alcaldia", date(2026, 12, 16)),
        ]
    )
    fell = "M-2026-001. Tránsito bajó más de lo esperable: "
    first = told["rosa", date(2026, 11, 30)]
    assert first.startswith(f"{fell}decida a más tardar el martes 15 de diciembre.")
    late = told["alcaldia", date(2026, 12, 16)]
    assert late.startswith(f"{fell}había que decidir hasta el martes 15 de diciembre.")
    assert "Administración Municipal" in late
    rows = await measured.scene.rows("SELECT step, count(*) FROM measure_warnings GROUP BY step")
    assert sorted(rows) == [("first", 2), ("opened", 2), ("overdue", 3)]


async def test_the_owner_is_warned_of_the_action_and_of_what_follows_from_its_effect(
    measured: Measures,
) -> None:
    await measured.days(date(2026, 11, 30), date(2026, 11, 30))
    measured.now = datetime(2026, 12, 1, 12, tzinfo=CHILE)
    await measured.do(
        Decided("Falta una caja", "Abrir otra", measured.ids["vera"], date(2026, 12, 29))
    )
    told = await measured.days(date(2026, 12, 1), date(2026, 12, 28))
    assert {who for who, _ in told} == {"vera", "rosa", "ana"}
    assert {day for _, day in told} == {date(2026, 12, 23)}  # three working days before
    assert "debe estar hecha el martes 29 de diciembre" in told["vera", date(2026, 12, 23)]
    await measured.do(Done("2026-W53"))
    assert await measured.days(date(2026, 12, 29), date(2027, 2, 1)) == {}
    unproven = Effect(Effectiveness.UNPROVEN, Side(), Side(), None, Side(), Side(), None)
    measured.now = datetime(2027, 3, 8, 9, tzinfo=CHILE)
    term = decide_by(measured.now, 10, measured.calendar)
    await measured.do(Measured("2027-W09", unproven, can_be_shown=True, term=term))
    told = await measured.days(date(2027, 3, 8), date(2027, 3, 8))
    assert {who for who, _ in told} == {"vera", "rosa", "ana"}
    assert all(
        "decida otra cosa a más tardar el lunes 22 de marzo" in text for text in told.values()
    )
    told = await measured.days(date(2027, 3, 23), date(2027, 3, 23))
    assert {who for who, _ in told} == {"vera", "rosa", "ana", "alcaldia"}
    assert all("había que decidir otra cosa hasta el" in text for text in told.values())


async def test_without_a_head_or_quality_two_of_the_staff_are_told_all_the_same(
    scene: Scene, release: Release
) -> None:
    measured = Measures(scene, release)
    await measured.hire("vera")
    await measured.hire("luis")

    def administers(tx: object) -> None:
        roles.take_away(tx, measured.ids["luis"], STAFF["luis"])
        roles.give(tx, measured.ids["luis"], Grant(Role.ADMIN), measured.now)

    await scene.write(administers)
    await measured.fall()
    told = await measured.days(date(2026, 11, 30), date(2026, 11, 30))
    assert {who for who, _ in told} == {"vera", "luis"}
