"""Which of the drivers' errors mean "not now", which "again", and which are our own mistakes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg  # type: ignore[import-untyped]  # it has none
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from handlers.errors import OperatorError, OpinaError, StorageUnavailable

# PERM BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT FULL CANTOPEN PROTOCOL NOTADB
_SQLITE_UNAVAILABLE = frozenset({3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26})
# Connection, resources, operator intervention, system and internal errors; read-only server; a
# database that takes no connections now.
_POSTGRES_UNAVAILABLE = ("08", "53", "57", "58", "XX", "25006", "55P03", "55000")
_POSTGRES_CONFLICT = ("40001", "40P01")  # serialization failure, deadlock
_POSTGRES_REFUSED = ("28", "3D")  # wrong password or role, no such database


class Conflict(OpinaError):
    """Another process changed the same contact meanwhile; run the transaction again."""


class _Refused(StorageUnavailable):
    """PostgreSQL does not let us in."""


@contextmanager
def opening() -> Iterator[None]:
    """While a database is opened, being refused is for the operator to mend.

    Later it may be that a password is being changed: the service waits, as for any other outage.
    """
    try:
        yield
    except _Refused as error:
        raise OperatorError(f"database.url: {error}") from error


@contextmanager
def translated() -> Iterator[None]:
    """Turn the drivers' errors into the project's; mistakes in our own SQL pass through."""
    try:
        yield
    except DBAPIError as error:
        original = error.orig
        if error.connection_invalidated:
            raise StorageUnavailable("the connection to the database was lost") from error
        if isinstance(original, sqlite3.Error):
            _raise_sqlite(original)
        _raise_postgres(str(getattr(original, "sqlstate", "") or ""), error)
        raise
    except sqlite3.Error as error:  # from statements that go to the driver directly
        _raise_sqlite(error)
        raise
    except asyncpg.PostgresError as error:  # while connecting
        _raise_postgres(str(error.sqlstate or ""), error)
        raise
    except (asyncpg.InterfaceError, OSError, TimeoutError, PoolTimeout) as error:
        raise StorageUnavailable(f"the database does not answer: {error}") from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program is writing to SQLite's file just now."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _raise_sqlite(error: sqlite3.Error) -> None:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_UNAVAILABLE:
        raise StorageUnavailable(f"SQLite: {error}") from error


def _raise_postgres(code: str, error: Exception) -> None:
    if code in _POSTGRES_CONFLICT:
        raise Conflict(code) from error
    if code.startswith(_POSTGRES_REFUSED):
        raise _Refused(f"PostgreSQL refuses: {error}") from error
    if code.startswith(_POSTGRES_UNAVAILABLE):
        raise StorageUnavailable(f"PostgreSQL: {code}") from error
