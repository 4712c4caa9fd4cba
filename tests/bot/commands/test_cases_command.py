"""`opina cases`: what citizens wait for is listed, shown and answered into their chat."""

from __future__ import annotations

import pytest

from handlers.facts import CaseExtended, CaseKind, CaseOpened, DataErased
from handlers.messages import CaseAnswer
from storage.outbox.inbox import take_inbox
from tests.bot.commands.conftest import Installation
from tests.storage.scene import Said, sender

NUMBER = "LS-2026-000001"


@pytest.fixture
def with_case(town: Installation) -> Installation:
    """One complaint about Tránsito, with words added later."""
    town.take(
        Said(
            sender("a"),
            [CaseOpened(NUMBER, CaseKind.COMPLAINT, "transito", "El semáforo no funciona")],
        ),
        Said(sender("a"), [CaseExtended(NUMBER, "y tampoco el otro")]),
    )
    return town


def test_open_cases_are_listed(with_case: Installation):
    done = with_case.opina("cases", "list", "--open")
    assert done.code == 0
    assert NUMBER in done.out
    assert "reclamo" in done.out
    assert "18-11-2026 12:00" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_cases_of_other_areas_are_left_out(with_case: Installation):
    assert NUMBER in with_case.opina("cases", "list", "--area", "transito").out
    assert with_case.opina("cases", "list", "--area", "aseo").out == "No hay casos.\n"


def test_a_case_is_shown_with_all_that_was_said(with_case: Installation):
    done = with_case.opina("cases", "show", NUMBER.lower())
    assert done.code == 0
    first = done.out.index("El semáforo no funciona")
    assert first < done.out.index("y tampoco el otro")
    assert "Tránsito" in done.out


def test_an_answer_is_put_into_the_citizens_chat(with_case: Installation):
    done = with_case.opina("cases", "answer", NUMBER, "Lo arreglamos el lunes 23 de noviembre.")
    assert (done.code, done.err) == (0, "")
    items = with_case.write(lambda tx: take_inbox(tx, with_case.keyring, 10))
    assert [item.incoming.body for item in items] == [
        CaseAnswer(NUMBER, "transito", "Lo arreglamos el lunes 23 de noviembre.")
    ]
    assert NUMBER not in with_case.opina("cases", "list", "--open").out
    shown = with_case.opina("cases", "show", NUMBER).out
    assert "Municipio" in shown
    assert "Lo arreglamos" in shown


@pytest.mark.parametrize("text", ["", "   ", "x" * 3_001])
def test_an_answer_that_no_message_can_hold_is_refused(with_case: Installation, text: str):
    assert with_case.opina("cases", "answer", NUMBER, text).code == 2
    assert with_case.write(lambda tx: take_inbox(tx, with_case.keyring, 10)) == []


def test_an_unknown_number_is_named(with_case: Installation):
    for command in (["show", "LS-2026-999999"], ["answer", "LS-2026-999999", "Sí"]):
        done = with_case.opina("cases", *command)
        assert done.code == 2
        assert "LS-2026-999999" in done.err


def test_nobody_is_left_to_answer_once_the_data_are_erased(with_case: Installation):
    with_case.opina("cases", "answer", NUMBER, "Sí")
    with_case.take(Said(sender("a"), [DataErased()]))
    done = with_case.opina("cases", "answer", NUMBER, "Otra vez")
    assert done.code == 2
    assert "borró sus datos" in done.err
