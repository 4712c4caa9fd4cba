"""The path of one message.

Counts the calls of this project's own code from a line typed in `opina chat` to its reply: decoded,
taken in, understood, acted on, stored, committed, sent. A path that is short to run is short to
read: whoever follows a message opens as many files. Before Python 3.12 each comprehension counts as
a call; the note says how many there are.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.harness.frame import Found, Result, at_most
from benchmarks.harness.machine import ROOT
from bot.channels.ports import IntakePort
from bot.channels.terminal import TerminalChannel
from bot.commands import chat
from bot.pipeline import claiming, intake, results
from handlers.messages import Reply

PACKAGES = ("bot", "storage", "handlers")
COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>")
LONG_S = 60.0
QUESTION = "donde saco la licencia de conducir"
TYPED = ("hola", "calificar", "transito", "6", "listo", QUESTION, "menu", QUESTION)
# Index in TYPED, and the goals: most calls, most changes of file.
COUNTED = {
    "A grade": (3, 180, 90),
    "A lookup": (5, 450, 150),
    "The same lookup again": (7, 450, 150),
}


class Call(NamedTuple):
    """One call of a function: the file within the project, and the function's name."""

    file: str
    name: str


def run(quick: bool) -> Found:
    """Count Python calls, and calls in another file than the one before."""
    found, lines = calls_of(TYPED), list[Result]()
    for name, (place, most_calls, most_changes) in COUNTED.items():
        shares = Counter(call.file.split(os.sep)[0] for call in found[place])
        note = ", ".join(f"{package} {shares[package]}" for package in PACKAGES)
        note += f"; comprehensions {sum(call.name in COMPREHENSIONS for call in found[place])}"
        lines += (
            at_most(f"{name}: calls", "", [len(found[place])], most_calls, note),
            at_most(f"{name}: changes of file", "", [changes(found[place])], most_changes),
        )
    return Found(lines)


def calls_of(lines: Sequence[str]) -> list[list[Call]]:
    """The calls on the path of each line, in every thread, in order."""
    found = list[list[Call]]()

    class Counting(TerminalChannel):
        async def type(self, line: str, intake: IntakePort) -> None:
            found.append([])
            _profile(found[-1])
            await super().type(line, intake)

        async def next_reply(self, timeout_s: float) -> Reply | None:
            reply = await super().next_reply(timeout_s)
            _profile(None)
            return reply

    with (
        tempfile.NamedTemporaryFile("w", encoding="utf-8") as script,
        patch.object(chat, "TerminalChannel", Counting),
        # No timer fires during the count, even on a slow machine.
        patch.object(results, "LINGER_S", LONG_S),
        patch.object(claiming, "POLL_S", LONG_S),
        patch.object(intake, "INBOX_POLL_S", LONG_S),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        script.write("\n".join(lines))
        script.flush()
        chat.chat(None, Path(script.name))
    return found


def _profile(calls: list[Call] | None) -> None:
    """Record every call from here on; None: stop recording."""

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and calls is not None and (file := _own(frame.f_code.co_filename)):
            calls.append(Call(file, frame.f_code.co_name))

    threading.setprofile(None if calls is None else note)
    sys.setprofile(None if calls is None else note)


@cache
def _own(file: str) -> str:
    """The file within the project, or "" for anybody else's."""
    path = os.path.relpath(file, ROOT)
    return path if path.split(os.sep)[0] in PACKAGES else ""


def changes(calls: Sequence[Call]) -> int:
    """How many calls are in another file than the one before."""
    return sum(one.file != other.file for one, other in pairwise(calls))
