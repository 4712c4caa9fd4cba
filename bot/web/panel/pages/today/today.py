"""The first page: what needs this person today, most pressing first."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.web.panel.pages.today.tasks import order, tasks_of
from bot.web.panel.pages.today.waiting import read_waiting
from bot.web.panel.visit import Visit
from handlers.staff.permissions import Action

NOTICES = {
    "ficha": "El aviso de la ficha quedó revisado.",
    "medida-decidida": "La decisión quedó anotada.",
    "ficha-antes": "Otra persona ya había revisado ese aviso.",
}


async def page(visit: Visit) -> web.Response:
    """GET /panel."""
    waiting = await visit.panel.database.write(partial(read_waiting, visit))
    tasks = sorted(tasks_of(visit, waiting), key=order)
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    answers = visit.may(Action.ANSWER_CASES)
    return visit.page("today.html.j2", tasks=tasks, notice=notice, answers=answers)
