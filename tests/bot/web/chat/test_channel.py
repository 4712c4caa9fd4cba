"""What a citizen types in the web chat is taken, or refused with a reason."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from ipaddress import ip_network
from zoneinfo import ZoneInfo

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.observability.metrics import Metrics
from bot.web.chat.channel import WebChannel
from bot.web.chat.messages import ChatMessages
from bot.web.chat.pages import ChatPages
from bot.web.chat.requests import RequestLimits
from bot.web.chat.streams import Streams
from bot.web.server import build_app
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import Channel, Incoming, Press, Sender, Start, Text
from handlers.quality.weeks import IsoWeek
from storage.engine.keyring import Keyring
from tests.bot.web.chat.backend import (
    NOW,
    SITE,
    TOKEN,
    ChatBackend,
    said,
    serving,
)
from tests.fakes.webhook import Ready


@pytest.fixture
def chat() -> ChatBackend:
    return ChatBackend()


async def test_what_a_citizen_types_reaches_the_intake_before_it_is_acknowledged(chat: ChatBackend):
    async with serving(chat) as (client, _):
        response = await client.post("/chat/messages", json=said(quotes="7", language="en"))
        assert response.status == 204
    assert chat.stored == [
        Incoming(
            id="event-0123456789-0123456789",
            sender=Sender(Channel.WEB, "web", TOKEN),
            body=Text("hola"),
            sent_at=NOW,
            quotes="7",
            language="en",
        )
    ]


async def test_of_where_a_message_came_from_only_the_hash_goes_on(chat: ChatBackend):
    keyring = Keyring.fresh()
    hashes = [keyring.network_hash(week, "192.0.2.1") for week in ("2026-W47", "2026-W48")]
    assert len({*hashes, keyring.network_hash("2026-W47", "192.0.2.2")}) == 3

    def network_hash(network: str, at: datetime) -> bytes:
        return keyring.network_hash(str(IsoWeek.of(at, ZoneInfo("UTC"))), network)

    limits = RequestLimits(proxies=(ip_network("127.0.0.1"),))
    messages = ChatMessages(chat.clock, limits, network_hash=network_hash)
    channel = WebChannel(ChatPages(SITE), messages, Streams(chat.replies_of, limits))
    app = build_app(Ready(), Metrics(), channel.routes(chat))
    async with TestClient(TestServer(app)) as client:
        headers = {"X-Forwarded-For": "203.0.113.9, 192.0.2.1"}
        assert (await client.post("/chat/messages", json=said(), headers=headers)).status == 204
    assert [incoming.network for incoming in chat.stored] == [hashes[1]]


@pytest.mark.parametrize(
    ("message", "body"),
    [
        ({"type": "press", "key": "grade:6", "prompt": 3}, Press("grade:6", 3)),
        ({"type": "start"}, Start("")),
        ({"type": "start", "desk": "GnN7sR"}, Start("GnN7sR")),
        ({"type": "text", "text": ""}, Text("")),
        ({"type": "text", "text": "\u200b\u3164"}, Text("")),
        ({"type": "text", "text": "hola\u202e\x1b"}, Text("hola")),
        ({"type": "text", "text": "ñ" * 4096}, Text("ñ" * 4096)),
    ],
)
async def test_each_kind_of_message_becomes_its_body(
    chat: ChatBackend, message: dict, body: object
):
    async with serving(chat) as (client, _):
        message |= {"token": TOKEN, "id": "x" * 22}
        assert (await client.post("/chat/messages", json=message)).status == 204
    assert chat.bodies == [body]


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"{}",
        json.dumps(said(token="short")).encode(),
        json.dumps(said(token=TOKEN + "\n")).encode(),
        json.dumps(said(token="x" * 65)).encode(),
        json.dumps(said(id="1")).encode(),
        json.dumps(said(text=5)).encode(),
        json.dumps(said(text="a" * 4097)).encode(),
        json.dumps(said(text="a\0b")).encode(),
        json.dumps(said(type="media")).encode(),
        json.dumps(said(extra=1)).encode(),
        json.dumps(said(language="english")).encode(),
        json.dumps(
            {"type": "press", "token": TOKEN, "id": "x" * 22, "key": "", "prompt": 1}
        ).encode(),
        json.dumps(
            {"type": "press", "token": TOKEN, "id": "x" * 22, "key": "a", "prompt": -1}
        ).encode(),
        json.dumps({"type": "start", "token": TOKEN, "id": "x" * 22, "desk": "a b"}).encode(),
        b'{"type":"text","token":"%b","id":"%b","text":"\\ud800"}' % (TOKEN.encode(), b"x" * 22),
    ],
)
async def test_junk_is_refused_with_a_reason_and_never_taken(chat: ChatBackend, junk: bytes):
    async with serving(chat) as (client, _):
        response = await client.post("/chat/messages", data=junk)
        assert response.status == 400
        assert (await response.json())["error"]
    assert chat.stored == []


async def test_a_body_over_32_kb_is_refused_also_when_its_length_is_not_announced(
    chat: ChatBackend,
):
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 8192

    async with serving(chat) as (client, _):
        announced = await client.post("/chat/messages", data=b" " * 33_000)
        chunked = await client.post("/chat/messages", data=pieces())
        assert (announced.status, chunked.status) == (413, 413)
    assert chat.stored == []


@pytest.mark.parametrize("trouble", [StorageUnavailable(), Overloaded()])
async def test_what_cannot_be_committed_is_not_acknowledged(chat: ChatBackend, trouble: Exception):
    async with serving(chat) as (client, _):
        chat.troubles = [trouble]
        response = await client.post("/chat/messages", json=said())
        assert response.status == 503
        assert int(response.headers["Retry-After"]) >= 1


async def test_one_token_that_writes_too_fast_waits_and_others_do_not(chat: ChatBackend):
    async with serving(chat, limits=RequestLimits(burst=2, per_second=0.5)) as (client, _):
        statuses = [(await client.post("/chat/messages", json=said())).status for _ in range(3)]
        refused = await client.post("/chat/messages", json=said())
        other = await client.post("/chat/messages", json=said(token="o" * 24))
        chat.now += timedelta(seconds=int(refused.headers["Retry-After"]))
        later = await client.post("/chat/messages", json=said())
        assert statuses == [204, 204, 429]
        assert refused.headers["Retry-After"] == "2"
        assert (other.status, later.status) == (204, 204)
