"""What is said to an answer not confirmed, or of an area: what lacks in it, and who would know."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.played import played


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("sirve, pero falta la direccion", "aún no confirma la dirección"),
        ("no sale el telefono", "aún no confirma su teléfono"),
        ("no me sirve", "eso no lo tengo confirmado"),
    ],
)
def test_what_lacks_in_an_answer_about_an_area(release: Release, said: str, told: str):
    answer = played(release, "horario de la biblioteca", said).reply.text
    assert told in answer
    assert "PERSONA" in answer


@pytest.mark.parametrize(
    "lines",
    [
        ["horario de la biblioteca", "y cuando confirman"],
        ["horario de la biblioteca", "quien sabe entonces"],
        ["horario de la biblioteca", "averigüe usted"],
        ["donde queda obras", "pero usted tiene que saber"],
        ["licencia de conducir", "donde queda", "y quien sabe po"],
        ["licencia de conducir", "y cuando abren", "cuando lo van a confirmar"],
    ],
)
def test_who_would_know_it_is_said_honestly(release: Release, lines: list[str]):
    answer = played(release, *lines).reply.text
    assert "Solo digo lo que" in answer
    assert "PERSONA" in answer


def test_a_question_that_begins_so_is_a_question(release: Release):
    chat = played(release, "quien sabe donde pago la patente comercial")
    assert "patente" in chat.reply.text.lower()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("no me quedó claro donde voy", "aún no confirma la dirección"),
        ("no entendi cuanto sale", "Costo:"),
        ("no cacho que papeles son", "Necesita:"),
        ("no entendi nada", "Lleve:"),
        ("no me quedo claro el segundo paso", "Lleve:"),
    ],
)
def test_what_is_not_grasped_is_told_alone_where_it_is_one_thing(
    release: Release, said: str, told: str
):
    assert told in played(release, "como saco la licencia de conducir", said).reply.text
