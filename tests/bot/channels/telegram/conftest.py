"""The fake Telegram, a citizen on it, and the channel that is tested."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.channels.http.client import HttpClient
from bot.channels.ports import Outgoing
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.poll import Timing
from bot.config import TelegramSettings
from handlers.messages import Reply
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.citizen import Citizen


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as running:
        yield running


@pytest.fixture
def channel(fake: FakeTelegram, client: HttpClient) -> TelegramChannel:
    return made(fake, client)


def made(
    fake: FakeTelegram, client: HttpClient, public_url: str | None = None, **changes: object
) -> TelegramChannel:
    values = {"token": SecretStr(fake.token), "api_url": fake.url, **changes}
    settings = TelegramSettings.model_validate(values)
    timing = Timing(2.0, 1, 0.01)
    return TelegramChannel(settings, client, now, timing, public_url=public_url)


@pytest.fixture
async def citizen(fake: FakeTelegram) -> Citizen:
    citizen = fake.citizen()
    await citizen.says("hola")
    return citizen


def to(citizen: Citizen, reply: Reply, closes: str = "") -> Outgoing:
    return Outgoing(str(citizen.chat.id), reply, closes)
