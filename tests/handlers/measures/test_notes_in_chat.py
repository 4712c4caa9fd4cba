"""What staff write about a measure in the chat: a note, something to search, or that it ends."""

from __future__ import annotations

import pytest

from handlers.facts.staff import MeasureNoted
from handlers.stored_state import holds_words, without_words
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    "words", ["M-2026-002 Llegó el mesón nuevo", "m-2026-002: Llegó el mesón nuevo"]
)
def test_a_note_that_begins_with_the_number_quotes_nothing(rosa: Chat, words: str) -> None:
    assert "Anoté en M-2026-002: «Llegó el mesón nuevo»." in rosa.says(words)
    assert rosa.last == [MeasureNoted("M-2026-002", 7, "Llegó el mesón nuevo")]
    assert "quedó como hecha" in rosa.says("ya está hecha")


def test_a_note_is_asked_for_and_what_comes_next_is_that_note(rosa: Chat) -> None:
    rosa.says("M-2026-002")
    assert "no se borra" in rosa.presses("Anotar algo")
    rosa.says("Llegó el mesón nuevo")
    assert rosa.last == [MeasureNoted("M-2026-002", 7, "Llegó el mesón nuevo")]
    rosa.says("Parece que sí")
    rosa.says("M-2026-002")
    rosa.says("anotar")
    rosa.says("cancelar")
    rosa.says("Llegó otro mesón")
    assert len(rosa.recorded(MeasureNoted)) == 1
    rosa.says("M-2026-002")
    shown = rosa.reply
    assert "debe estar hecha" in rosa.says("hecha", quotes=shown)  # one word is no note
    assert len(rosa.recorded(MeasureNoted)) == 1


@pytest.mark.parametrize(
    "words", ["M-2026-002", "tomar m-2026-002", "M-2026-002 hecha", "¿en qué está M-2026-002?"]
)
def test_a_number_without_a_note_shows_the_measure(rosa: Chat, words: str) -> None:
    assert "«Abrir otra caja»" in rosa.says(words)
    assert rosa.reply.options[1].key == "measure-done:M-2026-002"
    assert rosa.facts == []


@pytest.mark.parametrize(
    ("shown", "said", "pressed"),
    [
        ("M-2026-002", "Llegó el mesón nuevo y la gente espera menos", "Sí"),
        ("M-2026-002", "se arregló la caja, ahora atienden súper bien", "Sí"),
        ("M-2026-002", "la basura ya se retira los martes", "sí, por favor"),
        ("M-2026-002", "puse un 7 en el letrero de la entrada", "dale"),
        ("/medidas", "en Aseo ya contratamos a dos personas para la ruta", "Sí"),
        ("/medidas", "ya contratamos a dos personas para la ruta", "M-2026-002"),
    ],
)
def test_words_after_a_measure_are_asked_about_and_noted(
    rosa: Chat, shown: str, said: str, pressed: str
) -> None:
    rosa.says(shown)
    text = rosa.says(said)
    assert f"«{said}»" in text
    assert "no se borra" in text
    assert rosa.facts == []
    assert holds_words(rosa.state)
    assert said not in repr(without_words(rosa.state))
    rosa.says(pressed)
    assert rosa.last == [MeasureNoted("M-2026-002", 7, said)]
    assert rosa.state.measure is None
    assert said not in repr(rosa.state)  # which is stored in the clear from here on


def test_words_after_a_measure_that_are_no_note_are_searched(rosa: Chat) -> None:
    rosa.says("M-2026-002")
    assert "«permiso de circulación»" in rosa.says("permiso de circulación")
    assert "circulación" in rosa.says("no")
    assert rosa.state.measure is None
    rosa.says("/medidas")
    assert "circulación" in rosa.says("¿dónde saco el permiso de circulación?")
    rosa.says("/medidas")
    rosa.says("muchas gracias")
    assert not rosa.recorded(MeasureNoted)


@pytest.mark.parametrize(
    "words", ["cerrar la medida", "No hay medida.", "quiero cerrar la medida", "ciérrala", "cerrar"]
)
@pytest.mark.parametrize(
    "before", [("M-2026-002",), ("/medidas", "M-2026-002"), ("M-2026-002", "Anotar algo")]
)
def test_that_a_measure_ends_leads_to_where_that_is_done_and_is_no_note(
    rosa: Chat, before: tuple[str, ...], words: str
) -> None:
    for said in before:
        rosa.says(said)
    text = rosa.says(words)
    assert "Una medida se cierra en el panel" in text
    assert "«Abrir otra caja»" in text
    keys = [option.key for option in rosa.reply.options]
    assert keys == ["measure-note:M-2026-002", "measure-done:M-2026-002", "menu"]
    assert rosa.facts == []
    rosa.says("Llegó otro mesón ayer")
    assert not rosa.recorded(MeasureNoted), "it is asked whether this is a note"


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("M-2026-002 cerrar la medida", True),
        ("M-2026-002: no hay medida", True),
        ("cerrar la medida M-2026-002", True),
        ("M-2026-002 cerramos la calle por las obras", False),
        ("M-2026-002 no hay medidas de seguridad en la caja y se pidieron", False),
    ],
)
def test_with_its_number_too_and_other_words_are_a_note(rosa: Chat, words: str, ends: bool) -> None:
    assert ("Una medida se cierra en el panel" in rosa.says(words)) == ends
    assert bool(rosa.recorded(MeasureNoted)) != ends


def test_of_several_measures_the_list_follows(rosa: Chat) -> None:
    rosa.says("/medidas")
    text = rosa.says("no hay medida")
    assert "Una medida se cierra en el panel" in text
    assert "Toque una para verla" in text
