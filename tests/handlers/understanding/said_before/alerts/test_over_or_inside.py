"""Whoever was taken away, somebody inside, and a "no" to whether the danger goes on."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.release import Release
from tests.handlers.played import played

FIRE = "se esta quemando la casa de al lado"
BEATEN = "mi marido me pego y esta afuera pateando la puerta"
CABLE = "hay un cable pelado colgando en la esquina de la plaza echando chispas"
RELIEF = "Qué alivio"


@pytest.mark.parametrize(
    "said",
    [
        *("ya llegaron, se lo llevaron los pacos. gracias", "ya se lo llevaron los carabineros"),
        *("lo detuvieron", "lo tomaron preso"),
    ],
)
def test_who_was_taken_away_is_no_danger(release: Release, said: str):
    assert RELIEF in played(release, BEATEN, said).reply.text


@pytest.mark.parametrize("said", ["ya se fue", "ya llegaron", "viene de vuelta"])
def test_who_only_left_may_come_back(release: Release, said: str):
    assert RELIEF not in played(release, BEATEN, said).reply.text


@pytest.mark.parametrize(
    "said",
    [
        *("hay una abuelita adentro que hago", "quedó un niño adentro", "está mi mamá encerrada"),
        "ya llame ya vienen, pero hay una señora adentro",
    ],
)
def test_somebody_inside_a_fire_is_told_of_to_the_fire_brigade(release: Release, said: str):
    answer = played(release, FIRE, said).reply.text
    assert "132" in answer
    assert "133" not in answer


@pytest.mark.parametrize("said", ["no ya esta apagado", "no, ya lo apagaron", "no, ya pasó"])
def test_a_no_to_whether_it_goes_on_ends_it(release: Release, said: str):
    chat = played(release, FIRE, "estan los bomberos, que hago")
    if not chat.offers("no-danger"):
        chat.says("ayuda")
    assert "Sigue siendo urgente" not in chat.says(said)


def test_who_feels_so_no_more_is_not_alarmed(release: Release):
    said = "ya no me siento asi, gracias por todo"
    chat = played(
        release, "ya no quiero seguir viviendo", "ya llame, me atendio una señorita", said
    )
    assert "¿Usted u otra persona" not in chat.reply.text


def test_a_hazard_stays_urgent_though_nobody_is_hurt(release: Release):
    chat = played(release, CABLE, "no hay nadie herido, aviso no mas. reclamo")
    chat.says("la plaza de las compañias esquina nicaragua con viña")
    chat.says("sí")
    chat.says("sigue chispeando y hay cabros chicos jugando al lado")
    assert [fact.urgent for fact in chat.recorded(CaseOpened)] == [True]
    assert [fact.urgent for fact in chat.recorded(CaseExtended)] == [True]
