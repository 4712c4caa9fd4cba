"""One self-assessment: filled in as a draft, validated by somebody else, its gaps answered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from aiohttp import web
from msgspec.structs import replace

from bot.reports.quality import assessment_words as words
from bot.reports.quality import staff_words
from bot.web.panel.faults import Checks, Fault, too_long
from bot.web.panel.pages.quality.assessments import PATH
from bot.web.panel.pages.quality.measure import indicators_of, judged_by_of
from bot.web.panel.visit import Visit, see_other
from handlers.assessments.assessments import NOTHING, Assessment
from handlers.assessments.gaps import measures_of, opened_by
from handlers.assessments.steps import (
    LONGEST_EVIDENCE,
    LONGEST_GAP,
    LONGEST_SOURCE,
    Answer,
    AssessmentStep,
    Criterion,
    Event,
    Saved,
    Validated,
)
from handlers.cases.deadlines import calendar_of
from handlers.measures.after_run import decide_by
from handlers.measures.steps import MeasureStep
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action
from storage.assessments import gaps, steps
from storage.engine.database import Transaction
from storage.measures.steps import all_measures
from storage.staff import staff

NOTICES = {
    "guardada": "El borrador quedó guardado.",
    "validada": "La autoevaluación quedó validada. Ya no se cambia.",
}
CHANGED_AS_READ = "Cambió mientras usted la leía. Revísela de nuevo."
CHANGED = "Otra persona guardó algo mientras usted escribía. Lo suyo sigue abajo, sin guardar."
ENDED = "Quedó validada mientras usted escribía, y ya no se cambia. Lo suyo sigue abajo."
LIMITS = {
    "evidence": ("la evidencia", LONGEST_EVIDENCE),
    "source": ("el enlace o documento", LONGEST_SOURCE),
    "gap": ("la brecha", LONGEST_GAP),
}


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion as the page shows it. ``other``: what is stored, if something else was typed."""

    criterion: Criterion
    answer: Answer
    score: str
    is_gap: bool
    lacks: str
    staff: tuple[staff_words.StaffStatement, ...] = ()
    missing: str = ""  # of what they are asked
    measure: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class _PageData:
    assessment: Assessment
    measures: dict[str, str]
    names: dict[int, str]
    indicators: list[tuple[str, str]]  # on which a measure of it can be opened
    zone: ZoneInfo


async def page(visit: Visit) -> web.Response:
    """GET /panel/autoevaluaciones/{assessment}."""
    data = await visit.panel.database.read(partial(_load, visit))
    return _page(visit, data)


async def fill(visit: Visit) -> web.Response:
    """GET …/llenar."""
    data = await visit.panel.database.read(partial(_load, visit))
    if not data.assessment.is_draft:
        return see_other(f"{PATH}/{data.assessment.number}")
    return _form(visit, data)


async def save(visit: Visit) -> web.Response:
    """POST …/llenar: what there is so far, as a draft."""
    answers: dict[str, Answer] = {}

    def write(tx: Transaction) -> tuple[_PageData, Fault | None, int]:
        data = _load(visit, tx)
        found = data.assessment
        answers.update(_parse_form(visit, found))
        if not found.is_draft:
            return data, Fault(ENDED), 409
        if visit.form.get("version", "") != _version(found):
            return data, Fault(CHANGED), 409
        if problem := _wrong(visit, found, answers):
            return data, problem, 422
        said = {name: answer for name, answer in answers.items() if answer != NOTHING}
        # Saving without a change does not count as writing: this person may still validate it.
        if said != found.answers and not _add_step(visit, tx, found, Saved(said)):
            return data, Fault(CHANGED), 409
        return data, None, 303

    data, problem, status = await visit.panel.database.write(write)
    if status == 303:
        return see_other(f"{PATH}/{data.assessment.number}/llenar?aviso=guardada")
    return _form(visit, data, answers, problem=problem, status=status)


async def validate(visit: Visit) -> web.Response:
    """POST …/validar: by a person who wrote nothing of the assessment that they saw."""

    def write(tx: Transaction) -> tuple[_PageData, Fault | None, int]:
        data = _load(visit, tx)
        found = data.assessment
        if not found.is_draft:
            return data, Fault("Ya está validada."), 409
        if visit.form.get("version", "") != _version(found):
            return data, Fault(CHANGED_AS_READ), 409
        if visit.session.staff_id in found.authors:
            return data, Fault("La valida otra persona: usted escribió en ella."), 422
        if not found.is_complete:
            told = "Hay criterios sin puntaje, sin evidencia o sin decir la brecha."
            return data, Fault(told), 422
        if not _add_step(visit, tx, found, Validated(found.figures)):
            return data, Fault(CHANGED_AS_READ), 409
        return data, None, 303

    data, problem, status = await visit.panel.database.write(write)
    if status == 303:
        return see_other(f"{PATH}/{data.assessment.number}?aviso=validada")
    return _page(visit, data, problem=problem, status=status)


async def open_measure(visit: Visit) -> web.Response:
    """POST …/medida: of one gap, with its criterion and evidence, or the one that it has."""
    content = visit.panel.release.content
    week = IsoWeek.of(visit.now, content.zone)
    term = decide_by(visit.now, content.measure_rules.decide_days, calendar_of(content))

    def write(tx: Transaction) -> _PageData | str:
        data = _load(visit, tx)
        found = data.assessment
        asked = visit.form.get("criterion", "")
        gap = next((criterion for criterion in found.gaps if criterion.id == asked), None)
        if gap is None or found.is_draft:
            return data
        judged_by = judged_by_of(visit, found.area, tx)
        if judged_by is None:
            return data
        opened = opened_by(found, gap, week, term, staff_words.evidence(found, gap))
        opened = replace(opened, judged_by=judged_by)
        first = MeasureStep(visit.now, visit.session.staff_id, opened)
        number, is_new = gaps.open_measure(tx, visit.panel.keyring, found, first, content.zone)
        return f"/panel/medidas/{number}{'?aviso=abierta' if is_new else ''}"

    done = await visit.panel.database.write(write)
    if isinstance(done, str):
        return see_other(done)
    return _page(
        visit,
        done,
        problem=Fault(
            "Ese criterio no es una brecha validada, o el área no tiene cifras del indicador."
        ),
        status=422,
    )


def _load(visit: Visit, tx: Transaction) -> _PageData:
    keyring, zone = visit.panel.keyring, visit.panel.release.content.zone
    found = steps.find_assessment(tx, keyring, visit.request.match_info["assessment"])
    assert found is not None, "the guard has found it; self-assessments are never deleted"
    (found,) = steps.as_they_stand(tx, [found], visit.now, zone)
    opened = measures_of(found, all_measures(tx, keyring, zone))
    names = {member.id: member.name for member in staff.everyone(tx)}
    indicators = indicators_of(visit, tx, found.area)
    return _PageData(found, opened, names, indicators, visit.panel.release.content.zone)


def _add_step(visit: Visit, tx: Transaction, found: Assessment, event: Event) -> bool:
    step = AssessmentStep(visit.now, visit.session.staff_id, event)
    return steps.add(tx, visit.panel.keyring, found, step)


def _version(assessment: Assessment) -> str:
    return str(len(assessment.steps))


def _parse_form(visit: Visit, found: Assessment) -> dict[str, Answer]:
    """What the form says of each criterion."""
    known = {str(level.score): level.score for level in found.edition.scale}

    def text(name: str) -> str:
        return visit.form.get(name, "").replace("\r\n", "\n").strip()

    return {
        criterion.id: Answer(
            known.get(visit.form.get(f"score-{criterion.id}", "")),
            text(f"evidence-{criterion.id}"),
            text(f"source-{criterion.id}"),
            text(f"gap-{criterion.id}"),
        )
        for criterion in found.edition.criteria
    }


def _wrong(visit: Visit, found: Assessment, answers: dict[str, Answer]) -> Fault | None:
    """What is too long or is no score."""
    checks = Checks()
    for criterion in found.edition.criteria:
        answer, score = answers[criterion.id], f"score-{criterion.id}"
        if visit.form.get(score, "") and answer.score is None:
            checks.note(Fault(f"«{criterion.text}»: elija un puntaje de la lista.", score))
        for key, (what, most) in LIMITS.items():
            told = f"«{criterion.text}», {what}"
            checks.note(too_long(f"{key}-{criterion.id}", getattr(answer, key), told, most))
    return checks.fault


def _page(
    visit: Visit, data: _PageData, *, problem: Fault | None = None, status: int = 200
) -> web.Response:
    found, by = data.assessment, visit.session.staff_id
    validates = found.is_draft and visit.may(Action.VALIDATE_ASSESSMENTS, found.area)
    return visit.page(
        "assessments/assessment.html.j2",
        status=status,
        assessment=found,
        period=words.period(found.period),
        dimensions=_dimensions(data, found.answers),
        steps=[(step, words.step_text(step, data.names)) for step in found.steps],
        may_fill=found.is_draft and visit.may(Action.FILL_ASSESSMENTS, found.area),
        may_validate=validates and found.accepts(Validated(), by),
        own=validates and by in found.authors,
        may_open=visit.may(Action.OPEN_MEASURES, found.area) and not found.is_draft,
        indicators=data.indicators,
        version=_version(found),
        notice=NOTICES.get(visit.request.query.get("aviso", ""), ""),
        problem=problem,
    )


def _form(
    visit: Visit,
    data: _PageData,
    typed: dict[str, Answer] | None = None,
    *,
    problem: Fault | None = None,
    status: int = 200,
) -> web.Response:
    """The page to fill in; what was typed stays, with the stored value where it differs."""
    found = data.assessment
    return visit.page(
        "assessments/fill.html.j2",
        status=status,
        assessment=found,
        period=words.period(found.period),
        dimensions=_dimensions(data, typed if typed is not None else found.answers),
        version=_version(found),
        notice=NOTICES.get(visit.request.query.get("aviso", ""), ""),
        problem=problem,
        conflict=status == 409,
    )


def _dimensions(
    data: _PageData, answers: dict[str, Answer]
) -> list[tuple[str, list[CriterionRow]]]:
    shown = [
        (criterion.dimension, _criterion_row(data, criterion, answers.get(criterion.id, NOTHING)))
        for criterion in data.assessment.edition.criteria
    ]
    return [
        (name, [row for _, row in found])
        for name, found in groupby(shown, key=lambda pair: pair[0])
    ]


def _criterion_row(data: _PageData, criterion: Criterion, answer: Answer) -> CriterionRow:
    found = data.assessment
    stored = found.answer(criterion)
    score = words.score(found, stored)
    said = (score, stored.evidence, stored.source, stored.gap)
    return CriterionRow(
        criterion,
        answer,
        score,
        found.is_below(stored),
        words.lacking(found.lacks(criterion)),
        staff_words.told_statements(found.staff_figures(criterion), data.zone),
        staff_words.missing(found, criterion),
        data.measures.get(criterion.id, ""),
        "" if answer == stored else " · ".join(filter(None, said)) or "nada",
    )
