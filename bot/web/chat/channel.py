"""The web chat's server side: takes a page's messages and streams the replies back to it."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from math import ceil
from typing import Annotated, assert_never

import msgspec
import structlog
from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response
from msgspec import Meta, Struct

from bot.channels.ports import Outgoing, Sent, Takes
from bot.web.addresses import Network, sender_of
from bot.web.bodies import BodyReader
from bot.web.chat.pages import Pages, Site
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import (
    MAX_KEY_BYTES,
    MAX_TEXT,
    Body,
    Channel,
    File,
    Incoming,
    Press,
    Reply,
    Sender,
    Start,
    Text,
)
from handlers.text.display import as_typed
from handlers.text.markup import Block

ACCOUNT = "web"
MAX_BODY_BYTES = 32 * 1024
RETRY_AFTER_S = 2
RECONNECT_MS = 2000
REMEMBERED_TOKENS = 10_000

# The page draws 192 random bits; fewer than 128 (22 characters) could be guessed.
Token = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22,64}\Z")]
EventId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22,64}\Z")]
# Words without the one character that PostgreSQL cannot store as text.
Words = Annotated[str, Meta(max_length=MAX_TEXT, pattern=r"^[^\x00]*\Z")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?\Z")]
Number = Annotated[int, Meta(ge=0, lt=2**31)]

log = structlog.get_logger(__name__)

RepliesAfter = Callable[[int], Awaitable[list[Reply] | None]]
"""None: nothing is known under the page's token, any more or yet."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the channel takes and how patiently it waits."""

    poll: timedelta = timedelta(seconds=5)  # a wake-up may be lost between processes
    heartbeat: timedelta = timedelta(seconds=15)  # keeps proxies from closing a quiet stream
    streams: int = 2000
    # A carrier puts many telephones behind one address, so it is no limit for a person.
    streams_of_one_address: int = 200
    proxies: tuple[Network, ...] = ()  # as ``sender_of`` trusts them
    burst: int = 30  # messages that one token may send at once …
    per_second: float = 1.0  # … and how fast that allowance comes back


class _Said(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="text"):
    token: Token
    id: EventId
    text: Words
    quotes: Annotated[str, Meta(pattern=r"^\d{1,10}\Z")] | None = None
    language: Language | None = None


class _Pressed(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="press"):
    token: Token
    id: EventId
    key: Annotated[str, Meta(min_length=1, max_length=MAX_KEY_BYTES, pattern=r"^[^\x00]*\Z")]
    prompt: Number
    language: Language | None = None


class _Started(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="start"):
    token: Token
    id: EventId
    desk: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{0,64}\Z")] = ""
    language: Language | None = None


_decoder = msgspec.json.Decoder(_Said | _Pressed | _Started)
_after_decoder = msgspec.json.Decoder(Number)
_token_shape = re.compile(r"[A-Za-z0-9_-]{22,64}")


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


class WebChannel:
    """The web chat as delivery and the server see it.

    ``replies_of(token)`` makes for one open page what reads its committed replies with a larger
    number, in order; that raises StorageUnavailable. Committed replies need no sending, only
    waking: ``tell`` is called for a reply whose page is not open in this process. ``network_hash``
    makes of an address, at a moment, what bursts of answers are found by.
    """

    name = Channel.WEB

    def __init__(
        self,
        site: Site,
        replies_of: Callable[[str], RepliesAfter],
        clock: Callable[[], datetime],
        limits: Limits | None = None,
        *,
        bodies: BodyReader | None = None,
        tell: Callable[[str, int], None] | None = None,
        network_hash: Callable[[str, datetime], bytes] | None = None,
        published: Callable[[], Awaitable[Mapping[str, str]]] | None = None,
    ) -> None:
        self._pages = Pages(site, published)
        self._replies_of = replies_of
        self._clock = clock
        self._limits = limits or Limits()
        self._bodies = bodies or BodyReader()
        self._tell = tell
        self._network_hash = network_hash
        self._allowance = Allowance(self._limits.burst, self._limits.per_second)
        self._streams: dict[str, set[_Stream]] = {}
        self._open: Counter[str] = Counter()  # streams by the address that asked for them
        self._closing = False

    def routes(self, intake: Takes) -> list[web.AbstractRouteDef]:
        """Every address of the web chat; messages go to ``intake``."""

        async def post_message(request: web.Request) -> web.Response:
            return await self._take(request, intake)

        return [
            *self._pages.routes(),
            web.post("/chat/messages", post_message),
            web.get("/chat/events", self._stream_replies),
        ]

    async def send(self, outgoing: Outgoing) -> Sent:
        """A committed reply is where the page reads it; wake the pages that are open."""
        page, number = page_of(outgoing.address), outgoing.reply.number
        if page in self._streams:
            self.wake(page, number)
        elif self._tell is not None:
            self._tell(page, number)
        return Sent(ref=str(outgoing.reply.number))

    def wake(self, page: str, number: int) -> None:
        """Let those who have ``page`` open read again: its reply ``number`` was committed."""
        for stream in self._streams.get(page, ()):
            stream.doubtful = stream.doubtful or number <= stream.last
            stream.woken.set()

    def close(self) -> None:
        """End every stream, so that the server can stop; pages reconnect by themselves."""
        self._closing = True
        for streams in self._streams.values():
            for stream in streams:
                stream.woken.set()

    async def _take(self, request: web.Request, intake: Takes) -> web.Response:
        raw = await self._bodies.read(request, MAX_BODY_BYTES)
        try:
            message = _decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refusal(400, str(error))
        now = self._clock()
        if wait_s := self._allowance.take(message.token, now.timestamp()):
            return refusal(429, "demasiados mensajes seguidos", ceil(wait_s))
        incoming = Incoming(
            id=message.id,
            sender=Sender(Channel.WEB, ACCOUNT, message.token),
            body=_body(message),
            sent_at=now,
            quotes=message.quotes if isinstance(message, _Said) else None,
            language=message.language,
            network=self._network_of(request, now),
        )
        try:
            await intake.submit([incoming])
        except (StorageUnavailable, Overloaded):
            return refusal(503, "el servicio está ocupado", RETRY_AFTER_S)
        return web.Response(status=204)

    def _network_of(self, request: web.Request, now: datetime) -> bytes:
        """The hash alone goes on: the address itself is stored nowhere."""
        if self._network_hash is None:
            return b""
        return self._network_hash(sender_of(request, self._limits.proxies), now)

    async def _stream_replies(self, request: web.Request) -> web.StreamResponse:
        token = request.query.get("token", "")
        # A browser that reconnects by itself names the last event in the header; the address
        # still has the number with which the page opened the stream.
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
        if not _token_shape.fullmatch(token):
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
        streams = self._streams.setdefault(page, set())
        streams.add(stream)
        self._open[sender] += 1
        if self._open[sender] == self._limits.streams_of_one_address:
            # Is it our own proxy, then [web] trusted_proxies lacks it.
            log.warning("one address has all the streams it may", streams=self._open[sender])
        try:
            yield
        finally:
            self._open[sender] -= 1
            if not self._open[sender]:
                del self._open[sender]
            streams.discard(stream)
            if not streams:
                del self._streams[page]

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
                # The page has gone, or it reconnects and asks again from its last number.
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
        gone = request.transport is None or request.transport.is_closing()
        return not (gone or self._closing) and response.is_connected()


def page_of(token: str) -> str:
    """The name of a token's page between processes; it opens no conversation, as the token does."""
    return blake2b(token.encode(), digest_size=16).hexdigest()


class Allowance:
    """A bucket a token, for the tokens seen last; a forgotten one starts full again."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, token: str, now: float) -> float:
        """Use one message of the allowance; 0, or the seconds to wait when there is none."""
        left, at = self._buckets.pop(token, (float(self._burst), now))
        left = min(self._burst, left + max(0.0, now - at) * self._per_second)
        wait_s = 0.0 if left >= 1 else (1 - left) / self._per_second
        self._buckets[token] = (left if wait_s else left - 1, now)
        if len(self._buckets) > REMEMBERED_TOKENS:
            self._buckets.popitem(last=False)
        return wait_s


def _body(message: _Said | _Pressed | _Started) -> Body:
    match message:
        case _Said(text=text):
            return Text(as_typed(text))
        case _Pressed(key=key, prompt=prompt):
            return Press(key, prompt)
        case _Started(desk=desk):
            return Start(desk)
    assert_never(message)


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


def refusal(status: int, error: str, retry_after_s: int | None = None) -> web.Response:
    """An answer that tells a page what is wrong, and when to come again."""
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return web.json_response({"error": error}, status=status, headers=headers)
