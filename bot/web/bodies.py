"""Request bodies: each within its limit and its time, all of them together within a budget."""

from __future__ import annotations

import asyncio

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

BODY_S = 30.0  # a body that trickles in for longer is given up
BUDGET_BYTES = 64 * 1024 * 1024


class BodyReader:
    """Reads bodies. Only what has been received of those not yet whole counts as used.

    A body that came with its head, as nearly all do, is read whatever others hold.
    """

    def __init__(self, budget: int = BUDGET_BYTES) -> None:
        """``budget``: bytes."""
        self._free = budget
        self._unfinished: set[asyncio.Transport] = set()

    async def read(self, request: web.Request, limit: int) -> bytes:
        """The raw body of at most ``limit`` bytes, whatever the application's own limit is.

        Raises 413 beyond the limit, 408 when the body does not arrive in time, 415 when it is
        compressed (a few kilobytes could unfold to gigabytes, and no platform does that), 503 when
        the budget is used up and 400 when the chunks are not valid; each closes the connection.
        """
        try:
            return await self._read(request, limit)
        except web.HTTPException as refusal:
            refusal.force_close()
            raise

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
        self._unfinished.add(transport)
        try:
            async with asyncio.timeout(BODY_S):
                async for chunk in request.content.iter_any():
                    if len(chunk) > self._free:
                        raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
                    self._free -= len(chunk)
                    body += chunk
                    _check(len(body), limit)
        finally:
            self._unfinished.discard(transport)
            self._free += len(body)
        return bytes(body)


def _check(length: int, limit: int) -> None:
    if length > limit:
        raise web.HTTPRequestEntityTooLarge(limit, length)
