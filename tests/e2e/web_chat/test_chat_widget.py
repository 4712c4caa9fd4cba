"""The chat embedded in another site: one button, one frame, and nothing left behind."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest
from aiohttp import web
from playwright.async_api import Browser, FrameLocator, expect

from handlers.messages import Start
from tests.e2e.web_chat.chat import DESKTOP, PHONE, Chat, accessibility_faults, opened

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

STYLE = "button, iframe { background: red !important; width: 7px !important; padding: 0 }"
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HOST_PAGE = f"""<!doctype html><html lang="es"><title>Sitio municipal</title>
<style>{STYLE}</style>
<main><h1>Sitio municipal</h1><a href="#x">Un enlace</a></main>
<script src="/chat/widget.js" data-desk="GnN7sR" defer></script>
<script src="/chat/widget.js" defer></script></html>"""


async def host_page(_request: web.Request) -> web.Response:
    """A strict site: its policy allows one inline sheet by its hash, and no other."""
    policy = f"default-src 'self'; style-src 'sha256-{STYLE_HASH}'"
    headers = {"Content-Security-Policy": policy}
    return web.Response(text=HOST_PAGE, content_type="text/html", headers=headers)


HOST = [web.get("/sitio", host_page)]


def frame_of(chat: Chat) -> FrameLocator:
    return chat.page.frame_locator("iframe[title='Chat con la municipalidad']")


async def test_the_button_opens_the_chat_and_the_conversation_starts(browser: Browser):
    async with opened(browser, "/sitio", pages=HOST, viewport=DESKTOP) as chat:
        assert await chat.page.locator("iframe").count() == 0
        await expect(chat.button("Abrir chat")).to_have_count(1)
        await chat.button("Abrir chat").click()
        await expect(frame_of(chat).get_by_text("Soy el asistente")).to_be_visible()
        await expect(frame_of(chat).get_by_role("textbox")).to_be_focused()
        await chat.page.reload()
        await chat.button("Abrir chat").click()
        await expect(frame_of(chat).get_by_text("Soy el asistente")).to_be_visible()
        await frame_of(chat).get_by_role("textbox").fill("hola")
        await frame_of(chat).get_by_role("textbox").press("Enter")
        await expect(frame_of(chat).get_by_text("Usted escribió: hola")).to_be_visible()
        starts = [body for body in chat.backend.bodies if isinstance(body, Start)]
        assert starts == [Start("GnN7sR")]


@pytest.mark.parametrize("way", ["escape inside", "escape outside", "button", "cross"])
async def test_it_closes_in_every_way_and_the_focus_returns(browser: Browser, way: str):
    async with opened(browser, "/sitio", pages=HOST, viewport=DESKTOP) as chat:
        await chat.button("Abrir chat").click()
        words = frame_of(chat).get_by_role("textbox")
        await expect(words).to_be_focused()
        if way == "escape inside":
            await words.press("Escape")
        elif way == "escape outside":
            await chat.page.get_by_role("link").focus()
            await chat.page.keyboard.press("Escape")
        elif way == "button":
            await chat.button("Cerrar chat").click()
        else:
            await frame_of(chat).get_by_role("button", name="Cerrar", exact=True).click()
        await expect(chat.page.locator("iframe")).to_be_hidden()
        await expect(chat.button("Abrir chat")).to_be_focused()
        await expect(chat.button("Abrir chat")).to_have_attribute("aria-expanded", "false")


async def test_nothing_leaks_between_the_site_and_the_widget(browser: Browser):
    async with opened(browser, "/sitio", pages=HOST, viewport=DESKTOP) as chat:
        box = await chat.button("Abrir chat").bounding_box()
        assert (box["width"], box["height"]) == (60, 60)
        added = await chat.page.evaluate("""() => {
            const frame = document.createElement("iframe");
            document.body.append(frame);
            const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow));
            frame.remove();
            return Object.getOwnPropertyNames(window).filter(
                (name) => !plain.has(name) && !/^\\d+$|playwright|pw/i.test(name));
        }""")
        assert added == []
        assert await chat.page.evaluate("document.querySelectorAll('style, link').length") == 1
        assert await chat.page.evaluate("document.body.lastElementChild.tagName") == "DIV"


async def test_on_a_phone_the_chat_covers_the_screen_and_closes_from_within(browser: Browser):
    async with opened(browser, "/sitio", pages=HOST, viewport=PHONE) as chat:
        await chat.button("Abrir chat").click()
        frame = chat.page.locator("iframe")
        await expect(frame_of(chat).get_by_text("Soy el asistente")).to_be_visible()
        box = await frame.bounding_box()
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 740)
        await frame_of(chat).get_by_role("button", name="Cerrar", exact=True).click()
        await expect(frame).to_be_hidden()


async def test_another_frame_cannot_close_the_chat(browser: Browser):
    async with opened(browser, "/sitio", pages=HOST, viewport=DESKTOP) as chat:
        await chat.button("Abrir chat").click()
        await expect(frame_of(chat).get_by_role("textbox")).to_be_focused()
        await chat.page.evaluate("postMessage({ opina: 'close' }, '*')")
        await chat.page.evaluate("new Promise((done) => setTimeout(done, 50))")
        await expect(chat.page.locator("iframe")).to_be_visible()


async def test_axe_finds_no_fault_in_the_button_and_the_open_frame(browser: Browser):
    async with opened(browser, "/sitio", pages=HOST, viewport=DESKTOP) as chat:
        assert await accessibility_faults(chat.page) == []
        await chat.button("Abrir chat").click()
        await expect(frame_of(chat).get_by_role("textbox")).to_be_focused()
        assert await accessibility_faults(chat.page) == []


async def elsewhere(request: web.Request) -> web.Response:
    """A page of another origin, which names the widget by its whole address."""
    widget = f"http://127.0.0.1:{request.url.port}/chat/widget.js"
    icon = '<link rel="icon" href="data:,">'
    text = f'<!doctype html><title>Otro sitio</title>{icon}<script src="{widget}" defer></script>'
    return web.Response(text=text, content_type="text/html")


async def test_it_logs_nothing_on_a_site_of_another_origin(browser: Browser):
    logged: list[str] = []
    pages = [web.get("/otro", elsewhere)]
    async with opened(browser, "/chat", pages=pages, viewport=DESKTOP) as chat:
        chat.page.on("console", lambda message: logged.append(message.text))
        await chat.page.goto(chat.url("/otro").replace("127.0.0.1", "localhost"))
        for name in ("Abrir chat", "Cerrar chat", "Abrir chat"):  # faster than the frame loads
            await chat.button(name).click()
        await expect(frame_of(chat).get_by_role("textbox")).to_be_focused()
        await frame_of(chat).get_by_role("textbox").fill("hola")
        await frame_of(chat).get_by_role("textbox").press("Enter")
        await expect(frame_of(chat).get_by_text("Usted escribió: hola")).to_be_visible()
        await chat.button("Cerrar chat").click()
        await expect(chat.page.locator("iframe")).to_be_hidden()
    assert logged == []
