"""Opens a database with its own keys only: with others no contact is found, no word read."""

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
_LOOKED_AT = 3  # of the oldest and of the newest rows


class WrongKeys(OperatorError):
    """The keys file does not hold the keys that the database was used with."""


async def open_with_keys(url: str, keys: Path) -> tuple[Database, Keyring]:
    """Open a database, brought up to date, with its keys; a new one is given new keys.

    Raises OperatorError where the keys are missing or another database's, StorageUnavailable.
    """
    keyring = await keyring_of(url, keys)
    await schema.migrate(url)
    database = await open_database(url)
    try:
        if await database.read(partial(_unnoted, keyring=keyring)):
            await database.write(partial(note_keys, keyring=keyring, keys=keys))
    except BaseException:  # also cancelled: it is closed nowhere else
        await database.close()
        raise
    return database, keyring


async def keyring_of(url: str, keys: Path) -> Keyring:
    """The keys of a database at any revision. They are made only while it holds nothing.

    Raises OperatorError where they are missing or another database's.
    """
    return await kept_keys(url, keys) or Keyring.create(keys)


async def kept_keys(url: str, keys: Path) -> Keyring | None:
    """As ``keyring_of``, but none are made: None where there are none and nothing needs them."""
    if not _is_there(keys) and not await schema.inspect(url, _holds_data):
        return None
    # Another process has created the database, and its keys, meanwhile.
    if _is_there(keys):
        keyring = Keyring.read(keys)
        await schema.inspect(url, partial(check_keys, keyring=keyring, keys=keys))
        return keyring
    raise WrongKeys(
        f"{keys}: faltan las llaves de esta base, que ya tiene datos ([database] keys); "
        "ponga ahí el archivo de llaves que guardó aparte, o el de un respaldo"
    )


def check_keys(tx: Connection, keyring: Keyring, keys: Path) -> None:
    """Raise WrongKeys unless every key that the database was used with is there.

    Before revision 0005 none was noted: then what is encrypted has to be readable.
    """
    used = _used(tx)
    if used - keyring.fingerprints().keys() or (not used and not _is_readable(tx, keyring)):
        raise WrongKeys(
            f"{keys}: estas llaves no son las de esta base, o falta una de ellas "
            "([database] keys); ponga ahí el archivo de llaves que guardó aparte, o el de un "
            "respaldo"
        )


def note_keys(tx: Connection, keyring: Keyring, keys: Path) -> None:
    """Note the keys that are used from now on. Raises WrongKeys as ``check_keys`` does.

    Of two processes that begin a new database with different keys the second is refused.
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
    """Whether the oldest and the newest of what is encrypted can be read."""
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
