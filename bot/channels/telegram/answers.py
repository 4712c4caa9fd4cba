"""What the Bot API's responses mean for a message, for a file and for the channel."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec
from msgspec import Struct

from bot.channels.http.responses import (
    AFTER_SERVER_ERROR,
    AFTER_STRANGE_ANSWER,
    HttpResponse,
    not_the_platforms,
)
from bot.channels.ports import (
    Blocked,
    Failed,
    Fetched,
    FetchResult,
    RetryLater,
    SendOutcome,
    Sent,
    Stopped,
    Uncertain,
)

LONGEST_WAIT_S = 24 * 60 * 60  # replies are given up after a day anyway


class _Result(Struct):
    message_id: int


class Parameters(Struct):
    """The response's ``parameters``: when to retry."""

    retry_after: int | None = None


class _Response(Struct):
    ok: bool
    result: _Result | bool | None = None
    description: str = ""
    parameters: Parameters | None = None


_RESPONSE = msgspec.json.Decoder(_Response)


class _FileInfo(Struct):
    file_path: str = ""
    file_size: int = 0


class _FileResponse(Struct):
    ok: bool
    result: _FileInfo | None = None
    description: str = ""


_FILE_RESPONSE = msgspec.json.Decoder(_FileResponse)
_TOO_BIG = "file is too big"  # a bot may download at most 20 MB


def file_found(
    response: HttpResponse | RetryLater | Uncertain, most: int
) -> str | Failed | RetryLater:
    """The path of a file, from the response to getFile."""
    if not isinstance(response, HttpResponse):
        return _again(response)
    try:
        decoded = _FILE_RESPONSE.decode(response.body)
    except (ValueError, RecursionError):
        return RetryLater(AFTER_STRANGE_ANSWER, code="unreadable")
    if decoded.result is not None and decoded.result.file_path:
        return Failed("large") if decoded.result.file_size > most else decoded.result.file_path
    if response.status == HTTPStatus.BAD_REQUEST:
        return Failed("large" if _TOO_BIG in decoded.description.lower() else "gone")
    return RetryLater(AFTER_STRANGE_ANSWER, code=str(response.status))


def file_content(response: HttpResponse | RetryLater | Uncertain, most: int) -> FetchResult:
    """A file, from the response to its download."""
    if not isinstance(response, HttpResponse):
        return _again(response)
    if response.status == HTTPStatus.OK:
        return Failed("large") if len(response.body) > most else Fetched(response.body)
    return RetryLater(AFTER_STRANGE_ANSWER, code=str(response.status))


def _again(response: RetryLater | Uncertain) -> RetryLater:
    """Retry: downloading has no effect that could be repeated."""
    if isinstance(response, RetryLater):
        return response
    return RetryLater(AFTER_SERVER_ERROR, code=response.code)


def outcome(response: HttpResponse | RetryLater | Uncertain) -> SendOutcome:
    """The outcome of a message, from the response to sendMessage."""
    if not isinstance(response, HttpResponse):
        return response
    try:
        decoded = _RESPONSE.decode(response.body)
    except (ValueError, RecursionError):
        return not_the_platforms(response.status, "telegram")
    if decoded.ok and isinstance(decoded.result, _Result):
        return Sent(str(decoded.result.message_id))
    if response.status < HTTPStatus.BAD_REQUEST:  # unreadable success: sent or not, unknown
        return not_the_platforms(response.status, "telegram")
    return _refusal(response.status, decoded)


def _refusal(status: int, said: _Response) -> SendOutcome:
    code = _code(said.description) or str(status)
    match status:
        case HTTPStatus.TOO_MANY_REQUESTS:
            wait = (said.parameters.retry_after if said.parameters else None) or 1
            wait_s = min(max(wait, 1), LONGEST_WAIT_S)
            return RetryLater(timedelta(seconds=wait_s), code="429")
        case HTTPStatus.FORBIDDEN:
            return Blocked(code)
        case HTTPStatus.BAD_REQUEST if "chat not found" in said.description.lower():
            return Blocked(code)
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:  # 404: a malformed token
            return Stopped(str(status))
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return RetryLater(AFTER_SERVER_ERROR, code=str(status))
        case _:
            return Failed(code)


def _code(description: str) -> str:
    """ "Bad Request: chat not found" → "chat-not-found". Letters only, so no id can slip in."""
    words = re.findall(r"[a-z]+", description.lower().partition(": ")[2] or description.lower())
    return "-".join(words)[:60]


class Floods:
    """Tells the limit of one chat (1 message/s) from the bot's (30/s), which a 429 does not.

    A 429 counts as the chat's own until another chat is refused while it still holds.
    """

    def __init__(self) -> None:
        self._until: dict[int, datetime] = {}

    def judge(self, chat: int, refusal: RetryLater, now: datetime) -> RetryLater:
        """The refusal of a message to ``chat``, with ``whole_channel`` set if it is the bot's."""
        self._until = {other: until for other, until in self._until.items() if until > now}
        alone = not self._until.keys() - {chat}
        self._until[chat] = now + refusal.after
        return RetryLater(refusal.after, whole_channel=not alone, code=refusal.code)
