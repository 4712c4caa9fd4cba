"""Keeps a channel within the rate that its platform allows."""

from __future__ import annotations

import asyncio


class Pace:
    """At most ``per_second`` sends on average over all processes, a second's worth at once."""

    def __init__(self, per_second: float) -> None:
        """``per_second`` 0: no limit."""
        self._alone = 1 / per_second if per_second else 0.0
        self._step = self._alone
        self._next = 0.0

    def share(self, processes: int) -> None:
        """Keep to an equal part of the limit: ``processes`` of them send on this channel."""
        self._step = self._alone * max(processes, 1)

    async def wait(self) -> None:
        """Until the next send is due; the callers' order is kept."""
        if self._step:
            delay = self.delay(asyncio.get_running_loop().time())
            if delay > 0:
                await asyncio.sleep(delay)

    def delay(self, now: float) -> float:
        """How long, in seconds, the send that is asked for at ``now`` has to wait."""
        self._next = max(self._next, now - 1.0) + self._step
        return max(0.0, self._next - now)
