"""The area that words are about."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.understanding.areas import area_named, area_of_words
from handlers.understanding.intents.rating import CorrectArea
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context, understood


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Tránsito", "transito"),
        ("la oficina de tránsito, creo", "transito"),
        ("tesoreria", "finanzas"),
        ("licencia de conducir", "transito"),
        ("qwerty", ""),
        ("la muni", ""),
        ("", ""),
    ],
)
def test_a_named_area(release: Release, text: str, area: str) -> None:
    assert area_named(context(at(release, "menu"), text), text) == area


@pytest.mark.parametrize(
    ("situation", "text", "area"),
    [
        ("menu", "la licencia de conducir", "transito"),
        ("card", "qwerty", "transito"),  # the card last shown
        ("menu", "qwerty", ""),
    ],
)
def test_the_area_of_words(release: Release, situation: str, text: str, area: str) -> None:
    assert area_of_words(context(at(release, situation), text)) == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("no era en tránsito, era en obras", "obras"),
        ("era en Aseo", "aseo"),
        ("no, fui a la biblioteca", "cultura"),
    ],
)
def test_an_area_is_put_right_where_it_is_named_as_a_place(
    release: Release, text: str, area: str
) -> None:
    assert understood(at(release, "grade"), text)[0] == CorrectArea(area)


@pytest.mark.parametrize(
    "text",
    [
        "5 estuve como 2 horas ahi y eran 3 personas no mas atendiendo",
        "no era mucho, eran 3 personas no más atendiendo",
        "era obra de caridad la atención, no era un favor",
        "fue como cementerio de tanta espera, un 2",
    ],
)
def test_a_common_word_or_a_grade_beside_it_puts_no_area_right(release: Release, text: str) -> None:
    meant = understood(at(release, "grade"), text)
    assert not any(isinstance(one, CorrectArea) for one in meant)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("quiero evaluar la biblioteca, no tránsito", "Biblioteca"),
        ("quiero calificar la biblioteca, no el cementerio", "Biblioteca"),
        ("no quiero evaluar tránsito sino la biblioteca", "Biblioteca"),
        ("quiero evaluar aseo, no tránsito", ""),
    ],
)
def test_an_area_that_is_not_meant_is_not_rated(release: Release, text: str, named: str) -> None:
    reply = Chat(release).says(text)
    assert "última atención en Tránsito" not in reply
    assert (f"{named}. ¿Qué nota" in reply) is bool(named)
