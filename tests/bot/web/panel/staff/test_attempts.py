"""Storms of attempts to get into the panel."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.web.panel.attempts import PER_NETWORK, REFUSED_FOR, Attempts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from tests.storage.scene import WEDNESDAY

STORM = 200


class Counting:
    """Attempts that a test makes: how many the database carried out, and how many at once."""

    def __init__(self) -> None:
        self.carried_out = 0

    def succeeds(self, _: Connection) -> str:
        self.carried_out += 1
        return "in"

    def fails(self, _: Connection) -> str | None:
        self.carried_out += 1
        return None


@pytest.fixture
def attempts(database: Database, keyring: Keyring) -> Attempts:
    return Attempts(database, keyring)


async def test_a_storm_of_one_address_is_refused_and_others_get_in(attempts: Attempts) -> None:
    tried = Counting()
    storm = [attempts.make("6.6.6.6", WEDNESDAY, tried.succeeds) for _ in range(STORM)]
    answers = await asyncio.gather(*storm)
    assert (answers.count("in"), tried.carried_out) == (PER_NETWORK, PER_NETWORK)
    assert await attempts.make("10.0.0.1", WEDNESDAY, tried.succeeds) == "in"


async def test_who_was_refused_is_refused_without_the_database_and_asks_it_again_later(
    attempts: Attempts, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, asked, write = Counting(), [], database.write

    async def noted(f):
        asked.append(f)
        return await write(f)

    monkeypatch.setattr(database, "write", noted)
    for _ in range(STORM):
        await attempts.make("6.6.6.6", WEDNESDAY, tried.succeeds)
    assert len(asked) == PER_NETWORK + 1
    later = WEDNESDAY + REFUSED_FOR
    assert await attempts.make("6.6.6.6", later, tried.succeeds) is None
    assert len(asked) == PER_NETWORK + 2
    much_later = WEDNESDAY + timedelta(minutes=16)
    assert await attempts.make("6.6.6.6", much_later, tried.succeeds) == "in"


async def test_links_that_are_none_count_and_those_that_let_in_do_not(attempts: Attempts) -> None:
    tried = Counting()
    for _ in range(PER_NETWORK):
        assert await attempts.make_uncounted("10.0.0.1", WEDNESDAY, tried.succeeds) == "in"
    storm = [attempts.make_uncounted("10.0.0.1", WEDNESDAY, tried.fails) for _ in range(STORM)]
    assert set(await asyncio.gather(*storm)) == {None}
    assert tried.carried_out == 2 * PER_NETWORK + 1
    assert await attempts.make("10.0.0.1", WEDNESDAY, tried.succeeds) is None


async def test_a_clock_that_is_put_back_keeps_nobody_refused(attempts: Attempts) -> None:
    tried = Counting()
    for _ in range(PER_NETWORK + 1):
        await attempts.make("10.0.0.1", WEDNESDAY, tried.succeeds)
    before = WEDNESDAY - timedelta(days=1)
    assert await attempts.make("10.0.0.1", before, tried.succeeds) == "in"
