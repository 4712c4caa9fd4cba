"""Telegram's side of a measurement, in raw HTTP/1.1 so that it is not the bottleneck."""

from __future__ import annotations

import asyncio
import re
import time
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, cast
from urllib.parse import parse_qsl

import msgspec

from benchmarks.peers.questions import HOST

FIRST_CHAT = 5_000_000_001
FIRST_UPDATE = 731_000_001
BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "Opina", "username": "opina_bot"}
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_JSON = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"

Keyboard = dict[str, Any]
Hears = Callable[[int, Keyboard], int]
"""Takes the chat and the keyboard of a message, and returns the message's number."""


class Messages(asyncio.Protocol):
    """Splits the bytes of one connection into heads and bodies; keeps it open."""

    transport: asyncio.Transport
    _buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n") + 4) > 3:
            length = _LENGTH.search(self._buffer, 0, end)
            stop = end + (int(length[1]) if length else 0)
            if len(self._buffer) < stop:
                return
            head, body = self._buffer[:end], self._buffer[end:stop]
            self._buffer = self._buffer[stop:]
            self.arrived(head, body)

    @abstractmethod
    def arrived(self, head: bytes, body: bytes) -> None:
        """One whole request or response."""


def message(first: bytes, body: bytes) -> bytes:
    """A request or response with JSON. ``first``: its first lines, with their line ends."""
    return first + _JSON % (len(body), body)


class Updates:
    """Makes updates with increasing numbers, as Telegram does."""

    def __init__(self) -> None:
        self._numbers = count(FIRST_UPDATE)

    def text(self, chat: int, number: int, text: str) -> bytes:
        """A message; commands are marked as such."""
        said = _message(chat, number, _person(chat), text)
        if text.startswith("/"):
            length = len(text.partition(" ")[0])
            said["entities"] = [{"offset": 0, "length": length, "type": "bot_command"}]
        return self._update("message", said)

    def press(self, chat: int, number: int, keyboard: Keyboard, data: str) -> bytes:
        """A button press, with the bot's message that has the button, as Telegram sends it."""
        shown = _message(chat, number, BOT, "…") | {"reply_markup": keyboard}
        pressed = {"id": f"{chat}-{number}", "from": _person(chat), "message": shown}
        return self._update("callback_query", pressed | {"chat_instance": "42a", "data": data})

    def _update(self, kind: str, content: dict[str, Any]) -> bytes:
        return msgspec.json.encode({"update_id": next(self._numbers), kind: content})


class _Call(Messages):
    """One connection from a bot."""

    def __init__(self, hears: Hears | None) -> None:
        self._hears = hears

    def arrived(self, head: bytes, body: bytes) -> None:
        match head.split(b" ", 2)[1].rpartition(b"/")[2]:
            case b"sendMessage":
                answer = _SENT if self._hears is None else _told(body, self._hears)
            case b"getMe":
                answer = _answer(BOT)
            case _:
                answer = _TRUE
        self.transport.write(answer)


@asynccontextmanager
async def bot_api(hears: Hears | None = None) -> AsyncIterator[str]:
    """Serves until the end of the block; yields its address. Without ``hears`` it is a sink."""
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: _Call(hears), HOST, 0) as server:
        yield f"http://{HOST}:{server.sockets[0].getsockname()[1]}"


def _told(body: bytes, hears: Hears) -> bytes:
    """sendMessage comes as JSON, or as a form whose keyboard is JSON."""
    if body.startswith(b"{"):
        sent = msgspec.json.decode(body)
    else:
        sent = dict(parse_qsl(body.decode()))
        sent["reply_markup"] = msgspec.json.decode(sent["reply_markup"])
    chat = int(sent["chat_id"])
    number = hears(chat, sent.get("reply_markup", {}))
    return _answer(_message(chat, number, BOT, "ok"))


def _message(chat: int, number: int, sender: dict[str, Any], text: str) -> dict[str, Any]:
    return {
        "message_id": number,
        "from": sender,
        "chat": {"id": chat, "first_name": "Vecina", "type": "private"},
        "date": int(time.time()),
        "text": text,
    }


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Vecina", "language_code": "es"}


def _answer(result: object) -> bytes:
    return message(b"HTTP/1.1 200 OK\r\n", msgspec.json.encode({"ok": True, "result": result}))


_TRUE = _answer(True)
_SENT = _answer({"message_id": 1})
