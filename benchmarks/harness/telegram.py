"""Telegram's side of a measurement: updates as ready bytes, and a local Bot API."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from benchmarks.harness.http1 import Messages, ok
from benchmarks.peers.questions import HOST

FIRST_CHAT = 5_000_000_001
FIRST_UPDATE = 731_000_001
BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "Opina", "username": "opina_bot"}

Hears = Callable[[int, bytes], int]
"""Is told the chat and the keyboard of a message, and returns the message's number."""


class Updates:
    """Makes updates with numbers that only grow, as Telegram does."""

    def __init__(self, chat: int = FIRST_CHAT) -> None:
        """``chat``: the first one; whoever begins with another has other numbers of updates."""
        self._number = FIRST_UPDATE + chat - FIRST_CHAT

    def text(self, chat: int, message: int, text: str) -> bytes:
        """A message; a command is marked as one."""
        said = _message(chat, message, _person(chat), text)
        if text.startswith("/"):
            length = len(text.partition(" ")[0])
            said["entities"] = [{"offset": 0, "length": length, "type": "bot_command"}]
        return self._update("message", said)

    def press(self, chat: int, message: int, keyboard: bytes, data: str) -> bytes:
        """A button under one of the bot's messages, which comes along as Telegram sends it."""
        shown = _message(chat, message, BOT, "…") | {"reply_markup": msgspec.Raw(keyboard)}
        pressed = {"id": f"4382bfdwdsb{self._number}", "from": _person(chat), "message": shown}
        return self._update("callback_query", pressed | {"chat_instance": "42a", "data": data})

    def _update(self, kind: str, content: dict[str, Any]) -> bytes:
        self._number += 1
        return msgspec.json.encode({"update_id": self._number, kind: content})


class BotApi:
    """Answers a bot's calls. Without ``hears`` it is a sink that reads nothing."""

    def __init__(self, hears: Hears | None = None) -> None:
        self.hears = hears
        self.url = ""
        self.webhook_set = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def open(cls, hears: Hears | None = None) -> AsyncIterator[BotApi]:
        """Listen until the end of the block."""
        api, loop = cls(hears), asyncio.get_running_loop()
        async with await loop.create_server(lambda: _ApiConnection(api), HOST, 0) as server:
            api.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
            yield api

    def answer(self, method: bytes, body: bytes) -> bytes:
        """Answer one call."""
        match method:
            case b"sendMessage":
                return _SENT if self.hears is None else _told(body, self.hears)
            case b"getMe":
                return _answer(BOT)
            case b"setWebhook":
                self.webhook_set.set()
        return _TRUE


class _ApiConnection(Messages):
    def __init__(self, api: BotApi) -> None:
        super().__init__()
        self._api = api

    def arrived(self, head: bytes, body: bytes) -> None:
        method = head.split(b" ", 2)[1].rpartition(b"/")[2]
        self.write(self._api.answer(method, body))


class _Sent(msgspec.Struct):
    """What of sendMessage is read, where it comes as JSON."""

    chat_id: int
    reply_markup: msgspec.Raw = msgspec.Raw(b"")


def _told(body: bytes, hears: Hears) -> bytes:
    chat, keyboard = _read(body)
    return _answer(_message(chat, hears(chat, keyboard), BOT, "ok"))


def _read(body: bytes) -> tuple[int, bytes]:
    """Chat and keyboard of sendMessage, from JSON or a form."""
    if body.startswith(b"{"):
        sent = _DECODER.decode(body)
        return sent.chat_id, bytes(sent.reply_markup)
    fields = dict(parse_qsl(body.decode()))
    return int(fields["chat_id"]), fields["reply_markup"].encode()


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
    return ok(msgspec.json.encode({"ok": True, "result": result}))


_DECODER = msgspec.json.Decoder(_Sent)
_TRUE = _answer(True)
_SENT = _answer({"message_id": 1})
