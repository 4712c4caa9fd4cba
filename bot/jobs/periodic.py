"""A job that looks again and again whether something is due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import SupportsInt

import structlog

from bot.observability.metrics import Job
from handlers.errors import StorageUnavailable

log = structlog.get_logger(__name__)


async def keep_looking(
    job: Job,
    look: Callable[[], Awaitable[SupportsInt]],
    pause_s: float,
    nudge: Callable[[], None],
    count_failure: Callable[[Job], None],
    *,
    at_a_time: int = 0,
) -> None:
    """Look until cancelled; ``nudge`` is called when a look found something to be told. It returns
    how much that was.

    ``at_a_time``: the most that a look does; after one that did as much there is no pause. 0: a
    look does all that is due.
    """
    while True:
        done = 0
        try:
            done = int(await look())
        except StorageUnavailable:
            log.warning("job waits for the database", job=job.value)
        except Exception as error:  # any fault: it is tried again, and counted
            count_failure(job)
            log.error("job failed", job=job.value, exc_info=error)
        if done:
            nudge()
        if not at_a_time or done < at_a_time:
            await asyncio.sleep(pause_s)
