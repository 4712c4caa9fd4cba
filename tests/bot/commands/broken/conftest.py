"""Content of the town's own, to be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bot.commands.conftest import Installation


def own(cli: Installation, small_content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = cli.folder / "own"
    shutil.copytree(small_content, folder, dirs_exist_ok=True)
    monkeypatch.setenv("OPINA_MUNICIPALITY__CONTENT", str(folder))
    return folder


@pytest.fixture
def content(cli: Installation, small_content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the town's content, configured, to be broken."""
    return own(cli, small_content, monkeypatch)
