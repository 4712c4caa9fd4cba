"""What browsers get beyond the pages: compressed texts, and a page where nothing is."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.observability.metrics import Metrics
from bot.web.chat.pages import ChatPages, Site
from bot.web.server import build_app
from handlers.errors import StorageUnavailable

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Ready:
    async def problems(self) -> list[str]:
        return []


@pytest.fixture
async def client() -> AsyncIterator[TestClient[web.Request, web.Application]]:
    routes = ChatPages(Site(municipality="Municipalidad de Prueba")).routes()
    refused = [web.post("/panel/envia", large), web.get("/ocupada", busy)]
    app = build_app(Ready(), Metrics(), [*routes, *refused], "Municipalidad de Prueba")
    async with TestClient(TestServer(app), auto_decompress=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/chat", "/privacidad", "/chat/chat.css", "/chat/chat.js"])
async def test_texts_are_compressed_where_the_browser_takes_it(
    client: TestClient[web.Request, web.Application], path: str
) -> None:
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    packed = await client.get(path, headers={"Accept-Encoding": "gzip, br"})
    whole, small = await plain.read(), await packed.read()
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small) == whole
    assert len(small) < len(whole) / 2
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/nada", "/nada/", "/chat/nada.js", "/resumen/2026-47/x/y"])
@pytest.mark.parametrize("taken", [HTML, {"Accept": "*/*"}])
async def test_a_person_is_led_on_from_an_address_that_leads_nowhere(
    client: TestClient[web.Request, web.Application], path: str, taken: dict[str, str]
) -> None:
    answer = await client.get(path, headers={**taken, "Accept-Encoding": "identity"})
    text = await answer.text()
    assert answer.status == 404
    assert answer.content_type == "text/html"
    assert "Esta página no existe" in text
    assert "Municipalidad de Prueba" in text
    assert 'href="/chat"' in text
    assert "img-src data:" in answer.headers["Content-Security-Policy"]  # the page's own icon
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_that_the_browser_still_holds_is_not_sent_again(
    client: TestClient[web.Request, web.Application],
) -> None:
    packed = {"Accept-Encoding": "gzip"}
    whole = await client.get("/chat/chat.css", headers=packed)
    held = {**packed, "If-None-Match": whole.headers["ETag"]}
    stale = {**packed, "If-None-Match": '"another"'}
    same = await client.get("/chat/chat.css", headers=held)
    newer = await client.get("/chat/chat.css", headers=stale)
    head = await client.head("/chat/chat.css", headers=packed)
    assert [answer.status for answer in (whole, same, newer, head)] == [200, 304, 200, 200]
    assert {answer.headers["Vary"] for answer in (whole, same, newer, head)} == {"Accept-Encoding"}
    assert await newer.read() == await whole.read()
    assert await same.read() == await head.read() == b""


async def test_programs_get_one_plain_line(
    client: TestClient[web.Request, web.Application],
) -> None:
    for answer in (
        await client.get("/nada", headers={"Accept": "application/json"}),
        await client.get("/nada.png", headers={"Accept": "image/webp,*/*;q=0.8"}),
        await client.post("/nada", headers={"Accept": "*/*"}),
    ):
        assert answer.status == 404
        assert answer.content_type == "text/plain"
        assert await answer.text() == "Esta página no existe.\n"


async def busy(_: web.Request) -> web.Response:
    raise StorageUnavailable


async def large(_: web.Request) -> web.Response:
    raise web.HTTPRequestEntityTooLarge(1, 2)


@pytest.mark.parametrize(
    ("method", "path", "status", "title", "way"),
    [
        ("POST", "/nada", 404, "Esta página no existe", "/chat"),
        ("POST", "/privacidad", 405, "Esta dirección no se abre así", "/chat"),
        ("GET", "/panel/envia", 405, "Esta dirección no se abre así", "/panel"),
        ("POST", "/panel/envia", 413, "Lo que se envió es demasiado grande", "/panel"),
        ("GET", "/ocupada", 503, "Esta página no responde en este momento", "/chat"),
    ],
)
async def test_a_refusal_is_told_in_words_with_a_way_on(
    client: TestClient[web.Request, web.Application],
    method: str,
    path: str,
    status: int,
    title: str,
    way: str,
) -> None:
    answer = await client.request(method, path, headers={**HTML, "Accept-Encoding": "identity"})
    text = await answer.text()
    assert (answer.status, f"<h1>{title}</h1>" in text) == (status, True)
    assert f'href="{way}"' in text
    assert ("Allow" in answer.headers, "Retry-After" in answer.headers) == (
        status == 405,
        status == 503,
    )
