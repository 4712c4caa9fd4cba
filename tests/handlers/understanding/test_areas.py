"""The area that words are about."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.understanding.areas import area_named, area_of_words
from tests.handlers.understanding.situations import at, context


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
