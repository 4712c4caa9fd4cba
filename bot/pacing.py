"""Keeps a channel within the rate that its platform allows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Pace:
    """At most ``per_second`` sends on average, a second's worth of them at once."""

    def __init__(self, per_second: float, monotonic: Callable[[], float] | None = None) -> None:
        """``per_second`` 0: no limit."""
        self._step = 1 / per_second if per_second else 0.0
        self._burst_s = 1.0
        self._monotonic = monotonic
        self._next = 0.0

    async def wait(self) -> None:
        """Until the next send is due; the callers' order is kept."""
        if not self._step:
            return
        monotonic = self._monotonic or asyncio.get_running_loop().time
        now = monotonic()
        self._next = max(self._next, now - self._burst_s) + self._step
        if self._next > now:
            await asyncio.sleep(self._next - now)
