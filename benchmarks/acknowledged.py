"""Updates acknowledged a second, replies to a sink: beside nothing stored, and a slow disk."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from benchmarks import processes
from benchmarks.frame import REPETITIONS, Result, Section, alone, at_most, times_faster
from benchmarks.post import Post, Sink

PER_S = 2_000
WARM_S = 0.5
SECONDS = 2.0
SLOW_FLUSH = Path(__file__).with_name("slow_flush.c")


class AnswersLost(Exception):
    """An answer was acknowledged and is not stored."""


@dataclass(slots=True)
class _Found:
    """What was measured, a value a repetition."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    ours_slow: list[float] = field(default_factory=list)
    per_request_slow: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)  # of this process beside the bare handler


def run(quick: bool) -> Section:
    """Acknowledged updates a second beside a bare handler and a transaction a request; p99."""
    with tempfile.TemporaryDirectory() as folder:
        preload = _slow_flush(Path(folder))
        share = 0.4 if quick else 1.0
        found = uvloop.run(_measure(1 if quick else REPETITIONS, share, preload))
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
        results=[bare, *_slow(found), p99],
    )


def main() -> None:
    alone(run)


def _slow(found: _Found) -> list[Result]:
    if not found.ours_slow:
        return []
    pairs = _pairs(found.ours_slow, found.per_request_slow)
    name = "One Core transaction a request, both with 1 ms more a flush"
    return [times_faster(name, "/s", pairs, 10.0)]


def _pairs(ours: list[float], theirs: list[float]) -> list[tuple[float, float]]:
    return list(zip(ours, theirs, strict=True))


def _slow_flush(folder: Path) -> Path | None:
    """Build the library that makes flushes longer; None where there is no C compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    built = folder / "slow_flush.so"
    command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(built), str(SLOW_FLUSH), "-ldl"]
    subprocess.run(command, check=True)
    return built


async def _measure(repetitions: int, share: float, preload: Path | None) -> _Found:
    processes.stand_aside()
    found = _Found()
    slow = {} if preload is None else {"LD_PRELOAD": str(preload)}
    for _ in range(repetitions):
        found.ours.append((await _flood("", share))[0])
        rate, busy = await _flood("bare", share)
        found.bare.append(rate)
        found.busy.append(busy)
        if slow:
            found.ours_slow.append((await _flood("", share, slow))[0])
            found.per_request_slow.append((await _flood("per_request", share, slow))[0])
        found.p99_ms.append(await _p99_ms(share))
    return found


async def _flood(
    module: str, share: float, variables: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """One process from its start to a kill; ours where no module is named."""
    with tempfile.TemporaryDirectory() as name:
        folder, sink, port = Path(name), Sink(), processes.free_port()
        api_url = await sink.open()
        command = [sys.executable, "-m", f"benchmarks.{module}", str(port), api_url, name]
        ours: dict[str, str] = {}
        if not module:
            command, ours = processes.service(port, api_url)
        async with processes.running(command, folder, port, {**ours, **(variables or {})}):
            if not module:
                await asyncio.wait_for(sink.hooked.wait(), processes.STARTS_S)
            post = Post(port)
            await post.open()
            found = await post.flood(WARM_S * share, SECONDS * share)
            post.close()
        sink.close()
        if module != "bare":
            _check(folder / ("answers.db" if module else "var/opina.db"), post)
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
citizens have the other, which was at work {busy} % of the time beside the bare handler. 1 ms more a
flush: a preloaded library sleeps so long in `fsync` and `fdatasync` (`slow_flush.c`). The p99 is
counted from when an update was due, whatever became of those before it. After every run each
acknowledged grade was found stored.
"""

if __name__ == "__main__":
    main()
