"""Rehearsed conversations in which training rows are said, and the tests' data of such rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from handlers.messages import Channel, Incoming, Sender, Text
from handlers.rehearsing.evaluation import START
from handlers.rehearsing.rehearsal import Rehearsal
from handlers.release import Release
from handlers.state import Conversation, Known
from handlers.understanding.context import Context

DATA = Path(__file__).parents[1] / "tests" / "handlers" / "data"
_SENDER = Sender(Channel.TERMINAL, "training", "citizen")


class Conversations:
    """One conversation per setup, the messages said before; each is rehearsed only once."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._rehearsed: dict[tuple[str, ...], Rehearsal] = {}

    def after(self, setup: tuple[str, ...]) -> Rehearsal:
        """The conversation after these messages."""
        if setup not in self._rehearsed:
            chat = self._rehearsed[setup] = Rehearsal(self._release, START)
            for text in setup:
                chat.say(unescaped(text))
        return self._rehearsed[setup]

    def context(self, setup: tuple[str, ...], text: str) -> Context:
        """The text as it is read after these messages."""
        chat = self.after(setup)
        return context_of(chat, chat.state, text)


def context_of(chat: Rehearsal, state: Conversation, text: str) -> Context:
    """The text as it is read in this state of the conversation."""
    incoming = Incoming("1", _SENDER, Text(text), chat.now)
    return Context(incoming, state, Known(new_id=1), chat.release, chat.now)


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def unescaped(text: str) -> str:
    r"""The text with its line breaks, which the data writes as ``\n``."""
    return text.replace("\\n", "\n")
