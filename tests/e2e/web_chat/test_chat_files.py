"""Files on the chat page: attached with what was typed, and saved where a reply brings one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from handlers.messages import Media, MediaKind
from tests.e2e.web_chat.chat import PHONE, accessibility_faults, opened, overflows
from tests.files import document, photo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_photos_go_with_what_was_typed(browser: Browser) -> None:
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.words.fill("hay un hoyo en mi calle")
        async with chat.page.expect_file_chooser() as choosing:
            await chat.button("Adjuntar").click()
        chosen = [("hoyo.jpg", "image/jpeg", photo()), ("boleta.pdf", "text/html", document())]
        await (await choosing.value).set_files(
            [{"name": name, "mimeType": kind, "buffer": data} for name, kind, data in chosen]
        )
        await expect(chat.log).to_contain_text("📎 hoyo.jpg")
        await expect(chat.log).to_contain_text("Recibí su archivo. hay un hoyo en mi calle")
        await expect(chat.bubbles).to_have_count(5)
        await expect(chat.words).to_have_value("")
        sent = [one.body for one in chat.backend.stored if isinstance(one.body, Media)]
        assert [(one.kind, one.caption) for one in sent] == [
            (MediaKind.PHOTO, "hay un hoyo en mi calle"),
            (MediaKind.DOCUMENT, ""),
        ]
        contents = [one.file.encrypted for one in sent if one.file is not None]
        assert contents == [data for _, _, data in chosen]


async def test_a_file_that_is_too_large_is_told_and_what_was_typed_stays(
    browser: Browser,
) -> None:
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.words.fill("hay un hoyo")
        await chat.page.locator("#files").set_input_files(
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": bytes(10_000_001)}
        )
        await expect(chat.page.locator("#status")).to_contain_text("pesa más de 10 MB")
        await expect(chat.words).to_have_value("hay un hoyo")
        assert not any(isinstance(one.body, Media) for one in chat.backend.stored)


async def test_a_receipt_is_saved_also_after_the_page_was_opened_again(
    browser: Browser, tmp_path: Path
) -> None:
    async with opened(browser) as chat:
        await chat.write("comprobante")
        for _ in range(2):
            async with chat.page.expect_download() as downloading:
                await chat.button("Descargar comprobante.pdf").click()
            download = await downloading.value
            assert download.suggested_filename == "comprobante.pdf"
            await download.save_as(tmp_path / "comprobante.pdf")
            assert (tmp_path / "comprobante.pdf").read_bytes() == b"receipt:LS-1"
            await chat.page.reload()
        kept = await chat.page.evaluate("localStorage.getItem('opina.chat')")
        assert "receipt:" not in kept


@pytest.mark.parametrize("width", [320, PHONE["width"]])
async def test_attaching_fits_small_screens_and_is_reached_by_keyboard(
    browser: Browser, width: int
) -> None:
    async with opened(browser, viewport={"width": width, "height": 600}) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.words.focus()
        await chat.page.keyboard.press("Tab")
        assert await chat.page.evaluate("document.activeElement.id") == "attach"
        assert not await overflows(chat.page)
        assert await accessibility_faults(chat.page) == []
