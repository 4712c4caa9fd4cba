"""One configuration: a service, its fakes and citizens, rounds of kills, and what came of it."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import aiohttp

from bot.content_folder import load_content
from bot.release_folder import PACKAGED
from handlers.quality.weeks import IsoWeek
from tests.e2e import service as processes
from tests.e2e.population import Book, Citizen
from tests.e2e.service import Service
from tests.e2e.test_staff import new_code
from tests.e2e.test_two_hundred_citizens import exports_agree
from tests.e2e.voices import TelegramVoice, WhatsAppVoice
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_citizen import Citizen as TelegramCitizen
from tests.fakes.whatsapp import FakeWhatsApp
from tests.torture.kills import AIMS, Target
from tests.torture.record import Findings, Stored, digests_heard, sums_agree
from tests.torture.voices import PatientVoice, PatientWebVoice

CITIZENS = 4  # on each channel
STAFF = 3
FIRST_WEEK = IsoWeek.parse("2025-W01")  # of the digests that are sent; any finished weeks will do
SETTLES_S = 30.0


@dataclass(frozen=True)
class Plan:
    """``until``: when, by the monotonic clock, no further round is begun."""

    rounds: int
    seed: int
    database_url: str
    webhook: bool
    until: float
    say: Callable[[str], None]


@dataclass
class Lives:
    """The citizens and what they know."""

    book: Book
    voices: list[PatientVoice] = field(default_factory=list)
    citizens: list[Citizen] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    ending: bool = False

    async def go_on(self, citizen: Citizen, chance: Random) -> None:
        """Life after life until told to end; then one more, without any kill."""
        try:
            while not self.ending:
                await citizen.lives()
                await asyncio.sleep(chance.uniform(0, 0.1))
            await citizen.lives()
        except AssertionError as error:
            self.failures.append(str(error)[:300])


async def fight(plan: Plan, folder: Path) -> Findings:
    """Run the rounds and check what is left."""
    findings = Findings()
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(FakeTelegram())
        whatsapp = await stack.enter_async_context(FakeWhatsApp())
        town = Service(
            folder, settings_of(telegram, whatsapp, plan.database_url, webhook=plan.webhook)
        )
        stack.push_async_callback(town.kill)
        telegram.forward_to = f"{town.url}/webhooks/telegram" if plan.webhook else None
        whatsapp.webhook_url = f"{town.url}/webhooks/whatsapp"
        await town.start()
        staff = await staff_of(town, telegram)
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        )
        lives, tasks = people_of(plan.seed, town.url, telegram, whatsapp, session)
        target = Target(town, telegram, whatsapp, plan.database_url, Random(plan.seed))
        target.watch()
        try:
            weeks = await _rounds(plan, target, lives, findings)
            lives.ending = True
            living = tasks[: len(lives.citizens)]
            _, late = await asyncio.wait(living, timeout=120)
            findings.check(not late, f"{len(late)} citizens did not come to an end")
            await check(plan.database_url, town, lives, findings, (staff, weeks))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return findings


def settings_of(
    telegram: FakeTelegram, whatsapp: FakeWhatsApp, database_url: str, *, webhook: bool
) -> dict[str, dict[str, object]]:
    """What the service is told."""
    return {
        "telegram": processes.telegram_settings(telegram, webhook=webhook),
        "whatsapp": processes.whatsapp_settings(whatsapp),
        "web": {"public_url": "https://opina.example"},
        "database": {"url": database_url},
    }


async def staff_of(town: Service, telegram: FakeTelegram) -> list[TelegramCitizen]:
    """Members of staff who get the digest on Telegram."""
    people = []
    for number in range(STAFF):
        code = await new_code(town, f"persona{number}")
        person = telegram.citizen()
        await person.starts(f"staff-{code}")
        assert "este chat quedó unido" in (await person.hears()).text
        people.append(person)
    return people


def people_of(
    seed: int,
    url: str,
    telegram: FakeTelegram,
    whatsapp: FakeWhatsApp,
    session: aiohttp.ClientSession,
) -> tuple[Lives, list[asyncio.Task[None]]]:
    """Everybody, and their tasks: first the citizens' lives, then the streams of their pages."""
    lives = Lives(Book())
    content = load_content(PACKAGED)
    pages = [PatientWebVoice(session, url) for _ in range(CITIZENS)]
    inner: list[TelegramVoice | WhatsAppVoice | PatientWebVoice] = [
        *(TelegramVoice(telegram.citizen()) for _ in range(CITIZENS)),
        *(WhatsAppVoice(whatsapp.citizen()) for _ in range(CITIZENS)),
        *pages,
    ]
    lives.voices = [PatientVoice(voice) for voice in inner]
    tasks = []
    for number, voice in enumerate(lives.voices):
        chance = Random(seed * 1000 + number)
        citizen = Citizen(voice, content, lives.book, chance)
        lives.citizens.append(citizen)
        tasks.append(asyncio.create_task(lives.go_on(citizen, chance)))
    tasks += [asyncio.create_task(page.listens()) for page in pages]
    return lives, tasks


async def _rounds(plan: Plan, target: Target, lives: Lives, findings: Findings) -> list[str]:
    """Kill and start again; returns the weeks whose digests were sent."""
    aims = list(AIMS)
    kills: Counter[str] = Counter()
    starts, weeks, week = [], [], FIRST_WEEK
    for number in range(plan.rounds):
        if time.monotonic() > plan.until or lives.failures:
            break
        aim = aims[number % len(aims)]
        target.week = str(week)
        if aim == "during a digest":
            weeks.append(str(week))
            week = week.shifted(1)
        try:
            await AIMS[aim](target)
        except TimeoutError:
            findings.violations.append(f"round {number + 1}: the instant {aim!r} did not come")
        await target.service.kill()
        kills[aim] += 1
        began = time.monotonic()
        await target.service.start()
        starts.append(time.monotonic() - began)
        plan.say(f"round {number + 1:2}: killed {aim}, ready after {starts[-1]:.1f} s")
        await asyncio.sleep(0.3)
    findings.figures |= {f"kills {aim}": str(count) for aim, count in kills.items()}
    findings.figures["rounds"] = str(sum(kills.values()))
    if starts:
        findings.figures["start to ready, median"] = f"{statistics.median(starts):.1f} s"
    findings.check(sum(kills.values()) == plan.rounds, "not every round was fought")
    return weeks


async def check(
    database_url: str,
    town: Service,
    lives: Lives,
    findings: Findings,
    digests: tuple[list[TelegramCitizen], list[str]],
) -> None:
    """Everything that must be so, once all has settled."""
    stored = await _settled(database_url)
    findings.violations += [f"a citizen: {failure}" for failure in lives.failures]
    try:
        await exports_agree(town, lives.book)
    except AssertionError as error:
        findings.violations.append(f"exports and citizens disagree: {str(error)[:400]}")
    findings.check(await sums_agree(town), "opina sums --verify finds differences")
    answered = sum(len(response.answers) for response in lives.book.responses)
    findings.check(stored.answers == answered, f"{stored.answers} answers, {answered} given")
    heard = digests_heard(*digests)
    missed = [key for key, count in heard.items() if count == 0]
    doubled = sum(count - 1 for count in heard.values() if count > 1)
    repeated = sum(voice.repeated for voice in lives.voices)
    findings.check(not missed, f"digests missed: {missed}")
    findings.check(
        repeated + doubled <= stored.uncertain,
        f"{repeated} replies and {doubled} digests came twice, {stored.uncertain} were uncertain",
    )
    findings.check(stored.open_replies == 0, f"{stored.open_replies} replies never left")
    findings.check(stored.quarantined == 0, f"{stored.quarantined} events set aside")
    findings.check("Traceback" not in town.output, f"a traceback in {town.folder}/service.log")
    findings.figures |= {
        "answers acknowledged": str(answered),
        "answers stored": str(stored.answers),
        "replies heard": str(sum(voice.received for voice in lives.voices)),
        "outcome unknown": str(stored.uncertain),
        "asked twice": str(repeated),
        "given up": str(stored.failed),
        "digests due": str(len(heard)),
        "digests missed": str(len(missed)),
        "digests doubled": str(doubled),
    }


async def _settled(url: str) -> Stored:
    """What is stored once no reply is open any more."""
    until = time.monotonic() + SETTLES_S
    stored = await Stored.read(url)
    while stored.open_replies and time.monotonic() < until:
        await asyncio.sleep(0.3)
        stored = await Stored.read(url)
    return stored
