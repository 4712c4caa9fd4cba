"""A proposed grade that is doubted, limited or compared is neither noted nor erased."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.understanding.chats import rating


@pytest.mark.parametrize(
    "text",
    [
        "dudo",
        "tengo mis dudas",
        "no estoy segura",
        "no lo tengo claro",
        "nose",
        "ni idea",
        "un poquito menos",
        "menos",
        "mas bajo",
        "es mucho",
        "bajele un punto",
    ],
)
def test_a_doubt_is_no_yes_to_a_proposed_grade(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("casi un 7")
    assert "¿Qué nota le pone" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize("text", ["sin duda", "claro sin ninguna duda"])
def test_what_leaves_no_doubt_is_a_yes_to_a_proposed_grade(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("casi un 7")
    chat.says(text)
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == [7]


@pytest.mark.parametrize(
    "text", ["ya pero no por el trato", "si pero la fila un 2", "ok pero que conste que esperé"]
)
def test_a_yes_that_is_limited_is_kept_with_it_and_asked_again(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("casi un 7")
    assert "¿Le pongo un 7 a Tránsito?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize("text", ["déjela así", "no estoy segura", "tengo mis dudas"])
def test_a_grade_is_not_erased_in_doubt(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("5")
    chat.says("listo")
    assert "¿Borro su nota" in chat.says("borre mi nota")
    assert "¿Borro su nota" not in chat.says(text)
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == [5]


def test_to_leave_a_grade_as_it_is_leaves_no_complaint(release: Release) -> None:
    chat = rating(release)
    chat.says("5")
    chat.says("listo")
    chat.says("era un 3")
    assert "sigue siendo 3" in chat.says("dejela asi")
