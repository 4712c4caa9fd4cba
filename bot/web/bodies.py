"""Request bodies: each within its limit and its time, all of them together within a budget."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

BODY_S = 30.0  # a body that trickles in for longer is given up …
LEAST_PER_S = 32_000  # … unless this many bytes a second come: a photo over a slow network
BUDGET_BYTES = 64 * 1024 * 1024

log = structlog.get_logger(__name__)


class BodyReader:
    """Reads bodies. Only what has been received of those not yet whole counts as used.

    Where the budget is used up, the connection is cut whose body has been coming for longest:
    bodies come whole in moments, so it is one that somebody holds back. A body that came with its
    head, as nearly all do, is read no matter how much others hold.
    """

    def __init__(self, budget: int = BUDGET_BYTES) -> None:
        """``budget``: bytes."""
        self._free = budget
        self._unfinished: dict[asyncio.Transport, int] = {}  # bytes received, the oldest first

    async def read(self, request: web.Request, limit: int) -> bytes:
        """The raw body of at most ``limit`` bytes, regardless of the application's own limit.

        Raises 413 beyond the limit, 408 when the body does not arrive in time, 415 when it is
        compressed (a few kilobytes could unfold to gigabytes, and no platform does that) and 400
        when the chunks are not valid; each closes the connection. Raises ConnectionResetError when
        it had to make room.
        """
        try:
            return await self._read(request, limit)
        except web.HTTPException as refusal:
            refusal.force_close()
            raise

    @asynccontextmanager
    async def whole(self, request: web.Request, limit: int) -> AsyncIterator[bytes]:
        """As ``read``; the body counts against the memory limit until the block ends."""
        body = await self.read(request, limit)
        self._free -= len(body)
        try:
            yield body
        finally:
            self._free += len(body)

    def close(self) -> None:
        """Cut the connections whose bodies are not whole, so that the server can stop."""
        for transport in self._unfinished:
            transport.abort()

    async def _read(self, request: web.Request, limit: int) -> bytes:
        if "Content-Encoding" in request.headers:
            raise web.HTTPUnsupportedMediaType
        _check(request.content_length or 0, limit)
        try:
            if request.content.is_eof():
                body = request.content.read_nowait()
                _check(len(body), limit)
                return body
            return await self._gather(request, limit)
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        except (web.RequestPayloadError, HttpProcessingError):
            raise web.HTTPBadRequest from None

    async def _gather(self, request: web.Request, limit: int) -> bytes:
        transport = request.transport
        if transport is None:
            raise ConnectionResetError
        body = bytearray()
        self._unfinished[transport] = 0
        try:
            async with asyncio.timeout(BODY_S) as patience:
                until = patience.when() or 0.0
                async for chunk in request.content.iter_any():
                    body += chunk
                    patience.reschedule(until + len(body) / LEAST_PER_S)
                    _check(len(body), limit)
                    self._use(transport, len(chunk))
        finally:
            self._let_go(transport)
        return bytes(body)

    def _use(self, transport: asyncio.Transport, size: int) -> None:
        if transport not in self._unfinished:
            raise ConnectionResetError
        self._unfinished[transport] += size
        self._free -= size
        while self._free < 0:
            oldest = next(iter(self._unfinished))
            log.warning("slow request aborted to free memory", received=self._unfinished[oldest])
            oldest.abort()
            self._let_go(oldest)

    def _let_go(self, transport: asyncio.Transport) -> None:
        self._free += self._unfinished.pop(transport, 0)


def _check(length: int, limit: int) -> None:
    if length > limit:
        raise web.HTTPRequestEntityTooLarge(limit, length)
