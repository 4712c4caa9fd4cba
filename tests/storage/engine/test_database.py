"""Transactions: all or nothing, and clear words when the database cannot be had."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
import stat
import uuid
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from handlers.errors import OperatorError, StorageFull, StorageRefused, StorageUnavailable
from storage.engine import counters
from storage.engine.database import Database
from storage.engine.failures import Conflict, translated
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from tests import postgres


async def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    def half(tx: Connection) -> None:
        counters.add(tx, {"half": 1})
        raise ValueError("our own mistake")

    with pytest.raises(ValueError, match="our own"):
        await database.write(half)
    assert await database.read(lambda tx: counters.value(tx, "half")) == 0
    await database.write(lambda tx: counters.add(tx, {"half": 2}))
    assert await database.read(lambda tx: counters.value(tx, "half")) == 2


async def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, StorageUnavailable)):
        await database.read(lambda tx: counters.add(tx, {"read": 1}))
    assert await database.read(lambda tx: counters.value(tx, "read")) == 0


async def test_a_read_sees_one_moment(database: Database) -> None:
    loop = asyncio.get_running_loop()
    await database.write(lambda tx: counters.add(tx, {"now": 1}))
    seen = []

    async def look() -> None:
        def twice(tx: Connection) -> None:
            seen.append(counters.value(tx, "now"))
            loop.call_soon_threadsafe(started.set)  # SQLite is read in another thread
            if tx.dialect.name == "sqlite":
                tx.exec_driver_sql("SELECT count(*) FROM answers a, answers b").scalar()
            else:
                tx.exec_driver_sql("SELECT pg_sleep(0.3)")
            while tx.dialect.name == "sqlite" and not changed.is_set():
                tx.exec_driver_sql("SELECT 1").scalar()
            seen.append(counters.value(tx, "now"))

        await database.read(twice)

    started, changed = asyncio.Event(), asyncio.Event()
    task = loop.create_task(look())
    await started.wait()
    await database.write(lambda tx: counters.add(tx, {"now": 1}))
    changed.set()
    await task
    assert seen == [1, 1]


async def test_a_conflict_runs_the_transaction_again(database: Database) -> None:
    tries = []

    def meet(tx: Connection) -> str:
        counters.add(tx, {"tries": 1})
        tries.append(1)
        if len(tries) < 3:
            raise Conflict("another process was quicker")
        return "done"

    assert await database.write(meet) == "done"
    assert await database.read(lambda tx: counters.value(tx, "tries")) == 1


async def test_a_conflict_that_never_ends_is_an_unavailable_storage(database: Database) -> None:
    def meet(_tx: Connection) -> None:
        raise Conflict("again")

    with pytest.raises(StorageUnavailable):
        await database.write(meet)


async def test_a_mistake_in_our_sql_is_not_taken_for_an_outage(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.write(lambda tx: tx.exec_driver_sql("SELECT nothing FROM nowhere"))


async def test_an_error_tells_its_statement_and_none_of_its_words(database: Database) -> None:
    def ask(tx: Connection) -> None:
        tx.execute(text("SELECT name FROM nowhere WHERE name = :name"), {"name": "secreto"})

    for work in (database.read, database.write):
        with pytest.raises(DBAPIError) as caught:
            await work(ask)
        assert "nowhere" in str(caught.value)
        assert "secreto" not in str(caught.value)


async def test_many_writes_at_once_all_count(database: Database) -> None:
    await asyncio.gather(
        *(database.write(lambda tx: counters.add(tx, {"n": 1})) for _ in range(50))
    )
    assert await database.read(lambda tx: counters.value(tx, "n")) == 50


async def test_between_the_parts_of_long_work_others_have_their_turn(database: Database) -> None:
    many, order = 500, list[str]()

    async def work() -> None:
        while "answer" not in order and len(order) < many:
            await database.write_part(lambda _: order.append("part"))

    async def answer() -> None:
        await database.write(lambda _: order.append("answer"))

    await asyncio.gather(work(), answer())
    assert order.index("answer") < many


async def test_a_new_file_is_its_owners_only(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/opina.db"
    await migrate(url)
    database = await open_database(url)
    await database.write(lambda tx: counters.add(tx, {"n": 1}))
    for file in (tmp_path / "new" / "folder").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    await database.close()


async def test_what_a_power_cut_leaves_has_all_that_was_committed_and_nothing_by_halves(
    sqlite_url: str, tmp_path: Path
) -> None:
    database = await open_database(sqlite_url)
    await database.write(lambda tx: counters.add(tx, {"first": 1}))
    committed = left_on_disk(sqlite_url, tmp_path / "after-the-first")
    before = log_size(sqlite_url)
    await database.write(lambda tx: counters.add(tx, {"second": 1}))
    midway = (before + log_size(sqlite_url)) // 2
    cut = left_on_disk(sqlite_url, tmp_path / "in-the-second", midway)
    both = left_on_disk(sqlite_url, tmp_path / "after-the-second")
    await database.close()
    for url, expected in ((committed, (1, 0)), (cut, (1, 0)), (both, (1, 1))):
        found = await open_database(url)
        assert await found.read(first_and_second) == expected
        check = await found.read(lambda tx: tx.exec_driver_sql("PRAGMA integrity_check").scalar())
        assert check == "ok"
        await found.close()


def first_and_second(tx: Connection) -> tuple[int, int]:
    return counters.value(tx, "first"), counters.value(tx, "second")


def log_size(url: str) -> int:
    return Path(url.removeprefix("sqlite:///") + "-wal").stat().st_size


def left_on_disk(url: str, folder: Path, size: int | None = None) -> str:
    """A copy of the file and its log as they are now; what is shared in memory goes with it."""
    folder.mkdir()
    file = Path(url.removeprefix("sqlite:///"))
    for name in (file.name, f"{file.name}-wal"):
        shutil.copy(file.with_name(name), folder / name)
    if size is not None:
        os.truncate(folder / f"{file.name}-wal", size)
    return f"sqlite:///{folder / file.name}"


async def test_sqlite_flushes_each_commit(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    settings = await database.write(
        lambda tx: [
            tx.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        ]
    )
    await database.close()
    assert settings == ["wal", 2, 1, 1]


async def test_a_locked_file_is_unavailable_and_comes_back(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.drivers.sqlite.BUSY_TIMEOUT_S", 0.05)
    database = await open_database(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable):
        await database.write(lambda tx: counters.add(tx, {"n": 1}))
    other.execute("ROLLBACK")
    other.close()
    await database.write(lambda tx: counters.add(tx, {"n": 1}))
    assert await database.read(lambda tx: counters.value(tx, "n")) == 1
    await database.close()


async def test_who_waits_for_a_locked_file_does_not_hold_up_the_loop(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waits = asyncio.create_task(database.write(lambda tx: counters.add(tx, {"n": 1})))
    for _ in range(10):
        await asyncio.sleep(0.01)
        assert not waits.done()
    assert await database.read(lambda tx: counters.value(tx, "n")) == 0
    other.execute("ROLLBACK")
    other.close()
    await waits
    assert await database.read(lambda tx: counters.value(tx, "n")) == 1
    await database.close()


@pytest.mark.parametrize("looks", range(6))
async def test_a_write_that_nobody_waits_for_any_more_is_whole_or_not_there(
    database: Database, looks: int
) -> None:
    def two(tx: Connection) -> None:
        counters.add(tx, {"one": 1})
        counters.add(tx, {"two": 1})

    writing = asyncio.create_task(database.write(two))
    for _ in range(looks):
        await asyncio.sleep(0)
    writing.cancel()
    writing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await writing
    values = await database.read(lambda tx: [counters.value(tx, name) for name in ("one", "two")])
    assert values in ([0, 0], [1, 1])
    await database.write(two)
    after = await database.read(lambda tx: counters.value(tx, "two"))
    assert after == values[1] + 1


async def test_a_commit_that_is_refused_stands_in_nobodys_way(sqlite_url: str) -> None:
    def orphan(tx: Connection) -> None:
        tx.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        counters.add(tx, {"n": 1})
        tx.exec_driver_sql("INSERT INTO staff_contacts (contact_id, staff_id) VALUES (1, 1)")

    database = await open_database(sqlite_url)
    with pytest.raises((DBAPIError, sqlite3.IntegrityError)):
        await database.write(orphan)
    assert await database.read(lambda tx: counters.value(tx, "n")) == 0
    await database.write(lambda tx: counters.add(tx, {"n": 1}))
    assert await database.read(lambda tx: counters.value(tx, "n")) == 1
    await database.close()


async def test_a_full_disk_writes_nothing_by_halves_and_resumes(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)

    def fill(tx: Connection) -> None:
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar()
        tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        counters.add(tx, {f"row {number}": 1 for number in range(5_000)})

    with pytest.raises(StorageFull):
        await database.write(fill)
    assert await database.read(lambda tx: counters.value(tx, "row 0")) == 0
    await database.write(lambda tx: counters.add(tx, {"row 0": 1}))  # there is room again
    assert await database.read(lambda tx: counters.value(tx, "row 0")) == 1
    await database.close()


def test_a_disk_without_room_for_what_readers_share_is_full() -> None:
    failed = sqlite3.OperationalError("disk I/O error")
    failed.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(StorageFull), translated():
        raise failed


@pytest.mark.parametrize(
    "url", ["mysql://host/name", "sqlite://", "sqlite:///:memory:", "postgresql://host", "opina.db"]
)
async def test_an_address_that_cannot_work_is_an_operators_error(url: str) -> None:
    with pytest.raises(OperatorError, match=r"\[database\] url"):
        await open_database(url)


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
