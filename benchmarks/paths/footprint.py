"""Start and memory.

Start: until `/readyz` answers 200, with the packaged content grown to 1,000 services, each copy
with its own texts and questions, on one core, with compiled modules and an existing database.
Memory: resident after such a start with the packaged content, and while simulated citizens open a
desk's link, give a grade, write a comment and end, each once, as fast as they are acknowledged;
replies go over HTTP to a sink.
"""

from __future__ import annotations

import tempfile
import time
from itertools import islice
from pathlib import Path

import uvloop

from benchmarks.harness.citizens import AT_ONCE, CONNECTIONS, TURNS, Citizens
from benchmarks.harness.frame import REPETITIONS, Found, Result, at_most
from benchmarks.harness.grown import SERVICES, grow_content
from benchmarks.harness.processes import listening

CONVERSATIONS, QUICK, JUDGED_AT = 200_000, 4_000, 100_000
POINTS = 20  # of the curve
WITHIN = 1.2  # times the memory of a fresh process


def run(quick: bool) -> Found:
    """Time the start with 1,000 services; measure a fresh process's memory and its growth."""
    repetitions, conversations = (2, QUICK) if quick else (REPETITIONS, CONVERSATIONS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        grow_content(folder / "content")
        starts_s, _ = uvloop.run(_start(folder, repetitions, str(folder / "content")))
        _, memory_mb = uvloop.run(_start(folder, repetitions))
    curve, file_kb = uvloop.run(_soak(conversations))
    at, then = min(curve, key=lambda point: abs(point[0] - JUDGED_AT))
    fresh, middle, last = curve[0][1], curve[len(curve) // 2][1], curve[-1][1]
    after = f"After {at:,} conversations, beside before"
    results = [
        at_most(f"Start to ready, {SERVICES:,} services", "s", starts_s, 2.5),
        at_most("Memory of a fresh process", "MB", memory_mb, 130.0),
        Result(after, "MB", then, fresh, f"≤ {WITHIN:g}×", then <= WITHIN * fresh),
        Result(f"After {conversations:,}, beside half of them", "MB", last, middle),
        Result("SQLite's file, for each conversation", "kB", file_kb / conversations),
    ]
    bars = (f"{count:>8,} {round(mb / last * 50) * '█':<50} {mb:.0f} MB" for count, mb in curve)
    return Found(results, "\n".join(("```text", *bars, "```")))


async def _start(
    folder: Path, repetitions: int, content: str = ""
) -> tuple[list[float], list[float]]:
    """Seconds to ready, and megabytes then; excludes the first start, which makes the schema."""
    starts_s, memory_mb = list[float](), list[float]()
    for _ in range(repetitions + 1):
        began = time.perf_counter()
        async with listening(folder, content) as bot:
            starts_s.append(time.perf_counter() - began)
            memory_mb.append(bot.memory_mb)
    return starts_s[1:], memory_mb[1:]


async def _soak(conversations: int) -> tuple[list[tuple[int, float]], float]:
    """(conversations, megabytes) from a fresh process on; the file's kilobytes at the end."""
    step = conversations // POINTS
    with tempfile.TemporaryDirectory() as name:
        async with listening(Path(name)) as bot:
            citizens, curve = Citizens(), [(0, bot.memory_mb)]
            for ended in range(step, conversations + 1, step):
                await citizens.send(bot.port, CONNECTIONS, islice(AT_ONCE, step * TURNS))
                curve.append((ended, bot.memory_mb))
        return curve, (Path(name) / "var" / "opina.db").stat().st_size / 1_000
