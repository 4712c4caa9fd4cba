"""A proposed grade that is answered in words: said again, doubted, declined."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.grades.test_proposed_grades import proposed


@pytest.mark.parametrize(
    "text",
    [
        "sí, el 2 es para el consultorio",
        "sí po, un 2 al consultorio",
        "yes, the 2 is for the clinic",
    ],
)
def test_the_proposed_grade_and_area_said_again_are_a_yes(release: Release, text: str) -> None:
    chat = proposed(release)
    chat.says(text)
    assert [fact.grade for fact in chat.recorded(AnswerGiven) if fact.grade] == [2]


@pytest.mark.parametrize(
    "text",
    [
        *("el 2 no es para el consultorio", "¿el 2 es para el consultorio?"),
        *("sí, el 2 es para el consultorio pero no ahora", "si no fuera tanto"),
        *(
            "no, es para usted",
            "no, for you, the bot. not for the office",
            "no era para la oficina",
        ),
        *("olvide la nota. ¿dónde pago la patente?", "no! forget the grade", "non, bliye nòt la"),
    ],
)
def test_what_doubts_or_declines_the_proposed_grade_notes_none(release: Release, text: str) -> None:
    chat = proposed(release)
    chat.says(text)
    assert not [fact.grade for fact in chat.recorded(AnswerGiven) if fact.grade]


@pytest.mark.parametrize(
    "text",
    [
        *("no, es para usted", "no, for you, the bot. not for the office"),
        *("no era para la oficina", "olvide la nota", "no! forget the grade", "non, bliye nòt la"),
    ],
)
def test_a_proposed_grade_that_is_declined_is_not_proposed_again(
    release: Release, text: str
) -> None:
    chat = proposed(release)
    chat.says(text)
    assert chat.state.proposal is None
    assert chat.state.draft is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mwen bay biwo patant lan yon 7", ""),
        ("mwen bay biwo patant lan yon 7 paske yo janti", "paske yo janti"),
    ],
)
def test_what_only_gives_the_proposed_grade_is_no_comment(
    release: Release, text: str, words: str
) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.proposal is not None
    assert words in chat.state.proposal.words
    assert bool(words) == bool(chat.state.proposal.words)
