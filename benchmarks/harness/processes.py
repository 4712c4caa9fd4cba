"""Runs bots as processes on a core of their own; none outlives its measurement."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from benchmarks.harness.machine import ROOT
from benchmarks.harness.telegram import bot_api
from benchmarks.peers.questions import SECRET, TOKEN
from tests.e2e.service import Service

OTHERS = str(ROOT / ".venv" / "bench" / "bin" / "python")
CORES = sorted(os.sched_getaffinity(0))
TELEGRAM = {"token": TOKEN, "mode": "webhook", "webhook_secret": SECRET, "messages_per_second": 0}


class Bot(Service):
    """A bot alone on the first core; this process keeps to the last. A single core is shared."""

    async def spawn(self) -> int:
        os.sched_setaffinity(0, {CORES[0]})  # inherited by the bot
        try:
            return await super().spawn()
        finally:
            os.sched_setaffinity(0, {CORES[-1]})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Bot]:
        """Listens until the end of the block. On any error, the bot's output may say why."""
        try:
            await self.start()
            yield self
            assert await self.stop() == 0
        except Exception as error:
            error.add_note(self.output[-4_000:])
            raise
        finally:
            await self.kill()
            os.sched_setaffinity(0, CORES)

    @property
    def cpu_s(self) -> float:
        """The processor time of all its threads since its start."""
        return float(sum(psutil.Process(self.pid).cpu_times()[:2]))

    @property
    def memory_mb(self) -> float:
        """Its resident memory."""
        return float(psutil.Process(self.pid).memory_info().rss / 1e6)


def opina(folder: Path, api_url: str, content: str = "") -> Bot:
    """``opina run`` with its defaults, except for Telegram's address and no pacing."""
    return Bot(
        folder,
        {
            "web": {"public_url": "https://opina.example"},
            "telegram": TELEGRAM | {"api_url": api_url},
            "municipality": {"content": content} if content else {},
        },
        interpreter=sys.executable,
    )


def peer(name: str, folder: Path, api_url: str = "", python: str = OTHERS) -> Bot:
    """One of ``benchmarks/peers``, in the environment of its framework."""
    return Bot(folder, {}, command=(f"benchmarks.peers.{name}", api_url), interpreter=python)


@asynccontextmanager
async def listening(folder: Path, content: str = "") -> AsyncIterator[Bot]:
    """``opina run`` with a Bot API that only sinks replies."""
    async with bot_api() as api_url, opina(folder, api_url, content).running() as bot:
        yield bot
