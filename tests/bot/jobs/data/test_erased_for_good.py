"""No one who was erased comes back with a copy, however the service ended and failed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import JOURNAL, DatabaseSettings
from bot.jobs.data import backups
from bot.pipeline.erasure_journal import ErasureJournal
from handlers.errors import OperatorError
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.privacy import erasure
from storage.tables import metadata
from tests.bot.one_process import Clock, FakeChannel, OneProcess, opened

RATES = ("nota", "transito", "3", "espera")
MARK = "Xilofono"
ERASES = ("borrar", "sí")

# What is about the journal, which is a file beside either database.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass
class Place:
    """An installation whose copies are made and put back."""

    database: Database
    url: str
    folder: Path
    keyring: Keyring
    release: Release
    clock: Clock = field(default_factory=Clock)
    lives: int = 0
    copies: int = 0

    @property
    def keys(self) -> Path:
        return self.folder / "keys.toml"

    @property
    def journal(self) -> Path:
        return self.folder / "disk" / JOURNAL

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[OneProcess]:
        """A life of the service, which is killed at the end of it."""
        self.lives += 1
        channels, owner = [FakeChannel()], f"life-{self.lives}"
        async with opened(
            self.database,
            self.keyring,
            self.release,
            channels,
            clock=self.clock,
            owner=owner,
            journal=self.journal,
        ) as process:
            yield process

    async def copied(self) -> Path:
        self.copies += 1
        folder = self.folder / f"copy-{self.copies}"
        await asyncio.to_thread(folder.mkdir)
        others = {backups.KEYS: self.keys, JOURNAL: self.journal}
        now = self.clock()
        await self.database.read(
            lambda tx: backups.write(tx, folder, others, now, lambda _table, _rows: None)
        )
        return folder

    async def put_back(self, copy: Path, *, damaged_journal: bool = False) -> backups.Restored:
        manifest = backups.read_manifest(copy)
        place = DatabaseSettings(url=self.url, keys=self.keys, journal=self.journal)
        return await backups.restore(
            copy,
            manifest,
            place,
            self.clock(),
            lambda _table, _rows: None,
            damaged_journal=damaged_journal,
        )

    def disk_fails(self) -> None:
        """The journal cannot be written: a file stands in its folder's place."""
        self.journal.parent.write_text("", encoding="utf-8")

    def disk_is_mended(self) -> None:
        self.journal.parent.unlink()

    async def marks(self) -> list[str]:
        """Tables that hold the words, in the clear or under the keys."""
        found = set()
        for table in metadata.sorted_tables:
            rows = await self.database.read(
                lambda tx, table=table: tx.execute(table.select()).fetchall()
            )
            if any(MARK in self._readable(cell) for row in rows for cell in row):
                found.add(table.name)
        return sorted(found)

    def _readable(self, cell: object) -> str:
        if not isinstance(cell, bytes):
            return str(cell)
        tokens = re.findall(rb"gAAAA[\w=-]+", cell)
        return b" ".join([cell, *map(self.keyring.decrypt_bytes, tokens)]).decode(errors="replace")


@pytest.fixture
def place(database: Database, database_url: str, tmp_path: Path, release: Release) -> Place:
    return Place(database, database_url, tmp_path, Keyring.create(tmp_path / "keys.toml"), release)


async def says(place: Place, *texts: str, who: str = "1") -> None:
    async with place.runs() as process:
        await process.hears(*texts, who=who)


async def test_an_erasure_is_written_down_when_it_is_acknowledged(place: Place) -> None:
    async with place.runs() as process:
        await process.hears(*RATES, f"{MARK} me atendió mal", *ERASES)
        assert len(erasure.read_journal(place.journal)) == 1
        assert await process.rows("SELECT * FROM erasures_pending") == []


@on_sqlite
async def test_two_erasures_in_one_delivery_are_both_written_down(place: Place) -> None:
    async with place.runs() as process:
        for who in ("ana", "luis"):
            await process.hears(*RATES, "Mucho rato", "borrar", who=who)
        await process.intake.submit([process.event("sí", who=who) for who in ("ana", "luis")])
        assert len({line.contact for line in erasure.read_journal(place.journal)}) == 2


@pytest.mark.parametrize("failing", [False, True], ids=["", "the journal's disk is full"])
async def test_an_erased_comment_does_not_come_back_with_a_copy(
    place: Place, failing: bool
) -> None:
    await says(place, *RATES, f"{MARK} me atendió mal")
    await says(place, *RATES, "Me tuvieron dos horas esperando", who="luis")
    copy = await place.copied()
    if failing:
        place.disk_fails()
    await says(place, *ERASES)
    assert (await place.put_back(copy)).erased_again == 1
    assert await place.marks() == []
    kept = await place.database.read(
        lambda tx: tx.exec_driver_sql(
            "SELECT count(*) FROM answers WHERE words IS NOT NULL"
        ).scalar()
    )
    assert kept == 1, "others stay as they were"


@on_sqlite
async def test_it_does_not_come_back_with_a_second_copy_either(place: Place) -> None:
    await says(place, *RATES, f"{MARK} me atendió mal")
    first = await place.copied()
    place.disk_fails()
    await says(place, *ERASES)
    second = await place.copied()  # in which the erasure waits
    for copy in (second, first, second, first):
        await place.put_back(copy)
        assert await place.marks() == []
    place.disk_is_mended()
    assert await ErasureJournal(place.database, place.journal).write() == 1
    place.clock.goes_on(days=3)
    await place.put_back(first)
    assert await place.marks() == []


async def begins_afresh(place: Place) -> Path:
    """Erased while the journal fails, and back at once; the copy that was made then."""
    place.disk_fails()
    async with place.runs() as process:
        await process.hears(*RATES, "Mucho rato", "borrar")
        # In one delivery, so that they go on under the same number.
        await process.intake.submit([process.event("sí"), process.event("hola")])
    place.clock.goes_on(hours=1)
    await says(place, *RATES, f"{MARK} me atendió mal")
    return await place.copied()


async def test_who_began_afresh_and_was_erased_again_stays_so_although_the_journal_failed(
    place: Place,
) -> None:
    copy = await begins_afresh(place)
    assert await place.marks() != []
    place.clock.goes_on(hours=1)
    await says(place, *ERASES)
    await place.put_back(copy)
    assert await place.marks() == []


@on_sqlite
async def test_who_was_erased_long_before_the_copy_and_began_afresh_is_not_erased(
    place: Place,
) -> None:
    copy = await begins_afresh(place)
    assert (await place.put_back(copy)).erased_again == 0
    assert "answers" in await place.marks()


@on_sqlite
async def test_an_erasure_waits_while_the_journals_disk_hangs_and_is_acknowledged_all_the_same(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pipeline.erasure_journal.PATIENCE_S", 0.05)
    forever = asyncio.Event()

    async def hangs(*_: object) -> int:
        await forever.wait()
        return 0

    monkeypatch.setattr("bot.pipeline.erasure_journal.write_journal", hangs)
    await says(place, *RATES, f"{MARK} me atendió mal")
    copy = await place.copied()
    async with place.runs() as process:
        async with asyncio.timeout(5):
            await process.hears(*ERASES)
        assert len(await process.rows("SELECT * FROM erasures_pending")) == 1
    await place.put_back(copy)
    assert await place.marks() == []


@on_sqlite
async def test_a_journal_that_cannot_be_read_stops_the_restore(place: Place) -> None:
    await says(place, *RATES, f"{MARK} me atendió mal")
    copy = await place.copied()
    place.journal.parent.mkdir(parents=True, exist_ok=True)
    place.journal.symlink_to(place.journal)
    with pytest.raises(OperatorError, match="volvería lo que personas pidieron borrar"):
        await place.put_back(copy)


@on_sqlite
@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"no es un registro\n",
        lambda whole: bytes(len(whole)),
        lambda whole: whole + b"\x00\x00\x00\n",
        lambda whole: whole.replace(b"contact", b"c0ntact"),
        lambda whole: whole[: len(whole) // 2] + b"x" + whole[len(whole) // 2 :],
        lambda whole: b'{"contact":-1,"at":"2026-11-18T15:00:00Z"}\n' + whole,
    ],
    ids=["another file", "zeros", "zeros at the end", "another key", "a letter more", "no id"],
)
async def test_a_journal_that_says_nothing_stops_the_restore_unless_it_may(
    place: Place, damage: Callable[[bytes], bytes]
) -> None:
    await says(place, *RATES, f"{MARK} me atendió mal")
    copy = await place.copied()
    await says(place, *ERASES)
    whole = place.journal.read_bytes()
    place.journal.write_bytes(damage(whole))
    with pytest.raises(OperatorError, match="no se entiende") as refused:
        await place.put_back(copy)
    assert "\n" not in str(refused.value)
    await place.put_back(copy, damaged_journal=True)
    place.journal.write_bytes(whole)
    await place.put_back(copy)
    assert await place.marks() == []


@on_sqlite
async def test_a_line_that_a_kill_cut_off_stops_nothing(place: Place) -> None:
    await says(place, *RATES, f"{MARK} me atendió mal")
    copy = await place.copied()
    await says(place, *ERASES)
    whole = place.journal.read_bytes().strip()
    for length in range(len(whole)):
        place.journal.write_bytes(whole[:length] + b"\n\n" + whole + b"\n")
        assert len(erasure.read_journal(place.journal)) == 1, whole[:length]
    assert (await place.put_back(copy)).erased_again == 1


@on_sqlite
async def test_an_erasure_of_before_the_copy_that_reached_no_journal_is_in_the_copy(
    place: Place,
) -> None:
    place.disk_fails()
    await says(place, *RATES, f"{MARK} me atendió mal", *ERASES)
    place.clock.goes_on(hours=timedelta(days=1) // timedelta(hours=1))
    copy = await place.copied()
    await place.put_back(copy)
    assert await place.marks() == []
    pending = await place.database.read(erasure.pending_erasures)
    assert len(pending) == 1, "and is still to be written down"
