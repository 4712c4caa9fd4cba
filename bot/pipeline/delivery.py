"""Sends committed replies over their channels, in order per contact, and records the results."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Mapping

import structlog

from bot.observability.metrics import Metrics
from bot.pipeline.claiming import MAX_IN_HAND, Claimer
from bot.pipeline.results import Outbox, ResultWriter
from bot.pipeline.sending import LoadDocument, OrderedSender, PacedChannel
from handlers.messages import Channel
from storage.outbox.outbox import OutboxRow

LAST_WRITE_S = 1.0  # at shutdown, for returning unsent replies to the table

log = structlog.get_logger(__name__)


class Delivery:
    """Sends the replies of new batches at once, and those in the outbox table as they fall due."""

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[Channel, PacedChannel],
        documents: LoadDocument,
        metrics: Metrics,
    ) -> None:
        self._channels = channels
        self.results = ResultWriter(outbox, metrics)
        self._sender = OrderedSender(channels, self.results, outbox.clock, documents)
        self._claimer = Claimer(outbox, frozenset(channels), self.results, self._sender)
        self.results.written = self._claimer.note_written
        self._stopping = False

    def offer(self, rows: Iterable[OutboxRow], addresses: Mapping[int, str]) -> None:
        """Send the rows with ``in_hand``; the others are claimed from the table later.

        ``addresses``: by contact id. A row that there is no room for goes back to the table.
        """
        for row in rows:
            if not row.in_hand:  # an earlier reply to the contact has no result yet
                self._claimer.note_waiting()
            elif self._has_room_for(row):
                self._sender.send(row, addresses[row.contact_id])
            else:
                self.results.add(row)
                self.results.put_back(row)

    def share_pace(self, processes: int) -> None:
        """Divide each channel's rate limit by the number of live ``processes``."""
        for channel in self._channels.values():
            channel.pace.share(processes)

    def is_paused(self, channel: Channel) -> bool:
        """Whether nothing is sent on the channel now, because its platform refuses everything."""
        return self.results.is_paused(channel)

    def nudge(self) -> None:
        """Look at the outbox table now instead of at the next poll."""
        self._claimer.nudge()

    async def run(self) -> None:
        """Send, claim and write results until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._sender.run())
            tasks.create_task(self.results.run())
            tasks.create_task(self._claimer.run())

    async def finish(self, timeout_s: float) -> None:
        """Stop claiming; wait until every reply in hand has a written result.

        After ``timeout_s`` those not yet tried go back to the table for another process.
        """
        self._stopping = True
        self._claimer.stop()
        self.results.write_immediately()
        try:
            async with asyncio.timeout(timeout_s):
                await self.results.wait_until_idle()
        except TimeoutError:
            self._sender.put_untried_back()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WRITE_S):
                    await self.results.wait_until_idle()
            log.warning("stopped with replies in flight", count=len(self.results.in_hand))

    def _has_room_for(self, row: OutboxRow) -> bool:
        if self._stopping or len(self.results.in_hand) >= MAX_IN_HAND:
            return False
        return row.channel in self._channels and not self.results.is_requeued(row.contact_id)
