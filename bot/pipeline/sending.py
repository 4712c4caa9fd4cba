"""Sends replies: in order per contact, several contacts at once, within the rate limit."""

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

STORAGE_DOWN = timedelta(seconds=5)  # retry after this when a file cannot be read
MAX_WAIT_FOR_SPARE = timedelta(minutes=10)  # then the text goes without its picture
JUST_NOW = timedelta(seconds=10)  # rows read less than this ago may lack an announcement

LoadDocument = Callable[[int, File], Awaitable[Document | None]]
"""Reads the file of a reply to this contact id; None if it no longer exists."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Addressed:
    row: OutboxRow
    address: str


@dataclass(frozen=True, slots=True)
class PacedChannel:
    """A channel and its rate limit."""

    sends: SendPort
    pace: Pace


class OrderedSender:
    """Sends a contact's next reply only once the one before it has a result."""

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
        self._following: dict[int, deque[_Addressed]] = {}  # by contact id, behind one in flight
        self._announced: dict[int, datetime] = {}  # by contact id, since JUST_NOW
        self._ending = False  # out of time: no further send is begun

    def send(self, row: OutboxRow, address: str) -> None:
        """Queue the reply behind the contact's earlier ones."""
        self._results.add(row)
        addressed, contact = _Addressed(row, address), row.contact_id
        if contact in self._following:
            self._following[contact].append(addressed)
        else:
            self._following[contact] = deque()
            self._queues[row.channel].put_nowait(addressed)

    async def run(self) -> None:
        """Send what is queued until cancelled, with ``SENDERS`` tasks per channel."""
        async with asyncio.TaskGroup() as tasks:
            for channel in self._channels:
                for _ in range(SENDERS.get(channel, 2)):
                    tasks.create_task(self._send_all(channel))

    def put_untried_back(self) -> None:
        """Begin no further send; return everything queued to the table for another process."""
        self._ending = True
        for queue in self._queues.values():
            while not queue.empty():
                addressed = queue.get_nowait()
                self._results.put_back(addressed.row)
                self._go_on(addressed.row.contact_id, queue, None)
        for following in self._following.values():  # behind one that is in flight
            self._put_back(following)

    async def _send_all(self, channel: Channel) -> None:
        queue, pace = self._queues[channel], self._channels[channel].pace
        while True:
            addressed = await queue.get()
            await pace.wait()
            outcome = await self._send_one(addressed)
            self._go_on(addressed.row.contact_id, queue, outcome)

    async def _send_one(self, addressed: _Addressed) -> SendOutcome | None:
        """Send one reply and note its result; None if it was returned to the table untried."""
        row = addressed.row
        if self._ending or self._results.is_paused(row.channel):
            self._results.put_back(row)
            return None
        if is_too_old(row, self._clock()):
            outcome: SendOutcome = Held("too-late") if is_kept(row) else Failed("too-late")
            self._results.note(row, outcome)
            return outcome
        file = row.reply.file
        if file is None or row.channel is Channel.WEB:  # the page fetches its file itself
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
        except Exception as error:  # a bug met by one reply must not stop the channel
            log.error("send failed", channel=row.channel.value, error=type(error).__name__)
            return Uncertain("fault")
        if isinstance(outcome, Held) and outcome.ref:
            self._announced[row.contact_id] = now
        return outcome

    def _is_announced(self, row: OutboxRow, now: datetime) -> bool:
        """Whether the contact knows, by an announcement within ``WINDOW``, that replies wait.

        Of two replies claimed together, the second one's row was read before the first was
        announced, so announcements of the last moments are remembered here.
        """
        if self._announced:
            self._announced = {
                contact: at for contact, at in self._announced.items() if now - at < JUST_NOW
            }
        known = row.announced_at is not None and now - row.announced_at < WINDOW
        return known or row.contact_id in self._announced

    def _go_on(
        self, contact: int, queue: asyncio.Queue[_Addressed], outcome: SendOutcome | None
    ) -> None:
        """Queue the contact's next reply, or return all to the table if this one has to wait."""
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
