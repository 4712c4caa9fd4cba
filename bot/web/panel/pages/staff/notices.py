"""One's own choice of notices."""

from __future__ import annotations

from aiohttp import web

from bot.web.panel.visit import Visit, see_other
from handlers.messages import Channel
from handlers.staff.permissions import Action
from storage.engine.database import Transaction
from storage.staff import notices, staff
from storage.staff.notices import NoticeChoice
from storage.staff.staff_contacts import GENERAL


async def page(visit: Visit) -> web.Response:
    """GET /panel/avisos."""
    own = visit.session.staff_id

    def read(tx: Transaction) -> tuple[NoticeChoice, bool]:
        ways = next((one.channels for one in staff.everyone(tx) if one.id == own), ())
        return notices.choice_of(tx, own), any(way is not Channel.MAIL for way in ways)

    choice, has_chat = await visit.panel.database.read(read)
    saved = visit.query.get("aviso") == "guardado"
    return visit.page(
        "staff/notices.html.j2",
        choice=choice,
        has_chat=has_chat,
        # Who gets none of a kind is not asked about it, and the choice stays as it is.
        cases=any(grant.role in GENERAL for grant in visit.grants),
        digests=visit.may(Action.READ_DIGESTS),
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
