"""A copy of the packaged folder."""

import shutil
from pathlib import Path

import pytest

from tests.bot.content.broken_folder import LA_SERENA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LA_SERENA, tmp_path / "content"))
