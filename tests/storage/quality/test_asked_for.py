"""What was looked up in a week: all of it, wherever the week begins, and nothing else is read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event

from handlers.facts.lookups import LookupMade, LookupResult
from handlers.quality.weeks import IsoWeek
from storage.engine.opening import open_database
from storage.quality import week_rows
from storage.quality.week_rows import AreaNumbers
from tests.storage.scene import Said, Scene, sender

WEEK = IsoWeek(2026, 47)
A_MOMENT = timedelta(microseconds=1)
CARDS = ("before", "first", "last", "after")


def asked(tx: Connection) -> dict[str, int]:
    areas: dict[str, AreaNumbers] = defaultdict(AreaNumbers)
    week_rows._add_asked(tx, WEEK, areas)
    return areas["transito"].asked


@pytest.mark.parametrize("zone", ["America/Santiago", "Pacific/Kiritimati", "Etc/GMT+12"])
async def test_a_lookup_counts_from_the_first_moment_of_the_week_to_its_last(
    scene: Scene, zone: str
) -> None:
    scene.context = replace(scene.context, zone=ZoneInfo(zone))
    begin, over = WEEK.bounds(ZoneInfo(zone))
    moments = (begin - A_MOMENT, begin, over - A_MOMENT, over)
    for card, at in zip(CARDS, moments, strict=True):
        fact = LookupMade("permiso", LookupResult.CARD, card, "transito")
        await scene.take(Said(sender(card), [fact], at=at))
    assert await scene.read(asked) == {"first": 1, "last": 1}


async def test_a_weeks_lookups_are_found_by_their_index(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)

    def plan(tx: Connection) -> list[str]:
        sent: list[tuple[str, object]] = []

        def note(
            _connection: object, _cursor: object, text: str, values: object, *_: object
        ) -> None:
            sent.append((text, values))

        event.listen(tx, "before_cursor_execute", note)
        asked(tx)
        event.remove(tx, "before_cursor_execute", note)
        ((text, values),) = (one for one in sent if "FROM lookups" in one[0])
        return [str(row) for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]

    found = await database.read(plan)
    await database.close()
    assert any("SEARCH lookups USING INDEX ix_lookups_at" in line for line in found), found
