"""The quality policy in the chat: for everybody to read, with questions for staff."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.facts.staff import PolicyUnderstood
from handlers.release import Release
from handlers.state import Staff
from tests.handlers.chat import Chat

ROSA = Staff(7, "Rosa", "transito")


@pytest.mark.parametrize("words", ["/politica", "política de calidad"])
def test_a_citizen_reads_the_commitments_and_is_asked_nothing(chat: Chat, words: str) -> None:
    text = chat.says(words)
    assert "Decreto N° 1351, versión 01" in text
    assert "6. Control de indicadores" in text
    assert "¿Qué busca" not in text
    assert chat.recorded(PolicyUnderstood) == []


def test_staff_answer_three_questions_and_are_counted_once_all_are_right(chat: Chat) -> None:
    chat.staff = ROSA
    assert "6. Control de indicadores" in chat.says("/politica")
    assert "¿Qué busca la Política de Calidad?\n1) Mejorar" in chat.presses("Responder preguntas")
    assert "No es esa." in chat.presses("2")
    assert chat.recorded(PolicyUnderstood) == []
    assert "Así es." in chat.presses("1")
    assert "Así es." in chat.says("3")
    assert "respondió bien todo" in chat.says("2")
    assert chat.recorded(PolicyUnderstood) == [PolicyUnderstood(7, "transito", "2-01")]


def test_a_policy_without_decree_or_code_is_told_with_its_date(release: Release) -> None:
    policy = release.content.policy
    assert policy is not None
    plain = policy.model_copy(update={"decree": None, "decreed_on": None, "code": None})
    content = release.content.model_copy(update={"policy": plain})
    chat = Chat(replace(release, content=content))
    assert "Política de Calidad, 31-08-2021, versión 01." in chat.says("/politica")
    assert plain.edition == "01"
    assert policy.edition == "2-01"
