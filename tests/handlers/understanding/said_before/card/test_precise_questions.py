"""A precise question beside a card gets the line that tells it, or is said to be unconfirmed."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

UNCONFIRMED = "no lo tengo confirmado"


def asked_of(release: Release, card: str, text: str) -> str:
    """What is answered to a text below a card."""
    chat = Chat(release)
    chat.says(card)
    return chat.says(text)


@pytest.mark.parametrize(
    ("card", "text", "told"),
    [
        ("esterilizar perro", "y tiene que ir en ayunas desde la noche antes?", "en ayunas según"),
        ("esterilizar perro", "se la puede llevar mi hija, la cédula es de ella?", "del dueño"),
        ("patente comercial", "y cuál de los dos es? 1 utm o lo que dice ahí", "mínimo de 1 UTM"),
        ("cerrar calle por una fiesta", "y con cuánta anticipación", "al menos dos semanas"),
    ],
)
def test_a_line_that_tells_it_is_said(release: Release, card: str, text: str, told: str) -> None:
    said = asked_of(release, card, text)
    assert "la ficha dice" in said
    assert told in " ".join(said.split())
    assert "escriba PERSONA" in said


@pytest.mark.parametrize(
    ("card", "text"),
    [
        ("convenio de pago", "un poder simple o notarial?"),
        ("convenio de pago", "que si el poder es simple o notarial"),
        ("beca municipal", "donde publican el llamado"),
        ("recoleccion de basura", "pero la antena no es el casco historico"),
        ("esterilizar perro", "y mi hija la puede ir a dejar?"),
    ],
)
def test_what_no_line_tells_is_not_answered_by_another_field(
    release: Release, card: str, text: str
) -> None:
    said = asked_of(release, card, text)
    assert UNCONFIRMED in " ".join(said.split())
    for field in ("Necesita:", "Pasos:", "Costo:", "Dónde:"):
        assert field not in said


@pytest.mark.parametrize(
    ("card", "text", "told"),
    [
        ("permiso de circulacion", "se puede hacer en linea?", "Se hace en línea"),
        ("rsh", "se hace por la pagina o hay que ir", "Se hace en línea"),
        ("renovar licencia de conducir", "hay que ir en persona", "por internet, " + UNCONFIRMED),
        ("pagar multa", "pero por internet se puede o no", "por internet, " + UNCONFIRMED),
        ("subsidio de agua", "qué me conviene, ir o por internet", "por internet, " + UNCONFIRMED),
        ("pagar derechos de aseo", "por internet se paga?", "Pagar en línea o en la Tesorería"),
    ],
)
def test_whether_it_is_done_online_is_a_question_of_its_own(
    release: Release, card: str, text: str, told: str
) -> None:
    said = " ".join(asked_of(release, card, text).split())
    assert told in said
    assert "Pasos:" not in said


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("y donde queda", "Dónde:"),
        ("cuanto sale", "Costo:"),
        ("que papeles llevo", "Necesita:"),
        ("como se hace", "Pasos:"),
        ("y cuánto se demora", "Demora:"),
        ("cuanto cuesta mas o menos", "Costo:"),
    ],
)
def test_a_field_that_is_plainly_asked_for_is_told(release: Release, text: str, field: str) -> None:
    assert field in asked_of(release, "esterilizar perro", text)


def test_a_place_below_the_card_of_a_report_goes_into_it(release: Release) -> None:
    said = asked_of(release, "luminaria apagada", "le digo dónde es: pasaje los aromos 123")
    assert "¿Lo ingreso?" in said
    assert "aromos 123" in said
