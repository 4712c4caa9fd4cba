"""The panel, on SQLite; what differs between databases is storage's to test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handlers.release import Release
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.web.panel.served_panel import ServedPanel, open_panel


@pytest.fixture
async def panel(sqlite_url: str, keyring: Keyring, release: Release) -> AsyncIterator[ServedPanel]:
    """An empty panel with the packaged content."""
    database = await open_database(sqlite_url)
    async with open_panel(database, keyring, release) as opened:
        yield opened
    await database.close()
