"""Counts whom a breach affects and chooses whom to tell, without delaying other writes."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import structlog

from bot.installation import Installation
from handlers.messages import Channel
from handlers.privacy.breaches.breach import Breach
from storage.engine.database import Transaction
from storage.privacy.breaches import affected, counts, steps

INTERVAL_S = 5.0  # the breach's page promises a count "in a moment"
AT_A_TIME = 500  # contacts per transaction, so that none holds up the intake

log = structlog.get_logger(__name__)


class BreachCounts:
    """Counts and chooses for each breach that asks for it; a claim excludes other processes."""

    def __init__(
        self, here: Installation, on: Collection[Channel], at_a_time: int = AT_A_TIME
    ) -> None:
        """``on``: the channels that are switched on."""
        self._database = here.database
        self._keyring = here.keyring
        self._zone = here.release.content.zone
        self._clock = here.clock
        self._on = on
        self._at_a_time = at_a_time

    async def run_once(self) -> int:
        """Do what is due now; return how many contacts were chosen. Raises StorageUnavailable."""
        chosen = 0
        for breach in await self._database.read(self._waiting):
            claim = partial(counts.claim, breach=breach, now=self._clock())
            claimed = await self._database.write(claim)
            if claimed is None:
                continue
            if claimed.must_choose:
                chosen += await self._choose(breach)
            await self._count(breach, claimed.asked)
        return chosen

    def _waiting(self, tx: Transaction) -> list[Breach]:
        found = (steps.find_breach(tx, self._keyring, number) for number in counts.waiting(tx))
        return [breach for breach in found if breach is not None]

    async def _choose(self, breach: Breach) -> int:
        """Choose every contact to be told; after a kill, resumes with those not chosen yet."""
        number, message = breach.number, breach.message
        assert message is not None, "somebody is to be chosen"
        ids = await self._database.read(
            lambda tx: affected.untold(tx, number, message, self._zone, self._on), long=True
        )
        for start in range(0, len(ids), self._at_a_time):
            part = ids[start : start + self._at_a_time]
            choose = partial(counts.choose, number=number, ids=part, now=self._clock())
            await self._database.write_part(choose)
        await self._database.write(lambda tx: counts.end_choosing(tx, number, message))
        log.info("breach recipients chosen", number=number, count=len(ids))
        return len(ids)

    async def _count(self, breach: Breach, asked: int) -> None:
        now = self._clock()
        found = await self._database.read(
            lambda tx: counts.count(tx, breach, self._zone, now, self._on), long=True
        )
        await self._database.write(lambda tx: counts.store_count(tx, breach, found, asked))
