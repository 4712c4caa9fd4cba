"""No breach is forgotten: staff are reminded of its report, and those affected are told."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.jobs.reminders import Reminders
from bot.reports.breaches.breach_words import warning_of
from bot.reports.words.languages import in_each_language
from handlers.privacy.breaches.breach import Breach
from handlers.privacy.breaches.due import warning_due
from storage.engine.database import Transaction
from storage.privacy.breaches import steps, tellings, warnings

log = structlog.get_logger(__name__)


class BreachDates(Reminders):
    """Reminds of breaches at any hour, as their term counts by the clock; goes on with messages."""

    what = "breaches"

    async def look(self) -> int:
        """Send what is due now; returns how many. Raises StorageUnavailable."""
        now = self._clock()
        breaches = await self._database.read(lambda tx: steps.everything(tx, self._keyring))
        sent = 0
        if any(breach.due_at for breach in breaches):
            sent += await self._tell(now)
        for breach in breaches:
            if breach.told is not None:
                sent += await self._pass_on(breach, now)
                await self._follow(breach, now)
        return sent

    def _warn(self, tx: Transaction, now: datetime) -> int:
        count = 0
        for breach in steps.everything(tx, self._keyring):
            step = warning_due(breach, warnings.told(tx, breach), now)
            if step is not None:
                zone = self._release.content.zone
                body = warning_of(breach, step, self._release.panel, zone)
                warnings.tell(tx, self._keyring, breach, step, body, now)
                count += 1
        return count

    async def _pass_on(self, breach: Breach, now: datetime) -> int:
        """Put the message into the inboxes of those who were chosen, a part a transaction."""
        assert breach.told is not None, "asked by the caller"
        place, name = self._release.content.municipality, "breach-news"
        body = in_each_language(self._release, name, municipality=place, words=breach.told.text)
        sent = 0
        while count := await self._database.write(
            lambda tx: tellings.pass_on(tx, self._keyring, breach.number, body, now)
        ):
            sent += count
            log.info("people told of a breach", number=breach.number, count=sent)
        return sent

    async def _follow(self, breach: Breach, now: datetime) -> None:
        moved = await self._database.read(lambda tx: tellings.moved(tx, breach.number, now))
        if moved:
            await self._database.write(lambda tx: tellings.settle(tx, moved))
