"""Questionnaires to staff in the chat: who is asked, what is kept meanwhile, what is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.facts.staff import StaffAnswered
from handlers.release import Release
from handlers.state import RoundBrief, Staff
from tests.handlers.chat import MONDAY, Chat
from tests.handlers.played import play

ROUND = RoundBrief("C-2026-001", "personal", 1, MONDAY + timedelta(days=5))
ROSA = Staff(7, "Rosa", "transito")
ANSWERS = (("metas", "yes"), ("funciones", "no"), ("capacitacion", "6"), ("recursos", "3"))


@pytest.fixture
def rosa(release: Release) -> Chat:
    return Chat(release, staff=ROSA, rounds=(ROUND,))


def begin(chat: Chat) -> str:
    chat.says("/cuestionario")
    return chat.presses("Trabajar en su área")


def test_a_whole_questionnaire_is_one_fact_and_nothing_is_on_record_before(rosa: Chat) -> None:
    assert "sin su nombre" in begin(rosa)
    for said in ("sí", "no", "6"):
        rosa.says(said)
        assert rosa.facts == []
    thanks = rosa.says("3")
    assert rosa.facts == [StaffAnswered("C-2026-001", 7, "transito", ANSWERS)]
    assert "Gracias. Terminó «Trabajar en su área»." in thanks


def test_an_answer_can_be_corrected_before_the_end(rosa: Chat) -> None:
    begin(rosa)
    play(rosa, "no", "volver", "sí", "no", "6", "3")
    assert rosa.facts == [StaffAnswered("C-2026-001", 7, "transito", ANSWERS)]


def test_what_is_given_up_leaves_nothing(rosa: Chat) -> None:
    begin(rosa)
    rosa.says("sí")
    assert rosa.says("cancelar").startswith("Listo, lo cancelé.")
    assert rosa.facts == []


def test_a_questionnaire_that_is_put_aside_is_gone_on_with(rosa: Chat) -> None:
    begin(rosa)
    rosa.says("sí")
    rosa.says("menu")
    assert "quién le reemplaza" in begin(rosa)
    play(rosa, "no", "6", "3")
    assert rosa.facts == [StaffAnswered("C-2026-001", 7, "transito", ANSWERS)]


@pytest.mark.parametrize("left", [(), (RoundBrief("C-2026-002", "personal", 2, MONDAY),)])
def test_answers_after_the_round_are_not_counted(rosa: Chat, left: tuple[RoundBrief, ...]) -> None:
    begin(rosa)
    play(rosa, "sí", "no", "6")
    rosa.rounds = left
    assert "No conté estas respuestas" in rosa.says("3")
    assert rosa.facts == []


def test_a_button_of_a_closed_one_says_so(rosa: Chat) -> None:
    rosa.says("/cuestionario")
    rosa.rounds = ()
    assert "ya cerró" in rosa.presses("Trabajar en su área")


@pytest.mark.parametrize("staff", [None, ROSA])
def test_whoever_is_not_asked_is_offered_none(release: Release, staff: Staff | None) -> None:
    chat = Chat(release, staff=staff)
    chat.says("/cuestionario")
    assert "Trabajar en su área" not in [option.label for option in chat.reply.options]
