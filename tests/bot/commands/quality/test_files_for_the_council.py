"""`opina figures` and `opina evidence`: files for the council, written whole."""

from __future__ import annotations

from pathlib import Path

from tests.bot.commands.conftest import Installation
from tests.bot.commands.quality.test_control_command import ratings, week_of
from tests.bot.published import checked, unpacked


def test_what_was_published_is_rebuilt_and_the_audit_is_whole(
    cli: Installation, tmp_path: Path
) -> None:
    cli.take(*ratings(1, 60, 45))
    cli.opina("control", "--week", week_of(1))
    assert ".zip" in cli.opina("figures", "--out", "cifras.tar").err
    done = cli.opina("figures", "--out", "cifras.zip")
    assert (done.code, done.out) == (0, "")
    folder = unpacked((cli.folder / "cifras.zip").read_bytes(), tmp_path / "council")
    assert checked(folder)[0] == "Todo coincide."
    assert cli.opina("audit", "--verify").code == 0
    cli.write(lambda tx: tx.exec_driver_sql("UPDATE published_blocks SET satisfied = 44"))
    assert checked(unpacked_again(cli, tmp_path))[0].startswith("cifra transito")
    done = cli.opina("audit", "--verify")
    assert done.code == 2
    assert f"La semana publicada {week_of(1)} ya no es como se publicó" in done.err


def unpacked_again(cli: Installation, folder: Path) -> Path:
    cli.opina("figures", "--out", "otra-vez.zip")
    return unpacked((cli.folder / "otra-vez.zip").read_bytes(), folder / "again")


def test_the_evidence_has_the_form_of_its_name(cli: Installation) -> None:
    for name, begins in (("expediente.pdf", b"%PDF"), ("expediente.xlsx", b"PK")):
        assert cli.opina("evidence", "--out", name).code == 0
        assert (cli.folder / name).read_bytes().startswith(begins)
    done = cli.opina("evidence", "--out", "expediente.docx")
    assert done.code == 2
    assert "que termine en .xlsx o .pdf" in done.err
