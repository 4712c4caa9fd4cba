"""A case that is left while it is told, in people's words, and what is wished behind it."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat

NUMBER = "LS-2026-000001"


@pytest.mark.parametrize(
    "said",
    [
        "no es reclamo contra la muni",
        "no era para reclamar, era una consulta",
        "perdón, no era un reclamo",
        "mejor no",
        "mejor no, gracias",
        "déjelo así no más",
        "ya no quiero",
        "ya no va",
        "no estoy reclamando",
        "no quiero que quede como reclamo",
        "era una pregunta nomás",
        "ya no hace falta, gracias",
    ],
)
@pytest.mark.parametrize(
    "told", ["no pasa el camión por Balmaceda 1200", "hay un hoyo en Brasil 20"]
)
def test_it_is_left_in_any_words(release: Release, told: str, said: str) -> None:
    chat = Chat(release)
    chat.says(f"reclamo: {told}")
    chat.says(said)
    assert chat.state.filing is None
    assert not chat.recorded(CaseOpened)


@pytest.mark.parametrize(
    "said",
    [
        "no es contra la muni, es contra la empresa",
        "no quiero más hoyos en mi calle",
        "ya no quiero esperar más, que lo tapen",
        "no gracias, y agregue que es de noche",
        "no es un reclamo por la basura, es por el hoyo",
    ],
)
def test_what_tells_more_leaves_nothing(release: Release, said: str) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en Brasil 20")
    chat.says(said)
    assert chat.state.filing is not None


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("cancelar, mejor una persona", "Cuente ahora qué necesita"),
        ("mejor no, cuánto cuesta la licencia de conducir?", "Licencia de conducir"),
        ("cancelar. quiero poner una nota", "¿Qué área"),
        ("no era un reclamo. cómo saco el permiso de circulación?", "permiso de circulación"),
    ],
)
def test_what_is_wished_instead_follows(release: Release, said: str, answer: str) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en Brasil 20")
    text = chat.says(said)
    assert "Listo, lo cancelé." in text
    assert answer in text


def test_a_filed_case_is_left_as_it_is_and_shown(release: Release) -> None:
    chat = Chat(release)
    chat.complains("hay un hoyo en Brasil 20")
    text = chat.says("CANCELAR. quiero ver mi reclamo")
    assert f"{NUMBER} está en espera" in text
    assert "Retiro" not in text
