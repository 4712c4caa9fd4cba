"""A webhook as its channel describes it, independent of the HTTP server."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct


class WebhookResponse(Struct, frozen=True):
    """The response to the platform that delivered an event."""

    status: int = 200
    body: bytes = b""
    content_type: str = ""  # ASCII; empty for an empty body
    retry_after_s: int | None = None


ACKNOWLEDGED = WebhookResponse()
TRY_AGAIN = WebhookResponse(503, retry_after_s=1)


class Webhook(Struct, frozen=True):
    """Where a platform delivers events.

    ``take`` receives those of ``headers`` that were sent and the raw body. It checks the secret
    before decoding anything, and returns once everything it received is stored.
    """

    path: str
    limit: int  # bytes of the body
    headers: frozenset[str]  # names, in lower case, of the headers that ``take`` needs
    take: Callable[[Mapping[str, str], bytes], Awaitable[WebhookResponse]]


def same_secret(given: str, expected: str) -> bool:
    """Compare in constant time. ``given`` may hold surrogates: aiohttp so decodes stray bytes."""
    return hmac.compare_digest(
        given.encode("utf-8", "surrogateescape"), expected.encode("utf-8", "surrogateescape")
    )
