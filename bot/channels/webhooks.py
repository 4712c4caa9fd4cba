"""What channels share: bounded webhook bodies, secrets compared."""

from __future__ import annotations

import asyncio
import hmac

from aiohttp import web

BODY_S = 30.0  # a webhook that trickles in for longer is given up


class Room:
    """Memory for bodies that have begun to come, over whatever connections."""

    def __init__(self, size: int) -> None:
        """``size``: bytes."""
        self._free = size

    def take(self, size: int) -> bool:
        """Whether there was room; then it is given back with ``leave``."""
        if size > self._free:
            return False
        self._free -= size
        return True

    def leave(self, size: int) -> None:
        """So much is free again."""
        self._free += size


async def read_body(request: web.Request, limit: int) -> bytes:
    """The raw body of at most ``limit`` bytes, whatever the application's own limit is.

    Raises HTTPRequestEntityTooLarge (413) beyond it, HTTPRequestTimeout (408) when it does not
    arrive and HTTPUnsupportedMediaType (415) when it is compressed: no platform does that.
    """
    if "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    length = request.content_length or 0
    if length > limit:
        raise web.HTTPRequestEntityTooLarge(limit, length)
    if length and request.content.is_eof():  # it came with its head, as nearly all do
        return request.content.read_nowait()
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > limit:
                    raise web.HTTPRequestEntityTooLarge(limit, len(body))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(body)


def same_secret(given: str, expected: str) -> bool:
    """Compare in constant time; a header may hold any bytes (aiohttp escapes them)."""
    return hmac.compare_digest(
        given.encode("utf-8", "surrogateescape"), expected.encode("utf-8", "surrogateescape")
    )
