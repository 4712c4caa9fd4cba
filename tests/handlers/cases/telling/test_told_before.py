"""What a complaint or praise is about, told behind it, beside it or before: not asked again."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat


# What is said, and what of it is taken over as the words of the case; "": its words are asked for.
@pytest.mark.parametrize(
    ("text", "is_told", "area"),
    [
        ("me trataron pésimo en tránsito, quiero poner un reclamo", True, "transito"),
        ("los del aseo se pasaron, quiero felicitarlos", True, "aseo"),
        ("no pasa nunca el camión de la basura, vengo a reclamar", True, "aseo"),
        ("quiero felicitar a don Juan del aseo", True, "aseo"),
        ("reclamo contra el departamento de aseo", False, "aseo"),
        ("reclamo contra el departamento de aseo por los microbasurales", True, "aseo"),
        ("quiero poner un reclamo contra los de obras", False, "obras"),
        ("buenas tardes señorita quiero hacer un reclamo", False, ""),
        ("hola, mire, vengo a reclamar", False, ""),
    ],
)
def test_what_stands_beside_the_wish_is_taken_over_but_not_a_greeting(
    release: Release, text: str, is_told: bool, area: str
) -> None:
    chat = Chat(release)
    reply = chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == ((text,) if is_told else ())
    assert chat.state.filing.area == area
    assert ("Cuente en un mensaje" in reply) is not is_told


# What is said, whatever it was answered with, up to the wish; and the words that it begins with.
@pytest.mark.parametrize(
    ("turns", "words"),
    [
        ("un inspector me pidió plata para no pasarme un parte|RECLAMO", 1),  # a card
        ("LA FARMACIA COMUNAL NO TENIA MI REMEDIO POR TERCERA VEZ|RECLAMO", 1),  # not found
        ("la profesora de mi hijo lo tiró del brazo|quiero poner un reclamo", 1),
        ("no tenían mi remedio, es una vergüenza|quiero poner un reclamo contra la farmacia", 2),
        ("hay un perro atropellado en la avenida del mar, sigue vivo|RECLAMO", 1),  # an alert
        ("me multaron por estacionar en la plaza|no sirve|RECLAMO", 1),
        ("un inspector me pidió plata|RECLAMO pero tengo miedo que sepa mi nombre", 1),
        ("reclamé por la basura hace dos meses en la muni y nada|RECLAMO", 1),
        ("mi marido me pega|RECLAMO", 0),  # only for those who help
        ("quiero renovar mi licencia|RECLAMO", 0),
        ("permiso de circulación|RECLAMO", 0),
        ("hay un hoyo en mi calle|quiero reclamar porque no pasó la basura ayer", -1),
    ],
)
def test_what_was_told_before_begins_the_complaint(
    release: Release, turns: str, words: int
) -> None:
    chat, (first, *others) = Chat(release), turns.split("|")
    for said in (first, *others):
        chat.says(said)
    assert chat.state.filing is not None
    told = {0: (), 1: (first,), 2: (first, others[-1]), -1: (others[-1],)}
    assert chat.state.filing.words == told[words]


@pytest.mark.parametrize(
    ("text", "regrets"),
    [
        ("LA FARMACIA COMUNAL NO TENIA MI REMEDIO POR TERCERA VEZ, ES UNA VERGUENZA", True),
        ("me caí en un hoyo en la vereda de calle Cordovez y me fracturé la muñeca", True),
        ("hay un auto abandonado hace meses", False),
        ("quiero renovar mi licencia", False),
    ],
)
def test_what_went_wrong_is_regretted_and_may_become_a_complaint(
    release: Release, text: str, *, regrets: bool
) -> None:
    reply = Chat(release).says(text)
    assert reply.startswith("Lamento lo que le pasó.") is regrets
    assert not regrets or "escriba RECLAMO: no tendrá que repetirlo" in reply
