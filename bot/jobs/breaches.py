"""Reminds staff of breaches to be reported, and tells the people affected."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

import structlog

from bot.installation import Installation
from bot.jobs.breach_counts import AT_A_TIME
from bot.jobs.reminders import Reminders
from bot.reports.breaches.breach_words import warning_of
from bot.reports.words.languages import in_each_language
from handlers.messages import Channel
from handlers.privacy.breaches.breach import Breach
from handlers.privacy.breaches.due import warning_due
from storage.engine import leases
from storage.engine.database import Transaction
from storage.privacy.breaches import counts, messages, steps, warnings
from storage.privacy.breaches.messages import MessageProgress
from storage.privacy.deciding import Reminder

log = structlog.get_logger(__name__)


class BreachDates(Reminders):
    """Reminds of breaches at any hour, because their term is in hours, and sends the messages."""

    what = "breaches"

    def __init__(self, here: Installation, on: Collection[Channel]) -> None:
        """``on``: the channels that are switched on."""
        super().__init__(here)
        self._on = on

    async def run_once(self) -> int:
        """Send what is due now; return how many. Raises StorageUnavailable."""
        now = self._clock()
        breaches = await self._database.read(lambda tx: steps.going_on(tx, self._keyring, now))
        sent = 0
        if any(breach.due_at for breach in breaches):
            sent += await self._notify(now)
        for breach in breaches:
            if breach.told is not None:
                sent += await self._pass_on(breach.number, breach.told.text, now)
                await self._follow(breach, now)
        return sent

    def _warn(self, tx: Transaction, now: datetime) -> int:
        leases.lock_job(tx, "breaches")
        count = 0
        for breach in steps.going_on(tx, self._keyring, now):
            step = warning_due(breach, warnings.sent_warnings(tx, breach), now)
            if step is not None:
                zone = self._release.content.zone
                body = warning_of(breach, step, self._release.panel, zone)
                warnings.notify(tx, self._keyring, breach, Reminder(step, body), now)
                count += 1
        return count

    async def _pass_on(self, number: str, words: str, now: datetime) -> int:
        """Put the message into the inbox of every chosen contact, in parts; return how many."""
        place = self._release.content.municipality
        body = in_each_language(self._release, "breach-news", municipality=place, words=words)
        message = messages.BreachAnnouncement(number, body)

        def pass_on(after: int, tx: Transaction) -> list[int]:
            leases.lock_job(tx, f"breach {number}")
            return messages.pass_on(tx, self._keyring, message, now, after)

        sent = last = 0
        while ids := await self._database.write_part(partial(pass_on, last)):
            sent, last = sent + len(ids), ids[-1]
        if sent:
            log.info("breach messages queued", number=number, count=sent)
        return sent

    async def _follow(self, breach: Breach, now: datetime) -> None:
        """Record which messages were delivered, in parts, and the totals that the page shows."""
        number = breach.number
        moved = await self._database.read(lambda tx: messages.moved(tx, number, now), long=True)
        for start in range(0, len(moved), AT_A_TIME):
            part = moved[start : start + AT_A_TIME]
            await self._database.write_part(partial(messages.settle, rows=part))
        if moved or not breach.is_closed:
            await self._show_progress(breach, now)

    async def _show_progress(self, breach: Breach, now: datetime) -> None:
        def read(tx: Transaction) -> tuple[MessageProgress, MessageProgress]:
            found = messages.progress(tx, breach.number, now, self._on)
            return found, counts.counting_of(tx, breach).progress

        found, shown = await self._database.read(read, long=True)
        if found != shown:
            await self._database.write(lambda tx: counts.store_progress(tx, breach.number, found))
