"""Simulated citizens on a local Telegram: some wait for each reply, others just write.

All send the same (``bot.population``): a desk's link, a grade, a comment, and the end.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count, repeat, takewhile

from benchmarks.harness.telegram import FIRST_CHAT, Json, Keyboard, Updates, message, read_message
from benchmarks.peers.questions import HOST, PATH, SECRET
from bot.population.ratings import Rating, messages_of
from handlers.messages import Text

DESK = "J87fHE"  # of the area Tránsito
WORDS = "Nadie me supo explicar, y al final todo fue bueno"
SAID = [
    (f"/start {DESK}", *(body.text for body in said if isinstance(body, Text)))
    for said in (messages_of(Rating(grade, words=WORDS), DESK) for grade in range(1, 8))
]
"""What the citizens type, by grade; the second message is the grade."""
TURNS = 4
CONNECTIONS = 100  # Telegram's own limit for a webhook
APART = 150  # citizens who start between two messages of one, which leaves time for its reply
STUCK_S = 20.0
AT_ONCE = repeat(0.0)
"""Due times in the past: each update is sent as soon as the one before it is acknowledged."""
_POST = (
    f"POST {PATH} HTTP/1.1\r\nHost: {HOST}\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
).encode()


@dataclass(frozen=True, slots=True)
class Rate:
    """What was counted during a measurement."""

    per_s: float
    busy: float  # share of the time in which this process, not the bot, used its core


async def rate_of(counted: Callable[[], int], warm_s: float, seconds: float) -> Rate:
    """How fast a count grows after the warm-up."""
    await asyncio.sleep(warm_s)
    began, before, busy = time.perf_counter(), counted(), time.process_time()
    await asyncio.sleep(seconds)
    took = time.perf_counter() - began
    return Rate((counted() - before) / took, (time.process_time() - busy) / took)


@dataclass(frozen=True, slots=True)
class _Webhook:
    """One connection to the webhook, for sequential updates."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def post(self, update: Json) -> None:
        """Returns when the update is acknowledged."""
        self.writer.write(message(_POST, update))
        async with asyncio.timeout(STUCK_S):
            head, _ = await read_message(self.reader)
        assert head.startswith(b"HTTP/1.1 200"), head


@asynccontextmanager
async def _connected(port: int, connections: int) -> AsyncIterator[list[_Webhook]]:
    webhooks = [_Webhook(*await asyncio.open_connection(HOST, port)) for _ in range(connections)]
    try:
        yield webhooks
    finally:
        for webhook in webhooks:
            webhook.writer.close()


class Patient:
    """Citizens who write again once the last update is acknowledged and answered."""

    def __init__(self) -> None:
        self.grades: Counter[str] = Counter()  # of citizens who have finished
        self.answers = 0  # updates that were acknowledged and answered
        self.surplus = 0  # replies that no citizen waited for
        self._updates = Updates()
        self._chats = count(FIRST_CHAT)
        self._numbers: Counter[int] = Counter()  # the last message number, by chat
        self._waits: dict[int, asyncio.Future[Keyboard]] = {}

    async def write(self, port: int, at_once: int, warm_s: float, seconds: float) -> Rate:
        """``at_once`` at a time; after the time, those who have begun still finish."""
        until = time.perf_counter() + warm_s + seconds
        async with _connected(port, at_once) as webhooks, asyncio.TaskGroup() as citizens:
            for webhook in webhooks:
                citizens.create_task(self._come(webhook, until))
            return await rate_of(lambda: self.answers, warm_s, seconds)

    def hears(self, chat: int, keyboard: Keyboard) -> int:
        """Take a reply; returns its number."""
        self._numbers[chat] += 1
        if (wait := self._waits.pop(chat, None)) is None:
            self.surplus += 1
        else:
            wait.set_result(keyboard)
        return self._numbers[chat]

    async def _come(self, webhook: _Webhook, until: float) -> None:
        """One new citizen after another."""
        while time.perf_counter() < until:
            chat, shown = next(self._chats), Keyboard()
            said = SAID[chat % 7]
            for text in said:
                self._waits[chat] = wait = asyncio.get_running_loop().create_future()
                await webhook.post(self._update(chat, text, shown))
                async with asyncio.timeout(STUCK_S):
                    shown = await wait
                self.answers += 1
            self.grades[said[1]] += 1

    def _update(self, chat: int, text: str, keyboard: Keyboard) -> Json:
        """Press the button with this label, or type the text."""
        for button in (button for row in keyboard.get("inline_keyboard", ()) for button in row):
            if button["text"].casefold() == text.casefold():
                number, data = self._numbers[chat], button["callback_data"]
                return self._updates.press(chat, number, keyboard, data)
        self._numbers[chat] += 1
        return self._updates.text(chat, self._numbers[chat], text)


class Post:
    """Posts the messages of many citizens to one webhook, over many connections."""

    def __init__(self, webhooks: list[_Webhook]) -> None:
        self.acknowledged: Counter[str] = Counter()  # by text
        self._webhooks = webhooks
        self._letters = letters()

    @classmethod
    @asynccontextmanager
    async def open(cls, port: int) -> AsyncIterator[Post]:
        """Stays connected until the end of the block."""
        async with _connected(port, CONNECTIONS) as webhooks:
            yield cls(webhooks)

    async def flood(self, warm_s: float, seconds: float) -> Rate:
        """The rate of acknowledgements, with each update sent right after the last one's."""
        until = time.perf_counter() + warm_s + seconds
        async with asyncio.TaskGroup() as group:
            group.create_task(self.send(takewhile(lambda _: time.perf_counter() < until, AT_ONCE)))
            return await rate_of(self.acknowledged.total, warm_s, seconds)

    async def offer(self, per_s: int, warm_s: float, seconds: float) -> list[float]:
        """Send ``per_s`` a second regardless of delays; the time since each was due, in ms."""
        began, offered = time.perf_counter(), int(per_s * (warm_s + seconds))
        waits_ms = await self.send(began + number / per_s for number in range(offered))
        return waits_ms[int(per_s * warm_s) :]

    async def send(self, due: Iterable[float]) -> list[float]:
        """Send one update at each of these times, over any free connection."""
        times, waits_ms, turn = iter(due), list[float](), asyncio.Lock()

        async def send(webhook: _Webhook) -> None:
            while True:
                async with turn:
                    if (at := next(times, None)) is None:
                        return
                    # Timers are accurate to a millisecond, and nothing else needs this core.
                    while time.perf_counter() < at:
                        await asyncio.sleep(0)
                text, update = next(self._letters)
                await webhook.post(update)
                self.acknowledged[text] += 1
                waits_ms.append((time.perf_counter() - at) * 1_000)

        async with asyncio.TaskGroup() as senders:
            for webhook in self._webhooks:
                senders.create_task(send(webhook))
        return waits_ms


def letters() -> Iterator[tuple[str, Json]]:
    """What citizens type: for each who starts, three others send their next message."""
    updates = Updates()
    for newest in count(FIRST_CHAT):
        for turn, chat in enumerate(range(newest, newest - TURNS * APART, -APART)):
            if chat >= FIRST_CHAT:
                text = SAID[chat % 7][turn]
                yield text, updates.text(chat, 2 * turn + 1, text)
