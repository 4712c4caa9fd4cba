"""The list of self-assessments, and beginning one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.reports.quality import assessment_words as words
from bot.web.panel.faults import Fault, together, unless
from bot.web.panel.visit import Visit, see_other
from handlers.assessments.assessments import Assessment, draft_of, periods
from handlers.assessments.gaps import measures_of
from handlers.assessments.steps import AssessmentStep, Opened, edition_of
from handlers.quality.parts import alphabetical
from handlers.staff.permissions import Action
from storage.assessments import steps
from storage.engine.database import Transaction
from storage.measures.steps import all_measures as every_measure

PATH = "/panel/autoevaluaciones"


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One as a line of the list. ``unanswered``: gaps that have opened no measure."""

    assessment: Assessment
    period: str
    unanswered: int


async def page(visit: Visit) -> web.Response:
    """GET /panel/autoevaluaciones."""
    return await _render_list(visit)


async def open_(visit: Visit) -> web.Response:
    """POST /panel/autoevaluaciones: a draft that somebody has begun is gone on with."""
    content = visit.panel.release.content
    area, period = visit.form.get("area", ""), visit.form.get("period", "")
    if content.self_assessment is None:
        return await _render_list(visit, Fault("El contenido no trae criterios."))
    is_own = area in visit.panel.areas and visit.may(Action.FILL_ASSESSMENTS, area)
    if problem := together(
        unless(is_own, "Elija un área.", "area"),
        unless(period in _periods(visit), "Elija un período.", "period"),
    ):
        return await _render_list(visit, problem)
    opened = Opened(area, period, edition_of(content.self_assessment))

    def write(tx: Transaction) -> str:
        keyring, zone = visit.panel.keyring, content.zone
        steps.lock(tx, visit.now, zone)
        begun = draft_of(steps.all_assessments(tx, keyring), area, period)
        if begun is not None:
            return begun.number
        return steps.open_one(
            tx, keyring, AssessmentStep(visit.now, visit.session.staff_id, opened), zone
        )

    number = await visit.panel.database.write(write)
    return see_other(f"{PATH}/{number}/llenar")


async def _render_list(visit: Visit, problem: Fault | None = None) -> web.Response:
    rows = await visit.panel.database.read(partial(_rows, visit))
    areas = visit.areas(Action.FILL_ASSESSMENTS) & set(visit.panel.areas)
    is_there = visit.panel.release.content.self_assessment is not None
    return visit.page(
        "assessments/assessments.html.j2",
        status=422 if problem else 200,
        problem=problem,
        typed=visit.form,
        rows=rows,
        is_there=is_there,
        areas=sorted(areas, key=lambda area: alphabetical(visit.panel.rendering.area(area))),
        periods=[(code, words.period(code)) for code in _periods(visit)],
    )


def _rows(visit: Visit, tx: Transaction) -> list[AssessmentRow]:
    """The newest first; those of an area that the content has dropped stay."""
    keyring, zone = visit.panel.keyring, visit.panel.release.content.zone
    found = steps.all_assessments(tx, keyring)
    seen = [
        assessment for assessment in found if visit.may(Action.SEE_ASSESSMENTS, assessment.area)
    ]
    seen = steps.as_they_stand(tx, seen, visit.now, zone)
    opened = every_measure(tx, keyring, zone) if seen else []
    return [
        AssessmentRow(
            assessment,
            words.period(assessment.period),
            len(assessment.gaps) - len(measures_of(assessment, opened)),
        )
        for assessment in reversed(seen)
    ]


def _periods(visit: Visit) -> tuple[str, ...]:
    return periods(visit.now.astimezone(visit.panel.release.content.zone).year)
