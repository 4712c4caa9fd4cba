"""Files over the web chat: what a page sends with a case, and what its own replies bring along."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from math import ceil
from typing import Annotated

import msgspec
from aiohttp import web
from msgspec import Meta, Struct

from bot.channels.ports import Document, IntakePort
from bot.web.bodies import BodyReader
from bot.web.browsers import FILE_POLICY
from bot.web.chat.requests import (
    ACCOUNT,
    RETRY_AFTER_S,
    Allowance,
    EventId,
    Language,
    Token,
    Words,
    refusal,
)
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import Channel, Incoming, Media, MediaFile, MediaKind, Sender
from handlers.text.display import as_typed

MAX_ASKING_BYTES = 4 * 1024
AT_ONCE = 3  # uploads that are decoded at the same time: each is some megabytes
BURST, PER_SECOND = 8, 0.1  # files that one page may send or fetch
_AROUND_BYTES = 32 * 1024  # of what stands round the file

ReadDocument = Callable[[str, int], Awaitable[Document | None]]
"""The file of a token's reply of that number; None: it has none, or none any more."""


class _Sent(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="file"):
    token: Token
    id: EventId
    content: bytes  # in base64
    text: Words = ""
    language: Language | None = None


class _FileRequest(Struct, frozen=True, forbid_unknown_fields=True):
    token: Token
    number: Annotated[int, Meta(ge=1, lt=2**31)]


_sent_decoder = msgspec.json.Decoder(_Sent)
_request_decoder = msgspec.json.Decoder(_FileRequest)


class ChatFiles:
    """Uploads and downloads. The token is the only proof of who asks, as everywhere in the chat; it
    goes in the body of the request, so that no browser history or access log holds it."""

    def __init__(
        self,
        encrypt: Callable[[bytes], bytes],
        read: ReadDocument,
        clock: Callable[[], datetime],
        most: int,
    ) -> None:
        """``encrypt``: the keyring's; ``most``: bytes of a file."""
        self._encrypt = encrypt
        self._read = read
        self._clock = clock
        self._most = most
        self._bodies = BodyReader()  # of its own: what uploads hold back is nobody else's
        self._free = asyncio.Semaphore(AT_ONCE)
        self._allowance = Allowance(BURST, PER_SECOND)

    def routes(self, intake: IntakePort) -> list[web.RouteDef]:
        """The two addresses; files that come go to ``intake`` with their message."""

        async def take(request: web.Request) -> web.Response:
            most = self._most * 4 // 3 + _AROUND_BYTES
            # Acquired after the body is read: otherwise a few slow uploads would block all others.
            async with self._bodies.whole(request, most) as raw, self._free:
                return await self._take(raw, intake)

        return [web.post("/chat/files", take), web.post("/chat/file", self._give)]

    def close(self) -> None:
        """Cut uploads that are not whole, so that the server can stop."""
        self._bodies.close()

    async def _take(self, raw: bytes, intake: IntakePort) -> web.Response:
        try:
            sent = await asyncio.to_thread(_sent_decoder.decode, raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refusal(400, str(error))
        if len(sent.content) > self._most:
            return refusal(413, "el archivo es muy grande")
        now = self._clock()
        if wait_s := self._allowance.take(sent.token, now.timestamp()):
            return refusal(429, "demasiados archivos seguidos", ceil(wait_s))
        is_document = sent.content.startswith(b"%PDF-")
        encrypted = await asyncio.to_thread(self._encrypt, sent.content)
        kind = MediaKind.DOCUMENT if is_document else MediaKind.PHOTO
        incoming = Incoming(
            id=sent.id,
            sender=Sender(Channel.WEB, ACCOUNT, sent.token),
            body=Media(kind, as_typed(sent.text), MediaFile("", len(sent.content), encrypted)),
            sent_at=now,
            language=sent.language,
        )
        try:
            await intake.submit([incoming])
        except (StorageUnavailable, Overloaded):
            return refusal(503, "el servicio está ocupado", RETRY_AFTER_S)
        return web.Response(status=204)

    async def _give(self, request: web.Request) -> web.Response:
        raw = await self._bodies.read(request, MAX_ASKING_BYTES)
        try:
            asked = _request_decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refusal(400, str(error))
        if wait_s := self._allowance.take(asked.token, self._clock().timestamp()):
            return refusal(429, "demasiados archivos seguidos", ceil(wait_s))
        try:
            document = await self._read(asked.token, asked.number)
        except StorageUnavailable:
            return refusal(503, "el servicio está ocupado", RETRY_AFTER_S)
        if document is None:
            return refusal(404, "ese archivo ya no está")
        headers = {
            "Content-Disposition": f'attachment; filename="{document.name}"',
            "Content-Security-Policy": FILE_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return web.Response(
            body=document.content, content_type=document.media_type, headers=headers
        )
