"""Calls to platforms over kept connections; each ends with a result and none raises.

A small port over pyreqwest (Rust's reqwest, rustls, the system's certificates); decision 0021 says
why this library, and what the port adds: it tells what was never sent from what may have arrived.
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

from bot.channels.ports import RetryLater, Uncertain
from bot.channels.responses import HttpResponse

CONNECTIONS = 100
CONNECT_S = 10.0
IDLE_S = 15.0  # an unused connection is closed before the platform may close it
LONGEST_RESPONSE = 16 * 1024 * 1024
AFTER_NO_CONNECTION = timedelta(seconds=5)
CUT = "connection-cut"  # the connection ended, or what came over it is no HTTP

NO_CONNECTION = RetryLater(AFTER_NO_CONNECTION, whole_channel=True, code="no-connection")
# How hyper-util calls an error of the connector, which ends before a request is written
# (hyper_util::client::legacy::ErrorKind). pyreqwest has a class for it that it also uses for
# requests already sent, so the class does not tell; a text that changes makes a result *uncertain*.
_NEVER_SENT = "client error (Connect)"


class HttpClient:
    """HTTP/1.1 with at most ``connections`` at once. Redirects and proxies are not followed.

    Each channel opens its own, so that a platform that hangs does not hold the others' connections.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect_s: float = CONNECT_S,
        trusted: bytes | None = None,
    ) -> None:
        """``trusted``: a PEM certificate that is trusted beside the system's."""
        builder = (
            ClientBuilder()
            .max_connections(connections)
            .pool_timeout(timedelta(seconds=connect_s))
            .connect_timeout(timedelta(seconds=connect_s))
            .pool_idle_timeout(timedelta(seconds=IDLE_S))
            .user_agent("opina")
            .follow_redirects(False)
            .no_proxy()
            # A few compressed kilobytes can expand to gigabytes; no platform's answer needs it.
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
        """Post ready-made bytes, or get where there are none.

        No exception comes out, so none can carry a URL with its token. ``RetryLater``: no
        connection came about, so nothing was sent. ``Uncertain``: the request may have been read
        although its response never came. Raises ValueError for an invalid address or header.
        """
        request = self._request(url, body, headers, timeout_s)
        if request is None:  # raised here, so that no cause with the address hangs on it
            raise ValueError("not an http:// or https:// address, or a header with a line break")
        task = asyncio.current_task()
        assert task is not None, "only a task awaits"
        cancelled_before = task.cancelling()
        result = await _exchange(request)
        # pyreqwest 0.15 loses a cancellation that meets a response: 3 of 100 at that moment.
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
