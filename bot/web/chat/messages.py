"""What citizens write and press on the page, as messages for the intake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import Annotated, assert_never

import msgspec
from aiohttp import web
from msgspec import Meta, Struct

from bot.channels.ports import IntakePort
from bot.web.addresses import sender_of
from bot.web.bodies import BodyReader
from bot.web.chat.requests import (
    ACCOUNT,
    RETRY_AFTER_S,
    Allowance,
    EventId,
    Language,
    Number,
    RequestLimits,
    Token,
    Words,
    refusal,
)
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import MAX_KEY_BYTES, Body, Channel, Incoming, Press, Sender, Start, Text
from handlers.text.display import as_typed

MAX_BODY_BYTES = 32 * 1024


class _TextMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="text"):
    token: Token
    id: EventId
    text: Words
    quotes: Annotated[str, Meta(pattern=r"^\d{1,10}\Z")] | None = None
    language: Language | None = None


class _PressMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="press"):
    token: Token
    id: EventId
    key: Annotated[str, Meta(min_length=1, max_length=MAX_KEY_BYTES, pattern=r"^[^\x00]*\Z")]
    prompt: Number
    language: Language | None = None


class _StartMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="start"):
    token: Token
    id: EventId
    desk: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{0,64}\Z")] = ""
    language: Language | None = None


_decoder = msgspec.json.Decoder(_TextMessage | _PressMessage | _StartMessage)


class ChatMessages:
    """Checks each message, and hands it on. ``network_hash`` makes of an address, at a moment,
    what bursts of answers are found by."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        limits: RequestLimits,
        *,
        bodies: BodyReader | None = None,
        network_hash: Callable[[str, datetime], bytes] | None = None,
    ) -> None:
        self._clock = clock
        self._proxies = limits.proxies
        self._bodies = bodies or BodyReader()
        self._network_hash = network_hash
        self._allowance = Allowance(limits.burst, limits.per_second)

    async def take(self, request: web.Request, intake: IntakePort) -> web.Response:
        """POST /chat/messages; 204 once what was said is committed."""
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
            quotes=message.quotes if isinstance(message, _TextMessage) else None,
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
        return self._network_hash(sender_of(request, self._proxies), now)


def _body(message: _TextMessage | _PressMessage | _StartMessage) -> Body:
    match message:
        case _TextMessage(text=text):
            return Text(as_typed(text))
        case _PressMessage(key=key, prompt=prompt):
            return Press(key, prompt)
        case _StartMessage(desk=desk):
            return Start(desk)
    assert_never(message)
