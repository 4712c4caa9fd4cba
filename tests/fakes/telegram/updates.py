"""How the fake Telegram hands its updates out: polled and confirmed by offset, or pushed."""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from tests.fakes.telegram.rules import Refused

DEFAULT_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
KEPT = timedelta(hours=24)
PRESS_KEPT = timedelta(seconds=150)


@dataclass
class Update:
    """One update on its way; ``lane`` is what it is delivered in order with."""

    number: int
    content: dict[str, Any]
    at: datetime
    lane: str
    statuses: list[int] = field(default_factory=list)  # what the webhook answered, try by try

    @property
    def kind(self) -> str:
        return next(iter(self.content))

    def body(self) -> dict[str, Any]:
        return {"update_id": self.number, **self.content}


class UpdateQueue(ABC):
    """Updates on their way to the bot.

    ``forward_to``: where the address given to setWebhook (which must be HTTPS) really is.
    """

    _session: aiohttp.ClientSession

    def __init__(self, now: Callable[[], datetime], retry_s: float) -> None:
        self.now = now
        self.forward_to: str | None = None
        self.webhook_url = ""
        self.last_error: dict[str, Any] = {}  # of getWebhookInfo
        self.pending: list[Update] = []
        self._secret = ""
        self._retry_s = retry_s
        self._kinds: tuple[str, ...] = DEFAULT_KINDS
        self._next_update = 731_000_001
        self._lanes: dict[str, deque[Update]] = defaultdict(deque)
        self._changed = asyncio.Condition()
        self._polls = 0
        self._delivering: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def perform(self, method: str, body: bytes) -> object:
        """Do a call that came as the answer to a webhook."""

    @property
    def unconfirmed(self) -> list[int]:
        """Numbers of the updates that the bot has not yet taken."""
        return [update.number for update in self.pending] + [
            update.number for lane in self._lanes.values() for update in lane
        ]

    def restart_numbering(self, number: int) -> None:
        """As after a week of silence: the next update has another number, perhaps a lower one."""
        self._next_update = number

    async def happens(self, content: dict[str, Any], lane: str = "") -> int:
        """An update of this content comes about; returns its number."""
        update = Update(self._next_update, content, self.now(), lane)
        self._next_update += 1
        if update.kind in self._kinds or update.kind not in DEFAULT_KINDS:
            await self._enqueue(update)
        return update.number

    async def repeat(self, number: int, content: dict[str, Any], lane: str = "") -> None:
        """Telegram sends an update once more, as it may after a lost answer."""
        await self._enqueue(Update(number, content, self.now(), lane))

    async def until(self, reached: Callable[[], object], timeout_s: float = 10.0) -> None:
        """Wait until something is so; a test fails when it never is."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: bool(reached()))

    async def all_taken(self, timeout_s: float = 10.0) -> None:
        """Wait until every update is confirmed or acknowledged."""
        await self.until(lambda: not self.unconfirmed, timeout_s)

    async def _enqueue(self, update: Update) -> None:
        if self.webhook_url:
            self._lanes[update.lane].append(update)
            if update.lane not in self._delivering:
                self._delivering.add(update.lane)
                task = asyncio.create_task(self._deliver(update.lane))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        else:
            self.pending.append(update)
        await self._notify()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _deliver(self, name: str) -> None:
        """One lane in order; an update is tried again until the webhook answers 2xx."""
        lane = self._lanes[name]
        while lane and self.webhook_url:
            update = lane[0]
            status, answer = await self._push(update)
            update.statuses.append(status)
            if not 200 <= status < 300:
                await asyncio.sleep(self._retry_s)
                continue
            if answer:
                content = json.loads(answer)
                await self.perform(content.pop("method"), json.dumps(content).encode())
            lane.popleft()
            await self._notify()
        self._delivering.discard(name)
        self.pending += lane  # the webhook was removed meanwhile
        lane.clear()

    async def _push(self, update: Update) -> tuple[int, bytes]:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with self._session.post(
                self.forward_to or self.webhook_url,
                json=update.body(),
                headers=headers,
                timeout=aiohttp.ClientTimeout(60),
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError):
            return 599, b""

    async def _poll(self, offset: int, limit: int, wait_s: float) -> list[dict[str, Any]]:
        """Everything below ``offset`` is confirmed; an older request of two is ended."""
        if self.webhook_url:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._polls += 1
        mine = self._polls
        if offset > 0:
            self.pending = [update for update in self.pending if update.number >= offset]
        await self._notify()
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s), self._changed:
                await self._changed.wait_for(lambda: self._polls != mine or bool(self._kept()))
        if self._polls != mine:
            raise Refused(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        return [update.body() for update in self._kept()[:limit]]

    def _choose(self, kinds: list[str] | None) -> None:
        if kinds is not None:
            self._kinds = tuple(kinds) or DEFAULT_KINDS

    def _kept(self) -> list[Update]:
        """The pending updates that are not too old; presses age faster."""
        now = self.now()
        self.pending = [
            update
            for update in self.pending
            if now - update.at <= (PRESS_KEPT if update.kind == "callback_query" else KEPT)
        ]
        return self.pending
