"""`opina quarantine`: what failed can be looked at, and who looked is in the audit log."""

from __future__ import annotations

from datetime import datetime

from handlers.messages import Channel
from storage.audit import chain
from storage.outbox import quarantine
from storage.outbox.quarantine import FailedEvent
from tests.bot.commands.conftest import Installation

AT = datetime.fromisoformat("2026-11-18T12:00:00-03:00")


def fail(cli: Installation, id: str, raw: bytes) -> None:
    failed = FailedEvent(Channel.WHATSAPP, id, raw, "decode")
    cli.write(lambda tx: quarantine.add(tx, cli.keyring, failed, AT))


def test_without_failures_the_command_says_so(cli: Installation) -> None:
    assert "No hay mensajes sin tratar" in cli.opina("quarantine").out


def test_the_list_shows_no_words_and_one_event_is_shown_as_it_came(cli: Installation) -> None:
    fail(cli, "a", b'{"text": "mi calle\x1b[31m"')
    fail(cli, "b", b"")
    listed = cli.opina("quarantine").out
    assert "1  18-11-2026 12:00  WhatsApp  decode" in listed
    assert "2  18-11-2026 12:00" in listed
    assert "mi calle" not in listed
    shown = cli.opina("quarantine", "--show", "1").out
    assert "mi calle" in shown
    assert "\x1b" not in shown
    assert "no se pudo guardar" in cli.opina("quarantine", "--show", "2").out
    entries = cli.read(lambda tx: chain.of_action(tx, "failed-event-read"))
    assert sorted(logged.entry.subject for logged in entries) == ["1", "2"]


def test_an_event_that_is_not_there_is_said_in_one_line(cli: Installation) -> None:
    done = cli.opina("quarantine", "--show", "7")
    assert done.code == 2
    assert "no hay un mensaje 7" in done.err
