"""What the Cloud API's responses mean, by its error codes rather than the HTTP status."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import msgspec
from msgspec import Struct

from bot.channels.http.responses import (
    AFTER_SERVER_ERROR,
    AFTER_STRANGE_ANSWER,
    HttpResponse,
    not_the_platforms,
)
from bot.channels.ports import Failed, RetryLater, SendOutcome, Sent, Stopped, Uncertain

NEEDS_TEMPLATE = "131047"
NO_TEMPLATE = "no-template"  # our own code: no template is configured
NOT_NOW = "131049"  # Meta limits how many announcements a citizen gets from all senders

# code → how long to wait, and whether it applies to the whole channel.
# https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
_RETRY = {
    2: (timedelta(seconds=10), True),  # service down
    4: (timedelta(minutes=1), True),  # the app's calls an hour
    80007: (timedelta(minutes=1), True),  # the account's calls an hour
    130429: (timedelta(seconds=2), True),  # 80 messages a second
    131000: (timedelta(seconds=5), False),  # something went wrong
    131016: (timedelta(seconds=10), True),  # service unavailable
    131049: (timedelta(hours=24), False),  # this citizen gets too many; Meta asks for 24 h
    131056: (timedelta(seconds=6), False),  # one message in 6 s to one citizen
    131057: (timedelta(minutes=1), True),  # account in maintenance
    133004: (timedelta(seconds=30), True),  # server temporarily unavailable
}
_INVALID, _NO_SUCH_NUMBER = 100, 33  # code and subcode: our phone number's id is wrong
_NEVER = {_INVALID, 130403, 131008, 131009, 131026, 131047, 131050, 131051}
_NEVER_RANGE = range(132000, 133000)  # templates
_STOP = {
    *(0, 3, 10, 131005, 190),  # the token or its permissions
    *(368, 131031, 131042, 131048, 131064),  # the account: restricted, locked, unpaid
    *(33, 131037, 131045),  # our number: deleted, its name not approved, its certificate wrong
}
_STOP_RANGES = (range(200, 300), range(133000, 134000))  # permissions; our number's registration


class _Message(Struct):
    id: str


class _Error(Struct):
    code: int
    error_subcode: int | None = None
    is_transient: bool = False


class _Response(Struct):
    messages: list[_Message] = []
    error: _Error | None = None


_RESPONSE = msgspec.json.Decoder(_Response)


def outcome(response: HttpResponse | RetryLater | Uncertain) -> SendOutcome:
    """The outcome of a message, from the response to sending it."""
    if not isinstance(response, HttpResponse):
        return response
    decoded = _decode_response(response.body)
    if decoded is not None and decoded.error is not None:
        return _refusal(decoded.error, response.status)
    if decoded is not None and decoded.messages and response.status < HTTPStatus.MULTIPLE_CHOICES:
        return Sent(decoded.messages[0].id)
    return not_the_platforms(response.status, "whatsapp")


def is_of_template(code: str) -> bool:
    """Whether the code means that the template is missing or wrong, so nothing is announced."""
    return code == NO_TEMPLATE or (code.isdecimal() and int(code) in _NEVER_RANGE)


def refusal(response: HttpResponse | RetryLater | Uncertain) -> RetryLater | Stopped | None:
    """The problem of the channel that a response to a GET shows; None if there is none."""
    result = outcome(response)
    match result:
        case RetryLater() | Stopped():
            return result
        case Failed(code):
            return Stopped(code)
        case _ if isinstance(response, HttpResponse) and response.status == HTTPStatus.OK:
            return None
        case _:
            return RetryLater(AFTER_SERVER_ERROR, whole_channel=True, code="unreachable")


def _decode_response(body: bytes) -> _Response | None:
    try:
        return _RESPONSE.decode(body)
    except (ValueError, RecursionError):
        return None


def _refusal(error: _Error, status: int) -> SendOutcome:
    code = str(error.code)
    if error.code in _RETRY:
        after, whole_channel = _RETRY[error.code]
        return RetryLater(after, whole_channel, code)
    if (error.code, error.error_subcode) == (_INVALID, _NO_SUCH_NUMBER):
        return Stopped(code)
    if error.code in _NEVER or error.code in _NEVER_RANGE:
        return Failed(code)
    if error.code in _STOP or any(error.code in codes for codes in _STOP_RANGES):
        return Stopped(code)
    if error.is_transient or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return RetryLater(AFTER_SERVER_ERROR, code=code)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RetryLater(AFTER_STRANGE_ANSWER, whole_channel=True, code=code)
    return Stopped(code) if status == HTTPStatus.UNAUTHORIZED else Failed(code)
