"""An intake that remembers what channels hand it, and can be out of order for a while."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.ports import DeliveryReport
from handlers.messages import Body, Channel, Incoming


class FakeIntake:
    """Drops duplicates as the real one does. ``troubles``: raised in turn, one a call."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.stored: list[Incoming] = []
        self.batches: list[list[str]] = []  # the ids of each submit, duplicates too
        self.reports: list[DeliveryReport] = []
        self.set_asides: list[tuple[Channel, str, bytes, str]] = []

    @property
    def bodies(self) -> list[Body]:
        return [incoming.body for incoming in self.stored]

    async def submit(self, incomings: Sequence[Incoming]) -> None:
        self._trouble()
        self.batches.append([incoming.id for incoming in incomings])
        for incoming in incomings:
            if incoming.id not in {stored.id for stored in self.stored}:
                self.stored.append(incoming)

    async def report(self, reports: Sequence[DeliveryReport]) -> None:
        self._trouble()
        self.reports += reports

    async def quarantine(self, channel: Channel, event_id: str, raw: bytes, code: str) -> None:
        self._trouble()
        self.set_asides.append((channel, event_id, raw, code))

    def _trouble(self) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
