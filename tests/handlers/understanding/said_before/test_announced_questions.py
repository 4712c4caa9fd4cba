"""Announcements, courtesies and reasons in the middle of something: none of them is a comment."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    "text",
    [
        "hola, una consulta",
        "oiga una duda",
        "una cosa más",
        "le hago una pregunta antes",
        "¿puedo hacerle una consulta?",
        "hi, I have a quick question",
        "eskize, yon ti kesyon",
    ],
)
@pytest.mark.parametrize("before", [(), ("5",)])
def test_a_question_that_is_announced_is_no_comment(
    release: Release, before: tuple[str, ...], text: str
) -> None:
    chat = Chat(release).in_spanish()
    chat.opens("J87fHE")
    for said in before:
        chat.says(said)
    assert "Escriba su pregunta" in chat.says(text)
    assert text not in chat.answers().values()
    assert chat.state.paused


@pytest.mark.parametrize("text", ["una consulta por mi licencia", "es una consulta médica"])
def test_a_question_with_its_words_is_heard_as_it_is(release: Release, text: str) -> None:
    assert "Escriba su pregunta" not in Chat(release).says(text)


@pytest.mark.parametrize("text", ["ya po gracias", "ok muchas gracias"])
def test_thanks_are_no_comment(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.opens("J87fHE")
    assert "Lo guardo" not in chat.says(text)
    chat.says("5")
    chat.says(text)
    assert text not in chat.answers().values()


def test_a_reason_that_comes_before_the_yes_stays_with_the_grade(release: Release) -> None:
    chat = Chat(release)
    chat.opens("J87fHE")
    chat.says("casi un 5")
    assert "¿Le pongo un 5" in chat.says("se demoraron mucho")
    chat.says("sí")
    assert "se demoraron mucho" in chat.answers().values()


def test_whom_to_tell_of_something_the_card_takes_the_words_for_a_complaint(
    release: Release,
) -> None:
    chat = Chat(release)
    assert "RECLAMO" in chat.says("a quién llamo por un perro que muerde")
    assert "un perro que muerde" in chat.says("reclamo")


@pytest.mark.parametrize("text", ["en qué quedó", "y lo mío", "en qué va mi reclamo"])
def test_a_curt_question_after_a_case_is_about_it(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.complains("hay un hoyo en Balmaceda 300, desde ayer, que lo arreglen")
    chat.says("no")
    assert "está en espera" in chat.says(text)
