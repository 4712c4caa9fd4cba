"""Updates acknowledged a second, replies to a sink: beside nothing stored, and a slow disk."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import uvloop

from benchmarks.harness.citizens import Post, Rate
from benchmarks.harness.frame import REPETITIONS, Section, at_most, times_faster
from benchmarks.harness.processes import peer, running, service_to_sink, stand_aside

PER_S = 2_000
WARM_S = 0.5
SECONDS = 2.0


class AnswersLost(Exception):
    """An answer was acknowledged and is not stored."""


def run(quick: bool) -> Section:
    """Acknowledged updates a second beside a bare handler; p99."""
    repetitions, share = (1, 0.4) if quick else (REPETITIONS, 1.0)
    stand_aside()
    found = [uvloop.run(_measure(share)) for _ in range(repetitions)]
    return Section(
        name="acknowledged",
        title="Acknowledged updates a second",
        about=ABOUT.format(busy=round(max(bare.busy for _, bare, _ in found) * 100)),
        results=[
            times_faster(
                "Bare aiohttp and msgspec, nothing stored",
                "/s",
                [(ours.per_s, bare.per_s) for ours, bare, _ in found],
                0.3,
                "aim 0.5×",
            ),
            at_most(
                f"p99 of the acknowledgement at {PER_S:,}/s offered",
                "ms",
                [p99_ms for _, _, p99_ms in found],
                5.0,
            ),
        ],
    )


async def _measure(share: float) -> tuple[Rate, Rate, float]:
    """Ours and the handler that stores nothing, flooded; our p99 in milliseconds."""
    warm_s, seconds = WARM_S * share, SECONDS * share
    with tempfile.TemporaryDirectory() as name:
        async with service_to_sink(Path(name)) as bot, Post.open(bot.port) as post:
            ours = await post.flood(warm_s, seconds)
        _check(Path(name) / "var/opina.db", post)
    with tempfile.TemporaryDirectory() as name:
        bare = peer("bare", Path(name), "", Path(sys.executable))
        async with running(bare) as (bot,), Post.open(bot.port) as post:
            theirs = await post.flood(warm_s, seconds)
    with tempfile.TemporaryDirectory() as name:
        async with service_to_sink(Path(name)) as bot, Post.open(bot.port) as post:
            waits_s = await post.offer(PER_S, warm_s, seconds)
        _check(Path(name) / "var/opina.db", post)
    return ours, theirs, waits_s[int(len(waits_s) * 0.99)] * 1_000


def _check(database: Path, post: Post) -> None:
    """Every grade that was acknowledged is stored."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT grade, count(*) FROM answers WHERE question = 'grade' GROUP BY grade"
        ).fetchall()
    stored = {str(grade): count for grade, count in rows}
    sent = {text: count for text, count in post.acknowledged.items() if text.isdigit()}
    if stored != sent:
        raise AnswersLost(f"acknowledged {sent}, stored {stored}")


ABOUT = """\
Citizens type all that the questionnaire asks; their updates are posted over 100 connections
(Telegram's limit), the next as soon as one is acknowledged. Replies go over HTTP to a sink, a raw
asyncio server that answers with the same bytes always. The process measured has one core; sink and
citizens have the other, which was at work {busy} % of the time beside the bare handler. The p99 is
counted from when an update was due, no matter what became of those before it. After every run each
acknowledged grade was found stored.
"""
