"""Emergencies are recognised as people write them, and ordinary questions are left alone."""

import tomllib
from pathlib import Path

import pytest

from bot.content.folder import load_content
from handlers.content.model import Content

LA_SERENA = Path(__file__).parents[3] / "bot" / "content" / "la_serena"
PHRASES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("emergency_phrases.toml").read_text(encoding="utf-8")
)
ORDINARY = PHRASES.pop("ordinary")


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(LA_SERENA)


def found(text: str, content: Content) -> str | None:
    rank = content.emergency_phrases.first(text)
    return None if rank is None else content.emergencies[rank].id


@pytest.mark.parametrize(
    ("emergency", "text"), [(known, text) for known, texts in PHRASES.items() for text in texts]
)
def test_an_emergency_is_recognised_as_people_write_it(
    emergency: str, text: str, content: Content
) -> None:
    assert found(text, content) == emergency


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_question_is_no_emergency(text: str, content: Content) -> None:
    assert found(text, content) is None


@pytest.mark.parametrize(
    "text", [text for texts in PHRASES.values() for text in texts if len(text.split()) > 1]
)
def test_an_emergency_beside_an_ordinary_question_is_still_one(text: str, content: Content) -> None:
    around = f"hola, vengo por el certificado de bomberos. {text}. y la patente de alcoholes"
    assert found(around, content) is not None


def test_every_emergency_has_its_own_wording(content: Content) -> None:
    assert {emergency.reply for emergency in content.emergencies} == {
        "emergency-animal",
        "emergency-rescue",
        "emergency-water",
        "emergency-child",
        "emergency-crime",
        "emergency-disaster",
        "emergency-fire",
        "emergency-gas",
        "emergency-hazard",
        "emergency-lost",
        "emergency-medical",
        "emergency-suicide",
        "emergency-violence",
    }


def test_capitals_emojis_and_punctuation_make_no_difference(content: Content) -> None:
    assert found("🔥🔥 ¡¡¡HAY UN INCENDIO!!! 🔥🔥", content) == "incendio"


def test_what_says_nothing_is_no_emergency(content: Content) -> None:
    assert [found(text, content) for text in ("", "😡😡", "7", "???")] == [None] * 4
