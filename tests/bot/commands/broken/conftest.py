"""Content of the town's own, to be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bot.commands.conftest import Installation


def own(town: Installation, town_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = town.folder / "own"
    shutil.copytree(town_folder, folder, dirs_exist_ok=True)
    monkeypatch.setenv("OPINA_MUNICIPALITY__CONTENT", str(folder))
    return folder


@pytest.fixture
def content(town: Installation, town_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the town's content, configured, to be broken."""
    return own(town, town_folder, monkeypatch)
