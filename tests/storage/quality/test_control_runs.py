"""Records of control runs: made once, and read from all that was published before."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from handlers.quality.blocks import Block
from handlers.quality.control import control_run
from handlers.quality.weeks import IsoWeek
from storage.quality import control, digests
from storage.quality.digests import PublishedDigest
from tests.storage.scene import WEDNESDAY, Scene

WEEK = IsoWeek(2026, 47)


async def test_a_run_never_changes(scene: Scene) -> None:
    assert await scene.read(lambda tx: control.kept_run(tx, WEEK)) is None
    first = control_run(WEEK, {}, ["obras"], WEDNESDAY)
    later = control_run(WEEK, {}, ["obras", "aseo"], WEDNESDAY + timedelta(days=1))
    assert await scene.write(lambda tx: control.keep_run(tx, first)) == first
    assert await scene.write(lambda tx: control.keep_run(tx, later)) == first
    assert await scene.read(lambda tx: control.kept_run(tx, WEEK)) == first
    assert await scene.read(lambda tx: control.kept_run(tx, WEEK.shifted(1))) is None


async def test_a_run_reads_all_that_was_published_up_to_its_week(scene: Scene) -> None:
    weeks = [WEEK.shifted(-150), WEEK.shifted(-1), WEEK, WEEK.shifted(1)]
    blocks = [Block("obras", week, week, 20, 60) for week in weeks]

    def publish(tx: Connection) -> None:
        for before, block in zip([None, *weeks], blocks, strict=False):
            assert digests.publish(tx, PublishedDigest(block.last, WEDNESDAY, b""), [block], before)

    await scene.write(publish)
    found = await scene.read(lambda tx: control.blocks_up_to(tx, WEEK))
    assert found == {"obras": blocks[:3]}
