"""Incoming events → one committed batch → acknowledgement: the path every message takes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter

import structlog

from bot.channels.characters import storable
from bot.channels.ports import DeliveryReport, ReportState
from bot.observability.metrics import Metrics
from bot.pipeline.batch import INBOX_LIMIT, BatchResult, take_batch
from bot.pipeline.delivery import Delivery
from bot.pipeline.erasure_journal import ErasureJournal
from bot.pipeline.results import STORAGE_DOWN_S
from bot.pipeline.source import BatchContext
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import Channel, Incoming
from storage.engine.database import Database
from storage.outbox import inbox, results
from storage.outbox import quarantine as quarantined
from storage.outbox.quarantine import FailedEvent

MAX_BATCH = 256  # events committed together
MAX_WAITING = 2_000  # events queued; beyond this, channels answer 503
INBOX_POLL_S = 2.0  # other processes add inbox events without notifying this one

log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class _Ticket:
    """Events that one channel submitted together, until their batch is committed."""

    events: Sequence[Incoming]
    done: asyncio.Future[None]


class Intake:
    """Gathers events from the channels and the inbox into batches, each one transaction."""

    def __init__(
        self,
        database: Database,
        context: BatchContext,
        delivery: Delivery,
        metrics: Metrics,
        journal: ErasureJournal,
    ) -> None:
        self._database = database
        self._context = context
        self._delivery = delivery
        self._metrics = metrics
        self.journal = journal
        self._waiting: deque[_Ticket] = deque()
        self._waiting_events = 0
        metrics.queue.set_function(lambda: self._waiting_events)
        self._news = asyncio.Event()
        self._inbox_waits = True
        self._stopping = False
        self._empty = asyncio.Event()
        self._empty.set()

    # What channels call

    async def submit(self, incomings: Sequence[Incoming]) -> None:
        """Return once all ``incomings``, which must be of one channel, are committed.

        Raises StorageUnavailable and Overloaded; an earlier part may be committed by then.
        """
        if not incomings:
            return
        if self.is_full:
            raise Overloaded("too many events are waiting")
        incomings = list(map(storable, incomings))
        self._metrics.received[incomings[0].sender.channel] += len(incomings)
        loop, left = asyncio.get_running_loop(), len(incomings)
        self._count_waiting(left)
        try:
            # One part after another: if one fails, no later part may be committed before its retry.
            for start in range(0, len(incomings), MAX_BATCH):
                ticket = _Ticket(incomings[start : start + MAX_BATCH], loop.create_future())
                left -= len(ticket.events)
                self._waiting.append(ticket)
                self._news.set()
                await ticket.done
        finally:
            if left:
                self._count_waiting(-left)

    async def report(self, reports: Sequence[DeliveryReport]) -> None:
        """Record accepted messages that the platform later failed. Raises StorageUnavailable."""
        failures = [(r.ref, r.code) for r in reports if r.state is ReportState.FAILED]
        if failures:
            mark = partial(results.mark_reported, keyring=self._context.keyring, failures=failures)
            await self._database.write(mark)
            self._metrics.failed[reports[0].channel] += len(failures)

    async def quarantine(self, channel: Channel, event_id: str, raw: bytes, code: str) -> None:
        """Keep an event that could not be decoded, encrypted. Raises StorageUnavailable."""
        failed = FailedEvent(channel, event_id, raw, code)
        keyring, now = self._context.keyring, self._context.clock()
        await self._database.write(
            partial(quarantined.add, keyring=keyring, failed=failed, now=now)
        )
        self._count_quarantined(channel, code)

    @property
    def is_full(self) -> bool:
        """Whether ``submit`` would raise Overloaded now."""
        return self._stopping or self._waiting_events >= MAX_WAITING

    def nudge(self) -> None:
        """Look into the inbox with the next batch."""
        self._inbox_waits = True
        self._news.set()

    async def run(self) -> None:
        """Commit batch after batch until cancelled.

        A batch has a fixed cost worth several events and blocks the event loop, so it waits
        while events keep arriving: one turn of the loop reads the sockets (and writes pending
        acknowledgements), the next one submits what was read.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._poll_inbox())
            while True:
                await self._news.wait()
                self._news.clear()
                while self._waiting or self._inbox_waits:
                    before = -1
                    while before < self._waiting_events < MAX_BATCH:
                        before = self._waiting_events
                        await asyncio.sleep(0)
                        await asyncio.sleep(0)
                    await self._commit(*self._next_batch())

    async def finish(self) -> None:
        """Refuse new events, and wait until those already submitted are committed."""
        self._stopping = True
        await self._empty.wait()

    async def _poll_inbox(self) -> None:
        while True:
            await asyncio.sleep(INBOX_POLL_S)
            self.nudge()

    # One batch

    def _next_batch(self) -> tuple[list[_Ticket], list[Incoming]]:
        """Take as many queued tickets as fit in ``MAX_BATCH``; return them and their events."""
        tickets, events = list[_Ticket](), list[Incoming]()
        while self._waiting and len(events) + len(self._waiting[0].events) <= MAX_BATCH:
            ticket = self._waiting.popleft()
            tickets.append(ticket)
            events += ticket.events
        return tickets, events

    async def _commit(self, tickets: list[_Ticket], events: list[Incoming]) -> None:
        look, self._inbox_waits = self._inbox_waits, False
        try:
            await self._write(events, INBOX_LIMIT if look else 0, tickets)
        except StorageUnavailable as error:
            self._acknowledge(tickets, error)
            if look:  # inbox events stay stored, so look for them again
                await asyncio.sleep(STORAGE_DOWN_S)
                self._inbox_waits = True
        except Exception:  # a bug of ours outside step()
            log.error("batch failed", events=len(events), exc_info=True)
            await self._commit_singly(tickets, look=look)

    async def _write(
        self, events: Sequence[Incoming], inbox_limit: int, tickets: Sequence[_Ticket] = ()
    ) -> bool:
        """Commit the events and up to ``inbox_limit`` inbox events in one transaction.

        ``tickets`` are acknowledged before any reply is sent. Returns whether the inbox may hold
        more events that are due.
        """
        began = perf_counter()
        async with self._delivery.results.writing() as write_results:
            take = partial(take_batch, self._context, write_results, inbox_limit, events)
            taken = await self._database.write(take)
        if taken.erased:
            await self.journal.write_now()
        self._acknowledge(tickets, None)
        self._delivery.offer(taken.rows, taken.addresses)
        if taken.for_inbox:
            self._inbox_waits = True
        # On the next turn of the loop, so that counting delays no acknowledgement and no reply.
        took_s = perf_counter() - began
        asyncio.get_running_loop().call_soon(self._count, taken, took_s)
        return taken.for_inbox

    # When a batch fails: batches of one

    async def _commit_singly(self, tickets: Sequence[_Ticket], *, look: bool) -> None:
        """Commit each event as its own batch, so that only the one that fails is quarantined."""
        try:
            while look and await self._commit_one(None):
                pass
        except StorageUnavailable:
            log.warning("the inbox waits for the database")
        self._inbox_waits = False  # _poll_inbox looks again
        for ticket in tickets:
            error = None
            try:
                # If an event cannot be stored now, later ones of its ticket must not overtake it.
                for event in ticket.events:
                    await self._commit_one(event)
            except StorageUnavailable as unavailable:
                error = unavailable
            self._acknowledge([ticket], error)

    async def _commit_one(self, event: Incoming | None) -> bool:
        """Commit ``event``, or the first inbox event (None), as its own batch.

        Returns whether the inbox may hold more. Raises StorageUnavailable.
        """
        try:
            if event is None:
                return await self._write([], 1)
            return await self._write([event], 0)
        except StorageUnavailable:
            raise
        except Exception as fault:  # a bug of ours, or a body that no key decrypts any more
            await self._quarantine_poison(event, f"fault:{type(fault).__name__}")
            return True

    async def _quarantine_poison(self, event: Incoming | None, code: str) -> None:
        if event is not None:
            raw = quarantined.encoded(event)
            await self.quarantine(event.sender.channel, event.id, raw, code)
            return
        keyring, now = self._context.keyring, self._context.clock()
        channel = await self._database.write(
            partial(inbox.quarantine_first, keyring=keyring, code=code, now=now)
        )
        if channel is not None:
            self._count_quarantined(channel, code)

    # Acknowledging

    def _acknowledge(self, tickets: Sequence[_Ticket], error: Exception | None) -> None:
        for ticket in tickets:
            self._count_waiting(-len(ticket.events))
            if ticket.done.done():  # cancelled: the channel stopped waiting
                continue
            if error is None:
                ticket.done.set_result(None)
            else:
                ticket.done.set_exception(error)

    def _count_waiting(self, more: int) -> None:
        self._waiting_events += more
        if self._waiting_events:
            self._empty.clear()
        else:
            self._empty.set()

    def _count_quarantined(self, channel: Channel, code: str) -> None:
        self._metrics.quarantined[channel] += 1
        log.error("event quarantined", channel=channel.value, code=code)

    def _count(self, taken: BatchResult, took_s: float) -> None:
        metrics = self._metrics
        for counts, channels in (
            (metrics.committed, taken.turns),
            (metrics.duplicate, taken.duplicates),
            (metrics.quarantined, taken.quarantined),
        ):
            for channel in set(channels):
                counts[channel] += channels.count(channel)
        if taken.turns:
            metrics.batch.observe(len(taken.turns))
            metrics.commit_s.observe(took_s)
