"""A "no más" that says "just" is no denial; a yes that was taken for a no is asked again."""

from __future__ import annotations

import pytest

from handlers.facts.own_data import DataErased
from handlers.release import Release
from handlers.understanding.reading.clauses import without_just
from tests.handlers.chat import Chat

ASKED = "¿Borro sus datos?"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ya sí, borre no más", "ya si borre"),
        ("Bórrelo no ma po", "borrelo po"),
        ("eso nada más", "eso"),
        ("no más", "no mas"),
        ("ya no más", "ya no mas"),
        ("sí, no más mensajes", "si no mas mensajes"),
        ("por favor no más", "por favor no mas"),
        ("no borre no más", "no borre"),
    ],
)
def test_no_more_denies_where_it_leads_and_says_just_behind_a_verb(
    release: Release, text: str, words: str
) -> None:
    assert " ".join(without_just(text, release.lexicon)) == words


@pytest.mark.parametrize(
    ("text", "erases"),
    [
        ("ya si borre no mas", True),
        ("borre no mas", True),
        ("si no más", True),
        ("ya po borre no ma", True),
        ("borre todo no mas señorita", True),
        ("borre nada más", True),
        ("no más", False),
        ("ya no más", False),
        ("no borre más", False),
        ("no borre no mas", False),
        ("déjelo no más", False),
        ("déjelo así no mas", False),
    ],
)
def test_erasing_takes_an_idiom_of_yes_for_a_yes(chat: Chat, text: str, erases: bool) -> None:
    assert ASKED in chat.says("quiero borrar mis datos")
    said = chat.says(text)
    assert any(isinstance(fact, DataErased) for fact in chat.facts) == erases
    assert erases or "no borré nada" in said


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("como q no, le dije q SI borre!", True),
        ("le dije que sí", True),
        ("no, si yo quería que borrara", True),
        ("¿como que no? bórrelos", True),
        ("oiga pero le dije que borrara", True),
        ("no oiga, dije que SÍ", True),
        ("le dije que no", False),
        ("ya, gracias, no borre", False),
        ("ok, chao", False),
        ("y el permiso de circulación?", False),
    ],
)
def test_a_protest_after_a_no_asks_again(chat: Chat, text: str, again: bool) -> None:
    chat.says("quiero borrar mis datos")
    assert "no borré nada" in chat.says("no")
    assert (ASKED in chat.says(text)) == again
    assert not any(isinstance(fact, DataErased) for fact in chat.facts)


@pytest.mark.parametrize(
    "text",
    ["borren todo lo q tienen mio", "borre no más todo lo que hay mío", "eliminen todo lo mio"],
)
def test_all_that_is_kept_is_asked_to_be_erased_at_once(chat: Chat, text: str) -> None:
    assert ASKED in chat.says(text)
