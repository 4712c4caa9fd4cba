"""The chat page on a computer that others use: leaving nothing behind, and taking a file along."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from handlers.messages import File, Reply, Text
from tests.e2e.web_chat.chat import accessibility_faults, opened, overflows

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FORGET = "Cerrar y borrar en este equipo"
KEPT = "Object.values(localStorage).join(' ')"


async def test_closing_asks_once_and_leaves_nothing_on_the_computer(browser: Browser):
    async with opened(browser) as chat:
        await chat.write("un secreto")
        await expect(chat.bubbles).to_have_count(3)
        assert "un secreto" in await chat.page.evaluate(KEPT)
        other = await chat.context.new_page()
        await other.goto(chat.url("/chat"))
        await expect(other.locator(".bubble")).to_have_count(3)
        await chat.button(FORGET).click()
        await expect(chat.page.get_by_text("escriba antes BORRAR")).to_be_visible()
        assert await accessibility_faults(chat.page) == []
        assert not await overflows(chat.page)
        await chat.button("No").click()
        await expect(chat.bubbles).to_have_count(3)
        await chat.words.fill("otro secreto")
        await chat.button(FORGET).click()
        await chat.button("Sí, borrar aquí").click()
        await expect(chat.page.get_by_text("ya no queda su conversación")).to_be_focused()
        await expect(chat.bubbles).to_have_count(0)
        await expect(chat.words).to_be_hidden()
        await expect(other.get_by_text("ya no queda su conversación")).to_be_visible()
        for page in (chat.page, other):
            assert await page.locator(".bubble").count() == 0
            assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
        await chat.open()
        await expect(chat.bubbles).to_have_count(1)
        senders = [incoming.sender.address for incoming in chat.backend.stored]
        assert len(set(senders)) == 2, "whoever comes next is somebody else"
        assert chat.backend.bodies.count(Text("un secreto")) == 1


async def test_it_works_by_keyboard_alone(browser: Browser):
    async with opened(browser) as chat:
        await chat.button(FORGET).focus()
        await chat.page.keyboard.press("Enter")
        await expect(chat.button("Sí, borrar aquí")).to_be_focused()
        await chat.page.keyboard.press("Enter")
        await expect(chat.page.get_by_text("ya no queda su conversación")).to_be_focused()


async def test_a_file_is_downloaded_and_not_kept_by_the_page(browser: Browser, tmp_path: Path):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        file = File("mis-datos.json", '{"canal": "web ñ"}')
        await chat.backend.say(chat.backend.token, Reply(0, "Listo.", file=file))
        async with chat.page.expect_download() as download:
            await chat.button("Descargar mis-datos.json").click()
        given = await download.value
        assert given.suggested_filename == "mis-datos.json"
        await given.save_as(tmp_path / "given.json")
        content = await asyncio.to_thread((tmp_path / "given.json").read_text, encoding="utf-8")
        assert content == file.content
        assert "web ñ" not in await chat.page.evaluate(KEPT)


async def test_who_closed_the_page_before_the_answer_to_an_erasure_is_told_that_it_was_done(
    browser: Browser,
):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.write("calle")  # no answer comes, as nothing leads to that to SI
        await expect(chat.bubbles).to_have_count(2)
        await expect(chat.page.locator("#typing")).to_be_visible()
        del chat.backend.replies[chat.backend.token]
        await chat.open()
        await expect(chat.bubbles.last).to_contain_text("ya están borrados")
        assert await accessibility_faults(chat.page) == []
        await chat.open()
        await expect(chat.bubbles).to_have_count(3)
        await chat.write("hola")
        await expect(chat.bubbles).to_have_count(5)
