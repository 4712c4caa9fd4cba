"""The base of the jobs that remind staff of something with a date."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime

import structlog

from bot.installation import Installation
from handlers.cases.deadlines import calendar_of
from storage.engine.database import Transaction

log = structlog.get_logger(__name__)


class Reminders(ABC):
    """Reminds staff of what is due. ``what``: its name in the log."""

    what: str

    def __init__(self, here: Installation) -> None:
        self._database = here.database
        self._keyring = here.keyring
        self._release = here.release
        self._calendar = calendar_of(here.release.content)
        self._clock = here.clock

    async def run_once(self) -> int:
        """Send what is due now, in working hours; return how many. Raises StorageUnavailable."""
        now = self._clock()
        return await self._notify(now) if self._calendar.is_open(now) else 0

    async def _notify(self, now: datetime) -> int:
        sent = await self._database.write(lambda tx: self._warn(tx, now))
        if sent:
            log.info("staff reminded", of=self.what, count=sent)
        return sent

    @abstractmethod
    def _warn(self, tx: Transaction, now: datetime) -> int:
        """Put the due reminders into inboxes, in the caller's transaction; return how many."""
