"""Wishes to rate that are said politely, and what only sounds like one."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.understanding.free_words import wish_to_rate
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import NameUnsureArea, Rate
from tests.handlers.understanding.situations import at, context


@pytest.mark.parametrize(
    ("text", "area"),
    [
        (
            "se puede evaluar la oficina del adulto mayor? quiero dejarles mi nota",
            "personas-mayores",
        ),
        ("asisto a la oficina del adulto mayor y quisiera calificar su labor", "personas-mayores"),
        ("una notita pa las niñas de la oficina de la mujer, por acá se deja?", "mujer"),
        ("me gustaría poder calificar a tránsito", "transito"),
        ("is it possible to rate the library?", "cultura"),
        ("disculpe, por acá uno puede calificar a la biblioteca?", "cultura"),
        ("¿por este chat se les puede poner nota a los de tránsito?", "transito"),
    ],
)
def test_a_polite_wish_to_rate_finds_its_office(release: Release, text: str, area: str) -> None:
    meant = wish_to_rate(context(at(release, "new"), text))
    assert isinstance(meant, Rate | NameUnsureArea)
    found = (meant.subject.area,) if isinstance(meant, Rate) else meant.areas
    assert found == (area,)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no quiero evaluar a nadie", Act.DECLINE_RATING),
        ("no me interesa calificar", Act.DECLINE_RATING),
        ("puedo calificar para el subsidio", None),
        ("cómo califico para la beca", None),
    ],
)
def test_a_refusal_and_a_benefit_are_no_wish_to_rate(
    release: Release, text: str, meant: Act | None
) -> None:
    assert wish_to_rate(context(at(release, "new"), text)) is meant


@pytest.mark.parametrize(
    "text",
    [
        "Señorita buenas, ¿por acá le puedo dar puntaje a la oficina de partes?",
        "hola, por este chat les puedo dar estrellas a la oficina de partes",
    ],
)
def test_a_polite_wish_behind_a_greeting_offers_the_office(release: Release, text: str) -> None:
    meant = wish_to_rate(context(at(release, "new"), text))
    assert isinstance(meant, NameUnsureArea)
    assert "secretaria" in meant.areas
