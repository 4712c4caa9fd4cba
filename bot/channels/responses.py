"""What platforms' servers say, and what it means where it is not the platform that says it.

Apart from the client, which is 7 MB, for those who only read results.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from msgspec import Struct

from bot.channels.ports import RetryLater, Uncertain

AFTER_SERVER_ERROR = timedelta(seconds=5)
AFTER_STRANGE_ANSWER = timedelta(seconds=30)


class HttpResponse(Struct, frozen=True):
    """What a platform's server said: the HTTP status and the body as it came."""

    status: int
    body: bytes


def not_the_platforms(status: int, platform: str) -> RetryLater | Uncertain:
    """The outcome of an answer that is not the platform's own, such as a proxy's.

    It never gives a contact up.
    """
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Uncertain("unreadable")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return RetryLater(AFTER_SERVER_ERROR, code=str(status))
    return RetryLater(AFTER_STRANGE_ANSWER, whole_channel=True, code=f"not-{platform}-{status}")
