"""Grades and areas that people correct in free words."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.understanding.chats import rating


@pytest.mark.parametrize(
    "text",
    [
        "perdón, era un 3",
        "me equivoqué, quería poner 3",
        "3, no 7",
        "bájele a 3",
        "un 3 en vez del 7",
        "mi nieto apretó el siete, yo quería el tres",
        "creí que el 7 era lo peor, sería un 3",
        "sorry, change it to a three",
        "se cayó todo el sistema así que de 7 bajan a 3",
        "on second thought knock it down to a 3",
        "3 quise poner",
    ],
)
def test_a_grade_is_corrected_and_never_kept_as_a_comment(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("7")
    chat.says(text)
    assert chat.record()["grade"] == "3"
    assert set(chat.record()) == {"grade"}


def test_a_rating_moves_to_the_area_that_was_meant(release: Release) -> None:
    chat = rating(release)
    chat.says("6")
    chat.says("no era tránsito, era salud")
    given = chat.recorded(AnswerGiven)
    assert [(fact.subject.area, fact.grade) for fact in given] == [("transito", 6), ("salud", 6)]
    assert [area.subject.area for area in chat.state.rated] == ["salud"]


@pytest.mark.parametrize(
    ("given", "text", "meant"),
    [
        ("6", "bájele dos puntos a ese 6", 4),
        ("2", "súbale un puntito porfa", 3),
        ("5", "sáquele uno", 4),
        ("6", "un 6 es mucho, bájele uno", 5),
        ("4", "póngale uno más", 5),
        ("4", "retiro lo del 4, se merecen la nota máxima", 7),
        ("6", "retiro lo dicho, nota mínima", 1),
        ("6", "take two points off", 4),
        ("2", "si cambio el 2 por un 5? el guardia se portó un siete", 5),
        ("2", "quise poner el más alto", 7),
        ("4", "súbale al máximo", 7),
        ("6", "fui a obras, que sea un 7", 7),
        ("6", "al revés, 1 es lo mejor, ¿cierto?", 1),
        ("6", "una nota menos, me tuvieron parada", 5),
        ("7", "no si fue malo!! pensé que 1 era lo mejor, póngalo al revés", 1),
        ("2", "creí que el 1 era lo mejor, dé vuelta la nota", 6),
    ],
)
def test_a_correction_that_is_not_plain_is_proposed(
    release: Release, given: str, text: str, meant: int
) -> None:
    chat = rating(release).in_spanish()
    chat.says(given)
    assert f"de {given} a {meant}" in chat.says(text)
    assert list(chat.answers().values()) == [given]


@pytest.mark.parametrize("text", ["era la puerta 6 y no la 4", "yo te fè 2 erè nan non mwen"])
def test_a_number_that_counts_or_names_something_corrects_no_grade(
    release: Release, text: str
) -> None:
    chat = rating(release)
    chat.says("3")
    chat.says(text)
    proposal = chat.state.proposal
    assert proposal is None or not proposal.grade
    assert next(iter(chat.answers().values())) == "3"


def test_a_grade_for_another_area_in_the_middle_of_a_rating_is_proposed(release: Release) -> None:
    chat = rating(release)
    chat.says("6")
    assert "¿Le pongo un 5 a Cultura" in chat.says("no, quiero poner un 5 a la biblioteca")
    chat.says("sí")
    assert sorted(chat.answers().values()) == ["5", "6"]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("7", "siete no, siete es mucho"),
        ("4", "nooo yo no dije 4"),
        ("4", "póngalo al revés"),
        ("3", "no estoy de acuerdo con la nota que puse"),
        ("1", "pucha creo q lo entendi al reves yo pense q el 1 era lo mejor"),
    ],
)
def test_a_grade_that_is_not_to_stand_is_asked_for_and_not_told_as_a_comment(
    release: Release, given: str, text: str
) -> None:
    chat = rating(release)
    chat.says(given)
    chat.says(text)
    assert chat.offers("change") or chat.offers("g:7")
    assert list(chat.answers().values()) == [given]


@pytest.mark.parametrize("text", ["perdón, un 4", "me equivoqué, era un 4", "no, era un 4"])
def test_a_corrected_grade_is_no_number_of_the_list_of_reasons(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("2")
    chat.says(text)
    assert list(chat.answers().values()) == ["4"]


@pytest.mark.parametrize("then", [(), ("espera",), ("espera", "listo")])
def test_half_a_grade_in_a_correction_names_no_area_and_is_asked_for_whole(
    release: Release, then: tuple[str, ...]
) -> None:
    chat = rating(release)
    for said in ("2", *then):
        chat.says(said)
    before = chat.answers()
    assert "de 1 a 7" in chat.says("era un 3 y medio")
    assert chat.answers() == before


@pytest.mark.parametrize(
    ("given", "text", "meant"),
    [
        ("6", "cámbieme el 6 por un 3 porfa", "3"),
        ("3", "mi nieto apretó el tres, yo quería el seis", "6"),
        ("7", "no no no 7 no, cinco", "5"),
        ("1", "creí que el 1 era lo mejor, entonces es 7", "7"),
        ("7", "perdón se me fue el dedo. 1 no, 7 tampoco, un cinco", "5"),
    ],
)
@pytest.mark.parametrize("then", [(), ("listo",)])
def test_of_two_grades_that_are_said_the_other_than_the_noted_one_is_meant(
    release: Release, given: str, text: str, meant: str, then: tuple[str, ...]
) -> None:
    chat = rating(release)
    for said in (given, *then):
        chat.says(said)
    chat.says(text)
    assert meant in chat.answers().values()
    assert given not in chat.answers().values()


@pytest.mark.parametrize("words", ["esperé 2 horas y pasaron 7 personas", "en la caja 2 había 6"])
def test_numbers_in_a_comment_correct_no_grade(release: Release, words: str) -> None:
    chat = rating(release)
    chat.says("2")
    chat.says(words)
    assert "2" in chat.answers().values()
    assert words in chat.answers().values()


def test_of_both_extremes_the_one_that_is_not_on_record_is_meant(release: Release) -> None:
    chat = rating(release)
    chat.says("7")
    told = chat.says("le puse la maxima por error yo queria poner la minima!!")
    assert "de 7 a 1" in told


@pytest.mark.parametrize(
    "words",
    [
        "por eso no les puse un 7",
        "puse 6 y no 7 por el baño sucio",
        "no llega al 7 por la espera",
        "si hubieran sido más rápidos era un 7",
        "no era un 7 la atención, faltó limpieza",
        "la vez anterior les puse un 3",
        "el año pasado les puse un 7, ahora no",
    ],
)
def test_a_grade_that_is_said_not_to_be_it_is_part_of_the_comment(
    release: Release, words: str
) -> None:
    chat = rating(release)
    chat.says("6")
    chat.says(words)
    assert {"6", words} <= set(chat.answers().values())


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("me equivoqué, no tránsito, biblioteca", "cultura"),
        ("perdón, no fue tránsito, fue aseo", "aseo"),
        ("no fue tránsito, fue aseo", "aseo"),
    ],
)
def test_the_area_beside_one_that_is_denied_is_meant(
    release: Release, text: str, area: str
) -> None:
    chat = rating(release)
    chat.says("6")
    chat.says(text)
    assert chat.state.rated[-1].subject.area == area


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("fue en la biblioteca", True),
        ("era en el departamento social", True),
        ("fui a la biblioteca por un libro", True),
        ("fue en tránsito", False),
    ],
)
def test_where_it_was_and_nothing_else_may_put_the_area_right(
    release: Release, text: str, asked: bool
) -> None:
    chat = rating(release)
    chat.says("6")
    assert ("¿Paso su nota" in chat.says(text)) is asked


@pytest.mark.parametrize(
    "text",
    [
        *("súbale un punto", "súbale un puntito porfa", "ya ponle un punto mas a la nota q te di"),
        *("súbale dos puntos", "bájele dos puntos", "le quito dos puntos por la espera"),
        "take two points off",
    ],
)
def test_points_are_added_only_to_a_grade_on_record(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is None
    assert not chat.recorded(AnswerGiven)
    assert chat.state.progress is not None
