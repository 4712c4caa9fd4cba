"""A copy of the packaged folder in which something is broken, and what is told of it."""

from pathlib import Path

import pytest

from bot.content.folder import load_content
from handlers.errors import ContentError

LA_SERENA = Path(__file__).parents[3] / "bot" / "content" / "la_serena"


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}: the test breaks nothing"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as raised:
        load_content(folder)
    return raised.value.problems


def the_only(problems: list[str], *parts: str) -> None:
    assert len(problems) == 1, problems
    assert all(part in problems[0] for part in parts), problems
