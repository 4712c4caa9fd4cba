"""Measures for the public page: what people said, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.reports.quality.charts.chart_kinds import charted_name
from bot.reports.quality.effect_words import compared, effect_text
from bot.reports.words.dates import in_words
from bot.reports.words.figure_words import weeks_named
from handlers.measures.history import History
from handlers.measures.measures import Measure, State, Verb
from handlers.measures.results import MeasureResult, results
from handlers.measures.standing import stands_until
from handlers.measures.steps import Closed, Declined, Measured, MeasureStep, Origin
from handlers.quality.parts import alphabetical

TOLD_FOR = timedelta(days=365)
"""How long the page shows a measure after its end."""

_FROM = {
    Origin.PLAN: "Un plan de mejora",
    Origin.TRAINING: "Una capacitación",
    Origin.MEETING: "Un acuerdo de una reunión",
    Origin.GAP: "Una brecha que halló una autoevaluación",
}

_OTHERWISE = "Se decidirá otra cosa."
_NOT_TOLD = "Su efecto se midió; no se publica, porque depende de cifras que se protegen."


@dataclass(frozen=True, slots=True)
class SaidAndDone:
    """One measure, with only such texts of staff as are meant for citizens."""

    area: str  # id
    name: str  # of the area
    is_said: bool  # it follows from citizens' answers, not from the municipality's own work
    said: str  # what they said, or where else the measure comes from
    has_begun: bool  # something was done, or it was declined
    done: tuple[str, ...]  # sentences; before it has begun, the decision and its date
    is_late: bool


def said_and_done(
    measures: Sequence[Measure],
    history: History,
    names: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
) -> list[SaidAndDone]:
    """The open measures and those ended within ``TOLD_FOR``, by area.

    ``names``: of the areas, by id; an area that no longer exists keeps its measures. The effect is
    shown only if the ZIP has the figures behind it, with numbers if all are sums of published ones.
    """
    known = {
        (result.then.number, result.step): result for result in results(measures, history, zone)
    }
    told = (
        measure
        for measure in measures
        if measure.ended_at is None or now - measure.ended_at <= TOLD_FOR
    )
    found = [
        SaidAndDone(
            measure.area,
            names.get(measure.area, measure.area),
            measure.opened.origin is Origin.SIGNAL,
            _opened_text(measure, zone),
            _has_begun(measure),
            (
                *_outcome_lines(measure, names.get(measure.area, measure.area), known),
                *_next(measure, now, zone),
            ),
            measure.is_overdue(now),
        )
        for measure in sorted(told, key=lambda measure: measure.number)
    ]
    return sorted(found, key=lambda told: alphabetical(told.name))


def _opened_text(measure: Measure, zone: ZoneInfo) -> str:
    opened = measure.opened
    if opened.origin is Origin.SIGNAL:
        weeks = weeks_named(opened.heard_from, opened.since)
        article = "la" if opened.heard_from == opened.since else "las"
        return f"Las notas bajaron más de lo esperable en {article} {weeks}."
    day = opened.meeting.held_on if opened.meeting else measure.opened_at.astimezone(zone)
    return f"{_FROM[opened.origin]}, del {in_words(day)}."


def _has_begun(measure: Measure) -> bool:
    is_waiting = measure.state in (State.TO_DECIDE, State.DECIDED)
    return not is_waiting or any(isinstance(step.event, Measured) for step in measure.steps)


def _outcome_lines(
    measure: Measure, area: str, known: Mapping[tuple[str, MeasureStep], MeasureResult]
) -> Iterator[str]:
    """What was done and its effect so far, or that there is none yet.

    Names the indicator if it is not grades.
    """
    by, ending = measure.judged_by, measure.ending
    if isinstance(ending, Closed):
        yield _quoted(ending.told)
    for step in measure.steps:
        if isinstance(step.event, Measured):
            yield _effect(known[measure.number, step], step.event)
            if not by.is_default:
                yield f"Se midió en {charted_name(by, area)}."


def _effect(result: MeasureResult, found: Measured) -> str:
    if not result.is_published:
        return _NOT_TOLD
    by = result.then.judged_by
    return f"{effect_text(found, by)} {compared(result.then, found)}"


def _next(measure: Measure, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    if measure.state is State.DONE:
        yield "Se tomó una medida; se espera su efecto."
    elif measure.state is State.MEASURED and not measure.is_proved:
        yield "Se cerrará así, o se decidirá otra cosa." if measure.has_too_few else _OTHERWISE
    elif measure.state is State.TOO_FEW:
        yield "Se cerró así: no se puede decir si sirvió."
    elif measure.state is State.DECLINED:
        yield f"Se decidió no tomar una medida{_why_not(measure)}"
        until = stands_until(measure)
        if until is not None and now.astimezone(zone).date() <= until.sunday:
            day = in_words(until.sunday)
            yield f"Si las notas siguen igual, se decide otra vez después del {day}."
    if measure.due_at is None:
        return
    day, late = in_words(measure.due_at.astimezone(zone)), measure.is_overdue(now)
    if measure.state is State.TO_DECIDE:
        yield f"El plazo para decidir qué hacer {'venció' if late else 'vence'} el {day}."
    elif measure.state is State.MEASURED:
        what = "cerrarla" if Verb.CLOSE in measure.verbs else "decidirla"
        yield f"El plazo para {what} {'venció' if late else 'vence'} el {day}."
    elif late:
        yield f"Se decidió una medida que debía estar hecha el {day}, y no lo está."
    else:
        yield f"Se decidió una medida, que debe estar hecha el {day}."
    if measure.moved_from is not None:
        yield f"Antes debía estar hecha el {in_words(measure.moved_from)}."


def _why_not(measure: Measure) -> str:
    """The public reason for declining; one written for staff is not shown."""
    ending = measure.ending
    told = ending.told if isinstance(ending, Declined) else ""
    return (
        f": {_quoted(told)}"
        if told
        else "; su motivo se anotó antes de que se publicaran los motivos."
    )


def _quoted(words: str) -> str:
    """The text in quotes, ending in one stop whether or not its author set it."""
    return f"«{words.rstrip(' .')}»."
