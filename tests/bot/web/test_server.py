"""The web server under bad input: too large, too slow, compressed."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from bot.observability.metrics import Metrics
from bot.web.bodies import BodyReader
from bot.web.server import build_app, serve
from tests.fakes.webhook import Ready

LIMIT = 64 * 1024
UNFOLDED = 64 * 1024 * 1024


@asynccontextmanager
async def served(ready: Ready | None = None) -> AsyncIterator[str]:
    """The real server with one route that reads a body of at most LIMIT bytes."""
    bodies = BodyReader()

    async def take(request: web.Request) -> web.Response:
        return web.Response(text=str(len(await bodies.read(request, LIMIT))))

    app = build_app(ready or Ready(), Metrics(), [web.post("/take", take)], "Prueba")
    serving = await serve(app, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{serving.port}"
    finally:
        await serving.close()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
async def test_what_is_compressed_is_refused_and_never_unfolded(encoding: str) -> None:
    bomb = await asyncio.to_thread(gzip.compress, bytes(UNFOLDED), 9)
    async with served() as url, aiohttp.ClientSession() as session:
        tracemalloc.start()
        headers = {"Content-Encoding": encoding}
        async with session.post(f"{url}/take", data=bomb, headers=headers) as answer:
            assert answer.status == 415
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < UNFOLDED / 8


async def test_a_body_has_a_limit_that_its_length_cannot_hide() -> None:
    async with served() as url, aiohttp.ClientSession() as session:
        for size, status in ((LIMIT, 200), (LIMIT + 1, 413)):
            async with session.post(f"{url}/take", data=bytes(size)) as answer:
                assert answer.status == status


async def test_a_body_that_trickles_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.bodies.BODY_S", 0.2)
    async with served() as url:
        host, _, port = url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
        async with asyncio.timeout(10):
            status = await reader.readline()
        writer.close()
    assert b" 408 " in status


async def test_a_body_that_comes_slowly_and_steadily_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.web.bodies.BODY_S", 0.2)

    async def steadily() -> AsyncIterator[bytes]:
        for _ in range(4):
            yield bytes(5_000)  # 0.15 s more
            await asyncio.sleep(0.1)

    async with (
        served() as url,
        aiohttp.ClientSession() as session,
        session.post(f"{url}/take", data=steadily()) as answer,
    ):
        assert await answer.text() == "20000"


async def test_many_slow_bodies_do_not_hold_up_a_quick_one() -> None:
    async with served() as url, aiohttp.ClientSession() as session:
        host, _, port = url.removeprefix("http://").partition(":")
        slow = []
        for _ in range(200):
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
            slow.append(writer)
        async with session.post(f"{url}/take", data=b"quick") as answer:
            assert await answer.text() == "5"
        for writer in slow:
            writer.close()


async def test_a_browser_that_asks_for_an_icon_is_not_told_of_a_missing_page() -> None:
    async with (
        served() as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/favicon.ico") as answer,
    ):
        assert (answer.status, await answer.read()) == (204, b"")


async def test_ready_says_what_is_wrong() -> None:
    ready = Ready()
    async with served(ready) as url, aiohttp.ClientSession() as session:
        async with session.get(f"{url}/readyz") as answer:
            assert answer.status == 200
        ready.wrong = ["queue: full"]
        async with session.get(f"{url}/readyz") as answer:
            assert answer.status == 503
            assert (await answer.json())["problems"] == ["queue: full"]


async def test_an_address_with_a_slash_too_many_leads_to_the_page() -> None:
    async with served() as url, aiohttp.ClientSession() as session:
        for asked, status, to in (
            ("/healthz/", 308, "/healthz"),
            ("//healthz/?a=1", 308, "/healthz?a=1"),
            ("//elsewhere.example/", 404, ""),
            ("/nothing/", 404, ""),
        ):
            async with session.get(url + asked, allow_redirects=False) as answer:
                found = (answer.status, answer.headers.get("Location", ""))
                assert found == (status, to), asked


@pytest.mark.parametrize(
    ("path", "headers", "status", "told"),
    [
        ("/healthz?q=" + "a" * 30_000, {}, 200, False),  # a page tells by itself what is too long
        ("/healthz?q=" + "%C3%A1" * 7_000, {}, 414, True),
        ("/healthz", {"X-Long": "a" * 30_000}, 400, False),
    ],
)
async def test_an_address_that_is_too_long_is_told_so(
    path: str, headers: dict[str, str], status: int, told: bool
) -> None:
    async with (
        served() as url,
        aiohttp.ClientSession() as session,
        session.get(URL(url + path, encoded=True), headers=headers) as answer,
    ):
        page = await answer.text()
        assert (answer.status, "La dirección es demasiado larga" in page) == (status, told)
        assert "Prueba" in page or not told
        assert "Content-Security-Policy" in answer.headers
