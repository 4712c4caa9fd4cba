"""Which locks a transaction on PostgreSQL takes, in the order in which it first takes them."""

from __future__ import annotations

import re

from sqlalchemy import Connection, event

from storage.engine.drivers.postgres import PostgresDatabase
from storage.turns import LOCK_ORDER

# What may wait for another process; a plain INSERT makes rows of a contact that is locked already.
_WAITS = (
    re.compile(r"JOIN (\w+) \w+ (?!.*JOIN).*FOR UPDATE", re.DOTALL),
    re.compile(r"(?:DELETE FROM|UPDATE(?! OF| SET)) (\w+)"),
    re.compile(r"INSERT INTO (\w+) .*ON CONFLICT", re.DOTALL),
)


def transactions_of(database: PostgresDatabase) -> list[list[str]]:
    """What each transaction from now on locks, named as in ``LOCK_ORDER``."""
    transactions: list[list[str]] = []

    def begin(connection: Connection) -> None:
        connection.info["locked"] = locked = list[str]()  # what is sent meanwhile has its own
        transactions.append(locked)

    def execute(
        connection: Connection, _cursor: object, statement: str, values: object, *_: object
    ) -> None:
        found = next(filter(None, (waits.search(statement) for waits in _WAITS)), None)
        locked = connection.info["locked"]
        for lock in _named(found[1], values) if found else ():
            if lock not in locked:
                locked.append(lock)

    engine = database._engine.sync_engine
    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", execute)
    return transactions


def out_of_order(locked: list[str]) -> bool:
    """Whether a batch may meet another that takes the same locks the other way round."""
    known = [LOCK_ORDER.index(lock) for lock in locked if lock in LOCK_ORDER]
    return known != sorted(known)


def _named(table: str, values: object) -> list[str]:
    """A table; of counters the row, where it has its own place."""
    if table != "counters":
        return [table]
    assert isinstance(values, tuple), "counters are written from lists of names and values"
    rows = [f"{table} {name.partition(':')[0]}" for name in values[0]]
    return [row if row in LOCK_ORDER else table for row in rows]
