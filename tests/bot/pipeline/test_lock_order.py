"""Two processes never wait for each other: every batch locks tables in one order."""

from __future__ import annotations

import pytest

from handlers.messages import Channel
from handlers.release import Release
from storage.engine.drivers.postgres import PostgresDatabase
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.one_process import FakeChannel, opened
from tests.storage.locks import out_of_order, transactions_of


@pytest.mark.postgres
async def test_a_batch_locks_its_tables_in_the_order_that_is_written_down(
    postgres_url: str, keyring: Keyring, release: Release
) -> None:
    database = await open_database(postgres_url)
    assert isinstance(database, PostgresDatabase)
    channel = FakeChannel(Channel.TELEGRAM)
    async with opened(database, keyring, release, [channel]) as process:
        transactions = transactions_of(database)
        await process.hears("quiero poner nota", "transito", "6", "Amables", who="1")
        await process.hears(
            "reclamo: la plaza está sucia", "saltar", "sí", "y es grande", "listo", who="2"
        )
        await process.hears("persona", "listo", "quiero poner nota", "transito", "2", who="3")
    await database.close()
    batches = [tables for tables in transactions if "seen_events" in tables]
    assert {table for tables in batches for table in tables} >= {"cases", "weekly_sums", "outbox"}
    assert [tables for tables in batches if out_of_order(tables)] == []
