"""Calls to platforms over connections that stay open; each answers with an outcome, none raises.

Sending is where most of a turn's time goes, and a general client takes four times as long as the
rest of a turn; decision 0010 says what was measured. httptools reads what comes back.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import cast

import httptools
from aiohappyeyeballs import start_connection
from yarl import URL

from bot.channels.ports import RetryLater, Uncertain
from bot.channels.wire import Answer

CONNECTIONS = 100  # to one host
CONNECT_S = 10.0
IDLE_S = 15.0  # an unused connection is closed before the platform may close it
LONGEST_ANSWER = 16 * 1024 * 1024
AFTER_NO_CONNECTION = timedelta(seconds=5)
NEXT_ADDRESS_S = 0.25  # a host's next address is tried beside the first after this

NO_CONNECTION = RetryLater(AFTER_NO_CONNECTION, whole_channel=True, code="no-connection")


class HttpClient:
    """HTTP/1.1 with TLS by the system's certificates. Redirects are not followed."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        """``tls``: which certificates are trusted, in place of the system's."""
        self._tls = tls
        self._pools: dict[tuple[str, str, int], _Pool] = {}

    async def __aenter__(self) -> HttpClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        for pool in self._pools.values():
            pool.close()

    async def call(
        self, url: str, body: bytes | None, headers: Mapping[str, str], timeout_s: float
    ) -> Answer | RetryLater | Uncertain:
        """Post ready-made bytes, or get where there are none.

        Nothing is raised, so no exception can carry a URL with its token.
        ``RetryLater``: no connection came about, so nothing was sent. ``Uncertain``: the request
        may have been read although its answer never came.
        """
        target = _target(url)
        request = target.request(body, headers)
        pool = self._pool(target)
        until = asyncio.get_running_loop().time() + timeout_s
        try:
            connection = await pool.take(min(CONNECT_S, timeout_s / 2))
        except (OSError, TimeoutError):  # ssl's errors are OSErrors
            return NO_CONNECTION
        try:
            return await connection.exchange(request, until)
        except TimeoutError:
            return Uncertain("time-out")
        except _Cut:
            return Uncertain("connection-cut")
        finally:
            pool.put_back(connection)

    def _pool(self, target: _Target) -> _Pool:
        key = (target.scheme, target.host, target.port)
        pool = self._pools.get(key)
        if pool is None:
            if target.scheme == "https" and self._tls is None:
                self._tls = ssl.create_default_context()
            tls = self._tls if target.scheme == "https" else None
            pool = self._pools[key] = _Pool(target.host, target.port, tls)
        return pool


class _Cut(Exception):
    """The connection ended, or what came over it is no HTTP."""


@dataclass(frozen=True, slots=True)
class _Target:
    """An address taken apart once."""

    scheme: str
    host: str
    port: int
    lines: str  # of the request: path and host

    def request(self, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        """The whole request. Raises ValueError for a header that would end its line."""
        fields = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        if fields.count("\n") != len(headers) or fields.count("\r") != len(headers):
            raise ValueError("a header has more than one line")
        if body is None:
            return f"GET {self.lines}{fields}\r\n".encode("latin-1")
        length = f"Content-Length: {len(body)}\r\n\r\n"
        return f"POST {self.lines}{fields}{length}".encode("latin-1") + body


@lru_cache(maxsize=64)  # a service calls a handful of addresses
def _target(address: str) -> _Target:
    url = URL(address)
    if url.scheme not in ("http", "https") or not url.raw_host or url.port is None:
        raise ValueError("neither http:// nor https:// with a host")
    host = f"[{url.raw_host}]" if ":" in url.raw_host else url.raw_host
    named = host if url.is_default_port() else f"{host}:{url.port}"
    return _Target(
        url.scheme, url.raw_host, url.port, f"{url.raw_path_qs} HTTP/1.1\r\nHost: {named}\r\n"
    )


@dataclass(slots=True)
class _Pool:
    """The connections to one host, the one used last first."""

    host: str
    port: int
    tls: ssl.SSLContext | None
    idle: list[_Connection] = field(default_factory=list)
    count: int = 0  # idle, in use and being made
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)

    async def take(self, timeout_s: float) -> _Connection:
        """An open connection. Raises OSError and TimeoutError."""
        connection = self._open_one()
        if connection is not None:
            return connection
        async with asyncio.timeout(timeout_s):
            while self.count >= CONNECTIONS:
                await self._wait()
                connection = self._open_one()
                if connection is not None:
                    return connection
            return await self._connect()

    def put_back(self, connection: _Connection) -> None:
        """Let the next call have it; one that cannot be used again is closed."""
        if connection.reusable:
            connection.idle_since = asyncio.get_running_loop().time()
            self.idle.append(connection)
        else:
            connection.close()
            self.count -= 1
        self._wake()

    def close(self) -> None:
        """Close what is not in use."""
        while self.idle:
            self.idle.pop().close()
            self.count -= 1

    def _open_one(self) -> _Connection | None:
        now = asyncio.get_running_loop().time()
        while self.idle:
            connection = self.idle.pop()
            if connection.reusable and now - connection.idle_since < IDLE_S:
                return connection
            connection.close()
            self.count -= 1
        return None

    async def _wait(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self.waiting.append(turn)
        try:
            await turn
        finally:
            with contextlib.suppress(ValueError):
                self.waiting.remove(turn)

    def _wake(self) -> None:
        while self.waiting:
            turn = self.waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return

    async def _connect(self) -> _Connection:
        loop = asyncio.get_running_loop()
        self.count += 1
        try:
            found = await loop.getaddrinfo(self.host, self.port, type=1)  # SOCK_STREAM
            sock = await start_connection(found, happy_eyeballs_delay=NEXT_ADDRESS_S, interleave=1)
            name = self.host if self.tls else None
            _, connection = await loop.create_connection(
                _Connection, sock=sock, ssl=self.tls, server_hostname=name
            )
        except BaseException:
            self.count -= 1
            self._wake()
            raise
        return connection


class _Connection(asyncio.Protocol):
    """One request at a time, and its answer."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.reusable = True
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[Answer] | None = None
        self._body: list[bytes] = []
        self._length = 0

    async def exchange(self, request: bytes, until: float) -> Answer:
        """Raises TimeoutError and _Cut; the connection is of no use after either."""
        if self._transport is None or not self.reusable:
            raise _Cut
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._answer = answer
        timer = loop.call_at(until, self._fail, TimeoutError())
        self.reusable = False  # until the answer is whole
        self._body, self._length = [], 0
        self._transport.write(request)
        try:
            return await answer
        finally:
            timer.cancel()
            self._answer = None

    def close(self) -> None:
        """Nothing more is sent or read."""
        self.reusable = False
        if self._transport is not None:
            self._transport.abort()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's has another base

    def data_received(self, data: bytes) -> None:
        if self._answer is None:  # nobody asked
            self.close()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail(_Cut())

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self.reusable = False
        self._fail(_Cut())

    # What the parser calls

    def on_body(self, part: bytes) -> None:
        self._length += len(part)
        if self._length > LONGEST_ANSWER:
            self._fail(_Cut())
        else:
            self._body.append(part)

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200 or self._answer is None or self._answer.done():
            return
        self.reusable = bool(self._parser.should_keep_alive())
        self._answer.set_result(Answer(status, b"".join(self._body)))

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self.reusable = False
            self._answer.set_exception(error)
