"""Whether a card helped, in free words."""

from __future__ import annotations

import pytest

from handlers.facts import AnswerGiven
from handlers.release import Release
from tests.handlers.understanding.chats import at_card


@pytest.mark.parametrize(
    ("text", "helped"),
    [
        ("uy no, gran ayuda la suya... no me aclaró nada de nada", "no"),
        ("excelente respuesta, no me ayudó en nada", "no"),
        ("wow super useful, doesn't answer anything", "no"),
        ("lo de los papeles sí, lo otro no me sirvió", "partly"),
        ("sí me sirvió, no me había quedado claro", "yes"),
    ],
)
def test_a_plain_denial_wins_over_praise_of_a_card(
    release: Release, text: str, helped: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == [helped]
