"""What is said while something is open, and is no answer to it: it is heard as what it is."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened, CaseWithdrawn
from handlers.facts.own_data import DataErased
from handlers.release import Release
from tests.handlers.played import played

LAMP = "reclamo: no hay luz en la plaza|saltar|sí"
CORRECTED = f"{LAMP}|no es la plaza, es la cancha"
RATED = "calificar|salud|3|la espera|reclamo: me gritaron ayer en el cesfam|saltar|sí"
LIBRARY = f"{LAMP}|a qué hora abre la biblioteca?"


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        # Of the card that was shown since, and no correction of the case.
        (f"{LIBRARY}|la biblioteca digo, el sábado", "Biblioteca"),
        (f"{LAMP}|cómo renuevo la licencia|digo la primera licencia", "primera vez"),
        # A no to what is asked of the case leads to nothing graver.
        (f"{LIBRARY}|no! nada que ver, el reclamo déjelo igual", "Sigue ingresada"),
        (f"{LAMP}|deje el reclamo igual", "Sigue ingresada"),
        (f"{CORRECTED}|no! deje el reclamo igual", "no lo agregué"),
        (f"{CORRECTED}|nooo, nada que ver, no cambie nada", "no lo agregué"),
        (f"{CORRECTED}|no, déjelo como está", "no lo agregué"),
        (f"{CORRECTED}|no lo toque", "no lo agregué"),
        (f"{LAMP}|retírelo|no, que quede", "Sigue ingresada"),
        (f"{LAMP}|retírelo|nada que ver, déjelo ingresado", "Sigue ingresada"),
        # What it asks for in words is asked about.
        (f"{CORRECTED}|no, mejor retírelo", "¿Retiro su solicitud"),
        (f"{CORRECTED}|no, es la de arriba", "¿Anoto esto como corrección"),
        # Of a rating on record, though a case was filed since.
        (f"{RATED}|la nota era un 2, no un 3", "nota 2 para Salud"),
        (f"{RATED}|cámbieme el 3 por un 2", "nota 2 para Salud"),
        (f"{RATED}|borre la nota que puse", "¿Borro su nota"),
        (f"{RATED}|no eran dos horas, eran tres", "¿Anoto esto como corrección"),
    ],
)
def test_what_follows_a_filed_case_may_be_of_something_else(
    release: Release, said: str, answered: str
) -> None:
    chat = played(release, *said.split("|"))
    assert answered in chat.reply.text
    assert not chat.recorded(CaseWithdrawn)
    assert not chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    ("said", "answered", "erased"),
    [
        # A question is answered, and it is asked again.
        ("borrar|espera, si tengo un reclamo abierto se borra?", "no se borra hasta", False),
        ("borrar|y los reclamos que tengo?", "no se borra hasta", False),
        ("borrar|pero y mi nota también se va?", "¿Borro sus datos?", False),
        # Behind a no stands what is rather wished.
        ("borrar|no mejor borre todo", "¿Borro sus datos?", False),  # it may be either
        ("borrar|no mejor borre todo|sí", "Listo, folio", True),
        ("borrar|mejor borre todo nomás", "Listo, folio", True),
        ("ver|no mejor borre todo", "¿Borro sus datos?", False),
        ("borrar|no, todavía no. primero quiero ver", "¿Muestro aquí", False),
        ("borrar|prefiero que no borre todo", "no borré nada", False),
        ("borrar|no, no borre todo", "no borré nada", False),
        # What was told of them can be taken, or erased.
        ("ver|sí|ah ya pero cómo los borro si dps quiero", "¿Borro sus datos?", False),
        ("ver|sí|y sácame una copia entonces", "¿Le entrego aquí una copia", False),
    ],
)
def test_own_data_are_asked_about_and_rather_else_is_wished(
    release: Release, said: str, answered: str, *, erased: bool
) -> None:
    chat = played(release, *said.split("|"))
    assert answered in chat.reply.text
    assert bool(chat.recorded(DataErased)) is erased


WALL = "reclamo: se cayó un muro del edificio"
CARD = "donde saco la licencia de conducir"
TOLD = "me atendieron super bien, muy amables"


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        # Where to complain is a question, and no complaint.
        ("y dónde reclamo contra la constructora?", "Quizás busca"),
        ("dónde pongo un reclamo contra una inmobiliaria", "Quizás busca"),
        ("y ante quién reclamo por mi jefe", "Dirección del Trabajo"),
        ("dónde hago un reclamo por la basura?", "Cuente en un mensaje"),
        (f"{WALL}|no quiero reclamar por acá, solo saber dónde", "lo cancelé"),
        (f"{WALL}|no es un reclamo, es una pregunta", "lo cancelé"),
        (f"{WALL}|no, si yo solo estaba preguntando", "lo cancelé"),
        # A goodbye with thanks is no yes to "¿Le sirvió?".
        (f"{CARD}|chao gracias", "Que le vaya bien"),
        (f"{CARD}|ya gracias, adiós", "Que le vaya bien"),
        (f"{CARD}|me voy, gracias", "Que le vaya bien"),
        # An area by its own name, and one of two matters in words.
        ("subsidio|la oficina de la mujer", "Oficina de la Mujer"),
        (
            "quiero saber si la municipalidad me paga el arriendo, estoy sin pega|"
            "lo del arriendo po, la pega la veo yo",
            "Subsidio de arriendo",
        ),
        # Thanks and praise of who answers here are of no office.
        ("gracias por todo, son muy amables", "De nada"),
        ("un 7 para ti, explicas clarito", "asistente automático"),
        ("le doy un 7 a este chat", "asistente automático"),
        (f"{CARD}|sí|un 7 para ti", "asistente automático"),
        (f"{TOLD}|no me atendió nadie, hablo de usted no más jaja", "asistente automático"),
        (f"{TOLD}|solo quería agradecer", "asistente automático"),
        (f"{TOLD}|nada, solo eso, chao", "Que le vaya bien"),
        (f"{TOLD}|nada, solo eso, chao|hola de nuevo", "¿En qué le ayudo?"),
        (f"{TOLD}|me equivoqué, nada", "no anoté nada más"),
        ("calificar|hola de nuevo", "¿En qué le ayudo?"),
        ("calificar|nada, me equivoqué", "no anoté nada más"),
        ("calificar|transito|nada, solo eso, chao", "Que le vaya bien"),
        ("gracias, me atendieron super bien en el cesfam", "¿Fue en Salud"),
    ],
)
def test_what_asks_for_nothing_that_is_open_keeps_nothing_open(
    release: Release, said: str, answered: str
) -> None:
    chat = played(release, *said.split("|"))
    assert answered in chat.reply.text
    assert not chat.recorded(CaseOpened)
    assert not [one for (_, question), one in chat.answers().items() if question == "grade"]


@pytest.mark.parametrize(
    ("said", "answered", "grade"),
    [
        (f"{CARD}|sí|casi un 4 a transito|sí. y a qué hora abre la biblioteca?", "horario", "4"),
        (f"{CARD}|casi un 4 a transito|sí, y el pago con tarjeta?", "cómo se puede pagar", "4"),
        ("calificar|transito|un 7 para usted", "su nota 7 para Tránsito", "7"),
    ],
)
def test_a_grade_is_noted_and_what_is_asked_beside_it_answered(
    release: Release, said: str, answered: str, grade: str
) -> None:
    chat = played(release, *said.split("|"))
    assert answered in chat.reply.text
    assert grade in chat.answers().values()
