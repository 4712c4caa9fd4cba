"""A self-assessment in a browser without scripts: filled in by keyboard, validated, answered."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from bot.content.release import load_release
from handlers.staff.permissions import Grant, Role
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.web.panel.served_panel import open_panel
from tests.e2e.panel.test_measures import come_in
from tests.e2e.panel.test_panel import context_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_from_the_first_criterion_to_the_measure_of_a_gap(
    browser: Browser, sqlite_url: str
) -> None:
    database = await open_database(sqlite_url)
    async with (
        open_panel(database, Keyring.fresh(), load_release()) as panel,
        context_of(browser) as context,
    ):
        await panel.hire("Rosa", Grant(Role.HEAD, "transito"))
        await panel.hire("Ana", Grant(Role.QUALITY))
        page = await context.new_page()
        await come_in(page, panel, "Rosa")
        await page.get_by_role("link", name="Menú").click()
        await page.locator("nav summary", has_text="Calidad").click()
        await page.get_by_role("link", name="Autoevaluaciones").click()
        await page.get_by_label("Área").select_option("Tránsito")
        await page.get_by_role("button", name="Llenar").click()
        criteria = (await panel.assessment("A-2026-001")).edition.criteria
        await page.get_by_label("Aún sin puntaje").first.focus()
        for place, _ in enumerate(criteria):
            for key in (*["ArrowDown"] * (3 if place else 1), "Tab"):
                await page.keyboard.press(key)
            for typed in ("Manual", "", "" if place else "No hay"):
                await page.keyboard.type(typed)
                await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="Guardar borrador")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("El borrador quedó guardado")).to_be_visible()
        await page.get_by_role("link", name="Ver cómo va y qué falta").click()
        await expect(page.get_by_text("Falta que la valide una persona de calidad")).to_be_visible()
        await come_in(page, panel, "Ana")
        await page.goto(f"{panel.url}/panel/autoevaluaciones")
        await page.get_by_role("link", name="Tránsito, año 2026").click()
        await page.get_by_role("button", name="Validar").click()
        await expect(page.get_by_text("quedó validada. Ya no se cambia.")).to_be_visible()
        await page.get_by_role("button", name="Abrir una medida").click()
        await expect(page.get_by_role("heading", name="No hay")).to_be_visible()
        await expect(page.get_by_text("Evidencia: Manual")).to_be_visible()
    await database.close()
