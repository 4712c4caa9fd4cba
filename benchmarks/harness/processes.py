"""Runs bots as processes on a core of their own; none outlives its measurement."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, STDOUT

import aiohttp
import psutil

from benchmarks.harness.machine import ROOT
from benchmarks.harness.telegram import bot_api
from benchmarks.peers.questions import HOST, SECRET, TOKEN
from tests.e2e.service import clean_environment, free_port

OTHERS = ROOT / ".venv" / "bench" / "bin" / "python"
CORES = sorted(os.sched_getaffinity(0))
STARTS_S, STOPS_S = 60.0, 20.0
# Defaults, except for Telegram's address and no pacing.
SETTINGS = {
    "OPINA_WEB__PUBLIC_URL": "https://opina.example",
    "OPINA_TELEGRAM__TOKEN": TOKEN,
    "OPINA_TELEGRAM__MODE": "webhook",
    "OPINA_TELEGRAM__WEBHOOK_SECRET": SECRET,
    "OPINA_TELEGRAM__MESSAGES_PER_SECOND": "0",
}


class BotFailed(Exception):
    """A bot failed to start or to stop; its note has the bot's output."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot."""

    port: int
    process: psutil.Popen

    @property
    def cpu_s(self) -> float:
        """The processor time of all its threads since its start."""
        return float(sum(self.process.cpu_times()[:2]))

    @property
    def memory_mb(self) -> float:
        """Its resident memory."""
        return float(self.process.memory_info().rss / 1e6)


def stand_aside() -> None:
    """Leave the first core to the bots; a single core is shared."""
    os.sched_setaffinity(0, {CORES[-1]})


def use_all_cores() -> None:
    """Let processes started from now on, such as PostgreSQL, use all cores."""
    os.sched_setaffinity(0, CORES)


@asynccontextmanager
async def listening(folder: Path, **settings: str) -> AsyncIterator[Bot]:
    """``opina run`` with these settings, with a Bot API that only sinks replies."""
    async with bot_api() as api_url, service(folder, api_url, **settings) as bot:
        yield bot


def service(folder: Path, api_url: str, **settings: str) -> AbstractAsyncContextManager[Bot]:
    """``opina run`` with this Bot API and these settings."""
    own = SETTINGS | settings | {"OPINA_TELEGRAM__API_URL": api_url}
    return _running([sys.executable, "-m", "bot.cli", "run"], free_port(), folder, own)


def peer(
    name: str, folder: Path, api_url: str, python: Path = OTHERS
) -> AbstractAsyncContextManager[Bot]:
    """One of ``benchmarks/peers``, in the environment of its framework."""
    port = free_port()
    start = [str(python), "-m", f"benchmarks.peers.{name}", str(port), api_url, str(folder)]
    return _running(start, port, folder, {})


@asynccontextmanager
async def _running(
    start: list[str], port: int, folder: Path, settings: Mapping[str, str]
) -> AsyncIterator[Bot]:
    """A bot that listens, alone on the first core; stopped by SIGTERM at the end of the block."""
    log = folder / "output.log"
    with log.open("wb") as output:
        process = psutil.Popen(
            start,
            cwd=folder,
            env={**clean_environment(port), **settings},
            stdin=DEVNULL,
            stdout=output,
            stderr=STDOUT,
            start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {CORES[0]}),
        )
    try:
        async with asyncio.timeout(STARTS_S):
            await _ready(process, port)
        yield Bot(port, process)
        process.terminate()
        # In a thread, as this loop still answers the bot's calls.
        if code := await asyncio.to_thread(process.wait, STOPS_S):
            raise BotFailed(f"ended with {code}")
    except Exception as error:  # on any error, the bot's output may say why
        error.add_note(log.read_text(encoding="utf-8", errors="replace")[-4_000:])
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def _ready(process: psutil.Popen, port: int) -> None:
    """Wait until it answers and, if it is ours, is ready; the others answer 404 here."""
    async with aiohttp.ClientSession() as client:
        while process.poll() is None:
            with contextlib.suppress(aiohttp.ClientError):
                async with client.get(f"http://{HOST}:{port}/readyz") as answer:
                    if answer.status != 503:
                        return
            await asyncio.sleep(0.01)
    raise BotFailed("did not start")
