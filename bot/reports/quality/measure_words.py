"""Measures in Spanish: their state, each step, and what staff and citizens are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import chain, islice, zip_longest
from typing import assert_never
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.reports.quality.effect_words import effect_text
from bot.reports.words.dates import in_words, with_weekday
from bot.reports.words.figure_words import weeks_named
from bot.reports.words.languages import in_each_language
from handlers.content.quality import Metric
from handlers.measures.measures import Measure, State
from handlers.measures.standing import stands_until
from handlers.measures.steps import (
    GRADES,
    Assigned,
    Closed,
    Decided,
    Declined,
    Done,
    Gap,
    JudgedBy,
    Measured,
    MeasureStep,
    Meeting,
    NoteAdded,
    Opened,
    Origin,
    Reopened,
    SignalledAgain,
)
from handlers.measures.warnings import MeasureWarning
from handlers.messages import Announcement, shortened
from handlers.quality.figures import Digest, MeasureNews
from handlers.quality.intervals import percent
from handlers.release import Release

STATES = {
    State.TO_DECIDE: "por decidir",
    State.DECIDED: "en curso",
    State.DONE: "hecha; se espera su efecto",
    State.MEASURED: "efecto medido; falta cerrarla o abrirla otra vez",
    State.EFFECTIVE: "cerrada como efectiva",
    State.TOO_FEW: "cerrada sin respuestas suficientes",
    State.DECLINED: "cerrada sin medida",
}
ORIGINS = {
    Origin.SIGNAL: "señal del gráfico de control",
    Origin.PLAN: "plan de mejora",
    Origin.TRAINING: "capacitación",
    Origin.MEETING: "acuerdo de una reunión",
    Origin.GAP: "brecha de una autoevaluación",
}
TITLE = "Medidas"
MAIL_MEASURES = 12
"""The most measures in a mail, which Gmail cuts at 102 kB; the page has all."""

MAIL_WORDS = 200  # characters quoted of one measure's text
_DID = {
    Assigned: "La tomó",
    Decided: "La decidió",
    Declined: "Decidió que no hay medida",
    NoteAdded: "Nota de",
    Done: "La dio por hecha",
    Closed: "La cerró",
    Reopened: "La abrió otra vez",
}


def problem(measure: Measure, area: str) -> str:
    """What a measure is about. ``area``: its name."""
    if measure.opened.origin is Origin.SIGNAL:
        return f"{area} bajó más de lo esperable"
    # Without a final stop, because it is used as a title and within sentences.
    return f"{area}, {ORIGINS[measure.opened.origin]}: {measure.opened.problem.rstrip(' .')}"


def next_step(measure: Measure, now: datetime, zone: ZoneInfo) -> str:
    """The next step and its date: ``decida a más tardar el viernes 4 de diciembre``."""
    if measure.ended_at is not None:
        ended = measure.ended_at.astimezone(zone)
        same_year = ended.year == now.astimezone(zone).year
        return f"se cerró el {with_weekday(ended, year=not same_year)}"
    told = _after_effect(measure, "ciérrela como efectiva", "ciérrela", "decida otra cosa")
    if measure.due_at is None:
        return told if measure.state is State.MEASURED else STATES[measure.state]
    due = measure.due_at.astimezone(zone)
    date = with_weekday(due, year=due.year != now.astimezone(zone).year)
    late = measure.is_overdue(now)
    if measure.state is State.MEASURED:
        what = _after_effect(measure, "cerrarla como efectiva", "cerrarla", "decidir otra cosa")
        return f"había que {what} hasta el {date}" if late else f"{told} a más tardar el {date}"
    if measure.state is State.TO_DECIDE:
        said = f"había que decidir hasta el {date}" if late else f"decida a más tardar el {date}"
    else:
        said = f"debía estar hecha el {date}" if late else f"debe estar hecha el {date}"
    if measure.moved_from is None:
        return said
    return f"{said}; antes debía estar hecha el {in_words(measure.moved_from)}"


def _after_effect(measure: Measure, proved: str, too_few: str, unproven: str) -> str:
    if measure.has_too_few:
        return f"{too_few} o {unproven}"
    return proved if measure.is_proved else unproven


def how_it_stands(measure: Measure, now: datetime, zone: ZoneInfo) -> str:
    """What a declined measure means for the coming weeks; empty for any other."""
    until = stands_until(measure)
    if until is None or now.astimezone(zone).date() > until.sunday:
        return ""
    return (
        f"Si las notas siguen igual, no se vuelve a preguntar hasta el {in_words(until.sunday)}."
        " Si bajan más, o suben y vuelven a bajar, se abre otra medida."
    )


def warning_of(
    measure: Measure, warning: MeasureWarning, release: Release, now: datetime
) -> Announcement:
    """The reminder to staff of a measure that waits, with its address."""
    area, zone = release.area_name(measure.area), release.content.zone
    said = f"{problem(measure, area)}: {next_step(measure, now, zone)}."
    if by := measure.judged_by.label_unless_default:
        said += f" Se mide en «{by}»."
    up = " Debe verlo la Administración Municipal." if warning is MeasureWarning.OVERDUE else ""
    panel = release.panel
    where = f"{panel}/medidas/{measure.number}" if panel else "Medidas en el panel"
    text = f"{measure.number}. {said}{up}\nPara verla: {where}, o /medidas en Telegram."
    return Announcement(text, f"{measure.number}: {next_step(measure, now, zone)}")


def news_for_citizens(measure: Measure, told: str, release: Release) -> Announcement:
    """The news of a measure to citizens whose answers led to it."""
    area, found = release.area_name(measure.area), measure.measured
    key, shares = "measure-news-few" if measure.has_too_few else "measure-news", {}
    is_of_grades = measure.judged_by.measured is Metric.SATISFIED
    if is_of_grades and found and found.can_be_shown and found.effect.change is not None:
        before, after = found.effect.before, found.effect.after
        key = "measure-news-change"
        shares = {"before": percent(before.x, before.n), "after": percent(after.x, after.n)}
    return in_each_language(release, key, area=area, words=told, **shares)


def digest_short(digest: Digest, kinds: int | None = None) -> str:
    """How many are overdue, due, done and so on, for a small screen; empty without any.

    ``kinds``: at most so many of these kinds are listed; None: all.
    """
    names = {
        "overdue": ("atrasada", "atrasadas"),
        "to-decide": ("por decidir", "por decidir"),
        "due": ("vence en estos 7 días", "vencen en estos 7 días"),
        "moved": ("con otra fecha", "con otra fecha"),
        "done": ("hecha", "hechas"),
        "measured": ("con su efecto medido", "con su efecto medido"),
        "declined": ("cerrada sin medida", "cerradas sin medida"),
        "stands": ("se decidió no tomarla, y sigue así", "se decidió no tomarlas, y sigue así"),
        "effective": ("cerrada como efectiva", "cerradas como efectivas"),
        "too-few": (
            "cerrada sin respuestas suficientes",
            "cerradas sin respuestas suficientes",
        ),
    }
    counts = Counter(news.what for news in digest.measures)
    found = [(counts[what], *said) for what, said in names.items() if counts[what]]
    told, rest = found[:kinds], found[len(found[:kinds]) :]
    counted = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in told)
    if rest:
        counted += f" y {sum(count for count, *_ in rest)} más"
    return f"{TITLE}: {counted}." if counted else ""


def digest_lines(digest: Digest) -> list[str]:
    """The digest's line on each measure."""
    return _lines(digest, digest.measures)


def mail_lines(digest: Digest) -> list[str]:
    """The lines for a mail: how many measures of each kind, and the first ones of each."""
    if len(digest.measures) <= MAIL_MEASURES:
        return _lines(digest, map(_in_few_words, digest.measures))
    by_kind: dict[str, list[MeasureNews]] = {}
    for news in digest.measures:
        by_kind.setdefault(news.what, []).append(news)
    turns = chain.from_iterable(zip_longest(*by_kind.values()))
    chosen = set(islice(filter(None, turns), MAIL_MEASURES))
    told = [_in_few_words(news) for news in digest.measures if news in chosen]
    counted = digest_short(digest).removeprefix(f"{TITLE}: ")
    rest = f"Y {len(digest.measures) - len(told)} más, en la página de este resumen."
    return [f"{counted[0].upper()}{counted[1:]}", *_lines(digest, told), rest]


def _lines(digest: Digest, measures: Iterable[MeasureNews]) -> list[str]:
    names = {area.id: area.short_name for area in digest.areas}
    return [_line(news, names.get(news.area, news.area)) for news in measures]


def _in_few_words(news: MeasureNews) -> MeasureNews:
    return replace(news, action=shortened(news.action, MAIL_WORDS))


def _line(news: MeasureNews, area: str) -> str:
    judged_by = f", que se mide en «{news.judged_by}»" if news.judged_by else ""
    name = f"{area}, {news.number}{judged_by}"
    before = f"; antes, el {in_words(news.first_due)}" if news.first_due else ""
    match news.what:
        case "overdue":
            due = f" (era hasta el {_day(news)}{before})" if news.due else ""
            return f"{name}: atrasada{due}."
        case "due" if news.action:
            return f"{name}: debe estar hecha el {_day(news)}{before}: {news.action.rstrip('.')}."
        case "moved":
            return f"{name}: cambió su fecha, ahora es el {_day(news)}{before}."
        case "to-decide" | "due":
            again = f"; debía estar hecha el {in_words(news.first_due)}" if news.first_due else ""
            return f"{name}: por decidir, a más tardar el {_day(news)}{again}."
        case "done":
            late = f", y debía estarlo el {in_words(news.first_due)}" if news.first_due else ""
            return f"{name}: hecha{late}: {news.action.rstrip('.')}."
        case "measured":
            return f"{name}: se midió su efecto. {news.effect}"
        case "declined":
            why = f": {news.action.rstrip('.')}" if news.action else ""
            return f"{name}: se decidió no tomar una medida{why}."
        case "stands":
            return (
                f"{name}: sigue baja, sin bajar más. Se decidió no tomar una medida, y eso rige"
                f" hasta el {_day(news)}."
            )
        case "too-few":
            return f"{name}: cerrada. {news.effect}"
        case _:
            return f"{name}: cerrada como efectiva. {news.effect}"


def _day(news: MeasureNews) -> str:
    return in_words(news.due) if news.due else ""


def step_text(step: MeasureStep, names: Mapping[int, str]) -> str:
    """What was done in a step, and by whom. ``names``: of staff, by id."""
    name = names.get(step.staff, "una persona que ya no está") if step.staff else ""
    match step.event:
        case Opened(origin=Origin.SIGNAL):
            return "El gráfico de control dio una señal"
        case Opened():
            return f"La abrió {name or 'el servidor'}"
        case SignalledAgain(week=week):
            return f"Otra señal, {weeks_named(week, week)}"
        case Measured(week=week):
            return f"Se midió el efecto, hasta la {weeks_named(week, week)}"
        case event:
            return f"{_DID[type(event)]} {name or 'el servidor'}"


def step_words(step: MeasureStep, by: JudgedBy = GRADES) -> str:
    """The text of a step. ``by``: the indicator by which the measure is judged."""
    match step.event:
        case Opened(problem=problem, meeting=Meeting() as held):
            place = f"Reunión del {in_words(held.held_on)}, {held.place}"
            return f"{place}; {held.attendance} asistentes.\n{problem}"
        case Opened(problem=problem, gap=Gap(criterion, evidence)):
            return f"Criterio: {criterion}\nEvidencia: {evidence}\n{problem}"
        case Opened(problem=problem):
            return problem
        case Decided(cause, action, _, due):
            return f"Causa: {cause}\nAcción: {action}\nDebe estar hecha el {in_words(due)}"
        case Declined(reason, told) if told:
            return f"{reason}\nSe cuenta: {told}"
        case Declined(text) | NoteAdded(text) | Closed(text):
            return text
        case Reopened(reason=reason):
            return reason
        case Done(text=text):
            return text
        case Measured() as found:
            return effect_text(found, by)
        case SignalledAgain() | Assigned():
            return ""
        case _:
            assert_never(step.event)
