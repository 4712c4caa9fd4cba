"""Files that are no files, links that lead nowhere, and tables that are not ours."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.language import PACKAGED as LANGUAGES
from tests.bot.commands.broken.files import tell
from tests.bot.commands.conftest import Installation

PLACES: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link that leads nowhere": lambda path: path.symlink_to("nowhere"),
    "a device without an end": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_what_stands_in_a_files_place_is_never_passed_over(
    content: Path, cli: Installation, kind: str
) -> None:
    files = ["desks.toml", "holidays.toml", "policy.toml", "search.bin", "search.toml"]
    for name in files:
        (content / name).unlink(missing_ok=True)
        PLACES[kind](content / name)
    said = tell(cli.opina("check"), lines=None)
    assert [name for name in files if name not in said] == []


def test_settings_behind_a_link_that_leads_nowhere_are_not_the_defaults(
    cli: Installation,
) -> None:
    Path("config.toml").symlink_to("nowhere.toml")
    said = tell(cli.opina("staff", "list"))
    assert said.startswith("config.toml: es un enlace a un archivo que no existe")


@pytest.mark.parametrize("name", ["areas", "questionnaires", "examples", "language"])
def test_a_file_in_a_folders_place_is_one_line(content: Path, cli: Installation, name: str) -> None:
    shutil.rmtree(content / "examples")
    (content / "search.toml").touch()
    shutil.rmtree(content / name, ignore_errors=True)
    (content / name).touch()
    assert tell(cli.opina("check")).startswith(name)


def test_what_ones_own_languages_lack_of_what_comes_along_is_told(
    content: Path, cli: Installation
) -> None:
    left_out = shutil.ignore_patterns("said_before.toml", "acts", "fr")
    shutil.copytree(LANGUAGES, content / "language", ignore=left_out)
    done = cli.opina("check")
    told = [line for line in done.out.splitlines() if line.startswith("language/")]
    assert [line.partition(":")[0] for line in told] == [
        "language/en/said_before.toml",
        "language/es-CL/said_before.toml",
        "language/fr",
        "language/ht/said_before.toml",
    ]
    assert (done.code, done.err) == (0, "")


def test_a_journal_of_erasures_that_keeps_nothing_is_told(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPINA_DATABASE__JOURNAL", "/dev/null")
    assert tell(cli.opina("check")).startswith(
        "OPINA_DATABASE__JOURNAL: [database] journal: /dev/null: no es un archivo"
    )


@pytest.mark.parametrize("key", ["keys", "journal", "url"])
def test_a_file_that_nobody_could_make_is_told(
    cli: Installation, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    Path("taken").touch()
    name = "sqlite:///taken/x" if key == "url" else "taken/x"
    monkeypatch.setenv(f"OPINA_DATABASE__{key.upper()}", name)
    assert f"[database] {key}: taken/x: " in (said := tell(cli.opina("check")))
    assert "taken no es una carpeta; elija otra carpeta o dé permiso" in said


def _of_another_program(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE moz_places (id)")
    other.close()


def _changed(statement: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with sqlite3.connect(file) as database:
            database.execute(statement)
        database.close()

    return change


STRANGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "another program's": (_of_another_program, "tablas de otro programa"),
    "without its revision": (_changed("DELETE FROM alembic_version"), "perdió su revisión"),
    "without the table of it": (_changed("DROP TABLE alembic_version"), "perdió su revisión"),
    "without a table": (_changed("DROP TABLE staff"), "falta la tabla staff"),
    "without a column": (
        _changed("ALTER TABLE answers DROP COLUMN first_answered_at"),
        "falta la columna first_answered_at de la tabla answers",
    ),
    "without a column of words": (
        _changed("ALTER TABLE quarantine DROP COLUMN body"),
        "«body» falta",
    ),
    "a device": (lambda file: (file.unlink(), file.symlink_to("/dev/null"))[1], "no es un archivo"),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_a_database_that_is_not_ours_is_one_line_and_stays_as_it_is(
    cli: Installation, kind: str
) -> None:
    change, expected = STRANGE[kind]
    file = Path(cli.url.removeprefix("sqlite:///"))
    change(file)
    before = file.read_bytes()
    for command in (("staff", "list"), ("export", "lookups"), ("digest",)):
        assert expected in tell(cli.opina(*command))
    tell(cli.opina("backup", "copias", "--create"))
    assert file.read_bytes() == before


@pytest.mark.parametrize("revision", ["0004", "0010", "0021"])
@pytest.mark.parametrize("command", ["run", "upgrade --create", "staff list", "control"])
def test_a_revision_that_was_set_back_is_one_line_and_changes_nothing(
    cli: Installation, command: str, revision: str
) -> None:
    file = Path(cli.url.removeprefix("sqlite:///"))
    _changed(f"UPDATE alembic_version SET version_num = '{revision}'")(file)
    before = _dumped(file)
    done = cli.opina(*command.split())
    assert (done.code, len(done.err.splitlines())) == (2, 1), done
    assert f"dañada (sigue en la revisión {revision}, sin cambios; no es de su rev" in done.err
    assert "opina restore" in done.err
    assert _dumped(file) == before


def _dumped(file: Path) -> list[str]:
    with sqlite3.connect(file) as database:
        said = list(database.iterdump())
    database.close()
    return said
