"""Sends replies in hand: in order for each contact, several contacts at once, within the pace."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.channels.ports import (
    Document,
    Failed,
    Held,
    Outgoing,
    RetryLater,
    SendOutcome,
    SendPort,
    Sent,
    Uncertain,
)
from bot.pipeline.pacing import Pace
from bot.pipeline.results import ResultWriter
from bot.pipeline.retry_policy import is_kept, is_too_old
from handlers.errors import StorageUnavailable
from handlers.messages import WINDOW, Channel, File
from storage.outbox.outbox import OutboxRow

SENDERS = {Channel.TELEGRAM: 32, Channel.WHATSAPP: 32, Channel.WEB: 4, Channel.MAIL: 2}

STORAGE_DOWN = timedelta(seconds=5)
MAX_WAIT_FOR_SPARE = timedelta(minutes=10)  # then the words are sent without their picture
JUST_NOW = timedelta(seconds=10)  # an announcement may not be in the rows that were read since

LoadDocument = Callable[[int, File], Awaitable[Document | None]]
"""Reads the file of a contact's reply; None: there is none any more."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Addressed:
    row: OutboxRow
    address: str


@dataclass(frozen=True, slots=True)
class PacedChannel:
    """A channel, and how fast its platform takes messages."""

    sends: SendPort
    pace: Pace


class OrderedSender:
    """A contact's next reply is sent once the one before it has a result."""

    def __init__(
        self,
        channels: Mapping[Channel, PacedChannel],
        results: ResultWriter,
        clock: Callable[[], datetime],
        documents: LoadDocument,
    ) -> None:
        self._channels = channels
        self._results = results
        self._clock = clock
        self._documents = documents
        self._queues: dict[Channel, asyncio.Queue[_Addressed]] = {
            channel: asyncio.Queue() for channel in channels
        }
        self._following: dict[int, deque[_Addressed]] = {}  # by contacts with a reply on its way
        self._announced: dict[int, datetime] = {}  # contacts that were told just now, and when
        self._ending = False  # nothing more is tried

    def send(self, row: OutboxRow, address: str) -> None:
        """Send it after the contact's earlier replies."""
        self._results.add(row)
        addressed, contact = _Addressed(row, address), row.contact_id
        if contact in self._following:
            self._following[contact].append(addressed)
        else:
            self._following[contact] = deque()
            self._queues[row.channel].put_nowait(addressed)

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for channel in self._channels:
                for _ in range(SENDERS.get(channel, 2)):
                    tasks.create_task(self._send_all(channel))

    def put_untried_back(self) -> None:
        """There is no more time: the next process sends them."""
        self._ending = True
        for queue in self._queues.values():
            while not queue.empty():
                addressed = queue.get_nowait()
                self._results.put_back(addressed.row)
                self._go_on(addressed.row.contact_id, queue, None)
        for following in self._following.values():  # these go out after one that is on its way
            self._put_back(following)

    async def _send_all(self, channel: Channel) -> None:
        queue, pace = self._queues[channel], self._channels[channel].pace
        while True:
            addressed = await queue.get()
            await pace.wait()
            outcome = await self._send_one(addressed)
            self._go_on(addressed.row.contact_id, queue, outcome)

    async def _send_one(self, addressed: _Addressed) -> SendOutcome | None:
        """None: it was not tried, and waits in the table."""
        row = addressed.row
        if self._ending or self._results.is_paused(row.channel):
            self._results.put_back(row)
            return None
        if is_too_old(row, self._clock()):
            outcome: SendOutcome = Held("too-late") if is_kept(row) else Failed("too-late")
            self._results.note(row, outcome)
            return outcome
        file = row.reply.file
        if file is None or row.channel is Channel.WEB:  # the page asks for it
            outcome = await self._try(addressed, None)
        else:
            outcome = await self._send_with(file, addressed)
        self._results.note(row, outcome)
        return outcome

    async def _send_with(self, file: File, addressed: _Addressed) -> SendOutcome:
        row = addressed.row
        if file.spare and self._clock() - row.created_at > MAX_WAIT_FOR_SPARE:
            return await self._try(addressed, None)
        try:
            document = await self._documents(row.contact_id, file)
        except StorageUnavailable:
            return RetryLater(STORAGE_DOWN, code="storage")
        if document is None and not file.spare:
            return Failed("no-file")
        outcome = await self._try(addressed, document)
        if file.spare and document is not None and isinstance(outcome, Failed):
            log.warning("picture refused", channel=row.channel.value, code=outcome.code)
            return await self._try(addressed, None)
        return outcome

    async def _try(self, addressed: _Addressed, document: Document | None) -> SendOutcome:
        row, now = addressed.row, self._clock()
        last = row.last_incoming_at
        outgoing = Outgoing(
            address=addressed.address,
            reply=row.reply,
            closes_ref=row.closes_ref,
            within_window=last is not None and now - last < WINDOW,
            announced=self._is_announced(row, now),
            document=document,
        )
        try:
            outcome = await self._channels[row.channel].sends.send(outgoing)
        except Exception as error:  # a fault of ours in one reply must not stop the channel
            log.error("send failed", channel=row.channel.value, error=type(error).__name__)
            return Uncertain("fault")
        if isinstance(outcome, Held) and outcome.ref:
            self._announced[row.contact_id] = now
        return outcome

    def _is_announced(self, row: OutboxRow, now: datetime) -> bool:
        """Whether they were told within the day; of two answers at once the second one's row was
        read before the first was announced."""
        if self._announced:
            self._announced = {
                contact: at for contact, at in self._announced.items() if now - at < JUST_NOW
            }
        known = row.announced_at is not None and now - row.announced_at < WINDOW
        return known or row.contact_id in self._announced

    def _go_on(
        self, contact: int, queue: asyncio.Queue[_Addressed], outcome: SendOutcome | None
    ) -> None:
        """The contact's next reply in hand; it waits in the table where this one must wait."""
        following = self._following[contact]
        if not isinstance(outcome, Sent | Failed | Held):
            self._put_back(following)
        if following:
            queue.put_nowait(following.popleft())
        else:
            del self._following[contact]

    def _put_back(self, following: deque[_Addressed]) -> None:
        for addressed in following:
            self._results.put_back(addressed.row)
        following.clear()
