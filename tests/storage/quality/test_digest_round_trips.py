"""A digest's numbers come in two round trips at most, however many weeks are open or published."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event

from handlers.quality.weeks import IsoWeek
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.quality.digests import PublishedDigest, publish
from storage.quality.week_rows import week_numbers
from tests.storage.scene import WEDNESDAY, Said, Scene, closed, grade, opened, sender

WEEK = IsoWeek(2026, 47)
ROUND_TRIPS = 2


@pytest.fixture
async def postgres_scene(postgres_url: str, keyring: Keyring) -> AsyncIterator[Scene]:
    database = await open_database(postgres_url)
    yield Scene(database, keyring)
    await database.close()


def statements_of(tx: Connection, week: IsoWeek) -> tuple[int, list[str]]:
    """How many grades the numbers hold, and the statements that were sent for them."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(tx, "before_cursor_execute", note)
    try:
        areas, _ = week_numbers(tx, week)
    finally:
        event.remove(tx, "before_cursor_execute", note)
    return sum(one.graded for one in areas.values()), sent


async def test_the_numbers_of_a_digest_are_two_round_trips(postgres_scene: Scene) -> None:
    scene = postgres_scene
    for ago in range(4):
        at = WEDNESDAY - timedelta(weeks=ago)
        turn = [opened(ago), grade(ago, 6), closed(ago)]
        await scene.take(Said(sender(str(ago)), turn, at=at))
    graded, sent = await scene.read(lambda tx: statements_of(tx, WEEK))
    assert (graded, len(sent)) == (1, 1)  # nothing is published: no week is open but this
    first = PublishedDigest(WEEK.shifted(-4), WEDNESDAY, b"{}")
    assert await scene.write(lambda tx: publish(tx, first, (), None)) is first
    graded, sent = await scene.read(lambda tx: statements_of(tx, WEEK))
    assert graded == 1
    assert 1 < len(sent) <= ROUND_TRIPS
