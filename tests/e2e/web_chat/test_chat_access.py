"""The chat for everyone: keyboard, screen reader, small screens, large text, forced colours."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from handlers.messages import Press, Start
from tests.e2e.web_chat.chat import DESKTOP, PHONE, accessibility_faults, opened, overflows

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ZOOMED = {"width": 320, "height": 200}  # what 400 % leaves of 1280 × 800


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/chat", "/chat?embed=1"])
async def test_axe_finds_no_fault_in_a_conversation(browser: Browser, scheme: str, path: str):
    async with opened(browser, path, color_scheme=scheme) as chat:
        await chat.button("Poner una nota").click()
        await expect(chat.button("6")).to_be_visible()
        assert await accessibility_faults(chat.page) == []
        await chat.button("6").click()
        await expect(chat.button("Espera")).to_be_visible()
        await chat.page.route("**/chat/messages", lambda route: route.abort())
        await chat.write("sin conexión")
        await expect(chat.log.get_by_text("Por enviar")).to_be_visible()
        assert await accessibility_faults(chat.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_no_fault_in_the_privacy_page(browser: Browser, scheme: str):
    async with opened(browser, "/privacidad", color_scheme=scheme) as chat:
        assert await accessibility_faults(chat.page) == []
        await chat.page.set_viewport_size(ZOOMED)
        assert not await overflows(chat.page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP, ZOOMED], ids=["360", "1280", "400%"])
async def test_everything_fits_and_every_target_is_44_px(browser: Browser, viewport: dict):
    async with opened(browser, "/chat?embed=1", viewport=viewport) as chat:
        await chat.button("Poner una nota").click()
        await expect(chat.button("6")).to_be_visible()
        assert not await overflows(chat.page)
        targets = await chat.page.locator("button:visible, a:visible, textarea").all()
        assert len(targets) >= 13
        for target in targets:
            box = await target.bounding_box()
            assert box, await target.inner_text()
            assert min(box["width"], box["height"]) >= 44, (await target.inner_text(), box)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
async def test_text_at_200_percent_fits(browser: Browser, viewport: dict):
    async with opened(browser, "/chat?embed=1", viewport=viewport) as chat:
        await chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
        await chat.button("Poner una nota").click()
        await expect(chat.button("6")).to_be_visible()
        assert not await overflows(chat.page)
        await expect(chat.words).to_be_in_viewport(ratio=1)
        await expect(chat.button("Enviar")).to_be_in_viewport(ratio=1)


async def test_what_gets_the_focus_lies_clear_of_the_bars(browser: Browser):
    async with opened(browser, viewport={"width": 360, "height": 400}) as chat:
        await chat.button("Poner una nota").click()
        await chat.button("6").click()
        await expect(chat.button("Espera")).to_be_visible()
        await chat.page.evaluate("scrollTo(0, 0)")
        for name in ("Espera", "Costo"):
            await chat.button(name).focus()
            box = await chat.button(name).bounding_box()
            bar = await chat.page.locator("footer").bounding_box()
            assert box["y"] + box["height"] <= bar["y"]


async def test_a_rating_is_given_with_the_keyboard_alone(browser: Browser):
    async with opened(browser, viewport=DESKTOP) as chat:
        await expect(chat.button("Poner una nota")).to_be_visible()
        keyboard = chat.page.keyboard
        for _ in range(4):  # language, privacy, the first option, the second
            await keyboard.press("Tab")
        await expect(chat.button("Poner una nota")).to_be_focused()
        width = "getComputedStyle(document.activeElement).outlineWidth"
        assert await chat.page.evaluate(width) == "3px"
        await keyboard.press("Enter")
        await expect(chat.button("7, muy buena")).to_be_visible()
        await expect(chat.words).to_be_focused()
        for _ in range(3):  # back over "Cerrar y borrar …" and "Aún no termina"
            await keyboard.press("Shift+Tab")
        await expect(chat.button("7, muy buena")).to_be_focused()
        await keyboard.press("Space")
        await expect(chat.button("Espera")).to_be_visible()
        assert chat.backend.bodies == [Start(""), Press("rate", 1), Press("g:7", 2)]


async def test_a_screen_reader_hears_who_speaks_and_new_messages_only(browser: Browser):
    async with opened(browser) as chat:
        await chat.button("Poner una nota").click()
        await expect(chat.button("6")).to_be_visible()
        tree = await chat.page.locator("body").aria_snapshot()
        assert '- log "Conversación"' in tree
        assert 'group "Opciones para responder"' in tree
        assert "Asistente: ¿Qué nota le pone" in tree
        assert "Usted: Poner una nota" in tree
        await expect(chat.page.locator("html")).to_have_attribute("lang", "es-CL")
        await chat.page.add_init_script(
            "window.lives = []; new MutationObserver((changes) => { for (const change of changes)"
            " if (change.target.id === 'log' && change.addedNodes.length)"
            "  window.lives.push(change.target.getAttribute('aria-live')); })"
            " .observe(document, { childList: true, subtree: true });"
        )
        await chat.page.reload()
        await expect(chat.log).to_have_attribute("aria-live", "polite")
        await chat.write("hola")
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: hola")
        lives = await chat.page.evaluate("window.lives")
        assert lives == ["off"] * 3 + ["polite"] * 2


async def test_the_dots_stand_still_where_motion_is_unwelcome(browser: Browser):
    for motion, animation in {"reduce": "none", "no-preference": "breathe"}.items():
        async with opened(browser, reduced_motion=motion) as chat:
            await expect(chat.bubbles).to_have_count(1)
            await chat.write("calle")
            dot = chat.page.locator("#typing span").first
            await expect(dot).to_be_visible()
            assert await dot.evaluate("dot => getComputedStyle(dot).animationName") == animation


async def test_in_forced_colours_bubbles_and_buttons_keep_their_outlines(browser: Browser):
    async with opened(browser, forced_colors="active") as chat:
        await chat.button("Poner una nota").click()
        await expect(chat.button("6")).to_be_visible()
        for element in (chat.bubbles.nth(1), chat.button("6"), chat.button("Enviar")):
            style = "e => getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth"
            assert await element.evaluate(style) == "solid1px"
