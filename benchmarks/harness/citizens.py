"""Citizens on a local Telegram: some wait for each reply, others just write as fast as they can.

All say the same (``bot.population``): a desk's link, a grade, words, and that this is all.
"""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from benchmarks.harness.http1 import Messages, post, post_head
from benchmarks.harness.telegram import FIRST_CHAT, Updates
from benchmarks.peers.questions import HOST, PATH, SECRET
from bot.population.ratings import Rating, typed
from handlers.messages import Start, Text

DESK = "J87fHE"  # of the area Tránsito
WORDS = "Nadie me supo explicar, y al final todo fue bueno"
TURNS = 4
CONNECTIONS = 100  # Telegram's own limit for a webhook
WAVE = 2_000  # contacts who write by turns, so that a contact has time to get an answer
STUCK_S = 20.0


class Stuck(Exception):
    """A citizen waits for a reply or an acknowledgement that does not come."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What was counted in a while."""

    per_s: float
    busy: float  # share of the time in which this process, not the bot, was at work


async def rate_of(count: Callable[[], int], warm_s: float, seconds: float) -> Rate:
    """How quickly a count grows, once it has run warm."""
    await asyncio.sleep(warm_s)
    began, before, busy = time.perf_counter(), count(), time.process_time()
    await asyncio.sleep(seconds)
    took = time.perf_counter() - began
    return Rate((count() - before) / took, (time.process_time() - busy) / took)


def said_by(chat: int) -> list[str]:
    """What the citizen of this chat types; the second message is the grade."""
    bodies = typed(Rating(chat % 7 + 1, words=WORDS), DESK)
    return [_line(body) for body in bodies]


def _line(body: object) -> str:
    match body:
        case Start(payload):
            return f"/start {payload}"
        case Text(text):
            return text
    raise TypeError(body)


class _Line(Messages):
    """One connection to the webhook."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._head = post_head(PATH, port, {"X-Telegram-Bot-Api-Secret-Token": SECRET})

    def post(self, update: bytes) -> None:
        self.write(post(self._head, update))

    def arrived(self, head: bytes, body: bytes) -> None:  # noqa: ARG002  # Messages'
        self.acknowledged(head[9:12])

    @abstractmethod
    def acknowledged(self, status: bytes) -> None:
        """The webhook has answered."""

    def leave(self) -> None:
        if self.transport is not None:
            self.transport.close()


# Citizens who wait


class Patient:
    """Those who write again when the last update is acknowledged and its reply is there."""

    def __init__(self) -> None:
        self.updates = Updates()
        self.grades: Counter[str] = Counter()  # of citizens who have ended
        self.answers = 0  # updates that had their acknowledgement and their reply
        self.surplus = 0  # replies that nobody waited for
        self.waiting: dict[int, _Citizen] = {}
        self._next_chat = FIRST_CHAT
        self._until = 0.0

    async def write(self, port: int, at_once: int, warm_s: float, seconds: float) -> Rate:
        """``at_once`` at a time, for a while; those who began then finish."""
        loop = asyncio.get_running_loop()
        self._until = time.perf_counter() + warm_s + seconds
        citizens = []
        for _ in range(at_once):
            _, citizen = await loop.create_connection(lambda: _Citizen(self, port), HOST, port)
            citizens.append(citizen)
        for citizen in citizens:
            citizen.begin()
        rate = await rate_of(lambda: self.answers, warm_s, seconds)
        try:
            async with asyncio.timeout(STUCK_S):
                await asyncio.gather(*(citizen.ended for citizen in citizens))
        except TimeoutError:
            stuck = Counter(citizen.stands for citizen in citizens if not citizen.ended.done())
            raise Stuck(f"no reply, or no acknowledgement, in {STUCK_S} s: {stuck}") from None
        finally:
            for citizen in citizens:
                citizen.leave()
        return rate

    def new_chat(self, citizen: _Citizen) -> int | None:
        """A chat for one more citizen, while there is time."""
        if time.perf_counter() > self._until:
            return None
        self._next_chat += 1
        self.waiting[self._next_chat] = citizen
        return self._next_chat

    def hears(self, chat: int, keyboard: bytes) -> int:
        """A reply has come for somebody; returns its number."""
        citizen = self.waiting.get(chat)
        if citizen is None:
            self.surplus += 1
            return 0
        message = citizen.number()
        # The reply first: the citizen's next message is the effect of this one's being there.
        asyncio.get_running_loop().call_soon(citizen.hear, message, keyboard)
        return message


class _Citizen(_Line):
    """One citizen after another on one connection to the webhook."""

    def __init__(self, all_of_them: Patient, port: int) -> None:
        super().__init__(port)
        self._all = all_of_them
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._chat = self._messages = 0
        self._left: deque[str] = deque()
        self._heard = self._acknowledged = False
        self._shown = (0, b"")

    @property
    def stands(self) -> str:
        """Where they wait, for a message on what went wrong."""
        return f"left {len(self._left)}, heard {self._heard}, acknowledged {self._acknowledged}"

    def begin(self) -> None:
        """As somebody who has never written before."""
        chat = self._all.new_chat(self)
        if chat is None:
            self.ended.set_result(None)
            return
        self._chat, self._messages, self._shown = chat, 0, (0, b"")
        self._left = deque(said_by(chat))
        self._say(self._left.popleft())

    def number(self) -> int:
        """The number of the chat's next message."""
        self._messages += 1
        return self._messages

    def hear(self, message: int, keyboard: bytes) -> None:
        """The bot's reply is there."""
        self._all.surplus += self._heard
        self._heard = True
        self._shown = (message, keyboard)
        self._go_on()

    def acknowledged(self, status: bytes) -> None:
        if status != b"200":
            raise Stuck(status.decode())
        self._acknowledged = True
        self._go_on()

    def _go_on(self) -> None:
        if not (self._heard and self._acknowledged):
            return
        self._all.answers += 1
        if self._left:
            self._say(self._left.popleft())
            return
        self._all.grades[said_by(self._chat)[1]] += 1
        del self._all.waiting[self._chat]
        self.begin()

    def _say(self, text: str) -> None:
        """Press what is offered, or type it."""
        message, keyboard = self._shown
        self._heard = self._acknowledged = False
        if (data := _offered(keyboard, text)) is not None:
            self.post(self._all.updates.press(self._chat, message, keyboard, data))
        else:
            self.post(self._all.updates.text(self._chat, self.number(), text))


def _offered(keyboard: bytes, text: str) -> str | None:
    """What the button of this label sends, if there is one."""
    rows: list[list[dict[str, Any]]]
    rows = msgspec.json.decode(keyboard)["inline_keyboard"] if keyboard else []
    buttons = (button for row in rows for button in row)
    labelled = (b["callback_data"] for b in buttons if b["text"].casefold() == text.casefold())
    return next(labelled, None)


# Citizens who do not wait


class Post:
    """Posts what many citizens type; whoever takes it is at ``port``."""

    def __init__(self, first_chat: int = FIRST_CHAT) -> None:
        self.acknowledged: Counter[str] = Counter()  # by their text
        self.refused: Counter[bytes] = Counter()  # by their status
        self._waits_s: list[float] = []
        self._letters = _letters(first_chat)
        self._lines: list[_Sender] = []
        self._idle: deque[_Sender] = deque()
        self._late: deque[float] = deque()  # times at which letters should have been posted
        self._flooding = False

    @classmethod
    @asynccontextmanager
    async def open(
        cls, port: int, *, connections: int = CONNECTIONS, first_chat: int = FIRST_CHAT
    ) -> AsyncIterator[Post]:
        """Connected until the end of the block."""
        office, loop = cls(first_chat), asyncio.get_running_loop()
        for _ in range(connections):
            _, line = await loop.create_connection(lambda: _Sender(office, port), HOST, port)
            office._lines.append(line)
        office._idle.extend(office._lines)
        try:
            yield office
        finally:
            for line in office._lines:
                line.leave()

    @asynccontextmanager
    async def flooding(self) -> AsyncIterator[None]:
        """On every connection the next as soon as the last is acknowledged."""
        self._flooding = True
        while self._idle:
            self._send(self._idle.popleft(), time.perf_counter())
        yield
        self._flooding = False
        await self._all_answered()

    async def flood(self, warm_s: float, seconds: float) -> Rate:
        """How many are acknowledged a second, the next as soon as the last is."""
        async with self.flooding():
            return await rate_of(self.acknowledged.total, warm_s, seconds)

    async def offer(self, per_s: int, warm_s: float, seconds: float) -> list[float]:
        """``per_s`` a second, even if they fail; the seconds that each waited, in order."""
        began = time.perf_counter()
        due, count = 0, int(per_s * (warm_s + seconds))
        while due < count:
            now = time.perf_counter()
            while due < count and began + due / per_s <= now:
                at = began + due / per_s
                if self._idle:
                    self._send(self._idle.popleft(), at)
                else:
                    self._late.append(at)
                due += 1
            await asyncio.sleep(0)  # timers have a millisecond; this process has a core to itself
        await self._all_answered()
        return sorted(self._waits_s[int(per_s * warm_s) :])

    def took(self, line: _Sender, status: bytes) -> None:
        """A letter is acknowledged: count it, and go on with the next where one is due."""
        if status != b"200":
            self.refused[status] += 1
        self.acknowledged[line.text] += 1
        if self._flooding:
            self._send(line, time.perf_counter())
            return
        self._waits_s.append(time.perf_counter() - line.at)
        if self._late:
            self._send(line, self._late.popleft())
        else:
            self._idle.append(line)

    def _send(self, line: _Sender, at: float) -> None:
        """Post the next letter, which should have been posted at this time."""
        line.at = at
        line.text, update = next(self._letters)
        line.post(update)

    async def _all_answered(self) -> None:
        for _ in range(int(STUCK_S / 0.02)):
            if self.refused:
                raise Stuck(f"refused: {self.refused}")
            if len(self._idle) == len(self._lines):
                return
            await asyncio.sleep(0.02)
        raise Stuck(f"{len(self._lines) - len(self._idle)} updates were never acknowledged")


class _Sender(_Line):
    text, at = "", 0.0  # what it posted last, and when it should have

    def __init__(self, office: Post, port: int) -> None:
        super().__init__(port)
        self._office = office

    def acknowledged(self, status: bytes) -> None:
        self._office.took(self, status)


def _letters(first: int) -> Iterator[tuple[str, bytes]]:
    """What citizens write, all of it typed, a wave of them by turns."""
    updates = Updates(first)
    while True:
        said = {chat: said_by(chat) for chat in range(first, first + WAVE)}
        for turn in range(TURNS):
            for chat, texts in said.items():
                yield texts[turn], updates.text(chat, 2 * turn + 1, texts[turn])
        first += WAVE
