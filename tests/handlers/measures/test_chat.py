"""Measures in the chat of staff: listed, shown, taken and finished; nothing for a citizen."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from handlers.facts.cases import CaseAnswered
from handlers.facts.staff import MeasureDone, MeasureNoted, MeasureTaken
from tests.handlers.chat import Chat
from tests.handlers.measures.conftest import DECIDED, UNDECIDED

MOVED = replace(DECIDED, number="M-2026-003", moved_from=date(2026, 11, 20))


@pytest.mark.parametrize("words", ["/medidas", "medidas", "Medidas"])
def test_staff_see_what_waits_and_until_when(rosa: Chat, words: str) -> None:
    text = rosa.says(words)
    assert "M-2026-001, Tránsito: por decidir, a más tardar el 4 de diciembre de 2026." in text
    assert "M-2026-002, Aseo y Áreas Verdes: debe estar hecha el 4 de diciembre de 2026." in text
    assert [option.label for option in rosa.reply.options][:2] == ["M-2026-001", "M-2026-002"]
    assert "«Abrir otra caja»" in text
    rosa.measures = tuple(
        replace(UNDECIDED, number=f"M-2026-{n:03}", words="ñ" * 1000) for n in range(12)
    )
    text = rosa.says(words)
    assert len(text) <= 900
    assert (text.count("«ñññññññ"), "Hay más en el panel: 6." in text) == (6, True)
    assert text.count("se anotan en el panel") == 1
    rosa.measures = (DECIDED, MOVED)
    assert rosa.says(words).count("Antes debía estar hecha el 20 de noviembre de 2026.") == 1


def test_one_is_taken_noted_and_finished(rosa: Chat) -> None:
    rosa.says("/medidas")
    rosa.presses("M-2026-001")
    keys = ["measure-take:M-2026-001", "measure-note:M-2026-001", "menu"]
    assert [option.key for option in rosa.reply.options] == keys
    assert "M-2026-001 quedó a su cargo." in rosa.presses("Tomarla")
    assert rosa.last == [MeasureTaken("M-2026-001", 7)]
    rosa.says("/medidas")
    assert "«Abrir otra caja»" in rosa.presses("M-2026-002")
    shown = rosa.reply
    assert shown.private
    text = rosa.says("Llegó el mesón nuevo", quotes=shown)
    assert "Anoté en M-2026-002: «Llegó el mesón nuevo»." in text
    assert rosa.last == [MeasureNoted("M-2026-002", 7, "Llegó el mesón nuevo")]
    rosa.says("/medidas")
    rosa.presses("M-2026-002")
    assert "quedó como hecha" in rosa.presses("Marcar como hecha")
    assert rosa.last == [MeasureDone("M-2026-002", 7)]
    assert rosa.recorded(CaseAnswered) == []


def test_one_that_somebody_has_is_not_taken_and_it_is_said_who_has_it(rosa: Chat) -> None:
    rosa.says("M-2026-001")
    button = rosa.reply
    rosa.measures = (replace(UNDECIDED, can=("note",), owner=8, holder="Ana"),)
    assert "M-2026-001 está a cargo de Ana." in rosa.presses("Tomarla")
    assert rosa.facts == []
    assert "M-2026-001 está a cargo de Ana." in rosa.says("M-2026-001")
    assert [option.key for option in rosa.reply.options] == ["measure-note:M-2026-001", "menu"]
    assert button.text != rosa.reply.text


SHOWN, ENDED, LISTED = "«Abrir otra caja»", "se cierra en el panel", "Toque una"


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


def test_a_measure_says_by_which_other_indicator_it_is_judged(rosa: Chat) -> None:
    assert "Se mide en" not in rosa.says("M-2026-002")
    rosa.measures = (replace(DECIDED, judged_by="Nota 6 o 7: Mesón de Aseo"),)
    for words in ("M-2026-002", "/medidas"):
        assert "Se mide en «Nota 6 o 7: Mesón de Aseo»." in rosa.says(words)


def test_a_signal_says_what_it_is_about(rosa: Chat) -> None:
    assert "las notas de Tránsito bajaron más de lo que" in rosa.says("M-2026-001")


@pytest.mark.parametrize("words", ["LS-2026-000001", "M-2026-00001", "M-2026-01"])
def test_other_numbers_are_no_measures(rosa: Chat, words: str) -> None:
    assert "M-2026-00" not in rosa.says(words).replace(words, "")
    assert not any(isinstance(fact, MeasureNoted) for fact in rosa.facts)


def test_what_is_no_longer_possible_is_said(rosa: Chat) -> None:
    rosa.says("/medidas")
    rosa.presses("M-2026-002")
    shown = rosa.reply
    rosa.measures = (replace(DECIDED, state="done", can=("note",), due_at=None),)
    text = rosa.presses("Marcar como hecha")
    assert "Eso no corresponde ahora." in text
    assert "está hecha y se espera su efecto" in text
    rosa.measures = ()
    assert "No encuentro M-2026-002 entre las medidas abiertas" in rosa.says(
        "Ya está", quotes=shown
    )
    assert rosa.facts == []
    assert "No hay medidas abiertas en su área." in rosa.says("/medidas")


def test_a_citizen_gets_nothing_of_it(chat: Chat) -> None:
    chat.measures = (UNDECIDED,)
    for words in ("/medidas", "medidas", "M-2026-001 ya está lista la caja"):
        assert "M-2026-001" not in chat.says(words)
    assert not any("Measure" in type(fact).__name__ for fact in chat.facts)


def test_a_button_of_before_does_nothing_for_whoever_is_no_longer_staff(rosa: Chat) -> None:
    rosa.says("/medidas")
    rosa.staff = None
    rosa.presses("M-2026-002")
    assert "M-2026-002" not in rosa.reply.text


def test_twenty_measures_fit_in_a_message(rosa: Chat) -> None:
    rosa.measures = tuple(replace(DECIDED, number=f"M-2026-{number:03}") for number in range(1, 21))
    rosa.says("/medidas")
    assert len(rosa.reply.options) == 7
    rosa.measure_areas = ("aseo",)
    rosa.says("/medidas")
    keys = [option.key for option in rosa.reply.options]
    assert (len(keys), keys[-2:]) == (8, ["measure-new", "menu"])


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
