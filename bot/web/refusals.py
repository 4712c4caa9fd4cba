"""Error responses: a page that leads on for people, a line for programs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from aiohttp import web
from jinja2 import Template

from bot.web.templates import templates

POLICY = "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'"
FOLDER = Path(__file__).parent / "chat" / "templates"

_UNREADABLE = (
    "No se pudo leer lo que llegó",
    "No se guardó ni se cambió nada. Vuelva atrás en su navegador e inténtelo otra vez.",
)
_SAID = {
    404: (
        "Esta página no existe",
        "Puede que la dirección esté mal escrita, o que el enlace haya vencido.",
    ),
    405: (
        "Esta dirección no se abre así",
        "No tiene una página propia: solo recibe lo que envía otra. No se cambió nada.",
    ),
    408: (
        "Lo que se envió no terminó de llegar",
        "No se guardó nada. Revise su conexión, vuelva atrás e inténtelo otra vez.",
    ),
    413: (
        "Lo que se envió es demasiado grande",
        "No se guardó nada. Vuelva atrás en su navegador, y envíe menos texto o un archivo más"
        " pequeño.",
    ),
    414: (
        "La dirección es demasiado larga",
        "No se buscó ni se cambió nada. Si escribió algo en una búsqueda, vuelva atrás en su"
        " navegador: ahí sigue. Déjelo en unas pocas palabras y busque otra vez.",
    ),
    500: (
        "Algo falló de nuestro lado",
        "Quedó anotado para quienes cuidan este servicio. Inténtelo otra vez en un momento; si"
        " había enviado algo, vea primero si quedó.",
    ),
    503: (
        "Esta página no responde en este momento",
        "No es culpa suya. Espere un minuto y vuelva a abrirla.",
    ),
}
_TO_CITIZENS = (
    ("/chat", "Ir al chat con el asistente automático"),
    ("/privacidad", "Ver qué hacemos con sus datos"),
)
_TO_STAFF = (("/panel", "Ir al panel"),)


def refusal(request: web.BaseRequest, status: int, municipality: str = "") -> web.Response:
    """A page with a way on for a person; one plain line for a program. ``municipality`` empty:
    unnamed."""
    title, words = _SAID.get(status, _SAID[500] if status > 500 else _UNREADABLE)
    if not _takes_pages(request):
        return web.Response(status=status, text=f"{title}.\n")
    leads = _TO_STAFF if request.path.startswith("/panel") else _TO_CITIZENS
    page = _template().render(title=title, words=words, leads=leads, municipality=municipality)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    return web.Response(status=status, text=page, content_type="text/html", headers=headers)


@cache
def _template() -> Template:
    return templates(FOLDER).get_template("refused.html.j2")


def _takes_pages(request: web.BaseRequest) -> bool:
    """Whether a browser asks, or a client that accepts anything, such as curl. A page's script that
    posts something accepts anything too."""
    taken = request.headers.get("Accept", "*/*")
    return "text/html" in taken or (taken.strip() == "*/*" and request.method != "POST")
