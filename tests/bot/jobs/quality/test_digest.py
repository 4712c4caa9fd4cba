"""A digest is published from sums in one row each, and sent to whoever reads its areas."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.jobs.quality.digest import Wanted, load_digest
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.responses import sums
from tests.storage.scene import Said, Scene, grade, opened, sender

WEEK = IsoWeek(2026, 47)
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_what_several_processes_wrote_is_one_row_once_its_week_is_published(
    database: Database, keyring: Keyring, release: Release
) -> None:
    scene = Scene(database, keyring)
    for response, shard in enumerate((0, 3, 7), 1):
        other = Scene(database, keyring, shard)
        await other.take(Said(sender(f"{shard}"), [opened(response), grade(response, 5)]))
    wanted = Wanted(WEEK, MONDAY)
    preview = await load_digest(database, keyring, release, wanted, freeze=False)
    assert len(await scene.rows("SELECT shard FROM weekly_sums")) == 3
    published = await load_digest(database, keyring, release, wanted, freeze=True)
    assert await scene.rows("SELECT shard, n, c5 FROM weekly_sums") == [(0, 3, 3)]
    assert {row[0] for row in await scene.rows("SELECT shard FROM weekly_counts")} == {0}
    assert await scene.read(sums.verify) == []
    assert published == preview
