"""Scripts and labelled queries that cannot be read are one line in Spanish."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.commands.broken.files import DEEP, HUGE, tell
from tests.bot.commands.conftest import Installation


@pytest.mark.parametrize(
    "raw", ["señal".encode("latin-1"), "hola".encode("utf-16"), b"hola\n" * 100_000]
)
def test_a_script_that_cannot_be_read_is_one_line(cli: Installation, raw: bytes) -> None:
    Path("guion.txt").write_bytes(raw)
    assert "guion.txt" in tell(cli.opina("chat", "--script", "guion.txt"))
    tell(cli.opina("chat", "--script", "nowhere.txt"))
    tell(cli.opina("chat", "--script", "."))


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[" * DEEP,
        b'{"query": ' * DEEP,
        b'{"query": "a"}',
        b'{"query": 3, "expected": [], "kind": "x"}',
        b'{"query": "a", "expected": "a", "kind": "x"}',
        b'{"query": "' + b"a" * 100_000 + b'", "expected": [], "kind": "x"}',
        "{señal".encode("latin-1"),
        b"\x00\x01",
        f'{{"query": {HUGE}}}'.encode(),
    ],
)
def test_labelled_queries_that_cannot_be_read_are_one_line(cli: Installation, raw: bytes) -> None:
    Path("consultas.jsonl").write_bytes(raw)
    assert "consultas.jsonl" in tell(cli.opina("search", "--evaluate", "consultas.jsonl"))
