"""Fixtures for every room: real databases of both kinds, built by the migrations."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.engine import URL

from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from tests import compiled_templates, connections, postgres
from tests.packaged import packaged
from tests.postgres_pool import Pool

# A busy machine is no failure: examples have no time limit of their own. Each landing tries few,
# by chance others each time; `make long` tries many.
settings.register_profile("suite", deadline=None, max_examples=30)
settings.register_profile("long", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("OPINA_EXAMPLES", "suite"))

compiled_templates.share()
connections.end_with_their_loop()

# Each commit of SQLite waits until the disk has it, for 5 ms; in memory it takes hardly any time.
# No test asks what a loss of power leaves. Where /dev/shm is small, as in containers, it is /tmp.
MEMORY = Path("/dev/shm")
NEEDED = 4 * 2**30  # bytes; a run takes less than one, and the folders of tests that passed go

# What waits or works for seconds: `make quick` leaves these rooms out, `make test` has them all.
SLOW = (
    "tests/simulations/",
    "tests/bot/commands/",
    "tests/bot/reports/",
    "tests/bot/pipeline/test_claiming.py",
    "tests/bot/pipeline/test_delivery.py",
    "tests/bot/pipeline/test_intake.py",
    "tests/bot/channels/telegram/test_poll.py",
    "tests/bot/channels/telegram/test_send.py",
    "tests/bot/channels/telegram/test_start.py",
    "tests/bot/channels/whatsapp/test_outcomes.py",
    "tests/bot/channels/whatsapp/test_send.py",
    "tests/bot/test_words_at_rest.py",
    "tests/handlers/questionnaires/test_offers.py",
    "tests/test_documents.py",
)


# What talks over sockets, to other processes or to a clock: a stranger's load can fail it.
SHARED_WITH_STRANGERS = ("process", "browser", "postgres")
TALKS = "tests/bot/"


def pytest_configure() -> None:
    """Keep the tests' own folders in memory where it has room."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= NEEDED:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Thousands of tests stay until the end: looking for garbage among them takes seconds."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow rooms. The longest tests come first, so that no worker is left with them.

    What talks to processes, browsers, databases and sockets shares the machine with strangers: what
    fails there is tried once more. The summary lists it as rerun, so that a test that often needs
    it is seen.
    """
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
        shared = any(map(item.get_closest_marker, SHARED_WITH_STRANGERS))
        if shared or item.nodeid.startswith(TALKS):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: item.get_closest_marker("process") is None)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """The run's PostgreSQL; started by the first test that asks."""
    with postgres.running(postgres.shared_folder()) as url:
        asyncio.run(postgres.set_up(url))
        yield url


@pytest.fixture(scope="session")
def postgres_pool(postgres_server: URL) -> Pool:
    """Migrated PostgreSQL databases for one test after the other."""
    name = f"template_{uuid.uuid4().hex}"
    asyncio.run(postgres.execute(postgres_server, f"CREATE DATABASE {name}"))
    asyncio.run(migrate(_written(postgres_server.set(database=name))))
    return Pool(postgres_server, name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Address of a migrated, empty SQLite database of this test's own."""
    file = tmp_path / "opina.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
async def postgres_url(postgres_server: URL, postgres_pool: Pool) -> AsyncIterator[str]:
    """Address of a migrated, empty PostgreSQL database that is this test's own meanwhile."""
    name = await postgres_pool.take()
    yield _written(postgres_server.set(database=name))
    await postgres_pool.give_back(name)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of a migrated, empty database: SQLite once, PostgreSQL once."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database: SQLite once, PostgreSQL once."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def keyring() -> Keyring:
    """Keys of this test's own."""
    return Keyring.fresh()


@pytest.fixture(scope="session")
def release() -> Release:
    """The packaged content, as the service answers from it."""
    return packaged()


def _written(url: URL) -> str:
    return url.render_as_string(hide_password=False)
