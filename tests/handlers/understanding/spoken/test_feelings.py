"""How somebody feels: despair is asked about, sadness is heard, and anger at all is no question."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.played import played

IN_DANGER = "¿Usted u otra persona está en peligro ahora?"
HEARD = "Gracias por contármelo"
VENTED = "Siento la molestia"


@pytest.mark.parametrize(
    "text",
    ["no puedo mas", "perdon es que no doy más", "estoy desesperada", "no tengo ganas de nada"],
)
def test_despair_is_asked_about(release: Release, text: str):
    assert IN_DANGER in played(release, text).reply.text


def test_despair_in_english_and_creole_names_the_number(release: Release):
    for text in ("I can't take it anymore", "mwen pa kapab anko"):
        assert "*4141" in played(release, text).reply.text


@pytest.mark.parametrize(
    "lines",
    [
        ["reclamo: la basura no pasa", "no aguanto mas"],
        ["un 6 a transito", "no doy mas"],
        ["no aguanto mas este ruido"],
        ["no tengo ganas de hacer el tramite"],
        ["no puedo mas que esperar"],
    ],
)
def test_no_despair_where_it_is_said_of_something(release: Release, lines: list[str]):
    assert "Emergencia" not in played(release, *lines).reply.text


@pytest.mark.parametrize(
    "text", ["estoy super deprimida", "lloro todo el dia", "me siento pesimo", "tengo mucha pena"]
)
def test_sadness_is_heard(release: Release, text: str):
    assert HEARD in played(release, text).reply.text


@pytest.mark.parametrize(
    "text",
    [
        "hay programa para la depresion",
        "estoy mal de salud y necesito hora",
        "me siento mal atendida",
    ],
)
def test_a_question_of_health_is_no_sadness(release: Release, text: str):
    assert HEARD not in played(release, text).reply.text


@pytest.mark.parametrize(
    "text",
    [
        *("estoy harta de la muni", "me tienen chata", "ya me cansé de ustedes"),
        *("puras vueltas no mas", "que pesadilla esta muni", "me tienen harto con tanta vuelta"),
        *("toy hasta la coronilla con ustedes", "siempre lo mismo con ustedes"),
    ],
)
def test_anger_without_a_matter_is_offered_a_complaint(release: Release, text: str):
    assert VENTED in played(release, text).reply.text


@pytest.mark.parametrize(
    "text",
    [
        *("estoy harta de los perros de la plaza", "me tienen aburrida con la basura que no pasa"),
        *("estoy aburrido del ruido del vecino", "me cansé de esperar que arreglen la plaza"),
    ],
)
def test_anger_about_a_matter_is_about_the_matter(release: Release, text: str):
    assert VENTED not in played(release, text).reply.text


def test_violence_is_asked_about_and_no_file(release: Release):
    told = "mi hermana esta con alguien que le revisa el celular y no la deja salir"
    assert IN_DANGER in played(release, told).reply.text


def test_shame_is_eased(release: Release):
    assert "no hay preguntas malas" in played(release, "se me cae la cara de verguenza").reply.text
