"""SQLite's log is carried over beside the writing and does not grow for ever."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from storage.engine import counters
from storage.engine.drivers import checkpoints
from storage.engine.opening import open_database


async def test_the_log_is_carried_over_while_the_service_writes_and_stays_small(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "EVERY", 5)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    database = await open_database(sqlite_url)
    before = size(path)
    for number in range(60):  # far too little for a commit to carry it over by itself
        names = {f"{number}-{place}": 1 for place in range(50)}
        await database.write(lambda tx, names=names: counters.add(tx, names))
        await asyncio.sleep(0.001)
    log = path.with_name(path.name + "-wal")
    assert size(path) > before, "what was written has reached the file itself"
    assert 0 < size(log) < checkpoints.MOST_PAGES * 4096 / 4
    await database.close()
    assert size(log) == 0, "the last one to close leaves nothing behind"


async def test_a_checkpoint_that_fails_is_in_nobodys_way(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checkpoints, "EVERY", 1)
    database = await open_database(sqlite_url)
    running = checkpoints.Checkpoints(str(tmp_path / "no" / "such.db"))
    running.note_commit()
    await database.write(lambda tx: counters.add(tx, {"n": 1}))
    await running.close()
    assert await database.read(lambda tx: counters.value(tx, "n")) == 1
    await database.close()


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
