"""What the browser tests of the chat share: a script of replies, and an opened page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, BrowserContext, Locator, Page

from bot.web.chat.pages import Site
from handlers.messages import File, Incoming, Layout, Media, Option, Press, Reply, Start, Text
from handlers.text.markup import Alert, Items, Labelled, Link, Paragraph, Title, plain
from tests.fakes.web_chat import ScriptedChat, serving

SITE = Site(municipality="Municipalidad de Prueba", made_up=True)
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
MENU = (Option("look", "Consultar"), Option("rate", "Poner una nota"))
GRADES = (*(Option(f"g:{n}", str(n)) for n in range(1, 8)), Option("pending", "Aún no termina"))
REASONS = tuple(
    Option(f"r:{n}", label) for n, label in enumerate(["Espera", "Trato", "Información", "Costo"])
)
USEFUL = (Option("yes", "Sí"), Option("no", "No"), Option("steps:x", "Ver pasos"))
CONFIRM = tuple(
    Option(f"c:{n}", label) for n, label in enumerate(["Sí, ingresar", "Otra área", "No ingresar"])
)
CARD = (
    Title("Permiso <b>de</b> circulación"),
    Paragraph("Se paga cada año."),
    Link("Más información", "https://example.cl/permiso"),
    Items("Necesita", ("Seguro <script>", "Permiso anterior")),
    Items("Pasos", ("Pagar", "Imprimir"), numbered=True),
    Labelled("Contacto", "+56 51 200 0000"),
    Paragraph("El área aún no confirma.", quiet=True),
    Paragraph("¿Le sirvió?"),
)
LONG_CARD = (*CARD[:-1], Items("Más", tuple(f"Cosa {n}" for n in range(30))), CARD[-1])
ALERT = (Alert("Emergencia", "Llame al 132 o al *4141, no espere 24 horas.", ("132", "*4141")),)
NAMES = ("Tránsito", "Salud", "Aseo", "Obras", "Finanzas", "Mujer", "Niñez", "Turismo", "Vivienda")
AREAS = (*(Option(f"rate:{name}", name) for name in NAMES), Option("cancel", "Cancelar"))

_FAULTS = """async (options) => (await axe.run(options)).violations.flatMap(
  ({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))"""


def script(incoming: Incoming) -> list[Reply]:
    """A short rating, and an echo for anything else; "calle" is left unanswered."""
    match incoming.body:
        case Start(token=desk):
            return [Reply(0, f"Hola. Soy el asistente automático. {desk}".strip(), MENU)]
        case Press(key="rate"):
            return [Reply(0, "¿Qué nota le pone, de 1 a 7?", GRADES, Layout.GRADES)]
        case Press(key=key) if key.startswith("g:"):
            return [Reply(0, "¿Qué fue lo que más influyó?", REASONS, Layout.LIST)]
        case Text(text="calle"):
            return []
        case Text(text="ficha"):
            return [Reply(0, plain(CARD), USEFUL, blocks=CARD)]
        case Text(text="ficha larga"):
            return [Reply(0, plain(LONG_CARD), USEFUL, blocks=LONG_CARD)]
        case Text(text="reclamo"):
            return [Reply(0, "Su reclamo LS-2026-000017 está listo. ¿Lo ingreso?", CONFIRM)]
        case Text(text="incendio"):
            return [Reply(0, plain(ALERT), blocks=ALERT)]
        case Text(text="áreas"):
            return [Reply(0, "¿Qué área?", AREAS, Layout.LIST, numbered=len(AREAS) - 1)]
        case Text(text="comprobante"):
            return [Reply(0, "Aquí está.", file=File("comprobante.pdf", ref="receipt:LS-1"))]
        case Media(caption=caption):
            return [Reply(0, f"Recibí su archivo. {caption}".strip())]
        case Text(text=text):
            return [Reply(0, f"Usted escribió: {text}")]
        case _:
            return [Reply(0, "Gracias.")]


@dataclass
class Chat:
    """An opened chat page and what is behind it."""

    backend: ScriptedChat
    server: TestServer
    page: Page
    context: BrowserContext

    def url(self, path: str) -> str:
        return str(self.server.make_url(path))

    async def open(self, path: str = "/chat") -> None:
        await self.page.goto(self.url(path))

    async def write(self, text: str) -> None:
        await self.words.fill(text)
        await self.words.press("Enter")

    @property
    def words(self) -> Locator:
        return self.page.get_by_role("textbox", name="Escriba su mensaje")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="Conversación")

    @property
    def bubbles(self) -> Locator:
        return self.log.locator(".bubble")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@asynccontextmanager
async def opened(
    browser: Browser,
    path: str = "/chat",
    *,
    pages: Sequence[web.RouteDef] = (),
    **context_options: object,
) -> AsyncIterator[Chat]:
    """A chat in a context of its own. An error that the page's scripts raise fails the test."""
    options = {"viewport": PHONE, "locale": "es-CL"} | context_options
    async with serving(script, SITE, pages) as (backend, server):
        context = await browser.new_context(**options)
        errors: list[str] = []
        context.on("weberror", lambda error: errors.append(str(error.error)))
        try:
            chat = Chat(backend, server, await context.new_page(), context)
            chat.page.on("console", lambda message: note_refusal(errors, message.text))
            await chat.open(path)
            yield chat
        finally:
            await context.close()
        assert errors == []


def note_refusal(errors: list[str], message: str) -> None:
    """Keep what the content security policy refused; a cut network is part of some tests."""
    if "Content Security Policy" in message:
        errors.append(message)


async def accessibility_faults(page: Page, *, only: str = "") -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and good practice, one line a fault; by one
    rule, if ``only`` names it."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    options = {"runOnly": [only]} if only else {}
    return await page.evaluate(_FAULTS, {"resultTypes": ["violations"]} | options)


async def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return await page.evaluate("document.documentElement.scrollWidth > innerWidth")
