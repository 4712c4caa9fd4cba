"""HTTP/1.1 as raw bytes, so that what drives a measurement is not what limits it."""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from typing import cast

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"


class Messages(asyncio.Protocol, ABC):
    """Cuts what arrives on one connection into heads and bodies. Keeps the connection open."""

    def __init__(self) -> None:
        self.transport: asyncio.WriteTransport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.WriteTransport, transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's
        self.transport = None

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        while (end := buffer.find(_END)) >= 0:
            length = _LENGTH.search(buffer, 0, end)
            begin = end + len(_END)
            stop = begin + (int(length[1]) if length else 0)
            if len(buffer) < stop:
                break
            self.arrived(buffer[:end], buffer[begin:stop])
            buffer = buffer[stop:]
        self._buffer = buffer

    @abstractmethod
    def arrived(self, head: bytes, body: bytes) -> None:
        """One whole request or response."""

    def write(self, data: bytes) -> None:
        """Send it, unless the other side has gone."""
        if self.transport is not None:
            self.transport.write(data)


def post_head(path: str, port: int, headers: dict[str, str]) -> bytes:
    """A request up to the number of its content's bytes."""
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Content-Type: application/json", "Content-Length: "]).encode()


def post(head: bytes, body: bytes) -> bytes:
    """The request with this body."""
    return b"%b%d\r\n\r\n%b" % (head, len(body), body)


def ok(body: bytes) -> bytes:
    """A response with JSON."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )
