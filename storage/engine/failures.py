"""Sorts the drivers' errors: unavailable, conflict, damaged, or a mistake of ours."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchTableError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from handlers.errors import (
    OperatorError,
    OpinaError,
    StorageDamaged,
    StorageFull,
    StorageRefused,
    StorageUnavailable,
)
from handlers.text.display import quoted
from storage.files import reason

# PERM BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CANTOPEN PROTOCOL
_SQLITE_UNAVAILABLE = {
    3: "SQLite: no hay permiso",
    5: "SQLite: otro programa escribe en el archivo",
    6: "SQLite: otro programa escribe en el archivo",
    7: "SQLite: falta memoria",
    8: "SQLite: el archivo es de solo lectura",
    9: "SQLite: se interrumpió",
    10: "SQLite: el disco falla",
    14: "SQLite: el archivo no se puede abrir",
    15: "SQLite: otro programa usa el archivo",
}
_SQLITE_FULL = 13
# CORRUPT FORMAT NOTADB
_SQLITE_DAMAGED = {
    11: "SQLite: el archivo no está íntegro",
    24: "SQLite: el archivo no está íntegro",
    26: "SQLite: el archivo no es una base de datos",
}
# Connection, resources, operator intervention, system and internal errors; read-only server;
# database that accepts no connections now.
_POSTGRES_UNAVAILABLE = ("08", "53", "57", "58", "XX", "25006", "55P03", "55000")
_POSTGRES_WORDS = {
    "25006": "es de solo lectura",
    "53200": "falta memoria",
    "53300": "no admite más conexiones",
    "57014": "tarda demasiado",
    "57P01": "se detuvo",
    "57P02": "se cayó",
    "57P03": "aún no está en marcha",
}
_POSTGRES_FULL = "53100"
_POSTGRES_NO_RIGHT = "42501"
# A table, column or other object that is duplicate or missing.
_POSTGRES_SCHEMA = ("42P01", "42P07", "42701", "42703", "42704", "42710")
_SQLITE_SCHEMA = re.compile("no such (table|column|index)|already exists|duplicate column name")
_NAMED = re.compile(r'(?:: |")([\w.]+)"?|(\w+) already exists')
_POSTGRES_CONFLICT = ("40001", "40P01")  # serialization failure, deadlock


class Conflict(OpinaError):
    """Another process changed the same contact meanwhile; the transaction must be retried."""


@contextmanager
def opening() -> Iterator[None]:
    """While a database is being opened, a refusal of the log-in is the operator's mistake.

    Later it may be a password being changed, so the service waits as for any other outage.
    """
    try:
        yield
    except StorageRefused as error:
        raise OperatorError(f"[database] url: {error}") from error


@contextmanager
def translated() -> Iterator[None]:
    """Raise the project's errors in place of the drivers'; our own mistakes pass through."""
    try:
        yield
    except Exception as error:
        raise_translated(error)
        raise


def raise_translated(error: Exception) -> None:
    """Raise the project's error for a driver's; return for any other."""
    match error:
        case OpinaError():
            return
        case DBAPIError():
            _raise_sqlalchemy(error)
        case sqlite3.Error():  # from statements run on the driver directly
            _raise_sqlite(error)
        case UnicodeDecodeError():  # a damaged file garbles texts and error messages
            raise StorageDamaged("un texto no está íntegro") from error
        case OSError():
            raise StorageUnavailable(reason(error)) from error
        case PoolTimeout():
            raise StorageUnavailable("no contesta") from error
        case _:  # the driver's, while connecting
            _raise_asyncpg(error)


@contextmanager
def mismatch_as_damage() -> Iterator[None]:
    """While a schema is inspected or migrated, a missing or duplicate object means damage.

    Later it means a mistake in our SQL.
    """
    try:
        yield
    except DBAPIError as error:
        original = error.orig
        code = str(getattr(original, "sqlstate", "") or "")
        of_sqlite = isinstance(original, sqlite3.Error) and _SQLITE_SCHEMA.search(str(original))
        if code in _POSTGRES_SCHEMA or of_sqlite:
            raise StorageDamaged(
                f"no es de su revisión: {_missing_or_duplicate(original)}"
            ) from error
        raise
    except NoSuchTableError as error:
        raise StorageDamaged(f"falta la tabla {error}") from error


def _missing_or_duplicate(error: object) -> str:
    """What a driver's message says is missing or duplicate, as a sentence for the operator."""
    found = _NAMED.search(str(error))
    return f"{quoted(found[1] or found[2]) if found else 'algo'} falta o está dos veces"


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program is writing to SQLite's file now."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _lacks_certificate(error: BaseException | None) -> bool:
    import asyncpg

    return isinstance(getattr(error, "__cause__", None), asyncpg.ClientConfigurationError)


def _raise_sqlalchemy(error: DBAPIError) -> None:
    original = error.orig
    if error.connection_invalidated:
        raise StorageUnavailable("se cortó la conexión") from error
    if isinstance(original, sqlite3.Error):
        _raise_sqlite(original)
    if _lacks_certificate(original):
        raise StorageRefused(
            "PostgreSQL: falta el certificado que ese ssl necesita; corríjala"
        ) from error
    _raise_postgres(str(getattr(original, "sqlstate", "") or ""), error)


def _raise_asyncpg(error: Exception) -> None:
    """As ``raise_translated``, for asyncpg: imported here, as it costs SQLite 2 MB and 50 ms."""
    import asyncpg

    if isinstance(error, asyncpg.PostgresError):
        _raise_postgres(str(error.sqlstate or ""), error)
    # The second one is raised if the server ends a connection in the middle of something.
    elif isinstance(error, asyncpg.InterfaceError | asyncpg.InternalClientError):
        raise StorageUnavailable("no contesta") from error


def _raise_sqlite(error: sqlite3.Error) -> None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if "decode to UTF-8" in str(error):  # the error has no code
        raise StorageDamaged("un texto no está íntegro") from error
    if code in _SQLITE_DAMAGED:
        raise StorageDamaged(_SQLITE_DAMAGED[code]) from error
    # On a full disk SQLite may fail to grow its shared memory first, with another code.
    shared = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHMSIZE
    if code == _SQLITE_FULL or shared:
        raise StorageFull("SQLite: no queda espacio en el disco") from error
    if code in _SQLITE_UNAVAILABLE:
        raise StorageUnavailable(_SQLITE_UNAVAILABLE[code]) from error


def _raise_postgres(code: str, error: Exception) -> None:
    if code in _POSTGRES_CONFLICT:
        raise Conflict(code) from error
    if code.startswith("28"):
        raise StorageRefused("PostgreSQL no acepta ese usuario o su clave; corríjala") from error
    if code.startswith("3D"):
        raise StorageRefused("PostgreSQL no tiene una base con ese nombre; corríjala") from error
    if code == _POSTGRES_NO_RIGHT:
        raise StorageRefused(
            "PostgreSQL no da a ese usuario los permisos que necesita; hágalo dueño de la base y"
            " de sus tablas"
        ) from error
    if code == _POSTGRES_FULL:
        raise StorageFull("PostgreSQL: no queda espacio en el disco") from error
    if code.startswith(_POSTGRES_UNAVAILABLE):
        why = _POSTGRES_WORDS.get(code, f"código {code}")
        raise StorageUnavailable(f"PostgreSQL: {why}") from error
