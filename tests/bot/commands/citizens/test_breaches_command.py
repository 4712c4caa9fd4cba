"""`opina breaches`: the register as an operator reads it, without names."""

from __future__ import annotations

from datetime import timedelta

from handlers.privacy.breaches.steps import BreachScope, BreachStep, DataKind, Description, Recorded
from storage.privacy.breaches import counts, steps
from tests.bot.commands.conftest import Installation, now
from tests.storage.scene import ZONE, Said, grade, opened, replies, sender


def test_the_register_is_listed_and_shown(cli: Installation) -> None:
    assert cli.opina("breaches", "list").out == "El registro está vacío.\n"
    cli.take(Said(sender("ana-secreta"), [opened(1), grade(1, 4)], replies("Gracias")))
    at = now() - timedelta(hours=80)
    scope = BreachScope((DataKind.RATINGS,), areas=("transito",))
    known = Description(at, "Un disco perdido", scope, "Se leen", "Claves", has_risk=True)
    recorded = Recorded(known, at + timedelta(hours=72), 72)
    number = cli.write(lambda tx: steps.record(tx, cli.keyring, BreachStep(at, 0, recorded), ZONE))
    assert "Todavía no hay una cuenta." in cli.opina("breaches", "show", number).out
    breach = cli.read(lambda tx: steps.find_breach(tx, cli.keyring, number))
    assert breach is not None
    cli.write(lambda tx: counts.store_count(tx, breach, counts.count(tx, breach, ZONE, at), 0))
    listed = cli.opina("breaches", "list")
    assert f"{number} · abierta" in listed.out
    assert "había que reportarla" in listed.out
    shown = cli.opina("breaches", "show", number.lower())
    assert (shown.code, shown.err) == (0, "")
    for words in ("Un disco perdido", "1 persona en total", "Se leen"):
        assert words in shown.out
    assert "secreta" not in shown.out
    assert max(map(len, (listed.out + shown.out).splitlines())) <= 80
    assert cli.rows("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 2") == [
        ("breach-read",),
        ("breaches-read",),
    ]
    missing = cli.opina("breaches", "show", "V-2026-999")
    assert (missing.code, "no hay una vulneración" in missing.err) == (2, True)
