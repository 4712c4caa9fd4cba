"""The first page: what needs this person today, most pressing first."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.web.panel.pages.cases import case, case_page
from bot.web.panel.pages.conversations import chat
from bot.web.panel.pages.quality import measure
from bot.web.panel.pages.today.tasks import order, tasks_of
from bot.web.panel.pages.today.waiting import read_waiting
from bot.web.panel.visit import FROM_TODAY, Visit
from handlers.staff.permissions import Action

NOTICES = {
    "ficha": "El aviso de la ficha quedó revisado.",
    "ficha-antes": "Ese aviso ya estaba revisado, con la otra respuesta. No se cambió.",
    **{kind: case.NOTICES[kind] for kind in case_page.ENDS},
    **{kind: page.NOTICES[kind] for page in (chat, measure) for kind in page.ENDS},
}


async def page(visit: Visit) -> web.Response:
    """GET /panel."""
    waiting = await visit.panel.database.write(partial(read_waiting, visit))
    tasks = sorted(tasks_of(visit, waiting), key=order)
    told = visit.query.get("aviso", "")
    if told == "respuesta" and waiting.undoable:
        told = ""  # when it goes says more
    return visit.page(
        "today.html.j2",
        tasks=tasks,
        notice=NOTICES.get(told, ""),
        answers=visit.may(Action.ANSWER_CASES),
        undoable=waiting.undoable,
        from_today=FROM_TODAY,
    )
