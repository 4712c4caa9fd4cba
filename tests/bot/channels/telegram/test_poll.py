"""Polling confirms only what is committed, keeps the order, and lets no update block the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.channels.http.client import HttpClient
from bot.channels.ports import Outgoing, Sent, Stopped
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.poll import (
    CALLBACK_ANSWERS_AT_ONCE,
    MAX_CALLBACK_ANSWERS_WAITING,
    Timing,
)
from bot.config import TelegramSettings
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import Channel, Incoming, Option, Press, Reply, Start, Text
from tests.bot.one_process import Clock
from tests.fakes.faults import CUTS, HANGS, Fault, refusal
from tests.fakes.intake import FakeIntake
from tests.fakes.telegram.bot_api import FakeTelegram

TIMING = Timing(call_s=1.0, poll_s=1, pause_s=0.01)


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(now=clock) as running:
        yield running


@pytest.fixture
async def channel(fake: FakeTelegram, clock: Clock) -> AsyncIterator[TelegramChannel]:
    async with HttpClient() as client:
        settings = TelegramSettings(token=SecretStr(fake.token), api_url=fake.url)
        yield TelegramChannel(settings, client, clock, TIMING)


@asynccontextmanager
async def polling(channel: TelegramChannel, intake: FakeIntake) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.poll(intake))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_what_waited_arrives_in_order_as_one_batch_and_is_confirmed(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    one, other = fake.citizen(), fake.citizen()
    await one.starts("desk-1")
    await other.says("hola")
    await one.says("quiero calificar")
    intake = FakeIntake()
    async with polling(channel, intake):
        await fake.all_taken()
    assert intake.bodies == [Start("desk-1"), Text("hola"), Text("quiero calificar")]
    assert len(intake.batches) == 1


async def test_more_than_a_hundred_updates_all_arrive_once_in_order(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    citizen = fake.citizen()
    for number in range(250):
        await citizen.says(str(number))
    intake = FakeIntake()
    async with polling(channel, intake):
        await fake.all_taken()
    assert intake.bodies == [Text(str(number)) for number in range(250)]
    assert [len(batch) for batch in intake.batches] == [100, 100, 50]


async def test_what_comes_while_polling_waits_is_taken_at_once(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    citizen, intake = fake.citizen(), FakeIntake()
    async with polling(channel, intake):
        await fake.until(lambda: not fake.unconfirmed)
        for text in ("uno", "dos"):
            await citizen.says(text)
            await fake.all_taken()
    assert intake.bodies == [Text("uno"), Text("dos")]


@pytest.mark.parametrize("trouble", [StorageUnavailable("disk"), Overloaded("full")])
async def test_a_batch_that_was_not_stored_is_fetched_again(
    fake: FakeTelegram, channel: TelegramChannel, trouble: Exception
) -> None:
    citizen = fake.citizen()
    await citizen.says("hola")
    intake = FakeIntake(trouble, trouble)
    async with polling(channel, intake):
        await fake.all_taken()
    assert intake.bodies == [Text("hola")]
    asked = [call.params.get("offset") for call in fake.calls if call.method == "getUpdates"]
    assert asked[:3] == [None, None, None]


class KilledIntake(FakeIntake):
    """Stands for a process that dies between the commit and the acknowledgement."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()

    async def submit(self, incomings: Sequence[Incoming]) -> None:
        await super().submit(incomings)
        self.reached.set()
        await asyncio.Event().wait()


async def test_a_kill_before_the_acknowledgement_loses_nothing(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    citizen = fake.citizen()
    for number in range(20):
        await citizen.says(str(number))
    killed = KilledIntake()
    async with polling(channel, killed):
        await killed.reached.wait()
    assert len(fake.unconfirmed) == 20
    successor = FakeIntake()
    successor.stored += killed.stored  # the same database
    async with polling(channel, successor):
        await fake.all_taken()
    assert successor.bodies == [Text(str(number)) for number in range(20)]
    assert len(successor.batches[0]) == 20


async def test_one_unreadable_update_is_set_aside_and_its_neighbours_go_on(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    citizen, intake = fake.citizen(), FakeIntake()
    await citizen.says("antes")
    poison = await fake.happens({"message": {"chat": "not an object"}})
    await citizen.says("después")
    async with polling(channel, intake):
        await fake.all_taken()
    assert intake.bodies == [Text("antes"), Text("después")]
    ((where, event_id, raw, code),) = intake.set_asides
    assert (where, event_id, code) == (Channel.TELEGRAM, str(poison), "undecodable")
    assert b"not an object" in raw


async def test_an_unreadable_update_is_not_confirmed_before_it_is_kept(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    await fake.happens({"message": {"chat": "not an object"}})
    intake = FakeIntake(StorageUnavailable("disk"))
    async with polling(channel, intake):
        await fake.all_taken()
    assert len(intake.set_asides) == 1


async def test_after_a_quiet_week_numbers_may_start_lower(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    citizen, intake = fake.citizen(), FakeIntake()
    async with polling(channel, intake):
        await citizen.says("antes")
        await fake.all_taken()
        asked = len(fake.calls)
        await fake.until(lambda: len(fake.calls) > asked + 1)  # an empty answer in between
        fake.restart_numbering(17)
        await citizen.says("después")
        await fake.until(lambda: len(intake.stored) == 2)
        await fake.all_taken()
    assert [incoming.id for incoming in intake.stored] == ["731000001", "17"]


@pytest.mark.parametrize(
    "fault",
    [
        refusal(500, "Internal Server Error"),
        refusal(409, "Conflict: terminated by other getUpdates request"),
        Fault(status=502, body=b"<html>"),
        Fault(status=200, body=b"<html>"),
        Fault(status=404, body=b"<html>not found, says a proxy</html>"),
        HANGS,
        CUTS,
    ],
)
async def test_polling_goes_on_after_any_answer_of_telegram(
    fake: FakeTelegram, channel: TelegramChannel, fault: Fault
) -> None:
    fake.faults.next(fault, times=1 if fault is HANGS else 2, method="getUpdates")
    citizen, intake = fake.citizen(), FakeIntake()
    await citizen.says("hola")
    async with polling(channel, intake):
        await fake.all_taken()
    assert intake.bodies == [Text("hola")]


async def test_polling_logs_codes_and_nothing_of_anybody(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    for fault in (refusal(500, "secreto"), CUTS, Fault(status=200, body=b"secreto")):
        fake.faults.next(fault, method="getUpdates")
    citizen = fake.citizen()
    await citizen.says("secreto")
    await fake.happens({"message": {"message_id": "secreto"}})
    with capture_logs() as logs:
        async with polling(channel, FakeIntake(StorageUnavailable("disk"))):
            await fake.all_taken()
    assert [line["caused_by"] for line in logs] == [
        "PlatformUnready('telegram: 500')",
        "PlatformUnready('telegram: connection-cut')",
        "PlatformUnready('telegram: unreadable')",
        "PlatformUnready('telegram: StorageUnavailable')",
    ]
    for secret in ("secreto", fake.token, str(citizen.chat.id)):
        assert secret not in str(logs)


async def test_polling_waits_as_long_as_it_is_told(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    fake.faults.next(refusal(429, "Too Many Requests: retry after 1", 1), method="getUpdates")
    await fake.citizen().says("hola")
    started = asyncio.get_running_loop().time()
    async with polling(channel, FakeIntake()):
        await fake.all_taken()
    assert asyncio.get_running_loop().time() - started >= 1.0


async def test_an_answer_without_an_end_or_a_wait_of_years_is_asked_for_again(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    deep = b"[" * 100_000
    for status in (200, 401, 429):
        fake.faults.next(Fault(status=status, body=deep), method="getUpdates")
    fake.faults.next(refusal(429, "", -(10**14)), method="getUpdates")
    await fake.citizen().says("hola")
    async with polling(channel, FakeIntake()):
        await fake.all_taken()


async def test_a_revoked_token_ends_polling_with_its_reason(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    fake.revoked = True
    async with asyncio.timeout(5):
        assert await channel.poll(FakeIntake()) == Stopped("401")


async def test_a_press_is_nodded_to_after_its_commit(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    citizen, intake = fake.citizen(), FakeIntake(StorageUnavailable("disk"))
    await citizen.says("hola")
    reply = Reply(3, "¿Nota?", (Option("g6", "6"), Option("g7", "7")))
    sent = await channel.send(Outgoing(str(citizen.chat.id), reply))
    await citizen.presses("7")
    async with polling(channel, intake):
        await fake.until(lambda: fake.answered_presses)
    assert intake.bodies == [Text("hola"), Press("g7", 3)]
    assert isinstance(sent, Sent)
    assert intake.stored[1].quotes == sent.ref


async def test_a_nod_that_hangs_or_fails_delays_nobody(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    fake.faults.next(HANGS, times=8, method="answerCallbackQuery")
    citizen, intake = fake.citizen(), FakeIntake()
    await citizen.says("hola")
    reply = Reply(3, "¿Nota?", (Option("g6", "6"), Option("g7", "7")))
    await channel.send(Outgoing(str(citizen.chat.id), reply))
    async with polling(channel, intake), asyncio.timeout(3):
        for _ in range(8):
            await citizen.presses("7")
        await citizen.says("y otra cosa")
        await fake.until(lambda: len(intake.stored) == 10)
    assert fake.answered_presses == []


async def test_more_nods_than_are_kept_waiting_stop_nothing(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    presses = MAX_CALLBACK_ANSWERS_WAITING + 2 * CALLBACK_ANSWERS_AT_ONCE
    fake.faults.next(HANGS, times=presses, method="answerCallbackQuery")
    citizen, intake = fake.citizen(), FakeIntake()
    await citizen.says("hola")
    reply = Reply(3, "¿Nota?", (Option("g7", "7"),))
    await channel.send(Outgoing(str(citizen.chat.id), reply))
    for _ in range(presses):
        await citizen.presses("7")
    async with polling(channel, intake):
        await fake.all_taken()
    assert len(intake.stored) == 1 + presses


async def test_a_nod_that_waited_longer_than_telegram_takes_it_is_spared(
    fake: FakeTelegram,
) -> None:
    slow = Clock()

    def jumping() -> datetime:
        slow.now += timedelta(seconds=151)
        return slow.now

    citizen, intake = fake.citizen(), FakeIntake()
    async with HttpClient() as client:
        settings = TelegramSettings(token=SecretStr(fake.token), api_url=fake.url)
        channel = TelegramChannel(settings, client, jumping, TIMING)
        await citizen.says("hola")
        reply = Reply(3, "¿Nota?", (Option("g7", "7"),))
        await channel.send(Outgoing(str(citizen.chat.id), reply))
        await citizen.presses("7")
        async with polling(channel, intake):
            await fake.all_taken()
            await asyncio.sleep(0.1)
    assert intake.bodies[-1] == Press("g7", 3)
    assert [call for call in fake.calls if call.method == "answerCallbackQuery"] == []


async def test_a_press_older_than_telegram_keeps_it_is_gone_but_texts_are_not(
    fake: FakeTelegram, channel: TelegramChannel, clock: Clock
) -> None:
    citizen, intake = fake.citizen(), FakeIntake()
    await citizen.says("hola")
    reply = Reply(3, "¿Nota?", (Option("g7", "7"),))
    await channel.send(Outgoing(str(citizen.chat.id), reply))
    await citizen.presses("7")
    clock.now += timedelta(minutes=5)
    async with polling(channel, intake):
        await fake.all_taken()
    assert intake.bodies == [Text("hola")]


async def test_two_pollers_do_not_share_updates_and_the_newer_one_goes_on(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    citizen, older, newer = fake.citizen(), FakeIntake(), FakeIntake()
    async with polling(channel, older):
        await fake.until(lambda: fake.calls)
        async with polling(channel, newer):
            await citizen.says("hola")
            await fake.all_taken()
    ids = {incoming.id for incoming in [*older.stored, *newer.stored]}
    assert ids == {"731000001"}
