"""Nothing that one test leaves open is another test's error."""

from __future__ import annotations

import asyncio
import socket


async def connect_and_forget() -> socket.socket:
    accepted = asyncio.Event()
    server = await asyncio.start_server(lambda *_: accepted.set(), "127.0.0.1", 0)
    peer = socket.create_connection(server.sockets[0].getsockname())
    await accepted.wait()
    server.close()
    return peer


def test_a_connection_that_is_left_open_ends_with_its_loop() -> None:
    with asyncio.run(connect_and_forget()) as peer:
        peer.settimeout(1)
        assert peer.recv(1) == b""
