"""Committed replies → channels: claimed, sent in order, and their results written."""

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

LAST_WRITE_S = 1.0  # for writing, at the end, which replies were not tried

log = structlog.get_logger(__name__)


class Delivery:
    """Sends replies in hand at once, and those that wait in the table as they fall due."""

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
        """Send the rows that are in hand; the others wait their turn in the table."""
        for row in rows:
            if not row.in_hand:  # its contact's earlier reply has to be out first
                self._claimer.note_waiting()
            elif self._has_room_for(row):
                self._sender.send(row, addresses[row.contact_id])
            else:
                self.results.add(row)
                self.results.put_back(row)

    def share_pace(self, processes: int) -> None:
        """Keep to an equal part of each channel's pace, with this number of processes alive."""
        for channel in self._channels.values():
            channel.pace.share(processes)

    def is_paused(self, channel: Channel) -> bool:
        """Whether the platform takes nothing now."""
        return self.results.is_paused(channel)

    def nudge(self) -> None:
        """Something was put into the table."""
        self._claimer.nudge()

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._sender.run())
            tasks.create_task(self.results.run())
            tasks.create_task(self._claimer.run())

    async def finish(self, timeout_s: float) -> None:
        """Claim nothing more and wait until what is in hand is out and its results are written."""
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
