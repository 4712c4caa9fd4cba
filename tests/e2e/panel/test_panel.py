"""The panel in a real browser: the tasks without scripts, and every page for everyone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.web.panel import page_table
from handlers.assessments.rounds import Round, round_questions, staff_questionnaires
from handlers.facts.cases import UNDO
from handlers.facts.own_data import Right, RightUsed
from handlers.messages import CaseAnswer, CaseNews
from handlers.privacy.breaches.steps import BreachScope, DataKind, Special
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.staff.permissions import Grant, Role
from handlers.state import Pinned
from storage.assessments import rounds
from storage.cases.answers import templates
from storage.cases.answers.templates import AnswerTemplate
from storage.cases.lists import incidents
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.handovers import changing
from storage.quality import card_reports
from storage.quality.card_reports import NewReport
from storage.staff import pinned_notice
from tests.bot.web.panel.served_panel import ServedPanel, open_panel
from tests.e2e.web_chat.chat import DESKTOP, PHONE, accessibility_faults, note_refusal, overflows
from tests.storage.scene import Said, sender

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ZOOMED = {"width": 320, "height": 400}
EVERYTHING = [Grant(role) for role in Role]
REQUEST = "LS-D-2026-000001"
NAMED = {
    "number": "LS-2026-000001",
    "chat": "1",
    "measure": "M-2026-001",
    "incident": "1",
    "report": "1",
    "request": REQUEST,
    "breach": "V-2026-001",
    "area": "transito",
    "assessment": "A-2026-001",
    "round": "C-2026-001",
    "token": "x" * 43,
}
TAKEN = 2  # the conversation that somebody has taken
NOT_PAGES = {
    "/panel/casos/{number}/archivos/{file}",
    "/panel/conversaciones/{chat}/archivos/{file}",
}
HEADER = "document.querySelector('header').offsetHeight"
ONE_LINE = 60  # pixels
WIDE_OR_SMALL = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ["must be scrolled sideways"] : []),
  ...[...document.querySelectorAll("button, nav a, a.button, summary, select")]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return Math.min(width, height) < 44;
    })
    .map((one) => `too small to touch: ${one.outerHTML}`),
]"""


@asynccontextmanager
async def panel_with_cases(url: str, release: Release) -> AsyncIterator[ServedPanel]:
    database = await open_database(url)
    try:
        async with open_panel(database, Keyring.fresh(), release) as panel:
            words = "No pasa el camión hace dos semanas\n\nAyuda"
            await panel.complain("LS-2026-000001", "aseo", words)
            await panel.complain("LS-2026-000002", "transito", "Esperé toda la mañana " * 12)
            await panel.fall("transito")
            await panel.assess("transito", "Acta del comité " * 30, score=2)
            await panel.wait_in_chat(1, "aseo", "Quiero hablar con una persona")
            await panel.wait_in_chat(TAKEN, "transito", "¿Hay alguien? " * 20)
            scope = BreachScope((DataKind.CASES,), areas=("aseo", "transito"))
            lost = "Se perdió un computador con respuestas " * 20
            await panel.breach(lost, scope=scope, special=tuple(Special))
            await panel.hire("Rosa", *EVERYTHING)
            await panel.scene.write(lambda tx: add_work(panel, tx))
            asked = RightUsed(REQUEST, Right.RECTIFY, panel.now, done=False, text="Mi nombre")
            await panel.scene.take(Said(sender("7"), [asked], at=panel.now))
            await panel.inbox()
            yield panel
    finally:
        await database.close()


def add_work(panel: ServedPanel, tx: Transaction) -> None:
    """An incident, a template and a card that is reported wrong."""
    keyring, now = panel.scene.keyring, panel.now
    incidents.add_cases(tx, incidents.begin(tx, "Sin camión", 1, now), ["LS-2026-000001"], now)
    templates.add(tx, AnswerTemplate(0, "", "Va la cuadrilla", "Va el jueves."), 1, now)
    card_reports.add(tx, keyring, NewReport("retiro-voluminosos", "aseo", "Está mal", 1, now))


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


async def sign_in(page: Page, panel: ServedPanel) -> None:
    """From the mail's link to the first page."""
    await page.goto(f"{panel.url}/panel/entrar")
    await page.get_by_label("Correo").fill("rosa@ejemplo.cl")
    await page.get_by_role("button", name="Pedir el enlace").click()
    await expect(page.get_by_role("heading", name="Revise su correo")).to_be_visible()
    (text,) = await panel.mailed()
    link = re.search(r"/panel/entrar/[\w-]{43}", text)
    assert link is not None
    await page.goto(panel.url + link[0])
    await page.get_by_role("button", name="Entrar").click()
    await expect(page.get_by_role("heading", name="Lo que le espera hoy")).to_be_visible()


async def test_a_case_is_answered_without_scripts(
    browser: Browser, sqlite_url: str, release: Release
) -> None:
    async with panel_with_cases(sqlite_url, release) as panel, context_of(browser) as context:
        page = await context.new_page()
        await sign_in(page, panel)
        await page.get_by_role("link", name="Leer LS-2026-000001").click()
        await expect(page.get_by_text("No pasa el camión")).to_be_visible()
        await page.get_by_label("Responder a la persona").fill("El jueves pasa el camión.")
        await page.get_by_role("button", name="Enviar por Telegram").click()
        await page.get_by_role("button", name="Deshacer el envío").click()
        await expect(page.get_by_label("Responder a la persona")).to_have_value(
            "El jueves pasa el camión."
        )
        await page.get_by_role("button", name="Enviar por Telegram").click()
        await expect(page.get_by_text("Su respuesta a LS-2026-000001 sale a las")).to_be_visible()
        await page.goto(f"{panel.url}/panel/casos/LS-2026-000001")
        await expect(page.get_by_text("Su respuesta sale a las")).to_be_visible()
        await page.get_by_text("Dejar una nota interna").click()
        await page.get_by_label("Nota que la persona no ve").fill("Ya van tres.")
        await page.get_by_role("button", name="Guardar nota, sin enviar").click()
        await expect(page.get_by_text("Nota interna de Rosa")).to_be_visible()
        read, told = await panel.inbox(UNDO + timedelta(seconds=1))
        assert isinstance(read.incoming.body, CaseNews)
        assert told.incoming.body == CaseAnswer(
            "LS-2026-000001", "aseo", "El jueves pasa el camión."
        )
        await page.get_by_role("link", name="Hoy").click()
        await expect(page.get_by_role("link", name="Leer LS-2026-000001")).to_have_count(0)
        await page.get_by_role("link", name="Menú", exact=True).click()
        await page.get_by_role("link", name="Rosa").click()
        await page.get_by_role("button", name="Salir").click()
        await expect(page.get_by_role("heading", name="Entrar al panel")).to_be_visible()


async def test_a_case_is_found_and_forwarded_with_the_keyboard_alone(
    browser: Browser, sqlite_url: str, release: Release
) -> None:
    async with panel_with_cases(sqlite_url, release) as panel, context_of(browser) as context:
        page = await context.new_page()
        await sign_in(page, panel)
        await page.goto(f"{panel.url}/panel/casos")
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


async def test_axe_finds_nothing_and_everything_fits_on_any_page(
    browser: Browser, sqlite_url: str, release: Release
) -> None:
    # axe is a script, so here they run; the policy keeps out all that is not the browser's own.
    options = {"java_script_enabled": True, "bypass_csp": True}
    open_pages, pages = paths(page_table.OPEN), paths((p.method, p.path) for p in page_table.PAGES)
    async with (
        panel_with_cases(sqlite_url, release) as panel,
        context_of(browser, **options) as context,
    ):
        page = await context.new_page()
        for path in open_pages:
            await page.goto(panel.url + path)
            assert await faults(page) == [], path
        await sign_in(page, panel)
        await panel.scene.write(lambda tx: add_conversation(panel, tx))
        await panel.scene.write(lambda tx: ask_staff(panel, release, tx))
        await page.goto(f"{panel.url}/panel/casos/LS-2026-000001")
        await page.get_by_label("Responder a la persona").fill("Ya va.")
        await page.get_by_role("button", name="Enviar por Telegram").click()
        await page.get_by_text("Dejar una nota interna").click()
        await page.get_by_label("Nota que la persona no ve").fill("Ya van tres.")
        await page.get_by_role("button", name="Guardar nota, sin enviar").click()
        await check_menu(page)
        for path in [*pages, f"/panel/conversaciones/{TAKEN}", "/panel/casos/no"]:
            answer = await page.goto(panel.url + path)
            assert answer is not None
            assert answer.ok == (path != "/panel/casos/no"), path
            await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert await faults(page) == [], path
        await page.goto(f"{panel.url}/panel/vulneraciones/V-2026-001")
        await page.get_by_role("button", name="Revisar el aviso").click()
        await expect(page.get_by_role("button", name="Sí, enviar a 2 personas")).to_be_visible()
        assert await faults(page) == []


async def check_menu(page: Page) -> None:
    """The whole menu opens, fits, and closes."""
    last = page.get_by_role("link", name="Auditoría")
    await expect(last).to_be_hidden()
    await page.get_by_role("link", name="Menú", exact=True).click()
    await page.locator("nav summary", has_text="Más").focus()
    await page.keyboard.press("Enter")
    await expect(last).to_be_visible()
    assert await accessibility_faults(page) == []
    assert await page.evaluate(WIDE_OR_SMALL) == []
    await page.get_by_role("link", name="Cerrar el menú", exact=True).click()
    await expect(last).to_be_hidden()
    await expect(page.get_by_role("main")).to_be_focused()


def paths(table: Iterable[tuple[str, str, *tuple[object, ...]]]) -> list[str]:
    """The pages of a table of routes, each about something that is there."""
    return [
        path.format_map(NAMED)
        for method, path, *_ in table
        if method == "GET" and path not in NOT_PAGES
    ]


def ask_staff(panel: ServedPanel, release: Release, tx: Transaction) -> None:
    """A questionnaire that everybody who works here is asked until next week."""
    content = release.content
    form = staff_questionnaires(content)[0]
    asked, ends = round_questions(form, DEFAULT_LANGUAGE), panel.now + timedelta(days=7)
    drafted = Round("", form.id, form.version, form.id, asked, panel.now, ends)
    number = rounds.open_one(tx, panel.scene.keyring, drafted, 0, content.zone)
    assert number == NAMED["round"]


def add_conversation(panel: ServedPanel, tx: Transaction) -> None:
    """A conversation that is taken and answered, and a notice above every reply."""
    acting = changing.StaffActing(TAKEN, panel.people["Rosa"], panel.now)
    assert changing.take(tx, panel.scene.keyring, acting)
    assert changing.answer(tx, panel.scene.keyring, acting, "Buenos días. ¿En qué calle es?")
    pinned_notice.pin(tx, Pinned("Hay alerta de tsunami.", stops_ratings=True), panel.now)


async def faults(page: Page) -> list[str]:
    """What is wrong in light and dark, on a telephone, a large screen, and with large text."""
    found = await accessibility_faults(page)
    await page.emulate_media(color_scheme="dark")
    found += await accessibility_faults(page, only="color-contrast")
    await page.emulate_media(color_scheme="light")
    for viewport in (DESKTOP, ZOOMED, PHONE):
        await page.set_viewport_size(viewport)
        found += [f"{viewport}: {one}" for one in await page.evaluate(WIDE_OR_SMALL)]
    if await page.evaluate(HEADER) > ONE_LINE:
        found.append("the header takes more than a line")
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    for viewport in (DESKTOP, PHONE):
        await page.set_viewport_size(viewport)
        if await overflows(page):
            found.append(f"{viewport}: must be scrolled sideways at 200 %")
    return found
