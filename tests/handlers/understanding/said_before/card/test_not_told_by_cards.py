"""What a card does not tell is said not to be confirmed, and neither the card again nor another."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

LATE = "pago de patente|es que me atrasé un mes porque estuve enfermo, hay convenio?"
DATES = "becas municipales|y cuando abren el llamado de este año?"
RENTED = "subsidio de agua|¿y eso me sirve si vivo arrendado y la boleta viene a nombre del dueño?"
NOT_CONFIRMED = "ese detalle no lo tengo confirmado. Lo responde el área"


@pytest.mark.parametrize(
    ("said", "told", "not_told"),
    [
        (RENTED, f"{NOT_CONFIRMED} Departamento Social", "la ficha dice"),
        (f"{RENTED}|no entendí si un inquilino puede o no puede", "escriba PERSONA", "Lleve"),
        (LATE, f"{NOT_CONFIRMED} Patentes Comerciales", "julio"),
        (f"{LATE}|el convenio, eso", "Permite pagar en cuotas", "Anoto que"),
        (f"{DATES}|no mucho la verdad, yo queria saber las fechas", "fechas ni plazos", "horario"),
        (f"{DATES}|yo digo cuando postulo, en marzo o cuando", "fechas ni plazos", "horario"),
        # What the card tells, or is not grasped at all.
        (
            "permiso de circulación|y si uno tiene multas impagas?",
            "No tener multas de tránsito impagas",
            "no lo tengo confirmado",
        ),
        ("subsidio de agua|no entendí", "Lleve", "no lo tengo confirmado"),
        ("subsidio de agua|no entendí nada si le soy sincera", "Lleve", "no lo tengo confirmado"),
        (f"{LATE}|sí, me sirvió", "Me alegro", "Permite pagar en cuotas"),
    ],
)
def test_what_a_card_does_not_tell_is_not_confirmed(
    release: Release, said: str, told: str, not_told: str
) -> None:
    chat = Chat(release)
    *before, last = said.split("|")
    for text in before:
        chat.says(text)
    answer = chat.says(last)
    assert told in answer
    assert not_told not in answer
