"""Calls to platforms over keep-alive connections; failures are results, not exceptions.

A small port over pyreqwest (Rust's reqwest, rustls, the system's certificates). It adds what
delivery needs: whether a request was never sent or may have arrived. Decision 0021 says why this
library.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from pyreqwest.client import ClientBuilder
from pyreqwest.exceptions import (
    PoolTimeoutError,
    PyreqwestError,
    RequestError,
    RequestTimeoutError,
)
from pyreqwest.request import StreamRequest

from bot.channels.http.responses import HttpResponse
from bot.channels.ports import RetryLater, Uncertain

CONNECTIONS = 100
CONNECT_S = 10.0
IDLE_S = 15.0  # close an idle connection before the platform does
LONGEST_RESPONSE = 16 * 1024 * 1024
AFTER_NO_CONNECTION = timedelta(seconds=5)
CUT = "connection-cut"  # the connection ended, or did not speak HTTP

NO_CONNECTION = RetryLater(AFTER_NO_CONNECTION, whole_channel=True, code="no-connection")
# hyper-util's text for an error of the connector, raised before the request is written
# (hyper_util::client::legacy::ErrorKind). pyreqwest raises the same class for requests already
# sent, so only the text tells them apart. Should it change, results become *uncertain*.
_NEVER_SENT = "client error (Connect)"


class HttpClient:
    """HTTP/1.1 over at most ``connections`` connections, without redirects, proxies or compression.

    Each channel opens its own, so that a hanging platform holds no connection of another.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect_s: float = CONNECT_S,
        trusted: bytes | None = None,
    ) -> None:
        """``trusted``: a PEM certificate to trust in addition to the system's."""
        builder = (
            ClientBuilder()
            .max_connections(connections)
            .pool_timeout(timedelta(seconds=connect_s))
            .connect_timeout(timedelta(seconds=connect_s))
            .pool_idle_timeout(timedelta(seconds=IDLE_S))
            .user_agent("opina")
            .follow_redirects(False)
            .no_proxy()
            # Off: a few compressed kilobytes can expand to gigabytes, and no platform needs it.
            .gzip(False)
            .brotli(False)
            .zstd(False)
            .deflate(False)
        )
        if trusted is not None:
            builder = builder.add_root_certificate_pem(trusted)
        self._client = builder.build()

    async def __aenter__(self) -> HttpClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    async def call(
        self, url: str, body: bytes | None, headers: Mapping[str, str], timeout_s: float
    ) -> HttpResponse | RetryLater | Uncertain:
        """POST ``body``, or GET if it is None.

        ``RetryLater``: no connection was made, so nothing was sent. ``Uncertain``: the request may
        have arrived, but no complete response came within ``timeout_s``. Raises ValueError for an
        invalid address or header; no exception carries the URL, which may hold a token.
        """
        request = self._request(url, body, headers, timeout_s)
        if request is None:  # raised outside the except block, whose error holds the address
            raise ValueError("not an http:// or https:// address, or a header with a line break")
        task = asyncio.current_task()
        assert task is not None, "only a task awaits"
        cancelled_before = task.cancelling()
        result = await _exchange(request)
        # pyreqwest 0.15 loses 3 of 100 cancellations that arrive together with a response.
        if task.cancelling() > cancelled_before:
            raise asyncio.CancelledError
        return result

    def _request(
        self, url: str, body: bytes | None, headers: Mapping[str, str], timeout_s: float
    ) -> StreamRequest | None:
        if not url.startswith(("http://", "https://")):
            return None
        try:
            building = self._client.get(url) if body is None else self._client.post(url)
            if body is not None:
                building = building.body_bytes(body)
            return building.headers(headers).timeout(timedelta(seconds=timeout_s)).build_streamed()
        except ValueError:
            return None


async def _exchange(request: StreamRequest) -> HttpResponse | RetryLater | Uncertain:
    try:
        async with request as response:
            content = await response.body_reader.read(LONGEST_RESPONSE + 1)
            if content is None:
                return HttpResponse(response.status, b"")
            if len(content) > LONGEST_RESPONSE:
                return Uncertain(CUT)
            return HttpResponse(response.status, bytes(content))
    except PyreqwestError as error:
        return _result(error)


def _result(error: PyreqwestError) -> RetryLater | Uncertain:
    if isinstance(error, PoolTimeoutError):
        return NO_CONNECTION
    if isinstance(error, RequestError):
        causes = error.details["causes"] or []
        if any(cause["message"] == _NEVER_SENT for cause in causes):
            return NO_CONNECTION
        if isinstance(error, RequestTimeoutError):
            return Uncertain("time-out")
    return Uncertain(CUT)
