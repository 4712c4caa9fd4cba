"""Runs the weekly digest and the upkeep jobs on time, catching up after downtime.

A failing job stops neither the others nor the channels: it is logged and retried.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.config import DigestSettings
from bot.observability.metrics import Job
from handlers.errors import StorageUnavailable
from handlers.quality.weeks import IsoWeek

INTERVAL_S = 20.0
RETENTION_EVERY = timedelta(hours=6)
ERASURES_EVERY = timedelta(hours=1)  # plus storage.privacy.erasure.KEEP_ADDRESS: under a day
JOURNAL_S = 5.0
FAILED_FOR = timedelta(minutes=1)  # the first retry; doubles with each failure, up to
FAILED_FOR_MOST = timedelta(minutes=15)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

log = structlog.get_logger(__name__)


def last_due(now: datetime, settings: DigestSettings, zone: ZoneInfo) -> tuple[IsoWeek, datetime]:
    """The latest digest that is due: its week, and the moment it fell due (aware, UTC).

    It falls due in the week after, at a local wall-clock time that daylight saving does not move.
    """
    local = now.astimezone(zone)
    days = (local.weekday() - WEEKDAYS.index(settings.weekday)) % 7
    day = local.date() - timedelta(days=days)
    due = datetime.combine(day, settings.time, tzinfo=zone).astimezone(UTC)
    if due > now:  # compared in UTC, because a local hour can occur twice
        day -= timedelta(days=7)
        due = datetime.combine(day, settings.time, tzinfo=zone).astimezone(UTC)
    return IsoWeek.of_day(day).shifted(-1), due


@dataclass(frozen=True, slots=True)
class _Failed:
    """When a job failed, and how long to wait before it is retried."""

    at: datetime
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Upkeep:
    """A job that runs at the start and then at intervals of ``every``."""

    job: Job
    every: timedelta
    run: Callable[[], Awaitable[None]]


class Schedule:
    """Runs what is due; in the one process that holds the scheduler's lease."""

    def __init__(
        self,
        settings: DigestSettings,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        send_digests: Callable[[IsoWeek, datetime], Awaitable[int]],
        upkeep: Sequence[Upkeep],
        *,
        count_failure: Callable[[Job], None],
    ) -> None:
        """``send_digests(week, due)`` sends to all who have not got it and returns how many."""
        self._settings = settings
        self._zone = zone
        self._clock = clock
        self._send_digests = send_digests
        self._upkeep = upkeep
        self._count_failure = count_failure
        self._failed: dict[Job, _Failed] = {}
        self._sent: IsoWeek | None = None
        self._ran: dict[Job, datetime] = {}

    async def run(self) -> None:
        """Run until cancelled, as when the lease is lost."""
        while True:
            try:
                await self.run_once()
            except StorageUnavailable:
                log.warning("schedule waits for the database")
            await asyncio.sleep(INTERVAL_S)

    async def run_once(self) -> None:
        """Do what is due now. Raises StorageUnavailable."""
        now = self._clock()
        week, due = last_due(now, self._settings, self._zone)
        if week != self._sent:
            await self._try(Job.DIGEST, partial(self._send, week, due))
        for upkeep in self._upkeep:
            ran = self._ran.get(upkeep.job)
            # abs(): after the clock is set back, the job must not wait until it catches up.
            if ran is None or abs(now - ran) >= upkeep.every:
                await self._try(upkeep.job, partial(self._keep_up, upkeep, now))

    async def _send(self, week: IsoWeek, due: datetime) -> None:
        count = await self._send_digests(week, due)
        self._sent = week
        if count:
            log.info("digests sent", week=str(week), count=count)

    async def _keep_up(self, upkeep: Upkeep, now: datetime) -> None:
        await upkeep.run()
        self._ran[upkeep.job] = now

    async def _try(self, job: Job, work: Callable[[], Awaitable[None]]) -> None:
        now, failed = self._clock(), self._failed.get(job)
        # abs(): as above.
        if failed is not None and abs(now - failed.at) < failed.wait:
            return
        try:
            await work()
        except StorageUnavailable:
            raise
        except Exception as error:  # a bug in one job must not stop the others
            wait = min(2 * failed.wait, FAILED_FOR_MOST) if failed else FAILED_FOR
            self._failed[job] = _Failed(now, wait)
            self._count_failure(job)
            log.error("job failed", job=job.value, again_in=str(wait), exc_info=error)
        else:
            self._failed.pop(job, None)


async def keep_erasure_journal(
    write: Callable[[], Awaitable[object]], count_failure: Callable[[Job], None]
) -> None:
    """Write erasures to their journal, so that a restore can repeat them, until cancelled.

    While the disk is full or missing, unwritten erasures wait in the database.
    """
    failing = False
    while True:
        try:
            await write()
        except StorageUnavailable:
            pass  # logged by ProcessLeases.keep_process
        except OSError as error:
            count_failure(Job.ERASURES)
            if not failing:
                log.error("the journal of erasures cannot be written", code=error.errno)
            failing = True
        else:
            if failing:
                log.info("the journal of erasures can be written again")
            failing = False
        await asyncio.sleep(JOURNAL_S)
