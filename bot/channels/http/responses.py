"""A platform's HTTP response, and what one means that is not the platform's own.

Not in http.py, so that code that only reads results does not import the client's 7 MB.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from msgspec import Struct

from bot.channels.ports import RetryLater, Uncertain

AFTER_SERVER_ERROR = timedelta(seconds=5)
AFTER_STRANGE_ANSWER = timedelta(seconds=30)


class HttpResponse(Struct, frozen=True):
    """HTTP status and undecoded body."""

    status: int
    body: bytes


def not_the_platforms(status: int, platform: str) -> RetryLater | Uncertain:
    """The outcome of a response that is not the platform's own, such as a proxy's error page.

    It says nothing about the contact, so it never means Failed or Blocked.
    """
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Uncertain("unreadable")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return RetryLater(AFTER_SERVER_ERROR, code=str(status))
    return RetryLater(AFTER_STRANGE_ANSWER, whole_channel=True, code=f"not-{platform}-{status}")
