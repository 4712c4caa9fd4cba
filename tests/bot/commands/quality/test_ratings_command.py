"""`opina ratings move`: a rating counts for its own area, and the audit log says why."""

from __future__ import annotations

from storage.audit import chain
from storage.responses import sums
from tests.bot.commands.conftest import Installation
from tests.bot.commands.quality.test_control_command import ratings


def test_a_rating_is_moved_with_a_reason_and_not_without(cli: Installation) -> None:
    cli.take(*ratings(99, 1, 0))
    move = ("ratings", "move", "99000", "--area", "aseo", "--why")
    assert "falta el motivo" in cli.opina(*move, " ").err
    assert "letras; caben" in cli.opina(*move, "a" * 1_001).err
    done = cli.opina(*move, "Era de Aseo")
    assert (done.code, done.err) == (0, "")
    assert cli.rows("SELECT DISTINCT area FROM answers") == [("aseo",)]
    entry = cli.read(lambda tx: chain.newest(tx, 1)[0].entry)
    assert (entry.action, entry.detail.rpartition(": ")[2]) == ("rating-moved", "Era de Aseo")
    assert cli.read(sums.verify) == []
    assert "ya está en esa área" in cli.opina(*move, "Otra vez").err
