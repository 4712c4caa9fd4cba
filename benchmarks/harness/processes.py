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
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.questions import HOST, SECRET, TOKEN

ROOT = Path(__file__).parents[2]
OTHERS = ROOT / ".venv" / "bench" / "bin" / "python"
CORES = sorted(os.sched_getaffinity(0))
LOCK = Path(tempfile.gettempdir()) / "opina-benchmarks.lock"
STARTS_S = 60.0
STOPS_S = 20.0


class BotFailed(Exception):
    """A bot did not start, or did not end well; with what it printed."""


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is up. ``folder`` holds what it stores."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def cpu_s(self) -> float:
        """Processor time that it has used since its start, in all its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def output(self) -> str:
        """What it printed and logged."""
        return (self.folder / "output.log").read_text(encoding="utf-8", errors="replace")


def stand_aside() -> None:
    """Leave the first core to the bots; where there is just one, it is shared."""
    os.sched_setaffinity(0, {CORES[-1]})


def use_all_cores() -> None:
    """What is started from here on, such as PostgreSQL, runs anywhere again."""
    os.sched_setaffinity(0, CORES)


@asynccontextmanager
async def running(
    command: Sequence[str], folder: Path, port: int, variables: Mapping[str, str] | None = None
) -> AsyncIterator[Running]:
    """The bot until the end of the block, then stopped with SIGTERM so that it can finish.

    One at a time on this machine: two would measure each other.
    """
    with LOCK.open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        async with _running(command, folder, port, variables) as bot:
            yield bot


def service(port: int, api_url: str) -> tuple[list[str], dict[str, str]]:
    """Command and settings of ``opina run``: all defaults, but where Telegram is and no pacing."""
    return [sys.executable, "-m", "bot.cli", "run"], {
        "OPINA_WEB__PORT": str(port),
        "OPINA_WEB__PUBLIC_URL": "https://opina.example",
        "OPINA_TELEGRAM__TOKEN": TOKEN,
        "OPINA_TELEGRAM__API_URL": api_url,
        "OPINA_TELEGRAM__MODE": "webhook",
        "OPINA_TELEGRAM__WEBHOOK_SECRET": SECRET,
        "OPINA_TELEGRAM__MESSAGES_PER_SECOND": "0",
    }


def other(name: str, folder: Path, port: int, api_url: str) -> list[str]:
    """Command of one of ``benchmarks/bots``, in the environment where its framework is."""
    return [str(OTHERS), "-m", f"benchmarks.peers.{name}", str(port), api_url, str(folder)]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running_together(
    commands: Sequence[tuple[Sequence[str], Path, int, Mapping[str, str]]],
) -> AsyncIterator[list[Running]]:
    """Several processes, each (command, folder, port, variables), each with a core while there are
    any."""
    with LOCK.open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        async with AsyncExitStack() as stack:
            yield [
                await stack.enter_async_context(_running(*one, core=CORES[place % len(CORES)]))
                for place, one in enumerate(commands)
            ]


@asynccontextmanager
async def _running(
    command: Sequence[str],
    folder: Path,
    port: int,
    variables: Mapping[str, str] | None,
    *,
    core: int = CORES[0],
) -> AsyncIterator[Running]:
    # As an operator starts it: without settings of this shell, and with compiled modules kept.
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("OPINA_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    environment = {**kept, "PYTHONPATH": str(ROOT), **(variables or {})}
    with (folder / "output.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: ASYNC220  # it must have its core at once
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
    bot = Running(port, folder, process)
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
        code = await asyncio.wait_for(asyncio.to_thread(bot.process.wait), STOPS_S)
    except TimeoutError:
        raise BotFailed(f"did not stop in {STOPS_S} s:\n{bot.output}") from None
    if code != 0:
        raise BotFailed(f"ended with {code}:\n{bot.output}")
