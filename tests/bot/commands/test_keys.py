"""A keys file that is missing or another database's stops every command, in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.engine.keyring import Keyring
from tests.bot.commands.conftest import Installation
from tests.storage.scene import Said, closed, grade, opened, sender, words

COMMANDS = [
    ("chat", "--keep", "--script", "guion.txt"),
    ("export", "responses"),
    ("export", "lookups"),
    ("digest",),
    ("digest", "--send"),
    ("staff", "list"),
    ("cases", "list"),
    ("sums", "--verify"),
    ("backup", "copias"),
    ("backup", "copias", "--without-keys"),
    ("upgrade",),
    ("check",),
]


@pytest.fixture
def lived_in(cli: Installation, tmp_path: Path) -> Installation:
    """A citizen has rated, and a command has been run since."""
    cli.take(Said(sender("ana"), [opened(1), grade(1, 4), words(1, "Esperé"), closed(1)]))
    assert cli.opina("sums", "--verify").code == 0
    (tmp_path / "copias").mkdir()
    (tmp_path / "guion.txt").write_text("hola\n", encoding="utf-8")
    return cli


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_opens_a_database_without_its_keys(
    lived_in: Installation, tmp_path: Path, command: tuple[str, ...]
) -> None:
    keys = tmp_path / "keys.toml"
    before = lived_in.rows("SELECT count(*) FROM seen_events")
    kept = keys.rename(tmp_path / "kept.toml")
    missing = lived_in.opina(*command)
    assert not keys.exists()
    Keyring.create(keys)
    foreign = lived_in.opina(*command)
    for refused, why in ((missing, "faltan las llaves"), (foreign, "no son las de esta base")):
        assert (refused.code, refused.out) == (2, "")
        assert len(refused.err.splitlines()) == 1
        for told in (str(keys), why, "[database] keys", "respaldo"):
            assert told in refused.err
    kept.replace(keys)
    assert lived_in.opina("sums", "--verify").code == 0
    assert lived_in.rows("SELECT count(*) FROM seen_events") == before
    assert list((tmp_path / "copias").iterdir()) == []
