"""Bots as processes of their own on one core; none outlives its measurement."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.harness.telegram import BotApi
from benchmarks.peers.questions import HOST, SECRET, TOKEN

ROOT = Path(__file__).parents[2]
OTHERS = ROOT / ".venv" / "bench" / "bin" / "python"
CORES = sorted(os.sched_getaffinity(0))
LOCK = Path(tempfile.gettempdir()) / "opina-benchmarks.lock"
STARTS_S = 60.0
STOPS_S = 20.0


class BotFailed(Exception):
    """A bot did not start, or did not end well; with what it printed."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Command:
    """How a bot is started. ``folder`` holds what it stores."""

    arguments: list[str]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=_free_port)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is up."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def cpu_s(self) -> float:
        """Processor time that it has used since its start, in all its threads."""
        return cpu_s(psutil.Process(self.process.pid))

    @property
    def memory_mb(self) -> float:
        """Its resident memory."""
        return float(psutil.Process(self.process.pid).memory_info().rss / 1_000_000)

    @property
    def output(self) -> str:
        """What it printed and logged."""
        return (self.folder / "output.log").read_text(encoding="utf-8", errors="replace")


def cpu_s(process: psutil.Process) -> float:
    """Processor time of one process."""
    times = process.cpu_times()
    return float(times.user + times.system)


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
    return Command([sys.executable, "-m", "bot.cli", "run"], folder, named, port)


def peer(name: str, folder: Path, api_url: str, python: Path = OTHERS) -> Command:
    """One of ``benchmarks/peers``, in the environment where its framework is."""
    port = _free_port()
    start = [str(python), "-m", f"benchmarks.peers.{name}", str(port), api_url, str(folder)]
    return Command(start, folder, port=port)


@asynccontextmanager
async def running(*commands: Command) -> AsyncIterator[list[Running]]:
    """The bots until the end of the block, each with a core while there are any; then stopped with
    SIGTERM so that they can finish.

    One measurement at a time on this machine: two would measure each other.
    """
    with LOCK.open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        async with AsyncExitStack() as stack:
            yield [
                await stack.enter_async_context(_running(command, CORES[place % len(CORES)]))
                for place, command in enumerate(commands)
            ]


@asynccontextmanager
async def service_to_sink(folder: Path, **settings: str) -> AsyncIterator[Running]:
    """The service, ready, with a Bot API that remembers nothing."""
    async with BotApi.open() as api, running(service(folder, api.url, **settings)) as (bot,):
        await asyncio.wait_for(api.webhook_set.wait(), STARTS_S)
        yield bot


@asynccontextmanager
async def _running(command: Command, core: int) -> AsyncIterator[Running]:
    # As an operator starts it: without settings of this shell, and with compiled modules kept.
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("OPINA_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    with (command.folder / "output.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: ASYNC220  # it must have its core at once
            command.arguments,
            cwd=command.folder,
            env={**kept, "PYTHONPATH": str(ROOT), **command.variables},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
    bot = Running(command.port, command.folder, process)
    try:
        await _listens(bot)
        try:
            yield bot
        except Exception as error:  # any fault: the bot may have said why
            error.add_note(bot.output[-4000:])
            raise
        process.terminate()
        await _ended(bot)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def _listens(bot: Running) -> None:
    for _ in range(int(STARTS_S / 0.05)):
        if bot.process.poll() is not None:
            raise BotFailed(bot.output)
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(HOST, bot.port)
            writer.close()
            return
        await asyncio.sleep(0.05)
    raise BotFailed(f"not up in {STARTS_S} s:\n{bot.output}")


async def _ended(bot: Running) -> None:
    try:
        code = await asyncio.to_thread(bot.process.wait, STOPS_S)
    except subprocess.TimeoutExpired:
        raise BotFailed(f"did not stop in {STOPS_S} s:\n{bot.output}") from None
    if code != 0:
        raise BotFailed(f"ended with {code}:\n{bot.output}")
