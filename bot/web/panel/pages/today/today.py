"""The first page: what needs this person today, most pressing first."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.reports.words.dates import with_weekday
from bot.reports.words.figure_words import join_names
from bot.web.panel.pages.cases import case, case_page
from bot.web.panel.pages.conversations import chat
from bot.web.panel.pages.quality import measure
from bot.web.panel.pages.today.tasks import order, tasks_of
from bot.web.panel.pages.today.waiting import read_waiting
from bot.web.panel.visit import FROM_TODAY, Visit
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import MUNICIPAL_ROLES, Action

NOTICES = {
    "ficha": "El aviso de la ficha quedó revisado.",
    "ficha-antes": "Ese aviso ya estaba revisado, con la otra respuesta. No se cambió.",
    **{kind: case.NOTICES[kind] for kind in case_page.ENDS},
    **{kind: page.NOTICES[kind] for page in (chat, measure) for kind in page.ENDS},
}
EXPECTED = {  # what will stand here, by what it asks for
    Action.ANSWER_CASES: "los casos que esperan su respuesta",
    Action.ANSWER_CHATS: "quien espera a una persona en el chat",
    Action.DECIDE_RIGHTS: "los pedidos sobre datos personales, con su plazo legal",
    Action.DECIDE_MEASURES: "las medidas por decidir o por hacer",
    Action.SETTLE_CARDS: "los avisos de fichas que están mal",
    Action.READ_DIGESTS: "el resumen de cada semana",
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
        when_and_whose=when_and_whose(visit),
        tasks=tasks,
        notice=NOTICES.get(told, ""),
        expected=[what for action, what in EXPECTED.items() if visit.may(action)],
        undoable=waiting.undoable,
        forwarded=waiting.forwarded,
        from_today=FROM_TODAY,
    )


def when_and_whose(visit: Visit) -> str:
    """``Lunes 30 de noviembre de 2026, semana 49 · Tránsito``: the day, and this person's areas."""
    content = visit.panel.release.content
    day = with_weekday(visit.now.astimezone(content.zone)).capitalize()
    when = f"{day}, semana {IsoWeek.of(visit.now, content.zone).week}"
    areas = {grant.area for grant in visit.grants if grant.role not in MUNICIPAL_ROLES}
    if "" in areas:
        return f"{when} · todas las áreas"
    names = [area.short_name for area in content.areas if area.id in areas]
    return f"{when} · {join_names(names)}" if names else when
