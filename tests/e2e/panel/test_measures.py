"""A whole loop in a browser without scripts: from citizens' answers to what all are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from bot.content.release import load_release
from bot.jobs.quality.digest import Wanted, load_digest
from bot.reports.digests.digest_text import chat_text
from handlers.messages import Announcement
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Grant, Role
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.staff import sessions
from tests.bot.web.panel.quality.weeks import OTHER, TRANSIT, monday, rate
from tests.bot.web.panel.served_panel import ServedPanel, open_panel
from tests.e2e.panel.test_panel import context_of
from tests.handlers.measures.weeks_of_blocks import FIRST, SIGNAL, monday_after
from tests.storage.scene import ZONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ACTED = SIGNAL.shifted(4)


async def come_in(page: Page, panel: ServedPanel, name: str) -> None:
    """Signed in, at what waits today."""
    token = await panel.scene.write(
        lambda tx: sessions.begin(tx, panel.scene.keyring, panel.people[name], "", panel.now)
    )
    await page.context.clear_cookies()
    await page.context.add_cookies([{"name": "opina_panel", "value": token, "url": panel.url}])
    await page.goto(f"{panel.url}/panel")


async def test_from_the_answers_to_the_digest_and_the_citizens_message(
    browser: Browser, sqlite_url: str
) -> None:
    release, keyring = load_release(), Keyring.fresh()
    database = await open_database(sqlite_url)
    async with (
        open_panel(database, keyring, release) as panel,
        context_of(browser) as context,
    ):
        await panel.hire("Rosa", Grant(Role.HEAD, "transito"))
        await panel.hire("Ana", Grant(Role.QUALITY))
        page = await context.new_page()
        for later in range(len(TRANSIT)):
            week = FIRST.shifted(later)
            await rate(panel, week, "transito", TRANSIT[later], 1000 * later + 1)
            await rate(panel, week, "aseo", OTHER[later], 1000 * later + 501)
            if week == ACTED:
                panel.now = monday_after(week.shifted(-1)) + timedelta(days=3)
                await come_in(page, panel, "Rosa")
                await page.get_by_role("link", name="Ver la medida").click()
                await page.get_by_role("button", name="Marcar como hecha").click()
                await expect(page.get_by_text("Quedó como hecha")).to_be_visible()
            await monday(panel, week, release)
            if week == SIGNAL:
                await come_in(page, panel, "Rosa")
                await expect(page.get_by_text("Tránsito bajó más de lo esperable")).to_be_visible()
                await page.get_by_role("link", name="Decidir la medida").click()
                await page.get_by_label("Causa").fill("Una sola caja")
                await page.get_by_label("Acción").fill("Abrir otra caja")
                await page.get_by_label("Responsable").select_option("Rosa")
                await page.get_by_label("Fecha en que debe estar hecha").fill("2026-04-24")
                await page.get_by_role("button", name="Decidir", exact=True).click()
                await expect(page.get_by_text("La decisión quedó anotada")).to_be_visible()
        await panel.inbox()
        await come_in(page, panel, "Ana")
        await page.get_by_role("link", name="Menú").click()
        await page.locator("nav summary", has_text="Calidad").click()
        await page.get_by_role("link", name="Medidas").click()
        await page.get_by_role("link", name="M-2026-001").click()
        await expect(
            page.get_by_text("y en otra área sin medida fue de 0 puntos").first
        ).to_be_visible()
        told = page.get_by_label("Qué se les cuenta a quienes opinaron")
        await expect(told).to_have_value("")
        await told.fill("Abrimos una segunda caja")
        await page.get_by_role("button", name="Cerrar como efectiva").click()
        await expect(page.get_by_text("La medida quedó cerrada")).to_be_visible()
        await page.goto(f"{panel.url}/indicadores")
        done = page.get_by_role("listitem").filter(has_text="Dijeron:")
        await expect(done).to_contain_text("Las notas bajaron más de lo esperable")
        await expect(done).to_contain_text("La medida fue efectiva.")
        await expect(done).to_contain_text("Hicimos: «Abrimos una segunda caja»")
        bodies = [item.incoming.body for item in await panel.inbox()]
        assert len(bodies) == 5
        assert all(
            isinstance(body, Announcement) and "«Abrimos una segunda caja»" in body.text
            for body in bodies
        )
        closed_in = IsoWeek.of(panel.now, ZONE)
        await monday(panel, closed_in, release)
        digest = await load_digest(
            database, keyring, release, Wanted(closed_in, panel.now), freeze=False
        )
        assert [news.what for news in digest.measures] == ["effective"]
        assert "Medidas: 1 cerrada como efectiva." in chat_text(digest, "x")
    await database.close()
