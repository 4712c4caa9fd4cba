"""Details, additions, questions and withdrawals that belong to the open case reach it."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened, CaseWithdrawn
from handlers.release import Release
from tests.handlers.chat import Chat

POST = "reclamo: hay un poste inclinado en Balmaceda 1540, lo chocó mi vecino el lunes"
DOGS = "perros bravos sueltos en Balmaceda 1200, muerden, que los retiren"
ADDED, STANDS, LEFT_OUT = "Lo agregué a", "está en espera", "no se puede borrar por partes"
MAY_ADD, WITHDRAWN = "¿Lo agrego a", "¿Retiro su solicitud LS-2026-000001?"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("fue el 14 de noviembre, con la patente de mi camioneta, tengo los comprobantes", ADDED),
        ("tengo los comprobantes de pago del trámite", ADDED),
        ("lo pagué el 3 de marzo y sigue en proceso", ADDED),
        ("el trámite lo hice el 14 de noviembre", ADDED),
        ("el martes pasado fui y me dijeron que estaba en trámite", ADDED),
        ("ayer pregunté en qué va mi solicitud", STANDS),
        ("el lunes me respondieron?", STANDS),
        ("saber si ya está listo lo de mi reclamo", STANDS),
        ("el 14 de noviembre ingresé la solicitud, cómo va", STANDS),
    ],
)
def test_details_told_to_a_person_are_added_however_they_sound(
    release: Release, said: str, answer: str
) -> None:
    chat = Chat(release)
    chat.says("necesito hablar con una persona")
    chat.says("me cobraron dos veces el permiso de circulación")
    assert answer in chat.says(said)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("ah y al lado hay un kínder, que no salgan los niños por ahí", ADDED),
        ("al lado hay una escuela, que no los dejen salir", ADDED),
        ("que no salga mi nombre", LEFT_OUT),
        ("al lado hay un kínder, que no salga mi nombre", LEFT_OUT),
        ("que no aparezca lo del vecino", LEFT_OUT),
        ("saque lo del vecino", LEFT_OUT),
        ("y que no vea esto mi vecino", LEFT_OUT),
    ],
)
def test_what_should_not_happen_there_leaves_no_words_out(
    release: Release, said: str, answer: str
) -> None:
    chat = Chat(release)
    chat.says(POST)
    chat.says("sí")
    assert answer in chat.says(said)
    assert bool(chat.recorded(CaseExtended)) is (answer == ADDED)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("el 1, agréguelo", ADDED),
        ("la 1, agregarlo por favor", ADDED),
        ("1, agréguelo", ADDED),
        ("el 2, es otra cosa", "No encontré una respuesta segura para «y que no pasen"),
    ],
)
def test_a_number_beside_its_verb_is_that_choice(release: Release, said: str, answer: str) -> None:
    chat = Chat(release)
    chat.says(POST)
    chat.says("sí")
    assert MAY_ADD in chat.says("y que no pasen los niños por ahí")
    assert answer in chat.says(said)
    words = [fact.text for fact in chat.recorded(CaseExtended)]
    assert words == (["y que no pasen los niños por ahí"] if answer == ADDED else [])


@pytest.mark.parametrize(
    ("said", "withdraws"),
    [
        ("ya postulé por otro lado, déjenlo nomás", True),
        ("ya postule por otro lado, dejenlo nomas", True),
        ("dejenlo hasta ahí, gracias", True),
        ("déjenlo en la puerta de mi casa", False),
        ("no lo dejen así nomás", False),
    ],
)
def test_leaving_it_later_offers_to_withdraw(
    release: Release, said: str, *, withdraws: bool
) -> None:
    chat = Chat(release)
    chat.says("necesito hablar con una persona")
    chat.says("cuándo abren la beca y si sirve para la UCN")
    chat.waits(days=6)
    assert (WITHDRAWN in chat.says(said)) is withdraws
    assert not chat.recorded(CaseWithdrawn)


@pytest.mark.parametrize(
    ("said", "shows"),
    [
        ("bonjou, èske yo fè yon bagay pou chen yo?", True),
        ("èske yon moun te gade demann mwen an?", True),
        ("alguien vio mi solicitud?", True),
        ("alguien ha revisado mi reclamo?", True),
        ("has anyone looked at my request?", True),
        ("èske yo fè yon bagay pou lisans?", False),
        ("alguien vio a mi perro?", False),
    ],
)
def test_whether_somebody_saw_to_it_shows_the_only_case(
    release: Release, said: str, *, shows: bool
) -> None:
    chat = Chat(release)
    chat.complains(DOGS)
    chat.says("LISTO")
    chat.waits(days=3)
    text = chat.says(said)
    assert ("LS-2026-000001" in text and "15" in text) is shows


@pytest.mark.parametrize(
    ("said", "adds"),
    [
        ("sí, el 1", False),
        ("sí, la opción 1", False),
        ("1, sí", False),
        ("sí, correcto", False),
        ("sí, y que es de noche", True),
        ("sí, en el 12 también", True),
    ],
)
def test_a_yes_with_the_number_of_the_option_adds_nothing(
    release: Release, said: str, *, adds: bool
) -> None:
    chat = Chat(release)
    chat.says(f"reclamo: {DOGS}, desde el lunes")
    assert ("Agregué también" in chat.says(said)) is adds
    opened = chat.recorded(CaseOpened)
    assert opened
    assert ("\n" in opened[0].text) is adds
