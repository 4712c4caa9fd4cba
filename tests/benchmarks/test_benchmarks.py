"""The frame of `make bench`: medians and goals, a script's own part of the file, whole messages."""

from __future__ import annotations

import asyncio
import importlib
import sys
from itertools import repeat
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from benchmarks.harness import citizens, frame
from benchmarks.harness.frame import Found, Result, at_most, times_faster
from benchmarks.harness.telegram import bot_api, message, read_message
from benchmarks.paths import message_path, panel


def section(about: str, load: float = 0.0) -> str:
    script = ModuleType("script", f"A title.\n\n{about}\n")
    found = Found([Result("one", "ms", 1.0, note="a note")], "More.")
    return frame.section(script, found, load)


@pytest.fixture(autouse=True)
def _wait_for_no_other_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "LOCK", tmp_path / "lock")


def test_a_ratio_is_that_of_the_medians_and_says_whether_the_goal_is_met() -> None:
    pairs = [(10.0, 1.0), (30.0, 5.0), (20.0, 2.0)]
    result = times_faster("x", pairs, 10.0)
    assert (result.ours, result.reference, result.met) == (20.0, 2.0, True)
    assert times_faster("x", pairs, 10.1).met is False


def test_a_limit_is_met_by_the_median() -> None:
    assert at_most("x", "ms", [1.0, 5.0, 99.0], 5.0).met is True
    assert at_most("x", "ms", [1.0, 5.1, 99.0], 5.0).met is False


def test_a_part_of_the_file_is_what_a_script_says_and_found() -> None:
    title, about, measured, rows, more = section("How it was measured.").split("\n\n")
    assert (title, about, more) == ("## A title", "How it was measured.", "More.")
    assert measured.startswith("Measured on 20")
    _, _, row = rows.splitlines()
    cells = [cell.strip() for cell in row.split("|")]
    assert cells == ["", "one", "1.00 ms", "", "", "", "", "a note", ""]


def test_a_script_that_runs_alone_replaces_just_its_own_part(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    for name in ("search_vs_fts5", "questionnaire"):
        frame.write(name, section(f"first {name}"), file)
    before = file.read_text(encoding="utf-8")
    assert before.index("first questionnaire") < before.index("first search_vs_fts5")

    frame.write("questionnaire", section("second"), file)
    after = file.read_text(encoding="utf-8")
    assert "first questionnaire" not in after
    assert after.index("second") < after.index("first search_vs_fts5")
    assert after.count("<!-- begin") == 3
    assert after.count("- Processor: ") == 1


@pytest.mark.parametrize("module", frame.SCRIPTS.values())
def test_every_script_can_be_run(module: str) -> None:
    assert callable(importlib.import_module(module).run)


def test_each_scripts_figures_are_shown_and_a_missed_goal_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, limit in (("near", 5), ("far", 1)):
        found = Found([at_most(f"row {name}", "ms", [3.0], limit)])
        script = SimpleNamespace(run=lambda _, found=found: found, __doc__=f"Title of {name}.")
        monkeypatch.setitem(sys.modules, f"benchmarks.paths.{name}", script)
    scripts = {name: f"benchmarks.paths.{name}" for name in ("near", "far")}
    monkeypatch.setattr(frame, "SCRIPTS", scripts)
    assert frame.run_all(["--quick"]) == 1
    said = capsys.readouterr().out
    shown = ("## Title of near", "row near", "## Title of far", "row far")
    assert [line for line in shown if line in said] == sorted(shown, key=said.index) == list(shown)
    assert frame.run_all(["--quick", "--only", "near"]) == 0


def test_a_section_says_how_much_others_were_at_work() -> None:
    assert "Load of the machine: 17.2 before, " in section("", 17.24)


async def test_messages_are_whole_however_their_bytes_arrive() -> None:
    stream = message(b"POST /hook HTTP/1.1\r\nX-Secret: s\r\n", {"a": 1})
    stream += b"HTTP/1.1 200 OK\r\n\r\n" + message(b"HTTP/1.1 200 OK\r\n", {})
    for size in (1, len(stream)):
        reader = asyncio.StreamReader()
        parts = [stream[first : first + size] for first in range(0, len(stream), size)]
        feeding = asyncio.gather(*(_feed(reader, part) for part in parts))
        read = [await read_message(reader) for _ in range(3)]
        await feeding
        assert [body for _, body in read] == [b'{"a":1}', b"", b"{}"]
        assert read[0][0].startswith(b"POST /hook HTTP/1.1")


async def _feed(reader: asyncio.StreamReader, part: bytes) -> None:
    reader.feed_data(part)


async def test_citizens_say_as_much_of_each_turn_at_every_moment() -> None:
    many = citizens.Citizens()
    async with bot_api() as webhook:  # which acknowledges anything
        port = int(webhook.rpartition(":")[2])
        waits_ms = await many.send(port, at_once=8, due=repeat(0.0, 800))
    grades, comments = many.given
    assert len(waits_ms) == many.done.total() == 800
    assert all(190 <= number <= 210 for number in (grades.total(), comments, many.done["LISTO"]))


def test_the_path_of_a_message_is_counted() -> None:
    found = message_path.calls_of(("hola", "calificar", "transito", "6"))
    assert len(found) == 4
    assert all(call.file.startswith(message_path.PACKAGES) for calls in found for call in calls)
    grade = found[-1]
    of_handlers = [call for call in grade if call.file.startswith("handlers")]
    assert 40 <= len(of_handlers) <= 120  # understanding and acting, with room for a few more
    assert len({call.file for call in grade}) < message_path.changes(grade) < len(grade)


def test_every_page_of_the_panel_is_measured() -> None:
    measured = panel.paths()
    assert len(measured) > 30
    assert not [path for path in measured if "{" in path]
    assert not [path for path in measured if path.endswith("/grafico")]  # of no indicator: empty
