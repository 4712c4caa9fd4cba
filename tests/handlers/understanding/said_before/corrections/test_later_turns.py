"""Whole conversations in which a rating is given in pieces, or put right turns later."""

from __future__ import annotations

import pytest

from handlers.facts.responses import ResponseOpened
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.played import played

BOTH = "calificar|aseo|3|listo|calificar|transito|5|listo"


@pytest.mark.parametrize(
    ("said", "asked", "stored"),
    [
        # One that is said again to take it back is no comment.
        ("calificar|transito|2|ese 2 bórrelo, me salió sin querer", "¿Borro su nota", "transito 2"),
        ("calificar|transito|6|no cuente ese seis", "¿Borro su nota", "transito 6"),
        # A number that answers nothing is a grade, if the next message says where it was.
        ("7|en la biblioteca", "¿Le pongo un 7 a Cultura", ""),
        ("2|para transito|sí", "Anoté un 2", "transito 2"),
        ("menú|7|patentes", "¿Le pongo un 7 a Patentes", ""),
        ("2|calificar|transito", "¿Qué nota le pone", ""),
        ("7|dónde queda la biblioteca|en la biblioteca", "Biblioteca municipal", ""),
        # A grade behind an article is no number of a list.
        ("transito 5|no|bueno un 3 entonces|sí", "Anoté un 3", "transito 3"),
        ("calificar|transito|3|no, un 5", "de 3 a 5", "transito 3"),
        ("calificar|transito|3|no, 4", "de 3 a 4", "transito 3"),
        # Grades in the order of the areas that were named together.
        ("transito y aseo|5 y 3|sí|listo|sí", "Anoté un 3", "transito 5, aseo 3"),
        ("calificar|salud y aseo|un 5 y un 5|sí|listo|sí", "Anoté un 5", "salud 5, aseo 5"),
        ("quiero calificar aseo y transito", "¿A cuál se refiere?", ""),
        # Which house of an area it was names no other area.
        ("en el cesfam me trataron pésimo|el de las compañías|2", "nota 2 para Salud", "salud 2"),
        ("calificar|salud|2|fue en el de las compañías", "Anotamos su nota 2", "salud 2"),
        # What is asked about stays asked about.
        ("calificar|transito|2|nooo qué hice|listo", "¿Qué hago con esto", "transito 2"),
        ("calificar|transito|2|nooo qué hice|listo|listo", "sigue siendo 2", "transito 2"),
        ("calificar|transito|6|listo|no, un 5|sí|por lo lento", "su nota 5", "transito 5"),
        ("un 7 a la biblioteca|linda|y a transito un 2|listo", "un 2 a Tránsito", "cultura 7"),
        ("calificar|transito|casi un 4|no, déjelo en 5", "¿Le pongo un 5 a Tránsito", ""),
        # An earlier rating by its short name, or by its grade; two of them at once.
        (f"{BOTH}|borre la nota de aseo|sí", "Borré su nota para Aseo", "transito 5"),
        (f"{BOTH}|cambie el 3 por un 4", "Anotamos su nota 4 para Aseo", "aseo 4, transito 5"),
        (f"{BOTH}|al revés, aseo 5 y transito 3|sí|listo|sí", "nota 3", "aseo 5, transito 3"),
        # Neither a comment nor a reason.
        ("calificar|transito|6|donde queda", "aún no confirma", "transito 6"),
        ("calificar|aseo|6|ironía mía, obvio que es un 1", "de 6 a 1", "aseo 6"),
        ("calificar|aseo|1|excelente servicio, los felicito", "¿Qué hago con esto", "aseo 1"),
        ("calificar|salud|2|tres horas|no fue en el cesfam, fue allá", "¿Qué hago", "salud 2"),
        ("calificar|aseo|6|listo|era un 4|sí", "¿Qué fue lo que más influyó", "aseo 4"),
        # A comment, and no correction.
        ("calificar|transito|5|la espera fue larga", "Anotamos su nota 5", "transito 5"),
        ("calificar|aseo|5|listo|y agregar que el chofer saluda", "Lo sumé", "aseo 5"),
        ("calificar|aseo|7|lindo|me faltó decir que riegan", "Lo sumé", "aseo 7"),
    ],
)
def test_later_turns_are_heard(release: Release, said: str, asked: str, stored: str) -> None:
    chat = Chat(release)
    for text in said.split("|"):
        chat.says(text)
    assert asked in chat.reply.text
    areas = {opened.response: opened.subject.area for opened in chat.recorded(ResponseOpened)}
    grades = [
        f"{areas[response]} {value}"
        for (response, question), value in chat.answers().items()
        if question == "grade"
    ]
    assert sorted(grades) == sorted(filter(None, stored.split(", ")))


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("ah y el 6 bajalo a 4 por los baños", 4),
        ("bajala a 4", 4),
        ("subalo a 7", 7),
        ("y al final bajale a un 1", 1),
        ("era un 5,0", 5),
    ],
)
def test_a_grade_is_moved_to_another(release: Release, said: str, grade: int) -> None:
    chat = played(release, "un 6 a cementerios", "bonito", said)
    if chat.offers("yes") or "¿Cambio su nota" in chat.reply.text:
        chat.says("sí")
    assert chat.record()["grade"] == str(grade)


@pytest.mark.parametrize("said", ["era 6,8 no 7", "era un 6,5"])
def test_a_decimal_is_no_grade_of_its_own(release: Release, said: str) -> None:
    chat = played(release, "un 7 a transito", "rapido", said)
    assert "¿Qué nota le pone, de 1 a 7?" in chat.reply.text
    assert chat.record()["grade"] == "7"


def test_a_question_of_how_to_pay_is_no_wish_for_an_answer(release: Release) -> None:
    asked = "ya ahora si, se puede pagar en cuotas?"
    chat = played(release, "un 4 a tesoreria", "demoraron", asked)
    assert "Una nota no se contesta" not in chat.reply.text


@pytest.mark.parametrize(
    "said", ["no", "noooo", "no, dejala mejor", "nooo la nota no, dejala", "dejala así"]
)
def test_a_rating_that_is_kept_is_told(release: Release, said: str) -> None:
    lines = ("un 3 a aseo", "nunca pasaron", "listo", "recoleccion de basura", "borra mi nota")
    chat = played(release, *lines, said)
    assert "sigue siendo 3" in chat.reply.text
    assert "useful" not in chat.record()
