"""Simulated citizens on a local Telegram, over one connection to the webhook each.

All send the same (``bot.population``): a desk's link, a grade, a comment, and the end.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count, repeat, takewhile

from benchmarks.harness.processes import Bot
from benchmarks.harness.telegram import Json, Keyboard, message, pressed, read_message, typed
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
STUCK_S = 20.0
AT_ONCE = repeat(0.0)
"""Due times in the past: each message is sent as soon as the citizen may write."""
_POST = (
    f"POST {PATH} HTTP/1.1\r\nHost: {HOST}\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
).encode()


@dataclass(frozen=True, slots=True)
class Rate:
    """What was counted during a measurement."""

    per_s: float
    busy: float  # share of the time in which this process used its core
    bot_busy: float  # and the bot its own


@dataclass(frozen=True, slots=True)
class _Webhook:
    """One connection to the webhook, for sequential updates."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def post(self, update: Json) -> None:
        """Returns when the update is acknowledged."""
        self.writer.write(message(_POST, update))
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


class Citizens:
    """Each writes again once their last message is acknowledged, and answered if ``patient``.

    Only patient ones see buttons, and press them.
    """

    def __init__(self, *, patient: bool = False) -> None:
        self.done: Counter[str] = Counter()  # messages acknowledged, and answered; by text
        self.surplus = 0  # replies that no citizen waited for
        self._patient = patient
        self._updates = count(731_000_001)
        self._chats = count(5_000_000_001)
        self._numbers: Counter[int] = Counter()  # the last message number, by chat
        self._waits: dict[int, asyncio.Future[Keyboard]] = {}

    @property
    def given(self) -> tuple[Counter[str], int]:
        """The grades, and the number of comments."""
        grades = {text: n for text, n in self.done.items() if text.isdigit()}
        return Counter(grades), self.done[WORDS]

    async def flood(self, bot: Bot, at_once: int, warm_s: float, seconds: float) -> Rate:
        """The rate of messages when ``at_once`` citizens write without pause."""
        until = time.perf_counter() + warm_s + seconds
        due = takewhile(lambda _: time.perf_counter() < until, AT_ONCE)
        async with asyncio.TaskGroup() as group:
            group.create_task(self.send(bot.port, at_once, due))
            await asyncio.sleep(warm_s)
            began, before = time.perf_counter(), self._counts(bot)
            await asyncio.sleep(seconds)
            took, after = time.perf_counter() - began, self._counts(bot)
        return Rate(*((b - a) / took for a, b in zip(before, after, strict=True)))

    async def offer(self, port: int, per_s: int, warm_s: float, seconds: float) -> list[float]:
        """Send ``per_s`` a second regardless of delays; the time since each was due, in ms."""
        began, offered = time.perf_counter(), int(per_s * (warm_s + seconds))
        due = (began + number / per_s for number in range(offered))
        return (await self.send(port, CONNECTIONS, due))[int(per_s * warm_s) :]

    async def send(self, port: int, at_once: int, due: Iterable[float]) -> list[float]:
        """Send one message at each of these times, by the citizen whose turn it is."""
        times, waits_ms, turn = iter(due), list[float](), asyncio.Lock()

        async def come(webhook: _Webhook, place: int) -> None:
            """One new citizen after another."""
            turns = place % TURNS + 1  # of the first, so that links, grades and comments mix
            for chat in self._chats:
                shown = Keyboard()
                for text in SAID[chat % 7][:turns]:
                    async with turn:
                        if (at := next(times, None)) is None:
                            return
                        # Timers are accurate to a millisecond, and nothing else needs this core.
                        while time.perf_counter() < at:
                            await asyncio.sleep(0)
                    shown = await self._say(webhook, chat, text, shown)
                    waits_ms.append((time.perf_counter() - at) * 1_000)
                    self.done[text] += 1
                turns = TURNS

        async with _connected(port, at_once) as webhooks, asyncio.TaskGroup() as citizens:
            for place, webhook in enumerate(webhooks):
                citizens.create_task(come(webhook, place))
        return waits_ms

    def _counts(self, bot: Bot) -> tuple[int, float, float]:
        return self.done.total(), time.process_time(), bot.cpu_s

    def hears(self, chat: int, keyboard: Keyboard) -> int:
        """Take a reply; returns its number."""
        self._numbers[chat] += 1
        if (wait := self._waits.pop(chat, None)) is None:
            self.surplus += 1
        else:
            wait.set_result(keyboard)
        return self._numbers[chat]

    async def _say(self, webhook: _Webhook, chat: int, text: str, shown: Keyboard) -> Keyboard:
        """Returns the buttons that are shown then."""
        update = {"update_id": next(self._updates)} | self._update(chat, text, shown)
        if self._patient:
            self._waits[chat] = wait = asyncio.get_running_loop().create_future()
        async with asyncio.timeout(STUCK_S):
            await webhook.post(update)
            return await wait if self._patient else shown

    def _update(self, chat: int, text: str, shown: Keyboard) -> Json:
        """Press the button with this label, or type the text."""
        for button in (button for row in shown.get("inline_keyboard", ()) for button in row):
            if button["text"].casefold() == text.casefold():
                return pressed(chat, self._numbers[chat], shown, button["callback_data"])
        self._numbers[chat] += 1
        return typed(chat, self._numbers[chat], text)
