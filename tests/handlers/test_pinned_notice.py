"""A notice above every reply, and no ratings meanwhile; danger still comes first."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.facts.responses import AnswerGiven, ResponseOpened
from handlers.messages import CaseNews, CaseStep, Channel
from handlers.release import Release
from handlers.state import Pinned, Staff
from tests.handlers.chat import MONDAY, Chat
from tests.handlers.limits import within_limits

TEXT = "Hay alerta de tsunami: vaya ya a una zona alta. Infórmese en el 133."
STOPS, KEEPS = Pinned(TEXT, stops_ratings=True), Pinned(TEXT, stops_ratings=False)


@pytest.fixture
def chat(release: Release) -> Chat:
    return Chat(release, pinned=STOPS)


@pytest.mark.parametrize("channel", list(Channel))
def test_it_stands_above_every_reply_on_every_channel(release: Release, channel: Channel) -> None:
    chat = Chat(release, channel=channel, pinned=STOPS)
    for words in ("hola", "¿dónde saco la licencia de conducir?", "áreas", "datos", "asdf qwer"):
        assert chat.says(words).startswith(f"Aviso. {TEXT}") or TEXT in chat.reply.text[:150]
        assert chat.reply.text.index(TEXT) < 20, words
        assert within_limits(chat.reply, channel) == []


def test_danger_still_comes_first(chat: Chat) -> None:
    answer = chat.says("hay un incendio en mi casa")
    assert answer.index("132") < answer.index(TEXT)


@pytest.mark.parametrize(
    "words", ["nota", "calificar", "un 7 para tránsito", "ayer me atendieron muy bien", "encuesta"]
)
def test_ratings_are_stopped_and_it_says_so(chat: Chat, words: str) -> None:
    answer = chat.says(words)
    assert "no recibimos notas" in answer
    assert chat.offers("complaint")
    assert not chat.recorded(ResponseOpened)
    assert not chat.recorded(AnswerGiven)


def test_nothing_is_asked_about_a_card(chat: Chat) -> None:
    answer = chat.says("¿dónde saco la licencia de conducir?")
    assert "¿Le sirvió?" not in answer
    assert chat.state.progress is None
    assert not chat.recorded(ResponseOpened)


def test_a_desks_code_asks_for_no_grade(chat: Chat) -> None:
    chat.opens(chat.release.content.desks[0].token)
    assert "no recibimos notas" in chat.reply.text
    assert not chat.recorded(ResponseOpened)


def test_what_was_in_progress_waits_until_the_notice_is_gone(release: Release) -> None:
    chat = Chat(release)
    chat.says("nota")
    chat.says("tránsito")
    chat.pinned = STOPS
    chat.says("6")
    assert not chat.recorded(AnswerGiven)
    assert "no recibimos notas" in chat.says("seguir")
    chat.pinned = None
    chat.says("seguir")
    chat.says("6")
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == [6]


def test_complaints_are_taken_while_a_notice_stops_ratings(chat: Chat) -> None:
    chat.complains("La luminaria de mi pasaje no prende hace un mes")
    assert chat.recorded(CaseOpened)


def test_it_may_leave_ratings_on(release: Release) -> None:
    chat = Chat(release, pinned=KEEPS)
    chat.says("nota")
    chat.says("tránsito")
    chat.says("6")
    assert chat.recorded(AnswerGiven)
    assert TEXT in chat.reply.text


def test_news_and_staff_are_told_without_it(release: Release) -> None:
    chat = Chat(release, pinned=STOPS)
    chat.hear(CaseNews("LS-2026-000001", CaseStep.READ, "aseo", MONDAY))
    assert TEXT not in chat.reply.text
    own = Chat(release, pinned=STOPS, staff=Staff(1, "Ana"))
    assert TEXT not in own.says("hola")
