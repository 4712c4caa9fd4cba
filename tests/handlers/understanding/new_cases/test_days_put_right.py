"""The day of a complaint is put right while it is told, and what was told comes back."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

RUDE = "the lady was rude to me, it was on Monday morning at the transit office"
BADLY = "ayer en el cesfam las compañías me trataron mal, pido disculpas"
ON_TUESDAY = "el martes en el cesfam las compañías me trataron mal, pido disculpas"


def told(release: Release, words: str) -> Chat:
    chat = Chat(release)
    chat.says(("complaint: " if words == RUDE else "reclamo: ") + words)
    if chat.offers("skip"):
        chat.presses(chat.labels[0])
    return chat


@pytest.mark.parametrize(
    ("words", "said", "right"),
    [
        (RUDE, "it was not monday sorry, it was tuesday", RUDE.replace("Monday", "tuesday")),
        (
            RUDE,
            "leave it as it was, just put tuesday not monday",
            RUDE.replace("Monday", "tuesday"),
        ),
        (BADLY, "no es de ayer, es de anteayer", BADLY.replace("ayer", "anteayer")),
        (BADLY, "perdón, fue anteayer", BADLY.replace("ayer", "anteayer")),
        (BADLY, "no fue ayer, fue el martes", ON_TUESDAY),
        (BADLY, "me equivoqué, fue el martes", ON_TUESDAY),
        (ON_TUESDAY, "no era el martes, era ayer", BADLY),
    ],
)
def test_the_day_alone_is_replaced(release: Release, words: str, said: str, right: str) -> None:
    chat = told(release, words)
    assert f"{right}" in chat.says(said)
    assert chat.offers("file")


@pytest.mark.parametrize(
    "said", ["también el lunes me trataron mal", "el lunes va a venir mi hija", "fue en la tarde"]
)
def test_another_day_is_told_beside_it(release: Release, said: str) -> None:
    chat = told(release, BADLY)
    chat.says(said)
    assert chat.state.filing is not None
    assert BADLY in chat.state.filing.words


def test_a_correction_where_all_was_to_be_told_anew_replaces_no_more_than_it_says(
    release: Release,
) -> None:
    chat = told(release, RUDE)
    chat.says("it is something")
    if chat.offers("replace-told"):
        chat.presses("Change what I told")
    chat.says("leave it as it was, just put tuesday not monday")
    assert chat.state.filing is not None
    assert RUDE.replace("Monday", "tuesday") in chat.state.filing.words


@pytest.mark.parametrize(
    "said",
    [
        "no! that is not the complaint, where is what I wrote about the rude lady",
        "where is what I wrote",
        "bring back what I wrote",
        "dónde quedó lo que escribí antes",
    ],
)
def test_what_was_told_before_comes_back(release: Release, said: str) -> None:
    chat = told(release, RUDE)
    chat.says("I want to rewrite it all again")
    chat.says("change my text: nobody at the office was ever there for us")
    assert "rude" in chat.says(said)
    assert chat.offers("file")
