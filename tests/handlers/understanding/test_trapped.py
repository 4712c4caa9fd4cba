"""Whoever is trapped is told of fire brigade and ambulance; harm of before is no emergency now."""

from __future__ import annotations

import re

import pytest

from handlers.facts.cases import CaseOpened
from tests.handlers.chat import Chat

TITLES = ("Emergencia", "Emergency", "Ijans")


def alarmed(chat: Chat, text: str) -> str:
    """What is answered, where it is an alarm; else ""."""
    said = chat.says(text)
    return said if said.startswith(TITLES) else ""


@pytest.mark.parametrize(
    "text",
    [
        "se cayo un arbol arriba de un auto en francisco de aguirre y hay un señor adentro",
        "un poste cayo encima de una camioneta y la señora no puede salir",
        "hay gente adentro del auto volcado en la ruta 5",
        "un caballero quedó apretado entre el camión y la muralla",
        "hay un hombre bajo los escombros, lo escuchamos gritar",
        "hay una persona atrapada, está herida",
        "no!! hay una persona atrapada, esta herido, a quien llamo",
        "el árbol aplastó la casa con la familia adentro",
        "mi hermano cayó a una zanja y está atrapado",
        "a tree fell on a car and there is a man inside",
        "a man is pinned under a truck",
        "someone is buried under the rubble, I can hear him",
        "yon pye bwa tonbe sou yon machin e gen yon moun andedan",
        "gen yon blese kwense nan machin nan",
    ],
)
def test_whoever_is_trapped_needs_the_fire_brigade_and_an_ambulance(chat: Chat, text: str) -> None:
    answer = alarmed(chat, text)
    assert "132" in answer
    assert "131" in answer


@pytest.mark.parametrize(
    "text",
    [
        "se cayó un árbol arriba de mi auto anoche, no había nadie adentro",
        "hay un auto abandonado con basura adentro",
        "mi perro quedó encerrado en el sitio eriazo",
        "quedé atrapado en un taco de dos horas",
        "estoy atrapada en trámites hace meses",
        "hay un caballero adentro atendiendo muy bien",
        "se cayó el sistema y hay gente adentro esperando hace dos horas",
        "me cayó encima todo el papeleo del permiso de edificación",
        "my car was stuck in traffic for hours, terrible",
        "mwen kole nan trafik",
        "nadie me está pegando",
        "nobody is hitting me",
        "mi papá san martín vive solo",
        "tèt mwen fè m mal",
        "my head hurts",
    ],
)
def test_what_only_sounds_so_is_no_alarm(chat: Chat, text: str) -> None:
    assert alarmed(chat, text) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("quiero reclamar, llevamos una semana sin foco y ya asaltaron a una vecina", "asaltaron"),
        ("quiero poner un reclamo porque la otra vez se cayó un niño en ese hoyo", "niño"),
        ("quiero reclamar, el mes pasado atropellaron a un niño en Balmaceda 300", "atropellaron"),
        ("quiero reclamar por el semáforo malo, ya van dos atropellados este año", "atropellados"),
    ],
)
def test_harm_of_before_is_a_reason_to_complain(chat: Chat, text: str, kept: str) -> None:
    said = chat.says(text)
    assert not said.startswith(TITLES)
    for _ in range(3):
        if not chat.recorded(CaseOpened):
            said = chat.says("saltar" if "SALTAR" in said else "si")
    assert any(kept in words for words in chat.case_texts(chat.recorded(CaseOpened)[0].number))


@pytest.mark.parametrize(
    "text",
    [
        "quiero reclamar, están asaltando a mi vecina",
        "quiero reclamar, acaban de atropellar a un niño en Balmaceda",
        "quiero reclamar, se cayó un señor en el hoyo y no despierta",
        "ya asaltaron a mi vecina y está sangrando en la vereda, quiero reclamar",
    ],
)
def test_what_goes_on_is_an_alarm_beside_a_complaint(chat: Chat, text: str) -> None:
    assert alarmed(chat, text)


GAS, FIRE = "hay olor a gas muy fuerte en mi casa", "my house is on fire"


@pytest.mark.parametrize(
    ("alarm", "text", "answer"),
    [
        (GAS, "ya sali a la calle con mis hijos, no hay nadie de bomberos todavia", "No vuelva"),
        (GAS, "ya salimos, nadie ha llamado", "No vuelva"),
        (FIRE, "we are outside in the street, no firefighters here yet", "Do not go back"),
        (GAS, "ya salí pero mi mamá quedó adentro", "no vuelvan a entrar"),
        (GAS, "ya salí a la calle y ya llamé a los bomberos", "Hizo bien en pedir ayuda"),
        (FIRE, "we got out", "you are safe"),
    ],
)
def test_whoever_got_out_stays_out_and_calls(
    chat: Chat, alarm: str, text: str, answer: str
) -> None:
    chat.says(alarm)
    assert answer in chat.says(text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mi marido me pegó recien y estoy encerrada en el baño", "133"),
        ("entraron ladrones y estoy encerrada en la pieza", "133"),
        ("mi pareja me encerró en la pieza y me amenaza con un cuchillo", "133"),
        ("estoy atrapado en el ascensor", "132"),
        ("hay un señor atrapado en el auto, está herido", "132"),
    ],
)
def test_who_is_shut_in_by_somebody_is_told_first_of_the_police(
    chat: Chat, text: str, first: str
) -> None:
    numbers = re.findall(r"\b1\d\d\b", alarmed(chat, text))
    assert numbers[0] == first
