"""What any request of a page holds, how much one page may send, and how a request is refused."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from aiohttp import web
from msgspec import Meta

from bot.web.addresses import Network
from handlers.messages import MAX_TEXT

ACCOUNT = "web"
RETRY_AFTER_S = 2
REMEMBERED_TOKENS = 10_000

# The page draws 192 random bits; fewer than 128 (22 characters) could be guessed.
Token = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22,64}\Z")]
EventId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22,64}\Z")]
# Words without the one character that PostgreSQL cannot store as text.
Words = Annotated[str, Meta(max_length=MAX_TEXT, pattern=r"^[^\x00]*\Z")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?\Z")]
Number = Annotated[int, Meta(ge=0, lt=2**31)]
TOKEN_SHAPE = re.compile(r"[A-Za-z0-9_-]{22,64}")


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How much the channel takes and how patiently it waits."""

    poll: timedelta = timedelta(seconds=5)  # a wake-up may be lost between processes
    heartbeat: timedelta = timedelta(seconds=15)  # keeps proxies from closing a quiet stream
    streams: int = 2000
    # A carrier puts many telephones behind one address, so it is no limit for a person.
    streams_of_one_address: int = 200
    proxies: tuple[Network, ...] = ()  # as ``sender_of`` trusts them
    burst: int = 30  # messages that one token may send at once …
    per_second: float = 1.0  # … and how fast that allowance comes back


class Allowance:
    """A bucket a token, for the tokens seen last; a forgotten one starts full again."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, token: str, now: float) -> float:
        """Use one message of the allowance; 0, or the seconds to wait when there is none."""
        left, at = self._buckets.pop(token, (float(self._burst), now))
        left = min(self._burst, left + max(0.0, now - at) * self._per_second)
        wait_s = 0.0 if left >= 1 else (1 - left) / self._per_second
        self._buckets[token] = (left if wait_s else left - 1, now)
        if len(self._buckets) > REMEMBERED_TOKENS:
            self._buckets.popitem(last=False)
        return wait_s


def refusal(status: int, error: str, retry_after_s: int | None = None) -> web.Response:
    """An answer that tells a page what is wrong, and when to come again."""
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return web.json_response({"error": error}, status=status, headers=headers)
