"""Which measure is meant in the chat, and what is wanted with it."""

from __future__ import annotations

import pytest

from handlers.facts.staff import MeasureNoted
from tests.handlers.chat import Chat
from tests.handlers.played import play

SHOWN, ENDED, LISTED = "«Abrir otra caja»", "se cierra en el panel", "Toque una"


@pytest.mark.parametrize(
    "words", ["M-2026-002", "tomar m-2026-002", "M-2026-002 hecha", "¿en qué está M-2026-002?"]
)
def test_a_number_without_a_note_shows_the_measure(rosa: Chat, words: str) -> None:
    assert "«Abrir otra caja»" in rosa.says(words)
    assert rosa.reply.options[1].key == "measure-done:M-2026-002"
    assert rosa.facts == []


@pytest.mark.parametrize(
    ("before", "words", "told"),
    [
        ("", "medida 2", SHOWN),
        ("", "/medida 2", SHOWN),
        ("", "¿cómo va la medida n° 2?", SHOWN),
        ("", "lista la 2", SHOWN),
        ("", "me hago cargo de la 2", SHOWN),
        ("", "cerrar la 2", ENDED),
        ("", "medida 9", "No encuentro la medida 9"),
        ("", "la 2", "No sé a qué responde"),
        ("/medidas", "2", SHOWN),
        ("/medidas", "la 2", SHOWN),
        ("/medidas", "¿quién tiene la 2?", SHOWN),
        ("/medidas", "la 1 y la 2", LISTED),
        ("/medidas", "no hay medida para la 2", ENDED),
        ("M-2026-001", "tomo la 2", SHOWN),
        ("M-2026-001", "la 2: llegó el mesón nuevo", "¿Lo anoto en M-2026-002"),
    ],
)
def test_one_is_named_in_short_and_nothing_changes_until_its_button_is_pressed(
    rosa: Chat, before: str, words: str, told: str
) -> None:
    if before:
        rosa.says(before)
    assert told in rosa.says(words)
    assert rosa.facts == []
    if told == SHOWN:
        assert "quedó como hecha" in rosa.presses("Marcar como hecha")


@pytest.mark.parametrize("words", ["LS-2026-000001", "M-2026-00001", "M-2026-01"])
def test_other_numbers_are_no_measures(rosa: Chat, words: str) -> None:
    assert "M-2026-00" not in rosa.says(words).replace(words, "")
    assert not any(isinstance(fact, MeasureNoted) for fact in rosa.facts)


@pytest.mark.parametrize("words", ["hecha", "la tomo", "anotar"])
def test_what_is_done_with_one_of_several_measures_asks_with_which(rosa: Chat, words: str) -> None:
    rosa.says("/medidas")
    assert "Toque una para verla" in rosa.says(words)
    assert rosa.facts == []


@pytest.mark.parametrize("words", ["la de aseo", "aseo", "Aseo y Áreas Verdes"])
def test_one_of_several_measures_is_chosen_by_its_area(rosa: Chat, words: str) -> None:
    rosa.says("/medidas")
    assert "«Abrir otra caja»" in rosa.says(words)
    assert rosa.facts == []


@pytest.mark.parametrize(
    "words", ["cerrar la medida", "No hay medida.", "quiero cerrar la medida", "ciérrala", "cerrar"]
)
@pytest.mark.parametrize(
    "before", [("M-2026-002",), ("/medidas", "M-2026-002"), ("M-2026-002", "Anotar algo")]
)
def test_that_a_measure_ends_leads_to_where_that_is_done_and_is_no_note(
    rosa: Chat, before: tuple[str, ...], words: str
) -> None:
    play(rosa, *before)
    text = rosa.says(words)
    assert "Una medida se cierra en el panel" in text
    assert "«Abrir otra caja»" in text
    keys = [option.key for option in rosa.reply.options]
    assert keys == ["measure-note:M-2026-002", "measure-done:M-2026-002", "menu"]
    assert rosa.facts == []
    rosa.says("Llegó otro mesón ayer")
    assert not rosa.recorded(MeasureNoted), "it is asked whether this is a note"


def test_of_several_measures_the_list_follows(rosa: Chat) -> None:
    rosa.says("/medidas")
    text = rosa.says("no hay medida")
    assert "Una medida se cierra en el panel" in text
    assert "Toque una para verla" in text
