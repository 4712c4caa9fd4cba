"""Data that every revision since the first left behind is migrated, and the service goes on."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from bot.jobs.data import backups
from bot.jobs.data.backups import KEYS
from handlers.messages import Channel
from handlers.quality.blocks import Block
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.backup import check_rows
from storage.contacts.events import former_keys_matter
from storage.engine import schema
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.quality.control import blocks_up_to
from storage.responses import sums
from storage.tables.quality import published_digests
from tests import postgres
from tests.bot.one_process import WEDNESDAY, Clock, FakeChannel, opened, until

HERE = Path(__file__).parent
WAITING = 2  # replies over WhatsApp: of one it is unknown whether it arrived, one was put off
MIGRATE = (
    "import asyncio, sys; from storage.engine.schema import migrate; "
    "asyncio.run(migrate(sys.argv[1]))"
)
REVISIONS = sorted(path.parent.name for path in HERE.glob("*/manifest.json"))
# PostgreSQL takes a second for a start from nothing: a landing tries some, `make long` all of them.
EACH = 1 if os.environ.get("OPINA_EXAMPLES") == "long" else 5
STARTS = [
    *(pytest.param("sqlite", revision) for revision in REVISIONS),
    *(
        pytest.param("postgresql", revision, marks=pytest.mark.postgres)
        for revision in (*REVISIONS[:-1:EACH], REVISIONS[-1])
    ),
]


def ignore(_table: str, _rows: int) -> None:
    """Nobody looks at the progress."""


async def brought_up_to_date(url: str, folder: Path) -> Keyring:
    """The frozen data in the newest schema; its keys."""
    manifest = backups.read_manifest(folder)
    fill = partial(backups.fill, folder=folder, manifest=manifest, advance=ignore)

    def finish(tx: Connection) -> None:
        check_rows(tx)
        assert sums.verify(tx) == []

    await schema.rebuild(url, folder.name, fill, finish)
    return Keyring.read(folder / KEYS)


async def as_it_was_left(url: str, folder: Path) -> None:
    """The frozen data in the schema of its own revision."""
    manifest = backups.read_manifest(folder)

    def run(tx: Connection) -> None:
        config = schema._locked(tx)
        if schema.revision_of(tx) is not None:
            command.downgrade(config, "base")
        command.upgrade(config, folder.name)
        backups.fill(tx, folder, manifest, ignore)

    await schema._run_exclusively(url, run)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> URL | None:
    """PostgreSQL; None: SQLite. It is started here, as no loop runs yet."""
    if request.param == "sqlite":
        return None
    found: URL = request.getfixturevalue("postgres_server")
    return found


@pytest.fixture
async def unmigrated_url(server: URL | None, tmp_path: Path) -> AsyncIterator[str]:
    """No table at all, so that nothing is to be taken back before the old schema."""
    if server is None:
        yield f"sqlite:///{tmp_path}/opina.db"
        return
    async with postgres.empty(server) as url:
        yield url


async def migrates(url: str) -> int | None:
    """The exit code of a process that does nothing else."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MIGRATE, url, stdin=asyncio.subprocess.DEVNULL
    )
    return await process.wait()


def test_data_of_every_revision_is_frozen() -> None:
    scripts = ScriptDirectory.from_config(schema._config())
    known = sorted(script.revision for script in scripts.walk_revisions())
    assert known == REVISIONS, "python -m tests.frozen.make"


@pytest.mark.process
async def test_processes_that_start_at_once_migrate_one_after_the_other(database_url: str) -> None:
    await as_it_was_left(database_url, HERE / REVISIONS[0])
    assert await asyncio.gather(*(migrates(database_url) for _ in range(2))) == [0, 0]
    assert await schema.current_revision(database_url) == schema.newest_revision()
    assert await schema.inspect(database_url, sums.verify) == []


@pytest.mark.parametrize("revision", [REVISIONS[0], REVISIONS[len(REVISIONS) // 2], REVISIONS[-2]])
async def test_a_migration_leaves_no_second_copy_in_the_file(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "opina.db"
    await as_it_was_left(f"sqlite:///{path}", HERE / revision)
    await schema.migrate(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    addresses = [row[0] for row in connection.execute("SELECT address FROM contact_addresses")]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = path.read_bytes()
    assert [content.count(address) for address in addresses] == [1] * len(addresses) != []


@pytest.mark.parametrize(("server", "revision"), STARTS, indirect=["server"])
async def test_the_service_goes_on_with_what_an_older_one_left(
    unmigrated_url: str, release: Release, revision: str
) -> None:
    keyring = await brought_up_to_date(unmigrated_url, HERE / revision)
    assert await schema.current_revision(unmigrated_url) == schema.newest_revision()
    database = await open_database(unmigrated_url)
    former_keys = await database.read(lambda tx: former_keys_matter(tx, WEDNESDAY))
    assert former_keys is (revision < "0004")
    telegram, whatsapp = FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.WHATSAPP)
    clock = Clock(WEDNESDAY + timedelta(minutes=10))
    async with opened(
        database, keyring, release, [telegram, whatsapp], clock=clock, owner="after"
    ) as here:
        answers = await here.rows("SELECT count(*) FROM answers")
        assert answers == [(5,)]
        stops_ratings = await here.rows("SELECT stops_ratings FROM pinned_notices")
        none_frozen = revision < "0012" or revision in ("0013", "0014")
        assert stops_ratings == ([] if none_frozen else [(1,)])
        await here.hears("5", who="paz")  # answers what the older one asked
        assert await here.rows("SELECT count(*) FROM answers") == [(6,)]
        await here.hears("nota", "transito", who="ana")
        here.delivery.nudge()
        await until(lambda: len(whatsapp.told("56900000000")) == WAITING)
        await until(lambda: len(telegram.told("ana")) == 2)
        said = {one.address: one.reply.text for one in telegram.tried}
        assert "Usted ya puso un 3" in said["ana"]
        await here.hears("cambiar", "6", "listo", who="ana")
        await until(lambda: len(telegram.told("ana")) == 5)
        texts = [one.reply.text for one in telegram.tried if one.address == "ana"]
        assert "El motivo que había elegido (Espera) ya no va con esta nota" in texts[-2]
    assert telegram.told("paz") == sorted(telegram.told("paz"))
    assert await database.read(sums.verify) == []
    await database.close()


async def test_digests_published_before_are_read_for_their_blocks(database_url: str) -> None:
    """Two weeks: an area with figures in both, one in the first only, one in neither."""
    await as_it_was_left(database_url, HERE / "0005")

    def area(id_: str, n: int, percent: int) -> dict[str, object]:
        share = {"n": n, "percent": percent, "low": 0, "high": 100} if n else None
        return {"id": id_, "name": id_, "short_name": id_, "satisfied": share}

    weeks = {
        202646: [area("aseo", 31, 71), area("obras", 48, 63), area("turismo", 0, 0)],
        202647: [area("aseo", 40, 75), area("obras", 0, 0), area("turismo", 0, 0)],
    }

    def publish(tx: Connection) -> None:
        for week, areas in weeks.items():
            figures = json.dumps({"week": str(week), "areas": areas}).encode()
            row = {"week": week, "area": "", "made_at": 0, "figures": figures}
            tx.execute(published_digests.insert().values(row))

    await schema._run_exclusively(database_url, publish)
    await schema.migrate(database_url)
    database = await open_database(database_url)
    found = await database.read(lambda tx: blocks_up_to(tx, IsoWeek(2026, 47)))
    await database.close()
    first, second = IsoWeek(2026, 46), IsoWeek(2026, 47)
    assert found == {
        "aseo": [Block("aseo", first, first, 22, 31), Block("aseo", second, second, 30, 40)],
        # Nothing of the second week is gathered again: pools may have told of it.
        "obras": [Block("obras", first, first, 30, 48), Block("obras", second, second, 0, 0)],
        "turismo": [Block("turismo", second, second, 0, 0)],
    }
