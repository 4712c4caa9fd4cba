"""Data that every revision since the first left behind is migrated, and the service goes on."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot import backups
from bot.backups import KEYS
from bot.release_folder import PACKAGED, load_release
from handlers.messages import Channel
from storage import schema, sums
from storage.backup import check_rows
from storage.database import Database
from storage.keyring import Keyring
from tests.bot.town import WEDNESDAY, Clock, FakeChannel, opened, until

HERE = Path(__file__).parent
WAITING = 2  # replies over WhatsApp: of one it is unknown whether it arrived, one was put off
REVISIONS = sorted(path.parent.name for path in HERE.glob("*/manifest.json"))


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


def test_data_of_every_revision_is_frozen() -> None:
    scripts = ScriptDirectory.from_config(schema._config())
    known = sorted(script.revision for script in scripts.walk_revisions())
    assert known == REVISIONS, "python -m tests.frozen.make"


@pytest.mark.parametrize("revision", REVISIONS)
async def test_the_service_goes_on_with_what_an_older_one_left(
    database: Database, database_url: str, revision: str
) -> None:
    keyring = await brought_up_to_date(database_url, HERE / revision)
    telegram, whatsapp = FakeChannel(Channel.TELEGRAM), FakeChannel(Channel.WHATSAPP)
    release = load_release(PACKAGED)
    clock = Clock(WEDNESDAY + timedelta(minutes=10))
    async with opened(
        database, keyring, release, [telegram, whatsapp], clock=clock, owner="after"
    ) as town:
        answers = await town.rows("SELECT count(*) FROM answers")
        assert answers == [(5,)]
        await town.hears("5", who="paz")  # answers what the older one asked
        assert await town.rows("SELECT count(*) FROM answers") == [(6,)]
        await town.hears("nota", "transito", who="ana")
        town.delivery.nudge()
        await until(lambda: len(whatsapp.told("56900000000")) == WAITING)
        await until(lambda: len(telegram.told("ana")) == 2)
    said = {one.address: one.reply.text for one in telegram.tried}
    assert "Usted ya puso un 3" in said["ana"]
    assert telegram.told("paz") == sorted(telegram.told("paz"))
    assert await database.read(sums.verify) == []
