"""Calls to platforms over connections that stay open; each ends with an outcome, none raises.

Sending is where most of a turn's time goes, and a general client takes four times as long as the
rest of a turn; decision 0010 says what was measured. httptools reads what comes back.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
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
from bot.channels.webhooks import Answer

CONNECTIONS = 100  # to one host
CONNECT_S = 10.0
IDLE_S = 15.0  # an unused connection is closed before the platform may close it
LONGEST_ANSWER = 16 * 1024 * 1024
AFTER_NO_CONNECTION = timedelta(seconds=5)
_CUT = "connection-cut"  # the connection ended, or what came over it is no HTTP
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

    def call(
        self, url: str, body: bytes | None, headers: Mapping[str, str], timeout_s: float
    ) -> asyncio.Future[Answer | RetryLater | Uncertain]:
        """Post ready-made bytes, or get where there are none; it is on its way at once.

        The future raises nothing, so no exception can carry a URL with its token.
        ``RetryLater``: no connection came about, so nothing was sent. ``Uncertain``: the request
        may have been read although its answer never came. Raises ValueError for an address or a
        header that is none.
        """
        target = _target(url, tuple(headers.items()))
        request = target.request(body)
        pool = self._pool(target)
        now = asyncio.get_running_loop().time()
        connection = None if pool.waiting else pool.open_one(now)
        if connection is not None:
            return connection.exchange(request, now + timeout_s)
        return asyncio.ensure_future(_connected(pool, request, now + timeout_s, timeout_s / 2))

    def _pool(self, target: _Target) -> _Pool:
        pool = self._pools.get(target.place)
        if pool is None:
            scheme, host, port = target.place
            if scheme == "https" and self._tls is None:
                self._tls = ssl.create_default_context()
            tls = self._tls if scheme == "https" else None
            pool = self._pools[target.place] = _Pool(host, port, tls)
        return pool


async def _connected(
    pool: _Pool, request: bytes, until: float, connect_s: float
) -> Answer | RetryLater | Uncertain:
    """The same where a connection has to be made or waited for first."""
    try:
        connection = await pool.take(min(CONNECT_S, connect_s))
    except (OSError, TimeoutError):  # ssl's errors are OSErrors
        return NO_CONNECTION
    return await connection.exchange(request, until)


@dataclass(frozen=True, slots=True)
class _Target:
    """An address taken apart, and the lines of a request to it: made once."""

    place: tuple[str, str, int]  # scheme, host, port
    lines: bytes

    def request(self, body: bytes | None) -> bytes:
        """The whole request."""
        if body is None:
            return b"GET %s\r\n" % self.lines
        return b"POST %sContent-Length: %d\r\n\r\n%s" % (self.lines, len(body), body)


@lru_cache(maxsize=64)  # a service calls a handful of addresses
def _target(address: str, headers: tuple[tuple[str, str], ...]) -> _Target:
    url = URL(address)
    if url.scheme not in ("http", "https") or not url.raw_host or url.port is None:
        raise ValueError("neither http:// nor https:// with a host")
    host = f"[{url.raw_host}]" if ":" in url.raw_host else url.raw_host
    named = host if url.is_default_port() else f"{host}:{url.port}"
    fields = "".join([f"{name}: {value}\r\n" for name, value in headers])
    if fields.count("\n") != len(headers) or fields.count("\r") != len(headers):
        raise ValueError("a header has more than one line")
    lines = f"{url.raw_path_qs} HTTP/1.1\r\nHost: {named}\r\n{fields}"
    return _Target((url.scheme, url.raw_host, url.port), lines.encode("latin-1"))


@dataclass(slots=True)
class _Pool:
    """The connections to one host, the one used last first."""

    host: str
    port: int
    tls: ssl.SSLContext | None
    idle: list[_Connection] = field(default_factory=list)
    busy: set[_Connection] = field(default_factory=set)
    count: int = 0  # idle, busy and being made
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    timer: asyncio.TimerHandle | None = None  # one for all that are busy
    looks_at: float = math.inf

    async def take(self, timeout_s: float) -> _Connection:
        """An open connection. Raises OSError and TimeoutError."""
        async with asyncio.timeout(timeout_s):
            while self.count >= CONNECTIONS:
                await self._wait()
                connection = self.open_one(asyncio.get_running_loop().time())
                if connection is not None:
                    return connection
            return await self._connect()

    def open_one(self, now: float) -> _Connection | None:
        """One that is open and idle, if there is any."""
        while self.idle:
            connection = self.idle.pop()
            if connection.reusable and now - connection.idle_since < IDLE_S:
                return connection
            connection.close()
            self.count -= 1
        return None

    def lend(self, connection: _Connection) -> None:
        """It is busy from now on, ``until`` its time is over."""
        self.busy.add(connection)
        if connection.until < self.looks_at:
            self._look_at(connection.until)

    def put_back(self, connection: _Connection) -> None:
        """Let the next call have it; one that cannot be used again is closed."""
        self.busy.discard(connection)
        if connection.reusable:
            connection.idle_since = asyncio.get_running_loop().time()
            self.idle.append(connection)
        else:
            connection.close()
            self.count -= 1
        self._wake()

    def close(self) -> None:
        """Close them all."""
        if self.timer is not None:
            self.timer.cancel()
        for connection in (*self.idle, *self.busy):
            connection.close()
        self.idle.clear()

    def _look_at(self, at: float) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.looks_at = at
        self.timer = asyncio.get_running_loop().call_at(at, self._look)

    def _look(self) -> None:
        """End the exchanges that take too long."""
        self.timer, self.looks_at = None, math.inf
        now = asyncio.get_running_loop().time()
        for connection in [one for one in self.busy if one.until <= now]:
            connection.fail("time-out")
        if self.busy:
            self._look_at(min(one.until for one in self.busy))

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
                lambda: _Connection(self), sock=sock, ssl=self.tls, server_hostname=name
            )
        except BaseException:  # cancelled too: the place is free again
            self.count -= 1
            self._wake()
            raise
        return connection


class _Connection(asyncio.Protocol):
    """One request at a time, and its answer."""

    def __init__(self, pool: _Pool) -> None:
        self.idle_since = 0.0
        self.until = 0.0  # when the exchange has taken too long
        self.reusable = True
        self._pool = pool
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[Answer | RetryLater | Uncertain] | None = None
        self._body: list[bytes] = []
        self._length = 0

    def exchange(
        self, request: bytes, until: float
    ) -> asyncio.Future[Answer | RetryLater | Uncertain]:
        """Send it. When the answer is there, or will never be, the pool has the connection back."""
        answer = self._answer = asyncio.get_running_loop().create_future()
        self.until = until
        self._pool.lend(self)
        if self._transport is None or not self.reusable:
            self.fail(_CUT)
        else:
            self._transport.write(request)
        return answer

    def fail(self, code: str) -> None:
        """Nobody knows whether the request was read; the connection is of no use any more."""
        self.reusable = False
        self._end(Uncertain(code))

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
            self.fail(_CUT)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's
        self.fail(_CUT)

    # What the parser calls

    def on_body(self, part: bytes) -> None:
        self._length += len(part)
        if self._length > LONGEST_ANSWER:
            self.fail(_CUT)
        else:
            self._body.append(part)

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status >= 200:
            self.reusable = self.reusable and bool(self._parser.should_keep_alive())
            self._end(Answer(status, b"".join(self._body)))

    def _end(self, result: Answer | Uncertain) -> None:
        answer, self._answer = self._answer, None
        self._body, self._length = [], 0
        if answer is None:
            return
        if not answer.done():  # else whoever asked does not wait any more
            answer.set_result(result)
        self._pool.put_back(self)
