"""What a file of SQLite withstands: power cuts, locks, full disks."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from handlers.errors import OperatorError, StorageFull, StorageUnavailable
from storage.engine import counters
from storage.engine.failures import translated
from storage.engine.opening import discard, draft_of, open_database, put_in_place
from storage.engine.schema import current_revision, migrate


async def test_a_new_file_is_its_owners_only(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/opina.db"
    await migrate(url)
    database = await open_database(url)
    await database.write(lambda tx: counters.add(tx, {"n": 1}))
    for file in (tmp_path / "new" / "folder").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    await database.close()


async def test_one_that_is_being_filled_is_opened_by_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    draft_of(file).touch()
    for open_or_look in (open_database, migrate, current_revision):
        with pytest.raises(OperatorError, match="se está preparando"):
            await open_or_look(f"sqlite:///{file}")
    assert not file.exists()


def test_nothing_of_an_earlier_file_is_read_into_the_one_that_takes_its_place(
    tmp_path: Path,
) -> None:
    file, killed = tmp_path / "demo.db", tmp_path / "killed.db"
    _fill(killed, "old", into=file)
    file.unlink()  # as an operator is told to; its log stays
    assert (tmp_path / "demo.db-wal").stat().st_size
    draft = draft_of(file)
    _fill(tmp_path / "whole.db", "new", into=draft)
    with sqlite3.connect(draft) as made:
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made.close()
    put_in_place(draft, file)
    with sqlite3.connect(file) as found:
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert found.execute("SELECT DISTINCT word FROM words").fetchall() == [("new",)]
    found.close()
    _fill(killed, "old", into=draft)
    discard(draft)
    assert not list(tmp_path.glob(f"{draft.name}*"))


def _fill(source: Path, word: str, *, into: Path) -> None:
    """A file as a killed process leaves it, with its log."""
    source.unlink(missing_ok=True)
    with sqlite3.connect(source) as filled:
        filled.execute("PRAGMA journal_mode=WAL")
        filled.execute("CREATE TABLE words (word TEXT)")
        filled.executemany("INSERT INTO words VALUES (?)", [(word,)] * 5000)
        filled.commit()
        for kept in source.parent.glob(f"{source.name}*"):
            shutil.copy(kept, into.parent / kept.name.replace(source.name, into.name))
    filled.close()


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
