"""Cases in whole conversations: what is said turn by turn, what is answered, and what is filed."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseKind, CaseOpened
from handlers.facts.lookups import LookupMade
from handlers.release import Release
from tests.handlers.cases.telling.conversations import FILED
from tests.handlers.chat import Chat


def lines(turns: str) -> list[tuple[str, str]]:
    parts = (line.partition("→") for line in turns.strip().splitlines())
    return [(said.strip(), answer.strip()) for said, _, answer in parts]


@pytest.mark.parametrize(("turns", "filed"), FILED)
def test_what_is_filed_is_what_was_told_and_meant(
    release: Release, turns: str, filed: tuple[str, str]
) -> None:
    chat = Chat(release)
    for said, answer in lines(turns):
        assert answer in chat.says(said), said
    assert [(case.area, case.text) for case in chat.recorded(CaseOpened)] == [filed]
    assert not chat.recorded(CaseExtended)


# Conversations in which nothing is filed: what is said, and words of each answer.
ANSWERED = [
    """
no quiero reclamar nada, gracias → no anoté nada
""",
    """
buenas, encontré un perro botado → Perros abandonados
""",
    """
hola, hoy vi que están talando árboles → Poda
""",
    """
hay heridos en un choque → 131
en la ruta 5 con ulriksen → Diga ese lugar
ya se los llevaron → Qué alivio
""",
    """
mi marido me pega → 133
en la casa → Diga ese lugar
calle x 1200 → Diga
""",
    """
me quiero matar → 4141
en el puente → Diga ese lugar
""",
    """
mi hermano se desmayó → 131
en la plaza → Diga
viene en camino → Hizo bien
""",
    """
mi vecino le pega a su señora → 133
ya llegaron → ¿Sigue el peligro?
""",
    """
se me perdió mi perro → RECLAMO
ya lo encontré gracias → Qué alivio
""",
    """
quiero borrar mi reclamo → No encuentro una solicitud
""",
    """
cuánto demora un reclamo → 20 días hábiles
""",
    """
tengo un reclamo y una felicitación → Cuente en un mensaje qué pasó
I want to complain about the clinic → Tell me in one message what happened
""",
    """
un 4 → Tengo su nota 4
no, espere → aquí sigo
mejor un 5 → Tengo su nota 5
""",
    """
la señora un 7, el guardia un 1 → ¿Qué área le atendió?
mwen pa vle bay nòt → Dakò
""",
    """
calificar → ¿Qué área
transito → ¿Qué nota le pone
ese no es el área, no sé cómo se llama donde ven los postes de luz → a Alumbrado
""",
    """
quiero que la feliciten → a quién felicita
""",
    """
persona → Cuente ahora
no, da lo mismo → Listo
en qué va lo mío → en espera
""",
    """
reclamo → Cuente
no → lo cancelé
""",
    """
quiero hacer una sugerencia →
más árboles → Revise
reclamo → más árboles
""",
    # Another kind than was begun, and none of its words
    """
quiero poner un reclamo → qué pasó, dónde y cuándo
no, mejor una felicitación → a quién felicita
muy amable la señora de la biblioteca → «muy amable la señora de la biblioteca»
""",
    """
reclamo → qué pasó
espere, es una sugerencia → Cuente su sugerencia
no mejor un reclamo → qué pasó
no es felicitación → lo anoté
""",
    # Below the card of what is to be mended
    """
hay un hoyo en mi calle → Reparación de hoyos
Amunátegui → «hay un hoyo en mi calle · Amunátegui»
""",
    """
hay un hoyo en mi calle → Reparación de hoyos
1200 → «hay un hoyo en mi calle · 1200»
""",
    """
hay un hoyo en mi calle → Reparación de hoyos
grande → toque o escriba SÍ
bien grande → toque o escriba SÍ
peligroso → «hay un hoyo en mi calle · peligroso»
""",
    # Short messages that are read together, once a complaint is made of them
    """
no hay luz → Compañía eléctrica
en todo el pasaje → Quizás busca
reclamo → «no hay luz en todo el pasaje»
""",
    """
Vicuña 233 → ¿Qué pasa en ese lugar?
no hay luz → Compañía eléctrica
reclamo → «Vicuña 233 no hay luz»
""",
    """
licencia → Quizás busca
reclamo → Cuente en un mensaje
""",
    # A question that names no thing
    """
mi pareja me pega → 133
no quiero denunciar → Usted decide
que puedo hacer → Llame al 133
""",
    """
no tengo que darles de comer a mis hijos → Ayuda social
que puedo hacer → Pasos
""",
    """
que puedo hacer → asistente automático
""",
    # A grade that waits, or is asked about, is taken back; no own data is erased
    """
quiero calificar → ¿Qué área
un 5 → Tengo su nota 5
bórrelo → no anoté nada más
""",
    """
quiero calificar → ¿Qué área
un 5 → Tengo su nota 5
mejor no lo mande → no anoté nada más
quiero calificar → ¿Qué área
bórrelo → no anoté nada más
bórrelo → ¿Borro sus datos?
""",
    """
el tránsito es malo, un 2 → ¿Le pongo un 2
bórrelo → no anoté nada más
""",
    """
felicitar a los de la basura → ¿Lo ingreso?
un 7 → ¿Le pongo un 7 a Aseo
no nada mas → «felicitar a los de la basura»
""",
    """
felicitar a los de la basura → ¿Lo ingreso?
un 7 → ¿Le pongo un 7 a Aseo
sí → Anoté un 7
listo → «felicitar a los de la basura»
""",
    """
el tránsito es malo, un 2 → ¿Le pongo un 2
me trataron mal y quiero que me contesten → Guardé sus palabras
listo → Guardé sus palabras
""",
]


@pytest.mark.parametrize("turns", ANSWERED)
def test_every_turn_of_it_is_answered_for_what_it_is(release: Release, turns: str) -> None:
    chat = Chat(release)
    for said, answer in lines(turns):
        assert answer in chat.says(said), said
    assert not [case for case in chat.recorded(CaseOpened) if case.text]
    assert len(chat.recorded(LookupMade)) <= 2


@pytest.mark.parametrize(
    ("turns", "kind"),
    [
        ("reclamo|no, mejor una felicitación|muy amable la señora del museo", CaseKind.PRAISE),
        ("reclamo|espere, es una sugerencia|pongan más basureros", CaseKind.SUGGESTION),
        ("quiero felicitar|no, mejor un reclamo|no pasa la basura|saltar", CaseKind.COMPLAINT),
        ("reclamo|no pasa la basura|no mejor una sugerencia", CaseKind.SUGGESTION),
    ],
)
def test_it_is_filed_as_the_kind_that_was_named_last(
    release: Release, turns: str, kind: CaseKind
) -> None:
    chat = Chat(release)
    for said in (*turns.split("|"), "sí"):
        chat.says(said)
    (case,) = chat.recorded(CaseOpened)
    assert case.kind is kind
    assert "mejor" not in case.text


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("reclamo por los baches de avenida balmaceda", "operaciones"),
        ("buenas tardes, denuncia por ruidos en mi calle", "medio-ambiente"),
        ("quiero reclamar porque no hay inspectores", "seguridad"),
        ("quiero reclamar por el perro del vecino", "mascotas"),
        ("quiero reclamar por un inspector de obras", "obras"),
    ],
)
def test_a_complaint_is_for_who_mends_it(release: Release, text: str, area: str) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.filing is not None
    assert (chat.state.filing.area, chat.state.filing.words) == (area, (text,))
