"""The panel in a real browser: the tasks without scripts, and every page for everyone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from handlers.facts import Right, RightUsed
from handlers.messages import CaseAnswer, CaseNews
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.cases import handling, incidents, templates
from storage.cases.templates import Template
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.quality import card_reports
from tests.bot.web.panel.town import PanelTown, open_town
from tests.e2e.chat import DESKTOP, PHONE, accessibility_faults, note_refusal, overflows
from tests.storage.scene import Said, sender

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ZOOMED = {"width": 320, "height": 400}
EVERYTHING = [Grant(role) for role in Role]
REQUEST = "LS-D-2026-000001"
PAGES = (
    "/panel",
    "/panel/casos",
    "/panel/casos/LS-2026-000001",
    "/panel/incidentes",
    "/panel/incidentes/1",
    "/panel/meson",
    "/panel/meson/caso",
    "/panel/meson/nota",
    "/panel/fichas",
    "/panel/fichas/1",
    "/panel/plantillas",
    "/panel/derechos",
    f"/panel/derechos/{REQUEST}",
    "/panel/consultas",
    "/panel/resumenes",
    "/panel/descargas",
    "/panel/personas",
    "/panel/auditoria",
    "/panel/sesiones",
)
OPEN = ("/panel/entrar", "/panel/entrar/codigo", f"/panel/entrar/{'x' * 43}", "/panel/casos/no")


@asynccontextmanager
async def town_with_cases(url: str, release: Release) -> AsyncIterator[PanelTown]:
    database = await open_database(url)
    try:
        async with open_town(database, Keyring.fresh(), release) as town:
            words = "No pasa el camión hace dos semanas\n\nAyuda"
            await town.complain("LS-2026-000001", "aseo", words)
            await town.complain("LS-2026-000002", "transito", "Esperé toda la mañana " * 12)
            await town.hire("Rosa", *EVERYTHING)
            await town.scene.write(lambda tx: add_work(town, tx))
            asked = RightUsed(REQUEST, Right.RECTIFY, town.now, done=False, text="Mi nombre")
            await town.scene.take(Said(sender("7"), [asked], at=town.now))
            await town.inbox()
            yield town
    finally:
        await database.close()


def add_work(town: PanelTown, tx: Transaction) -> None:
    """An incident, a template and a card that is reported wrong."""
    keyring, now = town.scene.keyring, town.now
    incidents.put(tx, incidents.begin(tx, "Sin camión", 1, now), ["LS-2026-000001"], now)
    templates.add(tx, Template(0, "", "Va la cuadrilla", "Va el jueves."), 1, now)
    card_reports.add(tx, keyring, "retiro-voluminosos", "aseo", "Está mal", 1, now)


@asynccontextmanager
async def context_of(browser: Browser, **options: object) -> AsyncIterator[BrowserContext]:
    """A browser without scripts, unless asked for; what its policy refuses fails the test."""
    context = await browser.new_context(
        **{"viewport": PHONE, "locale": "es-CL", "java_script_enabled": False} | options
    )
    refused: list[str] = []
    context.on("console", lambda message: note_refusal(refused, message.text))
    try:
        yield context
    finally:
        await context.close()
    assert refused == []


async def sign_in(page: Page, town: PanelTown) -> None:
    """From the mail's link to the first page."""
    await page.goto(f"{town.url}/panel/entrar")
    await page.get_by_label("Correo").fill("rosa@ejemplo.cl")
    await page.get_by_role("button", name="Pedir el enlace").click()
    await expect(page.get_by_role("heading", name="Revise su correo")).to_be_visible()
    (text,) = await town.mailed()
    link = re.search(r"/panel/entrar/[\w-]{43}", text)
    assert link is not None
    await page.goto(town.url + link[0])
    await page.get_by_role("button", name="Entrar").click()
    await expect(page.get_by_role("heading", name="Lo que le espera hoy")).to_be_visible()


async def test_a_case_is_answered_without_scripts(
    browser: Browser, sqlite_url: str, release: Release
) -> None:
    async with town_with_cases(sqlite_url, release) as town, context_of(browser) as context:
        page = await context.new_page()
        await sign_in(page, town)
        await page.get_by_role("link", name="Leer LS-2026-000001").click()
        await expect(page.get_by_text("No pasa el camión")).to_be_visible()
        await page.get_by_label("Responder a la persona").fill("El jueves pasa el camión.")
        await page.get_by_role("button", name="Enviar por Telegram").click()
        await page.get_by_role("button", name="Deshacer el envío").click()
        await expect(page.get_by_label("Responder a la persona")).to_have_value(
            "El jueves pasa el camión."
        )
        await page.get_by_role("button", name="Enviar por Telegram").click()
        await expect(page.get_by_text("La respuesta quedó anotada")).to_be_visible()
        await page.get_by_text("Dejar una nota interna").click()
        await page.get_by_label("Nota que la persona no ve").fill("Ya van tres.")
        await page.get_by_role("button", name="Guardar nota, sin enviar").click()
        await expect(page.get_by_text("Nota interna de Rosa")).to_be_visible()
        read, told = await town.inbox(handling.UNDO + timedelta(seconds=1))
        assert isinstance(read.incoming.body, CaseNews)
        assert told.incoming.body == CaseAnswer(
            "LS-2026-000001", "aseo", "El jueves pasa el camión."
        )
        await page.get_by_role("link", name="Hoy").click()
        await expect(page.get_by_role("link", name="Leer LS-2026-000001")).to_have_count(0)
        await page.get_by_role("link", name="Rosa").click()
        await page.get_by_role("button", name="Salir").click()
        await expect(page.get_by_role("heading", name="Entrar al panel")).to_be_visible()


async def test_a_case_is_found_and_forwarded_with_the_keyboard_alone(
    browser: Browser, sqlite_url: str, release: Release
) -> None:
    async with town_with_cases(sqlite_url, release) as town, context_of(browser) as context:
        page = await context.new_page()
        await sign_in(page, town)
        await page.goto(f"{town.url}/panel/casos")
        await page.get_by_label("Número o palabras").focus()
        await page.keyboard.type("2")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="LS-2026-000002")).to_be_visible()
        await page.get_by_text("Pasar el caso a otra área").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await page.keyboard.type("Aseo")
        await page.keyboard.press("Tab")
        await page.keyboard.type("Es de ustedes")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("El caso pasó a otra área")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_and_everything_fits_on_any_page(
    browser: Browser, sqlite_url: str, release: Release, scheme: str
) -> None:
    # axe is a script, so here they run; the policy keeps out all that is not the browser's own.
    options = {"java_script_enabled": True, "color_scheme": scheme, "bypass_csp": True}
    async with (
        town_with_cases(sqlite_url, release) as town,
        context_of(browser, **options) as context,
    ):
        page = await context.new_page()
        for path in OPEN:
            await page.goto(town.url + path)
            await check(page, path)
        await sign_in(page, town)
        await page.goto(f"{town.url}/panel/casos/LS-2026-000001")
        await page.get_by_label("Responder a la persona").fill("Ya va.")
        await page.get_by_role("button", name="Enviar por Telegram").click()
        await page.get_by_text("Dejar una nota interna").click()
        await page.get_by_label("Nota que la persona no ve").fill("Ya van tres.")
        await page.get_by_role("button", name="Guardar nota, sin enviar").click()
        for path in PAGES:
            await page.goto(town.url + path)
            await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            await check(page, path)


async def check(page: Page, path: str) -> None:
    assert await accessibility_faults(page) == [], path
    for viewport in (PHONE, DESKTOP, ZOOMED):
        await page.set_viewport_size(viewport)
        assert not await overflows(page), (path, viewport)
        for target in await page.locator(
            "button:visible, nav a:visible, a.button:visible, summary:visible, select:visible"
        ).all():
            box = await target.bounding_box()
            assert box, path
            assert min(box["width"], box["height"]) >= 44, (path, await target.inner_text(), box)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not await overflows(page), (path, "200 %")
    await page.evaluate("document.documentElement.style.fontSize = ''")
    await page.set_viewport_size(PHONE)
