"""Acknowledged updates a second.

Simulated citizens type everything that the questionnaire asks, with links, grades, comments and
ends evenly mixed. Their updates are posted over 100 connections (Telegram's limit), each as soon as
one is acknowledged. Replies go over HTTP to a sink, a raw asyncio server that always answers with
the same bytes. The measured process has one core; sink and citizens have the other. The p99 counts
from the time at which an update was due, even if those before it were late; the reference is a
handler that stores nothing, which shows the share of the machine and of the citizens' process.
After these runs each acknowledged grade was found stored.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import uvloop

from benchmarks.harness.citizens import Post, Rate
from benchmarks.harness.frame import REPETITIONS, Found, at_most, p99, times_faster
from benchmarks.harness.processes import Bot, listening, peer

PER_S = 2_000
WARM_S, SECONDS = 0.5, 2.0
STORED = "SELECT grade, count(*) FROM answers WHERE question = 'grade' GROUP BY grade"


@dataclass(frozen=True, slots=True)
class _Measured:
    """Ours and the handler that stores nothing, flooded and at a fixed rate."""

    ours: Rate
    bare: Rate
    waits_ms: list[float]
    bare_waits_ms: list[float]
    busy: float  # share of its core that ours used at the fixed rate


def run(quick: bool) -> Found:
    """Compare with a bare handler; measure the p99 at a fixed rate."""
    repetitions, share = (1, 0.4) if quick else (REPETITIONS, 1.0)
    found = [uvloop.run(_measure(WARM_S * share, SECONDS * share)) for _ in range(repetitions)]
    busy = max(one.bare.busy for one in found)
    rates = [(one.ours.per_s, one.bare.per_s) for one in found]
    note = f"aim 0.5×; citizens and sink were at work {busy:.0%} of the time beside the bare one"
    half_ms = median(median(one.waits_ms) for one in found)
    waited = f"half waited {half_ms:.1f} ms; busy {median(one.busy for one in found):.0%} of a core"
    p99_ms = [p99(one.waits_ms) for one in found]
    bare_ms = median(p99(one.bare_waits_ms) for one in found)
    offered = f"p99 of the acknowledgement at {PER_S:,}/s offered"
    return Found(
        [
            times_faster("Bare aiohttp and msgspec, nothing stored", rates, 0.3, note),
            at_most(offered, "ms", p99_ms, 5.0, waited, bare_ms),
        ]
    )


async def _measure(warm_s: float, seconds: float) -> _Measured:
    async with _checked_service() as (_, post):
        ours = await post.flood(warm_s, seconds)
    with tempfile.TemporaryDirectory() as name:
        bot = peer("bare", Path(name), python=sys.executable)
        async with bot.running(), Post.open(bot.port) as post:
            bare = await post.flood(warm_s, seconds)
            bare_waits_ms = await post.offer(PER_S, warm_s, seconds)
    async with _checked_service() as (bot, post):
        cpu_s, began = bot.cpu_s, time.perf_counter()
        waits_ms = await post.offer(PER_S, warm_s, seconds)
        busy = (bot.cpu_s - cpu_s) / (time.perf_counter() - began)
    return _Measured(ours, bare, waits_ms, bare_waits_ms, busy)


@asynccontextmanager
async def _checked_service() -> AsyncIterator[tuple[Bot, Post]]:
    """Run the service; afterwards check that every acknowledged grade is stored."""
    with tempfile.TemporaryDirectory() as name:
        async with listening(Path(name)) as bot, Post.open(bot.port) as post:
            yield bot, post
        with closing(sqlite3.connect(Path(name) / "var/opina.db")) as database:
            stored = {str(grade): count for grade, count in database.execute(STORED)}
        sent = {text: count for text, count in post.acknowledged.items() if text.isdigit()}
        assert stored == sent, f"acknowledged {sent}, stored {stored}"
