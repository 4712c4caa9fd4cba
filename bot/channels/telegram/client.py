"""Calls to Telegram: ready-made bytes, and the calls that set the channel up."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from bot.channels.http import HttpClient
from bot.channels.ports import RetryLater, Stopped, Uncertain
from bot.channels.responses import HttpResponse
from bot.channels.telegram.answers import Parameters, outcome

JSON = {"Content-Type": "application/json"}
UNREACHABLE = RetryLater(timedelta(seconds=5), whole_channel=True, code="unreachable")

T = TypeVar("T")

_Seconds = Annotated[int, Meta(ge=0, lt=2**32)]  # since 1970: of no year that a calendar lacks


class Me(Struct):
    """The bot, by getMe; what every bot has is required, as others may answer in its place."""

    id: int
    is_bot: bool
    first_name: str
    username: str | None = None


class WebhookInfo(Struct):
    """How updates come, by getWebhookInfo."""

    url: str
    pending_update_count: int
    last_error_date: _Seconds | None = None
    last_error_message: str | None = None


class Refused(Struct, frozen=True):
    """Telegram does not take a call. ``reason``: its own words, nothing of a citizen's."""

    reason: str


class _Yes(Struct, Generic[T]):
    ok: Literal[True]
    result: T


class _No(Struct):
    ok: Literal[False]
    description: str = ""
    parameters: Parameters | None = None


ME = msgspec.json.Decoder(_Yes[Me])
WEBHOOK_INFO = msgspec.json.Decoder(_Yes[WebhookInfo])
DONE = msgspec.json.Decoder(_Yes[bool])
_NO = msgspec.json.Decoder(_No)


class Transport:
    """Posts to the Bot API over the channel's client, which is closed where it was opened."""

    def __init__(self, client: HttpClient, timeout_s: float) -> None:
        self._client = client
        self._timeout_s = timeout_s

    async def post_bytes(
        self, url: str, body: bytes, timeout_s: float | None = None
    ) -> HttpResponse | RetryLater | Uncertain:
        """Send bytes that are JSON already."""
        return await self._client.call(url, body, JSON, timeout_s or self._timeout_s)

    async def set_up(
        self, url: str, body: bytes, decoder: msgspec.json.Decoder[_Yes[T]]
    ) -> T | Refused | Stopped | RetryLater:
        """One call that sets up, or its result: what is not Telegram's answer is no answer."""
        response = await self.post_bytes(url, body)
        if not isinstance(response, HttpResponse):
            return UNREACHABLE
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            said = outcome(response)
            if isinstance(said, RetryLater):
                return RetryLater(said.after, whole_channel=True, code="429")
            return UNREACHABLE
        try:
            if response.status < HTTPStatus.MULTIPLE_CHOICES:
                return decoder.decode(response.body).result
            refusal = _NO.decode(response.body)
        except (ValueError, RecursionError):
            return UNREACHABLE
        match response.status:
            # 404: a malformed token
            case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN | HTTPStatus.NOT_FOUND:
                return Stopped("token-refused")
            case HTTPStatus.BAD_REQUEST:
                return Refused(refusal.description)
            case _:
                return UNREACHABLE
