"""What is said beside a rating or a card, and belongs to neither."""

from __future__ import annotations

import pytest

from handlers.facts import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat


def graded(release: Release) -> Chat:
    chat = Chat(release)
    for text in ("quiero poner nota", "tránsito", "6"):
        chat.says(text)
    return chat


@pytest.mark.parametrize(("answer", "area"), [("sí", "cultura"), ("no", "transito")])
def test_a_rating_goes_elsewhere_only_after_a_yes(release: Release, answer: str, area: str) -> None:
    chat = graded(release)
    assert "¿Fue en" in chat.says("el lugar está malo, yo fui a la biblioteca")
    assert chat.state.progress is not None
    assert chat.state.progress.subject.area == "transito"
    chat.says(answer)
    assert chat.state.progress is not None
    assert chat.state.progress.subject.area == area
    assert not [fact for fact in chat.recorded(AnswerGiven) if fact.kind == "text"]


def test_what_is_told_of_a_procedure_is_not_added_to_the_comment(release: Release) -> None:
    chat = graded(release)
    chat.says("fueron amables")
    assert "no veo expedientes" in chat.says("¿ya salió mi licencia?")
    chat.says("la pedí el 3 de noviembre")
    words = [fact.value for fact in chat.recorded(AnswerGiven) if fact.kind == "text"]
    assert words == ["fueron amables"]


def test_a_card_that_is_still_to_be_tried_stays_asked_about(release: Release) -> None:
    chat = Chat(release)
    chat.says("permiso de circulación")
    assert "Cuando lo sepa" in chat.says("todavía no sé, voy mañana y le cuento")
    chat.says("sí")
    assert [fact.value for fact in chat.recorded(AnswerGiven)] == ["yes"]
