"""A filed case that is put right: what is wrong is asked for, and noted as a correction."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended
from handlers.release import Release
from tests.handlers.chat import Chat

NUMBER = "LS-2026-000001"
ASKED = f"Escriba qué está mal en {NUMBER}"


@pytest.mark.parametrize("days", [0, 2])
@pytest.mark.parametrize(
    "wish", ["quiero corregir mi reclamo", "me equivoqué en el reclamo", "corregir mi reclamo"]
)
@pytest.mark.parametrize(
    "right", ["no es el 20, es el 22", "era en la vereda, no en la calle", "es el de Los Lirios"]
)
def test_what_is_wrong_is_asked_for_and_noted_as_it(
    release: Release, days: int, wish: str, right: str
) -> None:
    chat = Chat(release)
    chat.complains("hay un hoyo en calle Brasil 20")
    if days:
        chat.says("listo")
        chat.waits(days=days)
    assert ASKED in chat.says(wish)
    assert not chat.recorded(CaseExtended)
    assert "Anoté la corrección" in chat.says(right)
    chat.says("también hay otro al frente")
    added = [one.text for one in chat.recorded(CaseExtended)]
    assert added == [f"Corrección: {right}", "también hay otro al frente"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("corrijo el reclamo: es el 22", ""),
        ("me equivoqué, era Brasil 22", "¿Anoto esto como corrección"),
        ("retire el reclamo, me equivoqué", "¿Retiro su solicitud"),
    ],
)
def test_what_tells_it_already_is_not_asked_for(release: Release, said: str, answer: str) -> None:
    chat = Chat(release)
    chat.complains("hay un hoyo en calle Brasil 20")
    text = chat.says(said)
    assert ASKED not in text
    assert answer in text


def test_who_adds_nothing_is_told_so(release: Release) -> None:
    chat = Chat(release)
    chat.complains("hay un hoyo en calle Brasil 20")
    chat.says("quiero corregir mi reclamo")
    assert "no agregué nada" in chat.says("listo")
    assert not chat.recorded(CaseExtended)
