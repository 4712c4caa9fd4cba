"""The web chat served over real HTTP, with a hand-written intake behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.observability.metrics import Metrics
from bot.web.chat.channel import WebChannel
from bot.web.chat.messages import ChatMessages
from bot.web.chat.pages import ChatPages, Site
from bot.web.chat.requests import RequestLimits
from bot.web.chat.streams import RepliesAfter, Streams
from bot.web.server import build_app
from handlers.errors import StorageUnavailable
from handlers.messages import Reply
from tests.fakes.intake import FakeIntake
from tests.fakes.webhook import Ready

TOKEN = "AbCdEfGhIjKlMnOpQrStUv-_"


NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


SITE = Site(municipality="Municipalidad de Prueba")


SLOW = RequestLimits(poll=timedelta(seconds=30))


WAIT_S = 5


class ChatBackend(FakeIntake):
    """What stands behind the channel: the intake, the committed replies and the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: dict[str, list[Reply]] = {}
        self.erased: set[str] = set()
        self.unreadable = False
        self.now = NOW

    def replies_of(self, token: str) -> RepliesAfter:
        async def after(number: int) -> list[Reply] | None:
            if self.unreadable:
                raise StorageUnavailable
            if token in self.erased:
                return None
            return [reply for reply in self.replies.get(token, []) if reply.number > number]

        return after

    def clock(self) -> datetime:
        return self.now


@asynccontextmanager
async def serving(
    chat: ChatBackend, site: Site = SITE, limits: RequestLimits = SLOW
) -> AsyncIterator[tuple[TestClient, WebChannel]]:
    messages = ChatMessages(chat.clock, limits)
    channel = WebChannel(ChatPages(site), messages, Streams(chat.replies_of, limits))
    app = build_app(Ready(), Metrics(), channel.routes(chat))
    async with TestClient(TestServer(app)) as client:
        yield client, channel
        channel.close()


def said(**changes: object) -> dict[str, object]:
    return {"type": "text", "token": TOKEN, "id": "event-0123456789-0123456789", "text": "hola"} | (
        changes
    )


async def next_event(response: ClientResponse) -> dict[str, str]:
    """The next event of a stream as its fields; heartbeats appear under "comment"."""
    event: dict[str, str] = {}
    async with asyncio.timeout(WAIT_S):
        while line := (await response.content.readline()).decode():
            if not line.strip():
                return event
            name, _, value = (
                line.strip().partition(": ") if line[0] != ":" else ("comment", "", line)
            )
            event[name] = value
    return event


async def next_reply(response: ClientResponse) -> dict[str, object]:
    event = await next_event(response)
    assert event["event"] == "reply"
    return json.loads(event["data"]) | {"id": event["id"]}
