"""Brings a database to the code's schema: Alembic run from code, one process at a time."""

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

# Alembic is imported where something is migrated: a process that finds all up to date, as nearly
# every one does, is ready sooner without it and smaller by a tenth.

T = TypeVar("T")

_VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"
LOCK_TIMEOUT_S = 60.0  # how long another process may migrate
_LOCK = 0x6F70696E61  # PostgreSQL's advisory locks have numbers for names: "opina"


async def migrate(url: str, check: Callable[[Connection], None] | None = None) -> None:
    """Run every missing migration in one transaction; waits while another process does.

    ``check`` is called before the commit: if it raises, the database stays as it was.
    Raises OperatorError if the database is newer than the code or a migration fails,
    StorageUnavailable if it is away, StorageDamaged if its tables are not its revision's.
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
    except Exception as error:  # a migration may raise anything: the operator is told what holds
        first, *_ = str(error).splitlines() or [""]  # then the statement
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
    """Drop everything, build the schema of ``revision``, ``fill`` it, bring it up to date.

    Then ``finish``. ``leave`` is called on what is there before it is dropped. All in one
    transaction: when anything fails, everything is as it was. Raises OperatorError when this code
    does not know the revision.
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
    """False for a file that is not there yet: opening it would make it."""
    address = parse_url(url)
    return address.get_backend_name() != "sqlite" or Path(address.database or "").is_file()


async def inspect(url: str, look: Callable[[Connection], T]) -> T:
    """Look at a database of any revision, changing nothing."""
    return await _connected(url, look)


async def compact(url: str) -> None:
    """Write the whole database anew, so that nothing of rows that are gone is left between others.

    SQLite zeroes what is deleted, but not what it leaves behind where it moves rows within a page;
    PostgreSQL keeps rows that are gone until then. Writes wait meanwhile.
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
    """The revision. Raises as ``check_ours`` does, StorageDamaged if the newest lacks something."""
    revision, missing = await inspect(url, _state)
    if missing:
        raise StorageDamaged(missing)
    return revision


async def check_known(url: str) -> None:
    """Raise as ``check_whole`` does, and OperatorError for a database newer than this code."""
    revision = await check_whole(url)
    if revision is not None and revision > newest_revision():
        raise _too_new(revision)


async def check_ours(url: str) -> None:
    """Raise OperatorError for a database that another program made, before anything is changed."""
    await inspect(url, _ours)


async def current_revision(url: str) -> str | None:
    """The revision that a database is at; None: empty."""
    return await inspect(url, revision_of)


def newest_revision() -> str:
    """The revision that this code needs: the number before the name of the last migration."""
    return max(path.name for path in _VERSIONS.glob("[0-9]*_*.py")).partition("_")[0]


async def _connected(url: str, work: Callable[[Connection], T]) -> T:
    """Run ``work`` on a connection of its own."""
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
    """Run in one transaction that is committed; on SQLite without other readers and writers."""

    def run_and_commit(connection: Connection) -> T:
        if connection.dialect.name == "sqlite":
            _enable_wal(connection)
            # A table that is made anew leaves nothing behind that an erasure would not reach.
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
        result = run(connection)
        connection.commit()
        return result

    return await _connected(url, run_and_commit)


def _enable_wal(connection: Connection) -> None:
    """Put a new file into WAL mode. Of several that do so at once, SQLite lets no one wait."""
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
    """Alembic's settings for this connection, once no other process migrates."""
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
    """The revision, and what of the newest one is not there although it should be, in words."""
    revision = _ours(connection)
    return revision, _missing(connection) if revision == newest_revision() else ""


def _missing(connection: Connection) -> str:
    """A table or column of the newest revision that is not there; empty: all are."""
    found = sqlalchemy.inspect(connection).get_multi_columns(filter_names=list(metadata.tables))
    columns = {name: {column["name"] for column in kept} for (_, name), kept in found.items()}
    if gone := metadata.tables.keys() - columns.keys():
        return f"falta la tabla {min(gone)}"
    for name, table in metadata.tables.items():
        if lost := set(table.columns.keys()) - columns[name]:
            return f"falta la columna {min(lost)} de la tabla {name}"
    return ""


def _ours(connection: Connection) -> str | None:
    """The revision; the tables are looked for first, as another process may migrate.

    Tables without a revision are left alone: another program's, or ours that lost it. In
    PostgreSQL others may be beside ours. Raises OperatorError.
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
    """A new database has to hold every character that people write. Raises OperatorError."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise OperatorError(
            f"[database] url: la base está en {encoding}, donde no caben todas las letras; cree"
            " otra con --encoding UTF8 --template template0"
        )


def revision_of(connection: Connection) -> str | None:
    """The revision of an open database; None: empty."""
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
