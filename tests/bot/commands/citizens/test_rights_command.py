"""`opina rights` and `opina retention`: the queue with its dates, and what is kept too long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.facts.own_data import ConsentGiven, ConsentWithdrawn, DataErased, Right, RightUsed
from handlers.messages import Announcement, RightAnswer
from storage.outbox.inbox import take_inbox
from storage.tables.outbox import inbox
from tests.bot.commands.conftest import Installation, now
from tests.storage.scene import Said, grade, opened, replies, sender, words

NUMBER = "LS-D-2026-000001"


@pytest.fixture
def asked(cli: Installation) -> Installation:
    """One request to correct something, which came in time, and a blocking that is late."""
    later, earlier = now() + timedelta(days=9), now() - timedelta(days=1)
    cli.take(
        Said(
            sender("a"),
            [
                RightUsed(NUMBER, Right.RECTIFY, later, done=False, text="Era otra área"),
                RightUsed("LS-D-2026-000002", Right.BLOCK, earlier, done=False),
                RightUsed("LS-D-2026-000003", Right.ACCESS, now(), done=True),
            ],
        )
    )
    return cli


def test_what_waits_is_listed_the_most_pressing_first(asked: Installation):
    done = asked.opina("rights", "list")
    assert done.code == 0
    assert done.out.index("LS-D-2026-000002") < done.out.index(NUMBER)
    assert "(vencido)" in done.out
    assert "LS-D-2026-000003" not in done.out
    assert "LS-D-2026-000003" in asked.opina("rights", "list", "--all").out
    assert max(map(len, done.out.splitlines())) <= 80


def test_a_request_is_shown_with_its_words(asked: Installation):
    done = asked.opina("rights", "show", NUMBER.lower())
    assert done.code == 0
    assert "Era otra área" in done.out
    assert "corregir" in done.out


@pytest.mark.parametrize(("options", "status"), [([], "granted"), (["--refuse"], "refused")])
def test_a_decision_is_put_into_the_citizens_chat(
    asked: Installation, options: list[str], status: str
):
    done = asked.opina("rights", "done", NUMBER, "Ya lo corregimos", *options)
    assert (done.code, done.err) == (0, "")
    items = asked.write(lambda tx: take_inbox(tx, asked.keyring, 10))
    assert [item.incoming.body for item in items] == [
        RightAnswer(NUMBER, status, "Ya lo corregimos")
    ]
    assert NUMBER not in asked.opina("rights", "list").out
    verdict = "rechazado" if status == "refused" else "aceptado"
    logged = asked.opina("audit").out
    assert f"decidió un pedido sobre datos: {NUMBER} ({verdict})" in logged
    assert "leyó la lista de pedidos sobre datos" in logged
    again = asked.opina("rights", "done", NUMBER, "Otra vez")
    assert again.code == 2
    assert "ya está" in again.err


def test_a_term_is_extended_once_and_never_that_of_a_blocking(asked: Installation):
    assert "el nuevo plazo es" in asked.opina("rights", "extend", NUMBER, "Falta algo").out
    assert "se extendió" in asked.opina("rights", "extend", NUMBER, "Falta algo").err
    assert asked.opina("audit").out.count("alargó el plazo de un pedido") == 1
    assert "bloqueo" in asked.opina("rights", "extend", "LS-D-2026-000002", "Falta").err


def test_a_wrong_decision_is_made_anew_and_the_citizen_told_why(asked: Installation):
    assert "ya espera" in asked.opina("rights", "reopen", NUMBER, "Sí consta").err
    asked.opina("rights", "done", NUMBER, "No consta", "--refuse")
    done = asked.opina("rights", "reopen", NUMBER, "Sí consta")
    assert (done.code, done.err) == (0, "")
    assert f"{NUMBER}: espera otra decisión, hasta el " in done.out
    assert NUMBER in asked.opina("rights", "list").out
    assert "No consta" in asked.opina("rights", "show", NUMBER).out
    assert "aceptado" in asked.opina("rights", "done", NUMBER, "Lo corregimos").out
    assert "Lo corregimos" in asked.opina("rights", "show", NUMBER).out
    waiting = select(inbox.c.event_id).order_by(inbox.c.id)
    events = asked.write(lambda tx: tx.execute(waiting).scalars().all())
    assert [event.split(":")[2] for event in events] == ["refused", "reopened", "granted"]
    assert f"abrió otra vez un pedido sobre datos: {NUMBER}" in asked.opina("audit").out


@pytest.mark.parametrize(
    ("number", "told"),
    [("LS-D-2026-000003", "se hizo en el chat"), ("LS-D-2026-999999", "no hay un pedido")],
)
def test_what_no_person_decided_is_not_decided_anew(asked: Installation, number: str, told: str):
    done = asked.opina("rights", "reopen", number, "Otra vez")
    assert (done.code, told in done.err) == (2, True)


def test_an_unknown_number_and_an_empty_text_are_told(asked: Installation):
    assert "LS-D-2026-999999" in asked.opina("rights", "show", "LS-D-2026-999999").err
    assert "LS-D-2026-999999" in asked.opina("rights", "done", "LS-D-2026-999999", "x").err
    for empty in (" ", "\u200b\ufeff"):
        assert "falta el texto" in asked.opina("rights", "done", NUMBER, empty).err


def test_what_was_asked_by_somebody_who_was_erased_waits_no_longer(asked: Installation):
    asked.take(Said(sender("a"), [DataErased()]))
    assert asked.opina("rights", "list").out == "No hay pedidos que esperen.\n"
    assert "terminado" in asked.opina("rights", "show", NUMBER).out


def test_what_was_done_is_told_to_those_who_agreed_and_rated_the_area(cli: Installation):
    cli.take(
        Said(sender("a"), [opened(1), grade(1, 4), ConsentGiven("v1")], replies("a")),
        Said(sender("b"), [opened(2), grade(2, 4)], replies("b")),
        Said(sender("c"), [ConsentGiven("v1")], replies("c")),
        Said(sender("d"), [opened(3), grade(3, 4), ConsentGiven("v1")], replies("d")),
    )
    cli.take(Said(sender("d"), [ConsentWithdrawn()], replies("d", first=2)))
    done = cli.opina("rights", "tell", "transito", "Abrimos una ventanilla más.")
    assert (done.code, done.out) == (0, "Aviso para 1 persona.\n")
    again = cli.opina("rights", "tell", "transito", "Abrimos una ventanilla más.")
    assert (again.code, "ya se les contó" in again.out) == (0, True)
    logged = cli.opina("audit").out
    assert (
        logged.count("contó qué se hizo a quienes opinaron y aceptaron avisos: Tránsito (1)") == 1
    )
    (item,) = cli.write(lambda tx: take_inbox(tx, cli.keyring, 10))
    assert isinstance(item.incoming.body, Announcement)
    assert "«Abrimos una ventanilla más.»" in item.incoming.body.text
    assert "BASTA" in item.incoming.body.text


def test_blocked_words_are_left_out_of_exports(asked: Installation):
    asked.take(
        Said(sender("a"), [opened(1), grade(1, 4), words(1, "Xilofono")], replies("a")),
        Said(sender("b"), [opened(2), grade(2, 4), words(2, "Marimba")], replies("b")),
    )
    done = asked.opina("export", "responses", "--format", "jsonl")
    assert done.code == 0
    assert "Marimba" in done.out
    assert "Xilofono" not in done.out


def test_retention_tells_first_and_forgets_when_asked_to(cli: Installation):
    cli.take(Said(sender("a"), [opened(1), grade(1, 4)], replies("a")))
    cli.write(lambda tx: tx.exec_driver_sql("UPDATE contacts SET created_at = 1") and None)
    cli.write(
        lambda tx: tx.exec_driver_sql("UPDATE conversations SET last_incoming_at = 1") and None
    )
    done = cli.opina("retention", "--dry-run")
    assert (done.code, done.err) == (0, "")
    assert "Personas que no volvieron a escribir, de más de 730 días: 1" in done.out
    assert cli.rows("SELECT count(*) FROM contact_aliases") == [(1,)]
    assert "Borrado." in cli.opina("retention").out
    assert cli.rows("SELECT count(*) FROM contact_aliases") == [(0,)]
    assert cli.rows("SELECT contact_id FROM responses") == [(None,)]
    assert (cli.folder / "erasures.jsonl").exists()
