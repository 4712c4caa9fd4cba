"""A strict Telegram on 127.0.0.1: its Bot API, its delivery of updates, and citizens who chat."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.faults import Fault, Faults, go_wrong
from tests.fakes.telegram.citizen import Chat, Citizen, Message
from tests.fakes.telegram.citizen import Uploaded as _Uploaded
from tests.fakes.telegram.rules import (
    Refused,
    bad,
    check_caption,
    check_commands,
    check_photo,
    check_text,
    check_webhook,
    read_keyboard,
    read_params,
    read_text,
)
from tests.fakes.telegram.updates import PRESS_KEPT, UpdateQueue

_SENDS = ("sendMessage", "sendDocument", "sendPhoto")
LARGEST_FILE = 20_000_000  # that a bot is given out
TOKEN = "7000000001:AAFakeTokenOfThirtyFiveCharacters_0"


@dataclass(frozen=True)
class Call:
    """One call of the Bot API and its answer."""

    method: str
    params: dict[str, Any]
    status: int
    description: str = ""


class FakeTelegram(UpdateQueue):
    """``async with FakeTelegram() as fake``: then ``fake.url``, ``fake.token``, a citizen."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        retry_s: float = 0.02,
        port: int = 0,
    ) -> None:
        super().__init__(now, retry_s)
        self.port = port
        self.token = TOKEN
        self.bot_name = "opina_de_prueba_bot"
        self.faults = Faults()
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.commands: dict[str, list[Any]] = {}
        self.revoked = False
        self.answered_presses: list[str] = []
        self.files: dict[str, bytes] = {}  # by file_id
        self.known_presses: dict[str, datetime] = {}
        self._next_chat = 5_000_000_001

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", self._serve)
        application.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *exc: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    def citizen(self, language: str | None = "es") -> Citizen:
        """A new person with a private chat of their own."""
        chat = Chat(self._next_chat)
        self._next_chat += 1
        self.chats[chat.id] = chat
        return Citizen(self, chat, language)

    @property
    def refused(self) -> list[Call]:
        """The calls that Telegram refused of itself or by script."""
        return [call for call in self.calls if call.status >= 400]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{35}", token):
            return _error(Refused(404, "Not Found"))
        if token != self.token or self.revoked:
            return _error(Refused(401, "Unauthorized"))
        body = await _read(request)
        fault = self.faults.take(method, "send" if method in _SENDS else "")
        if fault is None:
            return await self.perform(method, body)
        if fault.delivered:
            await self.perform(method, body)
        return await go_wrong(fault, request, self._refuse)

    def _refuse(self, fault: Fault) -> web.Response:
        self.calls.append(Call("fault", {}, fault.status, fault.description))
        return _error(Refused(fault.status, fault.description, fault.retry_after))

    async def perform(self, method: str, body: bytes) -> web.Response:
        """Answer one call as Telegram would."""
        params: dict[str, Any] = {}
        try:
            params = read_params(method, body)
            result = await getattr(self, f"_do_{method}")(**params)
        except Refused as refused:
            self.calls.append(Call(method, params, refused.status, refused.description))
            return _error(refused)
        self.calls.append(Call(method, params, 200))
        await self._notify()
        return web.json_response({"ok": True, "result": result})

    async def _do_getMe(self) -> Any:
        return self._self()

    def _self(self) -> dict[str, Any]:
        return {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Opina de prueba",
            "username": self.bot_name,
        }

    async def _do_getFile(self, file_id: str) -> Any:
        content = self.files.get(file_id)
        if content is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(content) > LARGEST_FILE:
            raise bad("file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": f"unique-{file_id}",
            "file_size": len(content),
            "file_path": f"photos/{file_id}.dat",
        }

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.take("file")
        if fault is not None:
            return await go_wrong(fault, request, self._refuse)
        file_id = request.match_info["path"].removeprefix("photos/").removesuffix(".dat")
        if request.match_info["token"] != self.token or file_id not in self.files:
            return _error(Refused(404, "Not Found"))
        return web.Response(body=self.files[file_id])

    async def _do_sendMessage(
        self,
        chat_id: int,
        text: str,
        parse_mode: str = "",
        link_preview_options: dict[str, Any] | None = None,
        reply_markup: dict[str, Any] | None = None,
    ) -> Any:
        chat = self._open(chat_id)
        shown, entities = read_text(text, parse_mode)
        check_text(shown)
        if set(link_preview_options or {}) - {"is_disabled"}:
            raise bad("can't parse link preview options")
        message = chat.add(shown, keyboard=read_keyboard(reply_markup))
        message.entities = entities
        return self._message(chat, message)

    async def _do_sendDocument(self, chat_id: int, document: str, caption: str = "") -> Any:
        chat = self._open(chat_id)
        check_caption(caption)
        message = chat.add(caption)
        message.document = _Uploaded(**json.loads(document))
        return self._message(chat, message)

    async def _do_sendPhoto(self, chat_id: int, photo: str, caption: str = "") -> Any:
        chat = self._open(chat_id)
        check_caption(caption)
        sent = _Uploaded(**json.loads(photo))
        check_photo(sent.content)
        message = chat.add(caption)
        message.photo = sent
        return self._message(chat, message)

    async def _do_editMessageReplyMarkup(
        self, chat_id: int, message_id: int, reply_markup: dict[str, Any] | None = None
    ) -> Any:
        chat = self._open(chat_id)
        message = chat.message(message_id)
        if message is None:
            raise bad("message to edit not found")
        if message.from_citizen:
            raise bad("message can't be edited")
        keyboard = read_keyboard(reply_markup)
        if keyboard == message.keyboard:
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        message.keyboard = keyboard
        return self._message(chat, message)

    async def _do_answerCallbackQuery(
        self, callback_query_id: str, text: str = "", show_alert: bool = False
    ) -> Any:
        pressed = self.known_presses.get(callback_query_id)
        if pressed is None or self.now() - pressed > PRESS_KEPT:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(text) > 200:
            raise bad("MESSAGE_TOO_LONG")
        del show_alert
        self.answered_presses.append(callback_query_id)
        return True

    async def _do_getUpdates(
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,
        allowed_updates: list[str] | None = None,
    ) -> Any:
        self._choose(allowed_updates)
        return await self._poll(offset, max(1, min(limit, 100)), timeout)

    async def _do_setWebhook(
        self,
        url: str,
        secret_token: str = "",
        allowed_updates: list[str] | None = None,
        max_connections: int = 40,
        drop_pending_updates: bool = False,
    ) -> Any:
        if not 1 <= max_connections <= 100:
            raise bad("max_connections is out of range")
        if drop_pending_updates:
            self.pending.clear()
        if url:
            check_webhook(url, secret_token)
        self.webhook_url, self._secret = url, secret_token
        self._choose(allowed_updates)
        waiting, self.pending = self.pending, []
        for update in waiting:
            await self._enqueue(update)
        return True

    async def _do_deleteWebhook(self, drop_pending_updates: bool = False) -> Any:
        self.webhook_url = self._secret = ""
        if drop_pending_updates:
            self.pending.clear()
        return True

    async def _do_getWebhookInfo(self) -> Any:
        return {
            "url": self.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.unconfirmed),
            **self.last_error,
        }

    async def _do_setMyCommands(
        self, commands: list[Any], language_code: str = "", scope: dict[str, Any] | None = None
    ) -> Any:
        check_commands(commands)
        del scope
        self.commands[language_code] = commands
        return True

    def _open(self, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None or not chat.opened:
            raise bad("chat not found")
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return chat

    def _message(self, chat: Chat, message: Message) -> dict[str, Any]:
        return {
            "message_id": message.id,
            "from": self._self(),
            "chat": chat.described(),
            "date": int(self.now().timestamp()),
            "text": message.text,
        }


async def _read(request: web.Request) -> bytes:
    """The body; a form's as JSON, its file as a description of it."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    fields: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            about = {"name": value.filename, "media_type": value.content_type}
            content = value.file.read().decode("latin-1")
            fields[name] = json.dumps({**about, "text": content})
        else:
            fields[name] = int(value) if str(value).isdecimal() else value
    return json.dumps(fields).encode()


def _error(refused: Refused) -> web.Response:
    content: dict[str, Any] = {
        "ok": False,
        "error_code": refused.status,
        "description": refused.description,
    }
    if refused.retry_after:
        content["parameters"] = {"retry_after": refused.retry_after}
    return web.json_response(content, status=refused.status)
