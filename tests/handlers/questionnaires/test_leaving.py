"""Going back, leaving out, cancelling, coming back after days, rating the same area again."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven, ResponseClosed, ResponseOpened, ResponseOutcome
from tests.handlers.chat import Chat
from tests.handlers.questionnaires.treasury import rate_treasury


def test_going_back_asks_the_earlier_question_and_replaces_its_answer(known: Chat) -> None:
    rate_treasury(known)
    known.says("2")
    assert "¿Qué nota le pone" in known.says("volver")
    known.says("6")
    known.says("muy claro todo")
    assert known.record() == {"grade": "6", "best": "muy claro todo"}


def test_going_back_from_the_grade_leads_to_the_areas_and_takes_the_response_back(
    known: Chat,
) -> None:
    rate_treasury(known)
    assert "¿Qué área le atendió?" in known.presses("Volver")
    assert known.recorded(ResponseClosed)[0].outcome is ResponseOutcome.CANCELLED
    known.says("deportes")
    known.says("7")
    assert known.recorded(AnswerGiven)[0].subject.area == "deportes"


@pytest.mark.parametrize("by_button", [True, False])
def test_cancelling_takes_back_what_was_noted(known: Chat, by_button: bool) -> None:
    rate_treasury(known)
    known.says("2")
    text = known.presses("Cancelar") if by_button else known.says("cancelar")
    assert "No quedó anotada ninguna nota para Tesorería y Finanzas" in text
    assert "¿En qué le ayudo?" in text
    assert known.record() == {}
    assert known.recorded(ResponseClosed)[0].outcome is ResponseOutcome.CANCELLED
    known.says("nota")
    assert "¿Qué nota le pone" in known.says("tesorería")


@pytest.mark.parametrize("said", ["saltar", "listo"])
def test_the_grade_itself_cannot_be_left_out(known: Chat, said: str) -> None:
    rate_treasury(known)
    assert "escribir CANCELAR" in known.says(said) or "escriba CANCELAR" in known.reply.text
    known.says("5")
    assert known.record() == {"grade": "5"}


@pytest.mark.parametrize("by_button", [True, False])
def test_a_rating_is_resumed_after_days(known: Chat, by_button: bool) -> None:
    rate_treasury(known)
    known.says("3")
    known.waits(days=5)
    text = known.says("hola")
    assert "Su nota para Tesorería y Finanzas quedó pendiente" in text
    text = known.presses("Seguir") if by_button else known.says("seguir")
    assert "¿Qué fue lo que más influyó?" in text
    known.says("espera")
    assert known.record() == {"grade": "3", "reason": "espera"}


def test_a_button_of_the_open_question_still_counts_after_days(known: Chat) -> None:
    rate_treasury(known)
    known.waits(days=5)
    known.presses("6")
    assert known.record() == {"grade": "6"}


def test_one_rating_an_area_and_thirty_days_coming_back_offers_to_change_it(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.waits(days=12)
    known.says("nota")
    text = known.says("tesorería")
    assert "Usted ya puso un 3 a Tesorería y Finanzas el 16 de noviembre de 2026." in text
    assert "¿Qué nota le pone" in known.says("sí")
    known.says("6")
    known.says("ahora me resolvieron")
    assert known.record() == {"grade": "6", "best": "ahora me resolvieron"}
    assert len(known.recorded(ResponseOpened)) == 1


def test_keeping_the_earlier_grade_changes_nothing(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.says("nota")
    known.says("tesorería")
    assert "sigue siendo 3" in known.says("no")
    assert known.record() == {"grade": "3", "reason": "espera"}


def test_after_thirty_days_the_area_can_be_rated_anew(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.waits(days=31)
    rate_treasury(known)
    known.says("6")
    assert len(known.recorded(ResponseOpened)) == 2


@pytest.mark.parametrize("said", ["cambiar", "me equivoqué"])
def test_the_latest_grade_is_changed_in_words(known: Chat, said: str) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.says(said)
    known.says("4")
    known.says("2")
    assert known.record() == {"grade": "4", "reason": "trato"}
    assert len(known.recorded(ResponseOpened)) == 1


def test_the_latest_grade_is_changed_by_button(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.presses("Cambiar mi nota")
    known.presses("4")
    assert known.record()["grade"] == "4"


def test_a_change_that_is_cancelled_keeps_the_grade(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.says("cambiar")
    assert "queda en 3" in known.says("cancelar")
    assert known.record() == {"grade": "3", "reason": "espera"}


def test_changing_in_the_middle_of_a_rating_asks_its_grade_again(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    assert "¿Qué nota le pone" in known.says("me equivoqué")
    known.says("6")
    assert known.record() == {"grade": "6"}
