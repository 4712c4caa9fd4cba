"""How long the way of one message is: Python calls and changes of file over ``opina chat``.

``python -m benchmarks.paths.message_path`` counts what this project's own code does from a typed
line to its reply: decoded, taken in, understood, acted on, stored, committed, sent. A way that is
short to run is short to read: a reader who follows a message opens as many files.
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
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType
from unittest.mock import patch

from bot.channels.ports import Takes
from bot.channels.terminal import TerminalChannel
from bot.commands import chat
from handlers.messages import Reply

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "storage", "handlers")
QUESTION = "donde saco la licencia de conducir"
TYPED = ("hola", "calificar", "transito", "6", "listo", QUESTION, "menu", QUESTION)
# What is counted, by its place in TYPED: the most calls, and the most changes of file.
COUNTED = {
    "a grade": (3, 180, 90),
    "a lookup": (5, 450, 150),
    "the same lookup again": (7, 450, 150),
}


class Profile:
    """Every Python call of this project's own code, in every thread, in order."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._files: dict[CodeType, str] = {}

    def start(self) -> None:
        self.calls = []
        threading.setprofile(self._note)
        sys.setprofile(self._note)

    def stop(self) -> None:
        sys.setprofile(None)
        threading.setprofile(None)

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            code = frame.f_code
            if code not in self._files:
                self._files[code] = _own(code.co_filename)
            if file := self._files[code]:
                self.calls.append(file)


def _own(file: str) -> str:
    """The file within the project, or "" for anybody else's."""
    path = os.path.relpath(file, ROOT)
    return path if path.split(os.sep)[0] in PACKAGES else ""


def ways(lines: Sequence[str]) -> list[list[str]]:
    """For each line the files of the calls that its way makes."""
    profile, found = Profile(), list[list[str]]()

    class Counting(TerminalChannel):
        async def type(self, line: str, intake: Takes) -> None:
            profile.start()
            await super().type(line, intake)

        async def next_reply(self, timeout_s: float) -> Reply | None:
            reply = await super().next_reply(timeout_s)
            profile.stop()
            found.append(profile.calls)
            return reply

    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.txt"
        script.write_text("\n".join(lines), encoding="utf-8")
        with (
            patch.object(chat, "TerminalChannel", Counting),  # the same channel, watched
            contextlib.redirect_stdout(io.StringIO()),
        ):
            chat.chat(None, script)
    return found


def changes(files: Sequence[str]) -> int:
    """How often a call is in another file than the one before it."""
    return sum(one != other for one, other in pairwise(files))


def main() -> None:
    """Print the figures beside what is aimed at; 1 where an aim is missed."""
    found = ways(TYPED)
    missed = False
    for name, (place, most_calls, most_changes) in COUNTED.items():
        files = found[place]
        shares = Counter(file.split(os.sep)[0] for file in files)
        shown = ", ".join(f"{package} {shares[package]}" for package in PACKAGES)
        missed |= len(files) > most_calls or changes(files) > most_changes
        print(
            f"{name}: {len(files)} calls ({shown}; aim {most_calls}), "
            f"{changes(files)} changes of file (aim {most_changes})"
        )
    sys.exit(missed)


if __name__ == "__main__":
    main()
