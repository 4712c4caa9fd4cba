"""Coming back about the only case of the chat, and questions beside one that is told."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended
from handlers.release import Release
from tests.handlers.chat import Chat

DOGS = "los perros del vecino ladran toda la noche en pasaje Los Olmos 12, desde hace un mes"
HOLE = "gen yon gwo twou nan lari a devan lakay mwen, Balmaceda 120"
TRUCK = "the garbage truck did not come on Avenida del Mar since friday"
POST = "hay un poste botado en calle Colón 34"
NUMBER = "LS-2026-000001"
STATE = ("15 de diciembre", "15 December", "15 desanm")


def filed(release: Release, words: str) -> Chat:
    """A citizen with one case, three days later."""
    chat = Chat(release)
    lead, yes, done = {
        HOLE: ("plent", "wi", "fini"),
        TRUCK: ("complaint", "yes", "done"),
    }.get(words, ("reclamo", "sí", "listo"))
    chat.says(f"{lead}: {words}")
    if chat.offers("skip"):
        chat.presses(chat.labels[0])
    chat.says(yes)
    chat.says(done)
    chat.waits(days=3)
    return chat


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (DOGS, "hola, han sabido algo de lo de los perros?"),
        (DOGS, "no, el reclamo que hice el lunes, de los ladridos"),
        (DOGS, "hay novedades de los perros?"),
        (DOGS, "oiga qué pasó con lo de los ladridos"),
        (DOGS, "y qué hubo de los perros"),
        (DOGS, "alguien vio lo de los ladridos?"),
        (TRUCK, "hi, still no truck today, what happened with my complaint?"),
        (TRUCK, "any news about the garbage?"),
        (TRUCK, "did you do anything about the truck?"),
        (HOLE, "twou a poko repare, sa k pase?"),
        (HOLE, "non, mwen te deja fè plent lan, ki nimewo a ki eta li?"),
        (HOLE, "ki nouvèl pou twou a?"),
        (POST, "supieron algo?"),
        (POST, "en qué quedó lo del poste"),
    ],
)
def test_who_comes_back_about_the_only_case_is_told_how_it_stands(
    release: Release, words: str, asked: str
) -> None:
    chat = filed(release, words)
    told = chat.says(asked)
    assert NUMBER in told
    assert any(date in told for date in STATE)
    assert not chat.offers("of-case")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (POST, "buenas, el poste sigue ahí"),
        (POST, "hola, todavía está el poste botado"),
        (POST, "nadie ha venido a retirar el poste"),
        (DOGS, "buenas, los perros siguen ladrando igual"),
        (TRUCK, "the truck still hasn't come"),
        (HOLE, "twou a toujou la"),
    ],
)
def test_what_lasts_is_told_with_the_state_and_offered_to_be_added(
    release: Release, words: str, told: str
) -> None:
    chat = filed(release, words)
    said = chat.says(told)
    assert any(date in said for date in STATE)
    assert chat.offers("of-case")
    assert not chat.recorded(CaseExtended)
    chat.presses(chat.labels[0])
    assert [added.text for added in chat.recorded(CaseExtended)] == [told]


def test_a_question_about_the_state_is_not_asked_about_twice(release: Release) -> None:
    chat = filed(release, DOGS)
    chat.says("los perros siguen ladrando igual")
    assert chat.offers("of-case")
    said = chat.says("es otra cosa, le pregunto en qué va")
    assert NUMBER in said
    assert not chat.offers("of-case")
    assert not chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (DOGS, "tengo un perro que vacunar, dónde?"),
        (DOGS, "qué pasó con el reclamo que puse el año pasado"),
        (TRUCK, "what happened with my complaint about the street light?"),
        (TRUCK, "what days does the truck come?"),
        (HOLE, "kijan pou m peye patant?"),
        (POST, "todavía no me llega la licencia de conducir"),
        (POST, "quiero retirar el reclamo que hice"),
    ],
)
def test_another_matter_is_not_answered_with_the_case(
    release: Release, words: str, asked: str
) -> None:
    assert not any(date in filed(release, words).says(asked) for date in STATE)


@pytest.mark.parametrize(
    "asked",
    [
        "ya si, pero antes, me llega una respuesta o queda ahí no más?",
        "cuánto se demoran en responder?",
        "y me van a dar una respuesta?",
        "how long will it take?",
        "konbyen tan sa ap pran?",
    ],
)
def test_whether_it_is_answered_is_told_and_the_open_step_stays(
    release: Release, asked: str
) -> None:
    chat = Chat(release).in_spanish()
    chat.says("reclamo: el camión de la basura no pasa hace una semana en calle Peñi 55, que pase")
    if chat.offers("skip"):
        chat.says("saltar")
    assert "20 días hábiles" in chat.says(asked)
    assert chat.offers("file")
    assert NUMBER in chat.says("sí")


@pytest.mark.parametrize(
    ("said", "added"),
    [
        ("listo. y cuánto se demoran, me dijeron que el 15 de diciembre, es mucho", []),
        ("gracias. ¿cuánto se demoran?", []),
        (
            "mèsi. konbyen tan sa ap pran? timoun yo ka tonbe ladan l",
            ["timoun yo ka tonbe ladan l"],
        ),
        ("¿cuánto se demoran? es frente al jardín infantil", ["es frente al jardín infantil"]),
        ("se demoran tres horas en atender", ["se demoran tres horas en atender"]),
    ],
)
def test_a_question_right_behind_a_case_is_answered_and_not_added(
    release: Release, said: str, added: list[str]
) -> None:
    chat = Chat(release).in_spanish()
    chat.complains("hay un hoyo en la calle Balmaceda 120")
    told = chat.says(said)
    assert [one.text for one in chat.recorded(CaseExtended)] == added
    assert ("15 de diciembre" in told) is (said not in added)
