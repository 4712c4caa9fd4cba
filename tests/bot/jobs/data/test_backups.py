"""The restore drill: a copy made while citizens go on comes back and forgets whom it must."""

from __future__ import annotations

import asyncio
import gzip
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from bot.channels.ports import RetryLater
from bot.config import JOURNAL, DatabaseSettings
from bot.jobs.data import backups
from handlers.errors import OperatorError
from handlers.messages import Channel, Sender
from handlers.release import Release
from storage.contacts import contacts, needs
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import current_revision, inspect, newest_revision
from storage.outbox.queue_state import queue_state
from storage.privacy import erasure
from storage.responses import sums
from tests.bot.one_process import FakeChannel, OneProcess, opened, until

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RATES = ("nota", "transito", "3", "espera", "listo")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A file of keys, made anew."""
    path = tmp_path / "here" / "keys.toml"
    Keyring.create(path)
    return path


def ignore(_table: str, _rows: int) -> None:
    """Nobody looks at the progress."""


async def backed_up(database: Database, folder: Path, keys: Path) -> backups.Manifest:
    await asyncio.to_thread(folder.mkdir)
    others = {backups.KEYS: keys, JOURNAL: keys.with_name(JOURNAL)}
    return await database.read(
        partial(backups.write, folder=folder, others=others, now=NOW, advance=ignore)
    )


async def restored(
    folder: Path, url: str, keys: Path, journal: Path | None = None
) -> backups.Restored:
    manifest = backups.read_manifest(folder)
    place = DatabaseSettings(url=url, keys=keys, journal=journal)
    return await backups.restore(folder, manifest, place, NOW, ignore)


def assert_same_secret_file(path: Path, other: Path) -> None:
    assert path.read_bytes() == other.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


async def contact_of(process: OneProcess, who: str) -> contacts.ContactRow | None:
    sender = Sender(Channel.TELEGRAM, "municipality", who)
    return await process.database.read(lambda tx: contacts.contact_of(tx, process.keyring, sender))


async def test_a_copy_of_a_busy_service_comes_back_and_forgets_whom_it_must(
    database: Database, database_url: str, tmp_path: Path, keys: Path, release: Release
) -> None:
    keyring, channel = Keyring.create(keys), FakeChannel()
    copy, journal = tmp_path / "copy", keys.with_name(JOURNAL)
    async with opened(database, keyring, release, [channel]) as process:
        for who in ("ana", "luis"):
            await process.hears(*RATES, who=who)
        going_on = asyncio.create_task(process.hears("Hola", *RATES, who="eva"))
        manifest = await backed_up(database, copy, keys)
        await going_on
        luis = await contact_of(process, "luis")
        assert luis is not None
        await database.write(lambda tx: erasure.erase(tx, [luis.id], NOW))
        await erasure.write_journal(database, journal)
    assert manifest.revision == newest_revision()

    done = await restored(copy, database_url, keys)
    assert done.erased_again == 1
    assert await current_revision(database_url) == newest_revision()
    async with opened(database, keyring, release, [channel], owner="after") as process:
        assert await database.read(sums.verify) == []
        assert await contact_of(process, "luis") is None
        ana = await contact_of(process, "ana")
        assert ana is not None
        heard = len(channel.told("ana"))
        await process.hears("nota", "transito", who="ana")
        await until(lambda: len(channel.told("ana")) == heard + 2)
        last = [one.reply.text for one in channel.tried if one.address == "ana"][-1]
        assert "Usted ya puso un 3" in last


async def test_what_was_on_its_way_is_not_sent_from_a_copy(
    database: Database, database_url: str, tmp_path: Path, keys: Path, release: Release
) -> None:
    later = RetryLater(erasure.KEEP_ADDRESS, code="429")
    keyring = Keyring.create(keys)
    async with opened(
        database, keyring, release, [FakeChannel(Channel.TELEGRAM, later)]
    ) as process:
        await process.hears("Hola")
        await process.until_states("retry")
        await database.write(lambda tx: needs.next_case_number(tx, "LS", 2026))
        await backed_up(database, tmp_path / "copy", keys)
        lost = await database.write(lambda tx: needs.next_case_number(tx, "LS", 2026))
    done = await restored(tmp_path / "copy", database_url, keys)
    assert done.replies_dropped == 1
    assert (await database.read(queue_state)).open_replies == 0
    again = await database.write(lambda tx: needs.next_case_number(tx, "LS", 2026))
    assert again > lost, "numbers given in the lost time stay unused"


async def test_a_copy_of_one_kind_of_database_comes_back_in_the_other(
    database: Database, tmp_path: Path, keys: Path, release: Release
) -> None:
    keyring, channel = Keyring.create(keys), FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears(*RATES, who="ana")
    await backed_up(database, tmp_path / "copy", keys)
    url = f"sqlite:///{tmp_path}/other.db"
    await restored(tmp_path / "copy", url, keys)
    other = await open_database(url)
    try:
        assert await other.read(sums.verify) == []
        async with opened(other, keyring, release, [channel], owner="after") as process:
            assert await contact_of(process, "ana") is not None
            await process.hears("reclamo", "La luminaria de mi pasaje no prende", who="ana")
            await process.hears("saltar", "sí", who="ana")
            rows = await process.rows("SELECT count(*) FROM cases")
            assert rows == [(1,)]
    finally:
        await other.close()


async def test_other_keys_are_refused_and_the_database_stays_as_it_was(
    database: Database, database_url: str, tmp_path: Path, keys: Path, release: Release
) -> None:
    async with opened(database, Keyring.create(keys), release, [FakeChannel()]) as process:
        await process.hears(*RATES, who="ana")
        await backed_up(database, tmp_path / "copy", keys)
        await process.hears(*RATES, who="luis")
        before = await process.rows("SELECT count(*) FROM answers")
        other = tmp_path / "other.toml"
        Keyring.create(other)
        with pytest.raises(OperatorError, match="llaves"):
            await restored(tmp_path / "copy", database_url, other)
        assert await process.rows("SELECT count(*) FROM answers") == before


async def test_an_erasure_from_before_the_copy_is_not_repeated(
    database: Database, database_url: str, tmp_path: Path, keys: Path, release: Release
) -> None:
    keyring = Keyring.create(keys)
    async with opened(database, keyring, release, [FakeChannel()]) as process:
        await process.hears(*RATES, who="ana")
        ana = await contact_of(process, "ana")
        assert ana is not None
        await backed_up(database, tmp_path / "copy", keys)
    line = erasure.Erased(ana.id, NOW - timedelta(days=1))  # and she began afresh
    keys.with_name(JOURNAL).write_bytes(msgspec.json.encode(line) + b"\n")
    assert (await restored(tmp_path / "copy", database_url, keys)).erased_again == 0


@pytest.mark.parametrize("elsewhere", [False, True], ids=["beside the keys", "on another disk"])
async def test_the_copys_own_journal_and_the_one_that_is_there_are_both_repeated(
    database: Database,
    database_url: str,
    tmp_path: Path,
    keys: Path,
    release: Release,
    elsewhere: bool,
) -> None:
    keyring, beside = Keyring.create(keys), keys.with_name(JOURNAL)
    other = tmp_path / "disk" / "erasures.jsonl" if elsewhere else None
    ids = {}
    async with opened(database, keyring, release, [FakeChannel()]) as process:
        for who in ("ana", "luis", "eva"):
            await process.hears(*RATES, who=who)
            found = await contact_of(process, who)
            assert found is not None
            ids[who] = found.id

        def written(journal: Path, who: str) -> None:
            journal.parent.mkdir(exist_ok=True)
            journal.write_bytes(msgspec.json.encode(erasure.Erased(ids[who], NOW)) + b"\n")

        # Ana was erased while the copy was made: the tables came first, then the journal.
        written(beside, "ana")
        await backed_up(database, tmp_path / "copy", keys)
        beside.unlink()
        written(other or beside, "luis")  # after it
    done = await restored(tmp_path / "copy", database_url, keys, other)
    assert done.erased_again == 2
    async with opened(database, keyring, release, [FakeChannel()], owner="after") as process:
        assert [await contact_of(process, who) is None for who in ids] == [True, True, False]


async def test_keys_that_are_lost_come_back_with_the_copy(
    database: Database, tmp_path: Path, keys: Path
) -> None:
    await backed_up(database, tmp_path / "copy", keys)
    there = tmp_path / "there" / "keys.toml"
    url = f"sqlite:///{tmp_path}/there/opina.db"
    await restored(tmp_path / "copy", url, there)
    assert_same_secret_file(there, keys)


@pytest.mark.parametrize("name", ["answers.msgpack.gz", backups.KEYS, backups.MANIFEST])
async def test_a_damaged_copy_is_refused(
    database: Database, tmp_path: Path, keys: Path, name: str
) -> None:
    copy = tmp_path / "copy"
    await backed_up(database, copy, keys)
    with (copy / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(OperatorError, match="dañado"):
        backups.read_manifest(copy)


FORGED = (
    ("value", 5),
    ("grade", "5"),
    ("grade", None),
    ("grade", 2**63),
    ("words", "en claro"),
    ("answered_at", 1.5),
    ("pending", True),
)


async def test_a_forged_copy_whose_values_are_of_another_type_is_refused(
    database: Database, database_url: str, tmp_path: Path, keys: Path, release: Release
) -> None:
    copy = tmp_path / "copy"
    file = copy / "answers.msgpack.gz"
    async with opened(database, Keyring.create(keys), release, [FakeChannel()]) as process:
        await process.hears(*RATES, who="ana")
        manifest = await backed_up(database, copy, keys)
        entry = manifest.tables["answers"]
        (rows,) = backups._rows_of(file)
        # Each restore on PostgreSQL takes a second, and the check is the same.
        for column, value in FORGED if database_url.startswith("sqlite") else FORGED[:2]:
            row = list(rows[0])
            row[entry.columns.index(column)] = value
            data = msgspec.msgpack.encode([row, *rows[1:]])
            with gzip.open(file, "wb") as written:
                written.write(len(data).to_bytes(4, "big") + data)
            digest = backups._sha256(file)
            forged = replace(
                manifest, tables={**manifest.tables, "answers": replace(entry, sha256=digest)}
            )
            (copy / backups.MANIFEST).write_bytes(msgspec.json.encode(forged))
            with pytest.raises(OperatorError, match=r"answers\.msgpack\.gz: está dañado"):
                await restored(copy, database_url, keys)
        assert await process.rows("SELECT count(*) FROM answers") != [(0,)]


async def test_an_empty_database_gives_no_copy(tmp_path: Path, keys: Path) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    assert await inspect(url, lambda tx: tx.dialect.name) == "sqlite"
    database = await open_database(url)
    with pytest.raises(OperatorError, match="vacía"):
        await backed_up(database, tmp_path / "copy", keys)
    await database.close()
