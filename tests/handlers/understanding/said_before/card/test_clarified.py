"""What is meant instead, behind a no to a card; and which thing of a card is asked for."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat

NOISE, LICENCE = "denuncia por ruidos molestos", "licencia de conducir por primera vez"
SCHOLARSHIP, DUTIES, FINE = "beca municipal", "derechos de aseo domiciliario", "pagar multa"


def after(release: Release, *said: str) -> Chat:
    chat = Chat(release)
    for one in said:
        chat.says(one)
    return chat


@pytest.mark.parametrize(
    ("card", "text", "told"),
    [
        (
            SCHOLARSHIP,
            "no me sirvió, no es beca, es la TNE",
            "Ministerio de Educación",
        ),
        (SCHOLARSHIP, "No me sirvió mucho, yo preguntaba por la fecha", "no lo tengo confirmado"),
        (FINE, "no! not traffic. penalty for a dog without chip", "Mascotas y Veterinaria"),
        (FINE, "no pos, no me respondió", "Juzgado de Policía Local"),
        (SCHOLARSHIP, "no me sirvió, es que yo no soy de acá", "¿Qué quería saber?"),
    ],
)
def test_what_is_meant_behind_a_no_is_answered(
    release: Release, card: str, text: str, told: str
) -> None:
    chat = after(release, card)
    reply = " ".join(chat.says(text).split())
    assert told in reply
    assert "Pruebe con otras palabras" not in reply
    assert [one.value for one in chat.recorded(AnswerGiven)] == ["no"]


@pytest.mark.parametrize(
    ("card", "text", "told"),
    [
        (DUTIES, "no eso no, le pregunto DONDE se paga", "aún no confirma la dirección"),
        (DUTIES, "en que banco o por internet se paga", "Pagar en línea o en la Tesorería"),
        (SCHOLARSHIP, "¿Y cuándo abre el llamado de este año?", "no confirma fechas ni plazos"),
        (DUTIES, "y cuánto cuesta", "Costo:"),
        (DUTIES, "y cuánto se demora", "Demora: Inmediato"),
        (DUTIES, "soy jubilado, ¿no hay rebaja?", "no lo tengo confirmado"),
        (NOISE, "cuánto le cobran de multa", "no lo tengo confirmado"),
        (NOISE, "cuánto cuesta", "Costo: Gratis"),
        (LICENCE, "cuánto sale el examen médico", "la ficha dice"),
        (LICENCE, "cuánto sale el carnet", "Costo:"),
        (SCHOLARSHIP, "y cuando abren el llamado?", "no confirma fechas ni plazos"),
        (SCHOLARSHIP, "qué fechas son", "no confirma fechas ni plazos"),
        ("certificado de residencia", "cuántos meses sirve", "no lo tengo confirmado"),
    ],
)
def test_the_thing_that_is_asked_of_a_card_is_told(
    release: Release, card: str, text: str, told: str
) -> None:
    assert told in " ".join(after(release, card).says(text).split())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a medias, dice qué llevar, pero de cuándo toca nada", ["partly"]),
        ("No es que no me sirva, sí me sirve, solo que está muy largo", ["yes"]),
        ("de na me sirve si no contestan el telefono", ["no"]),
        ("ya, entonces pásame con una persona", []),
        ("supongo que sí", []),
        ("y me piden 20 años viviendo acá verdad? yo llevo 4", []),
    ],
)
def test_an_answer_keeps_what_it_says_beside_its_details(
    release: Release, text: str, values: list[str]
) -> None:
    chat = after(release, SCHOLARSHIP)
    assert "¿Le pongo un" not in chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == values


@pytest.mark.parametrize(
    ("grade", "text", "meant"),
    [
        ("5", "súbale la nota en uno", "de 5 a 6"),
        ("6", "dos puntos más abajo", "de 6 a 4"),
        ("5", "one point lower", "from 5 to 4"),
        ("3", "two points higher please", "from 3 to 5"),
    ],
)
def test_a_grade_is_moved_by_points_only_after_a_tap(
    release: Release, grade: str, text: str, meant: str
) -> None:
    chat = after(release, "quiero poner nota", "tránsito", grade)
    assert meant in " ".join(chat.says(text).split())
    assert [one.value for one in chat.recorded(AnswerGiven)] in ([], [grade])
