"""The words of a language are content: read from a folder, checked, and enough for another one."""

from __future__ import annotations

import shutil
import tomllib
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
    assert len(load_languages(tmp_path, problems)) == 5
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
        ("dates.toml", "months = ['jan']", "dates.toml: months: tiene 1 y se esperan 12 o más"),
        ("acts.toml", "asks = ['x', 3]", "language/en/acts.toml: asks[2]: «3» no sirve; se espera"),
        ("vague.toml", "words = {'' = ['x']}", "language/en/vague.toml: words.«»: «» no sirve"),
        ("moods.toml", "praise = true", "language/en/moods.toml: praise: «true» no sirve"),
        (
            "acts.toml",
            "asks = ['... how']",
            "asks: '... how' no se puede leer: no se entiende; la frase empieza",
        ),
        ("personal.toml", "street = ['calle']", "language/en/personal.toml: street: «street» no"),
        ("acts.toml", "called_help = ['<who>']", "called_help: '<who>' no se puede leer"),
        ("acts.toml", "asks = ['<how>']", "asks: '<how>' no se puede leer: nombra un grupo"),
        (
            "acts.toml",
            "asks = ['a walk-in']",
            "«walk-in» no es una palabra; escriba «walk in», sin",
        ),
        (
            "acts.toml",
            "asks = ['how =a? much']",
            "«=a» no es una palabra; el = va solo al comienzo",
        ),
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


def test_a_mistake_in_the_packaged_words_is_named_as_well(tmp_path: Path) -> None:
    """Once for each that loads them, although they are read once."""
    packaged = tmp_path / "packaged"
    (packaged / "en").mkdir(parents=True)
    (packaged / "en" / "acts.toml").write_text("asks = ['a walk-in']")
    for _ in range(2):
        problems: list[str] = []
        load_languages(tmp_path, problems, packaged)
        assert len(problems) == 1
        assert problems[0].startswith("language/en/acts.toml: asks: 'a walk-in' no se puede leer")


def test_a_release_is_refused_for_a_mistake_in_its_words(folder: Path) -> None:
    (folder / "language" / "en" / "moods.toml").write_text("praise = 3")
    with pytest.raises(ContentError, match=r"language/en/moods\.toml: praise: "):
        load_release(folder)


def test_every_key_of_another_type_is_told_in_spanish(folder: Path) -> None:
    for other in ("es-CL", "fr", "ht", "pt"):
        shutil.rmtree(folder / "language" / other)
    odd = ("3", "true", "{x = 1}", "[{}]", "2026-01-01", '[["x"]]', "nan")
    found: list[str] = []
    for number, path in enumerate(sorted((folder / "language" / "en").glob("*.toml"))):
        text = path.read_text(encoding="utf-8")
        for place, key in enumerate(tomllib.loads(text)):
            path.write_text(f"{key} = {odd[(number + place) % len(odd)]}\n", encoding="utf-8")
            problems: list[str] = []
            load_languages(folder, problems)
            assert all(line.startswith(f"language/en/{path.name}: {key}") for line in problems)
            found += problems
        path.write_text(text, encoding="utf-8")
    assert len(found) > 50
    assert not [line for line in found if "se espera" not in line]
    assert not [line for line in found if "otra cosa" in line or "Input" in line]
