"""The web chat's pages: what may embed them, what they show without scripts."""

from __future__ import annotations

import re

import pytest
from yarl import URL

from bot.web.chat.pages import Site
from handlers.messages import Reply
from handlers.text.markup import Items, Paragraph, Title, plain
from tests.bot.web.chat.backend import (
    TOKEN,
    ChatBackend,
    next_event,
    next_reply,
    serving,
)


@pytest.fixture
def chat() -> ChatBackend:
    return ChatBackend()


async def test_only_the_frame_may_be_embedded_and_no_page_runs_inline_scripts(chat: ChatBackend):
    site = Site(municipality="Municipalidad de Prueba", frame_ancestors="https://example.cl")
    async with serving(chat, site) as (client, _):
        for address, ancestors in {
            "/chat": "frame-ancestors 'none'",
            "/chat?embed=1": "frame-ancestors https://example.cl",
            "/privacidad": "frame-ancestors 'none'",
        }.items():
            response = await client.get(address)
            policy = response.headers["Content-Security-Policy"]
            assert policy.endswith(ancestors)
            assert "script-src 'self'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "Set-Cookie" not in response.headers
            assert "style=" not in (text := await response.text())
            assert "<script>" not in text


async def test_the_page_names_its_files_by_their_content_and_they_are_kept(chat: ChatBackend):
    async with serving(chat) as (client, _):
        page = await (await client.get("/chat")).text()
        weight = len(page.encode())
        for name in ("page.css", "chat.css", "chat.js"):
            address = page.partition(f"/chat/{name}")[2].partition('"')[0]
            response = await client.get(f"/chat/{name}{address}")
            assert response.headers["Cache-Control"] == "public, max-age=3600"
            weight += len(await response.read())
            tag = {"If-None-Match": response.headers["ETag"]}
            assert (await client.get(f"/chat/{name}", headers=tag)).status == 304
        assert weight <= 60_000
        widget = await client.get("/chat/widget.js")
        assert widget.headers["Cache-Control"] == "public, max-age=3600"
        assert widget.headers["Content-Type"].endswith("/javascript; charset=utf-8")
        for outside in ("chat.html.j2", "../templates/chat.html.j2", "%2e%2e/pages.py"):
            assert (await client.get(URL(f"/chat/{outside}", encoded=True))).status in (403, 404)


async def test_made_up_data_are_marked_on_every_page_and_real_ones_are_not(chat: ChatBackend):
    for made_up in (True, False):
        async with serving(chat, Site(municipality="M", made_up=made_up)) as (client, _):
            for address in ("/chat", "/chat?embed=1", "/privacidad"):
                text = re.sub("<[^>]+>", "", await (await client.get(address)).text())
                assert ("Datos ficticios de demostración" in text) == made_up


async def test_marked_up_replies_reach_the_page_as_blocks(chat: ChatBackend):
    blocks = (Title("Permiso"), Items("Necesita", ("Seguro",)), Paragraph("¿Le sirvió?"))
    chat.replies[TOKEN] = [Reply(1, plain(blocks), blocks=blocks)]
    async with (
        serving(chat) as (client, _),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        assert (await next_event(response))["event"] == "ready"
        shown = await next_reply(response)
    assert shown["text"] == plain(blocks)
    assert shown["blocks"] == [
        {"type": "title", "text": "Permiso"},
        {"type": "items", "label": "Necesita", "items": ["Seguro"]},
        {"type": "line", "text": "¿Le sirvió?"},
    ]


async def test_without_scripts_the_page_says_so_and_names_every_other_way(chat: ChatBackend):
    full = Site(
        municipality="M",
        phone="+56 51 200 0000",
        email="oirs@ejemplo.cl",
        place="Prat 1",
        hours="de 9 a 14",
        ways=(("Telegram", "https://t.me/ejemplo_bot"),),
    )
    for site in (full, Site(municipality="M")):
        async with serving(chat, site) as (client, _):
            page = await (await client.get("/chat")).text()
        notice = page.partition('id="no-script"')[2].partition("</main>")[0]
        assert "no funciona sin JavaScript" in notice
        ways = ["https://t.me/ejemplo_bot", "tel:+56512000000", "mailto:oirs@ejemplo.cl", "Prat 1"]
        assert [way in notice for way in ways] == [site is full] * 4
        assert 'href="tel:132"' in notice


async def test_what_the_municipality_wrote_is_never_markup(chat: ChatBackend):
    async with serving(chat, Site(municipality="<b>M&M</b>")) as (client, _):
        for address in ("/chat", "/privacidad"):
            assert "<b>" not in await (await client.get(address)).text()
