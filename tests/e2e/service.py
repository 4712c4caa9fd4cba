"""The real service as a process of its own: configured, awaited, stopped or killed, never left.

It is forked from a process that has imported it, unless a test wants an interpreter of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import tomlkit

from tests.e2e.forks import Forked

if TYPE_CHECKING:
    from tests.fakes.telegram.bot_api import FakeTelegram
    from tests.fakes.whatsapp.cloud_api import FakeWhatsApp

READY_S = 60.0  # on two busy cores the first start reads the content and makes the schema
LOOKS_S = 0.01  # between two looks whether it is ready
STOP_S = 15.0
COMMAND_S = 60.0
ANNOUNCED = "Para detenerlo: Ctrl+C"  # the last line of what it says at its start
WEBHOOK_SECRET = "secreto-de-prueba"

_OPINA = "bot.cli"
_MOVED = "tests.e2e.moved_clock"
_ROOT = str(Path(__file__).parents[2])  # where the tests are found

Settings = Mapping[str, Mapping[str, object]]


class Service:
    """``opina run`` in ``folder``; its output is in ``folder/service.log``."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        *,
        moved_clock: bool = False,
        interpreter: str = "",
        command: Sequence[str] = (_OPINA, "run"),
    ) -> None:
        """``moved_clock``: it goes by ``tests.e2e.moved_clock``. ``interpreter``: every process
        begins with this one, as an operator's does. ``command``: another module, which says that
        it is ready as ours does."""
        self._run = (_MOVED,) if moved_clock else command
        self._interpreter = interpreter
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = clean_environment(self.port)
        folder.mkdir(exist_ok=True)
        self._log = folder / "service.log"
        self._process: asyncio.subprocess.Process | Forked | None = None
        if settings:
            (folder / "config.toml").write_text(tomlkit.dumps(settings), encoding="utf-8")

    @property
    def output(self) -> str:
        """Everything that it printed and logged since the first start."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it, wait until it is ready and has said so. Fails with its output otherwise."""
        said_before = len(self.output)
        await self.spawn()
        assert self._process is not None
        async with aiohttp.ClientSession() as session:
            for _ in range(int(READY_S / LOOKS_S)):
                assert self._process.returncode is None, self.output
                if ANNOUNCED in self.output[said_before:] and await self._ready(session):
                    return
                await asyncio.sleep(LOOKS_S)
        raise AssertionError(f"not ready in {READY_S} s:\n{self.output}")

    async def spawn(self) -> int:
        """Start it and do not wait; returns its process id."""
        self._process = await self._begin(self._run, self._environment, self._log, self._log)
        return self._process.pid

    async def _ready(self, session: aiohttp.ClientSession) -> bool:
        with contextlib.suppress(aiohttp.ClientError):
            async with session.get(f"{self.url}/readyz") as response:
                return response.status == 200
        return False

    async def fails_to_start(self, *, port: int | None = None) -> tuple[int | None, str]:
        """Run it where it cannot work: the exit code, and what the standard error says."""
        environment = self._environment if port is None else clean_environment(port)
        with tempfile.TemporaryDirectory() as place:
            out, errors = Path(place) / "out", Path(place) / "errors"
            process = await self._begin((_OPINA, "run"), environment, out, errors)
            return await _ended(process), errors.read_text(encoding="utf-8")

    async def stop(self) -> int:
        """SIGTERM; returns the exit code. Fails when it takes longer than STOP_S."""
        assert self._process is not None
        self._process.terminate()
        return await self.ends()

    async def ends(self) -> int:
        """The exit code, once it has ended by itself. Fails when it takes longer than STOP_S."""
        assert self._process is not None
        try:
            async with asyncio.timeout(STOP_S):
                return await self._process.wait()
        except TimeoutError:
            raise AssertionError(f"did not stop in {STOP_S} s:\n{self.output}") from None

    async def kill(self) -> None:
        """SIGKILL to it and all that it started; nothing happens when it is gone."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def get(self, path: str) -> tuple[int, str]:
        """The status and text of a page."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(self.url + path) as response,
        ):
            return response.status, await response.text()

    async def command(self, *arguments: str) -> str:
        """What another ``opina`` command prints. Fails when it does not end with 0."""
        with tempfile.TemporaryDirectory() as place:
            out, errors = Path(place) / "out", Path(place) / "errors"
            process = await self._begin((_OPINA, *arguments), self._environment, out, errors)
            assert await _ended(process) == 0, errors.read_text(encoding="utf-8")
            return out.read_text(encoding="utf-8")

    async def _begin(
        self, command: Sequence[str], environment: Mapping[str, str], out: Path, errors: Path
    ) -> asyncio.subprocess.Process | Forked:
        """A module with its arguments, in a session of its own: nothing it starts outlives it."""
        if not self._interpreter:
            return Forked(command, self.folder, environment, out, errors)
        with out.open("ab") as written, errors.open("ab") as complained:
            return await asyncio.create_subprocess_exec(
                *(self._interpreter, "-m", *command),
                cwd=self.folder,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=written,
                stderr=complained,
                start_new_session=True,
            )


@asynccontextmanager
async def running(
    folder: Path,
    settings: Settings | None = None,
    *,
    moved_clock: bool = False,
    interpreter: str = "",
) -> AsyncIterator[Service]:
    """The service until the end of the block; killed then if the test has not stopped it."""
    service = Service(folder, settings or {}, moved_clock=moved_clock, interpreter=interpreter)
    try:
        await service.start()
        yield service
    finally:
        await service.kill()


def telegram_settings(fake: FakeTelegram, *, webhook: bool = False) -> dict[str, object]:
    """``[telegram]`` for the fake server."""
    settings: dict[str, object] = {
        "token": fake.token,
        "api_url": fake.url,
        "messages_per_second": 0,
    }
    if webhook:
        settings |= {"mode": "webhook", "webhook_secret": WEBHOOK_SECRET}
    return settings


def whatsapp_settings(fake: FakeWhatsApp) -> dict[str, object]:
    """``[whatsapp]`` for the fake server."""
    return {
        "token": fake.token,
        "phone_number_id": fake.phone_number_id,
        "app_secret": fake.app_secret,
        "verify_token": fake.verify_token,
        "api_url": fake.url,
        "messages_per_second": 0,
    }


def clean_environment(port: int) -> dict[str, str]:
    """The environment without an operator's own settings, and the port. Modules stay compiled."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("OPINA_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    return {**kept, "PYTHONPATH": _ROOT, "OPINA_WEB__PORT": str(port)}


def free_port() -> int:
    """A port that nobody listens on now. A webhook's address must be known before the start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _ended(process: asyncio.subprocess.Process | Forked) -> int:
    """Its exit code, once it has ended, which must be soon."""
    try:
        async with asyncio.timeout(COMMAND_S):
            return await process.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
