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


ROBBED = "me robaron el celular recien con un cuchillo"
POLE = "hay un poste a punto de caerse encima de la gente"
INTRUDERS = "unos tipos se metieron a mi casa"
FAINTED = "mi papa esta tirado y no responde"
WAITS = "quiero reclamar por el hospital, mi mamá lleva horas tirada en una camilla sin que la vean"
POLICE = "Carabineros, PDI y Fiscalía"


@pytest.mark.parametrize(
    ("texts", "told", "untold"),
    [
        ((ROBBED, "ya se fueron", "donde hago la denuncia"), POLICE, "1455"),
        ((ROBBED, "no, ya se fueron, quiero saber donde denuncio"), POLICE, "1455"),
        ((BEATEN, "ya estoy a salvo", "quiero hacer la denuncia, donde voy"), POLICE, "Llame ya"),
        ((BEATEN, "ya llamé a mi hermana viene para acá"), "acompañarle", "no corte"),
        ((INTRUDERS, "viene mi vecino"), "con llave", "no corte"),
        ((FAINTED, "ya llamé a mi hermano"), "131", "no corte"),
        ((FAINTED, "ya llamé a mi hermano y a la ambulancia"), "131", "no corte"),
        (("my house is on fire", "i called my brother"), "132", "do not hang up"),
        ((BEATEN, "viene mi marido con un cuchillo"), "133", "acompañarle"),
        ((FAINTED, "ya llamé, viene la ambulancia"), "Hizo bien", "Diga también eso"),
        ((POLE, "si, reclamo. es calle las rojas 1245, está inclinado"), "¿Lo ingreso?", "RECLAMO"),
        (
            (POLE, "si, reclamo. es calle las rojas 1245, está inclinado"),
            "132, 133",
            "Sigue siendo",
        ),
        ((POLE, "si, reclamo. un niño se electrocutó"), "131", "¿Lo ingreso?"),
        (("hay fuego en la cocina", "ya apagamos el fuego, era aceite"), "132", "frazadas"),
        (("hay fuego en la muni", "era un decir, las contribuciones"), "Quizás busca", "nylon"),
        (
            (WAITS, "no, nadie está en peligro, me entendió mal"),
            "¿Retiro su solicitud",
            "Emergencia",
        ),
        ((WAITS, "me entendió mal", "sí"), "quedó retirada", "Emergencia"),
    ],
)
def test_what_follows_an_alarm_is_answered_for_what_it_says(
    chat: Chat, texts: tuple[str, ...], told: str, untold: str
) -> None:
    for text in texts:
        chat.says(text)
    assert told in chat.reply.text
    assert untold not in chat.reply.text
