"""A job that looks again and again whether something is due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.observability.metrics import Job
from handlers.errors import StorageUnavailable

log = structlog.get_logger(__name__)


async def keep_looking(
    job: Job,
    look: Callable[[], Awaitable[object]],
    pause_s: float,
    nudge: Callable[[], None],
    count_failure: Callable[[Job], None],
) -> None:
    """Look until cancelled; ``nudge`` is called when a look found something to be told."""
    while True:
        try:
            if await look():
                nudge()
        except StorageUnavailable:
            log.warning("job waits for the database", job=job.value)
        except Exception as error:  # any fault: it is tried again, and counted
            count_failure(job)
            log.error("job failed", job=job.value, exc_info=error)
        await asyncio.sleep(pause_s)
