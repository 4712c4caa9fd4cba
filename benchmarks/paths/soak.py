"""Many conversations one after the other: memory levels off."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import uvloop

from benchmarks.harness import processes
from benchmarks.harness.frame import Result, Section
from benchmarks.harness.post import TURNS, Post, Sink
from benchmarks.paths.footprint import memory_mb

CONVERSATIONS = 200_000
JUDGED_AT = 100_000
QUICK = 10_000
POINTS = 40
WITHIN = 1.2  # of the memory of a fresh process
WIDTH = 50


def run(quick: bool) -> Section:
    """Memory over 200,000 conversations, beside that of a fresh process."""
    conversations = QUICK if quick else CONVERSATIONS
    processes.stand_aside()
    curve, file_kb = uvloop.run(_soak(conversations))
    fresh = curve[0][1]
    at, then = min(curve, key=lambda point: abs(point[0] - JUDGED_AT))
    middle, last = curve[len(curve) // 2][1], curve[-1][1]
    return Section(
        name="soak",
        title=f"Memory over {conversations:,} conversations",
        about=ABOUT,
        results=[
            Result(
                f"After {at:,} conversations, beside a fresh process",
                "MB",
                then,
                fresh,
                f"≤ {WITHIN:g}×",
                then <= WITHIN * fresh,
            ),
            Result("At the end, beside half-way", "MB", last, middle),
            Result("SQLite's file, for each conversation", "kB", file_kb / conversations),
        ],
        more=_chart(curve),
    )


async def _soak(conversations: int) -> tuple[list[tuple[int, float]], float]:
    """(conversations, megabytes), from the fresh process on; kilobytes of the file in the end."""
    with tempfile.TemporaryDirectory() as name:
        sink, port = Sink(), processes.free_port()
        command, variables = processes.service(port, await sink.open())
        async with processes.running(command, Path(name), port, variables) as service:
            await asyncio.wait_for(sink.hooked.wait(), processes.STARTS_S)
            curve = [(0, memory_mb(service.process.pid))]

            def look(updates: int) -> None:
                curve.append((updates // TURNS, memory_mb(service.process.pid)))

            post = Post(port)
            await post.open()
            every = max(conversations // POINTS, 1) * TURNS
            await post.up_to(conversations * TURNS, every, look)
            post.close()
        sink.close()
        file_kb = (Path(name) / "var" / "opina.db").stat().st_size / 1_000
    return curve, file_kb


def _chart(curve: list[tuple[int, float]]) -> str:
    """A bar for every second point."""
    most = max(memory for _, memory in curve)
    shown = [*curve[:-1:2], curve[-1]]
    bars = (
        f"{count:>8,} {round(memory / most * WIDTH) * '█':<{WIDTH}} {memory:.0f} MB"
        for count, memory in shown
    )
    return "\n".join(("```text", *bars, "```"))


ABOUT = """\
Citizens open a desk's link, give a grade, write a comment and end, each once, as fast as they are
acknowledged; replies go over HTTP to a sink. What is resident of the process is read as it goes on.
"""
