"""Tests of the client to the platforms: every way in which a server can answer, or fail to."""

from __future__ import annotations

import asyncio
import datetime
import gzip
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyreqwest.logging import flush_logs

from bot.channels.http.client import NO_CONNECTION, HttpClient
from bot.channels.http.responses import HttpResponse
from bot.channels.ports import Uncertain
from tests.bot.one_process import until

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
JSON = {"Content-Type": "application/json"}

Serve = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """A server that answers each request as ``serve`` says; it counts connections."""

    def __init__(self, serve: Serve) -> None:
        self.serve = serve
        self.url = ""
        self.connections = 0
        self.requests: list[bytes] = []
        self._writers: list[asyncio.StreamWriter] = []

    async def close(self) -> None:
        """End every connection, and wait until it is."""
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*(w.wait_closed() for w in self._writers), return_exceptions=True)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = 0
                for line in head.split(b"\r\n"):
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                body = await reader.readexactly(length)
                self.requests.append(head + body)
                await self.serve(head + body, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server(serve)
    listening = await asyncio.start_server(server.take, "127.0.0.1", 0, ssl=tls)
    scheme = "http" if tls is None else "https"
    server.url = f"{scheme}://localhost:{listening.sockets[0].getsockname()[1]}/bot1:a/send"
    try:
        yield server
    finally:
        listening.close()
        await server.close()


def says(*parts: bytes, then_ends: bool = False) -> Serve:
    async def serve(_: bytes, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        if then_ends:
            writer.close()
            raise ConnectionError

    return serve


async def answers_nothing(
    _: bytes,
    writer: asyncio.StreamWriter,
) -> None:
    await asyncio.sleep(60)


async def test_bytes_go_out_as_they_are_and_the_answer_comes_back() -> None:
    async with serving(says(OK)) as server, HttpClient() as client:
        assert await client.call(server.url, b'{"a":1}', JSON, 5) == HttpResponse(200, b"{}")
        assert await client.call(server.url + "?x=1%202", None, {}, 5) == HttpResponse(200, b"{}")
    posted, got = server.requests
    head, _, body = posted.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    assert (first, body) == (b"POST /bot1:a/send HTTP/1.1", b'{"a":1}')
    assert dict(line.split(b": ", 1) for line in lines) == {
        b"Host": server.url.split("/")[2].encode(),
        b"Content-Type": b"application/json",
        b"Content-Length": b"7",
        b"Accept": b"*/*",
        b"User-Agent": b"opina",
    }
    assert got.startswith(b"GET /bot1:a/send?x=1%202 HTTP/1.1\r\n")


async def test_connections_are_used_again() -> None:
    async with serving(says(OK)) as server, HttpClient() as client:
        for _ in range(5):
            await asyncio.gather(*(client.call(server.url, b"{}", JSON, 5) for _ in range(3)))
        # One that is being put back when the next call starts is not waited for.
        assert 3 <= server.connections <= 6


async def test_no_more_calls_at_once_than_allowed_and_everyone_gets_a_turn() -> None:
    at_once: list[int] = []
    in_hand = 0

    async def counts(_: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal in_hand
        in_hand += 1
        at_once.append(in_hand)
        await asyncio.sleep(0.01)
        in_hand -= 1
        writer.write(OK)

    async with serving(counts) as server, HttpClient(connections=2) as client:
        calls = [client.call(server.url, b"{}", JSON, 5) for _ in range(20)]
        assert await asyncio.gather(*calls) == [HttpResponse(200, b"{}")] * 20
    assert max(at_once) == 2


async def test_who_gets_no_connection_in_time_has_sent_nothing() -> None:
    async with serving(answers_nothing) as server, HttpClient(connections=1) as client:
        first = asyncio.ensure_future(client.call(server.url, b"{}", JSON, 1.0))
        await asyncio.sleep(0.05)
        assert await client.call(server.url, b"{}", JSON, 0.2) == NO_CONNECTION
        assert await first == Uncertain("time-out")
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "parts",
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",),
        (b"HTTP/1.1 20", b"0 OK\r\nContent-Le", b"ngth: 2\r\n\r\n{", b"}"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", OK),
    ],
    ids=["chunked", "in pieces", "after an interim answer"],
)
async def test_an_answer_is_read_however_it_is_sent(parts: tuple[bytes, ...]) -> None:
    async with serving(says(*parts)) as server, HttpClient() as client:
        for _ in range(2):
            assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(200, b"{}")


async def test_a_server_that_ends_the_connection_after_an_answer_gets_a_new_one() -> None:
    closing = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
    async with serving(says(closing, then_ends=True)) as server, HttpClient() as client:
        for _ in range(3):
            assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(200, b"{}")
        assert server.connections == 3


async def test_a_connection_that_the_server_ended_while_idle_is_not_used() -> None:
    async with serving(says(OK, then_ends=True)) as server, HttpClient() as client:
        for _ in range(3):
            assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(200, b"{}")
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    "serve",
    [
        says(then_ends=True),
        says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", then_ends=True),
        says(b"SSH-2.0-OpenSSH\r\n\r\n"),
    ],
    ids=["no answer", "half an answer", "no HTTP"],
)
async def test_an_answer_that_is_cut_leaves_the_outcome_unknown(serve: Serve) -> None:
    async with serving(serve) as server, HttpClient() as client:
        assert await client.call(server.url, b"{}", JSON, 5) == Uncertain("connection-cut")


async def test_a_server_that_does_not_answer_in_time_leaves_the_outcome_unknown() -> None:
    async with serving(answers_nothing) as server, HttpClient() as client:
        assert await client.call(server.url, b"{}", JSON, 0.1) == Uncertain("time-out")


@pytest.mark.parametrize("pieces", [1, 5])
@pytest.mark.parametrize("size", [0, 1000, 1001, 5000])
async def test_an_answer_has_a_limit(
    size: int, pieces: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.http.client.LONGEST_RESPONSE", 1000)
    body = b"x" * size
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size
    parts = [body[size * i // pieces : size * (i + 1) // pieces] for i in range(pieces)]
    async with serving(says(head, *parts)) as server, HttpClient() as client:
        result = await client.call(server.url, b"{}", JSON, 5)
    assert result == (HttpResponse(200, body) if size <= 1000 else Uncertain("connection-cut"))


async def test_a_compressed_answer_is_not_unfolded() -> None:
    zipped = gzip.compress(bytes(1024 * 1024))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    async with serving(says(head % len(zipped) + zipped)) as server, HttpClient() as client:
        assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(200, zipped)


async def test_a_redirect_is_an_answer_like_any_other() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    async with serving(says(moved)) as server, HttpClient() as client:
        assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(302, b"")


async def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    async with serving(says(OK)) as server, HttpClient() as client:
        assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(200, b"{}")


async def test_nobody_listening_means_nothing_was_sent(unused_tcp_port: int) -> None:
    async with HttpClient() as client:
        url = f"http://127.0.0.1:{unused_tcp_port}/"
        assert await client.call(url, b"{}", JSON, 5) == NO_CONNECTION
        assert await client.call("http://no-such-host.invalid/", b"{}", JSON, 5) == NO_CONNECTION


async def test_a_connection_that_is_not_made_in_time_means_nothing_was_sent() -> None:
    with socket.socket() as full, ExitStack() as waiting:
        full.bind(("127.0.0.1", 0))
        full.listen(0)  # the system completes one connection, and drops what asks for more
        for _ in range(3):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        async with HttpClient(connect_s=0.2) as client:
            url = f"http://127.0.0.1:{full.getsockname()[1]}/"
            assert await client.call(url, b"{}", JSON, 5) == NO_CONNECTION


async def test_a_call_that_is_cancelled_lets_go_of_its_connection() -> None:
    async with serving(answers_nothing) as server, HttpClient() as client:
        calling = asyncio.ensure_future(client.call(server.url, b"{}", JSON, 5))
        await until(lambda: bool(server.requests))
        calling.cancel()
        await asyncio.wait([calling])
        server.serve = says(OK)
        assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(200, b"{}")
        assert server.connections == 2, "an answer to the first must not be taken for this one's"


async def test_a_cancellation_that_meets_the_answer_is_not_lost() -> None:
    async with serving(says(OK)) as server, HttpClient() as client:

        async def calls_and_waits() -> None:
            await client.call(server.url, b"{}", JSON, 5)
            await asyncio.Event().wait()

        for round_ in range(400):
            task = asyncio.create_task(calls_and_waits())
            await asyncio.sleep(round_ % 20 * 0.000_1)
            task.cancel()
            async with asyncio.timeout(5):
                await asyncio.wait([task])
            assert task.cancelled()


async def test_a_header_cannot_bring_another_one_along() -> None:
    async with HttpClient() as client:
        with pytest.raises(ValueError, match="not an http") as caught:
            await client.call("http://127.0.0.1:9/", None, {"Authorization": "a\r\nX: y"}, 5)
    assert "a\r\n" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("url", ["bot1:a", "ftp://bot1:a/", "http://", "http://bot1:a/", "https:"])
async def test_an_invalid_address_is_refused_without_naming_it(url: str) -> None:
    async with HttpClient() as client:
        with pytest.raises(ValueError, match="not an http") as caught:
            await client.call(url, None, {}, 5)
    assert "bot1" not in str(caught.value)
    assert caught.value.__context__ is None


async def test_no_log_has_the_address(
    caplog: pytest.LogCaptureFixture, unused_tcp_port: int
) -> None:
    caplog.set_level(logging.NOTSET)
    async with serving(says(OK)) as server, HttpClient() as client:
        await client.call(server.url, b"{}", {"Authorization": "bearer-1"}, 5)
        await client.call(server.url, b"{}", {"X": "bearer-1"}, 0.000_001)
        await client.call(f"http://localhost:{unused_tcp_port}/bot1:a/", b"{}", JSON, 5)
    flush_logs()
    assert [text for text in caplog.messages if "bot1" in text or "bearer-1" in text] == []


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, chain, key = certificates(tmp_path)
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.load_cert_chain(chain, key)
    async with serving(says(OK), own) as server:
        async with HttpClient() as client:
            assert await client.call(server.url, b"{}", JSON, 5) == NO_CONNECTION
        async with HttpClient(trusted=authority.read_bytes()) as client:
            assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(200, b"{}")
            other_name = server.url.replace("localhost", "127.0.0.1")
            assert await client.call(other_name, b"{}", JSON, 5) == NO_CONNECTION
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))  # as the system's are set
        async with HttpClient() as client:
            assert await client.call(server.url, b"{}", JSON, 5) == HttpResponse(200, b"{}")
    assert len(server.requests) == 2


def certificates(folder: Path) -> tuple[Path, Path, Path]:
    """An authority, a certificate for localhost that it vouches for, and that one's key."""
    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority, chain, key = folder / "root.pem", folder / "leaf.pem", folder / "key.pem"
    for public, path, name in ((root, authority, "root"), (leaf, chain, "localhost")):
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "root")]))
            .public_key(public.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=public is root, path_length=None), True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
            .sign(root, hashes.SHA256())
        )
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = leaf.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    key.write_bytes(private)
    return authority, chain, key
