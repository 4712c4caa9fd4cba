"""A grade beside more: what stands round it is no office, and what it was for is kept with it."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    ("text", "area"),
    [
        (
            "vengo de sacar la licencia de conducir y la verdad un 3, mucha espera",
            "transito",
        ),
        (
            "a 5 for tourism, lovely people. By the way, is there a lifeguard?",
            "turismo",
        ),
    ],
)
def test_a_grade_beside_more_is_proposed_last(release: Release, text: str, area: str) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.proposal is not None
    assert chat.state.proposal.area == area


@pytest.mark.parametrize(
    ("before", "text", "area"),
    [
        ("", "un siete de mi parte", None),
        ("permiso para vender en la calle", "moun nan biwo a te trete m mal, m ba l 2", "patentes"),
    ],
)
def test_a_word_that_only_stands_beside_a_grade_names_no_area(
    release: Release, before: str, text: str, area: str | None
) -> None:
    chat = Chat(release)
    chat.says(before or "hola")
    chat.says(text)
    assert (chat.state.proposal.area if chat.state.proposal is not None else None) == area


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        (
            "si, pero era por el subsidio familiar",
            [("3", "era por el subsidio familiar")],
        ),
        ("si, pero quiero saber del subsidio familiar", [("3",)]),
    ],
)
def test_what_it_was_for_behind_a_yes_is_noted_with_the_grade(
    release: Release, text: str, grades: list[tuple[str, ...]]
) -> None:
    chat = Chat(release)
    chat.says("le pongo un 3 a la dideco")
    chat.says(text)
    given = [fact.value for fact in chat.recorded(AnswerGiven)]
    assert given == [value for grade in grades for value in grade]
