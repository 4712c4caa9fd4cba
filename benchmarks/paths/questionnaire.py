"""The same questionnaire in other frameworks.

A simulated citizen opens a desk's link, presses a grade, writes a comment, and ends: four updates,
four replies, two answers. Each update is posted to the bot's webhook once the last one is
acknowledged and its reply has arrived at the local Bot API. Figures are updates per second,
acknowledged and answered. A bot has one core; citizens and Bot API share a process on the other.
Every bot sends to the same Bot API over HTTP without a rate limit, and is started as its
documentation says. For a press the others call `answerCallbackQuery` and `sendMessage`; ours
acknowledges it in the webhook's answer, and removes the old buttons (`editMessageReplyMarkup`) with
each `sendMessage`. After every run all answers of all citizens were found in the bot's store.
docs/developing.md says what each has made durable before its 200.
"""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
from statistics import median

import uvloop

from benchmarks.harness.citizens import Citizens, Rate
from benchmarks.harness.frame import REPETITIONS, Found, Result, times_faster
from benchmarks.harness.processes import opina, peer
from benchmarks.harness.telegram import bot_api

WARM_S, SECONDS = 0.5, {40: 2.5, 1: 1.5}  # by number of concurrent citizens
OURS = "Opina"
GOALS = {  # by module of the peer: its name, and the factor by which ours should be faster
    "ptb_bot": ("python-telegram-bot", {40: 7.0, 1: 2.0}),
    "aiogram_bot": ("aiogram", {40: 5.0, 1: 1.4}),
    "telebot_bot": ("pyTelegramBotAPI", {40: 2.0, 1: 0.9}),
}
STORES = (
    ("answers.db", "SELECT question, value, question = 'words' FROM answers"),
    ("var/opina.db", "SELECT question, grade, words IS NOT NULL FROM answers"),
)

Rates = dict[tuple[str, int], list[Rate]]
"""Of each bot, by its name and the number of concurrent citizens."""


def run(quick: bool) -> Found:
    """Measure the updates per second of four bots, with 40 concurrent citizens and with one."""
    found = uvloop.run(_measure(1 if quick else REPETITIONS, 0.4 if quick else 1.0))
    results = [_compared(at_once, module, found) for at_once in SECONDS for module in GOALS]
    busy = max(rate.busy for rates in found.values() for rate in rates)
    return Found(results, f"Citizens and Bot API were at work {busy:.0%} of the time.")


def _compared(at_once: int, module: str, found: Rates) -> Result:
    ours, theirs = found[OURS, at_once], found[module, at_once]
    rates = [(a.per_s, b.per_s) for a, b in zip(ours, theirs, strict=True)]
    mine_us, other_us = (
        median(one.bot_busy / one.per_s * 1e6 for one in bot) for bot in (ours, theirs)
    )
    note = f"processor time of an update: {mine_us:.0f} µs, theirs {other_us:.0f} µs"
    name, goals = GOALS[module]
    return times_faster(f"{name}, {at_once} at a time", rates, goals[at_once], note)


async def _measure(repetitions: int, share: float) -> Rates:
    """Measure each bot in turn, every time freshly started with nothing stored."""
    found: Rates = defaultdict(list)
    for _ in range(repetitions):
        for name in (OURS, *GOALS):
            with tempfile.TemporaryDirectory() as folder:
                await _measure_one(name, Path(folder), share, found)
    return found


async def _measure_one(name: str, folder: Path, share: float, found: Rates) -> None:
    citizens = Citizens(patient=True)
    async with bot_api(citizens.hears) as api_url:
        bot = opina(folder, api_url) if name == OURS else peer(name, folder, api_url)
        async with bot.running():
            for at_once, seconds in SECONDS.items():
                rate = await citizens.flood(bot, at_once, WARM_S * share, seconds * share)
                found[name, at_once].append(rate)
    kept = stored(name, folder)
    assert kept == citizens.given, f"stored {kept}, acknowledged {citizens.given}"
    assert not citizens.surplus, f"{name} sent replies that no citizen waited for"


def stored(name: str, folder: Path) -> tuple[Counter[str], int]:
    """The stored grades, and the number of comments."""
    if name == "ptb_bot":
        known = pickle.loads((folder / "answers.pickle").read_bytes())["user_data"].values()
        given = Counter(one["grade"] for one in known if "grade" in one)
        return given, sum("words" in one for one in known)
    file, statement = STORES[name == OURS]
    with closing(sqlite3.connect(folder / file)) as database:
        rows = database.execute(statement).fetchall()
    grades = Counter(str(value) for question, value, _ in rows if question == "grade")
    return grades, sum(has_words for *_, has_words in rows)
