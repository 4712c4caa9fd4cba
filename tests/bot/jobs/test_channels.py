"""Channels are started at once, tried until their platform is there, and polled by one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.channels.opening import OpenChannel
from bot.channels.ports import IntakePort, Outgoing, RetryLater, Sent, Started, StartResult, Stopped
from bot.jobs.channels import ChannelStarts
from bot.observability.metrics import Metrics
from handlers.messages import Channel
from tests.bot.one_process import until
from tests.fakes.intake import FakeIntake

AWAY = RetryLater(timedelta(0), whole_channel=True, code="away")
HERE = Started("aquí")


class Sender:
    name = Channel.TELEGRAM

    async def send(self, outgoing: Outgoing) -> Sent:
        return Sent(str(outgoing.reply.number))


def answering(results: Iterable[StartResult]) -> Callable[[], Awaitable[StartResult]]:
    """A start whose platform answers so, one after the other."""
    waiting = iter(results)

    async def start() -> StartResult:
        return next(waiting)

    return start


async def hangs() -> StartResult:
    return await asyncio.get_running_loop().create_future()


@asynccontextmanager
async def starting(
    metrics: Metrics | None = None, **channels: OpenChannel
) -> AsyncIterator[ChannelStarts]:
    async def under_a_lease(name: str, work: Callable[[], Awaitable[None]]) -> None:
        leases.append(name)
        await work()

    leases: list[str] = []
    by_channel = {Channel(name): one for name, one in channels.items()}
    starts = ChannelStarts(by_channel, metrics or Metrics())
    running = asyncio.create_task(starts.run(FakeIntake(), under_a_lease))
    try:
        yield starts
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    polled = [name for name, one in by_channel.items() if one.poll or one.undelivered]
    assert leases == [f"{name}-poller" for name in polled]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.channels.FIRST_RETRY_S", 0.01)


async def test_a_platform_that_hangs_holds_no_other_channel_up() -> None:
    async with starting(
        telegram=OpenChannel(sends=Sender(), start=hangs),
        whatsapp=OpenChannel(sends=Sender(), start=answering([HERE])),
        mail=OpenChannel(sends=Sender(), where="por smtp.example.cl"),
    ) as starts:
        with pytest.raises(TimeoutError):
            await starts.wait(0.1)
        assert starts.results == {
            Channel.WHATSAPP: HERE,
            Channel.MAIL: Started("por smtp.example.cl"),
        }


@pytest.mark.parametrize("first", [AWAY, Stopped("401")])
async def test_a_channel_is_started_once_its_platform_lets_it(first: StartResult) -> None:
    metrics = Metrics()
    start = answering([first, first, first, HERE])
    with capture_logs():
        async with starting(metrics, telegram=OpenChannel(sends=Sender(), start=start)) as starts:
            await starts.wait(1)
            assert starts.results == {Channel.TELEGRAM: first}
            up = metrics.channel_up.labels(Channel.TELEGRAM.value)
            assert up._value.get() == (0 if isinstance(first, Stopped) else 1)
            await until(lambda: starts.results == {Channel.TELEGRAM: HERE})
            assert up._value.get() == 1


async def test_a_platform_that_says_when_to_come_again_is_not_asked_before() -> None:
    loop = asyncio.get_running_loop()
    later = RetryLater(timedelta(seconds=0.3), whole_channel=True, code="429")
    start = answering([later, HERE])
    with capture_logs():
        async with starting(telegram=OpenChannel(sends=Sender(), start=start)) as starts:
            began = loop.time()
            await until(lambda: starts.results == {Channel.TELEGRAM: HERE})
            assert loop.time() - began >= 0.3


async def test_polling_begins_after_the_start_and_a_refusal_is_told() -> None:
    metrics = Metrics()
    polled = asyncio.Event()

    async def poll(_: IntakePort) -> Stopped:
        assert starts.results == {Channel.TELEGRAM: HERE}
        await polled.wait()
        return Stopped("401")

    channel = OpenChannel(sends=Sender(), start=answering([HERE]), poll=poll)
    async with starting(metrics, telegram=channel) as starts:
        up = metrics.channel_up.labels(Channel.TELEGRAM.value)
        await until(lambda: up._value.get() == 1)
        with capture_logs() as logs:
            polled.set()
            await until(lambda: up._value.get() == 0)
    (log,) = logs
    assert (log["event"], log["code"]) == ("polling stopped", "401")


async def test_a_platform_that_cannot_deliver_is_down_until_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.jobs.channels.WATCH_S", 0.001)
    metrics = Metrics()
    said: list[str | None] = ["502 Bad Gateway"]
    asked: list[str | None] = []

    async def undelivered() -> str | None:
        asked.append(said[-1])
        return said[-1]

    def up() -> float:
        return metrics.channel_up.labels("telegram")._value.get()

    watched = OpenChannel(sends=Sender(), start=answering([HERE]), undelivered=undelivered)
    with capture_logs() as logs:
        async with starting(metrics, telegram=watched):
            await until(lambda: any(one["event"] == "platform cannot deliver" for one in logs))
            assert up() == 0
            said.append(None)  # it is away, and says nothing of itself
            await until(lambda: asked[-3:] == [None] * 3)
            assert up() == 0
            said.append("")
            await until(lambda: up() == 1)
    told = [one for one in logs if one["event"] == "platform cannot deliver"]
    assert told[0]["reason"] == "502 Bad Gateway"
    assert told[0]["channel"] == "telegram"


async def test_one_failure_alone_is_no_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.channels.WATCH_S", 0.001)
    answers = iter(["timeout", "", "timeout", "", "timeout", ""])
    asked: list[str] = []

    async def undelivered() -> str:
        asked.append(next(answers, ""))
        return asked[-1]

    watched = OpenChannel(sends=Sender(), start=answering([HERE]), undelivered=undelivered)
    with capture_logs() as logs:
        async with starting(telegram=watched):
            await until(lambda: len(asked) > 6)
    assert not [one for one in logs if one["event"] == "platform cannot deliver"]
