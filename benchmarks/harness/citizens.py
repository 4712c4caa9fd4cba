"""Citizens on a local Telegram: some wait for each reply, others just write as fast as they can.

All say the same (``bot.population``): a desk's link, a grade, words, and that this is all.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count

import msgspec

from benchmarks.harness.telegram import FIRST_CHAT, Messages, Updates, message
from benchmarks.peers.questions import HOST, PATH, SECRET
from bot.population.ratings import Rating, typed
from handlers.messages import Body, Start, Text

DESK = "J87fHE"  # of the area Tránsito
WORDS = "Nadie me supo explicar, y al final todo fue bueno"
TURNS = 4
CONNECTIONS = 100  # Telegram's own limit for a webhook
WAVE = 2_000  # contacts who write by turns, so that a contact has time to get an answer
STUCK_S = 20.0


class Refused(Exception):
    """The webhook did not take an update, or closed the connection."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What was counted in a while."""

    per_s: float
    busy: float  # share of the time in which this process, not the bot, was at work


async def rate_of(counted: Callable[[], int], warm_s: float, seconds: float) -> Rate:
    """How quickly a count grows, once it has run warm."""
    await asyncio.sleep(warm_s)
    began, before, busy = time.perf_counter(), counted(), time.process_time()
    await asyncio.sleep(seconds)
    took = time.perf_counter() - began
    return Rate((counted() - before) / took, (time.process_time() - busy) / took)


def said_by(chat: int) -> list[str]:
    """What the citizen of this chat types; the second message is the grade."""
    bodies = typed(Rating(chat % 7 + 1, words=WORDS), DESK)
    return [_line(body) for body in bodies]


def _line(body: Body) -> str:
    match body:
        case Start(token):
            return f"/start {token}"
        case Text(text):
            return text
    raise TypeError(body)


@asynccontextmanager
async def _finishing() -> AsyncIterator[asyncio.TaskGroup]:
    """Tasks that have a while after the block to end; TimeoutError: one of them is stuck."""
    async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as tasks:
        yield tasks
        limit.reschedule(asyncio.get_running_loop().time() + STUCK_S)


class _Webhook(Messages):
    """One connection to the webhook, for one update after the other."""

    _first: bytes
    _status: asyncio.Future[bytes] | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, port: int) -> AsyncIterator[_Webhook]:
        """Connected until the end of the block."""
        loop = asyncio.get_running_loop()
        _, self = await loop.create_connection(cls, HOST, port)
        self._first = (
            f"POST {PATH} HTTP/1.1\r\nHost: {HOST}:{port}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        ).encode()
        try:
            yield self
        finally:
            self.transport.close()

    async def post(self, update: bytes) -> None:
        """Raises Refused; returns when the update is acknowledged."""
        self._status = asyncio.get_running_loop().create_future()
        self.transport.write(message(self._first, update))
        if (status := await self._status) != b"200":
            raise Refused(status.decode())

    def arrived(self, head: bytes, body: bytes) -> None:  # noqa: ARG002  # Messages'
        assert self._status is not None, "an answer to nothing"
        self._status.set_result(head[9:12])

    def connection_lost(self, exc: Exception | None) -> None:
        if self._status is not None and not self._status.done():
            self._status.set_exception(Refused(f"connection closed: {exc}"))


class Patient:
    """Those who write again when the last update is acknowledged and its reply is there."""

    def __init__(self) -> None:
        self.grades: Counter[str] = Counter()  # of citizens who have ended
        self.answers = 0  # updates that had their acknowledgement and their reply
        self.surplus = 0  # replies that no citizen waited for
        self._updates = Updates()
        self._chats = count(FIRST_CHAT)
        self._numbers: Counter[int] = Counter()  # of messages, by chat
        self._waits: dict[int, asyncio.Future[tuple[int, bytes]]] = {}

    async def write(self, port: int, at_once: int, warm_s: float, seconds: float) -> Rate:
        """``at_once`` at a time, for a while; those who began then finish."""
        until = time.perf_counter() + warm_s + seconds
        async with AsyncExitStack() as stack, _finishing() as citizens:
            for _ in range(at_once):
                webhook = await stack.enter_async_context(_Webhook.open(port))
                citizens.create_task(self._come(webhook, until))
            return await rate_of(lambda: self.answers, warm_s, seconds)

    def hears(self, chat: int, keyboard: bytes) -> int:
        """A reply has come; returns its number."""
        self._numbers[chat] += 1
        wait = self._waits.pop(chat, None)
        if wait is None:
            self.surplus += 1
        else:
            wait.set_result((self._numbers[chat], keyboard))
        return self._numbers[chat]

    async def _come(self, webhook: _Webhook, until: float) -> None:
        """One citizen after another, each new."""
        while time.perf_counter() < until:
            chat = next(self._chats)
            said, shown = said_by(chat), (0, b"")
            for text in said:
                wait = self._waits[chat] = asyncio.get_running_loop().create_future()
                await webhook.post(self._update(chat, text, *shown))
                shown = await wait
                self.answers += 1
            self.grades[said[1]] += 1

    def _update(self, chat: int, text: str, number: int, keyboard: bytes) -> bytes:
        """Press what is offered, or type it."""
        rows = msgspec.json.decode(keyboard)["inline_keyboard"] if keyboard else []
        for button in (button for row in rows for button in row):
            if button["text"].casefold() == text.casefold():
                return self._updates.press(chat, number, keyboard, button["callback_data"])
        self._numbers[chat] += 1
        return self._updates.text(chat, self._numbers[chat], text)


class Post:
    """Posts what many citizens type over many connections to one webhook."""

    def __init__(self, webhooks: list[_Webhook], first_chat: int) -> None:
        self.acknowledged: Counter[str] = Counter()  # by their text
        self._webhooks = webhooks
        self._letters = _letters(first_chat)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, port: int, connections: int = CONNECTIONS, first_chat: int = FIRST_CHAT
    ) -> AsyncIterator[Post]:
        """Connected until the end of the block."""
        async with AsyncExitStack() as stack:
            opening = [_Webhook.open(port) for _ in range(connections)]
            yield cls([await stack.enter_async_context(one) for one in opening], first_chat)

    @asynccontextmanager
    async def flooding(self) -> AsyncIterator[None]:
        """On every connection the next as soon as the last is acknowledged."""
        flooding = True

        async def flood(webhook: _Webhook) -> None:
            while flooding:
                await self._post(webhook)

        async with _finishing() as floods:
            for webhook in self._webhooks:
                floods.create_task(flood(webhook))
            yield
            flooding = False

    async def flood(self, warm_s: float, seconds: float) -> Rate:
        """How many are acknowledged a second, the next as soon as the last is."""
        async with self.flooding():
            return await rate_of(self.acknowledged.total, warm_s, seconds)

    async def offer(self, per_s: int, warm_s: float, seconds: float) -> list[float]:
        """``per_s`` a second, even if they fail; the seconds that each took since it was due."""
        due: asyncio.Queue[float] = asyncio.Queue()
        waits_s: list[float] = []

        async def send(webhook: _Webhook) -> None:
            while True:
                at = await due.get()
                await self._post(webhook)
                waits_s.append(time.perf_counter() - at)
                due.task_done()

        async with _finishing() as tasks:
            senders = [tasks.create_task(send(webhook)) for webhook in self._webhooks]
            began = time.perf_counter()
            for number in range(int(per_s * (warm_s + seconds))):
                at = began + number / per_s
                # Timers have a millisecond, and this core is ours alone.
                while time.perf_counter() < at:  # noqa: ASYNC110  # the clock tells no one
                    await asyncio.sleep(0)
                due.put_nowait(at)
            await asyncio.wait_for(due.join(), STUCK_S)  # posted, and acknowledged
            for sender in senders:
                sender.cancel()
        return waits_s[int(per_s * warm_s) :]

    async def _post(self, webhook: _Webhook) -> None:
        text, update = next(self._letters)
        await webhook.post(update)
        self.acknowledged[text] += 1


def _letters(first: int) -> Iterator[tuple[str, bytes]]:
    """What citizens write, all of it typed, a wave of them by turns."""
    updates = Updates(first)
    for wave in count(first, WAVE):
        said = {chat: said_by(chat) for chat in range(wave, wave + WAVE)}
        for turn in range(TURNS):
            for chat, texts in said.items():
                yield texts[turn], updates.text(chat, 2 * turn + 1, texts[turn])
