"""Plain questions about the own grade and data, and a person asked for in plain words."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat

CARD = "permiso de circulación"


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("un 6 a la biblioteca, muy amables", "¿y cuándo la leen?", "el lunes"),
        ("un 6 a la biblioteca, muy amables", "cuando van a leer mi nota", "el lunes"),
        ("a 6 for the library, very kind", "how many days until someone reads it?", "on Monday"),
        (
            "a 6 for the library, very kind",
            "no, about my grade. when do they read it?",
            "on Monday",
        ),
        (
            "quiero dejar un reclamo por el frío en la biblioteca|ayer|sí",
            "¿cuándo lo leen?",
            "Plazo",
        ),
        # Words of a comment, and a question of the card.
        ("un 2 a salud, nadie sabe nada", "no me leyeron la receta cuando fui", "Lo sumé"),
        (CARD, "cuándo revisan los autos", "Permiso de circulación"),
    ],
)
def test_when_it_is_read_is_told(release: Release, before: str, text: str, told: str) -> None:
    assert told in _after(release, before).says(text)


@pytest.mark.parametrize(
    ("before", "text", "erases"),
    [
        ("hola", "ya, si no tienen nada igual borren todo", True),
        ("hola", "bórrelo todo no más", True),
        ("hola", "entonces borren todo porfa", True),
        ("hello", "ok just erase everything then", True),
        ("hola", "la muralla de la plaza está rayada entera, borren todo", False),
        ("quiero reclamar", "rayaron la muralla de la plaza, entonces borren todo", False),
    ],
)
def test_erasing_everything_is_asked_about(
    release: Release, before: str, text: str, *, erases: bool
) -> None:
    chat = _after(release, before)
    chat.says(text)
    assert chat.offers("erase") is erases


def test_what_is_left_may_be_seen(release: Release) -> None:
    chat = _after(release, "hola")
    chat.says("y ahora qué les queda mío?")
    assert chat.offers("access-yes")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("I'd rather ask a person then", True),
        ("prefiero preguntarle a una persona", True),
        ("mejor le pregunto a alguien", True),
        ("prefiero que me responda una persona", True),
        ("le pregunté a una persona en el mesón y no sabía nada", False),
        ("I asked a person at the desk and nobody knew", False),
    ],
)
def test_a_person_is_asked_for_behind_a_card(release: Release, text: str, *, asks: bool) -> None:
    chat = _after(release, CARD)
    chat.says(text)
    opened = [case.kind for case in chat.recorded(CaseOpened)]
    assert opened == ([CaseKind.PERSON] if asks else [])


def _after(release: Release, before: str) -> Chat:
    chat = Chat(release)
    for text in before.split("|"):
        chat.says(text)
    return chat
