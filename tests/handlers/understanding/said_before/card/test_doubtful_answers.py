"""What sounds like an answer about a card and may not be one: it is asked about, not noted."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.understanding.chats import at_card

MAY_MOCK = (
    "harto que me sirvió oiga",
    "sí claro, de mucho me sirvió jaja",
    "ay sí que buena ayuda, puros links",
    "sí po, tremendo aporte",
    "si como no, utilísimo",
    "uy sí me cambió la vida",
    "buena ayuda pura propaganda",
    "jaja si claro buenisima la ayuda",
)
MEANT = (
    "harto que me sirvió muchas gracias",
    "harto me sirvió",
    "ay sí muchas gracias mijita",
    "ay que buena ayuda muchas gracias",
    "sí que me sirvió",
    "si me sirvió jaja gracias",
    "ah si me sirvió",
    "si claro que si gran ayuda muchas gracias",
    "si obvio me sirvio",
)
NOT_KNOWN = (
    "no sé todavía tengo que ir a ver",
    "nose todavia tengo que leerlo",
    "no sabria decirle tengo que verlo con mi hija",
    "nose",
    "ni idea",
    "no me acuerdo que preguntaba",
)
KNOWN = (
    ("mmm no sé algo me sirvió", "partly"),
    ("no sé, más o menos", "partly"),
    ("un poco pero tengo que ir", "partly"),
    ("no se como explicarlo pero no me sirvio", "no"),
)


@pytest.mark.parametrize("text", MAY_MOCK)
def test_a_yes_that_may_mock_is_asked_about(release: Release, text: str) -> None:
    chat = at_card(release)
    assert "¿Anoto que no le sirvió?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize("text", MEANT)
def test_a_yes_with_thanks_or_in_plain_words_is_noted(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == ["yes"]


@pytest.mark.parametrize("text", NOT_KNOWN)
def test_who_does_not_know_yet_has_not_answered(release: Release, text: str) -> None:
    chat = at_card(release)
    assert "Cuando lo sepa" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(("text", "value"), KNOWN)
def test_what_is_said_behind_a_hesitation_counts(release: Release, text: str, value: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == [value]
