"""Cases in whole conversations: what is said turn by turn, what is answered, and what is filed."""

from __future__ import annotations

import pytest

from handlers.facts import CaseExtended, CaseOpened, LookupMade
from handlers.release import Release
from tests.handlers.chat import Chat

# What is said in each turn → words of its answer; then the area and the words of what is filed.
FILED = [
    (  # a no to what misses loses nothing, and an order to file is no word of it
        """
reclamo: hay un hoyo en Balmaceda 1200 → Me falta
no → Revise
sí, ingrésalo → número
""",
        ("operaciones", "hay un hoyo en Balmaceda 1200"),
    ),
    (  # nor does the end of it
        """
reclamo: hay un hoyo en Balmaceda 1200 →
da lo mismo → Revise
nada más → conteste que sí
así nomás → número
si, mándelo → quedó ingresado
""",
        ("operaciones", "hay un hoyo en Balmaceda 1200"),
    ),
    (  # a refusal, and a no to the summary, after which it is filed after all
        """
reclamo: hay un hoyo en Balmaceda 1200 →
no quiero dar mi nombre → Revise
no → no ingresé
ingréselo → Ya anoté
no → Revise
ok mándelo → número
""",
        ("operaciones", "hay un hoyo en Balmaceda 1200"),
    ),
    (  # what others should do is the wish that was asked for
        """
quiero hacer un reclamo →
los inspectores me pasaron un parte ayer →
que lo anulen → Revise
si, pero es anónimo cierto → No pedimos su nombre
y si no me la devuelven → vence el plazo
dele → número
""",
        ("seguridad", "los inspectores me pasaron un parte ayer\nque lo anulen"),
    ),
    (  # the office that is named later is surer than the one that was guessed
        """
quiero reclamar →
la señora de la ventanilla me trató mal → dónde
en el juzgado → Juzgado
sí → número
""",
        ("juzgado", "la señora de la ventanilla me trató mal\nen el juzgado"),
    ),
    (  # where it is, is no office
        """
reclamo: no pasa la micro por mi población →
la antena → informaciones
sí → número
""",
        ("", "no pasa la micro por mi población\nla antena"),
    ),
    (  # words beside a grade become the case, and the grade is asked about afterwards
        """
un 3 para la feria → 3 a Patentes
porque no hay baños → 3 a Patentes
y dónde reclamo → Ya anoté
no → Revise
sí → número
listo → ¿Le pongo un 3 a Patentes
""",
        ("patentes", "para la feria\nporque no hay baños"),
    ),
    (
        """
hay un hoyo en mi calle → RECLAMO
si, quiero reclamar → Ya anoté
los perales 33 → Revise
ya → número
""",
        ("operaciones", "hay un hoyo en mi calle\nlos perales 33"),
    ),
    (  # a hazard, help, its end, and the report
        """
hay un cable colgando → RECLAMO
calle los aromos 234 → reclamo a la
ya llamé a los bomberos → Hizo bien
ya lo arreglaron → RECLAMO
quiero dejarlo como reclamo igual → Ya anoté
no → Revise
sí → número
""",
        ("operaciones", "hay un cable colgando. calle los aromos 234"),
    ),
    (
        """
se cayó un árbol encima de un auto → 132
no hay heridos → Qué bueno
en avenida francisco de aguirre → lugar
llegaron recién → Qué alivio
y ahora cómo reclamo por el auto → Ya anoté
no → Revise
sí → número
""",
        (
            "aseo",
            "se cayó un árbol encima de un auto. no hay heridos. en avenida francisco de aguirre",
        ),
    ),
    (
        """
se está quemando un sitio eriazo → 132
en la pampa → Diga ese lugar
detrás del liceo → Diga ese lugar
ya llegaron los bomberos → Hizo bien
pero ese sitio siempre está lleno de basura, quiero reclamar → Me falta
no → Revise
sí → número
""",
        ("aseo", "pero ese sitio siempre está lleno de basura, quiero reclamar"),
    ),
    (  # a pause is no word of it; neither is a question, nor a yes with its manners
        """
reclamo →
los vecinos hacen fiesta → Me falta
espera → Tómese su tiempo
pasaje 4 casa 12 → Revise
un momento → Tómese su tiempo
a quién le mandan esto → Lo lee
si mi niña → número
""",
        ("medio-ambiente", "los vecinos hacen fiesta\npasaje 4 casa 12"),
    ),
    (  # what is told beside an erasure is not lost with it
        """
reclamo: el cementerio está abandonado →
la antena → Revise
borra eso, es el de las compañías → Todavía no ingreso nada
agregarlo → Revise
sí → número
""",
        (
            "cementerios",
            "el cementerio está abandonado\nla antena\nborra eso, es el de las compañías",
        ),
    ),
    (  # a grade in between is of the same area, and the case waits for its end
        """
quiero reclamar contra la farmacia municipal →
no había remedios → Revise
y ponles un 2 → un 2 para Salud
listo → aún no está ingresado
reclamo → Revise
sí → número
""",
        ("salud", "quiero reclamar contra la farmacia municipal\nno había remedios"),
    ),
]


def _lines(turns: str) -> list[tuple[str, str]]:
    parts = (line.partition("→") for line in turns.strip().splitlines())
    return [(said.strip(), answer.strip()) for said, _, answer in parts]


@pytest.mark.parametrize(("turns", "filed"), FILED)
def test_what_is_filed_is_what_was_told_and_meant(
    release: Release, turns: str, filed: tuple[str, str]
) -> None:
    chat = Chat(release)
    for said, answer in _lines(turns):
        assert answer in chat.says(said), said
    assert [(case.area, case.text) for case in chat.recorded(CaseOpened)] == [filed]
    assert not chat.recorded(CaseExtended)


# Conversations in which nothing is filed: what is said, and words of each answer.
ANSWERED = [
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
ya llegaron → ¿Usted u otra persona
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
]


@pytest.mark.parametrize("turns", ANSWERED)
def test_every_turn_of_it_is_answered_for_what_it_is(release: Release, turns: str) -> None:
    chat = Chat(release)
    for said, answer in _lines(turns):
        assert answer in chat.says(said), said
    assert not [case for case in chat.recorded(CaseOpened) if case.text]
    assert len(chat.recorded(LookupMade)) <= 1


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
