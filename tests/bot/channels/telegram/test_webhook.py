"""The webhook takes what Telegram signs, acknowledges what is stored, and nothing else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.channels.http.client import HttpClient
from bot.channels.ports import Outgoing
from bot.channels.telegram.channel import BODY_LIMIT, PATH, SECRET_HEADER, TelegramChannel
from bot.channels.telegram.poll import Timing
from bot.config import TelegramSettings
from bot.web.server import serve
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import Channel, Media, MediaFile, MediaKind, Option, Press, Reply, Text
from tests.fakes import specs
from tests.fakes.faults import Fault
from tests.fakes.intake import FakeIntake
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.citizen import MEDIA
from tests.fakes.telegram.updates import Update

SECRET = "a_s3cret-Of-Ours"
UPDATE: dict[str, Any] = {
    "update_id": 9,
    "message": {
        "message_id": 1,
        "chat": {"id": 5, "type": "private"},
        "date": 1795435200,
        "text": "hola",
    },
}

WAITING = (
    b'{"url":"https://x.example","has_custom_certificate":false,"pending_update_count":1,'
    b'"last_error_message":"x","last_error_date":%s}'
)


@dataclass
class Webhook:
    """The service's edge: the channel behind the real server, and Telegram before it."""

    fake: FakeTelegram
    channel: TelegramChannel
    intake: FakeIntake
    url: str
    session: aiohttp.ClientSession

    async def post(self, body: bytes, **headers: str) -> aiohttp.ClientResponse:
        async with self.session.post(self.url, data=BytesIO(body), headers=headers) as response:
            await response.read()
            return response


@pytest.fixture
async def hook() -> AsyncIterator[Webhook]:
    async with FakeTelegram() as fake, aiohttp.ClientSession() as session, HttpClient() as client:
        settings = TelegramSettings(
            token=SecretStr(fake.token),
            api_url=fake.url,
            mode="webhook",
            webhook_secret=SecretStr(SECRET),
        )
        channel = TelegramChannel(
            settings,
            client,
            lambda: datetime.now(UTC),
            Timing(1.0),
            public_url="https://opina.example",
        )
        intake = FakeIntake()
        app = web.Application()
        serving = await serve(app, "127.0.0.1", 0, channel.webhooks(intake))
        fake.forward_to = f"http://127.0.0.1:{serving.port}{PATH}"
        await channel.start()
        yield Webhook(fake, channel, intake, fake.forward_to, session)
        await serving.close()


def header(secret: str = SECRET) -> dict[str, str]:
    return {SECRET_HEADER: secret}


async def test_what_a_citizen_does_arrives_through_the_webhook(hook: Webhook) -> None:
    citizen = hook.fake.citizen()
    await citizen.says("hola")
    await citizen.sends_voice()
    await hook.fake.all_taken()
    assert hook.intake.bodies == [
        Text("hola"),
        Media(MediaKind.VOICE, "", MediaFile("AwACAgEAAxkB")),
    ]


async def test_a_press_is_nodded_to_in_the_answer_of_the_webhook(hook: Webhook) -> None:
    citizen = hook.fake.citizen()
    await citizen.says("hola")
    reply = Reply(2, "¿Sirvió?", (Option("si", "Sí"), Option("no", "No")))
    await hook.channel.send(Outgoing(str(citizen.chat.id), reply))
    await citizen.presses("Sí")
    await hook.fake.all_taken()
    assert hook.intake.bodies[-1] == Press("si", 2)
    assert len(hook.fake.answered_presses) == 1


async def test_an_update_sent_twice_is_acknowledged_twice(hook: Webhook) -> None:
    citizen = hook.fake.citizen()
    await citizen.says("hola")
    await citizen.sends_again()
    await hook.fake.all_taken()
    assert hook.intake.bodies == [Text("hola")]
    assert len(hook.intake.batches) == 2


@pytest.mark.parametrize("trouble", [StorageUnavailable("disk"), Overloaded("full")])
async def test_what_is_not_stored_is_not_acknowledged_and_comes_again_in_order(
    hook: Webhook, trouble: Exception
) -> None:
    hook.intake.troubles += [trouble, trouble]
    citizen = hook.fake.citizen()
    await citizen.says("uno")
    await citizen.says("dos")
    await hook.fake.all_taken()
    assert hook.intake.bodies == [Text("uno"), Text("dos")]


async def test_trouble_is_told_apart_for_whoever_sends(hook: Webhook) -> None:
    body = json.dumps(UPDATE).encode()
    hook.intake.troubles += [StorageUnavailable("disk"), Overloaded("full")]
    first, second = await hook.post(body, **header()), await hook.post(body, **header())
    assert (first.status, first.headers.get("Retry-After")) == (503, "1")
    assert (second.status, second.headers.get("Retry-After")) == (503, "1")


@pytest.mark.parametrize("secret", ["", "another", SECRET + "x", SECRET[:-1], "ñ"])
async def test_a_wrong_secret_is_refused(hook: Webhook, secret: str) -> None:
    response = await hook.post(json.dumps(UPDATE).encode(), **header(secret))
    assert response.status == 403
    assert hook.intake.stored == []


async def test_a_missing_secret_is_refused(hook: Webhook) -> None:
    assert (await hook.post(json.dumps(UPDATE).encode())).status == 403


async def test_a_body_is_taken_up_to_its_limit_and_no_further(hook: Webhook) -> None:
    text = "a" * (BODY_LIMIT - len(json.dumps(UPDATE)) + len("hola"))
    fits = json.dumps({**UPDATE, "message": {**UPDATE["message"], "text": text}}).encode()
    assert len(fits) == BODY_LIMIT
    assert (await hook.post(fits, **header())).status == 200
    assert (await hook.post(fits + b" ", **header())).status == 413


async def test_a_body_without_a_length_is_limited_all_the_same(hook: Webhook) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 65536

    async with hook.session.post(hook.url, data=chunks(), headers=header()) as response:
        assert response.status == 413
    assert hook.intake.stored == []


@pytest.mark.parametrize(
    ("body", "event_id"),
    [(b'{"update_id":9,"message":{}}', "9"), (b"junk", None), (b"", None)],
)
async def test_junk_under_a_valid_secret_is_set_aside_and_acknowledged(
    hook: Webhook, body: bytes, event_id: str | None
) -> None:
    statuses = [(await hook.post(body, **header())).status for _ in range(2)]
    assert statuses == [200, 200]
    (first, second) = hook.intake.set_asides
    assert first == second
    assert first[0] == Channel.TELEGRAM
    assert first[2:] == (body, "undecodable")
    assert event_id in (None, first[1])


async def test_junk_that_cannot_be_kept_comes_again(hook: Webhook) -> None:
    hook.intake.troubles.append(StorageUnavailable("disk"))
    assert (await hook.post(b"junk", **header())).status == 503


async def test_polling_serves_no_webhook(hook: Webhook) -> None:
    settings = TelegramSettings(token=SecretStr(hook.fake.token), webhook_secret=SecretStr(SECRET))
    polled = TelegramChannel(settings, HttpClient(), lambda: datetime.now(UTC))
    assert polled.webhooks(hook.intake) == []


@pytest.mark.skipif(specs.telegram() is None, reason=specs.SKIPPED)
async def test_the_fakes_updates_keep_to_the_specification() -> None:
    spec = specs.telegram()
    assert spec is not None
    seen: list[Update] = []
    async with FakeTelegram() as fake:
        citizen = fake.citizen()
        await citizen.says("hola")
        await citizen.says("a esto", quoting=citizen.chat.messages[0])
        await citizen.edits(citizen.chat.messages[0], "hola de nuevo")
        for kind in MEDIA:
            await citizen.sends(kind)
        shown = citizen.chat.add("¿Nota?", keyboard=[[("7", "1:7")]])
        await citizen.presses("7", under=shown)
        await citizen.blocks()
        await citizen.unblocks()
        seen += fake.pending
    problems = {update.kind: spec.update_problems(update.body()) for update in seen}
    assert all(problem == [] for problem in problems.values()), problems
    assert len(seen) == 6 + len(MEDIA)


async def test_why_telegram_cannot_deliver_is_known(hook: Webhook) -> None:
    assert await hook.channel.undelivered() == ""
    hook.fake.forward_to = "http://127.0.0.1:9/"  # nobody is there
    await hook.fake.citizen().says("hola")
    assert await hook.channel.undelivered() == ""  # it waits, and nothing is said to be wrong
    now = int(datetime.now(UTC).timestamp())
    why = "Wrong response from the webhook: 502 Bad Gateway"
    hook.fake.last_error = {"last_error_date": now, "last_error_message": why}
    assert await hook.channel.undelivered() == why
    hook.fake.last_error["last_error_date"] = now - 7200  # of something else
    assert await hook.channel.undelivered() == ""
    hook.fake.webhook_url = "https://otra.example/webhooks/telegram"
    assert await hook.channel.undelivered() == "another installation uses this token"


@pytest.mark.parametrize(
    "result",
    [
        *(b"null", b"true", b"{}", b'{"url":5}', b"[" * 100_000),
        WAITING % b"99999999999999999999",
        WAITING % b"99999999999999",  # no such year
    ],
    ids=lambda result: result[:20].decode(),
)
async def test_whatever_answers_in_telegrams_place_says_nothing_of_delivery(
    hook: Webhook, result: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    body = b'{"ok":true,"result":%s}' % result
    hook.fake.faults.next(Fault(status=200, body=body), method="getWebhookInfo")
    assert await hook.channel.undelivered() is None
    assert caplog.records == []
