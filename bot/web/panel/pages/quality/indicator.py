"""One area's indicator: its chart, its points as a table, its notes, its baseline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from aiohttp import web
from markupsafe import Markup

from bot.jobs.quality.indicators import AreaIndicator, Indicators, load_history, load_indicators
from bot.jobs.quality.series import choices_of
from bot.jobs.quality.told_measures import load_told_measures
from bot.reports.quality.charts import chart_words
from bot.reports.quality.charts.chart_marks import (
    ChartMark,
    chart_marks,
    measure_events,
    note_events,
)
from bot.reports.quality.charts.chart_svg import NARROW, WIDE, chart_svg
from bot.reports.quality.explain_text import SETTLED, explain_parts, explain_rows
from bot.reports.quality.said_and_done import SaidAndDone
from bot.reports.words import figure_words
from bot.reports.words.area_words import channel_lines, channel_name
from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.quality.chart import LONGEST, SET_ANEW, set_anew, starts_of
from bot.web.panel.pages.quality.indicators import (
    MOST_TOLD,
    IndicatorLine,
    chart_path,
    figure,
    lines,
)
from bot.web.panel.visit import Visit, see_other
from handlers.content.model import Content
from handlers.content.quality import PARTS, Indicator, Metric, Scope
from handlers.indicators.counts import Series
from handlers.indicators.values import PublishedBlocks, Value, area_value, part_values, valid_in
from handlers.measures.measures import Measure
from handlers.quality.figures import AreaDigest
from handlers.quality.series import measurements
from handlers.staff.permissions import Action
from storage.engine.database import Transaction
from storage.measures.steps import all_measures
from storage.quality import control, digests, notes
from storage.quality.notes import FigureNote
from storage.staff import staff

MOST_NOTES = 10  # on one figure: they stay for ever, and all are shown
NOTICES = {
    "nota": "La nota quedó junto a la cifra, con su nombre y la fecha.",
    "base": SET_ANEW,
}


async def page(visit: Visit) -> web.Response:
    """GET /panel/indicadores/{area}."""
    return await _page(visit, notice=NOTICES.get(visit.query.get("aviso", ""), ""))


async def add_note(visit: Visit) -> web.Response:
    """POST /panel/indicadores/{area}/nota: it is shown with the figure and changes nothing."""
    area, text = _area(visit), _words(visit, "text")
    names = visit.panel.release.lexicon.names
    wrong = faults.required_words("text", text, "la nota", LONGEST) or faults.names_somebody(
        "text", text, visit.form, names
    )

    def write(tx: Transaction) -> Fault | None:
        week = digests.newest_published(tx)
        if week is None:
            return Fault("Aún no hay una cifra publicada.")
        if wrong:
            return wrong
        staff_id = visit.session.staff_id
        if any(
            (note.week, note.staff_id, note.text) == (week, staff_id, text)
            for note in notes.notes(tx, area)
        ):
            return None  # sent twice
        if notes.count(tx, area, week) >= MOST_NOTES:
            full = f"Esta cifra ya tiene {MOST_NOTES} notas, el máximo."
            return Fault(f"{full} La próxima cifra admite otras.")
        notes.add(tx, FigureNote(area, week, visit.now, staff_id, text))
        visit.note(tx, "figure-noted", f"area:{area}", str(week))
        return None

    return await _apply(visit, write, "nota")


async def set_base(visit: Visit) -> web.Response:
    """POST /panel/indicadores/{area}/base: from which week on its 12 measurements are taken."""
    area = _area(visit)

    def write(tx: Transaction) -> Fault | None:
        week = digests.newest_published(tx)
        periods = measurements(control.blocks_up_to(tx, week).get(area, ())) if week else ()
        series = Series(Metric.SATISFIED, Scope.AREA, area)
        return set_anew(visit, tx, series, periods)

    return await _apply(visit, write, "base")


async def _apply(
    visit: Visit, write: Callable[[Transaction], Fault | None], notice: str
) -> web.Response:
    problem = await visit.panel.database.write(write)
    if problem:
        return await _page(visit, problem=problem)
    return see_other(f"/panel/indicadores/{_area(visit)}?aviso={notice}")


async def _page(visit: Visit, notice: str = "", problem: Fault | None = None) -> web.Response:
    area = _area(visit)
    found = await load_indicators(visit.panel.database, visit.panel.release)
    figures = found.of(area)
    if figures is None:
        return visit.page("message.html.j2", status=404)

    panel, may_see = visit.panel, visit.may(Action.SEE_MEASURES, area)
    zone = panel.release.content.zone

    def read(tx: Transaction) -> tuple[dict[int, str], list[Measure], set[str]]:
        names = {member.id: member.name for member in staff.everyone(tx)}
        charted = {choice.key for choice in choices_of(tx, panel.release, area, visit.now)}
        return names, all_measures(tx, panel.keyring, zone) if may_see else [], charted

    names, measures, charted = await visit.panel.database.read(read)
    history = await load_history(visit.panel.database)
    all_told = visit.query.get("mediciones") == "todas"
    events = [*note_events(figures.notes), *measure_events(measures, area, zone)]
    return visit.page(
        "quality/indicator.html.j2",
        status=422 if problem else 200,
        notice=notice,
        problem=problem,
        typed=visit.form,
        starts=starts_of(figures.chart, measurements(figures.blocks), found.week),
        names=names,
        most_notes=MOST_NOTES,
        may_note=visit.may(Action.NOTE_FIGURES, area),
        may_set=visit.may(Action.SET_BASELINES, area),
        may_see_measures=visit.may(Action.SEE_MEASURES, area),
        lines=_lines(found, figures, history, panel.release.content, charted),
        all_told=all_told,
        measures=await _measures(visit, area),
        told=figures.chart.points if all_told else figures.chart.points[-MOST_TOLD:],
        **_indicator_row(figures, found, chart_marks(figures.chart, events)),
    )


async def _measures(visit: Visit, area: str) -> list[SaidAndDone]:
    """Those of the area as citizens are told of them, which every reader of figures may see."""
    panel = visit.panel
    content = panel.release.content
    told = await load_told_measures(panel.database, panel.keyring, content, visit.now)
    return [measure for measure in told if measure.area == area]


def _lines(
    found: Indicators,
    figures: AreaIndicator,
    history: Sequence[PublishedBlocks],
    content: Content,
    charted: Collection[str],
) -> list[IndicatorLine]:
    def told(at: PublishedBlocks) -> AreaDigest | None:
        return next((area for area in at.digest.areas if area.id == figures.area.id), None)

    def measure(indicator: Indicator, at: PublishedBlocks) -> Value | None:
        return area_value(indicator, told(at), at.blocks.get(figures.area.id))

    found_lines = [
        *lines(found.definitions, Scope.AREA, history, measure),
        *_lines_of_parts(found.definitions, history, told, content),
    ]
    return [replace(line, chart=chart_path(line, figures.area.id, charted)) for line in found_lines]


def _lines_of_parts(
    definitions: Sequence[Indicator],
    history: Sequence[PublishedBlocks],
    told: Callable[[PublishedBlocks], AreaDigest | None],
    content: Content,
) -> Iterator[IndicatorLine]:
    """One for each service, desk and channel that has a value in any of the weeks."""
    ids = {(Scope.SERVICE, service.short_name): service.id for service in content.services}
    ids |= {(Scope.DESK, desk.name): desk.token for desk in content.desks}
    for indicator in valid_in(definitions, history[0].week) if history else ():
        if indicator.scope not in PARTS:
            continue
        versions = [other for other in definitions if other.id == indicator.id]
        known = dict.fromkeys(part for at in history for part in part_values(indicator, told(at)))
        for part in known or ("",):  # without any it has no figure yet

            def measure(then: Indicator, at: PublishedBlocks, part: str = part) -> Value | None:
                return part_values(then, told(at)).get(part)

            for line in lines(versions, indicator.scope, history, measure):
                name = channel_name(part) if indicator.scope is Scope.CHANNEL else part
                if part:
                    key = f"{line.key}:{ids.get((indicator.scope, part), part)}"
                    line = replace(line, name=f"{line.name}: {name}", key=key)
                yield line


def _indicator_row(
    figures: AreaIndicator, found: Indicators, marks: Sequence[ChartMark]
) -> dict[str, object]:
    name, chart, week = figures.area.short_name, figures.chart, str(found.week or "")
    shown = figures.digest and figure_words.last_week(figures.digest, week)
    return {
        "one": figures,
        "chart": chart,
        "title": chart_words.title(chart, name),
        "words": chart_words,
        "marks": marks,
        "figure": figure(figures, week),
        "caption": chart_words.caption(chart) + chart_words.undrawn(chart, shown or ""),
        "week": found.week,
        "explained": _explained(figures, found),
        "parts_made": _parts(figures, found),
        "settled": SETTLED,
        "digest": figures.digest,
        "channels": channel_lines(figures.digest)
        if figures.digest and figures.digest.satisfied
        else [],
        # Our own markup, every text in it escaped.
        "wide": Markup(chart_svg(chart, name, WIDE, marks)),
        "narrow": Markup(chart_svg(chart, name, NARROW, marks)),
    }


def _explained(figures: AreaIndicator, found: Indicators) -> list[tuple[str, str]]:
    if found.digest is None or figures.digest is None:
        return []
    return list(
        explain_rows(found.digest, figures.digest, figures.blocks, figures.chart, found.definitions)
    )


def _parts(figures: AreaIndicator, found: Indicators) -> list[tuple[str, str]]:
    if found.digest is None or figures.digest is None:
        return []
    return list(explain_parts(found.definitions, found.digest, figures.digest))


def _area(visit: Visit) -> str:
    return visit.request.match_info["area"]


def _words(visit: Visit, field: str) -> str:
    return " ".join(visit.form.get(field, "").split())
