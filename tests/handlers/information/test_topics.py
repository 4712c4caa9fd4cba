"""Questions without a thing of their own: of the card, the area or the desk shown last."""

from __future__ import annotations

import pytest

from handlers.information import topics
from handlers.messages import Channel, Incoming, Sender, Text
from handlers.release import Release
from handlers.state import Conversation, Known
from handlers.stored_state import from_bytes
from handlers.turn import TurnBuilder
from tests.handlers.chat import MONDAY, Chat

ASPECTS = ("cost", "place", "hours", "papers", "how", "time", "whom", "contact", "more", "again")


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("shown", ["transito", "permiso-circulacion", ""])
@pytest.mark.parametrize("language", ["es-CL", "en", "ht"])
def test_each_question_about_what_was_shown_has_an_answer(
    release: Release, language: str, shown: str, aspect: str
) -> None:
    incoming = Incoming("1", Sender(Channel.TERMINAL, "", ""), Text(""), MONDAY)
    state = Conversation(topic=shown, language=language)
    turn = TurnBuilder(state, incoming, Known(new_id=1), release, MONDAY)

    topics.answer_about_topic(turn, aspect, "")

    assert turn.body


def test_no_entendi_after_an_area_shows_the_area_again(chat: Chat) -> None:
    chat.says("horario de la biblioteca")

    assert "talleres" in chat.says("no entendí")


@pytest.mark.parametrize("asked", ["dónde queda", "y a qué hora cierran", "me da el fono"])
def test_a_question_without_a_thing_of_its_own_at_a_desk_is_about_its_area(
    chat: Chat, asked: str
) -> None:
    chat.opens("J87fHE")

    said = chat.says(asked)

    assert said.startswith("Tránsito: ")
    assert "¿Qué nota le pone" in said


def test_a_rating_after_a_card_leaves_the_card_the_topic(chat: Chat) -> None:
    chat.says("permiso de circulación")
    chat.says("quiero evaluar tránsito")

    assert from_bytes(chat.stored).topic == "permiso-circulacion"
