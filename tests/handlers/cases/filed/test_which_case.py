"""Which of several cases is meant, and a question about one that is none of them."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseWithdrawn
from handlers.release import Release
from tests.handlers.chat import Chat

HOLE, RUBBISH = "LS-2026-000001", "LS-2026-000002"
WHICH, NONE = "¿Cuál de estos es?", "De eso no veo nada ingresado en este chat"
ONLY_HOLE = (HOLE,)


@pytest.fixture
def two(release: Release) -> Chat:
    """A hole, reported on Monday; rubbish, on Wednesday; and it is Thursday."""
    chat = Chat(release)
    chat.complains("hay un hoyo en calle Brasil 20")
    chat.says("listo")
    chat.waits(days=2)
    chat.complains("no pasa el camión de la basura en Los Lirios 40 desde el lunes, que pase")
    chat.says("listo")
    chat.waits(days=1)
    return chat


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("en qué quedó lo de los hoyos?", HOLE),
        ("en qué va el de la basura", RUBBISH),
        ("qué pasó con mi reclamo del hoyo", HOLE),
        ("en qué va el que puse ayer", RUBBISH),
        ("en qué va el reclamo del lunes", HOLE),
        ("cómo va el reclamo del 18 de noviembre", RUBBISH),
        ("¿ya taparon el hoyo?", HOLE),
        ("en qué va el primero", HOLE),
        (f"{HOLE} en qué va", HOLE),
        ("cómo va mi reclamo", WHICH),
        ("mis reclamos", WHICH),
        ("mi reclamo sigue igual", WHICH),
        ("y lo de los perros que reclamé el año pasado?", NONE),
        ("qué pasó con el reclamo que puse el año pasado", NONE),
        ("en qué va mi reclamo de los perros", NONE),
        ("en qué va mi licencia de conducir", "no veo expedientes"),
        ("dónde aviso de un hoyo", "Reparación de hoyos"),
    ],
)
def test_the_case_that_is_named_is_shown(two: Chat, asked: str, shown: str) -> None:
    assert shown in two.says(asked)


def test_the_other_is_other_than_the_one_shown(two: Chat) -> None:
    assert HOLE in two.says("en qué quedó lo de los hoyos?")
    assert RUBBISH in two.says("y el otro?")
    assert HOLE in two.says("y el otro?")
    assert RUBBISH in two.says("y lo de la basura?")


@pytest.mark.parametrize("chosen", ["2", "el de los hoyos", "1: Hoyos y veredas"])
def test_one_tap_chooses_it(two: Chat, chosen: str) -> None:
    two.says("cómo va mi reclamo")
    assert f"{HOLE} está en espera" in two.says(chosen)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("ya taparon el hoyo", f"¿Retiro su solicitud {HOLE}?"),
        ("retire mi reclamo", WHICH),
        ("quiero retirar el reclamo de los perros", NONE),
        ("quiero agregar algo al reclamo del hoyo", f"agregar a {HOLE}"),
        ("quiero agregar algo a mi reclamo", WHICH),
        ("agregue a mi reclamo que hay niños", "¿Lo agrego a"),
    ],
)
def test_what_is_done_with_one_of_them_is_asked_first(two: Chat, said: str, asked: str) -> None:
    assert asked in two.says(said)
    assert not two.recorded(CaseWithdrawn)
    assert not two.recorded(CaseExtended)


def test_what_is_added_to_the_one_that_is_named_goes_there(two: Chat) -> None:
    two.says("agregue a mi reclamo del hoyo que hay niños")
    assert [added.number for added in two.recorded(CaseExtended)] == [HOLE]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("en qué va mi reclamo", f"{HOLE} está en espera"),
        ("y lo de los perros que reclamé el año pasado?", NONE),
        ("qué pasó con el reclamo que puse el año pasado", NONE),
        ("puse un reclamo ayer, qué pasó", f"{HOLE} está en espera"),
    ],
)
def test_a_single_case_is_no_answer_about_another(release: Release, asked: str, shown: str) -> None:
    chat = Chat(release)
    chat.complains("hay un hoyo en calle Brasil 20")
    chat.says("listo")
    chat.waits(days=1)
    assert shown in chat.says(asked)
