"""A channel to a strict fake of WhatsApp, a citizen there, and a clock that tests move."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.channels.http.client import HttpClient
from bot.channels.ports import (
    Outgoing,
)
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.config import WhatsAppSettings
from handlers.messages import Option, Reply
from tests.bot.one_process import Clock
from tests.fakes.whatsapp.citizen import Citizen
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeWhatsApp]:
    async with FakeWhatsApp(now=clock) as running:
        yield running


@pytest.fixture
def channel(fake: FakeWhatsApp, client: HttpClient) -> WhatsAppChannel:
    return made(fake, client)


def made(fake: FakeWhatsApp, client: HttpClient, **changes: object) -> WhatsAppChannel:
    values = {
        "token": SecretStr(fake.token),
        "phone_number_id": fake.phone_number_id,
        "app_secret": SecretStr(fake.app_secret),
        "verify_token": SecretStr(fake.verify_token),
        "api_url": fake.url,
        **changes,
    }
    return WhatsAppChannel(WhatsAppSettings.model_validate(values), client, fake.now, 2.0)


@pytest.fixture
def citizen(fake: FakeWhatsApp, clock: Clock) -> Citizen:
    return wrote(fake.citizen(), clock)


def wrote(citizen: Citizen, clock: Clock) -> Citizen:
    citizen.wrote_at = clock.now
    return citizen


def to(citizen: Citizen, reply: Reply, *, within_window: bool = True) -> Outgoing:
    return Outgoing(citizen.address, reply, within_window=within_window)


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{i}", label) for i, label in enumerate(labels))
