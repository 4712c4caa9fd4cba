"""Keeps a channel within the rate that its platform allows."""

from __future__ import annotations

import asyncio


class Pace:
    """A rate limit shared by all processes: ``per_second`` on average, bursts of one second."""

    def __init__(self, per_second: float) -> None:
        """``per_second`` 0: no limit."""
        self._alone = 1 / per_second if per_second else 0.0
        self._step = self._alone
        self._next = 0.0

    def share(self, processes: int) -> None:
        """Divide the limit by ``processes``, the number of processes that send on this channel."""
        self._step = self._alone * max(processes, 1)

    async def wait(self) -> None:
        """Wait until the next send is allowed; callers are served in order."""
        if self._step:
            delay = self.delay(asyncio.get_running_loop().time())
            if delay > 0:
                await asyncio.sleep(delay)

    def delay(self, now: float) -> float:
        """Reserve the next send; return how many seconds after ``now``, in loop time, it may go."""
        self._next = max(self._next, now - 1.0) + self._step
        return max(0.0, self._next - now)
