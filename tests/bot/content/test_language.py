"""The words of a language are content: read from a folder, checked, and enough for another one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.language import PACKAGED, load_languages
from bot.content.release import PACKAGED as LA_SERENA
from bot.content.release import load_release
from handlers.errors import ContentError
from tests.handlers.chat import Chat


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A municipality's own content folder, with words of its own."""
    content = Path(shutil.copytree(LA_SERENA, tmp_path / "content"))
    shutil.copytree(PACKAGED, content / "language")
    return content


def test_a_content_folder_without_words_has_the_packaged_ones(tmp_path: Path) -> None:
    problems: list[str] = []
    assert len(load_languages(tmp_path, problems)) == 4
    assert problems == []


def test_another_language_is_understood_without_any_code(folder: Path) -> None:
    arn = folder / "language" / "arn"
    arn.mkdir()
    (arn / "numbers.toml").write_text('[words]\n"kiñe" = 1\nregle = 7\n', encoding="utf-8")
    (arn / "grades.toml").write_text('around = "ta"\ncues = "ta"\nbounds = ["kam"]\n')
    chat = Chat(load_release(folder))
    chat.says("calificar")
    chat.says("transito")
    assert "Anoté un 7" not in chat.says("kam regle")
    assert "Anoté un 7" in chat.says("ta regle")


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            "moods.toml",
            "prase = 'bien'",
            "language/en/moods.toml: prase: esa clave no existe; ¿quiso decir praise?",
        ),
        (
            "acts.toml",
            "[words]\nhow = ['how']",
            "language/en/acts.toml: words.how: no sirve; se espera un texto entre comillas",
        ),
        (
            "grades.toml",
            "bounds = ['... than']",
            "grades.toml: bounds: '... than' no se puede leer",
        ),
        ("feelings.toml", "a = 1", "language/en/feelings.toml: no se usa; los archivos son"),
        ("moods.toml", "praise = [", "language/en/moods.toml: no es TOML"),
        (
            "numbers.toml",
            "[words]\none = 'x'",
            "language/en/numbers.toml: words.one: «x» no sirve; se espera un número entero",
        ),
        ("dates.toml", "months = ['jan']", "language/en/dates.toml: months: no sirve; se espera"),
        (
            "acts.toml",
            "asks = ['... how']",
            "asks: '... how' no se puede leer: no se entiende; la frase empieza",
        ),
        ("acts.toml", "asks = ['<how>']", "asks: '<how>' no se puede leer: nombra un grupo"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(
    folder: Path, file: str, text: str, expected: str
) -> None:
    (folder / "language" / "en" / file).write_text(text, encoding="utf-8")
    problems: list[str] = []
    load_languages(folder, problems)
    assert len(problems) == 1
    assert expected in problems[0]


def test_a_release_is_refused_for_a_mistake_in_its_words(folder: Path) -> None:
    (folder / "language" / "en" / "moods.toml").write_text("praise = 3")
    with pytest.raises(ContentError, match=r"language/en/moods\.toml: praise: "):
        load_release(folder)
