"""What is asked beside a filed case, and what is told to the person who was asked for."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat

NOISE = (
    "mi vecino tiene la música fuerte hasta las 4 en pasaje los copihues 233, los fines de semana"
)
ADDED, STANDS = "Lo agregué a LS-2026-000001", "Plazo: 15 de diciembre de 2026"
UNKNOWN = "De eso no tengo una respuesta confirmada"


def _filed(release: Release) -> Chat:
    chat = Chat(release)
    chat.complains(NOISE)
    return chat


def _added(chat: Chat) -> list[str]:
    return [more.text for more in chat.recorded(CaseExtended)]


@pytest.mark.parametrize(
    "told",
    [
        "vivo en algarrobito y llevo 2 dias sin agua, necesito el camion, somos 5",
        "quiero saber si venden terrenos",
        "necesito la dirección de Patentes, y saber si me sirve el pasaporte para el permiso",
        "Necesito saber la fecha de postulación a la beca 2026, por favor. Me llamo Rosa",
        "hay un foco quemado en mi calle hace un mes",
        "me cobraron dos veces la patente y quiero que me devuelvan la plata",
        "¿me puede ayudar con el subsidio de agua? soy sola con 3 hijos",
        "a qué hora atienden en Tránsito",
        "I want to know if I can get the licence with my passport",
        "Mwen vle konnen si mwen ka fè patant la ak paspò mwen",
    ],
)
def test_all_that_is_told_to_the_person_asked_for_is_added_to_their_case(
    release: Release, told: str
) -> None:
    chat = Chat(release)
    chat.says("PERSONA")
    chat.says(told)
    assert _added(chat) == [told]


def test_what_is_surely_found_is_shown_besides_unless_it_did_not_answer(release: Release) -> None:
    chat = Chat(release)
    chat.says("PERSONA")
    shown = chat.says("quiero saber si con 4 años en Chile me dan la pensión")
    assert ADDED in shown
    assert "Mientras tanto" in shown
    assert "PGU" in shown
    chat = Chat(release)
    for said in ("becas para estudiantes", "No", "PERSONA"):
        chat.says(said)
    again = chat.says("necesito saber la fecha de postulación a la beca 2026, por favor")
    assert ADDED in again
    assert "Mientras tanto" not in again


NO_PLACE, NO_PHONE, NO_HOURS = "la dirección", "su teléfono", "el horario"
NO_OTHER_WAY = "No tengo una forma más rápida por este chat"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("cual es la direccion de la oficina de obras? mejor voy yo", NO_PLACE),
        ("es que no me responde, donde queda obras", NO_PLACE),
        ("y cuál es la dirección de obras", NO_PLACE),
        ("pregunto dónde está tránsito", NO_PLACE),
        ("hay un teléfono de obras?", NO_PHONE),
        ("cuál es el teléfono de tránsito, por si llamo", NO_PHONE),
        ("mejor voy yo, a qué hora abre obras", NO_HOURS),
        (
            "uy, pero la carta dice que tengo 10 dias para responder!! no hay otra forma",
            NO_OTHER_WAY,
        ),
        ("no hay otra manera?", NO_OTHER_WAY),
        ("no puede ser más rápido?", NO_OTHER_WAY),
        ("hay alguna forma más rápida", NO_OTHER_WAY),
    ],
)
def test_a_question_told_to_the_person_is_added_and_answered_at_once(
    release: Release, said: str, answer: str
) -> None:
    chat = Chat(release)
    chat.says("PERSONA")
    chat.says("me llegó una carta de la oficina de obras por una multa de construcción")
    told = chat.says(said)
    assert ADDED in told
    assert answer in told
    assert "escriba PERSONA" not in told
    assert _added(chat)[-1] == said


@pytest.mark.parametrize(
    "said",
    [
        "fui a la oficina de obras y estaba cerrada",
        "la direccion de obras no me contesta",
        "mi papá no tiene otra opción que esperar",
        "no tengo otra forma de pagar",
        "no hay otra oficina que me ayude",
    ],
)
def test_what_asks_nothing_is_only_added_for_the_person(release: Release, said: str) -> None:
    chat = Chat(release)
    chat.says("PERSONA")
    chat.says("me llegó una carta de la oficina de obras por una multa de construcción")
    told = chat.says(said)
    assert ADDED in told
    assert "no confirma" not in told
    assert NO_OTHER_WAY not in told


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("¿y cuándo me contestan?", STANDS),
        ("le están poniendo mi pregunta a la persona o no?", STANDS),
        ("pero le van a decir a alguien lo que escribí??", STANDS),
        ("¿Quedó mi pregunta para la persona?", STANDS),
        ("y si no me contestan?", "Si vence el plazo"),
        ("gracias", "quedó ingresado"),
        ("quiero poner un reclamo", "Cuente en un mensaje"),
        ("quiero borrar mis datos", "¿Borro sus datos?"),
        ("tengo una pregunta", "Escriba su pregunta"),
        ("en inglés por favor", "From now on"),
    ],
)
def test_what_is_no_words_for_the_person_has_its_own_answer(
    release: Release, said: str, answer: str
) -> None:
    chat = Chat(release)
    chat.says("PERSONA")
    assert answer in chat.says(said)
    assert not _added(chat)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("y si sigue esta noche que hago, a quien llamo", "1457"),
        ("y a quien le aviso si hay pelea", "133 (Carabineros)"),
        ("dónde llamo", "133 (Carabineros)"),
        ("ya, y la seguridad ciudadana cual es el numero", "1457"),
        ("y oiga, ¿cuánto le cobran al dueño de multa por tenerlo asi?", UNKNOWN),
        ("y cuánto se demoran en cobrarle la multa al vecino", UNKNOWN),
        ("y el plazo cuánto era?", STANDS),
        ("el plazo de mi reclamo digo", STANDS),
        ("hasta cuándo tengo que esperar", STANDS),
        ("en cuanto tiempo vienen", STANDS),
        ("cuál es mi número?", STANDS),
        ("y con quién hablo si no me responden", "Si vence el plazo"),
        ("how long until someone answers?", "15 December 2026"),
        ("when is the deadline?", "15 December 2026"),
    ],
)
def test_a_question_beside_a_filed_case_is_answered_and_no_word_of_it(
    release: Release, said: str, answer: str
) -> None:
    chat = _filed(release)
    assert answer in chat.says(said)
    assert not _added(chat)


@pytest.mark.parametrize(
    "said",
    [
        "le pregunté al guardia y no sabía nada",
        "también hay botellas rotas",
        "hay un letrero con el número de la seguridad ciudadana y nadie contesta",
        "y en la noche gritan y tiran botellas",
        "mi mamá está enferma y no puede dormir",
        "agregue que también es los jueves",
    ],
)
def test_what_tells_more_is_still_added(release: Release, said: str) -> None:
    chat = _filed(release)
    assert ADDED in chat.says(said)
    assert _added(chat) == [said]


def test_words_that_were_only_a_question_are_not_added_and_are_answered(release: Release) -> None:
    chat = _filed(release)
    assert UNKNOWN in chat.says("no le entendí, pregunto la multa pal dueño del sitio")
    assert "no lo agregué" in chat.says("eso no lo agregue, era pregunta")
    assert "No agregué" in chat.says("listo")
    assert not _added(chat)
    chat = _filed(release)
    assert "1457" in chat.says("no, le pregunté por el teléfono de seguridad ciudadana")
    assert not _added(chat)


@pytest.mark.parametrize(
    "said",
    [
        "hola, ya pasaron dias y nada",
        "hola, me han respondido algo?",
        "me refiero al reclamo de la música del vecino",
        "y el plazo de mi reclamo?",
        "llevo varias semanas esperando y nada",
    ],
)
def test_days_later_the_own_case_is_meant(release: Release, said: str) -> None:
    chat = _filed(release)
    chat.says("listo")
    chat.waits(days=8)
    assert STANDS in chat.says(said)
    assert len(chat.recorded(CaseOpened)) == 1
