"""A question behind a finished rating is answered, of the rated area where it names no other."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat

UNCONFIRMED = "Sobre Personas Mayores: ese detalle no lo tengo confirmado"
DIGEST = "El resumen es lo que el área recibe el lunes"
MENU = "¿Qué hago con esto que escribió?"


def rated(release: Release, *, closed: bool = False) -> Chat:
    """A chat that gave a 6 to an area, with its comment."""
    chat = Chat(release)
    chat.says("le pongo un 6 a personas mayores")
    chat.says("que son amables")
    if closed:
        chat.says("listo")
    return chat


QUESTIONS = (
    ("y cuándo es la próxima inscripción a los talleres de ellos", UNCONFIRMED),
    ("y la tarjeta vecino?", UNCONFIRMED),
    ("hay que pedir hora", UNCONFIRMED),
    ("y dónde quedan ustedes", "aún no confirma la dirección"),
    ("¿atienden los sábados?", "aún no confirma el horario"),
    ("cuánto cuesta el taller de pintura", "Talleres"),
    ("qué es un resumen? y quién lo lee", DIGEST),
    ("quién lee el resumen", DIGEST),
    ("para qué sirve el resumen ese", DIGEST),
    ("gracias, y se puede saber qué le dicen a la caja", DIGEST),
    ("y quién lo lee", DIGEST),
    ("qué pasa con mi nota", DIGEST),
)


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize(("text", "told"), QUESTIONS)
def test_a_question_behind_a_rating_is_answered_and_stored_nowhere(
    release: Release, text: str, told: str, closed: bool
) -> None:
    chat = rated(release, closed=closed)
    before = chat.record()
    assert told in chat.says(text)
    assert chat.record() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ki kote klinik la ye ak ki lè li louvri?", "Personas Mayores"),
        ("what does the office get?", "The summary is what the area gets on Monday"),
        ("what's in the summary?", "The summary is what the area gets on Monday"),
        ("kiyès ki li rezime a?", "Rezime a se sa biwo a resevwa lendi"),
    ],
)
def test_so_it_is_in_other_languages(release: Release, text: str, told: str) -> None:
    chat = rated(release)
    before = chat.record()
    assert told in chat.says(text)
    assert chat.record() == before


@pytest.mark.parametrize(
    "text",
    [
        "¿por qué no atienden más rápido?",
        "cómo puede ser que cierren a las 12",
        "que siempre están ocupados",
        "cuando fui no había nadie",
        "¿tanto cuesta contestar el teléfono?",
    ],
)
def test_what_is_told_in_the_form_of_a_question_stays_a_comment(
    release: Release, text: str
) -> None:
    chat = rated(release)
    chat.says(text)
    assert text in chat.record()["best"]


@pytest.mark.parametrize("text", ["quién los entiende", "¿y los retan?", "cuanto menos un saludo"])
def test_what_may_be_of_the_rating_is_asked_about(release: Release, text: str) -> None:
    assert MENU in rated(release).says(text)


def test_it_was_a_question_keeps_the_rated_area_as_the_topic(release: Release) -> None:
    chat = rated(release)
    assert MENU in chat.says("¿y los retan?")
    assert UNCONFIRMED in chat.says("era una pregunta")
    assert "retan" not in chat.record()["best"]


def test_an_answer_to_what_was_not_found_is_none_of_the_rating(release: Release) -> None:
    chat = rated(release)
    chat.says("y cuándo es la próxima inscripción a los talleres de ellos")
    assert MENU not in chat.says("no, los talleres para adultos mayores")
    assert not [fact for fact in chat.last if isinstance(fact, AnswerGiven)]


ON_RECORD = "Su nota para Personas Mayores es un 6. Su comentario: «que son amables»."


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "¿qué le anotaste al final?",
        "la nota q puse, cuanto quedo",
        "ver mi nota",
        "cuánto quedó",
        "y el 6 de personas mayores quedó?",
        "y q paso con lo q escribi",
        "no, preguntaba si mi comentario sigue anotado",
        "y mi nota cuál era?",
        "qué nota me dejaste al final",
        "oiga y sigue guardada mi nota?",
        "quiero ver mi comentario",
        "en cuánto quedó mi nota",
        "what grade did i give them?",
        "is my comment still there?",
        "kisa nòt mwen ye kounye a?",
        "konbyen nòt mwen ye",
    ],
)
def test_what_is_on_record_is_told_and_stays(release: Release, text: str, closed: bool) -> None:
    chat = rated(release, closed=closed)
    before = chat.record()
    told = chat.says(text)
    assert "Personas Mayores" in told
    assert "que son amables" in told
    assert chat.record() == before


def test_a_part_of_the_comment_is_asked_after(release: Release) -> None:
    chat = rated(release)
    before = chat.record()
    assert ON_RECORD in chat.says("oye y lo de q son amables sigue?")
    assert chat.record() == before


def test_a_grade_without_a_comment_is_told_alone(release: Release) -> None:
    chat = Chat(release)
    chat.says("le pongo un 6 a personas mayores")
    assert "es un 6, sin comentario escrito" in chat.says("ver mi nota")


def test_where_nothing_is_noted_yet_it_says_so(release: Release) -> None:
    chat = Chat(release)
    chat.says("fui a transito, un 5")
    told = chat.says("¿qué le anotaste al final?")
    assert "Aún no anoto su nota" in told
    assert "¿Le pongo un 5 a Tránsito?" in told


@pytest.mark.parametrize(
    "text",
    [
        "que sigue mala la calefacción",
        "lo de la calefacción sigue igual de malo",
        "no anotaron mi hora y perdí la mañana",
        "cuánto quedó de plata no me dijeron",
        "nunca supe qué pasó con mi solicitud",
    ],
)
def test_what_only_sounds_so_is_more_of_the_comment(release: Release, text: str) -> None:
    chat = rated(release)
    assert "Su nota para Personas Mayores es" not in chat.says(text)
