"""A danger that goes on, told of a case that is open for it: the numbers, and it is added."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.text.markup import phones_in
from tests.handlers.chat import Chat

SPARKS = "hay un poste de luz tirando chispas en balmaceda con prat"


def filed(chat: Chat, words: str, language: str = "") -> Chat:
    chat.complains(words)
    chat.says("listo")
    if language:
        chat.says(language)
    chat.waits(days=1)
    return chat


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("", "agregue que sigue tirando chispas y anoche se mojó con la llovizna"),
        ("", "buenas, todavia sigue el poste ahi, alguien vio mi reclamo?"),
        ("", "es que pasan niños por ahi al colegio"),
        ("", "sigue tirando chispas el poste"),
        ("", "agregue a mi reclamo que ahora cayó un cable"),
        ("english", "the pole is still there, did anyone see my complaint?"),
        ("english", "children walk past there to school"),
        ("kreyol", "poto a toujou la, èske yon moun wè plent mwen an?"),
        ("kreyol", "timoun pase la pou ale lekòl"),
    ],
)
def test_a_danger_that_goes_on_is_alarmed_and_added(chat: Chat, language: str, text: str) -> None:
    filed(chat, SPARKS, language).says(text)
    assert phones_in(chat.reply.text)[:2] == ("132", "133")
    (added,) = chat.recorded(CaseExtended)
    assert added.text == text
    assert added.urgent
    for word in ("RECLAMO", "COMPLAINT", "PLENT"):
        assert word not in chat.reply.text


def test_what_passes_by_there_is_added_beside_a_question_of_the_case(chat: Chat) -> None:
    chat.complains(SPARKS)
    reply = chat.says("cuanto se demoran? es que pasan niños por ahi al colegio")
    assert "132" in reply
    assert "15 de diciembre" in reply
    assert chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    ("case", "text"),
    [
        (SPARKS, "hay un perro suelto mordiendo gente en la plaza"),
        (SPARKS, "sigue abierto el plazo del permiso de circulacion?"),
        (SPARKS, "ya lo arreglaron, gracias"),
        (SPARKS, "ya no sigue, lo vinieron a ver"),
        ("hay un hoyo en la calle brasil", "pasan niños por ahi"),
        ("hay un hoyo en la calle brasil", "mi marido me pega"),
        (SPARKS, "mi marido me pega y sigue en la casa"),
    ],
)
def test_other_words_are_not_added_to_the_case(chat: Chat, case: str, text: str) -> None:
    filed(chat, case).says(text)
    assert not chat.recorded(CaseExtended)


def test_a_closed_case_takes_no_more(chat: Chat) -> None:
    filed(chat, SPARKS)
    chat.cases[chat.recorded(CaseOpened)[0].number] = "closed"
    reply = chat.says("agregue que sigue tirando chispas")
    assert "132" in reply
    assert not chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    ("text", "first", "more"),
    [
        ("mi marido me pegó recién y estoy encerrada en el baño", "133", "132"),
        ("mi ex entró a la casa con un cuchillo y estoy encerrada en el baño", "133", "132"),
        ("estoy encerrada en el baño, mi papá está golpeando a mi mamá", "133", "132"),
        ("me quedé encerrada en el ascensor con mi pareja que me está pegando", "133", "132"),
        ("entraron ladrones y estoy encerrada en la pieza", "133", ""),
        ("mi pareja me encerró y no me deja salir", "133", "1455"),
        ("hay fuego y estoy encerrada en la pieza", "132", "133"),
        ("hay olor a gas y no puedo abrir la puerta, estoy encerrada", "132", "133"),
        ("me quiero morir, mi marido me pega", "*4141", "133"),
        ("me quedé encerrada en el ascensor", "132", "131"),
    ],
)
def test_of_two_dangers_the_most_helpful_leads(
    chat: Chat, text: str, first: str, more: str
) -> None:
    chat.says(text)
    phones = phones_in(chat.reply.text)
    assert phones[0] == first
    assert not more or more in phones


@pytest.mark.parametrize(
    ("danger", "text", "right"),
    [
        ("mi vecina está inconsciente", "ya llamé, vienen en camino, pero respira raro", True),
        ("mi vecina está inconsciente", "ya llamé pero no llegan", False),
        ("se está quemando la casa del vecino", "ya llamé a bomberos pero nadie viene", False),
        (
            "se está quemando la casa del vecino",
            "ya llamé a bomberos pero mi hijo no respira",
            False,
        ),
    ],
)
def test_more_is_told_to_who_was_called(chat: Chat, danger: str, text: str, right: bool) -> None:
    chat.says(danger)
    reply = chat.says(text)
    assert ("Hizo bien" in reply) is right
    assert "131" in reply or "132" in reply
    assert "ese lugar" not in reply
    assert chat.state.danger


@pytest.mark.parametrize(
    ("text", "thanked"),
    [
        ("ya llego la ambulancia, se la llevaron, esta consciente gracias a dios", False),
        ("ya vino la ambulancia, muchas gracias", True),
    ],
)
def test_only_thanks_are_answered_as_thanks(chat: Chat, text: str, thanked: bool) -> None:
    chat.says("mi vecina está inconsciente")
    reply = chat.says(text)
    assert "Qué alivio" in reply
    assert ("De nada" in reply) is thanked
