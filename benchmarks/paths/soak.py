"""Many conversations one after the other: memory levels off."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import uvloop

from benchmarks.harness.citizens import TURNS, Post, Stuck
from benchmarks.harness.frame import Result, Section
from benchmarks.harness.processes import service_to_sink, stand_aside

CONVERSATIONS = 200_000
JUDGED_AT = 100_000
QUICK = 10_000
POINTS = 40
WITHIN = 1.2  # of the memory of a fresh process
WIDTH = 50


def run(quick: bool) -> Section:
    """Memory over 200,000 conversations, beside that of a fresh process."""
    conversations = QUICK if quick else CONVERSATIONS
    stand_aside()
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
        async with service_to_sink(Path(name)) as bot, Post.open(bot.port) as post:
            curve, step = [(0, bot.memory_mb)], max(conversations // POINTS, 1)
            async with post.flooding():
                while curve[-1][0] < conversations:
                    await asyncio.sleep(0.02)
                    ended = post.acknowledged.total() // TURNS
                    if ended // step > curve[-1][0] // step:
                        curve.append((ended, bot.memory_mb))
                    elif post.refused:
                        raise Stuck(f"refused: {post.refused}")
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
