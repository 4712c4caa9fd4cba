"""Words after a grade that may correct it: asked in one tap, and kept as its comment after a no."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

SLIPPED = "la niña agarró el celu y apretó puras leseras, no vale"
LIKELY = "voy a ser buena, un 4"


@pytest.fixture
def graded(release: Release) -> Chat:
    chat = Chat(release)
    chat.says("quiero poner nota")
    chat.says("tránsito")
    chat.says("2")
    return chat


def test_another_grade_is_noted_after_a_yes(graded: Chat) -> None:
    assert "de 2 a 4" in graded.says(LIKELY)
    assert list(graded.answers().values()) == ["2"]
    graded.says("sí")
    assert list(graded.answers().values()) == ["4"]


def test_after_a_no_the_words_are_the_comment(graded: Chat) -> None:
    graded.says(LIKELY)
    graded.presses("No, es comentario")
    assert list(graded.answers().values()) == ["2", LIKELY]


def test_words_after_that_belong_to_the_same_comment(graded: Chat) -> None:
    graded.says(LIKELY)
    graded.says("la señora del mesón fue muy amable")
    assert list(graded.answers().values()) == ["2", f"{LIKELY}\nla señora del mesón fue muy amable"]


def test_a_slip_can_be_erased_or_kept(graded: Chat) -> None:
    assert graded.says(SLIPPED).startswith("¿Borro su nota")
    assert list(graded.answers().values()) == ["2"]
    kept = graded.copy()
    kept.presses("No, es comentario")
    assert list(kept.answers().values()) == ["2", SLIPPED]
    graded.presses("Sí, borrarla")
    assert list(graded.answers().values()) == []
