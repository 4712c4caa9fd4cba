"""One's own sessions: where one is signed in, and how to end it."""

from __future__ import annotations

from aiohttp import web

from bot.web.panel import security
from bot.web.panel.visit import Visit, number_in, see_other
from handlers.staff.devices import device_name
from storage.engine.database import Transaction
from storage.staff import sessions


async def page(visit: Visit) -> web.Response:
    """GET /panel/sesiones."""
    own, limits = visit.session.staff_id, visit.panel.limits
    listed = await visit.panel.database.read(
        lambda tx: sessions.active_of(tx, own, limits, visit.now)
    )
    rows = [(session, device_name(session.device)) for session in listed]
    return visit.page("staff/sessions.html.j2", rows=rows, limits=limits)


async def end(visit: Visit) -> web.Response:
    """POST /panel/sesiones/cerrar: one of one's own."""
    number = number_in(visit.form.get("session", ""))

    def write(tx: Transaction) -> None:
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
