"""Weeks as they are published, with a figure of every area, for what looks back on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec

from handlers.quality.blocks import Block
from handlers.quality.figures import Digest
from handlers.quality.weeks import IsoWeek
from storage.engine.database import Database
from storage.quality import digests

MUNICIPALITY = "Prueba"
SHARE, LEAST, MOST = 0.75, 50, 90  # of each area and week


async def publish(
    database: Database, areas: Iterable[str], random: Random, week: IsoWeek, before: IsoWeek | None
) -> None:
    """A week in which a block of every area closed. ``before``: the week published last."""
    blocks = []
    for area in areas:
        n = random.randint(LEAST, MOST)
        satisfied = sum(random.random() < SHARE for _ in range(n))
        blocks.append(Block(area, week, week, satisfied, n))
    digest = Digest(str(week), MUNICIPALITY, over(week), True, None, ())
    made = digests.Published(week, over(week), msgspec.json.encode(digest))
    await database.write(lambda tx: digests.publish(tx, made, blocks, before))


def over(week: IsoWeek) -> datetime:
    """On the Monday after."""
    return datetime.combine(week.sunday, datetime.min.time(), UTC) + timedelta(days=1, hours=12)
