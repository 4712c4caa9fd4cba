"""The scene on which the storage tests play."""

from __future__ import annotations

import pytest

from storage.engine.database import Database
from storage.engine.keyring import Keyring
from tests.storage.scene import Scene


@pytest.fixture
def scene(database: Database, keyring: Keyring) -> Scene:
    """An empty database with its keys: SQLite once, PostgreSQL once."""
    return Scene(database, keyring)
