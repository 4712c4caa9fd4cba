"""Updates posted to a webhook as fast as they are acknowledged, or at a rate; a sink."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator

import msgspec

from benchmarks.harness.http1 import Messages, ok, post, post_head
from benchmarks.harness.town import DESK, STUCK_S, WORDS, Stuck
from benchmarks.harness.updates import FIRST_CHAT, Updates
from benchmarks.peers.questions import HOST, PATH, SECRET

CONNECTIONS = 100  # Telegram's own limit for a webhook
WAVE = 2_000  # contacts who write by turns, so that a contact has time to get an answer
TURNS = 4
_SENT = ok(b'{"ok":true,"result":{"message_id":1}}')
_TRUE = ok(b'{"ok":true,"result":true}')
_ME = {"id": 7_000_000_001, "is_bot": True, "first_name": "Opina", "username": "opina_bot"}


class Sink:
    """A Bot API that answers every message with the same bytes and remembers nothing."""

    async def open(self) -> str:
        """Listen; returns its address."""
        self.hooked = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _SinkConnection(self.hooked), HOST, 0)
        return f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        self._server.close()


class _SinkConnection(Messages):
    def __init__(self, hooked: asyncio.Event) -> None:
        super().__init__()
        self._hooked = hooked

    def arrived(self, head: bytes, body: bytes) -> None:  # noqa: ARG002  # Messages'
        method = head.split(b" ", 2)[1].rpartition(b"/")[2]
        if method == b"sendMessage":
            self.write(_SENT)
        elif method == b"getMe":
            self.write(ok(msgspec.json.encode({"ok": True, "result": _ME})))
        else:
            if method == b"setWebhook":
                self._hooked.set()
            self.write(_TRUE)


class Post:
    """Posts what many citizens write; whoever takes it is at ``port``."""

    def __init__(
        self, port: int, *, connections: int = CONNECTIONS, first_chat: int = FIRST_CHAT
    ) -> None:
        self._port = port
        self._connections = connections
        self._head = post_head(PATH, port, {"X-Telegram-Bot-Api-Secret-Token": SECRET})
        self._letters = _letters(first_chat)
        self._idle: deque[_Line] = deque()
        self._late: deque[float] = deque()  # times at which letters should have been posted
        self._closed_loop = False
        self.acknowledged: Counter[str] = Counter()  # by their text
        self.refused: Counter[bytes] = Counter()  # by their status
        self.waits_s: list[float] = []  # from when it should have been posted

    async def open(self) -> None:
        """Connect."""
        loop = asyncio.get_running_loop()
        for _ in range(self._connections):
            _, line = await loop.create_connection(lambda: _Line(self), HOST, self._port)
            self._idle.append(line)

    def close(self) -> None:
        """Close all connections."""
        for line in self._idle:
            line.leave()

    async def flood(self, warm_s: float, seconds: float) -> tuple[float, float]:
        """On every connection the next as soon as the last is acknowledged.

        Returns how many were acknowledged a second, and the share of this process at work.
        """
        self._closed_loop = True
        while self._idle:
            self.send(self._idle.popleft(), time.perf_counter())
        await asyncio.sleep(warm_s)
        began, before, busy = time.perf_counter(), len(self.waits_s), time.process_time()
        await asyncio.sleep(seconds)
        took = time.perf_counter() - began
        found = (len(self.waits_s) - before) / took, (time.process_time() - busy) / took
        self._closed_loop = False
        await self._all_answered()
        return found

    async def up_to(self, count: int, every: int, look: Callable[[int], None]) -> None:
        """Until ``count`` are acknowledged; ``look`` is called after every ``every``."""
        self._closed_loop, seen = True, 0
        while self._idle:
            self.send(self._idle.popleft(), time.perf_counter())
        while seen < count:
            await asyncio.sleep(0.02)
            self.waits_s.clear()  # nobody asks for them, and there are very many
            total = self.acknowledged.total()
            if total // every > seen // every:
                look(total)
            if total == seen and self.refused:
                raise Stuck(f"refused: {self.refused}")
            seen = total
        self._closed_loop = False
        await self._all_answered()

    async def offer(self, per_s: int, warm_s: float, seconds: float) -> list[float]:
        """``per_s`` a second, even if they fail; the seconds that each waited, in order."""
        began = time.perf_counter()
        due, count = 0, int(per_s * (warm_s + seconds))
        while due < count:
            now = time.perf_counter()
            while due < count and began + due / per_s <= now:
                at = began + due / per_s
                if self._idle:
                    self.send(self._idle.popleft(), at)
                else:
                    self._late.append(at)
                due += 1
            await asyncio.sleep(0)  # timers have a millisecond; this process has a core to itself
        await self._all_answered()
        return sorted(self.waits_s[int(per_s * warm_s) :])

    def send(self, line: _Line, at: float) -> None:
        """Post the next letter, which should have been posted at this time."""
        text, update = next(self._letters)
        line.post(text, at, post(self._head, update))

    def took(self, line: _Line, text: str, at: float) -> None:
        """A letter is acknowledged: count it, and go on with the next where one is due."""
        self.acknowledged[text] += 1
        self.waits_s.append(time.perf_counter() - at)
        if self._closed_loop:
            self.send(line, time.perf_counter())
        elif self._late:
            self.send(line, self._late.popleft())
        else:
            self._idle.append(line)

    async def _all_answered(self) -> None:
        for _ in range(int(STUCK_S / 0.02)):
            if self.refused:
                raise Stuck(f"refused: {self.refused}")
            if len(self._idle) == self._connections:
                return
            await asyncio.sleep(0.02)
        raise Stuck(f"{self._connections - len(self._idle)} updates were never acknowledged")


class _Line(Messages):
    """One connection to the webhook."""

    def __init__(self, office: Post) -> None:
        super().__init__()
        self._office = office

    def post(self, text: str, at: float, request: bytes) -> None:
        self._text, self._at = text, at
        self.write(request)

    def arrived(self, head: bytes, body: bytes) -> None:  # noqa: ARG002  # Messages'
        status = head[9:12]
        if status != b"200":
            self._office.refused[status] += 1
        self._office.took(self, self._text, self._at)

    def leave(self) -> None:
        if self.transport is not None:
            self.transport.close()


def _letters(first: int) -> Iterator[tuple[str, bytes]]:
    """What citizens write, all of them typed: the link of a desk, a grade, words, the end."""
    updates = Updates(first)
    while True:
        for turn in range(TURNS):
            for chat in range(first, first + WAVE):
                text = (f"/start {DESK}", str(chat % 7 + 1), WORDS, "Listo")[turn]
                yield text, updates.text(chat, 2 * turn + 1, text)
        first += WAVE
