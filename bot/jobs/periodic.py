"""Runs a job again and again, for what is due by then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import SupportsInt

import structlog

from bot.observability.metrics import Job
from handlers.errors import StorageUnavailable

log = structlog.get_logger(__name__)


async def run_periodically(
    job: Job,
    run_once: Callable[[], Awaitable[SupportsInt]],
    pause_s: float,
    nudge: Callable[[], None],
    count_failure: Callable[[Job], None],
    *,
    at_a_time: int = 0,
) -> None:
    """Run a job every ``pause_s`` seconds, until cancelled; a failure is logged and counted.

    ``run_once``: returns how much it did; ``nudge`` is called if that is not 0. ``at_a_time``: the
    most that one run does; after a run that did as much there is no pause. 0: one does all that is
    due.
    """
    while True:
        done = 0
        try:
            done = int(await run_once())
        except StorageUnavailable:
            log.warning("job waits for the database", job=job.value)
        except Exception as error:  # any fault: it is tried again, and counted
            count_failure(job)
            log.error("job failed", job=job.value, exc_info=error)
        if done:
            nudge()
        if not at_a_time or done < at_a_time:
            await asyncio.sleep(pause_s)
