"""Updates acknowledged a second, replies to a sink: beside nothing stored, and a slow disk."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from benchmarks.harness import processes
from benchmarks.harness.frame import REPETITIONS, Section, at_most, times_faster
from benchmarks.harness.post import Post, Sink

PER_S = 2_000
WARM_S = 0.5
SECONDS = 2.0


class AnswersLost(Exception):
    """An answer was acknowledged and is not stored."""


@dataclass(slots=True)
class _Found:
    """What was measured, a value a repetition."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)  # of this process beside the bare handler


def run(quick: bool) -> Section:
    """Acknowledged updates a second beside a bare handler; p99."""
    found = uvloop.run(_measure(1 if quick else REPETITIONS, 0.4 if quick else 1.0))
    bare = times_faster(
        "Bare aiohttp and msgspec, nothing stored",
        "/s",
        _pairs(found.ours, found.bare),
        0.3,
        "aim 0.5×",
    )
    p99 = at_most(f"p99 of the acknowledgement at {PER_S:,}/s offered", "ms", found.p99_ms, 5.0)
    return Section(
        name="acknowledged",
        title="Acknowledged updates a second",
        about=ABOUT.format(busy=round(max(found.busy) * 100)),
        results=[bare, p99],
    )


def _pairs(ours: list[float], theirs: list[float]) -> list[tuple[float, float]]:
    return list(zip(ours, theirs, strict=True))


async def _measure(repetitions: int, share: float) -> _Found:
    processes.stand_aside()
    found = _Found()
    for _ in range(repetitions):
        found.ours.append((await _flood(share, bare=False))[0])
        rate, busy = await _flood(share, bare=True)
        found.bare.append(rate)
        found.busy.append(busy)
        found.p99_ms.append(await _p99_ms(share))
    return found


async def _flood(share: float, *, bare: bool) -> tuple[float, float]:
    """One process from its start to a kill: ours, or the handler that stores nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder, sink, port = Path(name), Sink(), processes.free_port()
        api_url = await sink.open()
        command, variables = processes.service(port, api_url)
        if bare:
            command = [sys.executable, "-m", "benchmarks.peers.bare", str(port), api_url, name]
        async with processes.running(command, folder, port, variables):
            if not bare:
                await asyncio.wait_for(sink.hooked.wait(), processes.STARTS_S)
            post = Post(port)
            await post.open()
            found = await post.flood(WARM_S * share, SECONDS * share)
            post.close()
        sink.close()
        if not bare:
            _check(folder / "var/opina.db", post)
    return found


async def _p99_ms(share: float) -> float:
    with tempfile.TemporaryDirectory() as name:
        sink, port = Sink(), processes.free_port()
        command, variables = processes.service(port, await sink.open())
        async with processes.running(command, Path(name), port, variables):
            await asyncio.wait_for(sink.hooked.wait(), processes.STARTS_S)
            post = Post(port)
            await post.open()
            waits = await post.offer(PER_S, WARM_S * share, SECONDS * share)
            post.close()
        sink.close()
        _check(Path(name) / "var/opina.db", post)
    return waits[int(len(waits) * 0.99)] * 1_000


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
