"""Opens a database only with its own keys; others would find no contact and decrypt nothing."""

# Statements are put together from constants only.
from __future__ import annotations

from functools import partial
from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, insert, select

from handlers.errors import OperatorError
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.keyring import Keyring, Unreadable
from storage.engine.opening import open_database
from storage.files import reason
from storage.tables.running import keys_used

_DATA = ("keys_used", "contacts", "responses", "lookups", "staff", "cases", "seen_events")
_ENCRYPTED = {
    "contact_addresses": ("address", "contact_id"),
    "answers": ("words", "response_id"),
    "cases": ("text", "number"),
    "case_notes": ("text", "id"),
    "inbox": ("body", "id"),
    "quarantine": ("body", "id"),
}
_LOOKED_AT = 3  # rows tried at each end, oldest and newest


class WrongKeys(OperatorError):
    """The keys file lacks a key that the database was used with."""


async def open_with_keys(url: str, keys: Path) -> tuple[Database, Keyring]:
    """Migrate and open a database with its keys; a new database gets new keys.

    Raises OperatorError if the keys are missing or not this database's, StorageUnavailable.
    """
    keyring = await keyring_of(url, keys)
    await schema.migrate(url)
    database = await open_database(url)
    try:
        if await database.read(partial(_unnoted, keyring=keyring)):
            await database.write(partial(note_keys, keyring=keyring, keys=keys))
    except BaseException:  # cancellation too: nobody else would close it
        await database.close()
        raise
    return database, keyring


async def keyring_of(url: str, keys: Path) -> Keyring:
    """The keys of a database at any revision, created only for an empty one.

    Raises OperatorError if they are missing or not this database's.
    """
    return await kept_keys(url, keys) or Keyring.create(keys)


async def kept_keys(url: str, keys: Path) -> Keyring | None:
    """As ``keyring_of``, but None if there are neither keys nor data."""
    if not _is_there(keys) and not await schema.inspect(url, _holds_data):
        return None
    # Another process may have created the database and its keys meanwhile.
    if _is_there(keys):
        keyring = Keyring.read(keys)
        await schema.inspect(url, partial(check_keys, keyring=keyring, keys=keys))
        return keyring
    raise WrongKeys(
        f"{keys}: faltan las llaves de esta base, que ya tiene datos ([database] keys); "
        "ponga ahí el archivo de llaves que guardó aparte, o el de un respaldo"
    )


def check_keys(tx: Connection, keyring: Keyring, keys: Path) -> None:
    """Raise WrongKeys unless the keyring has every key that the database was used with.

    Before migration 0005 keys were not recorded; then encrypted values must be readable.
    """
    used = _used(tx)
    if used - keyring.fingerprints().keys() or (not used and not _is_readable(tx, keyring)):
        raise WrongKeys(
            f"{keys}: estas llaves no son las de esta base, o falta una de ellas "
            "([database] keys); ponga ahí el archivo de llaves que guardó aparte, o el de un "
            "respaldo"
        )


def note_keys(tx: Connection, keyring: Keyring, keys: Path) -> None:
    """Record the keys in use. Raises WrongKeys as ``check_keys``.

    If two processes begin a new database with different keys, the second one is refused.
    """
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("LOCK TABLE keys_used IN EXCLUSIVE MODE")
    check_keys(tx, keyring, keys)
    unnoted = _unnoted(tx, keyring)
    if unnoted:
        rows = [{"fingerprint": mark, "version": unnoted[mark]} for mark in sorted(unnoted)]
        tx.execute(insert(keys_used), rows)


def _is_there(keys: Path) -> bool:
    try:
        keys.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise OperatorError(f"{keys}: {reason(error)} ([database] keys)") from None
    return True


def _unnoted(tx: Connection, keyring: Keyring) -> dict[bytes, int]:
    used = _used(tx)
    return {mark: v for mark, v in keyring.fingerprints().items() if mark not in used}


def _used(tx: Connection) -> set[bytes]:
    if not _exists(tx, "keys_used"):
        return set()
    return {bytes(mark) for mark in tx.execute(select(keys_used.c.fingerprint)).scalars()}


def _holds_data(tx: Connection) -> bool:
    return any(
        tx.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first() is not None
        for table in _DATA
        if _exists(tx, table)
    )


def _is_readable(tx: Connection, keyring: Keyring) -> bool:
    """Whether the oldest and the newest encrypted values can be decrypted."""
    try:
        for table, (column, key) in _ENCRYPTED.items():
            for order in ("", " DESC") if _exists(tx, table) else ():
                found = tx.exec_driver_sql(
                    f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL "
                    f"ORDER BY {key}{order} LIMIT {_LOOKED_AT}"
                )
                for stored in found.scalars().all():
                    keyring.decrypt_bytes(bytes(stored))
    except Unreadable:
        return False
    return True


def _exists(tx: Connection, table: str) -> bool:
    return sqlalchemy.inspect(tx).has_table(table)
