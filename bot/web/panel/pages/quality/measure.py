"""One measure: what happened to it, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from aiohttp import web

from bot.jobs.quality.series import choices_of
from bot.reports.quality import measure_words as words
from bot.reports.quality.charts.chart_kinds import charted_name
from bot.reports.quality.effect_words import compared, effect_parts, effect_text
from bot.web.panel import faults
from bot.web.panel.faults import Checks, Fault, in_a_sentence
from bot.web.panel.pages.cases.typed import text_field
from bot.web.panel.pages.quality.indicators import path_to_chart
from bot.web.panel.rendering import fingerprint
from bot.web.panel.visit import Visit, number_in
from handlers.cases.deadlines import calendar_of
from handlers.measures.after_run import decide_by
from handlers.measures.fields import LONGEST, LONGEST_TOLD, TOO_FAR, is_too_far
from handlers.measures.measures import Measure, Verb
from handlers.measures.standing import STANDS_WEEKS
from handlers.measures.steps import (
    Assigned,
    Closed,
    Decided,
    Declined,
    Done,
    Event,
    JudgedBy,
    MeasureStep,
    NoteAdded,
    Origin,
    Reopened,
)
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action
from handlers.text.days import Near, day_of
from storage.engine.database import Transaction
from storage.measures import closing, steps
from storage.measures.owners import owners
from storage.staff import staff
from storage.staff.staff import StaffMember

CHANGED = Fault("La medida cambió mientras usted escribía. Revise abajo qué pasó.")
NOT_NOW = Fault("Eso ya no corresponde: la medida está en otro punto.")
ACTIONS = {
    Verb.TAKE: Action.DECIDE_MEASURES,
    Verb.DECIDE: Action.DECIDE_MEASURES,
    Verb.DECLINE: Action.DECIDE_MEASURES,
    Verb.NOTE: Action.DECIDE_MEASURES,
    Verb.DO: Action.DECIDE_MEASURES,
    Verb.CLOSE: Action.CLOSE_MEASURES,
    Verb.REOPEN: Action.CLOSE_MEASURES,
}
_FIELDS = {  # what is typed, and what it is for
    "cause": Verb.DECIDE,
    "action": Verb.DECIDE,
    "due": Verb.DECIDE,
    "why": Verb.DECLINE,
    "public": Verb.DECLINE,
    "note": Verb.NOTE,
    "done": Verb.DO,
    "told": Verb.CLOSE,
    "reason": Verb.REOPEN,
}
ENDS = ("decidida", "sin-medida", "hecha", "cerrada")  # what the first page asks for is done
NOTICES = {
    "abierta": "La medida quedó abierta.",
    "ya-abierta": "Ya quedó abierta como {number}.",
    "tomada": "La medida quedó a su nombre.",
    "decidida": "La decisión quedó anotada.",
    "sin-medida": "Quedó cerrada sin medida, con su motivo.",
    "nota": "La nota quedó guardada.",
    "hecha": "Quedó como hecha. Su efecto se mide con las respuestas de las próximas semanas.",
    "cerrada": "La medida quedó cerrada. Si alguien pidió saber de ella, se le avisa.",
    "reabierta": "La medida quedó abierta otra vez.",
}


@dataclass(frozen=True, slots=True)
class _MeasureData:
    measure: Measure
    people: list[StaffMember]
    owners: list[StaffMember]  # who of them can be responsible for it


async def page(visit: Visit) -> web.Response:
    """GET /panel/medidas/{measure}."""
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    data = await visit.panel.database.read(partial(_load, visit))
    return _render(visit, data, notice=notice.format(number=data.measure.number))


async def take(visit: Visit) -> web.Response:
    """POST …/tomar."""
    return await _apply_step(visit, lambda _: Assigned(), "tomada")


async def decide(visit: Visit) -> web.Response:
    """POST …/decidir."""
    return await _apply_step(visit, lambda data: decision_of(visit, data.owners), "decidida")


async def decline(visit: Visit) -> web.Response:
    """POST …/sin-medida: with a reason, and with the text that is published about it."""

    def event(_read: _MeasureData) -> Event | Fault:
        reason, told = text_field(visit, "why"), text_field(visit, "public")
        problem = faults.together(
            faults.required_words("why", reason, "el motivo", LONGEST),
            _wrong_for_all(visit, "public", "qué se cuenta"),
        )
        return problem or Declined(reason, told)

    return await _apply_step(visit, event, "sin-medida")


async def note(visit: Visit) -> web.Response:
    """POST …/nota."""

    def event(_read: _MeasureData) -> Event | Fault:
        text = text_field(visit, "note")
        return faults.required_words("note", text, "la nota", LONGEST) or NoteAdded(text)

    return await _apply_step(visit, event, "nota")


async def do(visit: Visit) -> web.Response:
    """POST …/hecha."""

    def event(_read: _MeasureData) -> Event | Fault:
        text = text_field(visit, "done")
        week = IsoWeek.of(visit.now, visit.panel.release.content.zone)
        return faults.too_long("done", text, "qué se hizo", LONGEST) or Done(str(week), text)

    return await _apply_step(visit, event, "hecha")


async def close(visit: Visit) -> web.Response:
    """POST …/cerrar: those who gave the answers and asked to be told get to know."""

    def event(data: _MeasureData) -> Event | Fault:
        told = text_field(visit, "told")
        what = (
            "qué se les cuenta" if closing.follows_from_ratings(data.measure) else "qué se cuenta"
        )
        return _wrong_for_all(visit, "told", what) or Closed(told)

    return await _apply_step(visit, event, "cerrada")


def _wrong_for_all(visit: Visit, field: str, what: str) -> Fault | None:
    """What is wrong with what the public page tells of a measure."""
    text, names = text_field(visit, field), visit.panel.release.lexicon.names
    return faults.required_words(field, text, what, LONGEST_TOLD) or faults.names_somebody(
        field, text, visit.form, names
    )


async def reopen(visit: Visit) -> web.Response:
    """POST …/reabrir: something else is to be decided, by a new date."""

    def event(data: _MeasureData) -> Event | Fault:
        reason, content = text_field(visit, "reason"), visit.panel.release.content
        if problem := faults.required_words("reason", reason, "el motivo", LONGEST):
            return problem
        since = data.measure.reopened_since
        days = content.measure_rules.decide_days
        return Reopened(reason, str(since), decide_by(visit.now, days, calendar_of(content)))

    return await _apply_step(visit, event, "reabierta")


def decision_of(visit: Visit, people: Iterable[StaffMember]) -> Decided | Fault:
    """What the form decides; else what is missing: cause, action, owner and date are needed."""
    cause, action = text_field(visit, "cause"), text_field(visit, "action")
    owner, checks = number_in(visit.form.get("owner", "")), Checks()
    checks.note(faults.required_words("cause", cause, "la causa", LONGEST))
    checks.note(faults.required_words("action", action, "la acción", LONGEST))
    if owner not in {person.id for person in people}:
        left = "Esa persona no puede hacerse cargo de una medida del área; elija a otra."
        checks.note(Fault(left if owner else "Falta la persona responsable.", "owner"))
    due = checks.take(_due(visit), visit.today)
    return checks.fault or Decided(cause, action, owner, due)


def _due(visit: Visit) -> date | Fault:
    """By when it is to be done."""
    try:
        day = day_of(visit.form.get("due", ""), visit.today, Near.AHEAD)
    except ValueError as wrong:
        return Fault(in_a_sentence(wrong, "Falta la fecha en que debe estar hecha."), "due")
    if day < visit.today:
        return Fault("Esa fecha ya pasó.", "due")
    return Fault(f"{TOO_FAR}.", "due") if is_too_far(day, visit.today) else day


def owners_of(visit: Visit, tx: Transaction, area: str) -> list[StaffMember]:
    """Who can be responsible for a measure of the area; ``area`` empty: of any."""
    return owners(tx, area, sensitive=visit.panel.is_sensitive(area))


def indicators_of(visit: Visit, tx: Transaction, area: str) -> list[tuple[str, str]]:
    """Key and name of each indicator on which a measure of the area can be opened."""
    found = choices_of(tx, visit.panel.release, area, visit.now)
    return [(choice.key, choice.judged_by.label) for choice in found]


def judged_by_of(visit: Visit, area: str, tx: Transaction) -> JudgedBy | None:
    """The indicator that the form names; None: the area has no figure of it."""
    key = visit.form.get("indicator", "")
    found = choices_of(tx, visit.panel.release, area, visit.now)
    return next((choice.judged_by for choice in found if choice.key == key), None)


async def _apply_step(
    visit: Visit, event_of: Callable[[_MeasureData], Event | Fault], notice: str
) -> web.Response:
    """Add a step to the measure as it was seen; 409 when something has happened since."""
    seen = visit.form.get("version", "")

    def write(tx: Transaction) -> tuple[_MeasureData, Fault | None, int]:
        data = _load(visit, tx)
        event = event_of(data)
        if _is_there(visit, data.measure, event):
            return data, None, 303
        if seen != _version(data.measure):
            return data, CHANGED, 409
        if isinstance(event, Fault):
            return data, event, 422
        if not _add_step(visit, tx, data.measure, event):
            return data, NOT_NOW, 409
        return data, None, 303

    data, problem, status = await visit.panel.database.write(write)
    if status == 303:
        visit.panel.nudge()
        path = f"/panel/medidas/{data.measure.number}"
        return visit.after(path, notice, ends=notice in ENDS)
    return _render(visit, data, problem=problem, status=status)


def _is_there(visit: Visit, measure: Measure, event: Event | Fault) -> bool:
    """Whether the form was sent twice."""
    if isinstance(event, Fault):
        return False
    return steps.was_just_added(measure, MeasureStep(visit.now, visit.session.staff_id, event))


def _add_step(visit: Visit, tx: Transaction, measure: Measure, event: Event) -> bool:
    step, keyring = MeasureStep(visit.now, visit.session.staff_id, event), visit.panel.keyring
    if not isinstance(event, Closed):
        return steps.add(tx, keyring, measure, step)
    news = words.news_for_citizens(measure, event.told, visit.panel.release)
    return closing.close(tx, keyring, measure, step, news) is not None


def _load(visit: Visit, tx: Transaction) -> _MeasureData:
    zone = visit.panel.release.content.zone
    number = visit.request.match_info["measure"]
    measure = steps.find_measure(tx, visit.panel.keyring, zone, number)
    assert measure is not None, "the guard has found it; measures are never deleted"
    return _MeasureData(measure, staff.everyone(tx), owners_of(visit, tx, measure.area))


def _render(
    visit: Visit,
    data: _MeasureData,
    *,
    notice: str = "",
    problem: Fault | None = None,
    status: int = 200,
) -> web.Response:
    measure = data.measure
    return visit.page(
        "measures/measure.html.j2",
        status=status,
        measure=measure,
        names={member.id: member.name for member in data.people},
        notice=notice,
        problem=problem,
        **_history(visit, data),
        **_judgement(visit, measure),
        **_fields(visit, data),
    )


def _history(visit: Visit, data: _MeasureData) -> dict[str, Any]:
    """What has happened so far, and what comes next, in words."""
    measure, zone = data.measure, visit.panel.release.content.zone
    names = {member.id: member.name for member in data.people}
    return {
        "problem_said": words.problem(measure, visit.panel.rendering.area(measure.area)),
        "next_step": words.next_step(measure, visit.now, zone),
        "state": words.STATES[measure.state],
        "origin": words.ORIGINS[measure.opened.origin],
        "is_of_signal": measure.opened.origin is Origin.SIGNAL,
        "steps": [
            (step, words.step_text(step, names), words.step_words(step, measure.judged_by))
            for step in measure.steps
        ],
    }


def _judgement(visit: Visit, measure: Measure) -> dict[str, Any]:
    """The indicator that the measure is judged by, and what came of it."""
    by, zone = measure.judged_by, visit.panel.release.content.zone
    return {
        "effect": _effect(measure),
        "effect_parts": effect_parts(measure.measured, by) if measure.measured else "",
        "chart": _chart(measure) if visit.may(Action.READ_INDICATORS, measure.area) else "",
        "judged_by": charted_name(by, visit.panel.rendering.area(measure.area)),
        "less_is_better": by.less_is_better,
        "stands": words.how_it_stands(measure, visit.now, zone),
        "stands_weeks": STANDS_WEEKS,
        "tells_raters": closing.follows_from_ratings(measure),
    }


def _fields(visit: Visit, data: _MeasureData) -> dict[str, Any]:
    """The forms that this person is offered, with what was typed into them."""
    measure = data.measure
    allowed = [verb for verb in measure.verbs if visit.may(ACTIONS[verb], measure.area)]
    if visit.session.staff_id == measure.owner:
        allowed = [verb for verb in allowed if verb is not Verb.TAKE]
    proposed = _proposed(visit, measure)
    return {
        "people": data.owners,
        "version": _version(measure),
        "verbs": [verb.value for verb in allowed],
        "typed": {**proposed, **visit.form},
        "proposed": proposed,
        "unplaced": _unplaced(visit, allowed),
        "today": visit.today.isoformat(),
    }


def _effect(measure: Measure) -> str:
    """What came of it, and which weeks were compared; empty: it is not measured."""
    found = measure.measured
    if found is None:
        return ""
    return f"{effect_text(found, measure.judged_by)} {compared(measure, found)}"


def _chart(measure: Measure) -> str:
    """The address of the chart of the indicator that it is judged by."""
    by = measure.judged_by
    if by.is_default:
        return f"/panel/indicadores/{measure.area}"
    return path_to_chart(by.key, by.series(measure.area).area)


def _proposed(visit: Visit, measure: Measure) -> Mapping[str, str]:
    """What was decided, which can be changed; else what a decision most often says, of which cause
    and action are for the person to write."""
    content, known = visit.panel.release.content, measure.decision
    calendar = calendar_of(content)
    due = calendar.after(calendar.local_day(visit.now), content.measure_rules.decide_days)
    return {
        "cause": known.cause if known else "",
        "action": known.action if known else "",
        "owner": str(measure.owner or visit.session.staff_id),
        "due": (known.due if known else due).isoformat(),
    }


def _unplaced(visit: Visit, allowed: Collection[Verb]) -> dict[str, str]:
    """What was typed in a field that is not there any more, to be copied."""
    gone = {name for name, verb in _FIELDS.items() if verb not in allowed}
    return {
        name: text
        for name, text in visit.form.items()
        if name in gone and text.strip() and fingerprint(text) != visit.form.get(f"{name}-was")
    }


def _version(measure: Measure) -> str:
    return str(len(measure.steps))
