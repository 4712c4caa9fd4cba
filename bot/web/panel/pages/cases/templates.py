"""Texts to begin an answer with: administration writes, changes and removes them."""

from __future__ import annotations

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.typed import text_field
from bot.web.panel.visit import Visit, number_in, see_other
from storage.cases.answers import templates
from storage.cases.answers.templates import AnswerTemplate
from storage.engine.database import Transaction

LONGEST = 2_000
LONGEST_TITLE = 60
PATH = "/panel/plantillas"
NOTICES = {"guardada": "La plantilla quedó guardada.", "quitada": "La plantilla quedó quitada."}
CHANGED = "Otra persona la cambió mientras usted escribía. Su texto sigue en el formulario nuevo."


async def page(visit: Visit) -> web.Response:
    """GET /panel/plantillas: all and a form for a new one; ``editar`` is one to change."""
    return await _page(visit, notice=NOTICES.get(visit.query.get("aviso", ""), ""))


async def save(visit: Visit) -> web.Response:
    """POST /panel/plantillas: a new one, or the change of one as it was seen."""
    typed = AnswerTemplate(
        number_in(visit.form.get("id", "")),
        visit.form.get("area", ""),
        " ".join(visit.form.get("title", "").split()),
        text_field(visit, "text"),
        number_in(visit.form.get("version", "")),
    )
    if problem := _fault(visit, typed):
        return await _page(visit, problem=problem, typed=typed, status=422)

    def write(tx: Transaction) -> bool:
        staff_id, kept = visit.session.staff_id, typed.id
        if not kept:
            kept = templates.add(tx, typed, staff_id, visit.now)
        elif not templates.change(tx, typed, staff_id, visit.now):
            return False
        visit.note(tx, "template-changed", f"plantilla {kept}")
        return True

    if not await visit.panel.database.write(write):
        fresh = AnswerTemplate(0, typed.area, typed.title, typed.text)
        return await _page(visit, problem=Fault(CHANGED), typed=fresh, status=409)
    return see_other(f"{PATH}?aviso=guardada")


def _fault(visit: Visit, typed: AnswerTemplate) -> Fault | None:
    is_known = not typed.area or typed.area in visit.panel.areas
    return faults.together(
        faults.required_words("title", typed.title, "el nombre", LONGEST_TITLE),
        faults.unless(is_known, "Elija el área.", "area"),
        faults.required_words("text", typed.text, "el texto", LONGEST),
    )


async def remove(visit: Visit) -> web.Response:
    """POST /panel/plantillas/quitar."""
    given = number_in(visit.form.get("id", ""))

    def write(tx: Transaction) -> None:
        if templates.remove(tx, given):
            visit.note(tx, "template-removed", f"plantilla {given}")

    await visit.panel.database.write(write)
    return see_other(f"{PATH}?aviso=quitada")


async def _page(
    visit: Visit,
    *,
    notice: str = "",
    problem: Fault | None = None,
    typed: AnswerTemplate | None = None,
    status: int = 200,
) -> web.Response:
    kept = await visit.panel.database.read(templates.list_templates)
    edited = number_in(visit.query.get("editar", ""))
    chosen = next(
        (template for template in kept if template.id == edited), AnswerTemplate(0, "", "", "")
    )
    return visit.page(
        "cases/templates.html.j2",
        status=status,
        kept=kept,
        shown=typed or chosen,
        notice=notice,
        problem=problem,
        areas=sorted(visit.panel.areas, key=visit.panel.rendering.area),
    )
