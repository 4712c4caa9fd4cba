"""The same questionnaire for the same citizens: ours beside three frameworks, webhook to reply."""

from __future__ import annotations

import asyncio
import pickle
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import uvloop

from benchmarks.harness import processes
from benchmarks.harness.citizens import Patient, Rate
from benchmarks.harness.frame import REPETITIONS, Result, Section, times_faster
from benchmarks.harness.telegram import BotApi

MANY = 40
WARM_S = 0.5
SECONDS = {MANY: 2.5, 1: 1.5}


class AnswersLost(Exception):
    """What citizens answered is not what was stored."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot, what it must reach at 40 citizens and at one, and how its store is read."""

    name: str
    module: str
    goals: dict[int, float]
    stored: Callable[[Path], tuple[Counter[str], int]]  # grades, and how many words


@dataclass(frozen=True, slots=True)
class Run:
    """One bot with so many citizens at a time."""

    rate: Rate
    cpu_us: float  # the bot's processor time for one update


Runs = list[dict[int, Run]]
"""Of one bot: each from its start to its end, by how many wrote at once."""


def run(quick: bool) -> Section:
    """Updates a second of four bots that ask the same, at 40 citizens at a time and at one."""
    repetitions = 1 if quick else REPETITIONS
    found = uvloop.run(_measure(repetitions, 0.4 if quick else 1.0))
    busy = max(one.rate.busy for runs in found.values() for by in runs for one in by.values())
    return Section(
        name="questionnaire",
        title="The same questionnaire beside other frameworks",
        about=ABOUT.format(busy=round(busy * 100)),
        results=[
            _compared(contender, at_once, found[OURS.name], found[contender.name])
            for at_once in SECONDS
            for contender in OTHERS
        ],
        more=DURABLE,
    )


def _compared(contender: Contender, at_once: int, ours: Runs, theirs: Runs) -> Result:
    mine, other = (median(one[at_once].cpu_us for one in runs) for runs in (ours, theirs))
    rates = [
        (a[at_once].rate.per_s, b[at_once].rate.per_s) for a, b in zip(ours, theirs, strict=True)
    ]
    return times_faster(
        f"{contender.name}, {at_once} at a time",
        "/s",
        rates,
        contender.goals[at_once],
        f"processor time of an update: {mine:.0f} µs, theirs {other:.0f} µs",
    )


async def _measure(repetitions: int, share: float) -> dict[str, Runs]:
    """Each bot by turns, every time from its start with nothing stored."""
    processes.stand_aside()
    found: dict[str, Runs] = defaultdict(list)
    for _ in range(repetitions):
        for contender in (OURS, *OTHERS):
            with tempfile.TemporaryDirectory() as folder:
                found[contender.name].append(await _measure_one(contender, Path(folder), share))
    return found


async def _measure_one(contender: Contender, folder: Path, share: float) -> dict[int, Run]:
    citizens, found = Patient(), dict[int, Run]()
    async with BotApi.open(citizens.hears) as api:
        command = (
            processes.service(folder, api.url)
            if contender is OURS
            else processes.peer(contender.module, folder, api.url)
        )
        async with processes.running(command) as (bot,):
            await asyncio.wait_for(api.webhook_set.wait(), processes.STARTS_S)
            for at_once, seconds in SECONDS.items():
                cpu_s, answers = bot.cpu_s, citizens.answers
                rate = await citizens.write(bot.port, at_once, WARM_S * share, seconds * share)
                cpu_us = (bot.cpu_s - cpu_s) / (citizens.answers - answers) * 1e6
                found[at_once] = Run(rate, cpu_us)
    grades, words = contender.stored(folder)
    if grades != citizens.grades or words != citizens.grades.total() or citizens.surplus:
        raise AnswersLost(
            f"{contender.name}: answered {citizens.grades}, stored {grades}, words {words}, "
            f"replies that nobody waited for {citizens.surplus}\n{bot.output}"
        )
    return found


def _in_opina(folder: Path) -> tuple[Counter[str], int]:
    with closing(sqlite3.connect(folder / "var" / "opina.db")) as database:
        grades = database.execute(
            "SELECT grade, count(*) FROM answers WHERE question = 'grade' GROUP BY grade"
        )
        stored = Counter({str(grade): count for grade, count in grades})
        words = database.execute("SELECT count(*) FROM answers WHERE words IS NOT NULL")
        return stored, int(words.fetchone()[0])


def _in_table(folder: Path) -> tuple[Counter[str], int]:
    with closing(sqlite3.connect(folder / "answers.db")) as database:
        rows = database.execute(
            "SELECT value, count(*) FROM answers WHERE question = 'grade' GROUP BY value"
        )
        words = database.execute("SELECT count(*) FROM answers WHERE question = 'words'")
        return Counter(dict(rows)), int(words.fetchone()[0])


def _in_pickle(folder: Path) -> tuple[Counter[str], int]:
    known = pickle.loads((folder / "answers.pickle").read_bytes())["user_data"].values()
    return Counter(one["grade"] for one in known), sum("words" in one for one in known)


OURS = Contender("Opina", "", {}, _in_opina)
OTHERS = (
    Contender("python-telegram-bot", "ptb_bot", {MANY: 10.0, 1: 3.0}, _in_pickle),
    Contender("aiogram", "aiogram_bot", {MANY: 3.0, 1: 1.8}, _in_table),
    Contender("pyTelegramBotAPI", "telebot_bot", {MANY: 1.0, 1: 1.0}, _in_table),
)
ABOUT = """\
A citizen opens a desk's link, presses a grade, writes what was good or bad, and ends: four updates,
four replies, two answers. Each update is posted to the bot's webhook when the reply to the last
one has arrived at the same local Bot API and its webhook call has ended. Figures are updates a
second, answered and acknowledged. A bot has one core; citizens and Bot API are another process on
the other, which was at work {busy} % of the time at most. Every bot sends to the same Bot API over
HTTP with no limit of its own, and runs as its documentation starts it. For a press the others call
`answerCallbackQuery` and `sendMessage`; ours nods in the webhook's answer, and takes the old
buttons away (`editMessageReplyMarkup`) beside each `sendMessage`. After every run all answers of
all citizens were found in the bot's store.
"""
_AFTER = "each answer, SQLite `synchronous=FULL`"
_LOST = "all states, updates in hand"
_OURS = "state, answers, sums, replies, event ids: one transaction, SQLite `synchronous=FULL`"
DURABLE = f"""\
What is durable when the platform gets its 200:

| | before the 200 | after it | lost by a kill |
|---|---|---|---|
| Opina | {_OURS} | that a reply was sent | nothing acknowledged |
| python-telegram-bot | nothing | all, every 60 s and at the end | answers and states of 60 s |
| aiogram | nothing | {_AFTER} | {_LOST} |
| pyTelegramBotAPI | nothing | {_AFTER} | {_LOST} |
"""
