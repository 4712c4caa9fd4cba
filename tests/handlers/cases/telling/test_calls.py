"""A call that is asked for: its number and hour, or an answer in writing."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from tests.handlers.chat import Chat

NUMBER = "LS-2026-000001"


def test_a_call_is_asked_for_with_its_number_and_hour(known: Chat) -> None:
    assert "¿A qué número le llamamos" in known.says("LLAMAR")
    assert "a qué número le llamamos y a qué hora" in known.says("en la tarde, por mi pensión")
    assert "¿Lo ingreso?" in known.says("51 2 000 000")
    filed = known.says("sí")
    assert f"Su pedido de llamada tiene el número {NUMBER}." in filed
    (case,) = known.recorded(CaseOpened)
    assert case.kind is CaseKind.CALL
    assert case.text == "en la tarde, por mi pensión\n51 2 000 000"


@pytest.mark.parametrize("before", ["", "es por la beca de mi hija"])
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("no tengo teléfono", ""),
        ("no tengo", ""),
        ("no uso celular, prefiero que me escriban", ""),
        ("no, mejor escríbanme", ""),
        ("me robaron el celular, y la beca cierra mañana", "y la beca cierra mañana"),
    ],
)
def test_who_has_no_telephone_is_answered_in_writing(
    known: Chat, before: str, said: str, told: str
) -> None:
    known.says("LLAMAR")
    if before:
        known.says(before)
    answer = known.says(said)
    assert "le responden por escrito, por este chat" in answer
    assert "a qué número" not in answer
    if not before and not told:
        known.says("es por la beca de mi hija")
    assert "Su solicitud tiene el número" in known.says("sí")
    (case,) = known.recorded(CaseOpened)
    assert told in case.text
    assert (before or "beca") in case.text


def test_who_has_a_case_and_no_telephone_is_told_that_it_is_answered_here(known: Chat) -> None:
    known.complains("no pasa el camión de la basura")
    known.says("LLAMAR")
    assert f"{NUMBER} se responde por escrito" in known.says("no tengo teléfono")


def test_a_call_without_a_telephone_says_that_the_answer_comes_here(known: Chat) -> None:
    known.says("LLAMAR")
    known.says("mañana a las 10")
    assert "No veo un teléfono, así que le responderán por este chat" in known.says("mi vecina")
    assert "No veo un teléfono" not in known.says("51 2 000 000")


@pytest.mark.parametrize("told", [(), ("en la tarde",), ("en la tarde", "51 2 000 000")])
@pytest.mark.parametrize(
    "said",
    [
        "cancelar la llamada",
        "Cancele el llamado.",
        "mejor no",
        "ya no",
        "no me llamen",
        "mejor no me llamen",
        "ya no quiero que me llamen",
    ],
)
def test_a_call_that_is_asked_for_can_be_given_up(
    known: Chat, told: tuple[str, ...], said: str
) -> None:
    known.says("LLAMAR")
    for words in told:
        known.says(words)
    assert "lo cancelé" in known.says(said)
    assert known.state.filing is None
    assert not known.recorded(CaseOpened)


@pytest.mark.parametrize("said", ["no me llamen en la mañana", "no tengo fijo, 51 2 000 000"])
def test_when_not_to_call_does_not_give_the_call_up(known: Chat, said: str) -> None:
    known.says("LLAMAR")
    known.says(said)
    assert known.state.filing is not None
    assert known.state.filing.words == (said,)
