"""Parts of a rating that are kept, changed or taken back in one message."""

from __future__ import annotations

import re

import pytest

from handlers.facts.responses import AnswerGiven, AnswerWithdrawn
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import rating

TOLD = "demoran mucho"


def rated(release: Release, grade: str, *then: str, area: str = "tránsito") -> Chat:
    chat = rating(release, area)
    for text in (grade, *then):
        chat.says(text)
    return chat


@pytest.mark.parametrize("then", [(TOLD,), (TOLD, "listo")])
@pytest.mark.parametrize(
    "text",
    [
        "deje el 1 pero borre las palabras",
        "mantenga el 1 y quite el comentario",
        "borre las palabras, el 1 lo deja",
        "que el 1 siga pero lo que escribí no",
        "la nota me la deja y el comentario lo borra",
        "mejor no ponga lo que escribí",
    ],
)
def test_words_are_taken_back_and_the_grade_stays(
    release: Release, text: str, then: tuple[str, ...]
) -> None:
    chat = rated(release, "1", *then)
    before = len(chat.facts)
    assert "¿Borro lo último de su comentario para Tránsito? La nota queda igual." in chat.says(
        text
    )
    assert len(chat.facts) == before
    chat.says("sí")
    assert [fact.question for fact in chat.recorded(AnswerWithdrawn)] == ["words"]
    assert chat.state.rated[-1].grade == 1


@pytest.mark.parametrize("then", [(TOLD,), (TOLD, "listo")])
@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("pero póngame el 4 no más, y que diga que la señora muy atenta", "la señora muy atenta"),
        ("deje el 4 y agregue que no había sillas", "no había sillas"),
        ("ah y que no sea culpa de ella, era poca gente", "no sea culpa de ella, era poca gente"),
        ("y que conste que el guardia ayudó", "el guardia ayudó"),
    ],
)
def test_what_goes_on_with_a_comment_is_added_to_it(
    release: Release, text: str, added: str, then: tuple[str, ...]
) -> None:
    chat = rated(release, "4", *then)
    assert "Lo sumé a su comentario" in chat.says(text)
    assert chat.recorded(AnswerGiven)[-1].value == f"{TOLD}\n{added}"


@pytest.mark.parametrize(
    "text", ["ah y que papeles piden para la licencia", "ah y que hora cierran", "y qué cuesta"]
)
@pytest.mark.parametrize("then", [(TOLD,), (TOLD, "listo")])
def test_a_question_that_begins_so_is_no_part_of_a_comment(
    release: Release, text: str, then: tuple[str, ...]
) -> None:
    chat = rated(release, "4", *then)
    before = chat.recorded(AnswerGiven)
    chat.says(text)
    assert chat.recorded(AnswerGiven) == before


@pytest.mark.parametrize(
    "then", [(TOLD,), (TOLD, "no quiero que salga mi nombre"), (TOLD, "listo")]
)
def test_the_name_of_who_writes_is_said_not_to_be_shown(
    release: Release, then: tuple[str, ...]
) -> None:
    chat = rated(release, "2", *then)
    before = len(chat.facts)
    said = chat.says("no, dejarlo. solo digo que no aparezca mi nombre")
    assert "Su nombre no aparece" in said
    assert len(chat.facts) == before


def test_the_name_of_who_writes_leaves_a_comment_that_says_it(release: Release) -> None:
    chat = rated(release, "2", "soy Juan Pérez y me trataron mal")
    assert "soy [nombre] y me trataron mal" in chat.says("quite mi nombre")


@pytest.mark.parametrize("then", [(), (TOLD,), (TOLD, "listo")])
@pytest.mark.parametrize(
    ("area", "text", "moved"),
    [
        (
            "biblioteca",
            "ni la biblioteca ni el 1. es deportes y un 6",
            "¿Paso .* a Deportes.* un 6",
        ),
        ("tránsito", "no era tránsito era obras y no un 1 sino un 3", "¿Paso .* Obras.* un 3"),
        ("tránsito", "ni un 1 ni en tránsito, fue en la omil con un 4", "¿Paso .* Empleo.* un 4"),
        (
            "tránsito",
            "quise poner 3 y era a la biblioteca no a tránsito",
            "¿Paso .* Cultura.* un 3",
        ),
        ("tránsito", "the 1 is not for traffic, it's the library and a 3", ".* Cultura.* be 3"),
    ],
)
def test_another_area_and_grade_than_are_denied_are_asked_about(
    release: Release, area: str, text: str, moved: str, then: tuple[str, ...]
) -> None:
    chat = rated(release, "1", *then, area=area)
    before = len(chat.facts)
    assert re.search(moved, chat.says(text))
    assert len(chat.facts) == before


def test_an_area_by_its_short_name_is_no_card_that_has_the_word(release: Release) -> None:
    chat = rated(release, "5", "listo")
    assert "a Aseo y Áreas Verdes?" in chat.says("la nota era para aseo no para tránsito")


@pytest.mark.parametrize(
    ("text", "grade"), [("dije 6 no 5", 6), ("6, no 5", 6), ("6 no, 5", 5), ("no 6, 5", 5)]
)
def test_a_grade_that_is_denied_is_not_the_one_that_is_meant(
    release: Release, text: str, grade: int
) -> None:
    chat = rated(release, "6")
    chat.says(text)
    assert chat.state.rated[-1].grade == grade
