"""Which area a complaint goes to: the one it names, else the one it came from, else its words."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

# Written from the names in the catalogue of services.
COMPLAINTS = (
    ("ayer en Tránsito me trataron pésimo, pido que conversen con la funcionaria", "transito"),
    ("la señorita de la dirección de tránsito me gritó delante de todos", "transito"),
    ("fui a renovar y la licencia no me la dieron", "transito"),
    ("la licencia no me la dieron", "transito"),
    (
        "me hicieron esperar tres horas para la licencia de conducir y nada",
        "transito",
    ),
    ("el permiso de circulación salió con la patente de otro auto", "transito"),
    ("el semáforo está malo hace una semana", "transito"),
    ("el guardia del juzgado no me dejó entrar", "juzgado"),
    ("pagué el parte y me siguen cobrando la multa", "juzgado"),
    ("no pasa el camión de la basura hace diez días", "aseo"),
    ("no pasa el camión de la basura en la calle Los Perales", "aseo"),
    ("los juegos de la plaza de mi villa están rotos", "aseo"),
    ("podaron el árbol y dejaron todas las ramas botadas en la vereda", "aseo"),
    ("en el CESFAM me trataron mal y no me dieron hora", "salud"),
    ("no hay remedios en el consultorio", "salud"),
    ("en la farmacia municipal me cobraron dos veces", "salud"),
    ("el dentista del consultorio me dejó esperando y se fue", "salud"),
    ("los focos de la calle están apagados hace un mes", "operaciones"),
    ("hay un hoyo enorme en la calzada", "operaciones"),
    ("en tesorería me atendieron con prepotencia", "finanzas"),
    ("la cajera de la tesorería no me quiso dar el comprobante", "finanzas"),
    ("la asistente social no me cree y me bajó el registro social de hogares", "social"),
    ("en el departamento social me hicieron llorar", "social"),
    ("el veterinario no llegó a la esterilización que tenía agendada", "mascotas"),
    ("en la biblioteca no me dejaron usar el computador", "cultura"),
    ("la piscina municipal estaba sucia", "deportes"),
    ("la DOM lleva ocho meses con mi permiso de edificación", "obras"),
    ("el inspector de obras me trató de mentiroso", "obras"),
    ("me rechazaron la patente comercial sin explicar", "patentes"),
    (
        "el vecino pone música a todo volumen, los ruidos molestos no paran",
        "medio-ambiente",
    ),
    ("la patrulla de seguridad ciudadana nunca llegó", "seguridad"),
    ("el sepulturero del cementerio me pidió plata", "cementerios"),
)


def guesses(release: Release, begun: str) -> list[tuple[str, str, str]]:
    """What is said, the area that it is for, and the one that was guessed."""
    found = []
    for said, area in COMPLAINTS:
        chat = Chat(release)
        chat.says("hola")
        if begun.endswith(":"):
            chat.says(f"{begun} {said}")
        else:
            chat.says(begun)
            chat.says(said)
        filing = chat.state.filing
        found.append((said, area, filing.area if filing is not None else "(none)"))
    return found


@pytest.mark.parametrize("begun", ["reclamo", "reclamo:"])
def test_a_complaint_goes_to_the_area_that_it_is_about(release: Release, begun: str) -> None:
    found = guesses(release, begun)
    wrong = [one for one in found if one[1] != one[2]]
    assert len(wrong) <= 1, wrong  # of 31; "la patente de otro auto" names Patentes Comerciales


@pytest.mark.parametrize(
    ("card", "told", "area"),
    [
        ("cómo renuevo la licencia de conducir", "no me la dieron", "transito"),
        ("cómo renuevo la licencia de conducir", "en el juzgado no me la dieron", "juzgado"),
        ("cómo renuevo la licencia de conducir", "no pasa el camión de la basura", "aseo"),
        ("esterilizar a mi gato", "me trataron mal", "mascotas"),
    ],
)
def test_a_complaint_after_a_card_is_about_its_area_unless_it_says_another(
    chat: Chat, card: str, told: str, area: str
) -> None:
    chat.says("hola")
    chat.says(card)
    chat.says("reclamo")
    chat.says(told)
    assert chat.state.filing is not None
    assert chat.state.filing.area == area
