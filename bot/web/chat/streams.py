"""The pages that are open, each with a stream of the replies to its citizen."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b

import msgspec
import structlog
from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response
from msgspec import Struct

from bot.web.addresses import sender_of
from bot.web.chat.requests import RETRY_AFTER_S, TOKEN_SHAPE, Number, RequestLimits, refusal
from handlers.errors import StorageUnavailable
from handlers.messages import File, Reply
from handlers.text.markup import Block

RECONNECT_MS = 2000

log = structlog.get_logger(__name__)

RepliesAfter = Callable[[int], Awaitable[list[Reply] | None]]
"""None: nothing is known under the page's token, any more or yet."""

_after_decoder = msgspec.json.Decoder(Number)


class _ShownOption(Struct, frozen=True):
    key: str
    label: str


class _ShownFile(Struct, frozen=True, omit_defaults=True):
    """``fetched``: its content is asked for by the number of its reply."""

    name: str
    content: str = ""
    fetched: bool = False


class _ShownReply(Struct, frozen=True, omit_defaults=True):
    """The part of a reply that the page shows."""

    number: int
    text: str
    options: list[_ShownOption]
    layout: str
    blocks: tuple[Block, ...] = ()
    numbered: int = 0
    file: _ShownFile | None = None


@dataclass(slots=True, eq=False)
class _Stream:
    """One open page. ``doubtful``: its last number may belong to an erased conversation.

    ``restarted``: it does, and there is a new one; ``forgotten``: and there is none.
    """

    replies_after: RepliesAfter
    last: int
    doubtful: bool
    restarted: bool = False
    forgotten: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Streams:
    """Those of this process.

    ``replies_of(token)`` makes for one open page what reads its committed replies with a larger
    number, in order; that raises StorageUnavailable.
    """

    def __init__(self, replies_of: Callable[[str], RepliesAfter], limits: RequestLimits) -> None:
        self._replies_of = replies_of
        self._limits = limits
        self._pages: dict[str, set[_Stream]] = {}
        self._open: Counter[str] = Counter()  # streams by the address that asked for them
        self._closing = False

    def is_open(self, page: str) -> bool:
        """Whether anybody has the page open in this process."""
        return page in self._pages

    def wake(self, page: str, number: int) -> None:
        """Let those who have ``page`` open read again: its reply ``number`` was committed."""
        for stream in self._pages.get(page, ()):
            stream.doubtful = stream.doubtful or number <= stream.last
            stream.woken.set()

    def close(self) -> None:
        """End every stream, so that the server can stop; pages reconnect by themselves."""
        self._closing = True
        for streams in self._pages.values():
            for stream in streams:
                stream.woken.set()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """GET /chat/events: the page's replies from a number on, as they are committed."""
        token = request.query.get("token", "")
        # A browser that reconnects by itself names the last event in the header; the address
        # still has the number with which the page opened the stream.
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
        if not TOKEN_SHAPE.fullmatch(token):
            return refusal(400, "token")
        try:
            last = _after_decoder.decode(after)
        except msgspec.DecodeError:
            return refusal(400, "after")
        sender = sender_of(request, self._limits.proxies)
        if self._closing or self._is_full(sender):
            return refusal(503, "demasiadas conversaciones abiertas", RETRY_AFTER_S)
        stream = _Stream(self._replies_of(token), last=last, doubtful=last > 0)
        with self._registered(token, stream, sender):
            return await self._follow(request, stream)

    def _is_full(self, sender: str) -> bool:
        return (
            self._open[sender] >= self._limits.streams_of_one_address
            or self._open.total() >= self._limits.streams
        )

    @contextmanager
    def _registered(self, token: str, stream: _Stream, sender: str) -> Iterator[None]:
        page = page_of(token)
        streams = self._pages.setdefault(page, set())
        streams.add(stream)
        self._open[sender] += 1
        if self._open[sender] == self._limits.streams_of_one_address:
            # Is it our own proxy, then [web] trusted_proxies lacks it.
            log.warning("stream limit of one address reached", streams=self._open[sender])
        try:
            yield
        finally:
            self._open[sender] -= 1
            if not self._open[sender]:
                del self._open[sender]
            streams.discard(stream)
            if not streams:
                del self._pages[page]

    async def _follow(self, request: web.Request, stream: _Stream) -> web.StreamResponse:
        try:
            replies = await self._read(stream)
        except StorageUnavailable:
            return refusal(503, "el servicio está ocupado", RETRY_AFTER_S)
        heartbeat_s = self._limits.heartbeat.total_seconds()
        async with sse_response(request, ping_interval=heartbeat_s) as response:
            try:
                await response.send("{}", event="ready", retry=RECONNECT_MS)
                await _send_all(response, stream, replies)
                while await self._woken(request, response, stream):
                    await _send_all(response, stream, await self._read(stream))
            except (StorageUnavailable, ConnectionError, TimeoutError):
                # The page was closed, or it reconnects and asks again from its last number.
                return response
        return response

    async def _read(self, stream: _Stream) -> list[Reply]:
        stream.woken.clear()
        replies = await stream.replies_after(stream.last)
        doubtful, stream.doubtful = stream.doubtful, False
        if replies or not doubtful:
            return replies or []
        if replies is None:  # the answer that said so may have gone before this page was opened
            stream.forgotten = True
            return []
        if await stream.replies_after(stream.last - 1):
            return []
        # The page's last reply exists no more. If others do, the citizen had everything erased
        # and the numbers began again; if none do, there is only nothing to show.
        replies = await stream.replies_after(0) or []
        stream.restarted = bool(replies)
        return replies

    async def _woken(
        self, request: web.Request, response: EventSourceResponse, stream: _Stream
    ) -> bool:
        """Wait for a reply or the next poll; False when the page or the service is leaving."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.poll.total_seconds()):
                await stream.woken.wait()
        is_closed = request.transport is None or request.transport.is_closing()
        return not (is_closed or self._closing) and response.is_connected()


def page_of(token: str) -> str:
    """The name of a token's page between processes; it opens no conversation, as the token does."""
    return blake2b(token.encode(), digest_size=16).hexdigest()


async def _send_all(response: EventSourceResponse, stream: _Stream, replies: list[Reply]) -> None:
    if stream.restarted or stream.forgotten:
        event = "forgotten" if stream.forgotten else "restart"
        stream.restarted = stream.forgotten = False
        stream.last = 0
        await response.send("{}", id="0", event=event)
    for reply in replies:
        shown = _ShownReply(
            number=reply.number,
            text=reply.text,
            options=[_ShownOption(option.key, option.label) for option in reply.options],
            layout=reply.layout.value,
            blocks=reply.blocks,
            numbered=reply.numbered,
            file=_shown_file(reply.file) if reply.file else None,
        )
        await response.send(
            msgspec.json.encode(shown).decode(), id=str(reply.number), event="reply"
        )
        stream.last = reply.number


def _shown_file(file: File) -> _ShownFile:
    return _ShownFile(file.name, file.content, bool(file.ref))
