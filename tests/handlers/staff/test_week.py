"""/semana: staff are told what changed, with its picture; a citizen is told nothing of it."""

from __future__ import annotations

import pytest

from handlers.messages import File
from handlers.staff_chat.measures import MeasureBrief
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


def test_the_measures_that_wait_are_a_button_away(chat: Chat) -> None:
    waiting = MeasureBrief("M-2026-001", "transito", "decided", "Abrir otra caja", None, ("do",))
    chat.staff, chat.measures = ROSA, (waiting,)
    for picture in (PICTURE, None):
        chat.week = WeekNews("Tránsito bajó más de lo esperable.", picture)
        assert "Medidas abiertas en sus áreas: 1." in chat.says("/semana")
        told = chat.replies[-2] if picture else chat.reply
        assert (told.file, told.private) == (picture, True)
        assert "Tránsito bajó" in told.text
        assert "M-2026-001, Tránsito: " in chat.presses("Ver medidas")


def test_before_a_first_run_and_without_a_role_it_says_so(chat: Chat) -> None:
    chat.staff, chat.week = ROSA, WeekNews()
    assert "Aún no hay una semana controlada" in chat.says("/semana")
    chat.week = False
    assert "quien tiene un rol" in chat.says("/semana")


def test_a_citizen_gets_nothing_of_it(chat: Chat) -> None:
    chat.week = WeekNews("Tránsito bajó")
    for words in ("/semana", "semana"):
        assert "Tránsito bajó" not in chat.says(words)
