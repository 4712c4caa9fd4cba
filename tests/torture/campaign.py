"""One configuration: a service, its fakes and citizens, rounds of kills, and what came of it."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import aiohttp

from bot.config import DigestSettings
from bot.jobs.schedule import WEEKDAYS, last_due
from storage.engine.keyring import Keyring
from tests.e2e import service as processes
from tests.e2e.service import Service
from tests.e2e.test_two_hundred_citizens import CHILE, exports_agree
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.citizen import Citizen as TelegramCitizen
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp
from tests.torture.killable import KillableService, looked
from tests.torture.kills import AIMS, KINDS, Target
from tests.torture.lives import Lives, people_of
from tests.torture.platforms import WatchedTelegram, WatchedWhatsApp
from tests.torture.record import (
    Findings,
    Stored,
    compared,
    differences_of_sums,
    digests_heard,
    faults_in,
    repeats,
    unfounded,
)

ENDS_S = 120.0  # for the citizens to come to an end, of which each waits for a reply for 90 s
SETTLES_S = 30.0
LONGER_S = 300.0  # the most that a configuration takes once no round is begun any more
NEVER_HIT = 2  # kills of an aim without a hit, after which it is of no use


@dataclass(frozen=True)
class Plan:
    """``until``: when, by the monotonic clock, no further round is begun. ``aims``: in turn."""

    rounds: int
    seed: int
    database_url: str
    webhook: bool
    until: float
    say: Callable[[str], None]
    aims: tuple[str, ...] = tuple(AIMS)


@dataclass
class Kills:
    """What the kills of each aim found; an empty word: not what was aimed at."""

    found: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def count(self) -> int:
        return sum(counter.total() for counter in self.found.values())

    def tell(self, findings: Findings) -> None:
        """Lines for each aim. One that was never hit is a violation, or it would not be seen."""
        for aim in AIMS:
            found = self.found[aim]
            count, hits = found.total(), found.total() - found[""]
            findings.figures[f"killed {aim}"] = f"{count}, hit {hits}"
            for kind in KINDS.get(aim, ()):
                findings.figures[f"· {kind}"] = str(found[kind])
            findings.kills += count
            findings.hits += hits
            findings.check(
                hits > 0 or count < NEVER_HIT, f"killed {aim} {count} times and never hit"
            )


async def fight(plan: Plan, folder: Path) -> Findings:
    """Run the rounds and check what is left; an exception on the way is a violation as well."""
    findings = Findings()
    began = time.monotonic()
    try:
        async with asyncio.timeout(max(0.0, plan.until - began) + LONGER_S):
            await _fight(plan, folder, findings)
    except Exception as error:  # the figures so far are told all the same
        findings.violations.append(f"it broke off: {type(error).__name__}: {str(error)[-500:]}")
    findings.figures |= {
        "seed": str(plan.seed),
        "duration": f"{time.monotonic() - began:.0f} s",
    }
    return findings


async def _fight(plan: Plan, folder: Path, findings: Findings) -> None:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(WatchedTelegram())
        whatsapp = await stack.enter_async_context(WatchedWhatsApp())
        settings = settings_of(telegram, whatsapp, plan.database_url, webhook=plan.webhook)
        settings["digest"], week = digest_due(datetime.now(UTC))

        def after_kill() -> None:
            telegram.after_kill()
            whatsapp.after_kill()

        opina = KillableService(folder, settings, plan.database_url, after_kill)
        stack.push_async_callback(opina.kill)
        telegram.forward_to = f"{opina.url}/webhooks/telegram" if plan.webhook else None
        whatsapp.webhook_url = f"{opina.url}/webhooks/whatsapp"
        await opina.start()
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        )
        lives = people_of(plan.seed, opina.url, telegram, whatsapp, session)
        stack.push_async_callback(lives.stop)
        target = Target(opina, telegram, whatsapp, Random(plan.seed))
        await _rounds(plan, target, lives, findings)
        await lives.end(ENDS_S)
        findings.violations += opina.ended
        due = [(person, week) for readers in target.readers for person in readers]
        scene = Scene(plan.database_url, opina.keyring, telegram, whatsapp, due)
        await check(scene, opina, lives, findings, telegram.lives | whatsapp.lives)


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


def digest_due(now: datetime) -> tuple[dict[str, object], str]:
    """``[digest]`` such that one fell due some days ago, the next one in some days; its week."""
    day = (now.astimezone(CHILE) - timedelta(days=2)).weekday()
    settings: dict[str, object] = {"weekday": WEEKDAYS[day], "time": "00:00"}
    week, _ = last_due(now, DigestSettings.model_validate(settings), CHILE)
    return settings, str(week)


async def _rounds(plan: Plan, target: Target, lives: Lives, findings: Findings) -> None:
    """Kill and start again; the figures are there however it ends."""
    kills, starts = Kills(), []
    try:
        while kills.count < plan.rounds and time.monotonic() < plan.until and not lives.failures:
            turn, place = divmod(kills.count, len(plan.aims))
            aim = plan.aims[place]
            found = await _kill(aim, turn, target, findings)
            kills.found[aim][found] += 1
            began = time.monotonic()
            await target.opina.start()
            starts.append(time.monotonic() - began)
            what = f"killed {aim} ({found or 'missed'})"
            plan.say(f"round {kills.count:2}: {what}, ready after {starts[-1]:.1f} s")
            await asyncio.sleep(0.3)
    finally:
        fought = kills.count
        findings.figures["rounds"] = str(fought)
        kills.tell(findings)
        if starts:
            findings.figures["start to ready, median"] = f"{statistics.median(starts):.1f} s"
        findings.check(fought == plan.rounds, f"{fought} rounds of {plan.rounds} were fought")


async def _kill(aim: str, turn: int, target: Target, findings: Findings) -> str:
    """One kill; what it found of what it aimed at. ``turn``: how often that was aimed at before."""
    found = ""
    try:
        found = await AIMS[aim](target, turn)
    except TimeoutError:
        findings.violations.append(f"the instant {aim!r} did not come in turn {turn + 1}")
    await target.opina.kill()
    return found


@dataclass(frozen=True)
class Scene:
    """What the citizens' opina is compared with. ``due``: reader and week of each digest."""

    database_url: str
    keyring: Keyring
    telegram: FakeTelegram
    whatsapp: FakeWhatsApp
    due: Collection[tuple[TelegramCitizen, str]]


async def check(
    scene: Scene, opina: Service, lives: Lives, findings: Findings, taken: Mapping[str, int]
) -> None:
    """Everything that must be so, once all has settled.

    ``taken``: in which life of the service each message came; empty where several processes run.
    """
    stored = await _settled(scene.database_url)
    findings.violations += [f"a citizen: {failure}" for failure in lives.failures]
    await _check_answers(opina, lives, stored, findings)
    sums = await differences_of_sums(opina)
    findings.check(sums == "0", f"opina sums --verify finds differences: {sums}")
    digests = digests_heard(scene.due, scene.telegram)
    findings.check(not digests.missed, f"digests missed: {digests.missed}")
    findings.check(not digests.undue, f"digests to whom they were not due: {digests.undue}")
    again = repeats(scene.telegram, scene.whatsapp)
    findings.violations += await looked(
        scene.database_url, lambda tx: list(unfounded(tx, scene.keyring, again, taken))
    )
    came_again = sum(len(repeat.names) - 1 for repeat in again)
    findings.check(
        came_again <= stored.uncertain,
        f"{came_again} replies came again, {stored.uncertain} outcomes were unknown",
    )
    findings.check(stored.open == 0, f"{stored.open} replies and events never left")
    findings.check(stored.failed == 0, f"{stored.failed} replies given up")
    findings.check(stored.quarantined == 0, f"{stored.quarantined} events set aside")
    findings.violations += [f"the log: {fault}" for fault in faults_in(opina.output)]
    findings.figures |= {
        "citizens": str(len(lives.citizens)),
        "stuck": str(lives.stuck),
        "who completed a questionnaire after": str(lives.completed),
        "replies heard": str(sum(voice.received for voice in lives.voices)),
        "messages that came again": str(came_again),
        "replies tried more than once": str(stored.tried_again),
        "outcomes unknown": str(stored.uncertain),
        "replies given up": str(stored.failed),
        "digests due": str(digests.due),
        "digests missed": str(len(digests.missed)),
        "digests doubled": str(digests.doubled),
        "sums --verify, differences": sums,
    }


async def _check_answers(opina: Service, lives: Lives, stored: Stored, findings: Findings) -> None:
    try:
        await exports_agree(opina, lives.book)
    except Exception as error:  # the other checks are made all the same
        findings.violations.append(f"exports and citizens disagree: {str(error)[:400]}")
    answers = await compared(opina, lives.book)
    given = answers.once + answers.lost
    findings.check(not answers.lost, f"{answers.lost} answers are lost")
    findings.check(not answers.doubled, f"{answers.doubled} answers nobody gave, or gave once")
    findings.check(stored.answers == given, f"{stored.answers} answers stored, {given} given")
    findings.check(
        lives.completed == len(lives.citizens),
        f"{lives.completed} of {len(lives.citizens)} citizens could complete a questionnaire",
    )
    findings.figures |= {
        "answers acknowledged": str(given),
        "stored exactly once": str(answers.once),
        "lost": str(answers.lost),
        "doubled": str(answers.doubled),
    }


async def _settled(url: str) -> Stored:
    """What is stored once no reply is open any more."""
    until = time.monotonic() + SETTLES_S
    stored = await looked(url, Stored.read)
    while stored.open and time.monotonic() < until:
        await asyncio.sleep(0.3)
        stored = await looked(url, Stored.read)
    return stored
