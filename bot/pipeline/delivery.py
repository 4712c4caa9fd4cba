"""Committed replies → channels: in order for each contact, paced, repeated when refused."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.channels.ports import (
    Failed,
    Outgoing,
    SendOutcome,
    Sends,
    Sent,
    Uncertain,
)
from bot.observability.metrics import Metrics
from bot.pipeline.delivery_results import Outcomes
from bot.pipeline.pacing import Pace
from bot.pipeline.retry_policy import Verdicts
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from storage.contacts import contacts
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.outbox import outbox, results
from storage.outbox.outbox import Holder, OutboxRow, State

IN_HAND = 2_000  # replies held in memory; what is beyond waits in the table
CLAIMED = 200  # replies taken from the table at a time
SENDERS = {Channel.TELEGRAM: 32, Channel.WHATSAPP: 32, Channel.WEB: 4, Channel.MAIL: 2}
LINGER_S = 0.05  # what became of replies waits so long for a turn's transaction to take it along
LOOK_S = 1.0  # how often the table is looked at when nothing nudges
WINDOW = timedelta(hours=24)  # how long after their last message a contact may be written freely
LAST_WORD_S = 1.0  # for writing, at the end, which replies were not tried
STORAGE_DOWN_S = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which process this is: the owner of what it has in hand, and of which lease."""

    owner: str
    epoch: int
    shard: int = 0


@dataclass(frozen=True, slots=True)
class _Parcel:
    row: OutboxRow
    address: str


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What is due, where it goes, which channels any process was told to leave alone, and what
    became of the replies of processes that are gone."""

    rows: list[OutboxRow]
    addresses: dict[int, str]
    pauses: dict[Channel, datetime]
    lost: list[tuple[Channel, State]]


class Settling:
    """The time from when a transaction takes outcomes along until it is known to be written."""

    __slots__ = ("_begin", "_end")

    def __init__(
        self, begin: Callable[[], Awaitable[Outcomes]], end: Callable[[bool], None]
    ) -> None:
        self._begin = begin
        self._end = end

    async def __aenter__(self) -> Outcomes:
        return await self._begin()

    async def __aexit__(self, kind: object, *_: object) -> None:
        self._end(kind is None)


class Delivery:
    """Sends what is in hand at once, and what waits in the table as it falls due."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        channels: Mapping[Channel, Sends],
        identity: Identity,
        *,
        metrics: Metrics,
        clock: Callable[[], datetime],
        paces: Mapping[Channel, Pace],
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._channels = channels
        self._identity = identity
        self._clock = clock
        self._paces = paces
        self._queues: dict[Channel, asyncio.Queue[_Parcel]] = {
            channel: asyncio.Queue() for channel in channels
        }
        # (contact, seq) of the replies whose fate is not yet written.
        self._held: set[tuple[int, int]] = set()
        self._in_doubt = False  # a commit's answer was lost: the table may know of more
        self._claiming = False
        self._following: dict[int, deque[_Parcel]] = {}  # by contacts with a reply on its way
        self._verdicts = Verdicts(metrics, clock)
        self._being_written = Outcomes()
        self._settles = asyncio.Lock()
        self._news = asyncio.Event()
        self._hurry = asyncio.Event()
        self._look = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._wait_in_table = False
        self._stopping = False
        self._ending = False  # nothing more is tried

    def offer(self, rows: Iterable[OutboxRow], addresses: Mapping[int, str]) -> None:
        """Send the rows that are in hand; the others wait their turn in the table."""
        for row in rows:
            if not row.in_hand:  # its contact's earlier reply has to be out first
                self._wait_in_table = True
            elif self._has_room_for(row):
                self._hold(_Parcel(row, addresses[row.contact_id]))
            else:
                self._held.add((row.contact_id, row.seq))
                self._idle.clear()
                self._put_back(row)

    def settling(self) -> Settling:
        """What became of replies so far, for the caller to write; it is kept if that fails.

        One at a time, so that no transaction sees a reply as on its way which another one, that
        is not yet committed, puts back.
        """
        return Settling(self._begin_settling, self._end_settling)

    def share_pace(self, processes: int) -> None:
        """Keep to an equal part of each channel's pace: so many processes are alive."""
        for pace in self._paces.values():
            pace.share(processes)

    def is_paused(self, channel: Channel) -> bool:
        """Whether the platform takes nothing now."""
        return self._verdicts.is_paused(channel)

    def nudge(self) -> None:
        """Something was put into the table."""
        self._look.set()

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for channel in self._channels:
                for _ in range(SENDERS.get(channel, 2)):
                    tasks.create_task(self._send_all(channel))
            tasks.create_task(self._write_outcomes())
            tasks.create_task(self._watch_table())

    async def finish(self, timeout_s: float) -> None:
        """Take nothing more from the table and wait until what is in hand is out and noted."""
        self._stopping = True
        self._hurry.set()
        try:
            async with asyncio.timeout(timeout_s):
                await self._idle.wait()
        except TimeoutError:
            self._put_untried_back()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORD_S):
                    await self._idle.wait()
            log.warning("replies left in hand", count=len(self._held))

    # Sending

    def _has_room_for(self, row: OutboxRow) -> bool:
        if self._stopping or len(self._held) >= IN_HAND or row.channel not in self._channels:
            return False
        contact = row.contact_id
        return not (
            self._verdicts.outcomes.holds_up(contact) or self._being_written.holds_up(contact)
        )

    def _hold(self, parcel: _Parcel) -> None:
        contact = parcel.row.contact_id
        self._held.add((contact, parcel.row.seq))
        self._idle.clear()
        if contact in self._following:  # an earlier one is on its way: order holds
            self._following[contact].append(parcel)
        else:
            self._following[contact] = deque()
            self._queues[parcel.row.channel].put_nowait(parcel)

    async def _send_all(self, channel: Channel) -> None:
        sends, queue, pace = self._channels[channel], self._queues[channel], self._paces[channel]
        while True:
            parcel = await queue.get()
            await pace.wait()
            outcome: SendOutcome | None = None
            if self._ending or self.is_paused(channel):
                self._put_back(parcel.row)
            elif self._verdicts.is_too_old(parcel.row):
                self._verdicts.give_up(parcel.row, "too-late")
                outcome = Failed("too-late")
            else:
                outcome = await self._send(sends, parcel)
                self._verdicts.note(parcel.row, outcome)
            self._news.set()
            self._go_on_with(parcel.row.contact_id, queue, outcome)

    def _put_back(self, row: OutboxRow) -> None:
        """Let it wait in the table, untried."""
        self._verdicts.outcomes.released.append(row)
        self._news.set()

    def _put_untried_back(self) -> None:
        """There is no more time: let the next process send them."""
        self._ending = True
        for queue in self._queues.values():
            while not queue.empty():
                parcel = queue.get_nowait()
                self._put_back(parcel.row)
                self._go_on_with(parcel.row.contact_id, queue, None)
        for following in self._following.values():  # these go out after one that is on its way
            for parcel in following:
                self._put_back(parcel.row)
            following.clear()

    def _go_on_with(
        self, contact: int, queue: asyncio.Queue[_Parcel], outcome: SendOutcome | None
    ) -> None:
        """The contact's next reply in hand; it waits in the table where this one must wait."""
        following = self._following[contact]
        if not isinstance(outcome, Sent | Failed):
            for parcel in following:
                self._put_back(parcel.row)
            following.clear()
        if following:
            queue.put_nowait(following.popleft())
        else:
            del self._following[contact]

    async def _send(self, sends: Sends, parcel: _Parcel) -> SendOutcome:
        last = parcel.row.last_incoming_at
        outgoing = Outgoing(
            address=parcel.address,
            reply=parcel.row.reply,
            closes_ref=parcel.row.closes_ref,
            within_window=last is not None and self._clock() - last < WINDOW,
        )
        try:
            return await sends.send(outgoing)
        except Exception as error:  # a fault of ours in one reply must not stop the channel
            log.error("send failed", channel=parcel.row.channel.value, error=type(error).__name__)
            return Uncertain("fault")

    # What became of it

    async def _begin_settling(self) -> Outcomes:
        await self._settles.acquire()
        outcomes = self._being_written = self._verdicts.outcomes
        self._verdicts.outcomes = Outcomes()
        if self._in_doubt and not self._claiming:  # what is being claimed is not known yet
            holder = Holder(self._identity.owner, self._identity.epoch)
            outcomes.doubt = (holder, frozenset(self._held))
        return outcomes

    def _end_settling(self, written: bool) -> None:
        outcomes, self._being_written = self._being_written, Outcomes()
        self._settles.release()
        if not written:
            self._in_doubt = True
            self._verdicts.outcomes.put_before(outcomes)
            self._news.set()
            return
        if outcomes.doubt is not None:
            self._in_doubt = False
            self._look.set()
        if outcomes:
            self._held.difference_update([(row.contact_id, row.seq) for row in outcomes.rows()])
        if self._wait_in_table or outcomes.released:
            self._look.set()  # the next reply of these contacts may be waiting
        if not self._held:
            self._idle.set()

    async def _write_outcomes(self) -> None:
        """Those that no turn's transaction took along."""
        while True:
            await self._news.wait()
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LINGER_S):
                    await self._hurry.wait()
            if not (self._verdicts.outcomes or self._in_doubt):
                continue
            try:
                async with self.settling() as outcomes:
                    write = partial(outcomes.write, keyring=self._keyring, now=self._clock())
                    await self._database.write(write)
            except StorageUnavailable:
                await asyncio.sleep(STORAGE_DOWN_S)
                self._news.set()

    # The table

    async def _watch_table(self) -> None:
        while True:
            try:
                async with asyncio.timeout(LOOK_S):
                    await self._look.wait()
            except TimeoutError:
                pass
            self._look.clear()
            if self._stopping or self._in_doubt or len(self._held) >= IN_HAND:
                continue
            self._claiming = True
            try:
                claimed = await self._database.write(self._claim)
            except StorageUnavailable:
                self._in_doubt = True
                await asyncio.sleep(STORAGE_DOWN_S)
                continue
            finally:
                self._claiming = False
                if self._in_doubt:  # it can be settled now
                    self._news.set()
            self._verdicts.count_lost(claimed.lost)
            self._verdicts.learn_pauses(claimed.pauses)
            self._offer_claimed(claimed.rows, claimed.addresses)
            # What waits behind these is looked for as soon as they are out.
            self._wait_in_table = bool(claimed.rows) or (self._wait_in_table and bool(self._held))
            if len(claimed.rows) == CLAIMED:
                self._look.set()

    def _claim(self, tx: Transaction) -> _Claimed:
        now = self._clock()
        lost = results.requeue_lost(tx, self._identity.owner, now)
        me = Holder(self._identity.owner, self._identity.epoch)
        rows = outbox.claim(tx, self._keyring, me, now, CLAIMED, channels=self._channels)
        addresses = contacts.addresses(tx, self._keyring, [row.contact_id for row in rows])
        return _Claimed(rows, addresses, outbox.paused_until(tx, now), lost)

    def _offer_claimed(self, rows: Sequence[OutboxRow], addresses: Mapping[int, str]) -> None:
        for row in rows:
            if row.contact_id in addresses:
                self._hold(_Parcel(row, addresses[row.contact_id]))
            else:  # erased meanwhile
                self._held.add((row.contact_id, row.seq))
                self._idle.clear()
                self._verdicts.give_up(row, "no-address")
                self._news.set()
