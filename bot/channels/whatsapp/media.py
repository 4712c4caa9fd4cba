"""What the Cloud API's responses mean for a file's address, download and upload."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from bot.channels.http.responses import AFTER_SERVER_ERROR, AFTER_STRANGE_ANSWER, HttpResponse
from bot.channels.ports import Failed, Fetched, FetchResult, RetryLater, SendOutcome, Uncertain
from bot.channels.whatsapp.errors import outcome

# The download carries our token, so it may only go to Meta's hosts.
_META = (".fbsbx.com", ".facebook.com", ".whatsapp.net", ".fbcdn.net")


class _Media(Struct):
    url: str = ""
    file_size: int | str = 0


class _Uploaded(Struct):
    id: str


_UPLOADED = msgspec.json.Decoder(_Uploaded)
_MEDIA = msgspec.json.Decoder(_Media)


def media_found(
    response: HttpResponse | RetryLater | Uncertain, graph_url: str, most: int
) -> str | Failed | RetryLater:
    """The address of a file, valid for five minutes."""
    if not isinstance(response, HttpResponse) or response.status != HTTPStatus.OK:
        return _problem(response)
    try:
        media = _MEDIA.decode(response.body)
        size = int(media.file_size)
    except (ValueError, RecursionError):
        return RetryLater(AFTER_STRANGE_ANSWER, code="unreadable")
    if size > most:
        return Failed("large")
    if not _is_metas(media.url, graph_url):
        return RetryLater(AFTER_STRANGE_ANSWER, code="strange-address")
    return media.url


def media_content(response: HttpResponse | RetryLater | Uncertain, most: int) -> FetchResult:
    """A file, from the response to its download. After an expired address the fetch is retried."""
    if not isinstance(response, HttpResponse):
        return _problem(response)
    if response.status == HTTPStatus.OK:
        return Failed("large") if len(response.body) > most else Fetched(response.body)
    return RetryLater(AFTER_SERVER_ERROR, code=str(response.status))


def known_type(media_type: str) -> str:
    """The media type to declare: Meta accepts no JSON, so it goes as plain text."""
    return "text/plain" if media_type == "application/json" else media_type


def uploaded_id(response: HttpResponse | RetryLater | Uncertain) -> str | SendOutcome:
    """The media id of an upload; RetryLater even if its result is unknown."""
    if isinstance(response, HttpResponse) and response.status == HTTPStatus.OK:
        try:
            return _UPLOADED.decode(response.body).id
        except (ValueError, RecursionError):
            return RetryLater(AFTER_STRANGE_ANSWER, code="unreadable")
    match outcome(response):
        case Uncertain(code):
            return RetryLater(AFTER_SERVER_ERROR, code=code)
        case other:
            return other


def _is_metas(url: str, graph_url: str) -> bool:
    try:
        found, ours = urlsplit(url), urlsplit(graph_url)
    except ValueError:
        return False
    if (found.scheme, found.netloc) == (ours.scheme, ours.netloc):
        return True
    host = found.hostname or ""
    return found.scheme == "https" and host.endswith(_META) and "@" not in found.netloc


def _problem(response: HttpResponse | RetryLater | Uncertain) -> Failed | RetryLater:
    match outcome(response):
        case RetryLater() as later:
            return later
        case Failed():  # Meta deletes files after some days
            return Failed("gone")
        case _:
            return RetryLater(AFTER_SERVER_ERROR, code="unreachable")
