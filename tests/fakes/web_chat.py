"""A web chat with scripted replies: real HTTP and channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.ports import Document, Outgoing
from bot.web.chat.channel import WebChannel
from bot.web.chat.files import ChatFiles
from bot.web.chat.messages import ChatMessages
from bot.web.chat.pages import ChatPages, Site
from bot.web.chat.requests import RequestLimits
from bot.web.chat.streams import RepliesAfter, Streams
from handlers.messages import Incoming, Reply
from tests.fakes.intake import FakeIntake

MOST_BYTES = 10_000_000

Script = Callable[[Incoming], list[Reply]]


def _now() -> datetime:
    return datetime.now(UTC)


class ScriptedChat(FakeIntake):
    """Answers each new incoming with what the script says; numbers the replies itself."""

    def __init__(self, script: Script, site: Site) -> None:
        super().__init__()
        self.script = script
        self.replies: dict[str, list[Reply]] = {}
        limits = RequestLimits(poll=timedelta(seconds=1))
        messages = ChatMessages(_now, limits)
        self.channel = WebChannel(ChatPages(site), messages, Streams(self.replies_of, limits))
        self.files = ChatFiles(lambda content: content, self.document_of, _now, MOST_BYTES)

    async def document_of(self, token: str, number: int) -> Document | None:
        """What the reply's file names, as if it were its content."""
        file = self.replies[token][number - 1].file
        return None if file is None else Document(file.name, "text/plain", file.ref.encode())

    async def submit(self, incomings: Sequence[Incoming]) -> None:
        known = len(self.stored)
        await super().submit(incomings)
        for incoming in self.stored[known:]:
            for reply in self.script(incoming):
                await self.say(incoming.sender.address, reply)

    async def say(self, token: str, reply: Reply) -> None:
        """Commit one more reply to ``token`` and wake its pages."""
        replies = self.replies.setdefault(token, [])
        numbered = msgspec.structs.replace(reply, number=len(replies) + 1)
        replies.append(numbered)
        await self.channel.send(Outgoing(token, numbered))

    def replies_of(self, token: str) -> RepliesAfter:
        """What the channel asks for each open page."""

        async def after(number: int) -> list[Reply] | None:
            return self.replies[token][number:] if token in self.replies else None

        return after

    @property
    def token(self) -> str:
        """The one citizen's token."""
        (token,) = {incoming.sender.address for incoming in self.stored}
        return token


@asynccontextmanager
async def serving(
    script: Script, site: Site, pages: Sequence[web.RouteDef] = ()
) -> AsyncIterator[tuple[ScriptedChat, TestServer]]:
    """The chat and its server on 127.0.0.1; ``pages`` are served beside the chat."""
    backend = ScriptedChat(script, site)
    app = web.Application()
    app.add_routes([*backend.channel.routes(backend), *backend.files.routes(backend), *pages])
    async with TestServer(app) as server:
        yield backend, server
        backend.files.close()
        backend.channel.close()
