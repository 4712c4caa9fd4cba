"""What commands say while they work: a bar where it takes long and somebody looks on."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot.reports.words.figure_words import how_many

ROOT = Path(__file__).parents[3]
WORK = """
from bot.commands.shared import console
console.PATIENCE_S = {patience}
with console.Bar("Filas", 3) as bar:
    for _ in range(3):
        bar.advance()
"""


def said_on_a_terminal(patience: float) -> str:
    reader, terminal = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", WORK.format(patience=patience)],
        cwd=ROOT,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm"},
        timeout=60,
        check=True,
    )
    os.write(terminal, b"end\n")
    said = b""
    while not said.rstrip().endswith(b"end"):
        said += os.read(reader, 4096)
    os.close(reader)
    os.close(terminal)
    return said.decode()


def test_a_bar_appears_only_once_it_has_taken_long():
    assert "Filas" in said_on_a_terminal(0)
    assert "Filas" not in said_on_a_terminal(60)


def test_no_bar_is_written_into_a_pipe():
    done = subprocess.run(
        [sys.executable, "-c", WORK.format(patience=0)],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 filas"), (1, "1 fila"), (1234567, "1.234.567 filas")]
)
def test_counts_are_written_as_in_chile(number: int, text: str):
    assert how_many(number, "fila", "filas") == text
