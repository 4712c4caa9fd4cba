"""Cards, emergencies and long lists on the chat page, and the room that they have there."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from handlers.messages import Press, Text
from tests.e2e.web_chat.chat import (
    CONFIRM,
    DESKTOP,
    NAMES,
    PHONE,
    accessibility_faults,
    opened,
    overflows,
)

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_card_is_made_of_elements_and_none_of_its_words_is_markup(browser: Browser):
    async with opened(browser) as chat:
        await chat.write("ficha")
        card = chat.bubbles.last
        await expect(card.get_by_role("heading")).to_have_text("Permiso <b>de</b> circulación")
        assert await card.locator("ul > li").all_inner_texts() == [
            "Seguro <script>",
            "Permiso anterior",
        ]
        assert await card.locator("ol > li").all_inner_texts() == ["Pagar", "Imprimir"]
        assert await card.locator("b, script").count() == 0
        links = card.get_by_role("link")
        assert [await link.get_attribute("href") for link in await links.all()] == [
            "https://example.cl/permiso",
            "tel:+56512000000",
        ]
        await chat.page.reload()
        await expect(chat.bubbles.last.get_by_role("heading")).to_have_count(1)


async def test_a_usual_card_shows_its_question_and_answers_on_a_telephone(browser: Browser):
    async with opened(browser, viewport=PHONE) as chat:
        await chat.write("ficha")
        for name in ("Sí", "No", "Ver pasos"):
            await expect(chat.button(name)).to_be_in_viewport(ratio=1)
        await expect(chat.bubbles.last.get_by_text("¿Le sirvió?")).to_be_in_viewport(ratio=1)
        tops = [(await chat.button(name).bounding_box())["y"] for name in ("Sí", "No")]
        assert tops[0] == tops[1]
        await chat.write("reclamo")  # its labels are too long for one line
        lefts = [(await chat.button(one.label).bounding_box())["x"] for one in CONFIRM]
        assert len(set(lefts)) == 1
        number = chat.bubbles.last.get_by_text("LS-2026-000017", exact=True)
        assert await number.evaluate("number => getComputedStyle(number).marginTop") == "0px"


async def test_from_a_long_card_the_page_leads_to_its_question(browser: Browser):
    async with opened(browser, viewport=PHONE) as chat:
        await chat.write("ficha larga")
        await expect(chat.bubbles.last.get_by_role("heading")).to_be_in_viewport()
        await expect(chat.button("Sí")).not_to_be_in_viewport()
        await expect(chat.button("¿Le sirvió?")).to_be_in_viewport(ratio=1)
        await chat.button("¿Le sirvió?").click()
        await expect(chat.button("Sí")).to_be_in_viewport(ratio=1)
        await expect(chat.button("Sí")).to_be_focused()
        await expect(chat.button("¿Le sirvió?")).to_be_hidden()
        await chat.write("ficha")
        await expect(chat.bubbles).to_have_count(5)
        shown = [chat.bubbles.last, *(chat.page.locator(bar) for bar in ("header", "footer"))]
        heights = [(await one.bounding_box())["height"] for one in shown]
        # The question is in sight, and half of its answers is not.
        await chat.page.set_viewport_size(PHONE | {"height": int(sum(heights)) + 30})
        await chat.write("ficha")
        await expect(chat.bubbles).to_have_count(7)
        await expect(chat.bubbles.last.get_by_text("¿Le sirvió?")).to_be_in_viewport(ratio=1)
        await expect(chat.button("¿Le sirvió?")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("forced", ["none", "active"])
async def test_an_emergency_looks_like_nothing_else_and_its_numbers_can_be_called(
    browser: Browser, forced: str
):
    async with opened(browser, forced_colors=forced) as chat:
        await chat.write("incendio")
        alert = chat.bubbles.last
        await expect(alert.get_by_text("Emergencia")).to_be_visible()
        links = await alert.get_by_role("link").all()
        assert [await link.get_attribute("href") for link in links] == ["tel:132", "tel:*4141"]
        edge = await alert.evaluate("element => getComputedStyle(element).borderInlineStartWidth")
        assert edge == "8px"
        other = await chat.bubbles.first.evaluate(
            "element => getComputedStyle(element).borderInlineStartWidth"
        )
        assert other == "1px"


async def test_a_long_list_is_folded_up_and_can_be_filtered(browser: Browser):
    async with opened(browser, viewport=PHONE) as chat:
        await chat.write("áreas")
        options = chat.page.get_by_role("group", name="Opciones para responder")
        await expect(options.get_by_role("button")).to_have_text(
            [*(f"{n}. {name}" for n, name in enumerate(NAMES[:7], 1)), "Ver las 9", "Cancelar"]
        )
        field = chat.page.get_by_role("searchbox", name="Buscar en la lista")
        await field.fill("ninez")
        await expect(options.get_by_role("button")).to_have_text(["7. Niñez", "Cancelar"])
        await expect(options.get_by_role("status")).to_have_text("Queda 1 de la lista")
        await field.fill("viv")
        await field.press("Enter")
        await expect(chat.bubbles.nth(-2)).to_contain_text("Vivienda")
        assert chat.backend.bodies[-1] == Press("rate:Vivienda", 2)


async def test_the_whole_list_can_be_seen_and_other_words_are_sent(browser: Browser):
    async with opened(browser, viewport=PHONE) as chat:
        await chat.write("áreas")
        options = chat.page.get_by_role("group", name="Opciones para responder")
        await chat.button("Ver las 9").click()
        await expect(options.get_by_role("button")).to_have_count(len(NAMES) + 1)
        await expect(chat.button("8. Turismo")).to_be_focused()
        field = chat.page.get_by_role("searchbox", name="Buscar en la lista")
        await field.fill("el consultorio")
        await expect(options.get_by_role("status")).to_contain_text("Nada de la lista")
        await field.press("Enter")
        await expect(chat.bubbles.last).to_contain_text("Usted escribió: el consultorio")
        assert chat.backend.bodies[-1] == Text("el consultorio")


@pytest.mark.parametrize("path", ["/chat", "/chat?embed=1"])
async def test_at_200_percent_the_bars_take_at_most_a_third_of_the_height(
    browser: Browser, path: str
):
    async with opened(browser, path, viewport=PHONE) as chat:
        await chat.write("ficha")
        await expect(chat.button("Sí")).to_be_visible()
        await chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
        for typed in ("línea\n" * 9, ""):
            await chat.words.fill(typed)
            bars = [await chat.page.locator(bar).bounding_box() for bar in ("header", "footer")]
            assert sum(bar["height"] for bar in bars) <= PHONE["height"] / 3
        await chat.write("áreas")
        await expect(chat.page.get_by_role("searchbox")).to_be_visible()
        assert not await overflows(chat.page)
        for target in await chat.page.locator("header :is(a, button), #send, #attach").all():
            box = await target.bounding_box()
            assert min(box["width"], box["height"]) >= 44
        await expect(chat.button("Adjuntar")).to_be_visible()


@pytest.mark.parametrize(("text", "least"), [("100%", 0.5), ("200%", 0.55), ("400%", 0.55)])
async def test_on_a_telephone_what_is_typed_has_room(browser: Browser, text: str, least: float):
    async with opened(browser, viewport=PHONE) as chat:
        await chat.page.evaluate("size => document.documentElement.style.fontSize = size", text)
        field = await chat.words.bounding_box()
        assert field["width"] >= least * PHONE["width"]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_no_fault_in_cards_lists_and_emergencies(
    browser: Browser, scheme: str, viewport: dict
):
    async with opened(browser, color_scheme=scheme, viewport=viewport) as chat:
        for words in ("ficha", "incendio", "áreas"):
            await chat.write(words)
            await expect(chat.bubbles.last).not_to_contain_text(words, use_inner_text=True)
        await expect(chat.page.get_by_role("searchbox")).to_be_visible()
        assert await accessibility_faults(chat.page) == []
        assert not await overflows(chat.page)


async def test_where_the_script_cannot_be_fetched_the_page_says_so_a_little_later(browser: Browser):
    async with opened(browser) as chat:
        await chat.page.route("**/chat.js*", lambda route: route.abort())
        await chat.page.reload()
        notice = chat.page.get_by_text("El chat no funciona sin JavaScript")
        await expect(notice).to_be_hidden()
        await expect(notice).to_be_visible(timeout=10_000)


async def test_without_scripts_the_page_says_so_and_shows_no_field(browser: Browser):
    async with opened(browser, java_script_enabled=False) as chat:
        await expect(chat.page.get_by_text("El chat no funciona sin JavaScript")).to_be_visible()
        await expect(chat.words).to_be_hidden()
        await expect(chat.page.get_by_role("link", name="132")).to_be_visible()
        await expect(chat.page.get_by_role("link", name="Privacidad")).to_be_visible()
