"""The terminal as a channel: for trying the assistant out, and for scripts."""

from __future__ import annotations

import asyncio
import re
import textwrap
from collections.abc import Callable
from datetime import datetime
from itertools import count
from secrets import token_hex

from bot.channels.opening import ChannelType
from bot.channels.ports import IntakePort, Outgoing, Sent
from handlers.messages import (
    Body,
    Channel,
    Incoming,
    Press,
    Reply,
    Sender,
    Start,
    Text,
    numbered_labels,
)
from handlers.text.display import for_terminal
from handlers.text.folding import fold

TYPE = ChannelType(label="Terminal", in_text="la terminal")
WIDTH = 78
START = "/start"
_ITEM = re.compile(r"(?:• |\d+\. )")  # a list item; its continuation lines are indented


class TerminalChannel:
    """One citizen at one keyboard. Typing ``[Label]`` presses that button."""

    name = Channel.TERMINAL

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._address = token_hex(8)  # each start is a new contact
        self._ids = count(1)
        self._session = token_hex(4)
        self._replies: asyncio.Queue[Reply] = asyncio.Queue()
        self._last: Reply | None = None

    async def send(self, outgoing: Outgoing) -> Sent:
        """Queue the reply for ``next_reply``."""
        self._replies.put_nowait(outgoing.reply)
        return Sent(ref=str(outgoing.reply.number))

    async def type(self, line: str, intake: IntakePort) -> None:
        """Submit one typed line."""
        incoming = Incoming(
            id=f"{self._session}:{next(self._ids)}",
            sender=Sender(Channel.TERMINAL, "terminal", self._address),
            body=self._body(line),
            sent_at=self._clock(),
        )
        await intake.submit([incoming])

    async def next_reply(self, timeout_s: float) -> Reply | None:
        """The next reply, or None if none comes within the timeout."""
        try:
            async with asyncio.timeout(timeout_s):
                self._last = await self._replies.get()
        except TimeoutError:
            return None
        return self._last

    def _body(self, line: str) -> Body:
        if line == START or line.startswith(START + " "):
            return Start(line.removeprefix(START).strip())
        if line.startswith("[") and line.endswith("]") and self._last is not None:
            labels = numbered_labels(self._last)
            for option, label in zip(self._last.options, labels, strict=True):
                if fold(line[1:-1]) in (fold(option.label), fold(label)):
                    return Press(option.key, self._last.number)
        return Text(line)


def rendered(reply: Reply) -> str:
    """A reply as text of at most 80 columns, with its options in brackets below."""
    lines = []
    for paragraph in for_terminal(reply.text).split("\n"):
        item = _ITEM.match(paragraph)
        indent = " " * len(item[0]) if item else ""
        wrapped = textwrap.wrap(paragraph, WIDTH, subsequent_indent=indent, break_long_words=False)
        lines += wrapped or [""]
    if reply.file is not None:
        lines += [f"  ({reply.file.name})", *filter(None, reply.file.content.split("\n"))]
    if reply.options:
        options = "  ".join(f"[{label}]".replace(" ", "\0") for label in numbered_labels(reply))
        wrapped = textwrap.wrap(options, WIDTH - 2, break_long_words=False)
        lines += ["  " + line.replace("\0", " ") for line in wrapped]
    return "\n".join(lines)
