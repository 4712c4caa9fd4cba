"""The one switch: a notice above every reply, and no ratings meanwhile."""

from __future__ import annotations

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.visit import Visit, see_other
from handlers.state import Pinned
from storage.engine.database import Transaction
from storage.staff import pinned_notice
from storage.staff.pinned_notice import LONGEST

PATH = "/panel/aviso"
NOTICES = {
    "puesto": "El aviso ya está sobre todas las respuestas, en todos los canales.",
    "quitado": "El aviso quedó quitado, y se vuelven a recibir notas.",
}


async def page(visit: Visit) -> web.Response:
    """GET /panel/aviso."""
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    return await _page(visit, notice=notice)


async def pin(visit: Visit) -> web.Response:
    """POST /panel/aviso."""
    text = " ".join(visit.form.get("text", "").split())
    stops = bool(visit.form.get("stops"))
    if problem := faults.required_words("text", text, "el aviso", LONGEST):
        return await _page(visit, problem=problem, status=422)

    def write(tx: Transaction) -> None:
        pinned_notice.pin(tx, Pinned(text, stops), visit.now)
        visit.note(tx, "notice-pinned", "", "sin encuestas" if stops else "")

    await visit.panel.database.write(write)
    return see_other(f"{PATH}?aviso=puesto")


async def take_down(visit: Visit) -> web.Response:
    """POST /panel/aviso/quitar."""

    def write(tx: Transaction) -> None:
        if pinned_notice.take_down(tx, visit.now):
            visit.note(tx, "notice-ended")

    await visit.panel.database.write(write)
    return see_other(f"{PATH}?aviso=quitado")


async def _page(
    visit: Visit, *, notice: str = "", problem: Fault | None = None, status: int = 200
) -> web.Response:
    return visit.page(
        "staff/pinned.html.j2",
        status=status,
        standing=await visit.panel.database.read(pinned_notice.standing),
        notice=notice,
        problem=problem,
        typed=visit.form.get("text", ""),
    )
