"""What a message asks for besides is kept until it was shown."""

from __future__ import annotations

import pytest

from tests.handlers.chat import Chat

BOTH = "necesito un certificado de residencia y también castrar a mi perra"
FIRST, OTHER = "certificado-residencia", "esterilizacion"


@pytest.fixture
def first_shown(known: Chat) -> Chat:
    known.says(BOTH)
    known.presses(known.release.card_name(FIRST))
    assert known.state.topic == FIRST
    return known


@pytest.mark.parametrize("answer", ["sí", "no", "más o menos", "sí, muchas gracias"])
def test_the_other_is_offered_once_the_first_was_judged(first_shown: Chat, answer: str) -> None:
    first_shown.says(answer)
    assert first_shown.offers(f"other:{OTHER}")
    first_shown.presses("Sí, mostrar")
    assert first_shown.state.topic == OTHER
    first_shown.says("sí")
    assert not first_shown.offers(f"other:{FIRST}"), "both were shown"


@pytest.mark.parametrize("words", ["y lo otro", "ya, ahora lo otro", "y lo de castrar a la perra"])
def test_the_other_is_shown_when_it_is_asked_for_again(first_shown: Chat, words: str) -> None:
    first_shown.says(words)
    assert first_shown.state.topic == OTHER


@pytest.mark.parametrize("yes", ["sí", "ya po", "sí, muéstremelo"])
def test_a_yes_takes_what_is_offered(first_shown: Chat, yes: str) -> None:
    first_shown.says("sí")
    first_shown.says(yes)
    assert first_shown.state.topic == OTHER


def test_a_no_leaves_it(first_shown: Chat) -> None:
    first_shown.says("sí")
    first_shown.says("no, gracias")
    assert first_shown.state.topic == FIRST
    assert not first_shown.offers(f"other:{OTHER}")


def test_the_other_is_shown_after_the_first_became_a_case(known: Chat) -> None:
    known.says("quiero que poden un árbol y también saber del subsidio del agua")
    known.says("primero lo del árbol")
    known.complains("el árbol de Los Lirios está por caerse")
    known.says("y ahora lo otro, lo del subsidio del agua")
    assert known.state.topic == "subsidio-agua"


def test_nothing_is_left_once_a_third_thing_was_shown(first_shown: Chat) -> None:
    first_shown.says("cuándo pasa el camión de la basura")
    first_shown.says("sí")
    assert not first_shown.offers(f"other:{OTHER}")


@pytest.mark.parametrize("words", ["y cuánto cuesta", "qué papeles piden", "y dónde queda"])
def test_a_question_of_the_first_is_not_about_the_other(first_shown: Chat, words: str) -> None:
    first_shown.says(words)
    assert first_shown.state.topic == FIRST
