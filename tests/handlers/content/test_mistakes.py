"""How a mistake's place is told: short, and without a quotation left open."""

from __future__ import annotations

import pytest

from handlers.content.mistakes import Mistake


@pytest.mark.parametrize(
    ("key", "ending"),
    [
        ("questions[" + "x" * 200, "x…"),
        ("questions[«" + "the file " * 30, "…»"),
        (f"questions[«{'x' * 55}»].choices[«{'y' * 55}»].text", "y…»"),
    ],
)
def test_a_long_place_is_cut_and_its_quotation_closed(key: str, ending: str) -> None:
    place = Mistake("areas/obras.toml", key, "falta").place
    assert place.endswith(ending)
    assert len(place) <= len("areas/obras.toml: ") + 120
    assert place.count("«") == place.count("»")
