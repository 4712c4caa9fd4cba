"""The fake platforms as the harness sees them: what is not acknowledged, and what is held back."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from handlers.messages import Channel
from tests.fakes.faults import Faults
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.updates import Update
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp


class Journal:
    """Events by their ids: handed over to the service, and acknowledged by it."""

    def __init__(self) -> None:
        self.open: set[str] = set()  # handed over and not acknowledged at this moment
        self._acknowledged: set[str] = set()  # ever; the same event again is none of interest
        self._handed_over = asyncio.Event()
        self._awaited: set[str] | None = None
        self._news = asyncio.Event()

    def hand_over(self, event: str) -> None:
        """The platform begins to hand an event over."""
        if event in self._acknowledged:
            return
        self.open.add(event)
        if self._awaited is not None:
            self._awaited.add(event)
        self._handed_over.set()

    def acknowledge(self, event: str) -> None:
        """The platform knows that the service has it."""
        self.open.discard(event)
        self._acknowledged.add(event)
        if self._awaited is not None and event in self._awaited:
            self._news.set()

    def give_up(self, event: str) -> None:
        """The platform has to hand it over again."""
        self.open.discard(event)

    async def next_handed_over(self) -> None:
        """Wait until an event is on its way to the service."""
        self._handed_over.clear()
        await self._handed_over.wait()

    async def next_acknowledged(self) -> None:
        """Wait until an event is acknowledged that is handed over from now on."""
        self._awaited = set()
        self._news.clear()
        try:
            await self._news.wait()
        finally:
            self._awaited = None


class Door:
    """Where messages to a platform wait while it is shut."""

    def __init__(self) -> None:
        self._is_shut = False
        self._to_those_with = ""
        self._let_in = 0
        self._waiting: list[asyncio.Future[bool]] = []

    @property
    def held(self) -> int:
        """How many messages wait."""
        return len(self._waiting)

    def shut(self, to_those_with: str = "", let_in: int = 0) -> None:
        """Hold the messages that have these words in them, after ``let_in`` of them."""
        self._is_shut, self._to_those_with, self._let_in = True, to_those_with, let_in

    def open(self, *, lost: bool) -> None:
        """Let everything in again. What waited is ``lost`` if the process that sent it is."""
        self._is_shut = False
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(not lost)

    async def enter(self, message: str) -> bool:
        """Wait for the door; False: the message never reached the platform."""
        if not self._is_shut or self._to_those_with not in message:
            return True
        if self._let_in:
            self._let_in -= 1
            return True
        waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        return await waiting


class Watched:
    """What both have in common. ``lives``: by a message's name, when it was taken."""

    faults: Faults

    def __init__(self) -> None:
        super().__init__()
        self.journal = Journal()
        self.door = Door()
        self.life = 0  # of the service: how often it was killed
        self.lives: dict[str, int] = {}

    def after_kill(self) -> None:
        """The service is gone, and all that it sent has been read."""
        self.life += 1
        self.journal.open.clear()
        self.door.open(lost=True)
        self.faults.clear()


class WatchedTelegram(Watched, FakeTelegram):
    """Telegram."""

    channel = Channel.TELEGRAM

    @property
    def account(self) -> str:
        """As the service names its own account here."""
        return self.token.partition(":")[0]

    async def perform(self, method: str, body: bytes) -> web.Response:
        if method == "sendMessage" and not await self.door.enter(body.decode()):
            return web.Response(status=500)
        return await super().perform(method, body)

    async def _do_sendMessage(self, chat_id: int, *others: Any, **named: Any) -> Any:
        message = await super()._do_sendMessage(chat_id, *others, **named)
        self.lives[telegram_name(chat_id, message["message_id"])] = self.life
        return message

    async def _push(self, update: Update) -> tuple[int, bytes]:
        event = str(update.number)
        self.journal.hand_over(event)
        status, answer = await super()._push(update)
        if 200 <= status < 300:
            self.journal.acknowledge(event)
        else:
            self.journal.give_up(event)
        return status, answer

    async def _poll(self, offset: int, limit: int, wait_s: float) -> list[dict[str, Any]]:
        for update in self.pending:
            if update.number < offset:
                self.journal.acknowledge(str(update.number))
        given = await super()._poll(offset, limit, wait_s)
        for content in given:
            self.journal.hand_over(str(content["update_id"]))
        return given


class WatchedWhatsApp(Watched, FakeWhatsApp):
    """WhatsApp."""

    channel = Channel.WHATSAPP

    @property
    def account(self) -> str:
        """As the service names its own account here."""
        return self.phone_number_id

    async def _take(self, request: web.Request) -> web.Response:
        if not await self.door.enter((await request.read()).decode()):
            return web.Response(status=500)
        answer = await super()._take(request)
        if answer.status == 200:
            self.lives[json.loads(answer.text or "")["messages"][0]["id"]] = self.life
        return answer

    async def _push(self, body: bytes) -> int:
        (event,) = _message_ids(body)
        self.journal.hand_over(event)
        status = await super()._push(body)
        if status == 200:
            self.journal.acknowledge(event)
        else:
            self.journal.give_up(event)
        return status


def telegram_name(chat: int, message: int) -> str:
    """A message's name among all chats."""
    return f"{chat}/{message}"


def _message_ids(webhook: bytes) -> list[str]:
    return [
        message["id"]
        for entry in json.loads(webhook)["entry"]
        for change in entry["changes"]
        for message in change["value"].get("messages", ())
    ]
