"""The migrations build exactly the tables of the code, once, and refuse what they do not know."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import BigInteger, Connection

from handlers.errors import OperatorError
from storage.engine.database import Database
from storage.engine.drivers.sqlite import SqliteDatabase
from storage.engine.opening import open_database
from storage.engine.schema import current_revision, inspect, migrate, newest_revision
from storage.tables import metadata

CHANCE = ("(response_id & ", "1327217885) & ")  # what shuffles comments


# An index on an expression is not read back from SQLite; its expression is looked at below.
@pytest.mark.filterwarnings("ignore:.*expression-based index")
async def test_the_migrations_build_what_the_code_describes(database: Database) -> None:
    def differences(tx: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(tx), metadata))

    assert await database.read(differences) == []


async def test_partial_indexes_and_storage_options_are_built_too(database: Database) -> None:
    # Alembic's comparison looks at neither.
    if isinstance(database, SqliteDatabase):
        sql = "SELECT sql FROM sqlite_master"
        wanted = (
            "WITHOUT ROWID",
            *CHANCE,
            "words IS NOT NULL",
            "due_at > 0",
            "channel = 'whatsapp'",
        )
    else:
        sql = (
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' "
            "UNION ALL SELECT array_to_string(reloptions, ',') FROM pg_class"
        )
        wanted = ("fillfactor=70", "words IS NOT NULL", "(due_at > 0)", "'whatsapp'")
    rows = await database.read(lambda tx: [str(row[0]) for row in tx.exec_driver_sql(sql)])
    for part in (*wanted, *CHANCE):
        assert any(part in row for row in rows), part


async def test_sqlite_keeps_rows_under_keys_of_one_number(tmp_path: Path) -> None:
    def types(tx: Connection) -> set[tuple[str, str]]:
        return {
            (table.name, kind)
            for table in metadata.sorted_tables
            for _, name, kind, *_, place in tx.exec_driver_sql(f"PRAGMA table_info({table.name})")
            if place and len(table.primary_key) == 1
            if isinstance(table.c[name].type, BigInteger)
        }

    url = f"sqlite:///{tmp_path}/opina.db"
    await migrate(url)
    found = await inspect(url, types)
    assert ("contacts", "INTEGER") in found
    assert {kind for _, kind in found} == {"INTEGER"}


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert await current_revision(database_url) == newest_revision()
    await migrate(database_url)
    assert await current_revision(database_url) == newest_revision()


async def test_processes_that_start_at_once_migrate_one_after_the_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/opina.db"
    await asyncio.gather(*(migrate(url) for _ in range(4)))
    assert await current_revision(url) == newest_revision()


@pytest.mark.postgres
async def test_postgresql_migrates_one_after_the_other_too(postgres_url: str) -> None:
    database = await open_database(postgres_url)
    await database.write(lambda tx: tx.exec_driver_sql("DROP SCHEMA public CASCADE").rowcount)
    await database.write(lambda tx: tx.exec_driver_sql("CREATE SCHEMA public").rowcount)
    await database.close()
    assert await current_revision(postgres_url) is None
    await asyncio.gather(*(migrate(postgres_url) for _ in range(4)))
    assert await current_revision(postgres_url) == newest_revision()


async def test_a_database_from_the_future_is_left_alone(database_url: str) -> None:
    database = await open_database(database_url)
    await database.write(
        lambda tx: tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'").rowcount
    )
    await database.close()
    with pytest.raises(OperatorError, match="más nueva que esta versión"):
        await migrate(database_url)
    assert await current_revision(database_url) == "9999"
