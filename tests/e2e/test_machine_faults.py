"""The machine fails under the real service: a full disk, a database that is gone, SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import secrets
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from bot.channels.http.client import HttpClient
from bot.channels.http.responses import HttpResponse
from bot.channels.ports import RetryLater, Uncertain
from storage.engine import leases
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from tests.e2e import service
from tests.e2e.service import Service
from tests.fakes.faults import HANGS
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp

pytestmark = pytest.mark.process

QUERY = "donde saco la licencia de conducir"
SETTLES_S = 60.0
STOPS_S = 10.0  # what is promised
AT_ONCE = 20
ANSWERS_S = 60.0
JSON = {"Content-Type": "application/json"}


class Askers:
    """Citizens on the web, each with one question. ``answers`` counts what they were told."""

    def __init__(self, opina: Service, client: HttpClient) -> None:
        self._url = f"{opina.url}/chat/messages"
        self._client = client
        self.answers: Counter[int] = Counter()
        self.cut = 0  # nobody knows whether these were taken

    async def ask(self) -> int:
        """A new citizen asks; the status."""
        message = {
            "type": "text",
            "token": secrets.token_urlsafe(24),
            "id": secrets.token_urlsafe(24),
            "text": QUERY,
        }
        body = json.dumps(message).encode()
        match await self._client.call(self._url, body, JSON, ANSWERS_S):
            case HttpResponse(status):
                self.answers[status] += 1
                return status
            case Uncertain():
                self.cut += 1
            case RetryLater():  # nobody listens any more
                self.answers[0] += 1
        return 0

    @property
    def acknowledged(self) -> int:
        return self.answers[204]


@contextlib.asynccontextmanager
async def asking(opina: Service) -> AsyncIterator[Askers]:
    async with HttpClient() as client:
        yield Askers(opina, client)


async def until_status(opina: Service, status: int) -> str:
    """Wait until /readyz answers so; what it says then."""
    async with asyncio.timeout(SETTLES_S):
        while True:
            found, text = await opina.get("/readyz")
            if found == status:
                return text
            await asyncio.sleep(0.1)


async def stored(opina: Service) -> int:
    """How many questions are in the record."""
    return len((await opina.command("export", "lookups", "--format", "jsonl")).splitlines())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "opina-test", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    """Take all the room there is."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
    return ballast


async def test_on_a_full_disk_nothing_is_acknowledged_and_all_resumes_by_itself(
    tmp_path: Path, small_disk: Path
) -> None:
    settings = {"database": {"url": f"sqlite:///{small_disk}/opina.db"}}
    async with service.running(tmp_path / "opina", settings) as opina, asking(opina) as askers:
        for _ in range(20):
            assert await askers.ask() == 204
        ballast = await asyncio.to_thread(fill, small_disk)
        said = await until_status(opina, 503)
        assert "cannot be written" in said
        assert {await askers.ask() for _ in range(4)} == {503}  # a second each

        ballast.unlink()
        await until_status(opina, 200)
        before = await askers_and_stored(askers, opina)
        assert before[0] == before[1], "nothing is half-written"
        for _ in range(20):
            assert await askers.ask() == 204
        after = await askers_and_stored(askers, opina)
        assert after[0] == after[1] == before[0] + 20
        assert "coinciden" in await opina.command("sums", "--verify")
        assert await opina.stop() == 0
        assert "Traceback" not in opina.output


async def askers_and_stored(askers: Askers, opina: Service) -> tuple[int, int]:
    return askers.acknowledged, await stored(opina)


@pytest.mark.postgres
async def test_while_the_database_is_gone_nothing_is_acknowledged_and_all_resumes_by_itself(
    tmp_path: Path, postgres_url: str
) -> None:
    settings = {"database": {"url": postgres_url}}
    async with service.running(tmp_path / "opina", settings) as opina, asking(opina) as askers:
        for _ in range(5):
            assert await askers.ask() == 204
        async with gone(postgres_url):
            await until_status(opina, 503)
            assert {await askers.ask() for _ in range(5)} == {503}
        await until_status(opina, 200)
        for _ in range(5):
            assert await askers.ask() == 204
        assert await stored(opina) == askers.acknowledged == 10
        assert await opina.stop() == 0
        assert "Traceback" not in opina.output


@contextlib.asynccontextmanager
async def gone(url: str) -> AsyncIterator[None]:
    """Nobody gets a connection to this database, and those that are there end."""
    address = make_url(url)
    connection = await asyncpg.connect(
        host=address.query["host"], user=address.username, database="postgres"
    )
    name = address.database
    await connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
    )
    try:
        yield
    finally:
        await connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await connection.close()


async def test_a_telegram_that_is_away_at_the_start_is_set_up_when_it_is_there(
    tmp_path: Path,
) -> None:
    fake = FakeTelegram(port=service.free_port())
    fake.url = f"http://127.0.0.1:{fake.port}"
    settings = {"telegram": service.telegram_settings(fake)}
    async with service.running(tmp_path / "opina", settings) as opina:
        assert "la plataforma no contesta aún" in opina.output
        async with fake:
            citizen = fake.citizen()
            await citizen.says("Hola")
            assert "asistente automático" in (await citizen.hears(SETTLES_S)).text
            assert await opina.stop() == 0


async def test_what_is_taken_for_dead_goes_on_anew_and_finishes_what_it_took_when_stopped(
    tmp_path: Path, database: Database, database_url: str
) -> None:
    settings = {"database": {"url": database_url}}
    async with service.running(tmp_path / "opina", settings) as opina, asking(opina) as askers:
        assert await askers.ask() == 204
        now = datetime.now(UTC)
        await database.write(lambda tx: leases.release_all_of(tx, leases.owners(tx, now), now))
        assert await opina.ends() == 1, "so that it is started again"
        assert "taken for dead" in opina.output
        assert "Traceback" not in opina.output
        await opina.start()
        assert await askers.ask() == 204
        assert await stored(opina) == 2

        await stops_while_busy(opina, askers)
        assert set(askers.answers) <= {0, 204, 503}
        assert askers.acknowledged <= await stored(opina) <= askers.acknowledged + askers.cut
        assert "Traceback" not in opina.output


async def stops_while_busy(opina: Service, askers: Askers) -> None:
    """It is told to stop while many ask at a time, and ends in time."""
    stopping = asyncio.Event()

    async def go_on() -> None:
        while not stopping.is_set():
            await askers.ask()

    tasks = [asyncio.create_task(go_on()) for _ in range(AT_ONCE)]
    while askers.acknowledged < 200:
        await asyncio.sleep(0.01)
    began = time.monotonic()
    assert await opina.stop() == 0
    assert time.monotonic() - began < STOPS_S
    stopping.set()
    await asyncio.gather(*tasks)


async def test_told_to_stop_while_a_platform_hangs_it_ends_in_time_and_loses_no_reply(
    tmp_path: Path,
) -> None:
    async with FakeTelegram() as fake:
        settings = {"telegram": service.telegram_settings(fake)}
        async with service.running(tmp_path / "opina", settings) as opina:
            fake.faults.next(HANGS, times=1_000)
            citizens = [fake.citizen() for _ in range(60)]
            for citizen in citizens:
                await citizen.says("Hola")
            async with asyncio.timeout(SETTLES_S):
                while fake.faults.count() > 1_000 - 32:
                    await asyncio.sleep(0.01)
            began = time.monotonic()
            assert await opina.stop() == 0
            assert time.monotonic() - began < STOPS_S
            fake.faults.clear()
            await opina.start()
            for citizen in citizens:
                assert "asistente automático" in (await citizen.hears(SETTLES_S)).text
            assert await opina.stop() == 0


async def test_told_to_stop_while_platforms_hang_at_the_start_it_ends_in_time(
    tmp_path: Path,
) -> None:
    async with FakeTelegram() as telegram, FakeWhatsApp() as whatsapp, asyncio.timeout(SETTLES_S):
        settings = {
            "telegram": service.telegram_settings(telegram),
            "whatsapp": service.whatsapp_settings(whatsapp),
        }
        async with service.running(tmp_path / "opina", settings) as opina:
            assert await opina.stop() == 0
            telegram.faults.next(HANGS, method="getMe")
            whatsapp.faults.next(HANGS, method="number")
            await opina.spawn()
            while telegram.faults.count() or whatsapp.faults.count():
                await asyncio.sleep(0.01)
            await until_status(opina, 200)
            began = time.monotonic()
            assert await opina.stop() == 0
            assert time.monotonic() - began < STOPS_S
            assert "Traceback" not in opina.output


async def test_the_service_does_not_start_without_its_databases_keys(tmp_path: Path) -> None:
    async with service.running(tmp_path) as opina:
        assert await opina.stop() == 0
        keys = tmp_path / "var" / "keys.toml"
        kept = keys.rename(tmp_path / "kept.toml")
        for why in ("faltan las llaves", "no son las de esta base"):
            code, said = await opina.fails_to_start()
            assert (code, len(said.splitlines())) == (2, 1)
            assert why in said
            assert "var/keys.toml" in said
            Keyring.create(keys)
        kept.replace(keys)
        await opina.start()
