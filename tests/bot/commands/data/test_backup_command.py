"""`opina backup`, `restore` and `upgrade` as an operator meets them."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command

from storage.engine import leases, schema
from storage.engine.schema import current_revision, newest_revision
from tests.bot.commands.conftest import Installation, now
from tests.storage.scene import Said, closed, grade, opened, sender, words

ANA = sender("ana")


def copies(cli: Installation) -> list[Path]:
    return sorted((cli.folder / "copias").glob("opina-*"))


@pytest.fixture(autouse=True)
def _place(tmp_path: Path) -> None:
    """Where copies go, as the operator made it."""
    (tmp_path / "copias").mkdir()


def rate(cli: Installation, number: int) -> None:
    cli.take(Said(sender(str(number)), [opened(number), grade(number, 4), closed(number)]))


def backdated(cli: Installation) -> None:
    """The database as the first version left it."""
    config = schema._config()

    def set_back(connection: object) -> None:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")

    asyncio.run(schema._run_exclusively(cli.url, set_back))


def test_a_backup_is_made_and_put_back(cli: Installation, monkeypatch: pytest.MonkeyPatch):
    rate(cli, 1)
    made = cli.opina("backup", "copias")
    assert made.code == 0
    (copy,) = copies(cli)
    assert copy.name in made.out
    assert all(path.stat().st_mode & 0o077 == 0 for path in [copy, *copy.iterdir()])
    rate(cli, 2)

    refused = cli.opina("restore", str(copy))
    assert refused.code == 2
    assert "--replace" in refused.err
    done = cli.opina("restore", "--replace", str(copy))
    assert (done.code, done.err) == (0, "")
    assert cli.rows("SELECT count(*) FROM responses") == [(1,)]

    monkeypatch.setenv("OPINA_DATABASE__URL", f"sqlite:///{cli.folder}/nueva/opina.db")
    monkeypatch.setenv("OPINA_DATABASE__KEYS", str(cli.folder / "nueva" / "keys.toml"))
    assert cli.opina("restore", str(copy)).code == 0
    assert (cli.folder / "nueva" / "keys.toml").exists()
    assert "coinciden" in cli.opina("sums", "--verify").out


def test_without_keys_the_copy_cannot_be_read_by_itself(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    rate(cli, 1)
    assert cli.opina("backup", "copias", "--without-keys").code == 0
    (copy,) = copies(cli)
    assert not (copy / "keys.toml").exists()
    monkeypatch.setenv("OPINA_DATABASE__URL", f"sqlite:///{cli.folder}/nueva/opina.db")
    monkeypatch.setenv("OPINA_DATABASE__KEYS", str(cli.folder / "nueva" / "keys.toml"))
    refused = cli.opina("restore", str(copy))
    assert refused.code == 2
    assert "faltan las llaves" in refused.err


def test_only_the_newest_are_kept(cli: Installation):
    rate(cli, 1)
    for number in range(3):
        old = cli.folder / "copias" / f"opina-2026010{number}-000000"
        old.mkdir(parents=True)
        (old / "manifest.json").touch()
    done = cli.opina("backup", "copias", "--keep", "2")
    assert done.code == 0
    kept = [path.name for path in copies(cli)]
    assert kept == ["opina-20260102-000000", kept[1]]
    assert kept[1] in done.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(cli: Installation):
    shut = cli.folder / "cerrada"
    shut.mkdir(mode=0o500)
    refused = cli.opina("backup", str(shut))
    assert refused.code == 2
    assert str(shut) in refused.err


def test_a_full_target_is_named_and_the_database_is_not_blamed(cli: Installation):
    long = [f"{number} {os.urandom(1_000).hex()}" for number in range(60)]  # packs by half at most
    cli.take(
        *(
            Said(sender(str(number)), [opened(number), words(number, text), closed(number)])
            for number, text in enumerate(long, 1)
        )
    )

    def have_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "backup", "copias"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[4])},
        preexec_fn=have_little_room,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("copias: no se puede escribir: ")
    assert len(done.stderr.splitlines()) == 1
    assert list((cli.folder / "copias").iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named_and_nothing_is_left(cli: Installation):
    (cli.folder / "archivo").write_text("", encoding="utf-8")
    refused = cli.opina("backup", "archivo")
    assert refused.code == 2
    assert "archivo" in refused.err
    assert "Traceback" not in refused.err


@pytest.mark.parametrize("missing", ["nas", "nas/opina"])
def test_a_missing_folder_may_be_a_disk_that_is_not_mounted(cli: Installation, missing: str):
    rate(cli, 1)
    backdated(cli)
    for arguments in (("backup", missing), ("upgrade", "--backup", missing)):
        refused = cli.opina(*arguments)
        assert (refused.code, refused.out) == (2, "")
        assert len(refused.err.splitlines()) == 1
        assert missing in refused.err
        assert "--create" in refused.err
        assert not (cli.folder / "nas").exists()
    assert asyncio.run(current_revision(cli.url)) == "0001"
    assert cli.opina("backup", missing, "--create").code == 0
    assert len(list((cli.folder / missing).glob("opina-*"))) == 1


def test_backups_of_the_same_second_stand_side_by_side(cli: Installation):
    rate(cli, 1)
    seconds = [now() + timedelta(seconds=later) for later in range(900)]
    names = [f"{second:opina-%Y%m%d-%H%M%S}" for second in seconds]
    others = [cli.folder / "copias" / name for name in names]  # whenever it begins, one is there
    others += [path.with_name(f".{path.name}-2.part") for path in others]  # and one at work
    for path in others:
        path.mkdir()
        (path / "manifest.json").touch()
    assert cli.opina("backup", "copias").code == 0
    (made,) = set((cli.folder / "copias").iterdir()) - set(others)
    assert made.name.removesuffix("-3") in names
    assert [path.name for other in others for path in other.iterdir()] == ["manifest.json"] * 1800
    assert cli.opina("restore", "--replace", str(made)).code == 0


def test_what_was_cut_off_is_cleared_away_by_the_next_backup(cli: Installation):
    rate(cli, 1)
    old, young = (cli.folder / "copias" / f".opina-2026010{n}-033000.part" for n in (1, 2))
    for path, age in ((old, timedelta(hours=25)), (young, timedelta(hours=23))):
        path.mkdir()
        (path / "answers.msgpack.gz").touch()
        began = (now() - age).timestamp()
        os.utime(path, (began, began))
    done = cli.opina("backup", "copias")
    assert done.code == 0
    assert old.name in done.out
    assert not old.exists()
    assert young.exists(), "it may be at work"
    assert len(copies(cli)) == 1


def test_a_restore_tells_what_it_could_not_know(cli: Installation, monkeypatch: pytest.MonkeyPatch):
    rate(cli, 1)
    assert cli.opina("backup", "copias").code == 0
    monkeypatch.setenv("OPINA_DATABASE__JOURNAL", str(cli.folder / "disk" / "erasures.jsonl"))
    restoring = ("restore", "--replace", str(copies(cli)[0]))
    done = cli.opina(*restoring)
    assert done.code == 0
    assert "disk/erasures.jsonl: no está" in done.out
    assert "resumen semanal se envía otra vez" in done.out
    (cli.folder / "disk").mkdir()
    (cli.folder / "disk" / "erasures.jsonl").touch()
    assert "no está" not in cli.opina(*restoring).out


def test_nothing_is_put_back_under_a_running_service(cli: Installation):
    rate(cli, 1)
    assert cli.opina("backup", "copias").code == 0
    owner = f"{socket.gethostname()}:1:2:elsewhere:x"
    lasts = timedelta(seconds=20)
    cli.write(lambda tx: leases.acquire(tx, leases.PROCESS + owner, owner, now(), lasts))
    for arguments in (("restore", "--replace", str(copies(cli)[0])), ("upgrade",)):
        refused = cli.opina(*arguments)
        assert refused.code == 2
        assert "en marcha" in refused.err


def test_an_old_database_is_backed_up_and_brought_up_to_date(cli: Installation):
    rate(cli, 1)
    backdated(cli)
    done = cli.opina("upgrade", "--backup", "copias")
    assert (done.code, done.err) == (0, "")
    assert f"0001 → {newest_revision()}" in done.out
    assert len(copies(cli)) == 1
    assert cli.rows("SELECT count(*) FROM responses") == [(1,)]
    assert "ya está al día" in cli.opina("upgrade").out
    assert cli.opina("restore", "--replace", str(copies(cli)[0])).code == 0, "of revision 0001"
    assert asyncio.run(current_revision(cli.url)) == newest_revision()


def test_an_upgrade_that_fails_changes_nothing(cli: Installation):
    rate(cli, 1)
    backdated(cli)
    # What the migration wants to make is there already, so that it fails half-way.
    cli.write(lambda tx: tx.exec_driver_sql("DROP INDEX ix_outbox_open"))
    refused = cli.opina("upgrade", "--backup", "copias")
    assert refused.code == 2
    assert "sigue en la revisión 0001, sin cambios" in refused.err
    assert asyncio.run(current_revision(cli.url)) == "0001"
    assert cli.rows("SELECT count(*) FROM responses") == [(1,)]
    assert len(copies(cli)) == 1


def test_an_upgrade_whose_result_cannot_be_read_changes_nothing(cli: Installation):
    rate(cli, 1)
    backdated(cli)
    # No migration touches this table, so that only the check of the result misses it.
    cli.write(lambda tx: tx.exec_driver_sql("DROP TABLE pauses"))
    before = whole(cli)
    refused = cli.opina("upgrade", "--backup", "copias")
    assert refused.code == 2
    assert "sigue en la revisión 0001, sin cambios" in refused.err
    assert "pauses" in refused.err
    assert whole(cli) == before


def whole(cli: Installation) -> dict[str, object]:
    """The schema, and every table's rows."""
    shape = cli.rows("SELECT name, sql FROM sqlite_master ORDER BY type, name")
    tables = cli.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = {str(name): cli.rows(f'SELECT * FROM "{name}"') for (name,) in tables}
    return {"schema": shape, **rows}


def test_what_is_wrong_is_found_before_anything_changes(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    backdated(cli)
    monkeypatch.setenv("OPINA_MUNICIPALITY__CONTENT", str(cli.folder / "nowhere"))
    assert cli.opina("upgrade").code == 2
    assert asyncio.run(current_revision(cli.url)) == "0001"
