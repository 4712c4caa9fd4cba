"""A webhook as its channel describes it; the server decides how it is reached."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct


class WebhookResponse(Struct, frozen=True):
    """What the platform that delivered an event is told. ``retry_after_s``: when to come again."""

    status: int = 200
    body: bytes = b""
    content_type: str = ""  # as ASCII; none for an empty body
    retry_after_s: int | None = None


ACKNOWLEDGED = WebhookResponse()
TRY_AGAIN = WebhookResponse(503, retry_after_s=1)


class Webhook(Struct, frozen=True):
    """Where a platform delivers events.

    ``take`` is given those of ``headers`` that came (names in lower case) and the raw body. It
    compares secrets before it decodes anything, and answers once all that it was given is stored.
    """

    path: str
    limit: int  # bytes of the body
    headers: frozenset[str]  # the names of those that ``take`` needs, in lower case
    take: Callable[[Mapping[str, str], bytes], Awaitable[WebhookResponse]]


def same_secret(given: str, expected: str) -> bool:
    """Compare in constant time; a header may hold any bytes (aiohttp escapes them)."""
    return hmac.compare_digest(
        given.encode("utf-8", "surrogateescape"), expected.encode("utf-8", "surrogateescape")
    )
