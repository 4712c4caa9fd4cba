"""Acknowledged updates a second.

Simulated citizens type everything that the questionnaire asks, with links, grades, comments and
ends evenly mixed. There are 100 at a time, each over a connection of their own (Telegram's limit is
100), who write again once their last message is acknowledged. Replies go over HTTP to a sink, a raw
asyncio server that always answers with the same bytes. The measured process has one core; sink and
citizens have the other. The p99 counts from the time at which an update was due, even if those
before it were late; the reference is a handler that stores nothing, which shows the share of the
machine and of the citizens' process. After these runs each acknowledged grade and comment was found
stored.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import uvloop

from benchmarks.harness.citizens import CONNECTIONS, Citizens, Rate
from benchmarks.harness.frame import REPETITIONS, Found, at_most, p99, times_faster
from benchmarks.harness.processes import Bot, listening, peer
from benchmarks.paths.questionnaire import OURS, stored

PER_S = 2_000
WARM_S, SECONDS = 0.5, 2.0


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
    async with _checked_service() as (bot, citizens):
        ours = await citizens.flood(bot, CONNECTIONS, warm_s, seconds)
    with tempfile.TemporaryDirectory() as name:
        async with peer("bare", Path(name), python=sys.executable).running() as bot:
            bare = await Citizens().flood(bot, CONNECTIONS, warm_s, seconds)
            bare_waits_ms = await Citizens().offer(bot.port, PER_S, warm_s, seconds)
    async with _checked_service() as (bot, citizens):
        cpu_s, began = bot.cpu_s, time.perf_counter()
        waits_ms = await citizens.offer(bot.port, PER_S, warm_s, seconds)
        busy = (bot.cpu_s - cpu_s) / (time.perf_counter() - began)
    return _Measured(ours, bare, waits_ms, bare_waits_ms, busy)


@asynccontextmanager
async def _checked_service() -> AsyncIterator[tuple[Bot, Citizens]]:
    """Run the service; afterwards check that all acknowledged answers are stored."""
    with tempfile.TemporaryDirectory() as name:
        async with listening(Path(name)) as bot:
            yield bot, (citizens := Citizens())
        kept = stored(OURS, Path(name))
        assert kept == citizens.given, f"stored {kept}, acknowledged {citizens.given}"
