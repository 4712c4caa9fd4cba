"""Two processes never wait for each other: every batch locks tables in one order."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Connection, event

from handlers.messages import Channel
from handlers.release import Release
from storage.engine.drivers.postgres import PostgresDatabase
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.turns import LOCK_ORDER
from tests.bot.one_process import FakeChannel, opened

# What may wait for another process; a plain INSERT makes rows of a contact that is locked already.
_WAITS = (
    re.compile(r"JOIN (\w+) \w+ (?!.*JOIN).*FOR UPDATE", re.DOTALL),
    re.compile(r"(?:DELETE FROM|UPDATE(?! OF| SET)) (\w+)"),
    re.compile(r"INSERT INTO (\w+) .*ON CONFLICT", re.DOTALL),
)


@pytest.mark.postgres
async def test_a_batch_locks_its_tables_in_the_order_that_is_written_down(
    postgres_url: str, keyring: Keyring, release: Release
) -> None:
    database = await open_database(postgres_url)
    assert isinstance(database, PostgresDatabase)
    transactions: list[list[str]] = []

    def begin(connection: Connection) -> None:
        connection.info["locked"] = locked = list[str]()  # what is sent meanwhile has its own
        transactions.append(locked)

    def execute(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        found = next(filter(None, (waits.search(statement) for waits in _WAITS)), None)
        locked = connection.info["locked"]
        if found and found[1] not in locked:
            locked.append(found[1])

    engine = database._engine.sync_engine
    channel = FakeChannel(Channel.TELEGRAM)
    async with opened(database, keyring, release, [channel]) as process:
        event.listen(engine, "begin", begin)
        event.listen(engine, "before_cursor_execute", execute)
        await process.hears("quiero poner nota", "transito", "6", "Amables", who="1")
        await process.hears(
            "reclamo: la plaza está sucia", "saltar", "sí", "y es grande", "listo", who="2"
        )
        await process.hears("persona", "listo", "quiero poner nota", "transito", "2", who="3")
    await database.close()
    batches = [tables for tables in transactions if "seen_events" in tables]
    assert {table for tables in batches for table in tables} >= {"cases", "weekly_sums", "outbox"}
    for tables in batches:
        known = [LOCK_ORDER.index(table) for table in tables if table in LOCK_ORDER]
        assert known == sorted(known), tables
