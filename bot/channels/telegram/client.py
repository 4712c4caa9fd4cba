"""What goes to Telegram and what its answers mean: requests as ready bytes, errors as outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from telegram import error
from telegram.request import BaseRequest, RequestData

from bot.channels.http import HttpClient, HttpResponse
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
from handlers.messages import Layout, Option, Reply, numbered_labels
from handlers.text.markup import Block, Style, rendered

JSON = {"Content-Type": "application/json"}
AFTER_SERVER_ERROR = timedelta(seconds=5)
AFTER_STRANGE_ANSWER = timedelta(seconds=30)
LONGEST_WAIT_S = 24 * 60 * 60  # whatever Telegram says: then nobody waits for the reply any more
SHORT_LABEL = 12  # two of these stand side by side on a narrow telephone
GRADE_LABEL = 4  # seven of these do; the platform allows eight buttons a row
GRADES_IN_A_ROW = 7


class Flooded(error.TelegramError):
    """Telegram asks set-up to wait; the library's own error warns of itself when it is made."""

    def __init__(self, after: timedelta) -> None:
        super().__init__("429")
        self.after = after


class Transport(BaseRequest):
    """python-telegram-bot's transport over the channel's client, which is far quicker."""

    def __init__(self, client: HttpClient, timeout_s: float) -> None:
        self._client = client
        self._timeout_s = timeout_s

    async def initialize(self) -> None:
        """The client belongs to whoever opened it."""

    async def shutdown(self) -> None:
        """The client belongs to whoever opened it."""

    @property
    def read_timeout(self) -> float:
        return self._timeout_s

    async def post_bytes(
        self, url: str, body: bytes, timeout_s: float | None = None
    ) -> HttpResponse | RetryLater | Uncertain:
        """Send bytes that are JSON already."""
        return await self._client.call(url, body, JSON, timeout_s or self._timeout_s)

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  # Telegram takes POST for every method
        request_data: RequestData | None = None,
        *args: Any,  # noqa: ARG002  # one time limit holds for all calls
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


_Seconds = Annotated[int, Meta(ge=0, lt=2**32)]  # since 1970: of no year that a calendar lacks


class _Bot(Struct):
    """What the library has to find of a bot."""

    id: int
    is_bot: bool
    first_name: str


class _Me(Struct):
    ok: Literal[True]
    result: _Bot


class _Webhook(Struct):
    """What the library has to find of a webhook."""

    url: str
    has_custom_certificate: bool
    pending_update_count: int
    last_error_date: _Seconds | None = None
    last_synchronization_error_date: _Seconds | None = None


class _WebhookInfo(Struct):
    ok: Literal[True]
    result: _Webhook


class _Done(Struct):
    ok: Literal[True]
    result: bool


class _No(Struct):
    ok: Literal[False]
    description: str = ""
    parameters: _Parameters | None = None


class _Result(Struct):
    message_id: int


class _Parameters(Struct):
    retry_after: int | None = None


class _Said(Struct):
    ok: bool
    result: _Result | bool | None = None
    description: str = ""
    parameters: _Parameters | None = None


_SAID = msgspec.json.Decoder(_Said)


class _Found(Struct):
    file_path: str = ""
    file_size: int = 0


class _FoundFile(Struct):
    ok: bool
    result: _Found | None = None
    description: str = ""


_FOUND_FILE = msgspec.json.Decoder(_FoundFile)
_DONE, _NO = msgspec.json.Decoder(_Done), msgspec.json.Decoder(_No)
_FOUND: dict[str, msgspec.json.Decoder[Any]] = {
    "getMe": msgspec.json.Decoder(_Me),
    "getWebhookInfo": msgspec.json.Decoder(_WebhookInfo),
}
_TOO_BIG = "file is too big"  # of more than 20 MB a bot is given nothing


def _check_readable(url: str, status: int, content: bytes) -> None:
    """Raise NetworkError for what the library takes for Telegram's words and are not.

    It would fail on them with errors of any kind, and log them in full.
    """
    decoder: msgspec.json.Decoder[Any] = _NO
    if status < HTTPStatus.MULTIPLE_CHOICES:
        decoder = _FOUND.get(url.rpartition("/")[2], _DONE)
    try:
        decoder.decode(content)
    except (ValueError, RecursionError):
        raise error.NetworkError(f"unreadable-{status}") from None


def file_found(
    response: HttpResponse | RetryLater | Uncertain, most: int
) -> str | Failed | RetryLater:
    """Where a file lies, by the response to getFile."""
    if not isinstance(response, HttpResponse):
        return _again(response)
    try:
        said = _FOUND_FILE.decode(response.body)
    except (ValueError, RecursionError):
        return RetryLater(AFTER_STRANGE_ANSWER, code="unreadable")
    if said.result is not None and said.result.file_path:
        return Failed("large") if said.result.file_size > most else said.result.file_path
    if response.status == HTTPStatus.BAD_REQUEST:
        return Failed("large" if _TOO_BIG in said.description.lower() else "gone")
    return RetryLater(AFTER_STRANGE_ANSWER, code=str(response.status))


def file_content(response: HttpResponse | RetryLater | Uncertain, most: int) -> FetchResult:
    """A file, by the response to its download."""
    if not isinstance(response, HttpResponse):
        return _again(response)
    if response.status == HTTPStatus.OK:
        return Failed("large") if len(response.body) > most else Fetched(response.body)
    return RetryLater(AFTER_STRANGE_ANSWER, code=str(response.status))


def _again(response: RetryLater | Uncertain) -> RetryLater:
    """Nothing is changed by asking twice."""
    if isinstance(response, RetryLater):
        return response
    return RetryLater(AFTER_SERVER_ERROR, code=response.code)


def outcome(response: HttpResponse | RetryLater | Uncertain) -> SendOutcome:
    """What a response to sendMessage means for the message."""
    if not isinstance(response, HttpResponse):
        return response
    try:
        said = _SAID.decode(response.body)
    except (ValueError, RecursionError):
        return _unreadable(response.status)
    if said.ok and isinstance(said.result, _Result):
        return Sent(str(said.result.message_id))
    if response.status < HTTPStatus.BAD_REQUEST:  # done or not, it does not say
        return _unreadable(response.status)
    return _refusal(response.status, said)


def _unreadable(status: int) -> SendOutcome:
    """Not Telegram's words: a proxy on the way, say. That is no reason to give a contact up."""
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Uncertain("unreadable")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return RetryLater(AFTER_SERVER_ERROR, code=str(status))
    return RetryLater(AFTER_STRANGE_ANSWER, whole_channel=True, code=f"not-telegram-{status}")


def _refusal(status: int, said: _Said) -> SendOutcome:
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
    """Tells one chat's limit from the bot's, which a 429 does not (one a second, 30 in all).

    A refusal is one chat's own until another chat is refused while it still holds.
    """

    def __init__(self) -> None:
        self._until: dict[int, datetime] = {}

    def judge(self, chat: int, refusal: RetryLater, now: datetime) -> RetryLater:
        """The refusal of a message to ``chat``, marked when it is the whole channel's."""
        self._until = {other: until for other, until in self._until.items() if until > now}
        alone = not self._until.keys() - {chat}
        self._until[chat] = now + refusal.after
        return RetryLater(refusal.after, whole_channel=not alone, code=refusal.code)


class _Button(Struct):
    text: str
    callback_data: str


class _Keyboard(Struct):
    inline_keyboard: list[list[_Button]]


class _Preview(Struct):
    is_disabled: bool = True


class _SendMessage(Struct, omit_defaults=True):
    """Without a parse mode there is nothing to escape; with one, everything is."""

    chat_id: int
    text: str
    parse_mode: str = ""
    link_preview_options: _Preview | None = None
    reply_markup: _Keyboard | None = None


class _RemoveKeyboard(Struct):
    chat_id: int
    message_id: int


class _AnswerCallback(Struct, omit_defaults=True):
    callback_query_id: str
    method: str = ""


class _GetFile(Struct):
    file_id: str


class _GetUpdates(Struct, omit_defaults=True):
    timeout: int
    allowed_updates: tuple[str, ...]
    offset: int = 0


_ENCODE = msgspec.json.Encoder().encode
_NO_PREVIEW = _Preview()


def message_bytes(chat: int, reply: Reply) -> bytes:
    """The body of sendMessage."""
    rows = _rows(reply)
    keyboard = _Keyboard(rows) if rows else None
    if not reply.blocks:
        return _ENCODE(_SendMessage(chat, reply.text, "", _NO_PREVIEW, keyboard))
    return _ENCODE(_SendMessage(chat, as_html(reply.blocks), "HTML", _NO_PREVIEW, keyboard))


def closing_bytes(chat: int, message: int) -> bytes:
    """The body of editMessageReplyMarkup that takes a keyboard away."""
    return _ENCODE(_RemoveKeyboard(chat, message))


def nod_bytes(callback_id: str, *, inline: bool = False) -> bytes:
    """The body of answerCallbackQuery; ``inline``: as the answer to a webhook itself."""
    return _ENCODE(_AnswerCallback(callback_id, "answerCallbackQuery" if inline else ""))


def asking_bytes(timeout_s: int, kinds: tuple[str, ...], offset: int) -> bytes:
    """The body of getUpdates; offset 0 asks from the earliest unconfirmed update on."""
    return _ENCODE(_GetUpdates(timeout_s, kinds, offset))


def file_bytes(ref: str) -> bytes:
    """The body of getFile."""
    return _ENCODE(_GetFile(ref))


def as_html(blocks: Sequence[Block]) -> str:
    """The blocks in Telegram's HTML, every character of theirs escaped."""
    return rendered(blocks, _HTML)


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'


_HTML = Style(words=escape, bold=lambda text: f"<b>{escape(text)}</b>", quiet=escape, link=_link)


def _rows(reply: Reply) -> list[list[_Button]]:
    options = list(reply.options)
    if reply.numbered:
        labels = numbered_labels(reply)
        options = [Option(o.key, label) for o, label in zip(options, labels, strict=True)]
    match reply.layout:
        case Layout.LIST:
            rows = [[option] for option in options]
        case Layout.BUTTONS:
            rows = _pairs(options)
        case Layout.GRADES:
            wide = (i for i, option in enumerate(options) if len(option.label) > GRADE_LABEL)
            count = next(wide, len(options))
            rows = [
                options[i : min(i + GRADES_IN_A_ROW, count)]
                for i in range(0, count, GRADES_IN_A_ROW)
            ]
            rows += _pairs(options[count:])
    return [
        [_Button(option.label, f"{reply.number}:{option.key}") for option in row] for row in rows
    ]


def _pairs(options: list[Option]) -> list[list[Option]]:
    """One a row; two a row where both are short."""
    rows: list[list[Option]] = []
    for option in options:
        short = len(option.label) <= SHORT_LABEL
        if rows and short and len(rows[-1]) == 1 and len(rows[-1][0].label) <= SHORT_LABEL:
            rows[-1].append(option)
        else:
            rows.append([option])
    return rows
