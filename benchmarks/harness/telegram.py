"""Telegram's side of a measurement, in raw HTTP/1.1 so that it is not the bottleneck."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from benchmarks.peers.questions import HOST

BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "Opina", "username": "opina_bot"}
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

Json = dict[str, Any]
Keyboard = Json
Hears = Callable[[int, Keyboard], int]
"""Takes the chat and the keyboard of a message, and returns the message's number."""


def message(first: bytes, content: object) -> bytes:
    """A request or response with JSON. ``first``: its first lines, with their line ends."""
    body = msgspec.json.encode(content)
    length = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return first + length + body


async def read_message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The head and the body. Raises IncompleteReadError when the connection has ended."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head, await reader.readexactly(int(length[1])) if length else b""


def typed(chat: int, number: int, text: str) -> Json:
    """An update's message; commands are marked as such."""
    said = _message(chat, number, _person(chat), text)
    if text.startswith("/"):
        length = len(text.partition(" ")[0])
        said["entities"] = [{"offset": 0, "length": length, "type": "bot_command"}]
    return {"message": said}


def pressed(chat: int, number: int, keyboard: Keyboard, data: str) -> Json:
    """An update's button press, with the bot's message that has the button, as Telegram sends."""
    shown = _message(chat, number, BOT, "…") | {"reply_markup": keyboard}
    press = {"id": f"{chat}-{number}", "from": _person(chat), "message": shown}
    return {"callback_query": press | {"chat_instance": "42a", "data": data}}


@asynccontextmanager
async def bot_api(hears: Hears | None = None) -> AsyncIterator[str]:
    """Serves until the end of the block; yields its address. Without ``hears`` it is a sink."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The connection ends, or the loop.
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                head, body = await read_message(reader)
                method = head.split(b" ", 2)[1].rpartition(b"/")[2]
                if method == b"getMe":
                    writer.write(_answer(BOT))
                elif method == b"sendMessage":
                    writer.write(_answer(_take(body, hears)) if hears else _SENT)
                else:
                    writer.write(_TRUE)
        writer.close()

    async with await asyncio.start_server(serve, HOST, 0) as server:
        yield f"http://{HOST}:{server.sockets[0].getsockname()[1]}"


def _take(body: bytes, hears: Hears) -> Json:
    """sendMessage comes as JSON, or as a form whose keyboard is JSON."""
    if body.startswith(b"{"):
        sent = msgspec.json.decode(body)
    else:
        sent = dict(parse_qsl(body.decode()))
        sent["reply_markup"] = msgspec.json.decode(sent["reply_markup"])
    chat = int(sent["chat_id"])
    return _message(chat, hears(chat, sent.get("reply_markup", {})), BOT, "ok")


def _message(chat: int, number: int, sender: Json, text: str) -> Json:
    return {
        "message_id": number,
        "from": sender,
        "chat": {"id": chat, "first_name": "Vecina", "type": "private"},
        "date": int(time.time()),
        "text": text,
    }


def _person(chat: int) -> Json:
    return {"id": chat, "is_bot": False, "first_name": "Vecina", "language_code": "es"}


def _answer(result: object) -> bytes:
    return message(b"HTTP/1.1 200 OK\r\n", {"ok": True, "result": result})


_TRUE = _answer(True)
_SENT = _answer({"message_id": 1})
