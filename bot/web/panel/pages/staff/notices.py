"""One's own choice of notices."""

from __future__ import annotations

from aiohttp import web

from bot.web.panel.visit import Visit, see_other
from handlers.staff.permissions import Action
from storage.engine.database import Transaction
from storage.staff import notices
from storage.staff.notices import NoticeChoice


async def page(visit: Visit) -> web.Response:
    """GET /panel/avisos."""
    own = visit.session.staff_id
    choice = await visit.panel.database.read(lambda tx: notices.choice_of(tx, own))
    saved = visit.query.get("aviso") == "guardado"
    return visit.page(
        "staff/notices.html.j2",
        choice=choice,
        digests=visit.may(Action.READ_DIGESTS),  # else the choice stays as it is
        notice="Su elección quedó guardada." if saved else "",
        rules=visit.panel.release.content.case_rules,
    )


async def choose(visit: Visit) -> web.Response:
    """POST /panel/avisos."""
    ways = {way: bool(visit.form.get(way)) for way in ("chat", "mail", "weekly")}

    def write(tx: Transaction) -> None:
        notices.choose(tx, visit.session.staff_id, NoticeChoice(**ways))
        chosen = " ".join(way for way, wanted in ways.items() if wanted)
        visit.note(tx, "notices-chosen", f"staff:{visit.session.staff_id}", chosen)

    await visit.panel.database.write(write)
    return see_other("/panel/avisos?aviso=guardado")
