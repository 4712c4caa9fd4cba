"""Claims due replies from the outbox table, including those of processes that died."""

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
from storage.outbox.outbox import OutboxRow, ReplyState, SendingProcess

MAX_IN_HAND = 2_000  # replies held in memory; the rest wait in the table
CLAIM_SIZE = 200  # replies claimed in one transaction
POLL_S = 1.0  # longest time between two looks at the table


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What one look at the outbox table found."""

    rows: list[OutboxRow]
    addresses: dict[int, str]  # by contact id; an erased contact has none
    pauses: dict[Channel, datetime]  # until when a paused channel sends nothing
    lost: list[tuple[Channel, ReplyState]]  # replies of dead processes, and their new state


class Claimer:
    """Polls the outbox table for one process and hands what it claims to the sender."""

    def __init__(
        self,
        outbox: Outbox,
        channels: frozenset[Channel],
        results: ResultWriter,
        sender: OrderedSender,
    ) -> None:
        self._outbox = outbox
        self._process = SendingProcess(outbox.owner, channels)
        self._results = results
        self._sender = sender
        self._look = asyncio.Event()
        self._more = False  # the table holds replies that wait for one in hand
        self._stopping = False

    def nudge(self) -> None:
        """Look at the table now instead of at the next poll."""
        self._look.set()

    def note_waiting(self) -> None:
        """Look again once results are written: a reply waits for its contact's earlier one."""
        self._more = True

    def note_written(self, released: bool) -> None:
        """Look again if the results written may have made other replies due."""
        if self._more or released:
            self._look.set()

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping = True

    async def run(self) -> None:
        """Claim and hand over until cancelled."""
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
        """None if the database did not answer: the claim may or may not be committed."""
        self._results.claiming = True
        try:
            return await self._outbox.database.write(self._read)
        except StorageUnavailable:
            self._results.note_unknown()
            await asyncio.sleep(STORAGE_DOWN_S)
            return None
        finally:
            self._results.claiming = False
            if self._results.is_unknown:  # with no claim open, the writer can settle it
                self._results.wake()

    def _read(self, tx: Transaction) -> _Claimed:
        keyring, now = self._outbox.keyring, self._outbox.clock()
        lost = results.requeue_lost(tx, self._process.owner.name, now)
        rows = outbox.claim(tx, keyring, self._process, now, CLAIM_SIZE)
        addresses = contacts.addresses(tx, keyring, [row.contact_id for row in rows])
        return _Claimed(rows, addresses, outbox.paused_until(tx, now), lost)

    def _hand_over(self, claimed: _Claimed) -> None:
        self._results.count_lost(claimed.lost)
        self._results.adopt_pauses(claimed.pauses)
        for row in claimed.rows:
            if row.contact_id in claimed.addresses:
                self._sender.send(row, claimed.addresses[row.contact_id])
            else:  # the contact was erased meanwhile
                self._results.add(row)
                self._results.give_up(row, "no-address")
        # One reply per contact is claimed at a time; the next ones become due with these results.
        self._more = bool(claimed.rows) or (self._more and bool(self._results.in_hand))
        if len(claimed.rows) == CLAIM_SIZE:
            self._look.set()
