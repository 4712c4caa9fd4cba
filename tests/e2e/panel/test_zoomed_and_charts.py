"""A rating at 400 % with the keyboard alone, and the panel's charts: for everyone too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from bot.jobs.quality.digest import digest_link
from bot.web import digest_pages
from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series, SeriesCount
from handlers.messages import Press, Start, Text
from handlers.quality.charts import MIN_POINTS
from handlers.release import Release
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.quality import counts, notes
from storage.quality.notes import FigureNote
from tests.bot.published import AREA, FIRST, LOW, USUAL, publish_weeks
from tests.e2e.panel.test_panel import context_of, faults, panel_with_cases, sign_in
from tests.e2e.web_chat.chat import Chat, opened, overflows

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ZOOMED = {"width": 320, "height": 200}  # what 400 % leaves of 1280 × 800
MOST_TABS = 15
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
COMMENT = "Me explicó con calma"
IS_SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.left >= 0 && box.right <= innerWidth && box.bottom > 0 && box.top < innerHeight;
}"""
SCROLLS_ASIDE = """() =>
  [...document.querySelectorAll('details')].some(one => one.scrollWidth > one.clientWidth)"""
LETTERS = """() => {
  const shown = [...document.querySelectorAll('svg[role=img] text')]
    .map(one => one.getBoundingClientRect().height).filter(height => height > 0);
  return Math.min(...shown);
}"""


async def reach(chat: Chat, name: str, key: str) -> None:
    """Move the focus to a button, one key after the other; wherever it comes to is seen."""
    await expect(chat.button(name)).to_be_visible()
    for _ in range(MOST_TABS):
        await chat.page.keyboard.press(key)
        assert await chat.page.evaluate(IS_SEEN), await chat.page.evaluate(
            "document.activeElement.outerHTML"
        )
        if await chat.button(name).evaluate("one => one === document.activeElement"):
            assert not await overflows(chat.page)
            return
    pytest.fail(f"{MOST_TABS} times {key} did not lead to {name}")


async def test_a_whole_rating_is_given_at_400_percent_with_the_keyboard_alone(browser: Browser):
    async with opened(browser, viewport=ZOOMED) as chat:
        await reach(chat, "Poner una nota", "Tab")
        await chat.page.keyboard.press("Enter")
        await reach(chat, "7, muy buena", "Shift+Tab")
        await chat.page.keyboard.press("Space")
        await reach(chat, "Espera", "Shift+Tab")
        await chat.page.keyboard.press("Enter")
        await expect(chat.words).to_be_focused()
        await chat.page.keyboard.type("Me explicó con calma")
        await chat.page.keyboard.press("Enter")
        await expect(chat.bubbles.last).to_have_text(
            "Asistente: Usted escribió: Me explicó con calma"
        )
        assert not await overflows(chat.page)
        said = [Press("rate", 1), Press("g:7", 2), Press("r:0", 3), Text(COMMENT)]
        assert chat.backend.bodies == [Start(""), *said]


async def test_axe_finds_nothing_where_a_chart_is_drawn(
    browser: Browser, sqlite_url: str, release: Release
) -> None:
    options = {"java_script_enabled": True, "bypass_csp": True}
    async with (
        panel_with_cases(sqlite_url, release) as panel,
        context_of(browser, **options) as context,
    ):
        await publish_weeks(panel.scene.database, release, *[USUAL] * MIN_POINTS, LOW)
        useful = Series(Metric.USEFUL, Scope.AREA, AREA)
        weeks = [FIRST.shifted(later) for later in range(MIN_POINTS + 1)]
        told = [SeriesCount(useful, week, week, 40, 60, is_shown=True) for week in weeks]
        await panel.scene.write(lambda tx: counts.add(tx, told))
        note = FigureNote(AREA, weeks[-1], panel.now, 1, "a" * 300)
        await panel.scene.write(lambda tx: notes.add(tx, note))
        page = await context.new_page()
        await sign_in(page, panel)
        area = f"/panel/indicadores/{AREA}"
        other = f"{area}/grafico?indicador=les-sirvio"
        for path, drawn in (("/panel/indicadores", 0), (area, 2), (other, 2)):
            await page.goto(panel.url + path)
            assert await page.locator("svg[role=img]").count() >= drawn, path
            assert not await overflows(page), "also with a word that is wider than the screen"
            await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert await faults(page) == [], path
            await page.set_viewport_size({"width": 360, "height": 760})
            await page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert not await page.evaluate(SCROLLS_ASIDE), f"{path}: each measurement is read whole"
            await page.set_viewport_size({"width": 1280, "height": 760})
        await page.goto(panel.url + area)
        for width in (360, 1280):
            await page.set_viewport_size({"width": width, "height": 800})
            usual = await page.evaluate(LETTERS)
            larger = await page.add_style_tag(content="html { font-size: 200% }")
            assert await page.evaluate(LETTERS) >= 1.5 * usual, width
            assert not await overflows(page)
            await larger.evaluate("one => one.remove()")


async def test_a_digests_page_with_its_chart_fits_a_telephone(
    browser: Browser, sqlite_url: str, keyring: Keyring, release: Release
):
    database = await open_database(sqlite_url)
    week = await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW)
    app = web.Application()
    app.add_routes(digest_pages.routes(database, keyring, release, lambda: NOW, False))
    async with TestServer(app) as server:
        for width in (320, 360):
            page = await browser.new_page(viewport={"width": width, "height": 760})
            await page.goto(str(server.make_url(digest_link("", keyring, week, AREA))))
            await expect(page.locator("svg")).to_be_visible()
            assert not await overflows(page)
            usual = await page.evaluate(LETTERS)
            await page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert await page.evaluate(LETTERS) >= 1.5 * usual, width
            assert not await overflows(page), "the chart alone is moved sideways"
            await page.close()
    await database.close()
