"""`opina posters`: sheets for the channels that are configured, and a word about the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.commands.conftest import Installation


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


def test_an_unknown_desk_is_told_with_the_one_that_was_meant(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPINA_WEB__PUBLIC_URL", "https://opina.example.cl")
    done = cli.opina("posters", "--desk", "trams1")
    assert done.code == 2
    assert "¿quiso decir TRANS1 (Mesón de Tránsito)?" in done.err
    assert "desks.toml" in cli.opina("posters", "--desk", "NOPE").err
