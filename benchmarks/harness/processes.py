"""Bots as processes of their own on one core; none outlives its measurement."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.harness.machine import ROOT
from benchmarks.harness.telegram import BotApi
from benchmarks.peers.questions import HOST, SECRET, TOKEN

OTHERS = ROOT / ".venv" / "bench" / "bin" / "python"
CORES = sorted(os.sched_getaffinity(0))
STARTS_S, STOPS_S = 60.0, 20.0


class BotFailed(Exception):
    """A bot did not start, or did not end well; with what it printed."""


@dataclass(frozen=True, slots=True)
class Command:
    """How a bot is started. ``folder`` holds what it stores."""

    arguments: list[str]
    port: int
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is up."""

    port: int
    folder: Path
    process: Process

    @property
    def cpu_s(self) -> float:
        """Processor time that it has used since its start, in all its threads."""
        return cpu_s(psutil.Process(self.process.pid))

    @property
    def memory_mb(self) -> float:
        """Its resident memory."""
        return float(psutil.Process(self.process.pid).memory_info().rss / 1e6)

    @property
    def output(self) -> str:
        """What it printed and logged in the end."""
        log = self.folder / "output.log"
        return log.read_text(encoding="utf-8", errors="replace")[-4_000:]


def cpu_s(process: psutil.Process) -> float:
    """Processor time of one process."""
    return float(sum(process.cpu_times()[:2]))


def stand_aside() -> None:
    """Leave the first core to the bots; where there is just one, it is shared."""
    os.sched_setaffinity(0, {CORES[-1]})


def use_all_cores() -> None:
    """What is started from here on, such as PostgreSQL, runs anywhere again."""
    os.sched_setaffinity(0, CORES)


def service(folder: Path, api_url: str, **settings: str) -> Command:
    """``opina run``: all defaults, but where Telegram is, no pacing, and these settings."""
    port = _free_port()
    variables = {
        "WEB__PORT": str(port),
        "WEB__PUBLIC_URL": "https://opina.example",
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__API_URL": api_url,
        "TELEGRAM__MODE": "webhook",
        "TELEGRAM__WEBHOOK_SECRET": SECRET,
        "TELEGRAM__MESSAGES_PER_SECOND": "0",
    }
    named = {f"OPINA_{name}": value for name, value in (variables | settings).items()}
    return Command([sys.executable, "-m", "bot.cli", "run"], port, folder, named)


def peer(name: str, folder: Path, api_url: str, python: Path = OTHERS) -> Command:
    """One of ``benchmarks/peers``, in the environment where its framework is."""
    port = _free_port()
    start = [str(python), "-m", f"benchmarks.peers.{name}", str(port), api_url, str(folder)]
    return Command(start, port, folder)


@asynccontextmanager
async def service_to_sink(
    folder: Path, core: int = CORES[0], **settings: str
) -> AsyncIterator[Running]:
    """The service, ready, with a Bot API that remembers nothing."""
    async with BotApi.open() as api, running(service(folder, api.url, **settings), core) as bot:
        await asyncio.wait_for(api.webhook_set.wait(), STARTS_S)
        yield bot


@asynccontextmanager
async def running(command: Command, core: int = CORES[0]) -> AsyncIterator[Running]:
    """The bot with a core of its own until the end of the block; then it ends by SIGTERM."""
    # As an operator starts it: without settings of this shell, and with compiled modules kept.
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("OPINA_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    with (command.folder / "output.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command.arguments,
            cwd=command.folder,
            env={**kept, "PYTHONPATH": str(ROOT), **command.variables},
            stdin=DEVNULL,
            stdout=log,
            stderr=STDOUT,
            start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
    bot = Running(command.port, command.folder, process)
    try:
        async with asyncio.timeout(STARTS_S):
            await _listens(bot)
        yield bot
        process.terminate()
        if code := await asyncio.wait_for(process.wait(), STOPS_S):
            raise BotFailed(f"ended with {code}")
    except Exception as error:  # any fault: the bot may have said why
        error.add_note(bot.output)
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


async def _listens(bot: Running) -> None:
    while bot.process.returncode is None:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(HOST, bot.port)
            writer.close()
            return
        await asyncio.sleep(0.05)
    raise BotFailed("did not start")
