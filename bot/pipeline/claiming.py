"""Claims replies that wait in the table as they fall due, also those of processes that are gone."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import datetime

from bot.pipeline.results import STORAGE_DOWN_S, Outbox, ResultWriter
from bot.pipeline.sending import OrderedSender
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from storage.contacts import contacts
from storage.engine.database import Transaction
from storage.outbox import outbox, results
from storage.outbox.outbox import OutboxRow, ReplyState

MAX_IN_HAND = 2_000  # replies held in memory; what is beyond waits in the table
CLAIMED = 200  # replies claimed at a time
POLL_S = 1.0  # how often the table is polled when nothing nudges


@dataclass(frozen=True, slots=True)
class _Claimed:
    """Claimed replies with their addresses, pauses of channels, and what became of the replies of
    processes that are gone."""

    rows: list[OutboxRow]
    addresses: dict[int, str]
    pauses: dict[Channel, datetime]
    lost: list[tuple[Channel, ReplyState]]


class Claimer:
    """Watches the table for one process."""

    def __init__(
        self,
        outbox: Outbox,
        channels: frozenset[Channel],
        results: ResultWriter,
        sender: OrderedSender,
    ) -> None:
        self._outbox = outbox
        self._channels = channels
        self._results = results
        self._sender = sender
        self._look = asyncio.Event()
        self._more = False  # replies wait in the table behind those in hand
        self._stopping = False

    def nudge(self) -> None:
        """Something was put into the table."""
        self._look.set()

    def note_waiting(self) -> None:
        """A reply waits in the table until its contact's earlier one is out."""
        self._more = True

    def note_written(self, released: bool) -> None:
        """Results were written: the next replies of these contacts may be waiting."""
        if self._more or released:
            self._look.set()

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping = True

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await self._look.wait()
            self._look.clear()
            if (
                self._stopping
                or self._results.is_unknown
                or len(self._results.in_hand) >= MAX_IN_HAND
            ):
                continue
            claimed = await self._claim()
            if claimed is not None:
                self._hand_over(claimed)

    async def _claim(self) -> _Claimed | None:
        """None: the database did not answer."""
        self._results.claiming = True
        try:
            return await self._outbox.database.write(self._read)
        except StorageUnavailable:
            self._results.note_unknown()
            await asyncio.sleep(STORAGE_DOWN_S)
            return None
        finally:
            self._results.claiming = False
            if self._results.is_unknown:  # it can be settled now
                self._results.wake()

    def _read(self, tx: Transaction) -> _Claimed:
        keyring, owner, now = self._outbox.keyring, self._outbox.owner, self._outbox.clock()
        lost = results.requeue_lost(tx, owner.name, now)
        rows = outbox.claim(tx, keyring, owner, now, CLAIMED, channels=self._channels)
        addresses = contacts.addresses(tx, keyring, [row.contact_id for row in rows])
        return _Claimed(rows, addresses, outbox.paused_until(tx, now), lost)

    def _hand_over(self, claimed: _Claimed) -> None:
        self._results.count_lost(claimed.lost)
        self._results.adopt_pauses(claimed.pauses)
        for row in claimed.rows:
            if row.contact_id in claimed.addresses:
                self._sender.send(row, claimed.addresses[row.contact_id])
            else:  # erased meanwhile
                self._results.add(row)
                self._results.give_up(row, "no-address")
        # Later replies of the same contacts are claimed as soon as these are out.
        self._more = bool(claimed.rows) or (self._more and bool(self._results.in_hand))
        if len(claimed.rows) == CLAIMED:
            self._look.set()
