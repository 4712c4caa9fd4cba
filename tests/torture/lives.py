"""Who lives through the kills: citizens who go on until the end, and staff who wait for digests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random

import aiohttp

from bot.content.folder import load_content
from bot.content.release import PACKAGED
from tests.e2e.citizen import Book, Citizen
from tests.e2e.panel.test_staff import new_code
from tests.e2e.service import Service
from tests.e2e.voices import TelegramVoice, WhatsAppVoice
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.citizen import Citizen as TelegramCitizen
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp
from tests.torture.voices import PatientVoice, PatientWebVoice, Stuck

CITIZENS = 4  # on each channel
LAST_AREAS = ("cultura", "salud", "turismo", "vivienda", "mascotas", "cementerios")


class LastingCitizen(Citizen):
    """One who answers a whole questionnaire once all is over."""

    async def completes(self) -> None:
        """Rate an area for the first time, to the end, however often it is cancelled."""
        area = next(area for area in LAST_AREAS if area not in self._rated)
        while area not in self._rated or not self._rated[area].completed:
            await self._rates_by_menu(self._content.area_by_id[area])


@dataclass
class Lives:
    """The citizens and what they know. ``failures``: what any of them met that must not be."""

    book: Book
    citizens: list[LastingCitizen] = field(default_factory=list)
    voices: list[PatientVoice] = field(default_factory=list)
    living: list[asyncio.Task[None]] = field(default_factory=list)
    listening: list[asyncio.Task[None]] = field(default_factory=list)  # pages' streams
    failures: list[str] = field(default_factory=list)
    stuck: int = 0
    completed: int = 0  # citizens who answered a whole questionnaire after the last kill
    ending: bool = False

    async def go_on(self, citizen: LastingCitizen, chance: Random) -> None:
        """Life after life until told to end; then a questionnaire, without any kill."""
        try:
            while not self.ending:
                await citizen.lives()
                await asyncio.sleep(chance.uniform(0, 0.1))
            await citizen.completes()
        except Exception as error:  # no fault must pass for a citizen who is content
            self.stuck += isinstance(error, Stuck)
            self.failures.append(_told(error))
        else:
            self.completed += 1

    async def end(self, timeout_s: float) -> None:
        """Let everybody come to an end, and note who does not."""
        self.ending = True
        _, late = await asyncio.wait(self.living, timeout=timeout_s)
        if late:
            self.stuck += len(late)
            self.failures.append(f"{len(late)} did not come to an end in {timeout_s:.0f} s")
        for task in self.listening:
            if task.done() and not task.cancelled() and (error := task.exception()):
                self.failures.append(f"a page's stream: {_told(error)}")

    async def stop(self) -> None:
        """Leave nobody behind."""
        tasks = [*self.living, *self.listening]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def staff_of(
    opina: Service, telegram: FakeTelegram, names: list[str], area: str
) -> list[TelegramCitizen]:
    """Staff who get the digest on Telegram: the first all of it, the others that of an area."""
    codes = await asyncio.gather(
        new_code(opina, names[0], "--area", "todas"),
        *(new_code(opina, name, "--area", area) for name in names[1:]),
    )
    people = [telegram.citizen() for _ in names]
    for person, code in zip(people, codes, strict=True):
        await person.starts(f"staff-{code}")
        assert "este chat quedó unido" in (await person.hears(30)).text
    return people


def people_of(
    seed: int,
    url: str,
    telegram: FakeTelegram,
    whatsapp: FakeWhatsApp,
    session: aiohttp.ClientSession,
) -> Lives:
    """All citizens, who begin to live at once."""
    lives = Lives(Book())
    content = load_content(PACKAGED)
    pages = [PatientWebVoice(session, url) for _ in range(CITIZENS)]
    inner: list[TelegramVoice | WhatsAppVoice | PatientWebVoice] = [
        *(TelegramVoice(telegram.citizen()) for _ in range(CITIZENS)),
        *(WhatsAppVoice(whatsapp.citizen()) for _ in range(CITIZENS)),
        *pages,
    ]
    lives.voices = [PatientVoice(voice) for voice in inner]
    for number, voice in enumerate(lives.voices):
        chance = Random(seed * 1000 + number)
        citizen = LastingCitizen(voice, content, lives.book, chance)
        lives.citizens.append(citizen)
        lives.living.append(asyncio.create_task(lives.go_on(citizen, chance)))
    lives.listening = [asyncio.create_task(page.listens()) for page in pages]
    return lives


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:300]}"
