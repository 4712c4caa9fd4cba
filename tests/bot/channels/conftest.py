"""What the tests of every platform share: a clock that they move, and the client for calls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.channels.http.client import HttpClient
from tests.bot.one_process import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    async with HttpClient() as running:
        yield running
