"""Brings a database to the code's schema: Alembic run from code, one process at a time."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from handlers.errors import OperatorError
from storage.database import create_file, parse_url
from storage.failures import translated

_LOCK = 0x6F70696E61  # PostgreSQL's advisory locks have numbers for names: "opina"


async def migrate(url: str) -> None:
    """Run every missing migration in one transaction; waits while another process does.

    Raises OperatorError if the database is newer than the code, StorageUnavailable if it is away.
    """
    engine = _engine(url)
    try:
        with translated():
            async with engine.connect() as connection:
                if engine.dialect.name == "sqlite":
                    for statement in (
                        "PRAGMA busy_timeout = 60000",
                        "PRAGMA journal_mode = WAL",
                        "BEGIN EXCLUSIVE",
                    ):
                        await connection.exec_driver_sql(statement)
                await connection.run_sync(_migrate)
                await connection.commit()
    finally:
        await engine.dispose()


async def current_revision(url: str) -> str | None:
    """The revision that a database is at; None: empty."""
    engine = _engine(url)
    try:
        with translated():
            async with engine.connect() as connection:
                return await connection.run_sync(_revision)
    finally:
        await engine.dispose()


def newest_revision() -> str:
    """The revision that this code needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _engine(url: str) -> AsyncEngine:
    address = parse_url(url)
    if address.get_backend_name() == "sqlite":
        create_file(address)
        return create_async_engine(
            address.set(drivername="sqlite+aiosqlite"),
            poolclass=NullPool,
            connect_args={"isolation_level": None},
        )
    return create_async_engine(address.set(drivername="postgresql+asyncpg"), poolclass=NullPool)


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = _config()
    config.attributes["connection"] = connection
    revision = _revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise OperatorError(
            f"the database is at revision {revision}, newer than this version of opina; "
            "install the version that wrote it, or restore a backup"
        )
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
    )
    return config
