"""Gathers delivery results and writes them with the next batch of turns, or on their own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import assert_never

import structlog

from bot.channels.ports import SendOutcome
from bot.observability.metrics import Metrics
from bot.pipeline.retry_policy import Accepted, GiveUp, Hold, Retry, RetryOnce, decide
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.outbox import results
from storage.outbox.outbox import OutboxRow, ReplyState
from storage.outbox.results import DeliveryResults

LINGER_S = 0.05  # how long results wait for a batch whose transaction they can share
STORAGE_DOWN_S = 1.0
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outbox:
    """The table of replies; ``owner`` is the name and epoch under which this process claims."""

    database: Database
    keyring: Keyring
    owner: Owner
    clock: Callable[[], datetime]


class ResultWriter:
    """Tracks the replies that this process has in hand, and writes their results."""

    def __init__(self, outbox: Outbox, metrics: Metrics) -> None:
        self._outbox = outbox
        self._metrics = metrics
        self.in_hand: set[tuple[int, int]] = set()  # (contact id, seq) until the result is written
        self._pending = DeliveryResults()
        self._in_flight = DeliveryResults()  # being written by an open transaction
        self._writing = asyncio.Lock()
        self._paused_until: dict[Channel, datetime] = {}
        self._arrived = asyncio.Event()
        self._immediately = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        # After a commit without an answer the table may name us as owner of replies unknown here.
        self._unknown = False
        self.claiming = False  # a claim is open: what it will add is not in ``in_hand`` yet
        self.written: Callable[[bool], None] = lambda _released: None

    # Replies in hand

    @property
    def is_unknown(self) -> bool:
        """Whether a commit's answer was lost; nothing is claimed until a write settles it."""
        return self._unknown

    def add(self, row: OutboxRow) -> None:
        """Note that this process has the reply in hand."""
        self.in_hand.add((row.contact_id, row.seq))
        self._idle.clear()

    def is_requeued(self, contact_id: int) -> bool:
        """Whether a reply to the contact goes back to the table, so later ones must follow it."""
        return contact_id in self._pending.requeued or contact_id in self._in_flight.requeued

    async def wait_until_idle(self) -> None:
        """Return once every reply in hand has a written result."""
        await self._idle.wait()

    # Results

    def note(self, row: OutboxRow, outcome: SendOutcome) -> None:
        """Record what the platform answered, to be written soon."""
        decision = decide(row, outcome, self._outbox.clock())
        match decision.result:
            case Accepted(ref):
                self._pending.sent.append((row, ref))
                self._count_arrival(row)
            case Retry(after, code):
                self._pending.retry.append((row, after, code))
                self._pending.requeued.add(row.contact_id)
                self._metrics.retried[row.channel] += 1
            case RetryOnce(code):
                self._pending.uncertain.append((row, code))
                self._pending.requeued.add(row.contact_id)
                self._metrics.uncertain[row.channel] += 1
                if row.repeated:  # this was the one repetition, so it is given up
                    self._count_failure(row.channel, code)
            case Hold(code, ref):
                self._pending.held.append((row, code, ref))
                if code:
                    self._count_failure(row.channel, code)
            case GiveUp(code):
                self.give_up(row, code)
            case _:
                assert_never(decision.result)
        if isinstance(decision.result, Hold | GiveUp) and decision.result.unreachable:
            self._pending.unreachable.append(row.contact_id)
        if decision.pause is not None:
            self._pause(row.channel, decision.pause)
        if decision.out_of_order:
            self._metrics.channel_up.labels(row.channel.value).set(0)
            code = getattr(outcome, "code", "")
            log.error("channel out of order", channel=row.channel.value, code=code)
        self._arrived.set()

    def give_up(self, row: OutboxRow, code: str) -> None:
        """Record that the reply will never be sent."""
        self._pending.failed.append((row, code))
        self._count_failure(row.channel, code)
        self._arrived.set()

    def put_back(self, row: OutboxRow) -> None:
        """Return the reply, untried, to the table."""
        self._pending.released.append(row)
        self._pending.requeued.add(row.contact_id)
        self._arrived.set()

    def count_lost(self, lost: Iterable[tuple[Channel, ReplyState]]) -> None:
        """Count the replies of dead processes, of which it is unknown whether they arrived."""
        for channel, state in lost:
            self._metrics.uncertain[channel] += 1
            if state is ReplyState.FAILED:
                self._count_failure(channel, "owner-lost")

    # Paused channels

    def is_paused(self, channel: Channel) -> bool:
        """Whether the channel is paused now."""
        until = self._paused_until.get(channel)
        return until is not None and self._outbox.clock() < until

    def adopt_pauses(self, pauses: Mapping[Channel, datetime]) -> None:
        """Adopt the pauses that other processes stored."""
        self._paused_until.update(pauses)

    def _pause(self, channel: Channel, wait: timedelta) -> None:
        until = max(self._outbox.clock() + wait, self._paused_until.get(channel, _LONG_AGO))
        self._paused_until[channel] = self._pending.pauses[channel] = until

    # Writing

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Callable[[Transaction], None]]:
        """Lend the caller a function that writes the results so far in its transaction.

        If the block raises, they are kept for the next write. One block at a time: otherwise a
        transaction could see a reply as in flight that another, uncommitted, puts back.
        """
        async with self._writing:
            taken = self._in_flight = self._pending
            self._pending = DeliveryResults()
            known = None
            if self._unknown and not self.claiming:
                known = frozenset(self.in_hand)
            try:
                yield partial(self._write, taken, known)
            except BaseException:  # cancelled too: it is unknown whether it was committed
                self._in_flight = DeliveryResults()
                self._unknown = True
                self._pending.prepend(taken)
                self._arrived.set()
                raise
            self._in_flight = DeliveryResults()
            if known is not None:
                self._unknown = False
        for row in taken.rows():
            self.in_hand.discard((row.contact_id, row.seq))
        if not self.in_hand:
            self._idle.set()
        self.written(bool(taken.released) or known is not None)

    async def run(self) -> None:
        """Write the results that no batch took along, until cancelled."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LINGER_S):
                    await self._immediately.wait()
            if not (self._pending or self._unknown):
                continue
            try:
                async with self.writing() as write:
                    await self._outbox.database.write(write)
            except StorageUnavailable:
                await asyncio.sleep(STORAGE_DOWN_S)
                self._arrived.set()

    def write_immediately(self) -> None:
        """Write results without waiting for a batch from now on: the process is stopping."""
        self._immediately.set()

    def note_unknown(self) -> None:
        """Record that the answer to a claim was lost."""
        self._unknown = True

    def wake(self) -> None:
        """Check for something to write."""
        self._arrived.set()

    def _write(
        self,
        taken: DeliveryResults,
        known: frozenset[tuple[int, int]] | None,
        tx: Transaction,
    ) -> None:
        if known is not None:
            results.release_unknown(tx, self._outbox.owner, known)
        results.record_results(tx, self._outbox.keyring, taken, self._outbox.clock())

    # Counting

    def _count_arrival(self, row: OutboxRow) -> None:
        now = self._outbox.clock()
        self._metrics.sent[row.channel] += 1
        self._metrics.lag_s.observe(max(0.0, (now - row.created_at).total_seconds()))
        until = self._paused_until.get(row.channel)
        if until is not None and until <= now:  # a send begun before the pause proves nothing
            del self._paused_until[row.channel]
            self._metrics.channel_up.labels(row.channel.value).set(1)

    def _count_failure(self, channel: Channel, code: str) -> None:
        self._metrics.failed[channel] += 1
        log.warning("reply given up", channel=channel.value, code=code)
