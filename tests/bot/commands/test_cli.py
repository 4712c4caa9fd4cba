"""The command line as a whole: quick, and without tracebacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.commands.conftest import Installation

COMMANDS = "run chat demo check content gaps posters search digest export sums staff cases".split()
HEAVY = {"sqlalchemy", "aiohttp", "pydantic", "rich", "alembic", "xlsxwriter", "telegram"}


def opina(*arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": "/usr/bin:/bin", **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_asking_for_help_loads_nothing_heavy():
    code = "import sys, bot.cli; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert not HEAVY & set(found.stdout.split())


def test_every_command_explains_itself(town: Installation):
    listed = town.opina("--help")
    assert listed.code == 0
    for command in COMMANDS:
        assert f"  {command} " in listed.out
        own = town.opina(command, "--help")
        assert own.code == 0, own.err
        assert max(map(len, own.out.splitlines())) <= 80


def test_a_wrong_setting_is_one_line_and_exit_code_2(tmp_path: Path):
    done = opina("staff", "list", cwd=tmp_path, OPINA_WEB__PORT="many")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "OPINA_WEB__PORT" in done.stderr


def test_a_missing_configuration_file_is_named(town: Installation):
    done = town.opina("staff", "list", "--config", "nowhere.toml")
    assert done.code == 2
    assert "nowhere.toml" in done.err


def test_a_configuration_file_is_taken_from_the_option(
    town: Installation, monkeypatch: pytest.MonkeyPatch
):
    Path("other.toml").write_text('[municipality]\ncontent = "nowhere"\n', encoding="utf-8")
    assert town.opina("check").code == 0
    # The environment comes before the file, so it must not name the content.
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    done = town.opina("check", "--config", "other.toml")
    assert done.code == 2
    assert "nowhere" in done.err


def test_a_configuration_file_is_taken_from_the_variable_unless_the_option_names_one(
    town: Installation, monkeypatch: pytest.MonkeyPatch
):
    for name in ("one", "two"):
        text = f'[municipality]\ncontent = "{name}-nowhere"\n'
        Path(f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    monkeypatch.setenv("OPINA_CONFIG", "one.toml")
    assert "one-nowhere" in town.opina("check").err
    assert "two-nowhere" in town.opina("check", "--config", "two.toml").err
    monkeypatch.setenv("OPINA_CONFIG", "")
    assert town.opina("check").code == 0


def test_a_database_that_is_away_is_exit_code_1_with_a_remedy(
    town: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPINA_DATABASE__URL", "postgresql://opina:secret@127.0.0.1:1/opina")
    done = town.opina("staff", "list")
    assert done.code == 1
    assert "[database] url" in done.err
    assert "secret" not in done.err
    assert "Traceback" not in done.err


def test_an_unknown_command_is_exit_code_2(town: Installation):
    done = town.opina("bogus")
    assert done.code == 2
    assert "bogus" in done.err


def test_a_reader_that_has_seen_enough_is_no_failure(town_folder: Path, tmp_path: Path):
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m bot.cli gaps | head -n 1"],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "PATH": "/usr/bin:/bin",
            "PYTHONUNBUFFERED": "1",
            "OPINA_MUNICIPALITY__CONTENT": str(town_folder),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
