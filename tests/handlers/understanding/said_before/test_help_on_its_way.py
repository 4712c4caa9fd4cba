"""Help that was called or that came, somebody else who was hurt, and where that is reported."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from tests.handlers.chat import Chat

BEATEN = "le estan pegando a una señora aqui al lado"
FIRE = "se esta quemando el sitio eriazo de al lado"
LOT = "quiero reclamar por un sitio eriazo con pasto seco en calle Los Perales 120"


@pytest.mark.parametrize(
    ("danger", "text", "over"),
    [
        (BEATEN, "si ya vienen los carabineros, la señora salio a la calle", True),
        (BEATEN, "ya llamé a carabineros, la señora está en la vereda", True),
        (BEATEN, "ya vienen los carabineros pero le siguen pegando a la señora", False),
        (BEATEN, "ya vienen los carabineros, ahora me está pegando a mí", False),
        (FIRE, "ya lo apagaron los bomberos", True),
        (FIRE, "los bomberos ya lo apagaron", True),
        (FIRE, "llegaron los bomberos pero mi hijo está adentro", False),
    ],
)
def test_help_that_comes_ends_the_alarm_unless_the_danger_goes_on(
    chat: Chat, danger: str, text: str, over: bool
) -> None:
    assert chat.says(danger).startswith("Emergencia")
    assert chat.says(text).startswith("Emergencia") != over


@pytest.mark.parametrize(
    "text",
    [
        "oiga y como hace ella para poner una denuncia o pedir ayuda sicologica",
        "no, me refiero a la señora golpeada, donde denuncia",
        "¿dónde puede denunciar?",
        "cómo saca una orden de alejamiento?",
    ],
)
def test_where_violence_is_reported_is_told_afterwards(chat: Chat, text: str) -> None:
    chat.says(BEATEN)
    chat.says("ya llegó la patrulla, todo tranquilo")
    said = chat.says(text)
    assert "1455" in said
    assert "mujer" in said
    assert "Salud mental" not in said


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("agregue que hoy se quemó y vinieron los bomberos", False),
        ("póngale que hoy se quemó otra vez y vinieron los bomberos", False),
        ("se está quemando ahora y no llegan los bomberos", True),
        ("se está incendiando la casa", True),
    ],
)
def test_a_fire_that_was_put_out_is_added_to_the_complaint(
    chat: Chat, text: str, opens: bool
) -> None:
    chat.says(LOT)
    said = chat.says(text)
    assert said.startswith("Emergencia") == opens
    assert any(isinstance(fact, CaseOpened) for fact in chat.facts) == opens
    if not opens:
        assert "Los Perales 120" in said
        assert text in said
