"""Command lines that nobody meant, and outputs that take nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app
from bot.commands.shared.usage import _command
from tests.bot.commands.conftest import Installation
from tests.bot.commands.shell import OPINA, run_in_shell

ENGLISH = re.compile(
    r"<(?:str|path|int|float)[ >]|\[\[|x>=|<=x|Usage|Options|Show |\[default|required\]"
)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*path, name))


def test_the_help_of_every_command_has_no_english_of_the_library(cli: Installation):
    for path in commands(_command(app)):
        said = cli.opina(*path, "--help").out
        assert said.startswith("Uso: opina"), path
        assert ENGLISH.search(said) is None, (path, said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("digest --week 2026-W47 --week=2026-W48", "la opción --week está más de una vez"),
        ("export responses --out a --out b", "la opción --out está más de una vez"),
        ("digest --send --format html", "no lleva --format"),
        ("search hola --format json", "--format es de --evaluate"),
        ("understand hola --misses", "--misses es de --evaluate y de --danger"),
        ("notice --keep-ratings", "--keep-ratings va con el texto del aviso"),
        ("retention --dry-run --compact", "--dry-run no cambia nada"),
        ("audit --last 99999999999999999999", "--last no sirve; se espera un número menor"),
        ("audit --last 0", "--last no sirve; se espera un número mayor"),
        (f"ratings move {2**63} --area aseo --why x", "NUMERO no sirve"),
        ("cases list --due 99999999999999999999", "--due no sirve; se espera un número menor"),
        ("export responses --out=", "la opción «--out» está sin valor"),
        ("demo --folder municipality.toml", "--folder municipality.toml: no es una carpeta"),
    ],
)
def test_what_contradicts_itself_or_is_beyond_all_bounds_is_one_line(
    cli: Installation, line: str, said: str
):
    Path("municipality.toml").touch()
    done = cli.opina(*line.split())
    assert (done.code, len(done.err.splitlines())) == (2, 1), done
    assert said in done.err


@pytest.mark.parametrize("text", ["J\udcff", "a\x1b[2Jb", "a\x00b"])
def test_an_argument_that_is_no_text_is_refused_by_every_command(cli: Installation, text: str):
    for line in (["notice", text], ["staff", "add", text, "--email", "a@b.cl"], ["check", text]):
        done = cli.opina(*line)
        assert (done.code, len(done.err.splitlines())) == (2, 1), done
        assert "no está en UTF-8" in done.err
        assert text not in done.err


@pytest.mark.parametrize(
    "line", [["cases", "show", "a\nb"], ["check", "a\r\nb"], ["digest", "--area", "a\nb"]]
)
def test_only_a_text_has_more_than_one_line(cli: Installation, line: list[str]):
    done = cli.opina(*line)
    assert (done.code, len(done.err.splitlines())) == (2, 1), done
    assert "tiene un salto de línea" in done.err


@pytest.mark.parametrize("line", [["check", ""], ["digest", "--area", " "]])
def test_what_an_unset_variable_leaves_is_refused(cli: Installation, line: list[str]):
    done = cli.opina(*line)
    assert (done.code, len(done.err.splitlines())) == (2, 1), done
    assert "sin valor" in done.err


def test_a_path_without_an_end_leaves_the_line_readable(cli: Installation):
    done = cli.opina("check", "x" * 5_000)
    assert done.code == 2
    assert len(done.err) < 500
    assert done.err.endswith("indique la que tiene municipality.toml\n")


@pytest.mark.parametrize("line", ["{}", '{"id": 5}', "no", "[" * 100_000])
def test_a_line_that_is_no_test_message_is_told_in_spanish(cli: Installation, line: str):
    Path("mensajes.jsonl").write_text(line, encoding="utf-8")
    done = cli.opina("understand", "--evaluate", "mensajes.jsonl")
    assert (done.code, done.err) == (
        2,
        "mensajes.jsonl:1: no es un mensaje de prueba; cada línea es un objeto JSON con id,"
        " category, setup, say y expect\n",
    )


def test_a_device_is_written_to_and_never_replaced(cli: Installation):
    Path("salida").symlink_to("/dev/null")
    os.mkfifo("tubo")
    reader = os.open("tubo", os.O_RDONLY | os.O_NONBLOCK)
    try:
        for out in ("salida", "tubo"):
            assert cli.opina("export", "lookups", "--out", out).code == 0
            assert not Path(out).is_file()
        assert os.read(reader, 3) != b""
    finally:
        os.close(reader)
    assert Path("salida").is_symlink()
    full = cli.opina("export", "lookups", "--out", "/dev/full")
    assert full.code == 2
    assert "--out /dev/full: no se puede escribir" in full.err
    assert Path("/dev/full").is_char_device()


def test_a_link_keeps_leading_where_it_led_and_the_file_is_written_there(cli: Installation):
    Path("disco").mkdir()
    Path("disco/antes.csv").write_text("antes", encoding="utf-8")
    leads = {
        "a.csv": "disco/antes.csv",
        "nuevo.csv": "disco/nuevo.csv",
        "lejos.csv": "a.csv",
        "disco/arriba.csv": "../arriba.csv",
        "entero.csv": str(Path("disco/entero.csv").absolute()),
    }
    for out, where in leads.items():
        Path(out).symlink_to(where)
        done = cli.opina("export", "lookups", "--out", out)
        assert done.code == 0, done
        assert os.readlink(out) == where
        assert Path(out).read_bytes().startswith(b"at,channel,"), out
    assert not [left for left in Path().rglob(".*") if left.is_file()]


@pytest.mark.parametrize(
    ("where", "why"),
    [("enlace", "los enlaces dan vueltas"), ("falta/x.csv", "no existe"), (".", "es una carpeta")],
)
def test_a_link_that_leads_to_no_place_for_a_file_stays_and_is_told(
    cli: Installation, where: str, why: str
):
    Path("enlace").symlink_to(where)
    done = cli.opina("export", "lookups", "--out", "enlace")
    assert (done.code, len(done.err.splitlines())) == (2, 1), done
    assert f"--out enlace: no se puede escribir: {why}" in done.err
    assert os.readlink("enlace") == where


@pytest.mark.parametrize(
    ("redirected", "code"),
    [("--help >&-", 0), ("nope 2>&-", 2), ("nope 2>/dev/full", 2), ("chat <&- >/dev/full", 2)],
)
def test_streams_that_are_closed_or_full_end_in_no_traceback(
    small_content: Path, tmp_path: Path, redirected: str, code: int
):
    done = run_in_shell(f"{OPINA} {redirected}", tmp_path, small_content, PYTHONIOENCODING="ascii")
    assert done.returncode == code
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chat", "no hay dónde dejar archivos por un momento"),
        ("gaps --write faltan.xlsx", "--write faltan.xlsx: no se puede escribir"),
    ],
)
def test_a_disk_that_takes_no_byte_is_one_line_and_nothing_half_is_left(
    small_content: Path, tmp_path: Path, line: str, said: str
):
    (tmp_path / "faltan.xlsx").write_bytes(b"llenada")
    done = run_in_shell(
        f"ulimit -f 0; exec {OPINA} {line}", tmp_path, small_content, PYTHONDONTWRITEBYTECODE="1"
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert said in done.stderr
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("faltan.xlsx", b"llenada")
    ]


def test_an_interrupt_while_a_class_is_made_is_an_interrupt(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    class Interrupts:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    def interrupted(*_: object) -> None:
        type("Section", (), {"key": Interrupts()})

    monkeypatch.setattr(typer.main, "get_command", interrupted)
    _command.cache_clear()
    try:
        assert cli.opina("check").code == 130
    finally:
        _command.cache_clear()


@pytest.mark.parametrize("module", ["typer", "pydantic", "sqlalchemy"])
def test_an_interrupt_while_anything_is_loaded_ends_without_a_word(tmp_path: Path, module: str):
    interrupting = "import os\nos.kill(os.getpid(), 2)\n"
    (tmp_path / f"{module}.py").write_text(interrupting, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot.entry", "chat"],
        env={"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[3]}", "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (-2, "")


@pytest.mark.parametrize("error", ["KeyboardInterrupt", "RuntimeError('a class is made')"])
def test_an_interrupt_before_it_is_known_what_to_do_with_one_ends_without_a_word(error: str):
    script = f"""
import sys
from importlib.abc import MetaPathFinder

class Interrupts(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "signal":
            raise {error} from KeyboardInterrupt()

sys.modules.pop("signal", None)
sys.meta_path.insert(0, Interrupts())
from bot.entry import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_leaves_a_chat_at_any_moment_leaves_it_without_a_word(
    tmp_path: Path, small_content: Path, number: int
):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    chatting = subprocess.Popen(
        [sys.executable, "-m", "bot.entry", "chat"],
        env={
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "PATH": "/usr/bin:/bin",
            "TMPDIR": str(scratch),
            "OPINA_MUNICIPALITY__CONTENT": str(small_content),
        },
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert chatting.stdout is not None
    assert "Para salir" in chatting.stdout.readline()
    chatting.send_signal(number)
    assert chatting.wait(timeout=60) == (130 if number == signal.SIGINT else -number)
    assert chatting.communicate()[1] == ""
    if number == signal.SIGINT:
        assert [*scratch.iterdir()] == []
