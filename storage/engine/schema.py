"""Migrates a database to the code's schema with Alembic, one process at a time."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from handlers.errors import OperatorError, OpinaError, StorageDamaged
from handlers.text.display import quoted
from storage.engine.failures import is_busy, mismatch_as_damage, opening, translated
from storage.engine.opening import create_file, parse_url
from storage.tables.columns import metadata

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported only to migrate: without it a process whose database is up to date, the usual
# case, starts sooner and is a tenth smaller.

T = TypeVar("T")

_VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"
LOCK_TIMEOUT_S = 60.0  # how long to wait for another process that migrates
_LOCK = 0x6F70696E61  # "opina" as the number of PostgreSQL's advisory lock


async def migrate(url: str, check: Callable[[Connection], None] | None = None) -> None:
    """Run every missing migration in one transaction, after any other process that migrates.

    ``check`` runs before the commit; if it raises, the database is unchanged.
    Raises OperatorError if the database is newer than the code or a migration fails,
    StorageUnavailable, StorageDamaged if its tables are not those of its revision.
    """

    def run(connection: Connection) -> None:
        _migrate(connection)
        if check is not None:
            check(connection)

    revision = await check_whole(url)
    if check is None and revision == newest_revision():
        return
    try:
        await _run_exclusively(url, run)
    except StorageDamaged as error:
        raise StorageDamaged(f"sigue en la revisión {revision}, sin cambios; {error}") from error
    except OpinaError:
        raise
    except Exception as error:  # a migration may raise anything; the database is unchanged
        first, *_ = str(error).splitlines() or [""]  # without the statement
        raise OperatorError(
            f"la base sigue en la revisión {revision}, sin cambios: {type(error).__name__}: "
            f"{first}; vuelva a la versión anterior de opina o reponga un respaldo, y avise a "
            "quien la mantiene"
        ) from error


async def rebuild(
    url: str,
    revision: str,
    fill: Callable[[Connection], None],
    finish: Callable[[Connection], T],
    *,
    leave: Callable[[Connection], None] | None = None,
) -> T:
    """Replace a database: ``leave``, drop all, create ``revision``, ``fill``, migrate, ``finish``.

    One transaction: if anything fails, the database is unchanged. Raises OperatorError if this
    code does not know the revision.
    """

    def run(connection: Connection) -> T:
        from alembic import command

        config = _locked(connection)
        if revision not in _known_revisions(config):
            raise OperatorError(
                f"el respaldo es de la revisión {revision}, más nueva que esta versión de opina; "
                "instale la versión que lo hizo"
            )
        if leave is not None:
            leave(connection)
        if revision_of(connection) is not None:
            command.downgrade(config, "base")
        command.upgrade(config, revision)
        fill(connection)
        command.upgrade(config, "head")
        return finish(connection)

    await check_ours(url)
    return await _run_exclusively(url, run)


def exists(url: str) -> bool:
    """Whether the database exists, without creating SQLite's file by opening it."""
    address = parse_url(url)
    return address.get_backend_name() != "sqlite" or Path(address.database or "").is_file()


async def inspect(url: str, look: Callable[[Connection], T]) -> T:
    """Run a read-only function on a database of any revision."""
    return await _connected(url, look)


async def compact(url: str) -> None:
    """Rewrite the whole database, so that no trace of deleted rows is left in it.

    SQLite zeroes deleted rows, but not the copies left behind when it moves rows within a page;
    PostgreSQL keeps deleted rows until a VACUUM. Writes wait meanwhile.
    """
    address = parse_url(url)
    with opening(), translated():
        if address.get_backend_name() == "sqlite":
            await asyncio.to_thread(_on_file, address, _vacuum)
            return
        engine = create_async_engine(
            address.set(drivername="postgresql+asyncpg"),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
        )
        try:
            async with engine.connect() as connection:
                await connection.exec_driver_sql("VACUUM (FULL)")
        finally:
            await engine.dispose()


def _vacuum(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.exec_driver_sql("VACUUM")
    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


async def check_whole(url: str) -> str | None:
    """The revision. Raises as ``check_ours``, and StorageDamaged if the newest lacks a table."""
    revision, missing = await inspect(url, _state)
    if missing:
        raise StorageDamaged(missing)
    return revision


async def check_known(url: str) -> None:
    """Raise as ``check_whole``, and OperatorError for a database newer than this code."""
    revision = await check_whole(url)
    if revision is not None and revision > newest_revision():
        raise _too_new(revision)


async def check_ours(url: str) -> None:
    """Raise OperatorError for a database that is another program's, before changing anything."""
    await inspect(url, _ours)


async def current_revision(url: str) -> str | None:
    """The revision of a database; None if it is empty."""
    return await inspect(url, revision_of)


def newest_revision() -> str:
    """The revision of this code: the number of the last migration's file."""
    return max(path.name for path in _VERSIONS.glob("[0-9]*_*.py")).partition("_")[0]


async def _connected(url: str, work: Callable[[Connection], T]) -> T:
    """Run ``work`` on a connection opened for it."""
    address = parse_url(url)
    with opening(), translated(), mismatch_as_damage():
        if address.get_backend_name() == "sqlite":
            create_file(address)
            return await asyncio.to_thread(_on_file, address, work)
        engine = create_async_engine(
            address.set(drivername="postgresql+asyncpg"), poolclass=NullPool, hide_parameters=True
        )
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(work)
        finally:
            await engine.dispose()


def _on_file(address: URL, work: Callable[[Connection], T]) -> T:
    engine = create_engine(
        address.set(drivername="sqlite"),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"isolation_level": None, "timeout": LOCK_TIMEOUT_S},
    )
    with engine.connect() as connection:
        return work(connection)


async def _run_exclusively(url: str, run: Callable[[Connection], T]) -> T:
    """Run in one transaction and commit; on SQLite without other readers and writers."""

    def run_and_commit(connection: Connection) -> T:
        if connection.dialect.name == "sqlite":
            _enable_wal(connection)
            # So that a table rewritten by a migration leaves no copy that an erasure would miss.
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
        result = run(connection)
        connection.commit()
        return result

    return await _connected(url, run_and_commit)


def _enable_wal(connection: Connection) -> None:
    """Switch a new file to WAL mode; retries, as SQLite does not wait if several do so at once."""
    until = time.monotonic() + LOCK_TIMEOUT_S
    while True:
        try:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except DBAPIError as error:
            if not isinstance(error.orig, sqlite3.Error) or not is_busy(error.orig):
                raise
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _locked(connection: Connection) -> Config:
    """Alembic's configuration for this connection, once the migration lock is taken."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = _config()
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    from alembic import command

    config = _locked(connection)
    revision = revision_of(connection)
    if revision is not None and revision not in _known_revisions(config):
        raise _too_new(revision)
    command.upgrade(config, "head")


def _too_new(revision: str) -> OperatorError:
    return OperatorError(
        f"[database] url: la base está en la revisión {revision}, más nueva que esta versión "
        "de opina; instale la versión que la escribió o reponga un respaldo"
    )


def _known_revisions(config: Config) -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _state(connection: Connection) -> tuple[str | None, str]:
    """The revision, and if it is the newest, what is missing of it, in words."""
    revision = _ours(connection)
    return revision, _missing(connection) if revision == newest_revision() else ""


def _missing(connection: Connection) -> str:
    """A missing table or column of the newest revision; empty if none."""
    found = sqlalchemy.inspect(connection).get_multi_columns(filter_names=list(metadata.tables))
    columns = {name: {column["name"] for column in kept} for (_, name), kept in found.items()}
    if gone := metadata.tables.keys() - columns.keys():
        return f"falta la tabla {min(gone)}"
    for name, table in metadata.tables.items():
        if lost := set(table.columns.keys()) - columns[name]:
            return f"falta la columna {min(lost)} de la tabla {name}"
    return ""


def _ours(connection: Connection) -> str | None:
    """The revision. Tables are read before it, because another process may be migrating.

    Raises OperatorError for tables without a revision, which are another program's or ours that
    lost it. On PostgreSQL other programs' tables may be beside ours.
    """
    tables = set(sqlalchemy.inspect(connection).get_table_names())
    revision = revision_of(connection)
    others = tables - {"alembic_version"}
    if connection.dialect.name == "postgresql":
        others &= metadata.tables.keys()
    if revision is None and others:
        raise OperatorError(
            "[database] url: la base tiene tablas de otro programa, o perdió su revisión "
            f"({quoted(min(others))}); nombre otra, o muévala y reponga un respaldo"
        )
    if revision is None and connection.dialect.name == "postgresql":
        _check_encoding(connection)
    return revision


def _check_encoding(connection: Connection) -> None:
    """Raise OperatorError unless a new database's encoding is UTF-8."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise OperatorError(
            f"[database] url: la base está en {encoding}, donde no caben todas las letras; cree"
            " otra con --encoding UTF8 --template template0"
        )


def revision_of(connection: Connection) -> str | None:
    """The revision of an open database; None if it is empty."""
    if not sqlalchemy.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parents[1] / "migrations").replace("%", "%%")
    )
    return config
