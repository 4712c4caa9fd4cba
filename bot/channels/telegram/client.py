"""Calls to the Bot API, our own and python-telegram-bot's, over one HTTP client."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from telegram import error
from telegram.request import BaseRequest, RequestData

from bot.channels.http.client import HttpClient
from bot.channels.http.responses import HttpResponse
from bot.channels.ports import RetryLater, Uncertain
from bot.channels.telegram.answers import Parameters, outcome

JSON = {"Content-Type": "application/json"}


class Flooded(error.TelegramError):
    """Telegram asks to wait. The library's RetryAfter emits a deprecation warning when raised."""

    def __init__(self, after: timedelta) -> None:
        super().__init__("429")
        self.after = after


class Transport(BaseRequest):
    """python-telegram-bot's transport over our client, which takes far less processor time."""

    def __init__(self, client: HttpClient, timeout_s: float) -> None:
        self._client = client
        self._timeout_s = timeout_s

    async def initialize(self) -> None:
        """The client is closed where it was opened."""

    async def shutdown(self) -> None:
        """The client is closed where it was opened."""

    @property
    def read_timeout(self) -> float:
        return self._timeout_s

    async def post_bytes(
        self, url: str, body: bytes, timeout_s: float | None = None
    ) -> HttpResponse | RetryLater | Uncertain:
        """POST a JSON body that is already encoded."""
        return await self._client.call(url, body, JSON, timeout_s or self._timeout_s)

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  # the Bot API accepts POST for every method
        request_data: RequestData | None = None,
        *args: Any,  # noqa: ARG002  # all calls share one time limit
        **kwargs: Any,  # noqa: ARG002  # as above
    ) -> tuple[int, bytes]:
        body = b"{}" if request_data is None else request_data.json_payload
        match await self.post_bytes(url, body):
            case HttpResponse(HTTPStatus.TOO_MANY_REQUESTS) as refused:
                match outcome(refused):
                    case RetryLater(after=after):
                        raise Flooded(after)
                    case _:
                        raise error.NetworkError("429")
            case HttpResponse(status, content):
                _check_readable(url, status, content)
                return status, content
            case RetryLater(code=code):
                raise error.NetworkError(code)
            case Uncertain(code):
                raise error.TimedOut(code)


_Seconds = Annotated[int, Meta(ge=0, lt=2**32)]  # since 1970, within datetime's range


class _Bot(Struct):
    """The fields that the library requires of getMe's result."""

    id: int
    is_bot: bool
    first_name: str


class _Me(Struct):
    ok: Literal[True]
    result: _Bot


class _Webhook(Struct):
    """The fields that the library requires of getWebhookInfo's result."""

    url: str
    has_custom_certificate: bool
    pending_update_count: int
    last_error_date: _Seconds | None = None
    last_synchronization_error_date: _Seconds | None = None


class _WebhookInfo(Struct):
    ok: Literal[True]
    result: _Webhook


class _Success(Struct):
    ok: Literal[True]
    result: bool


class _Refusal(Struct):
    ok: Literal[False]
    description: str = ""
    parameters: Parameters | None = None


_SUCCESS, _REFUSAL = msgspec.json.Decoder(_Success), msgspec.json.Decoder(_Refusal)
_FOUND: dict[str, msgspec.json.Decoder[Any]] = {
    "getMe": msgspec.json.Decoder(_Me),
    "getWebhookInfo": msgspec.json.Decoder(_WebhookInfo),
}


def _check_readable(url: str, status: int, content: bytes) -> None:
    """Raise NetworkError for a body that is not the Bot API's, such as a proxy's page.

    The library would raise errors of any kind, and log the body in full.
    """
    decoder: msgspec.json.Decoder[Any] = _REFUSAL
    if status < HTTPStatus.MULTIPLE_CHOICES:
        decoder = _FOUND.get(url.rpartition("/")[2], _SUCCESS)
    try:
        decoder.decode(content)
    except (ValueError, RecursionError):
        raise error.NetworkError(f"unreadable-{status}") from None
