"""What is said of a case while it is told and after it was filed: taken back, or added to."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended
from handlers.release import Release
from tests.handlers.chat import Chat

TOLD = ("reclamo", "no me dieron hora al dentista", "una hora")


@pytest.mark.parametrize(
    "text",
    [
        "ya me llamaron y me la dieron, bájelo nomás",
        "me la dieron hoy, sáquelo no más",
        "ya me atendieron, déjelo así",
    ],
)
def test_what_came_to_an_end_is_taken_back_in_one_tap(release: Release, text: str) -> None:
    chat = Chat(release)
    for one in (*TOLD, "sí"):
        chat.says(one)
    assert "¿Retiro su solicitud" in chat.says(text)


@pytest.mark.parametrize(
    "text",
    [
        "al reclamo de mi mamá póngale que tiene 84 años",
        "súmele eso: llamé tres veces",
        "agréguele también que soy diabética",
    ],
)
def test_more_of_it_is_added_later_too(release: Release, text: str) -> None:
    chat = Chat(release)
    for one in (*TOLD, "sí", "silla de ruedas", text):
        chat.says(one)
    assert [fact.text for fact in chat.recorded(CaseExtended)] == [text]


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("puedo cambiar donde dice parque coll? es parque pedro de valdivia", True),
        ("corregir: es parque pedro de valdivia no parque coll", True),
        ("quiero corregir mi ficha", False),
        ("cómo corrijo mi domicilio en el registro", False),
    ],
)
def test_what_puts_the_only_case_right_is_added_to_it_in_one_tap(
    release: Release, text: str, *, is_asked: bool
) -> None:
    chat = Chat(release)
    for one in ("deberían poner más basureros en el parque Coll", "sí", "listo", text):
        chat.says(one)
    assert ("¿Lo agrego a" in chat.reply.text) is is_asked
    if is_asked:
        chat.says("sí")
    assert [fact.text for fact in chat.recorded(CaseExtended)] == ([text] if is_asked else [])


@pytest.mark.parametrize("wish", ["retiro", "cambio", "anulación"])
def test_a_word_for_what_is_wished_gives_no_complaint_up(release: Release, wish: str) -> None:
    chat = Chat(release)
    for one in ("reclamo", "no recogen los muebles viejos", wish):
        chat.says(one)
    assert chat.state.filing is not None


@pytest.mark.parametrize("asked", ["persona", "reclamo: no pasa la basura hace dos semanas|sí|sí"])
@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("llámenme, zarabanda", False),
        ("llámeme por favor, urgente la beca", True),
        ("llámenme por favor al 51 2 000 000", False),
    ],
)
def test_a_call_that_is_wished_beside_a_case_is_added_to_it(
    release: Release, asked: str, said: str, *, phone: bool
) -> None:
    chat = Chat(release)
    for words in asked.split("|"):
        chat.says(words)
    assert ("escriba también el teléfono" in chat.says(said)) == phone
    if not chat.recorded(CaseExtended):
        chat.says("sí")  # it was asked whether it belongs to the case
    assert [fact.text for fact in chat.recorded(CaseExtended)] == [said]
