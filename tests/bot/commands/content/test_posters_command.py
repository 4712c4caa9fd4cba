"""`opina posters`: sheets for the channels that are configured, and a word about the others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.bot.commands.conftest import Installation
from tests.bot.commands.shell import OPINA, run_in_shell


def test_a_desk_gets_both_sizes_in_the_folder(cli: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPINA_WEB__PUBLIC_URL", "https://opina.example.cl")
    done = cli.opina("posters", "--desk", "mesón de tránsito", "--out", "muro")
    assert done.code == 0
    names = sorted(file.name for file in Path("muro").iterdir())
    assert names == ["transito-TRANS1-a4.pdf", "transito-TRANS1-a6.pdf"]
    assert "falta [whatsapp] display_number" in done.err
    assert "falta [telegram] bot_name" in done.err


def test_all_desks_get_posters_by_default(cli: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPINA_TELEGRAM__BOT_NAME", "opina_bot")
    done = cli.opina("posters")
    assert "6 afiches (A4 y A6) de 3 puntos de atención en afiches" in done.out
    assert len(list(Path("afiches").iterdir())) == 6


def test_without_any_channel_the_settings_are_named(cli: Installation):
    done = cli.opina("posters")
    assert done.code == 2
    for key in ("[web] public_url", "[telegram] bot_name", "[whatsapp] display_number"):
        assert key in done.err
    assert not Path("afiches").exists()


def test_a_full_disk_is_one_line_and_leaves_posters_whole(
    small_content: Path, tmp_path: Path, cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPINA_WEB__PUBLIC_URL", "https://opina.example.cl")
    assert cli.opina("posters", "--desk", "TRANS1").code == 0
    before = {path.name: path.read_bytes() for path in Path("afiches").iterdir()}
    done = run_in_shell(
        f"ulimit -f 1; exec {OPINA} posters",
        tmp_path,
        small_content,
        OPINA_WEB__PUBLIC_URL="https://opina.example.cl",
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 3), done.stderr
    assert re.search(
        r"^--out afiches/\S+-a4\.pdf: no se puede escribir: .*; elija otro lugar, con espacio$",
        done.stderr,
        re.MULTILINE,
    )
    assert {path.name: path.read_bytes() for path in Path("afiches").iterdir()} == before


@pytest.mark.parametrize("place", ["config", "config/afiches"])
def test_a_file_in_the_folders_place_is_one_line(
    cli: Installation, monkeypatch: pytest.MonkeyPatch, place: str
):
    monkeypatch.setenv("OPINA_WEB__PUBLIC_URL", "https://opina.example.cl")
    Path("config").touch()
    done = cli.opina("posters", "--out", place)
    assert done.code == 2
    assert f"--out {place}: no se puede escribir: " in done.err


def test_an_unknown_desk_is_told_with_the_one_that_was_meant(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPINA_WEB__PUBLIC_URL", "https://opina.example.cl")
    done = cli.opina("posters", "--desk", "trams1")
    assert done.code == 2
    assert "¿quiso decir TRANS1 (Mesón de Tránsito)?" in done.err
    assert "desks.toml" in cli.opina("posters", "--desk", "NOPE").err
