"""Grades for several areas in one message: each is asked about, none is lost, none is guessed."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import rating

Grades = list[tuple[int, str]]


def proposed(chat: Chat) -> Grades:
    """The grade that is asked about, and those that are asked about after it."""
    state = chat.state
    first = () if state.proposal is None else (state.proposal,)
    return [(one.grade, one.area) for one in (*first, *state.next_grades)]


def noted(chat: Chat) -> Grades:
    given = [fact for fact in chat.recorded(AnswerGiven) if fact.grade]
    return [(fact.grade, fact.subject.area) for fact in given]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("un 5 para la basura y el simitye", [(5, "aseo"), (5, "cementerios")]),
        ("puse 6 en tránsito y 2 en la biblioteca", [(6, "transito"), (2, "cultura")]),
        (
            "7 pa la oficina d la mujer y 2 pal departamento social",
            [(7, "mujer"), (2, "social")],
        ),
        ("biblioteca siete tránsito tres", [(7, "cultura"), (3, "transito")]),
        ("a 5 for the rubbish and the simitye", [(5, "aseo"), (5, "cementerios")]),
        ("un 3 para tránsito y para los que recogen la basura", [(3, "transito"), (3, "aseo")]),
        ("tránsito y la biblioteca un 6", [(6, "transito"), (6, "cultura")]),
        ("un 6 a obras y al consultorio", [(6, "obras"), (6, "salud")]),
        ("nota 4 para aseo y lo de las becas", [(4, "aseo"), (4, "social")]),
        ("tránsito un 6 y la biblioteca un 2", [(6, "transito"), (2, "cultura")]),
        ("tránsito 6 biblioteca 2", [(6, "transito"), (2, "cultura")]),
        ("un 6 a tránsito un 2 a la biblioteca", [(6, "transito"), (2, "cultura")]),
        ("aseo un 7, seguridad un 2", [(7, "aseo"), (2, "seguridad")]),
        ("a tránsito, que no contesta, un 2 y a obras un 7", [(2, "transito"), (7, "obras")]),
        ("a 6 for traffic and a 2 for the library", [(6, "transito"), (2, "cultura")]),
        ("6 pou biblyotèk la ak 2 pou fatra", [(6, "cultura"), (2, "aseo")]),
        ("un 5 tanto para aseo como para obras", [(5, "aseo"), (5, "obras")]),
        ("un 3 para obras y para los pesados de la basura", [(3, "obras"), (3, "aseo")]),
        ("a tránsito y a los de la luz un 3", [(3, "transito"), (3, "operaciones")]),
        (
            "Fui a tránsito y después al cementerio, en los dos súper bien, un 6",
            [(6, "transito"), (6, "cementerios")],
        ),
        ("patentes y obras, a los dos les pongo un 2", [(2, "patentes"), (2, "obras")]),
        ("un 7 a la biblioteca y un 1 al guardia", [(7, "cultura"), (1, "")]),
    ],
)
def test_the_grades_of_several_areas_are_asked_about_one_by_one(
    release: Release, text: str, grades: Grades
) -> None:
    chat = Chat(release).in_spanish()
    assert "Le pregunto por cada una" in chat.says(text)
    assert proposed(chat) == grades
    assert noted(chat) == []


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("un 3 para tránsito y la atención fue mala", [(3, "transito")]),
        ("un 3 para tránsito y los funcionarios son pesados", [(3, "transito")]),
        ("un 5 para aseo y áreas verdes", [(5, "aseo")]),
        ("un 4 a salud, a veces contestan", [(4, "salud")]),
        ("un 6 para obras, para que mejoren", [(6, "obras")]),
        ("un 7 al cementerio, todo limpio y ordenado", [(7, "cementerios")]),
        ("tránsito: me atendió la caja 3 a las 4, un 6", [(6, "transito")]),
        ("no le pongo un 7 a tránsito y obras", []),
        ("fui a tránsito 2 veces y a obras 3 veces", []),
    ],
)
def test_words_beside_the_grade_of_one_area_are_no_other_area(
    release: Release, text: str, grades: Grades
) -> None:
    chat = Chat(release)
    chat.says(text)
    assert noted(chat) == grades
    assert proposed(chat) == []


def test_an_area_in_other_words_is_no_second_one(release: Release) -> None:
    chat = Chat(release)
    chat.says("un 4 para la oficina donde uno busca pega, la omil")
    assert proposed(chat) == [(4, "empleo")]


def test_a_grade_for_an_area_and_for_one_that_is_not_known_is_asked_about(release: Release) -> None:
    chat = Chat(release)
    assert "¿Se refiere a Aseo" in chat.says("7 pa los del aseo y pa los de la muni")
    assert noted(chat) == []


@pytest.mark.parametrize(
    ("answers", "grades"),
    [
        (("sí", "muy amables", "sí"), [(6, "transito"), (2, "cultura")]),
        (("sí", "listo", "sí"), [(6, "transito"), (2, "cultura")]),
        (("no", "sí"), [(2, "cultura")]),
        (("sí a las dos", "listo", "sí"), [(6, "transito"), (2, "cultura")]),
        (("sí", "listo", "no"), [(6, "transito")]),
        (("sí", "cancelar", "sí"), [(6, "transito")]),
        (("menú", "nota", "obras", "5", "listo", "sí"), [(5, "obras")]),
    ],
)
def test_the_second_grade_is_asked_about_when_the_first_is_settled(
    release: Release, answers: tuple[str, ...], grades: Grades
) -> None:
    chat = Chat(release)
    chat.says("tránsito un 6 y la biblioteca un 2")
    for answer in answers:
        chat.says(answer)
    assert noted(chat) == grades


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("y la biblioteca un 2", [(6, "aseo"), (2, "cultura")]),
        ("y a los de la luz un 2", [(2, "operaciones"), (6, "aseo")]),
        ("a los de aseo un 2", [(2, "aseo")]),
        ("no, a la biblioteca un 6", [(6, "cultura")]),
        ("aseo y cementerio", [(6, "aseo"), (6, "cementerios")]),
        ("mejor dicho a los de la luz", [(6, "operaciones")]),
        ("a la señora del mesón", [(6, "aseo")]),
    ],
)
def test_another_grade_beside_a_proposed_one_is_not_noted_for_its_area(
    release: Release, text: str, grades: Grades
) -> None:
    chat = Chat(release)
    chat.says("un 6 para los de la basura")
    chat.says(text)
    assert proposed(chat) == grades
    assert noted(chat) == []


def test_a_grade_that_waits_is_for_each_of_the_areas_that_are_named(release: Release) -> None:
    chat = Chat(release)
    chat.says("ponles un 6")
    chat.says("aseo y cementerio")
    assert proposed(chat) == [(6, "aseo"), (6, "cementerios")]


@pytest.mark.parametrize(
    "text", ["un 5 para obras y un 3 para tránsito", "un 3, aunque a obras le doy un 5"]
)
def test_the_area_that_is_being_rated_is_asked_about_first(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert proposed(chat) == [(3, "transito"), (5, "obras")]
    chat.says("sí")
    assert noted(chat) == [(3, "transito")]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("un 5 y medio para obras", "Dirección de Obras"),
        ("ponle entre 5 y 6 a tránsito", "Tránsito"),
        ("un 6 y algo para la biblioteca", "Cultura y Biblioteca"),
    ],
)
def test_a_part_of_a_grade_for_an_area_is_asked_for_as_a_whole_one(
    release: Release, text: str, area: str
) -> None:
    chat = Chat(release)
    assert f"Piense en su última atención en {area}" in chat.says(text)
    assert noted(chat) == []


@pytest.mark.parametrize(
    "text", ["clases de natación: profe 7, camarines 2", "consultorio: doctora un 7, el mesón un 2"]
)
def test_grades_for_two_sides_of_one_place_are_asked_for_as_one(
    release: Release, text: str
) -> None:
    chat = Chat(release)
    assert "una sola área" in chat.says(text)
    assert not noted(chat)


def test_two_grades_for_the_two_names_of_one_area_are_asked_for_as_one(release: Release) -> None:
    chat = Chat(release)
    assert "una sola área, Aseo y Áreas Verdes" in chat.says("aseo 3 áreas verdes 6")
    assert not noted(chat)
    chat.says("4")
    assert noted(chat) == [(4, "aseo")]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("¿a qué hora abre el cementerio?", "horario"),
        ("¿cuánto cuesta la licencia?", "Licencia"),
        ("¿quién lee esto?", "Nadie ve su nombre"),
        ("¿qué significa un 5?", "nota más baja"),
        ("hay un hoyo en mi calle", "RECLAMO"),
        ("y estaba sucio el baño?", "No encontré"),
    ],
)
def test_a_question_between_two_grades_is_answered_and_the_second_stays(
    release: Release, text: str, answer: str
) -> None:
    chat = Chat(release)
    for said in ("un 5 para la basura y el simitye", "sí", "listo"):
        chat.says(said)
    assert answer in chat.says(text)
    assert proposed(chat) == [(5, "cementerios")]
    chat.says("sí")
    assert noted(chat) == [(5, "aseo"), (5, "cementerios")]


@pytest.mark.parametrize(
    "text", ["estaba muy sucio y abandonado", "las flores se las roban", "además botan todo"]
)
def test_a_comment_between_two_grades_is_kept_with_the_second(release: Release, text: str) -> None:
    chat = Chat(release)
    for said in ("un 5 para la basura y el simitye", "sí", "listo", text, "sí"):
        chat.says(said)
    assert noted(chat) == [(5, "aseo"), (5, "cementerios")]
    told = chat.state.progress.words if chat.state.progress is not None else ""
    assert text in (told, *chat.answers().values())  # what tells why is its comment at once


def test_no_to_each_of_several_grades_ends_them(release: Release) -> None:
    chat = Chat(release)
    chat.says("un 5 para la basura y el simitye")
    assert "no anoté el 5 para Aseo" in chat.says("no")
    assert "no anoté el 5 para Cementerios" in chat.says("no")
    assert not noted(chat)
    assert not any(option.key.startswith("rate:") for option in chat.reply.options)
