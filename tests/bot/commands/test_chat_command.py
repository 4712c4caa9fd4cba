"""`opina chat`: it says how to leave, and leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def chat(
    folder: Path, content: Path, typed: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "OPINA_MUNICIPALITY__CONTENT": str(content),
        },
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("left", [" /SALIR \nhola\n", ""])
def test_the_chat_says_first_how_to_leave_and_leaves(
    tmp_path: Path, small_content: Path, left: str
) -> None:
    done = chat(tmp_path, small_content, left)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Para salir: Ctrl+D o /salir\n")
    assert done.stdout.count("asistente automático") == 1


def test_a_script_is_a_transcript_and_nothing_else(tmp_path: Path, small_content: Path) -> None:
    (tmp_path / "guion.txt").write_bytes(b"\xef\xbb\xbfnota\n# no se dice\n/salir\nhola\n")
    done = chat(tmp_path, small_content, "", "--script", "guion.txt")
    assert done.stdout.startswith("> nota\n")
    assert "Para salir" not in done.stdout
    assert "> hola" not in done.stdout
