"""Acknowledged updates a second.

Citizens type all that the questionnaire asks; their updates are posted over 100 connections
(Telegram's limit), the next as soon as one is acknowledged. Replies go over HTTP to a sink, a raw
asyncio server that answers with the same bytes always. On SQLite the process measured has one core;
sink and citizens have the other. The p99 is counted from when an update was due, no matter what
became of those before it; beside it stands that of a handler that stores nothing, which is what the
machine and the citizens' own process make of it. After these runs each acknowledged grade was found
stored. Over PostgreSQL, with its defaults (`fsync` and `synchronous_commit` on), all share all
cores, so the second process can only use what the first one leaves.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import psutil
import uvloop
from sqlalchemy.engine import URL

import tests.postgres as postgres_server
from benchmarks.harness.citizens import CONNECTIONS, Post, Rate
from benchmarks.harness.frame import REPETITIONS, Found, at_most, times_faster
from benchmarks.harness.processes import CORES, Bot, listening, peer, stand_aside, use_all_cores
from benchmarks.harness.telegram import FIRST_CHAT

PER_S = 2_000
WARM_S, SECONDS = 0.5, 2.0
FAR = 100_000_000  # chats of one process's citizens are so far from the next one's
STORED = "SELECT grade, count(*) FROM answers WHERE question = 'grade' GROUP BY grade"


@dataclass(frozen=True, slots=True)
class _Measured:
    """Ours and the handler that stores nothing: flooded, and offered what ours can take."""

    ours: Rate
    bare: Rate
    waits_s: list[float]
    bare_waits_s: list[float]
    busy: float  # share of its core that ours used while it was offered that


def run(quick: bool) -> Found:
    """Beside a bare handler; the p99 at a load that is offered no matter what; two processes."""
    repetitions, share = (1, 0.4) if quick else (REPETITIONS, 1.0)
    stand_aside()
    found = [uvloop.run(_measure(WARM_S * share, SECONDS * share)) for _ in range(repetitions)]
    busy = max(one.bare.busy for one in found)
    rates = [(one.ours.per_s, one.bare.per_s) for one in found]
    note = f"aim 0.5×; citizens and sink were at work {busy:.0%} of the time beside the bare one"
    half_ms = median(median(one.waits_s) for one in found) * 1_000
    waited = f"half waited {half_ms:.1f} ms; busy {median(one.busy for one in found):.0%} of a core"
    p99_ms = [_p99_ms(one.waits_s) for one in found]
    bare_ms = median(_p99_ms(one.bare_waits_s) for one in found)
    use_all_cores()
    with tempfile.TemporaryDirectory() as name, postgres_server.running(Path(name)) as url:
        pairs = [[uvloop.run(_of_many(url, count)) for count in (2, 1)] for _ in range(repetitions)]
    cores = (f"{median(pair[place][1] for pair in pairs):.2f}" for place in (0, 1))
    return Found(
        [
            times_faster("Bare aiohttp and msgspec, nothing stored", rates, 0.3, note),
            at_most(
                f"p99 of the acknowledgement at {PER_S:,}/s offered",
                "ms",
                p99_ms,
                5.0,
                waited,
                reference=bare_ms,
            ),
            times_faster(
                "Two processes over PostgreSQL, beside one",
                [(two[0], one[0]) for two, one in pairs],
                1.6,
                f"busy were {' and '.join(cores)} of {len(CORES)} cores",
            ),
        ]
    )


async def _measure(warm_s: float, seconds: float) -> _Measured:
    async with _checked_service() as (_, post):
        ours = await post.flood(warm_s, seconds)
    with tempfile.TemporaryDirectory() as name:
        start = peer("bare", Path(name), "", Path(sys.executable))
        async with start as bot, Post.open(bot.port) as post:
            bare = await post.flood(warm_s, seconds)
            bare_waits_s = await post.offer(PER_S, warm_s, seconds)
    async with _checked_service() as (bot, post):
        cpu_s, began = bot.cpu_s, time.perf_counter()
        waits_s = await post.offer(PER_S, warm_s, seconds)
        busy = (bot.cpu_s - cpu_s) / (time.perf_counter() - began)
    return _Measured(ours, bare, waits_s, bare_waits_s, busy)


def _p99_ms(waits_s: list[float]) -> float:
    return quantiles(waits_s, n=100)[98] * 1_000


@asynccontextmanager
async def _checked_service() -> AsyncIterator[tuple[Bot, Post]]:
    """Afterwards every grade that was acknowledged is stored."""
    with tempfile.TemporaryDirectory() as name:
        async with listening(Path(name)) as bot, Post.open(bot.port) as post:
            yield bot, post
        with closing(sqlite3.connect(Path(name) / "var/opina.db")) as database:
            stored = {str(grade): count for grade, count in database.execute(STORED)}
        sent = {text: count for text, count in post.acknowledged.items() if text.isdigit()}
        assert stored == sent, f"acknowledged {sent}, stored {stored}"


async def _of_many(url: URL, count: int) -> tuple[float, float]:
    """Acknowledged a second by ``count`` processes on one new database; cores at work."""
    await postgres_server.execute(url, "CREATE DATABASE measured")
    address = url.set(database="measured").render_as_string(hide_password=False)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = {"OPINA_DATABASE__URL": address, "OPINA_DATABASE__KEYS": f"{folder}/keys.toml"}
        posts = []
        for number in range(count):
            (own := folder / str(number)).mkdir()
            core = CORES[number % len(CORES)]
            bot = await stack.enter_async_context(listening(own, settings, core))
            part = CONNECTIONS // count, FIRST_CHAT + number * FAR
            posts.append(await stack.enter_async_context(Post.open(bot.port, *part)))
        psutil.cpu_percent()  # since this call
        rates = await asyncio.gather(*(post.flood(2 * WARM_S, 2 * SECONDS) for post in posts))
        cores = psutil.cpu_percent() / 100 * len(CORES)
    await postgres_server.execute(url, "DROP DATABASE measured WITH (FORCE)")
    return sum(rate.per_s for rate in rates), cores
