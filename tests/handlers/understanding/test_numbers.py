"""Numbers alone: options of a list, and those that answer nothing."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from handlers.understanding import numbers
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.information import UsefulAnswer
from handlers.understanding.intents.unclear import ChooseBeyondList, StrayNumber
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.number_words import read_numbers
from tests.handlers.played import played
from tests.handlers.understanding.situations import at, context


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 y 3", (1, 3)),
        ("1, 3 y 4", (1, 3, 4)),
        ("uno, dos and three", (1, 2, 3)),
        ("el 2 y el 5", (2, 5)),
        ("2 veces", ()),
        ("123", ()),
        ("", ()),
    ],
)
def test_several_numbers_are_read_where_nothing_else_is_said(
    release: Release, text: str, found: tuple[int, ...]
) -> None:
    assert read_numbers(text, release.lexicon) == found


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("menu", "1", Act.INVITE_QUESTION),
        ("menu", "la dos", Act.START_RATING),
        ("menu", "c, por favor", Act.COMPLAIN),
        ("menu", "4", None),
        ("card", "1", UsefulAnswer("yes")),
        ("grade", "1", None),
        ("new", "1", Act.INVITE_QUESTION),  # the welcome is numbered as well
    ],
)
def test_a_number_of_a_list(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert numbers.number_of_list(context(at(release, situation), text)) == meant


def test_a_list_that_was_shown_long_ago_is_not_chosen_from(release: Release) -> None:
    chat = at(release, "menu")
    chat.waits(minutes=31)
    assert numbers.number_of_list(context(chat, "1")) is None
    assert numbers.stray_number(context(chat, "1")) == StrayNumber(1)


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("menu", "7", ChooseBeyondList(7)),
        ("rated", "7", StrayNumber(7)),
        ("case", "7", None),  # a house number, say: a person reads it
        ("grade", "7", None),
        ("area", "7", None),
        ("menu", "ponles un 7", None),
        ("menu", "siete vidas", None),
    ],
)
def test_a_number_that_answers_nothing(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert numbers.stray_number(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    ("before", "text", "asked"),
    [
        (["permiso de circulación"], "un 2", "¿Le pongo un 2 a Tránsito?"),
        (["permiso de circulación"], "un uno no más", "¿Le pongo un 1 a Tránsito?"),
        (["quiero poner nota", "tránsito", "2"], "un 4", "¿Cambio su nota para Tránsito de 2 a 4?"),
        (["quiero poner nota", "tránsito", "2"], "un 2", "¿Dejo su nota para Tránsito en 2?"),
        (["quiero poner nota"], "un 3", "Tengo su nota 3"),
        (["hola"], "un 2", "Tengo su nota 2"),
    ],
)
def test_a_grade_as_people_say_it_chooses_nothing_of_a_list(
    release: Release, before: list[str], text: str, asked: str
) -> None:
    chat = played(release, *before)
    given = len(chat.recorded(AnswerGiven))
    assert asked in chat.says(text)
    assert len(chat.recorded(AnswerGiven)) == given


@pytest.mark.parametrize("text", ["4", "el 4", "la 4", "opción 4"])
def test_a_number_of_the_list_of_reasons_is_one(release: Release, text: str) -> None:
    chat = played(release, "quiero poner nota", "tránsito", "2", text)
    assert chat.record()["grade"] == "2"
    assert len(chat.recorded(AnswerGiven)) == 2
