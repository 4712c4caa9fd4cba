"""Opens the database that an address names, SQLite or PostgreSQL."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from handlers.errors import OperatorError
from storage.engine.database import Database
from storage.engine.failures import opening
from storage.engine.postgres import PostgresDatabase
from storage.engine.sqlite import SqliteDatabase


async def open_database(url: str) -> Database:
    """Open ``sqlite:///path`` or ``postgresql://…``; the schema is ``schema.migrate``'s.

    Raises OperatorError for a wrong address, StorageUnavailable if no server answers there.
    """
    address = parse_url(url)
    database: Database
    if address.get_backend_name() == "sqlite":
        create_file(address)
        database = SqliteDatabase(address)
    else:
        database = PostgresDatabase(address)
    with opening():
        await database.read(_probe)
    return database


def parse_url(url: str) -> URL:
    """The parts of a database's address. Raises OperatorError for anything unknown."""
    allowed = "sqlite:///RUTA o postgresql://USUARIO:CLAVE@SERVIDOR/NOMBRE"
    try:
        address = make_url(url)
    except ArgumentError:
        raise OperatorError(f"database.url no se entiende; se permite: {allowed}") from None
    if address.drivername not in ("sqlite", "postgresql") or not address.database:
        raise OperatorError(f"database.url no nombra una base conocida; se permite: {allowed}")
    if address.database == ":memory:":
        raise OperatorError("database.url: una base en memoria se perdería; nombre un archivo")
    return address


def create_file(address: URL) -> None:
    """Make SQLite's file, readable by its owner only, and its folder where they are missing."""
    path = Path(str(address.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise OperatorError(f"database.url: {path}: {error.strerror}") from None


def _probe(tx: Connection) -> None:
    tx.exec_driver_sql("SELECT 1")
