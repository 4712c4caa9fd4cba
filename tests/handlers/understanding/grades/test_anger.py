"""Anger at a named office is a visit to be graded, and never a question to the search."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("estoy que exploto con la oficina de patentes, me mandan de un lado pa otro", "Patentes"),
        ("estoy furioso con la oficina de patentes", "Patentes"),
        ("me mata de la risa lo lento que son en el tránsito, 3 horas esperando", "Tránsito"),
        ("es el colmo lo malos que son en tesoreria", "Tesorería"),
    ],
)
def test_anger_at_an_office_is_heard_as_a_visit(release: Release, said: str, area: str) -> None:
    reply = Chat(release).says(said)
    assert "Gracias por contarlo" in reply
    assert area in reply


@pytest.mark.parametrize(
    "said", ["estoy molesto de la espalda, hay kinesiologo", "por qué me mandan de un lado a otro"]
)
def test_what_names_no_office_is_no_visit(release: Release, said: str) -> None:
    assert "Gracias por contarlo" not in Chat(release).says(said)
