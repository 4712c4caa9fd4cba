"""A person in the chat over Telegram, with two service processes and a clock that is moved."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.content.folder import load_content
from bot.content.release import PACKAGED
from bot.reports.words.dates import MONTHS
from handlers.cases.deadlines import calendar_of
from tests.e2e import service
from tests.e2e.citizen import CASE
from tests.e2e.moved_clock import FILE, MovedClock
from tests.e2e.panel.test_staff import new_code
from tests.e2e.service import Service
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.citizen import Citizen, Message

pytestmark = [pytest.mark.process, pytest.mark.postgres]

SLOW_S = 40.0


@dataclass
class TwoServices:
    """Two processes on one database, and those who write."""

    one: Service
    other: Service
    clock: MovedClock
    telegram: FakeTelegram

    async def hires(self, name: str) -> Citizen:
        """A member of staff with a linked chat, who may answer for the whole municipality."""
        code = await new_code(self.one, name, "--area", "todas")
        person = self.telegram.citizen()
        await person.starts(f"staff-{code}")
        assert "quedó unido" in (await person.hears(SLOW_S)).text
        return person


@asynccontextmanager
async def open_services(folder: Path, postgres_url: str) -> AsyncIterator[TwoServices]:
    one, other = folder / "one", folder / "other"
    one.mkdir()
    other.mkdir()
    clock = MovedClock.at_work(one)
    (other / FILE).symlink_to(one / FILE)
    async with FakeTelegram(now=clock) as telegram:
        settings = {
            "telegram": service.telegram_settings(telegram),
            "database": {"url": postgres_url, "keys": str(folder / "keys.toml")},
        }
        async with (
            service.running(one, settings, moved_clock=True) as first,
            service.running(other, settings, moved_clock=True) as second,
        ):
            yield TwoServices(first, second, clock, telegram)


async def hears(person: Citizen, words: str) -> Message:
    """The next message with these words; what was sent as its sender was killed may come again."""
    while words not in (message := await person.hears(SLOW_S)).text:
        pass
    return message


async def test_a_person_takes_over_answers_and_gives_back(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_services(tmp_path, postgres_url) as services:
        ana, luis = await services.hires("ana"), await services.hires("luis")
        citizen = services.telegram.citizen()
        await citizen.says("quiero hablar con una persona")
        assert "15 minutos" in (await citizen.hears(SLOW_S)).text
        notices = [await one.hears(SLOW_S) for one in (ana, luis)]
        assert all("espera en el chat" in notice.text for notice in notices)
        await citizen.says("¿cuánto demora una patente?")
        await services.telegram.all_taken()

        await ana.presses("Atender")
        assert "¿cuánto demora una patente?" in (await ana.hears(SLOW_S)).text
        assert "Ya está con una persona" in (await citizen.hears(SLOW_S)).text
        await luis.says("Yo le contesto", quoting=notices[1])
        assert re.fullmatch(r"ana contesta desde las 10:\d\d\.", (await luis.hears(SLOW_S)).text)

        await ana.says("Unos 20 días. ¿De qué es?", quoting=ana.received[-1])
        assert "va en camino" in (await ana.hears(SLOW_S)).text
        assert "Unos 20 días. ¿De qué es?" in (await citizen.hears(SLOW_S)).text

        # One is killed in the midst; the other goes on. Only what was on its way may come again.
        await services.one.kill()
        await citizen.says("de un almacén")
        await hears(ana, "de un almacén")
        await citizen.says("hay un incendio en la casa del lado")
        await hears(citizen, "132")
        urgent = await hears(ana, "Urgente")

        await ana.says("Llame al 132 ya", quoting=urgent)
        await hears(ana, "va en camino")
        await hears(citizen, "Llame al 132 ya")
        await ana.says("TERMINAR", quoting=urgent)
        await hears(ana, "sigue el asistente")
        await hears(citizen, "Sigo yo, el asistente")
        await citizen.says("áreas")
        assert (await citizen.hears(SLOW_S)).labels
        told = [text for text in citizen.transcript if "Llame al 132 ya" in text]
        assert len(told) == 1
        assert "20 días" not in services.other.output
        assert "almacén" not in services.one.output


async def test_who_falls_silent_loses_it_and_where_nobody_answers_it_becomes_a_case(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_services(tmp_path, postgres_url) as services:
        ana = await services.hires("ana")
        citizen = services.telegram.citizen()
        await citizen.says("persona")
        await citizen.hears(SLOW_S)
        await ana.hears(SLOW_S)
        await citizen.says("mi patente no sale")
        await services.telegram.all_taken()
        await ana.presses("Atender")
        await ana.hears(SLOW_S)
        assert "Ya está con una persona" in (await citizen.hears(SLOW_S)).text

        services.clock.goes_on(minutes=10, seconds=30)
        assert "tuvo que salir" in (await citizen.hears(SLOW_S)).text
        assert "mi patente no sale" in (await ana.hears(SLOW_S)).text
        await citizen.says("llevo dos meses")
        await services.telegram.all_taken()

        services.clock.goes_on(minutes=15, seconds=30)
        answer = await citizen.hears(SLOW_S)
        assert "Nadie pudo contestarle" in answer.text
        number = CASE.findall(answer.text)[0]
        notice = await ana.hears(SLOW_S)
        assert number in notice.text
        shown = await services.one.command("cases", "show", number)
        assert "mi patente no sale" in shown
        assert "llevo dos meses" in shown
        await citizen.says("es de un almacén")
        assert number in (await citizen.hears(SLOW_S)).text


def holiday_to_come(now: datetime) -> tuple[datetime, str]:
    """Noon of the next holiday on a weekday, and the first working day after it in words."""
    calendar = calendar_of(load_content(PACKAGED))
    day = calendar.local_day(now)
    while day.weekday() > 4 or calendar.is_working(day):
        day += timedelta(days=1)
    after = calendar.after(day, 0)
    days = (after - day).days
    words = "mañana" if days == 1 else f"{after.day} de {MONTHS[after.month - 1]}"
    return calendar.opening(day) + timedelta(hours=3), words


async def test_outside_hours_it_says_when_and_a_case_is_left(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_services(tmp_path, postgres_url) as services:
        await services.hires("ana")
        holiday, after = holiday_to_come(services.clock())
        services.clock.set(holiday)
        citizen = services.telegram.citizen()
        await citizen.says("persona")
        answer = await citizen.hears(SLOW_S)
        assert after in answer.text
        assert "08:30" in answer.text
        await citizen.presses("Dejar un mensaje")
        assert CASE.findall((await citizen.hears(SLOW_S)).text)
