"""/semana: staff are told what changed, with its picture; a citizen is told nothing of it."""

from __future__ import annotations

import pytest

from handlers.messages import File
from handlers.state import Staff, WeekNews
from tests.handlers.chat import Chat

ROSA = Staff(7, "Rosa", "transito")
PICTURE = File("grafico-transito.png", ref="chart:2026-W47:transito", spare=True)


@pytest.mark.parametrize("words", ["/semana", "semana", "Semana"])
def test_staff_see_what_changed_with_its_picture(chat: Chat, words: str) -> None:
    chat.staff, chat.week = ROSA, WeekNews("Tránsito bajó más de lo esperable.", PICTURE)
    assert chat.says(words).startswith("Tránsito bajó más de lo esperable.")
    assert chat.reply.file == PICTURE
    assert chat.reply.private
    assert chat.facts == []


def test_before_a_first_run_and_without_a_role_it_says_so(chat: Chat) -> None:
    chat.staff, chat.week = ROSA, WeekNews()
    assert "Aún no hay una semana controlada" in chat.says("/semana")
    chat.week = False
    assert "quien tiene un rol" in chat.says("/semana")


def test_a_citizen_gets_nothing_of_it(chat: Chat) -> None:
    chat.week = WeekNews("Tránsito bajó")
    for words in ("/semana", "semana"):
        assert "Tránsito bajó" not in chat.says(words)
