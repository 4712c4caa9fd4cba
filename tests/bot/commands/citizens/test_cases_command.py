"""`opina cases`: what citizens wait for is listed, shown and answered into their chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.cases.deadlines import OIRS, DeadlineRule, calendar_of
from handlers.facts.cases import CaseExtended, CaseKind, CaseOpened, Due
from handlers.facts.own_data import DataErased
from handlers.messages import Body, CaseAnswer, CaseNews, CaseStep
from storage.cases import reading
from storage.outbox.inbox import take_inbox
from tests.bot.commands.conftest import Installation
from tests.packaged import packaged
from tests.storage.scene import WEDNESDAY, ZONE, Said, sender

NUMBER = "LS-2026-000001"


@pytest.fixture
def with_case(cli: Installation) -> Installation:
    """One complaint about Tránsito, with words added later."""
    cli.take(
        Said(
            sender("a"),
            [CaseOpened(NUMBER, CaseKind.COMPLAINT, "transito", "El semáforo no funciona")],
        ),
        Said(sender("a"), [CaseExtended(NUMBER, "y tampoco el otro")]),
    )
    return cli


def audited(cli: Installation) -> list[str]:
    """What the audit log has of all this, in order."""
    return [action for (action,) in cli.rows("SELECT action FROM audit_entries ORDER BY id")]


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


def news(cli: Installation) -> list[CaseNews]:
    """What was told about cases, besides answers and notices."""
    found: list[Body] = []
    while items := cli.write(lambda tx: take_inbox(tx, cli.keyring, 50)):
        found += [item.incoming.body for item in items]
    return [body for body in found if isinstance(body, CaseNews)]


@pytest.fixture
def with_term(cli: Installation) -> Installation:
    """A complaint with its term."""
    calendar = calendar_of(packaged().content)
    due = Due(calendar.due(WEDNESDAY, DeadlineRule(OIRS, 20)), "OIRS 20 working days")
    fact = CaseOpened(NUMBER, CaseKind.COMPLAINT, "transito", "El semáforo no funciona", due)
    cli.take(Said(sender("a"), [fact]))
    return cli


def test_a_list_shows_age_deadline_and_first_words(with_term: Installation):
    out = with_term.opina("cases", "list").out
    assert f"{NUMBER} · reclamo · espera respuesta · Tránsito" in out
    assert "(18-11-2026 12:00), plazo 17-12-2026" in out
    assert "El semáforo no funciona" in out


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--words", "SEMAFORO"], True),
        (["--words", "basura"], False),
        (["--kind", "reclamo"], True),
        (["--kind", "sugerencia"], False),
        (["--due", "9000"], True),
        (["--open", "--area", "Tránsito", "--words", "funciona"], True),
    ],
)
def test_cases_are_narrowed_down(with_term: Installation, filters: list[str], found: bool):
    done = with_term.opina("cases", "list", *filters)
    assert (NUMBER in done.out) is found


def test_an_unknown_kind_names_those_that_there_are(with_term: Installation):
    done = with_term.opina("cases", "list", "--kind", "queja")
    assert done.code == 2
    assert "sugerencia" in done.err


def test_a_case_that_is_shown_counts_as_read_and_its_citizen_is_told_once(
    with_term: Installation,
):
    assert "plazo: 17-12-2026 (20 días hábiles)" in (
        with_term.opina("cases", "show", NUMBER, "--quiet").out
    )
    assert news(with_term) == []
    with_term.opina("cases", "show", NUMBER)
    with_term.opina("cases", "show", NUMBER)
    assert [one.step for one in news(with_term)] == [CaseStep.READ]


def test_a_second_answer_asks_first(with_term: Installation):
    assert with_term.opina("cases", "answer", NUMBER, "Va el lunes.").code == 0
    done = with_term.opina("cases", "answer", NUMBER, "Va el martes.")
    assert done.code == 2
    assert "--again" in done.err
    assert with_term.opina("cases", "answer", NUMBER, "Va el martes.", "--again").code == 0
    assert audited(with_term) == ["case-answered"] * 2


def test_a_case_is_forwarded_extended_and_closed_from_the_command_line(with_term: Installation):
    done = with_term.opina("cases", "forward", NUMBER, "aseo", "--why", "Es de Aseo.")
    assert (done.code, done.err) == (0, "")
    assert "Aseo" in done.out
    assert with_term.opina("cases", "forward", NUMBER, "aseo").code == 2
    assert "hasta el 04-01-2027" in (
        with_term.opina("cases", "extend", NUMBER, "--why", "Falta un informe.").out
    )
    assert with_term.opina("cases", "extend", NUMBER, "--why", "Otra vez.").code == 2
    shown = with_term.opina("cases", "show", NUMBER, "--quiet").out
    assert "derivó a Aseo" in shown
    assert "Falta un informe." in shown
    assert with_term.opina("cases", "close", NUMBER, "--why", "Ya funciona.").code == 0
    assert with_term.opina("cases", "close", NUMBER, "--why", "Ya funciona.").code == 2
    assert [(one.step, one.text) for one in news(with_term)] == [
        (CaseStep.FORWARDED, "Es de Aseo."),
        (CaseStep.EXTENDED, "Falta un informe."),
        (CaseStep.CLOSED, "Ya funciona."),
    ]
    assert audited(with_term) == ["case-forwarded", "case-extended", "case-read", "case-closed"]


def test_a_forwarded_case_is_taken_back_until_it_is_read_there(with_term: Installation):
    refused = with_term.opina("cases", "take-back", NUMBER)
    assert (refused.code, "no está derivado" in refused.err) == (2, True)
    with_term.opina("cases", "forward", NUMBER, "aseo", "--why", "Es de Aseo.")
    done = with_term.opina("cases", "take-back", NUMBER)
    assert (done.code, done.err) == (0, "")
    assert "responde otra vez" in done.out
    assert with_term.opina("cases", "take-back", NUMBER).code == 2
    assert "lo trajo de vuelta" in with_term.opina("cases", "show", NUMBER, "--quiet").out
    assert news(with_term) == []  # it was taken back before the citizen was told
    assert audited(with_term) == ["case-forwarded", "case-taken-back", "case-read"]


def test_a_case_is_sent_the_formal_way_and_opened_again(with_term: Installation):
    assert with_term.opina("cases", "reopen", NUMBER, "--why", "Sigue igual.").code == 2
    done = with_term.opina("cases", "formal", NUMBER)
    assert (done.code, done.err) == (0, "")
    assert "Ley 20.285" in done.out
    assert with_term.opina("cases", "formal", NUMBER).code == 2
    assert NUMBER not in with_term.opina("cases", "list", "--open").out
    done = with_term.opina("cases", "reopen", NUMBER, "--why", "Sigue igual.")
    case = with_term.write(lambda tx: reading.find_case(tx, with_term.keyring, NUMBER))
    assert case is not None
    assert case.due_at is not None
    assert case.due_from > WEDNESDAY
    assert f"{case.due_at.astimezone(ZONE):%d-%m-%Y}" in done.out
    assert NUMBER in with_term.opina("cases", "list", "--open").out
    assert [(one.step, one.text) for one in news(with_term)] == [
        (CaseStep.FORMAL, ""),
        (CaseStep.REOPENED, "Sigue igual."),
    ]
    logged = [one for one in audited(with_term) if one != "cases-read"]
    assert logged == ["case-formal", "case-reopened"]


def test_a_case_opened_again_has_the_configured_term(
    with_term: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPINA_CASES__ANSWER_DAYS", "1")
    assert with_term.opina("cases", "formal", NUMBER).code == 0
    assert with_term.opina("cases", "reopen", NUMBER, "--why", "Sigue igual.").code == 0
    case = with_term.write(lambda tx: reading.find_case(tx, with_term.keyring, NUMBER))
    assert case is not None
    assert case.due_at is not None
    assert case.due_at - case.due_from < timedelta(days=10)  # one working day


@pytest.mark.parametrize("command", ["extend", "close", "reopen"])
def test_no_term_is_extended_and_no_case_closed_without_a_reason(
    with_term: Installation, command: str
):
    assert with_term.opina("cases", command, NUMBER, "--why", "  ").code == 2
    assert with_term.opina("cases", command, NUMBER).code == 2
    assert news(with_term) == []


def test_dates_are_verified_and_mended(with_term: Installation):
    assert "Cada plazo es el que da su regla." in with_term.opina("cases", "verify").out
    with_term.write(lambda tx: tx.exec_driver_sql("UPDATE cases SET due_at = due_at + 86400000000"))
    done = with_term.opina("cases", "verify")
    assert done.code == 1
    assert f"{NUMBER}: dice 18-12-2026 y la regla da 17-12-2026" in done.out
    assert "corregidos" in with_term.opina("cases", "verify", "--mend").out
    assert with_term.opina("cases", "verify").code == 0
