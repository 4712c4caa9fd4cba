"""A hook's requests and answers as bytes: what is read of a head, and how an answer is written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus

import httptools
from msgspec import Struct

from bot.channels.ports import Hook, HookAnswer

# Rare, and each with rules of its own, which the web server knows: the whole request goes there.
RARE = frozenset(["expect", "transfer-encoding", "upgrade"])
NEEDED = RARE | {"connection", "content-encoding", "content-length"}


class Entrance:
    """A hook, with the bytes by which its requests are known."""

    __slots__ = ("hook", "names", "opening")

    def __init__(self, hook: Hook) -> None:
        self.hook = hook
        self.opening = b"POST " + hook.path.encode()
        self.names = {name.encode(): name for name in hook.headers | NEEDED}

    def fits(self, data: bytes) -> bool:
        """Whether a request that begins with ``data``, all that came of it, is the hook's."""
        length = len(self.opening)
        return data.startswith(self.opening) and data[length : length + 1] in b" ?"

    def may_fit(self, data: bytes) -> bool:
        """Whether too little has come to say that it is not."""
        return self.opening.startswith(data)


class Request(Struct, frozen=True):
    """What a head says. ``stays``: whether the connection stays open after the answer."""

    hook: Hook
    headers: dict[str, str]  # those that somebody needs; of several with one name, the first
    length: int  # of the body, in bytes
    stays: bool


def read_head(entrance: Entrance, head: bytes) -> Request | HTTPStatus | None:
    """``head``: up to its empty line. A status is a refusal; None: the web server should see it."""
    seen = _Seen(entrance.names)
    # One parser a request: it never sees what stands behind the head.
    parser = httptools.HttpRequestParser(seen)
    try:
        parser.feed_data(head)
    except httptools.HttpParserUpgrade:
        return None
    except httptools.HttpParserError:
        return HTTPStatus.BAD_REQUEST
    found = seen.found
    if seen.parts != 1:  # the parser found another end of the head than we did
        return HTTPStatus.BAD_REQUEST
    if not RARE.isdisjoint(found):
        return None
    if "content-encoding" in found:  # could unfold to gigabytes; no platform does that
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    length = int(found.get("content-length", "0"))  # the parser took it for a number
    if length > entrance.hook.limit:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    stays = "close" not in found.get("connection", "").lower()
    return Request(entrance.hook, found, length, stays and parser.get_http_version() == "1.1")


class _Seen:
    """What the parser tells."""

    __slots__ = ("found", "names", "parts")

    def __init__(self, names: Mapping[bytes, str]) -> None:
        self.found: dict[str, str] = {}
        self.names = names
        self.parts = 0  # heads, and pieces of a body

    def on_header(self, name: bytes, value: bytes) -> None:
        known = self.names.get(name.lower())
        if known is not None:
            text = value.strip(b" \t").decode("utf-8", "surrogateescape")  # as aiohttp does
            self.found.setdefault(known, text)

    def on_headers_complete(self) -> None:
        self.parts += 1

    def on_body(self, _: bytes) -> None:
        self.parts += 1


def answer_bytes(answer: HookAnswer, stays: bool) -> bytes:
    """The whole answer. ``stays``: the connection takes another request after it."""
    opening = _opening(answer.status, answer.content_type, answer.retry_after_s, stays)
    return b"%b%d\r\n\r\n%b" % (opening, len(answer.body), answer.body)


@lru_cache(maxsize=64)  # the few kinds of answer that hooks give
def _opening(status: int, content_type: str, retry_after_s: int | None, stays: bool) -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    if retry_after_s is not None:
        lines.append(f"Retry-After: {retry_after_s}")
    if not stays:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\nContent-Length: ").encode("ascii")
