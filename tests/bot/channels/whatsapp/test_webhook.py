"""The webhook takes what Meta signs, acknowledges what is stored, and nothing else."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.channels.http import HttpClient
from bot.channels.ports import DeliveryReport, Outgoing, ReportState, Sent
from bot.channels.whatsapp.channel import BODY_LIMIT, PATH, SIGNATURE_HEADER, WhatsAppChannel
from bot.config import WhatsApp
from bot.web.server import serve
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import (
    Channel,
    Departed,
    Media,
    MediaFile,
    MediaKind,
    Option,
    Press,
    Reply,
    Text,
)
from tests.fakes.intake import FakeIntake
from tests.fakes.whatsapp import FakeWhatsApp
from tests.fakes.whatsapp_citizen import CONTENTS, Citizen


@dataclass
class Town:
    """The service's edge: the channel behind the real server, and WhatsApp before it."""

    fake: FakeWhatsApp
    channel: WhatsAppChannel
    intake: FakeIntake
    session: aiohttp.ClientSession

    async def post(self, body: bytes, signature: str | None = None) -> aiohttp.ClientResponse:
        signed = self.fake.signature(body) if signature is None else signature
        headers = {SIGNATURE_HEADER: signed}
        async with self.session.post(
            self.fake.webhook_url, data=BytesIO(body), headers=headers
        ) as response:
            await response.read()
            return response

    async def asks(self, citizen: Citizen, *labels: str) -> Sent:
        choices = tuple(Option(f"k{i}", label) for i, label in enumerate(labels))
        sent = await self.channel.send(Outgoing(citizen.address, Reply(5, "¿Cuál?", choices)))
        assert isinstance(sent, Sent)
        return sent


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with FakeWhatsApp() as fake, aiohttp.ClientSession() as session, HttpClient() as client:
        settings = WhatsApp(
            token=SecretStr(fake.token),
            phone_number_id=fake.phone_number_id,
            app_secret=SecretStr(fake.app_secret),
            verify_token=SecretStr(fake.verify_token),
            api_url=fake.url,
        )
        channel = WhatsAppChannel(settings, client, fake.now, 1.0)
        intake = FakeIntake()
        app = web.Application()
        app.add_routes(channel.routes())
        serving = await serve(app, "127.0.0.1", 0, channel.webhooks(intake))
        fake.webhook_url = f"http://127.0.0.1:{serving.port}{PATH}"
        yield Town(fake, channel, intake, session)
        await serving.close()


async def test_what_a_citizen_does_arrives_through_the_webhook(town: Town) -> None:
    citizen = town.fake.citizen()
    await citizen.says("hola, ¿la basura? 🙂")
    for kind in CONTENTS:
        await citizen.sends(kind)
    await town.fake.all_taken()
    voice = Media(MediaKind.VOICE, "", MediaFile("1003383421387256"))
    assert town.intake.bodies[:2] == [Text("hola, ¿la basura? 🙂"), voice]
    assert len(town.intake.bodies) == 1 + len(CONTENTS)
    assert town.intake.stored[0].sender.others == (citizen.user_id,)


@pytest.mark.parametrize("labels", [("Sí", "No"), tuple("1234567")])
async def test_a_press_comes_back_with_its_prompt_and_quotes_the_message(
    town: Town, labels: tuple[str, ...]
) -> None:
    citizen = town.fake.citizen()
    await citizen.says("hola")
    sent = await town.asks(citizen, *labels)
    await citizen.presses(labels[1])
    await town.fake.all_taken()
    assert town.intake.bodies[-1] == Press("k1", 5)
    assert town.intake.stored[-1].quotes == sent.ref


async def test_several_citizens_in_one_webhook_are_one_batch(town: Town) -> None:
    citizens = [town.fake.citizen() for _ in range(3)]
    async with town.fake.together():
        for number, citizen in enumerate(citizens):
            await citizen.says(str(number))
        await town.fake.reports("wamid.S", "read")
        await citizens[0].says("otra cosa")
    await town.fake.all_taken()
    assert town.intake.bodies == [Text("0"), Text("1"), Text("2"), Text("otra cosa")]
    assert len(town.intake.batches) == 1
    assert town.intake.reports == [DeliveryReport(Channel.WHATSAPP, "wamid.S", ReportState.READ)]


async def test_a_message_sent_twice_is_acknowledged_twice(town: Town) -> None:
    citizen = town.fake.citizen()
    await citizen.says("hola")
    await citizen.sends_again()
    await town.fake.all_taken()
    assert town.intake.bodies == [Text("hola")]
    assert town.fake.answers == [200, 200]


async def test_a_citizen_with_a_new_number_stays_the_same_citizen(town: Town) -> None:
    citizen = town.fake.citizen()
    former = citizen.address
    await citizen.changes_number("56900008888")
    await citizen.says("hola de nuevo")
    await town.fake.all_taken()
    moved, hello = town.intake.stored
    assert (moved.body, moved.sender.replaces) == (Departed(), former)
    assert moved.sender.address == hello.sender.address == "56900008888"


@pytest.mark.parametrize("trouble", [StorageUnavailable("disk"), Overloaded("full")])
async def test_what_is_not_stored_is_not_acknowledged_and_comes_again(
    town: Town, trouble: Exception
) -> None:
    town.intake.troubles += [trouble, trouble]
    await town.fake.citizen().says("hola")
    await town.fake.all_taken()
    assert town.fake.answers == [503, 503, 200]
    assert town.intake.bodies == [Text("hola")]


@pytest.mark.parametrize("trouble", [StorageUnavailable("disk"), Overloaded("full")])
async def test_it_says_when_to_come_back_for_any_trouble(town: Town, trouble: Exception) -> None:
    town.intake.troubles.append(trouble)
    response = await town.post(b"junk")
    assert (response.status, response.headers.get("Retry-After")) == (503, "1")


async def test_a_failed_message_is_reported_with_its_code(town: Town) -> None:
    await town.fake.reports("wamid.S", "sent")
    await town.fake.reports("wamid.S", "failed", 131026)
    await town.fake.all_taken()
    expected = DeliveryReport(Channel.WHATSAPP, "wamid.S", ReportState.FAILED, "131026")
    assert town.intake.reports == [expected]


def signed(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


BODY = json.dumps({"entry": []}).encode()


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        signed("another secret", BODY),
        signed("0123456789abcdef0123456789abcdef", BODY + b" "),
        signed("0123456789abcdef0123456789abcdef", BODY).removeprefix("sha256="),
        "sha256=ñ",
    ],
)
async def test_a_forged_webhook_is_refused(town: Town, signature: str) -> None:
    assert (await town.post(BODY, signature)).status == 401
    assert (town.intake.stored, town.intake.set_asides) == ([], [])


async def test_an_unsigned_webhook_is_refused(town: Town) -> None:
    async with town.session.post(town.fake.webhook_url, data=BODY) as response:
        assert response.status == 401


async def test_the_signature_is_over_the_bytes_as_they_came(town: Town) -> None:
    value: dict[str, Any] = {"entry": [], "city": "Ñuñoa"}
    escaped, plain = json.dumps(value), json.dumps(value, ensure_ascii=False)
    for body in (escaped.encode(), plain.encode()):
        assert (await town.post(body)).status == 200
    other = town.fake.signature(escaped.encode())
    assert (await town.post(plain.encode(), other)).status == 401


async def test_a_webhook_of_three_megabytes_is_taken_and_a_larger_one_refused(town: Town) -> None:
    citizen = town.fake.citizen()
    await citizen.says("x")
    await town.fake.all_taken()
    envelope = town.fake.envelope([citizen.last_change] * 2)
    body = json.dumps({**envelope, "padding": "x" * (3 * 1024 * 1024)}).encode()
    assert (await town.post(body)).status == 200
    assert len(town.intake.batches[-1]) == 2
    assert (await town.post(b" " * (BODY_LIMIT + 1))).status == 413


async def test_junk_under_a_valid_signature_is_set_aside_and_acknowledged(town: Town) -> None:
    assert (await town.post(b"junk")).status == 200
    ((channel, _, raw, code),) = town.intake.set_asides
    assert (channel, raw, code) == (Channel.WHATSAPP, b"junk", "undecodable")


async def test_one_poisoned_message_is_set_aside_and_its_neighbours_are_stored(
    town: Town,
) -> None:
    citizen = town.fake.citizen()
    async with town.fake.together():
        await citizen.says("antes")
        await town.fake.happens({"messages": [{"id": "wamid.P", "type": 7}]})
        await citizen.says("después")
    await town.fake.all_taken()
    assert town.intake.bodies == [Text("antes"), Text("después")]
    assert [aside[1] for aside in town.intake.set_asides] == ["wamid.P"]


async def test_the_webhook_proves_itself_with_the_challenge(town: Town) -> None:
    assert await town.fake.verify() == (200, "1158201444")


@pytest.mark.parametrize("token", ["", "another", "opina-verific"])
async def test_the_wrong_verify_token_proves_nothing(town: Town, token: str) -> None:
    assert await town.fake.verify(token) == (403, "")


async def test_a_verification_without_its_mode_proves_nothing(town: Town) -> None:
    query = {"hub.verify_token": town.fake.verify_token, "hub.challenge": "1"}
    async with town.session.get(town.fake.webhook_url, params=query) as response:
        assert response.status == 403
