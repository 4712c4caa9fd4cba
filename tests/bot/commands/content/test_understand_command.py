"""`opina understand --danger`: how well danger is heard in labelled messages."""

from __future__ import annotations

from pathlib import Path

from tests.bot.commands.conftest import Installation


def test_dangers_are_counted_by_language_and_kind(cli: Installation) -> None:
    file = Path("peligros.tsv")
    file.write_text(
        "es\tdistress_fire\tse quema mi casa\n"
        "es\tdistress_fire\tquiero pagar la patente\n"
        "en\tno_danger\twhere do I pay for the rubbish\n"
    )
    done = cli.opina("understand", "--danger", str(file), "--misses")
    assert (done.code, done.err) == (0, "")
    rows = [line.split() for line in done.out.splitlines()]
    assert ["es", "distress_fire", "2", "0,500", "0,500", "0,500"] in rows
    assert ["en", "no_danger", "1", "0,000", "0,000", "0,000"] in rows
    assert "passed: es distress_fire: quiero pagar la patente" in done.out


def test_a_line_that_is_no_message_is_told_with_its_number(cli: Installation) -> None:
    Path("peligros.tsv").write_text("es\tdistress_fire\tse quema mi casa\nes\tfuego\tarde\n")
    done = cli.opina("understand", "--danger", "peligros.tsv")
    assert done.code == 2
    assert "peligros.tsv:2: se espera" in done.err
    assert cli.opina("understand", "hola", "--danger", "peligros.tsv").code == 2
