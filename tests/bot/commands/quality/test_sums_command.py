"""`opina sums`: right sums are confirmed, a wrong one is shown."""

from __future__ import annotations

from tests.bot.commands.conftest import Installation
from tests.storage.scene import Said, closed, grade, opened, reason, sender


def test_sums_that_agree_and_sums_that_do_not(cli: Installation):
    cli.take(Said(sender("a"), [opened(1), grade(1, 4), reason(1, "espera"), closed(1)]))
    right = cli.opina("sums", "--verify")
    assert (right.code, right.err) == (0, "")
    cli.write(lambda tx: tx.exec_driver_sql("UPDATE weekly_sums SET n = n + 1 WHERE c4 = 1"))
    wrong = cli.opina("sums", "--verify")
    assert wrong.code == 1
    assert "1 diferencia" in wrong.out
    assert "202647 · transito" in wrong.out


def test_without_verify_nothing_is_counted(cli: Installation):
    assert cli.opina("sums").code == 2
