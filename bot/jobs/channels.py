"""Starts the channels, retries those whose platform is away, then polls or watches them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import structlog
from stamina import retry_context

from bot.channels.opening import OpenChannel
from bot.channels.ports import (
    IntakePort,
    RetryLater,
    Started,
    StartResult,
    Stopped,
    retry_after,
)
from bot.observability.metrics import Metrics
from handlers.errors import PlatformUnready
from handlers.messages import Channel

FIRST_RETRY_S = 1.0  # when a machine boots, the network is often up a moment later
LONGEST_RETRY_S = 30.0
WATCH_S = 60.0

log = structlog.get_logger(__name__)

RunUnder = Callable[[str, Callable[[], Awaitable[None]]], Awaitable[None]]


def poller(channel: Channel) -> str:
    """The name of the lease under which one process polls or watches the channel."""
    return f"{channel}-poller"


class ChannelStarts:
    """Starts every channel. ``results``: of each channel's latest attempt, once there was one."""

    def __init__(self, channels: Mapping[Channel, OpenChannel], metrics: Metrics) -> None:
        self._channels = channels
        self._metrics = metrics
        self._news = asyncio.Condition()
        self.results: dict[Channel, StartResult] = {}

    async def run(self, intake: IntakePort, run_under: RunUnder) -> None:
        """Start each channel, then poll or watch it. ``run_under``: of ``ProcessLeases``."""
        async with asyncio.TaskGroup() as tasks:
            for channel, opened in self._channels.items():
                tasks.create_task(self._keep(channel, opened, intake, run_under))

    async def wait(self, timeout_s: float) -> None:
        """Wait until each channel was tried once. Raises TimeoutError."""
        async with asyncio.timeout(timeout_s), self._news:
            await self._news.wait_for(lambda: len(self.results) == len(self._channels))

    async def _keep(
        self, channel: Channel, opened: OpenChannel, intake: IntakePort, run_under: RunUnder
    ) -> None:
        async for attempt in retry_context(
            on=retry_after,
            attempts=None,
            timeout=None,
            wait_initial=FIRST_RETRY_S,
            wait_max=LONGEST_RETRY_S,
        ):
            with attempt:
                await self._start(channel, opened)
        if opened.poll is not None:
            await run_under(poller(channel), partial(self._poll, channel, opened.poll, intake))
        elif opened.undelivered is not None:
            await run_under(poller(channel), partial(self._watch, channel, opened.undelivered))

    async def _start(self, channel: Channel, opened: OpenChannel) -> None:
        result: StartResult = (
            Started(opened.where) if opened.start is None else await opened.start()
        )
        self._metrics.channel_up.labels(channel.value).set(int(not isinstance(result, Stopped)))
        async with self._news:
            self.results[channel] = result
            self._news.notify_all()
        match result:
            case RetryLater(after, _, code):
                raise PlatformUnready(channel, code, after.total_seconds())
            case Stopped(code):
                raise PlatformUnready(channel, code)
            case _:
                log.info("channel started", channel=channel.value)

    async def _poll(
        self, channel: Channel, poll: Callable[[IntakePort], Awaitable[Stopped]], intake: IntakePort
    ) -> None:
        up = self._metrics.channel_up.labels(channel.value)
        up.set(1)
        stopped = await poll(intake)
        log.error("polling stopped", channel=channel.value, code=stopped.code)
        up.set(0)
        await asyncio.sleep(LONGEST_RETRY_S)

    async def _watch(
        self, channel: Channel, undelivered: Callable[[], Awaitable[str | None]]
    ) -> None:
        """Log and export that a platform cannot deliver, which nothing else here would show.

        Two failing checks in a row count: one may still see what waits after an error that is over.
        """
        before = ""
        while True:
            await asyncio.sleep(WATCH_S)
            why = await undelivered()
            if why is None:
                continue
            if why and before:
                log.error("platform cannot deliver", channel=channel.value, reason=why)
                self._metrics.channel_up.labels(channel.value).set(0)
            elif before:
                self._metrics.channel_up.labels(channel.value).set(1)
            before = why
