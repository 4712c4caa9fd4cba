"""Citizens on a local Telegram: each writes again when the reply to the last message has come."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct

from benchmarks.harness.http1 import Messages, ok, post, post_head
from benchmarks.harness.updates import FIRST_CHAT, Updates
from benchmarks.peers.questions import HOST, PATH, SECRET

DESK = "J87fHE"  # of the area Tránsito
WORDS = "Nadie me supo explicar, y al final todo fue bueno"
TURNS = 4  # opens the desk's link, presses a grade, writes words, presses that this is all
STUCK_S = 20.0
_TRUE = ok(b'{"ok":true,"result":true}')


class Stuck(Exception):
    """A citizen waits for a reply that does not come."""


@dataclass(frozen=True, slots=True)
class Lived:
    """What a while of citizens came to."""

    per_s: float  # updates answered and acknowledged a second
    busy: float  # share of the time in which this process, not the bot, was at work


class _Button(Struct):
    text: str
    callback_data: str


class _Keyboard(Struct):
    inline_keyboard: list[list[_Button]]


class _Sent(Struct):
    """What of sendMessage is read, where it comes as JSON."""

    chat_id: int
    reply_markup: msgspec.Raw = msgspec.Raw(b"")


_SENT = msgspec.json.Decoder(_Sent)
_KEYBOARD = msgspec.json.Decoder(_Keyboard)


class Town:
    """The fake Telegram, and those who live there. One bot at a time is set up with it."""

    def __init__(self) -> None:
        self.updates = Updates()
        self.grades: Counter[str] = Counter()  # of citizens who have ended
        self.calls: Counter[str] = Counter()
        self.answers = 0  # updates that had their acknowledgement and their reply
        self.surplus = 0  # replies that nobody waited for
        self._hooked = asyncio.Event()
        self._next_chat = FIRST_CHAT
        self._waiting: dict[int, _Citizen] = {}
        self._until = 0.0

    async def open(self) -> str:
        """Listen; returns the address of the Bot API."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Api(self), HOST, 0)
        return f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    async def hooked(self) -> None:
        """Wait until a bot has set its webhook."""
        await self._hooked.wait()

    async def live(self, port: int, at_once: int, warm_s: float, seconds: float) -> Lived:
        """Citizens write, ``at_once`` at a time, for a while; those who began then finish."""
        loop = asyncio.get_running_loop()
        self._until = time.perf_counter() + warm_s + seconds
        citizens = []
        for _ in range(at_once):
            _, citizen = await loop.create_connection(lambda: _Citizen(self, port), HOST, port)
            citizens.append(citizen)
        for citizen in citizens:
            citizen.begin()
        await asyncio.sleep(warm_s)
        began, answered, busy = time.perf_counter(), self.answers, time.process_time()
        await asyncio.sleep(seconds)
        took = time.perf_counter() - began
        lived = Lived((self.answers - answered) / took, (time.process_time() - busy) / took)
        try:
            async with asyncio.timeout(STUCK_S):
                await asyncio.gather(*(citizen.ended for citizen in citizens))
        except TimeoutError:
            stuck = Counter(citizen.stands for citizen in citizens if not citizen.ended.done())
            raise Stuck(f"no reply, or no acknowledgement, in {STUCK_S} s: {stuck}") from None
        finally:
            for citizen in citizens:
                citizen.leave()
        return lived

    # What citizens and the API tell

    def new_chat(self, citizen: _Citizen) -> int | None:
        """A chat for one more citizen, while there is time."""
        if time.perf_counter() > self._until:
            return None
        self._next_chat += 1
        self._waiting[self._next_chat] = citizen
        return self._next_chat

    def ended(self, chat: int, grade: str) -> None:
        """One has answered everything."""
        self.grades[grade] += 1
        del self._waiting[chat]

    def answered(self) -> None:
        """One more update has its acknowledgement and its reply."""
        self.answers += 1

    def called(self, method: str, body: bytes, is_json: bool) -> bytes:
        """Answer one call of the Bot API."""
        self.calls[method] += 1
        match method:
            case "sendMessage":
                return self._sent(body, is_json)
            case "getMe":
                return ok(msgspec.json.encode({"ok": True, "result": self.updates.bot}))
            case "setWebhook":
                self._hooked.set()
        return _TRUE

    def _sent(self, body: bytes, is_json: bool) -> bytes:
        if is_json:
            sent = _SENT.decode(body)
            chat, keyboard = sent.chat_id, bytes(sent.reply_markup)
        else:
            fields = dict(parse_qsl(body.decode()))
            chat, keyboard = int(fields["chat_id"]), fields["reply_markup"].encode()
        citizen = self._waiting.get(chat)
        if citizen is None or citizen.chat != chat:
            self.surplus += 1
            return _TRUE
        message = citizen.number()
        # The reply first: the citizen's next message is the effect of this one's being there.
        asyncio.get_running_loop().call_soon(citizen.hears, message, keyboard)
        return ok(
            b'{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":%d,"first_name":"Vecina",'
            b'"type":"private"},"from":{"id":7000000001,"is_bot":true,"first_name":"Opina"},'
            b'"text":"ok"}}' % (message, int(time.time()), chat)
        )


class _Api(Messages):
    """One connection of the bot's to the Bot API."""

    def __init__(self, town: Town) -> None:
        super().__init__()
        self._town = town

    def arrived(self, head: bytes, body: bytes) -> None:
        path = head.split(b" ", 2)[1]
        method = path.rsplit(b"/", 1)[1].decode()
        self.write(self._town.called(method, body, body.startswith(b"{")))


class _Citizen(Messages):
    """One citizen after another on one connection to the webhook."""

    def __init__(self, town: Town, port: int) -> None:
        super().__init__()
        self._town = town
        self._head = post_head(PATH, port, {"X-Telegram-Bot-Api-Secret-Token": SECRET})
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.chat: int | None = None
        self._turn = self._messages = 0
        self._heard = self._acknowledged = False
        self._shown = (0, b"")

    @property
    def stands(self) -> str:
        """Where they wait, for a message on what went wrong."""
        return f"turn {self._turn}, heard {self._heard}, acknowledged {self._acknowledged}"

    def begin(self) -> None:
        """As somebody who has never written before."""
        self.chat = self._town.new_chat(self)
        self._turn = self._messages = 0
        if self.chat is None:
            self.ended.set_result(None)
            return
        self._grade = str(self.chat % 7 + 1)
        self._send(self._town.updates.text(self.chat, self.number(), f"/start {DESK}"))

    def number(self) -> int:
        """The number of the chat's next message."""
        self._messages += 1
        return self._messages

    def hears(self, message: int, keyboard: bytes) -> None:
        """The bot's reply is there."""
        if self._heard:
            self._town.surplus += 1
        self._heard = True
        self._shown = (message, keyboard)
        self._go_on()

    def arrived(self, head: bytes, body: bytes) -> None:  # noqa: ARG002  # Messages'
        """The acknowledgement is there."""
        if not head.startswith(b"HTTP/1.1 200"):
            raise Stuck(head.decode())
        self._acknowledged = True
        self._go_on()

    def leave(self) -> None:
        """Close the connection."""
        if self.transport is not None:
            self.transport.close()

    def _go_on(self) -> None:
        if not (self._heard and self._acknowledged) or self.chat is None:
            return
        self._town.answered()
        self._turn += 1
        match self._turn:
            case 1:
                self._press(self._grade)
            case 2:
                self._send(self._town.updates.text(self.chat, self.number(), WORDS))
            case 3:
                self._press("Listo")
            case _:
                self._town.ended(self.chat, self._grade)
                self.begin()

    def _press(self, label: str) -> None:
        message, keyboard = self._shown
        rows = _KEYBOARD.decode(keyboard).inline_keyboard
        data = next(button.callback_data for row in rows for button in row if button.text == label)
        assert self.chat is not None
        self._send(self._town.updates.press(self.chat, message, keyboard, data))

    def _send(self, update: bytes) -> None:
        self._heard = self._acknowledged = False
        self.write(post(self._head, update))
