"""What was offered, announced or asked before holds when it is named again, in few words."""

from __future__ import annotations

import pytest

from handlers.facts.lookups import LookupMade
from handlers.facts.responses import AnswerGiven
from tests.handlers.chat import Chat

TWO_THINGS = (
    "hola, tengo dos cosas, lo del subsidio del agua y un reclamo del cesfam, "
    "mi mamá esperó 4 horas"
)
PERMIT = "permiso de circulacion"


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("el subsidio primero", "Subsidio de agua potable"),
        ("primero el subsidio", "Subsidio de agua potable"),
        ("lo del subsidio de agua primero", "Subsidio de agua potable"),
        ("la hora médica primero", "Hora médica"),
        ("el subsidio de vivienda", ""),  # another than was offered
    ],
)
def test_an_option_just_offered_is_chosen_by_its_words(chat: Chat, text: str, card: str) -> None:
    chat.says(TWO_THINGS)
    said = chat.says(text)
    assert card.casefold() in said.casefold() if card else "Subsidio de agua potable" not in said


@pytest.mark.parametrize(
    "text",
    [
        "oiga, le dije que queria hacer el reclamo del cesfam",
        "ya le dije que quería hacer un reclamo del cesfam",
        "ahora el reclamo de mi mamá",
        "si, gracias. ahora el reclamo de mi mamá",
    ],
)
def test_a_complaint_announced_first_is_carried_with_its_words_and_area(
    chat: Chat, text: str
) -> None:
    chat.says(TWO_THINGS)
    chat.says("el subsidio primero")
    chat.says(text)
    filing = chat.state.filing
    assert filing is not None
    assert filing.area == "salud"
    assert "esperó 4 horas" in filing.words[0]
    assert "primero" not in " ".join(filing.words)


@pytest.mark.parametrize("text", ["¿cuánto demora un reclamo?", "el subsidio no me sirve"])
def test_no_complaint_is_begun_by_its_name_in_a_question(chat: Chat, text: str) -> None:
    chat.says(TWO_THINGS)
    chat.says("el subsidio primero")
    chat.says(text)
    assert chat.state.filing is None


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        (("retiro de escombros", "y cuanto por 10 sacos?", "no me sirvió"), "10 sacos"),
        ((PERMIT, "y si lo pago a medias cuánto es?", "no"), "a medias"),
        ((PERMIT, "y si lo pago a medias cuánto es?", "más o menos"), "a medias"),
        ((PERMIT, "no me sirvió"), ""),
        ((PERMIT, "más o menos"), ""),
    ],
)
def test_what_was_asked_of_a_card_is_not_asked_for_again(
    chat: Chat, texts: tuple[str, ...], asked: str
) -> None:
    *_before, last = [chat.says(text) for text in texts]
    assert any(isinstance(fact, AnswerGiven) for fact in chat.facts)
    assert ("Lo que preguntó" in last) == bool(asked)
    assert asked in last


def test_what_was_asked_is_passed_on_to_a_person(chat: Chat) -> None:
    for text in ("retiro de escombros", "y cuanto por 10 sacos?", "no me sirvió", "persona"):
        chat.says(text)
    assert "10 sacos" in next(fact.text for fact in chat.facts if hasattr(fact, "due"))


@pytest.mark.parametrize(
    "text",
    [
        "y cuando me van a contestar eso?",
        "cuando me contestan la nota",
        "no, la nota que puse poh, ¿me contestan o no?",
        "¿me van a responder la nota?",
    ],
)
def test_a_grade_is_not_answered_and_that_is_said(chat: Chat, text: str) -> None:
    for told in ("un 2 a patentes comerciales", "me atendieron pésimo", "listo", text):
        said = chat.says(told)
    assert "Una nota no se contesta" in said
    assert not [fact for fact in chat.facts if isinstance(fact, LookupMade)]


def test_giving_up_a_grade_just_asked_for_leaves_the_one_before(chat: Chat) -> None:
    for told in ("un 2 a patentes comerciales", "me atendieron pésimo", "listo"):
        chat.says(told)
    chat.says("quiero poner una nota a patentes")
    assert "¿Borro" not in chat.says("olvídelo, cancelar")
    assert chat.state.progress is None


@pytest.mark.parametrize(
    ("text", "regrets"),
    [
        ("ya van 5 dias y nadie lo lee, que verguenza", True),
        ("nadie lo ha leído todavía", True),
        ("llevo 5 días sin respuesta", True),
        ("sigue sin respuesta mi reclamo", True),
        ("en qué va mi reclamo", False),
        ("no se lee el letrero de la plaza", False),
    ],
)
def test_a_protest_that_nobody_reads_a_case_is_told_its_term(
    chat: Chat, text: str, regrets: bool
) -> None:
    chat.says("quiero reclamar por los hoyos en calle Balmaceda 2210")
    chat.says("si")
    chat.waits(days=5)
    said = chat.says(text)
    assert ("Lamento la espera" in said) == regrets
    assert not regrets or "Plazo: 15 de diciembre" in said
