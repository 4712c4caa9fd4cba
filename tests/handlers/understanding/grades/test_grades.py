"""Grades: read out of a text, where one is asked for and where none is."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.text.folding import fold
from handlers.understanding.grades import asked, not_ended, unprompted
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import GradeAnswer, NotEnded
from handlers.understanding.intents.rating import (
    ConfirmArea,
    GivenNotEnded,
    ProposeGrade,
    RateWithGrade,
    RejectArea,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.grades.read import read_grade, read_only_number
from handlers.understanding.reading.number_words import lettered_option
from tests.handlers.understanding.situations import at, context

RESPONSE = 1003  # of the rating that the situation "rated" ends with


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("6", 6, ""),
        ("seis", 6, ""),
        ("un 6", 6, ""),
        ("6,0", 6, ""),
        ("6/7", 6, ""),
        ("le pongo un seis", 6, ""),
        ("no no siete, disculpe", 7, ""),
        ("una nota seis", 6, ""),
        ("six", 6, ""),
        ("6, muy buena atención", 6, "muy buena atención"),
        ("2 porque esperé dos horas", 2, "esperé dos horas"),
        ("un siete; gracias por la paciencia", 7, "gracias por la paciencia"),
        ("six, very kind people", 6, "very kind people"),
        ("3 because I waited long", 3, "I waited long"),
        ("6,5", 0, ""),
        ("6/10", 0, ""),
        ("1 y 3", 0, ""),
        ("un 3 o un 4", 0, ""),
        ("0", 0, ""),
        ("8", 0, ""),
        ("diez", 0, ""),
    ],
)
def test_a_grade_is_read(release: Release, text: str, value: int, words: str) -> None:
    grade = read_grade(text, release.lexicon)
    assert grade is not None
    assert (grade.value, grade.words) == (value, words)


@pytest.mark.parametrize(
    "text",
    ["", "muy bien", "16-11-2020", "tengo 3 hijos", "una señora amable", "cómo pongo una denuncia"],
)
def test_what_is_no_grade(release: Release, text: str) -> None:
    assert read_grade(text, release.lexicon) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("siete", 7), ("6.0", 6), ("un 6", 6), ("14", 14), ("6, muy amables todos", None)],
)
def test_a_number_is_read_where_it_is_all_that_is_said(
    release: Release, text: str, number: int | None
) -> None:
    assert read_only_number(text, release.lexicon) == number


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("la 2", 2),
        ("b", 2),
        ("opción b", 2),
        ("A pero no repito todo", 1),
        ("la c, por favor", 3),
        ("option d please", 4),
        ("a mi casa", None),
        ("la", None),
        ("e", None),
    ],
)
def test_an_option_of_a_list(release: Release, text: str, option: int | None) -> None:
    assert lettered_option(fold(text), release.lexicon) == option


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("grade", "cuatro", GradeAnswer(4)),
        ("grade", "6, muy amables todos", GradeAnswer(6, "muy amables todos")),
        ("grade", "9", Act.GIVE_HALF_GRADE),
        ("grade", "más o menos", ProposeGrade(4, "transito")),
        ("grade", "qwerty", Act.MISREAD_GRADE),
        ("grade", "👍", ProposeGrade(6, "transito")),
        ("grade", "casi un 7", ProposeGrade(7, "transito")),
        ("grade", "me trataron pésimo", ProposeGrade(1, "transito", "me trataron pésimo")),
        ("grade", "aún no termina, 5", GradeAnswer(5)),
        ("grade", "¿dónde pago la patente?", None),
        ("grade", "permiso de circulación", None),
        ("grade", "cuantos papeles tiene q llevar mi papa pa renovar, el tiene 5", None),
        ("grade", "cuánto le pongo, un 5 le pongo yo creo, no más que eso", GradeAnswer),
        ("checking", "sí", Act.CONFIRM_GRADE),
        ("checking", "no", Act.REJECT_GRADE),
        ("checking", "6", GradeAnswer(6)),
        ("menu", "6", None),
        ("comment", "6", None),
    ],
)
def test_the_answer_to_a_grade(release: Release, situation: str, text: str, meant: object) -> None:
    intent = asked.grade_answer(context(at(release, situation), text))
    assert isinstance(intent, meant) if isinstance(meant, type) else intent == meant


@pytest.mark.parametrize(
    ("text", "meant", "left"),
    [
        ("todavía no termina", NotEnded(), ""),
        ("pero aún no está listo", NotEnded(), ""),
        ("mi trámite sigue en trámite", NotEnded(), ""),
        ("it has not ended yet", NotEnded(), ""),
        ("no termina, le pongo un 3", NotEnded(alone=False), "le pongo un 3"),
        ("Un 4; pero mi trámite aún no termina.", NotEnded(alone=False), "Un 4"),
        ("no terminaron de atenderme", None, None),
        ("un 4", None, None),
    ],
)
def test_it_has_not_ended(
    release: Release, text: str, meant: Intent | None, left: str | None
) -> None:
    read = context(at(release, "grade"), text)
    assert not_ended.not_ended(read) == meant
    assert read.without_not_ended == left


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("rated", "aún no termina", GivenNotEnded(RESPONSE)),
        ("comment", "aún no termina", NotEnded()),
        ("grade", "aún no termina", None),  # is read with the grade
        ("menu", "aún no termina", None),
        ("rated", "ya terminó", None),
    ],
)
def test_what_was_just_rated_has_not_ended(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert not_ended.given_not_ended(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sí", ConfirmArea()),
        ("no", RejectArea()),
        ("fue en deportes", RejectArea("deportes")),
        ("en tesorería", ConfirmArea()),
        ("la de la antena", ConfirmArea("la de la antena")),  # which house of it
        ("no, el de tránsito", RejectArea("transito")),
        ("¿y deportes?", None),
        ("6", None),
        ("qwerty", None),
    ],
)
def test_the_answer_to_a_guessed_area(release: Release, text: str, meant: Intent | None) -> None:
    assert asked.guessed_area(context(at(release, "guessed"), text)) == meant


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("card", "ponles un 1", ProposeGrade(1, "transito")),
        ("card", "ponles un 1 a Salud", RateWithGrade("salud", 1, "", pending=False)),
        ("new", "cómo le pongo un 7 a tránsito", ProposeGrade(7, "transito")),
        ("new", "y si le pongo un 1 a tránsito", ProposeGrade(1, "transito")),
        ("new", "cuándo pongo el 2 a tránsito", ProposeGrade(2, "transito")),
        ("new", "y un 2 para tránsito", RateWithGrade("transito", 2, "", pending=False)),
        ("new", "nota 6, muy amables", RateWithGrade("", 6, "muy amables", pending=False)),
        ("new", "6, muy amables todos", RateWithGrade("", 6, "muy amables todos", pending=False)),
        ("card", "mi nota es 3", ProposeGrade(3, "transito")),
        ("rated", "nota 3", ProposeGrade(3, "transito")),
        ("rated", "6, muy amables todos", None),  # belongs to the comment
        ("card", "y un 3 por como atienden", ProposeGrade(3, "transito", "como atienden")),
        ("filing", "le pongo un 6 al chat", None),  # and not to the area of the case
        (
            "filing",
            "y un 2 por lo lento que son",
            ProposeGrade(2, "operaciones", "lo lento que son"),
        ),
        ("card", "6", None),
        ("grade", "ponles un 1", None),  # is asked for
        ("new", "muy amables", None),
    ],
)
def test_a_grade_that_nothing_asked_for(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert unprompted.unprompted_grade(context(at(release, situation), text)) == meant
