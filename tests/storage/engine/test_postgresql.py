"""What is told when PostgreSQL is away, refuses us, or ends a connection."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url

from handlers.errors import OperatorError, StorageRefused, StorageUnavailable
from storage.engine import counters
from storage.engine.failures import translated
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from tests import postgres


async def test_a_postgresql_that_is_away_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable):
        await open_database(f"postgresql://postgres@/opina?host={tmp_path}")


@pytest.mark.postgres
async def test_a_postgresql_database_that_does_not_exist_is_an_operators_error(
    postgres_url: str,
) -> None:
    with pytest.raises(OperatorError, match="no tiene una base con ese nombre"):
        await open_database(postgres_url.replace("/test_", "/missing_"))


@pytest.mark.postgres
async def test_a_database_that_refuses_us_later_is_an_outage(postgres_url: str) -> None:
    database = await open_database(postgres_url)
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    server = await open_database(postgres_url.replace(f"/{name}", "/postgres"))

    async def rename(now: str, then: str) -> None:
        end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{now}'"
        await server.write(lambda tx: tx.exec_driver_sql(end).fetchall())
        await server.write(
            lambda tx: tx.exec_driver_sql(f"ALTER DATABASE {now} RENAME TO {then}").rowcount
        )

    await rename(name, f"{name}_away")
    for _ in range(3):
        with pytest.raises(StorageUnavailable):
            await database.write(lambda tx: counters.add(tx, {"n": 1}))
    await rename(f"{name}_away", name)
    await database.write(lambda tx: counters.add(tx, {"n": 1}))
    assert await database.read(lambda tx: counters.value(tx, "n")) == 1
    await database.close()
    await server.close()


@pytest.mark.postgres
async def test_a_user_without_rights_is_told_what_to_give_them(postgres_url: str) -> None:
    server, name = make_url(postgres_url), f"weak_{uuid.uuid4().hex}"
    weak = server.set(username=name).render_as_string(hide_password=False)
    await postgres.execute(server, f"CREATE ROLE {name} LOGIN")
    try:
        database = await open_database(weak)
        for work in (database.read, database.write):
            with pytest.raises(StorageRefused, match="hágalo dueño"):
                await work(lambda tx: counters.value(tx, "n"))
        await database.close()
        with pytest.raises(OperatorError, match="hágalo dueño"):
            await migrate(weak)
        await postgres.execute(server, f"REVOKE CONNECT ON DATABASE {server.database} FROM PUBLIC")
        with pytest.raises(OperatorError, match="hágalo dueño"):
            await open_database(weak)
    finally:
        await postgres.execute(
            server, f"GRANT CONNECT ON DATABASE {server.database} TO PUBLIC", f"DROP ROLE {name}"
        )


@pytest.mark.postgres
async def test_a_new_database_that_cannot_hold_every_letter_is_refused(
    postgres_server: URL,
) -> None:
    name = f"latin_{uuid.uuid4().hex}"
    made = f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    await postgres.execute(postgres_server, made)
    try:
        url = postgres_server.set(database=name).render_as_string(hide_password=False)
        with pytest.raises(OperatorError, match=r"LATIN1.*--encoding UTF8"):
            await migrate(url)
    finally:
        await postgres.execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
async def test_what_postgresql_cannot_do_now_is_told_in_words(postgres_url: str) -> None:
    server = make_url(postgres_url)
    read_only = f"ALTER DATABASE {server.database} SET default_transaction_read_only ="
    await postgres.execute(server, f"{read_only} on")
    try:
        database = await open_database(postgres_url)
        with pytest.raises(StorageUnavailable, match="es de solo lectura"):
            await database.write(lambda tx: counters.add(tx, {"n": 1}))
        await database.close()
    finally:
        await postgres.execute(server.set(database="postgres"), f"{read_only} off")


@pytest.mark.postgres
async def test_a_lost_connection_is_unavailable_and_comes_back(postgres_url: str) -> None:
    database = await open_database(postgres_url)

    def lose(tx: Connection) -> None:
        counters.add(tx, {"n": 1})
        tx.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(StorageUnavailable):
        await database.write(lose)
    await database.write(lambda tx: counters.add(tx, {"n": 1}))
    assert await database.read(lambda tx: counters.value(tx, "n")) == 1
    await database.close()


@pytest.mark.postgres
async def test_a_deadlock_is_run_again(postgres_url: str) -> None:
    database = await open_database(postgres_url)
    await database.write(lambda tx: counters.add(tx, {"a": 0, "b": 0}))
    waits = 0.2

    def one_way(tx: Connection, *names: str) -> None:
        for name in names:
            counters.add(tx, {name: 1})
            tx.exec_driver_sql(f"SELECT pg_sleep({waits})")

    await asyncio.gather(
        database.write(lambda tx: one_way(tx, "a", "b")),
        database.write(lambda tx: one_way(tx, "b", "a")),
    )
    assert await database.read(lambda tx: counters.value(tx, "a")) == 2
    assert await database.read(lambda tx: counters.value(tx, "b")) == 2
    await database.close()


def test_a_connection_that_was_ended_in_the_middle_of_something_is_an_outage() -> None:
    with pytest.raises(StorageUnavailable), translated():
        raise asyncpg.InternalClientError("another operation (2) is in progress")
