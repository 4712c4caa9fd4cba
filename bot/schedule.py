"""What happens by the clock: weekly digest and retention; catches up after downtime."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.config import Digest
from handlers.errors import StorageUnavailable
from handlers.quality.weeks import IsoWeek

LOOK_S = 20.0
RETENTION_EVERY = timedelta(hours=6)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

log = structlog.get_logger(__name__)


def last_due(now: datetime, settings: Digest, zone: ZoneInfo) -> tuple[IsoWeek, datetime]:
    """The latest digest that is due: its week (the one before) and the moment it fell due.

    The moment is local wall-clock time, so that daylight saving does not move it; aware, UTC.
    """
    local = now.astimezone(zone)
    days = (local.weekday() - WEEKDAYS.index(settings.weekday)) % 7
    day = local.date() - timedelta(days=days)
    due = datetime.combine(day, settings.time, tzinfo=zone).astimezone(UTC)
    if due > now:  # as moments: an hour that comes twice has the same local times
        day -= timedelta(days=7)
        due = datetime.combine(day, settings.time, tzinfo=zone).astimezone(UTC)
    return IsoWeek.of_day(day).shifted(-1), due


class Schedule:
    """Runs what is due while this process holds the scheduler's lease."""

    def __init__(
        self,
        settings: Digest,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        send_digests: Callable[[IsoWeek, datetime], Awaitable[int]],
        keep_only_what_is_needed: Callable[[], Awaitable[None]],
    ) -> None:
        """``send_digests(week, due)`` sends to all who have not had it, and says to how many."""
        self._settings = settings
        self._zone = zone
        self._clock = clock
        self._send_digests = send_digests
        self._retain = keep_only_what_is_needed
        self._sent: IsoWeek | None = None
        self._retained: datetime | None = None

    async def run(self) -> None:
        """Until cancelled, which is also how a lost lease ends it."""
        while True:
            try:
                await self.look()
            except StorageUnavailable:
                log.warning("schedule waits for the database")
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Do what is due now and has not been done."""
        now = self._clock()
        week, due = last_due(now, self._settings, self._zone)
        if week != self._sent:
            count = await self._send_digests(week, due)
            self._sent = week
            if count:
                log.info("digests sent", week=str(week), count=count)
        if self._retained is None or now - self._retained >= RETENTION_EVERY:
            await self._retain()
            self._retained = now
