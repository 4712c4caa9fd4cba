"""One's own sessions: where one is signed in, and how to end it."""

from __future__ import annotations

from aiohttp import web

from bot.web.panel import security
from bot.web.panel.visit import Visit, see_other
from storage.engine.database import Transaction
from storage.staff import sessions

_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


async def page(visit: Visit) -> web.Response:
    """GET /panel/sesiones."""
    own, limits = visit.session.staff_id, visit.panel.limits
    listed = await visit.panel.database.read(lambda tx: sessions.listed(tx, own, limits, visit.now))
    rows = [(session, device_name(session.device)) for session in listed]
    return visit.page("sessions.html.j2", rows=rows, limits=limits)


async def end(visit: Visit) -> web.Response:
    """POST /panel/sesiones/cerrar: one of one's own."""
    given = visit.form.get("session", "")

    def write(tx: Transaction) -> None:
        number = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0
        if sessions.end(tx, visit.session.staff_id, number):
            visit.note(tx, "session-ended")

    await visit.panel.database.write(write)
    return see_other("/panel/sesiones")


async def leave(visit: Visit) -> web.Response:
    """POST /panel/salir."""

    def write(tx: Transaction) -> None:
        sessions.end(tx, visit.session.staff_id, visit.session.id)
        visit.note(tx, "sign-out")

    await visit.panel.database.write(write)
    response = see_other("/panel/entrar")
    security.drop_cookie(response, security.SESSION_COOKIE)
    return response


def device_name(agent: str) -> str:
    """What a browser is called, of what it says of itself."""
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    return " en ".join(filter(None, (browser, system))) or "Un navegador"
