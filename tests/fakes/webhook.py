"""A webhook behind the real server, and who sends to it byte for byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.channels.http.webhooks import ACKNOWLEDGED, Webhook, WebhookResponse
from bot.observability.metrics import Metrics
from bot.web.bodies import BodyReader
from bot.web.server import Serving, build_app, serve

LIMIT = 64 * 1024
NAMED = frozenset(["x-secret"])
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
JSON = WebhookResponse(body=b'{"ok":1}', content_type="application/json")


class Ready:
    """Nothing is wrong, unless told so."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    async def problems(self) -> list[str]:
        return self.wrong


@dataclass
class FakeWebhook:
    """A webhook that remembers. ``open``: cleared, it keeps what it is given until it is set."""

    serving: Serving = field(init=False)
    taken: list[tuple[str | None, bytes]] = field(default_factory=list)
    done: int = 0
    answers: dict[bytes, WebhookResponse | Exception] = field(default_factory=dict)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, headers: Mapping[str, str], body: bytes) -> WebhookResponse:
        self.taken.append((headers.get("x-secret"), body))
        await self.open.wait()
        self.done += 1
        answer = self.answers.get(body, ACKNOWLEDGED)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def bodies(self) -> list[bytes]:
        return [body for _, body in self.taken]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Peer:
    """Who sends. Everything is waited for at most ten seconds."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def sends(self, data: bytes) -> None:
        self.writer.write(data)

    async def reads(self) -> Answer:
        async with asyncio.timeout(10):
            head = await self.reader.readuntil(b"\r\n\r\n")
            first, *lines = head.decode().strip().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines)
            body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(int(first.split()[1]), headers, body)

    async def asks(self, data: bytes) -> Answer:
        self.sends(data)
        return await self.reads()

    async def sees_the_end(self) -> bool:
        async with asyncio.timeout(10):
            try:
                return await self.reader.read() == b""
            except ConnectionResetError:  # where we sent what was not read any more
                return True


@asynccontextmanager
async def opened(budget: int = 1024 * 1024) -> AsyncIterator[FakeWebhook]:
    """The server with this webhook, one whose path begins like it, and a page whose path does."""
    hook = FakeWebhook()
    hook.open.set()
    paths = ("/hooks/hook", "/ho")
    hooks = [Webhook(path, LIMIT, NAMED, hook.take) for path in paths]

    async def other(request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    app = build_app(Ready(), Metrics(), [web.post("/hooks/hooks", other)])
    hook.serving = await serve(app, "127.0.0.1", 0, hooks, BodyReader(budget))
    try:
        yield hook
    finally:
        hook.open.set()
        await hook.serving.close()


@asynccontextmanager
async def connected(hook: FakeWebhook) -> AsyncIterator[Peer]:
    reader, writer = await asyncio.open_connection("127.0.0.1", hook.serving.port)
    try:
        yield Peer(reader, writer)
    finally:
        writer.close()


def post(body: bytes = b"", *lines: str, path: str = "/hooks/hook", version: str = "1.1") -> bytes:
    head = [f"POST {path} HTTP/{version}", "Host: x", f"Content-Length: {len(body)}", *lines]
    return "\r\n".join([*head, "", ""]).encode() + body


def chunked(*chunks: bytes) -> bytes:
    head = b"POST /hooks/hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))
