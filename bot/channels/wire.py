"""Bytes in and out: bounded webhook bodies, and calls that answer with an outcome, not raise."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from datetime import timedelta

import aiohttp
from aiohttp import web
from msgspec import Struct

from bot.channels.ports import RetryLater, Uncertain

CONNECT_S = 10.0
BODY_S = 30.0  # a webhook that trickles in for longer is given up
AFTER_NO_CONNECTION = timedelta(seconds=5)


class Answer(Struct, frozen=True):
    """What a platform's server said: the HTTP status and the body as it came."""

    status: int
    body: bytes


async def call(
    session: aiohttp.ClientSession,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    timeout_s: float,
) -> Answer | RetryLater | Uncertain:
    """Post ready-made bytes, or get where there are none.

    Nothing is raised, so no exception can carry a URL with its token.
    ``RetryLater``: no connection came about, so nothing was sent. ``Uncertain``: the request may
    have been read although its answer never came.
    """
    timeout = aiohttp.ClientTimeout(total=timeout_s, connect=min(CONNECT_S, timeout_s / 2))
    try:
        async with session.request(
            "GET" if body is None else "POST",
            url,
            data=body,
            headers=headers,
            timeout=timeout,
            allow_redirects=False,
        ) as response:
            return Answer(response.status, await response.read())
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        return RetryLater(AFTER_NO_CONNECTION, whole_channel=True, code="no-connection")
    except TimeoutError:
        return Uncertain("time-out")
    except (aiohttp.ClientError, OSError):
        return Uncertain("connection-cut")


async def read_body(request: web.Request, limit: int) -> bytes:
    """The raw body of at most ``limit`` bytes, whatever the application's own limit is.

    Raises HTTPRequestEntityTooLarge (413) beyond it and HTTPRequestTimeout (408) when it does not
    arrive.
    """
    length = request.content_length or 0
    if length > limit:
        raise web.HTTPRequestEntityTooLarge(limit, length)
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
