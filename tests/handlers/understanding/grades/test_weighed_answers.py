"""Grades with two sides: a yes with a but, several things graded, a reason, beside a case."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended
from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import rating

PROPOSED = "creo que a la biblioteca un 6"


def given(chat: Chat) -> list[tuple[str, str]]:
    return [(fact.subject.area, fact.value) for fact in chat.recorded(AnswerGiven)]


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ((PROPOSED,), "sí, pero la persona de ahí hablaba muy rápido", "hablaba muy rápido"),
        ((PROPOSED,), "si aunque el baño estaba cerrado", "el baño estaba cerrado"),
        ((PROPOSED,), "sí pero no me explicaron bien", "no me explicaron bien"),
        (("maybe a 6 for the library",), "yes, but they talked too fast", "they talked too fast"),
        (
            ("kreyòl", "bibliyotèk la te byen, yon 6 petèt"),
            "Wi, men moun ki te la a te pale twò vit",
            "moun ki te la a te pale twò vit",
        ),
    ],
)
def test_a_yes_with_a_but_is_noted_with_what_it_says(
    release: Release, before: tuple[str, ...], text: str, told: str
) -> None:
    chat = Chat(release)
    for said in before:
        chat.says(said)
    assert not given(chat)
    chat.says(text)
    (grade, comment) = given(chat)
    assert grade == ("cultura", "6")
    assert comment[1].endswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "sí, pero no fue ahí",
        "si pero no era en la biblioteca",
        "sí pero mejor no",
        "sí, pero en la otra oficina",
    ],
)
def test_a_yes_that_is_taken_back_notes_nothing(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(PROPOSED)
    chat.says(text)
    assert not given(chat)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ni la biblioteca ni el 6. es deportes y un 3", "¿Le pongo un 3 a Deportes?"),
        ("no a la biblioteca, a deportes un 4", "¿Le pongo un 4 a Deportes?"),
    ],
)
def test_another_area_and_grade_than_were_proposed_are_asked_about(
    release: Release, text: str, asked: str
) -> None:
    chat = Chat(release)
    chat.says(PROPOSED)
    assert asked in chat.says(text)
    assert not given(chat)


def test_another_area_with_its_grade_is_asked_about_where_one_is_asked_for(
    release: Release,
) -> None:
    chat = rating(release)
    asked = chat.says("no es tránsito, es obras y les pongo un 3")
    assert "¿Le pongo un 3 a Dirección de Obras (DOM)?" in asked


@pytest.mark.parametrize(
    "text",
    [
        "7 = la atención, 3 = la espera",
        "la atención un 7 y la espera un 3",
        "7 la niña, 6 el guardia",
        "el trato 6, el tiempo 2, el baño 1",
    ],
)
def test_of_grades_for_several_things_one_is_asked_for_and_the_words_kept(
    release: Release, text: str
) -> None:
    chat = rating(release)
    assert "lleva una sola nota" in chat.says(text)
    assert not given(chat)
    chat.says("5")
    chat.says("listo")
    assert [value for _, value in given(chat)] == ["5", text]


@pytest.mark.parametrize("text", ["coma siete", "siete coma, muy amables"])
def test_a_comma_that_is_dictated_leaves_the_grade_to_be_confirmed(
    release: Release, text: str
) -> None:
    chat = rating(release)
    assert "¿Le pongo un 7 a Tránsito?" in chat.says(text)


def test_a_reason_that_came_with_the_grade_is_not_asked_for(release: Release) -> None:
    chat = Chat(release)
    chat.says("le pongo un 3 al aseo porque el camión no pasa los viernes por la antena")
    said = chat.says("si po")
    assert "influyó" not in said
    assert given(chat)[-1][1].endswith("porque el camión no pasa los viernes por la antena")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("gracias. ah y póngale nota 2 a obras", "¿Le pongo un 2 a Dirección de Obras (DOM)?"),
        ("y los de obras un 2", "¿Le pongo un 2 a Dirección de Obras (DOM)?"),
        ("un 1 para alumbrado", "¿Le pongo un 1 a Alumbrado y Calles?"),
        ("somos 4 familias", ""),
        ("ya fui 3 veces a obras", ""),
    ],
)
def test_a_grade_beside_a_filed_case_is_none_of_its_words(
    release: Release, text: str, asked: str
) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en balmaceda 1200, desde hace un mes")
    chat.says("listo")
    said = chat.says(text)
    assert asked in said
    assert bool(chat.recorded(CaseExtended)) is not bool(asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cementerio 2, todo sucio", "¿Le pongo un 2 a Cementerios?"),
        ("transito 6, rapidos", "¿Le pongo un 6 a Tránsito?"),
        ("playa 4, esquilones", ""),
        ("biblioteca 3, segundo piso", ""),
        ("les pongo un 2 por la basura de mi calle", "Tengo su nota 2"),
    ],
)
def test_an_area_beside_a_number_is_proposed_where_it_is_judged(
    release: Release, text: str, asked: str
) -> None:
    chat = Chat(release)
    said = chat.says(text)
    assert asked in said
    assert ("¿Le pongo" in said) is asked.startswith("¿Le pongo")
    assert not given(chat)
