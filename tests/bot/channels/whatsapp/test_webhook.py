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

from bot.channels.http.client import HttpClient
from bot.channels.ports import DeliveryReport, Outgoing, ReportState, Sent
from bot.channels.whatsapp.channel import BODY_LIMIT, PATH, SIGNATURE_HEADER, WhatsAppChannel
from bot.channels.whatsapp.deliveries import ELSEWHERE, NOWHERE, WRONG_SECRET
from bot.config import WhatsAppSettings
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
from tests.fakes.faults import Fault
from tests.fakes.intake import FakeIntake
from tests.fakes.whatsapp.citizen import CONTENTS, Citizen
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp

PUBLIC = "https://opina.example"


@dataclass
class Webhook:
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
async def hook() -> AsyncIterator[Webhook]:
    async with FakeWhatsApp() as fake, aiohttp.ClientSession() as session, HttpClient() as client:
        settings = WhatsAppSettings(
            token=SecretStr(fake.token),
            phone_number_id=fake.phone_number_id,
            app_secret=SecretStr(fake.app_secret),
            verify_token=SecretStr(fake.verify_token),
            api_url=fake.url,
        )
        channel = WhatsAppChannel(settings, client, fake.now, 1.0, public_url=PUBLIC)
        intake = FakeIntake()
        app = web.Application()
        app.add_routes(channel.routes())
        serving = await serve(app, "127.0.0.1", 0, channel.webhooks(intake))
        fake.webhook_url = f"http://127.0.0.1:{serving.port}{PATH}"
        yield Webhook(fake, channel, intake, session)
        await serving.close()


async def test_what_a_citizen_does_arrives_through_the_webhook(hook: Webhook) -> None:
    citizen = hook.fake.citizen()
    await citizen.says("hola, ¿la basura? 🙂")
    for kind in CONTENTS:
        await citizen.sends(kind)
    await hook.fake.all_taken()
    voice = Media(MediaKind.VOICE, "", MediaFile("1003383421387256"))
    assert hook.intake.bodies[:2] == [Text("hola, ¿la basura? 🙂"), voice]
    assert len(hook.intake.bodies) == 1 + len(CONTENTS)
    assert hook.intake.stored[0].sender.others == (citizen.user_id,)


@pytest.mark.parametrize("labels", [("Sí", "No"), tuple("1234567")])
async def test_a_press_comes_back_with_its_prompt_and_quotes_the_message(
    hook: Webhook, labels: tuple[str, ...]
) -> None:
    citizen = hook.fake.citizen()
    await citizen.says("hola")
    sent = await hook.asks(citizen, *labels)
    await citizen.presses(labels[1])
    await hook.fake.all_taken()
    assert hook.intake.bodies[-1] == Press("k1", 5)
    assert hook.intake.stored[-1].quotes == sent.ref


async def test_several_citizens_in_one_webhook_are_one_batch(hook: Webhook) -> None:
    citizens = [hook.fake.citizen() for _ in range(3)]
    async with hook.fake.together():
        for number, citizen in enumerate(citizens):
            await citizen.says(str(number))
        await hook.fake.reports("wamid.S", "read")
        await citizens[0].says("otra cosa")
    await hook.fake.all_taken()
    assert hook.intake.bodies == [Text("0"), Text("1"), Text("2"), Text("otra cosa")]
    assert len(hook.intake.batches) == 1
    assert hook.intake.reports == [DeliveryReport(Channel.WHATSAPP, "wamid.S", ReportState.READ)]


async def test_a_message_sent_twice_is_acknowledged_twice(hook: Webhook) -> None:
    citizen = hook.fake.citizen()
    await citizen.says("hola")
    await citizen.sends_again()
    await hook.fake.all_taken()
    assert hook.intake.bodies == [Text("hola")]
    assert hook.fake.answers == [200, 200]


async def test_a_citizen_with_a_new_number_stays_the_same_citizen(hook: Webhook) -> None:
    citizen = hook.fake.citizen()
    former = citizen.address
    await citizen.changes_number("56900008888")
    await citizen.says("hola de nuevo")
    await hook.fake.all_taken()
    moved, hello = hook.intake.stored
    assert (moved.body, moved.sender.replaces) == (Departed(), former)
    assert moved.sender.address == hello.sender.address == "56900008888"


@pytest.mark.parametrize("trouble", [StorageUnavailable("disk"), Overloaded("full")])
async def test_what_is_not_stored_is_not_acknowledged_and_comes_again(
    hook: Webhook, trouble: Exception
) -> None:
    hook.intake.troubles += [trouble, trouble]
    await hook.fake.citizen().says("hola")
    await hook.fake.all_taken()
    assert hook.fake.answers == [503, 503, 200]
    assert hook.intake.bodies == [Text("hola")]


@pytest.mark.parametrize("trouble", [StorageUnavailable("disk"), Overloaded("full")])
async def test_it_says_when_to_come_back_for_any_trouble(hook: Webhook, trouble: Exception) -> None:
    hook.intake.troubles.append(trouble)
    response = await hook.post(b"junk")
    assert (response.status, response.headers.get("Retry-After")) == (503, "1")


async def test_a_failed_message_is_reported_with_its_code(hook: Webhook) -> None:
    await hook.fake.reports("wamid.S", "sent")
    await hook.fake.reports("wamid.S", "failed", 131026)
    await hook.fake.all_taken()
    expected = DeliveryReport(Channel.WHATSAPP, "wamid.S", ReportState.FAILED, "131026")
    assert hook.intake.reports == [expected]


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
async def test_a_forged_webhook_is_refused(hook: Webhook, signature: str) -> None:
    assert (await hook.post(BODY, signature)).status == 401
    assert (hook.intake.stored, hook.intake.set_asides) == ([], [])


async def test_an_unsigned_webhook_is_refused(hook: Webhook) -> None:
    async with hook.session.post(hook.fake.webhook_url, data=BODY) as response:
        assert response.status == 401


async def test_the_signature_is_over_the_bytes_as_they_came(hook: Webhook) -> None:
    value: dict[str, Any] = {"entry": [], "city": "Ñuñoa"}
    escaped, plain = json.dumps(value), json.dumps(value, ensure_ascii=False)
    for body in (escaped.encode(), plain.encode()):
        assert (await hook.post(body)).status == 200
    other = hook.fake.signature(escaped.encode())
    assert (await hook.post(plain.encode(), other)).status == 401


async def test_a_webhook_of_three_megabytes_is_taken_and_a_larger_one_refused(
    hook: Webhook,
) -> None:
    citizen = hook.fake.citizen()
    await citizen.says("x")
    await hook.fake.all_taken()
    envelope = hook.fake.envelope([citizen.last_change] * 2)
    body = json.dumps({**envelope, "padding": "x" * (3 * 1024 * 1024)}).encode()
    assert (await hook.post(body)).status == 200
    assert len(hook.intake.batches[-1]) == 2
    assert (await hook.post(b" " * (BODY_LIMIT + 1))).status == 413


async def test_junk_under_a_valid_signature_is_set_aside_and_acknowledged(hook: Webhook) -> None:
    assert (await hook.post(b"junk")).status == 200
    ((channel, _, raw, code),) = hook.intake.set_asides
    assert (channel, raw, code) == (Channel.WHATSAPP, b"junk", "undecodable")


async def test_one_poisoned_message_is_set_aside_and_its_neighbours_are_stored(
    hook: Webhook,
) -> None:
    citizen = hook.fake.citizen()
    async with hook.fake.together():
        await citizen.says("antes")
        await hook.fake.happens({"messages": [{"id": "wamid.P", "type": 7}]})
        await citizen.says("después")
    await hook.fake.all_taken()
    assert hook.intake.bodies == [Text("antes"), Text("después")]
    assert [aside[1] for aside in hook.intake.set_asides] == ["wamid.P"]


async def test_the_webhook_proves_itself_with_the_challenge(hook: Webhook) -> None:
    assert await hook.fake.verify() == (200, "1158201444")


@pytest.mark.parametrize("token", ["", "another", "opina-verific"])
async def test_the_wrong_verify_token_proves_nothing(hook: Webhook, token: str) -> None:
    assert await hook.fake.verify(token) == (403, "")


async def test_a_verification_without_its_mode_proves_nothing(hook: Webhook) -> None:
    query = {"hub.verify_token": hook.fake.verify_token, "hub.challenge": "1"}
    async with hook.session.get(hook.fake.webhook_url, params=query) as response:
        assert response.status == 403


async def test_why_meta_cannot_deliver_is_known(hook: Webhook) -> None:
    there = hook.fake.webhook_url  # by another name than the settings say
    for address, why in (
        (PUBLIC + PATH, ""),
        ("https://Opina.example" + PATH, ""),
        ("", NOWHERE),
        ("https://otra.example" + PATH, ELSEWHERE),
        (PUBLIC + "/otro", ELSEWHERE),
        (there, ELSEWHERE),
    ):
        hook.fake.webhook_url = address
        assert await hook.channel.undelivered() == why, address
    await hook.fake.citizen().says("hola")
    await hook.fake.all_taken()
    assert await hook.channel.undelivered() == ""  # as something came by it
    hook.fake.other_addresses["phone_number"] = "https://antes.example/hook"
    assert await hook.channel.undelivered() == ELSEWHERE


async def test_another_apps_secret_is_known_until_something_is_signed_with_ours(
    hook: Webhook,
) -> None:
    hook.fake.webhook_url, there = PUBLIC + PATH, hook.fake.webhook_url
    body = json.dumps(hook.fake.envelope([{}])).encode()
    forged = body.replace(hook.fake.phone_number_id.encode(), b"1")  # by who does not know it
    for sent, signature, why in (
        (forged, "sha256=0", ""),
        (body, "sha256=0", WRONG_SECRET),
        (forged, None, ""),
        (body, "", WRONG_SECRET),
        (forged, "", WRONG_SECRET),
        (body, None, ""),
    ):
        hook.fake.webhook_url = there
        await hook.post(sent, signature)
        hook.fake.webhook_url = PUBLIC + PATH
        assert await hook.channel.undelivered() == why


@pytest.mark.parametrize(
    "body",
    [
        *(b"null", b"5", b"[]", b"", b"<html>", b"[" * 100_000),
        b'{"webhook_configuration":5}',
        b'{"webhook_configuration":{"application":5}}',
    ],
    ids=lambda body: body[:20].decode(),
)
async def test_whatever_answers_in_metas_place_says_nothing_of_delivery(
    hook: Webhook, body: bytes
) -> None:
    hook.fake.faults.next(Fault(status=200, body=body), method="number")
    assert await hook.channel.undelivered() is None
    hook.fake.faults.next(Fault(status=400, code=100), method="number")
    assert await hook.channel.undelivered() is None


async def test_who_may_not_see_where_it_delivers_is_told_of_no_trouble(hook: Webhook) -> None:
    hook.fake.faults.next(Fault(status=200, body=b'{"id":"1"}'), method="number")
    assert await hook.channel.undelivered() == ""
