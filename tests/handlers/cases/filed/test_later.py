"""Coming back days later to a case, and doubts about whom it is for."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened, CaseWithdrawn
from handlers.release import Release
from tests.handlers.chat import Chat

NUMBER = "LS-2026-000001"
ADDED, WITHDRAWN = f"¿Lo agrego a {NUMBER}?", f"¿Retiro su solicitud {NUMBER}?"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("sigue igual", ADDED),
        ("y sigue malo", ADDED),
        ("todavía está el hoyo", ADDED),
        ("nadie ha venido", ADDED),
        ("ya no va", WITHDRAWN),
        ("ya no hace falta", WITHDRAWN),
        ("ya taparon el hoyo", WITHDRAWN),
        ("todavía está la basura en la esquina", "microbasural"),
        ("hay un hoyo en Colón 30", "Reparación de hoyos"),
    ],
)
def test_what_becomes_of_it_is_asked_in_one_tap(release: Release, said: str, answer: str) -> None:
    chat = Chat(release)
    chat.complains("hay un hoyo en calle Brasil 20")
    chat.says("listo")
    chat.waits(days=2)
    assert answer in chat.says(said)
    assert not chat.recorded(CaseExtended)
    assert not chat.recorded(CaseWithdrawn)


@pytest.mark.parametrize("said", ["sigue igual", "nadie ha venido", "ya no va"])
def test_without_a_case_none_is_asked_about(release: Release, said: str) -> None:
    text = Chat(release).says(said)
    assert "LS-" not in text


def test_what_is_not_needed_any_more_withdraws_nothing_before_a_yes(release: Release) -> None:
    chat = Chat(release)
    chat.complains("hay un hoyo en calle Brasil 20")
    assert WITHDRAWN in chat.says("saque el reclamo")
    assert WITHDRAWN in chat.says("ya no va")
    chat.says("sí")
    assert chat.recorded(CaseWithdrawn)


@pytest.mark.parametrize("said", ["no sé de qué área es", "cambiar área", "es de otra área"])
@pytest.mark.parametrize(("area", "meant"), [("no sé", ""), ("aseo", "aseo")])
def test_whom_it_is_for_is_asked_where_it_is_doubted(
    release: Release, said: str, area: str, meant: str
) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en calle Brasil 20")
    assert "¿Para qué área es?" in chat.says(said)
    chat.says(area)
    chat.says("sí")
    (case,) = chat.recorded(CaseOpened)
    assert (case.area, case.text) == (meant, "hay un hoyo en calle Brasil 20")
