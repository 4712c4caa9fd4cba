"""Runs a job at intervals."""

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

    ``run_once`` returns how much it did; if that is not 0, ``nudge`` is called. ``at_a_time``: the
    most that one run does, if it is limited; a run that reaches it is followed by the next one
    without a pause.
    """
    while True:
        done = 0
        try:
            done = int(await run_once())
        except StorageUnavailable:
            log.warning("job waits for the database", job=job.value)
        except Exception as error:  # a bug in one job must not stop the others
            count_failure(job)
            log.error("job failed", job=job.value, exc_info=error)
        if done:
            nudge()
        if not at_a_time or done < at_a_time:
            await asyncio.sleep(pause_s)
