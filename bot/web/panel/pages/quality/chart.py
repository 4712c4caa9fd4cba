"""The control chart of an area's indicator other than its grades 6 and 7."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from bot.jobs.quality.series import chart_of, choices_of, measurements_of
from bot.reports.quality.charts import chart_words
from bot.reports.quality.charts.chart_kinds import charted_name, counted
from bot.reports.quality.charts.chart_marks import chart_marks, measure_events, note_events
from bot.reports.quality.charts.chart_svg import NARROW, WIDE, chart_svg
from bot.reports.quality.indicator_words import COUNTED, OF_EACH
from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.quality.indicators import MOST_TOLD
from bot.web.panel.visit import Visit, see_other
from handlers.content.quality import Scope
from handlers.indicators.counts import Series
from handlers.measures.choosing import IndicatorChoice
from handlers.measures.measures import Measure
from handlers.quality.charts import MIN_POINTS, Period, Rebase
from handlers.quality.series import AreaChart, possible_starts
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action
from storage.engine.database import Transaction
from storage.measures.steps import all_measures
from storage.quality import control, digests, notes
from storage.quality.notes import FigureNote

ALL = "/panel/indicadores"
LONGEST = 300  # characters of a note or a reason
SET_ANEW = "La base nueva quedó fijada; juzga lo que se publique desde ahora."


@dataclass(frozen=True, slots=True)
class _ChartData:
    choice: IndicatorChoice
    chart: AreaChart
    starts: Sequence[BaselineStart] | None  # as ``starts_of`` gives them
    notes: Sequence[FigureNote]
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class BaselineStart:
    """A week from which a baseline can be set; ``label`` tells its weeks and what lies in them."""

    week: str
    label: str


async def of_area(visit: Visit) -> web.Response:
    """GET /panel/indicadores/{area}/grafico?indicador=."""
    area = visit.request.match_info["area"]
    return await _page(visit, area, f"{ALL}/{area}")


async def of_municipality(visit: Visit) -> web.Response:
    """GET /panel/grafico?indicador=."""
    return await _page(visit, "", ALL)


async def set_base_of_area(visit: Visit) -> web.Response:
    """POST /panel/indicadores/{area}/grafico?indicador=."""
    area = visit.request.match_info["area"]
    return await _set_base(visit, area, f"{ALL}/{area}")


async def set_base_of_municipality(visit: Visit) -> web.Response:
    """POST /panel/grafico?indicador=."""
    return await _set_base(visit, "", ALL)


def starts_of(
    chart: AreaChart, periods: Sequence[Period], newest: IsoWeek | None
) -> list[BaselineStart] | None:
    """The weeks from which a baseline can be set, newest first.

    ``periods``: those published. None: one was set since the ``newest`` week was published.
    """
    if chart.bases and (last := chart.bases[-1].rebase) and last.decided_week == str(newest):
        return None
    places = {str(period.first): place for place, period in enumerate(periods)}
    signals = {signal.last_week for signal in chart.signals}
    found = []
    for week in possible_starts(periods):
        made_of = periods[places[week] : places[week] + MIN_POINTS]
        label = chart_words.weeks_of_year(week, str(made_of[-1].last))
        is_signalled = any(str(period.last) in signals for period in made_of)
        found.append(BaselineStart(week, f"{label}, con señal" if is_signalled else label))
    return found


def set_anew(
    visit: Visit, tx: Transaction, series: Series, periods: Sequence[Period]
) -> Fault | None:
    """Set the baseline that the form asks for, or say why not. ``periods``: those published."""
    week, first = digests.newest_published(tx), visit.form.get("first", "")
    reason = " ".join(visit.form.get("reason", "").split())
    unknown = Fault("Elija una semana desde la que haya 12 mediciones publicadas.", "first")
    problem = faults.together(
        None if week and first in possible_starts(periods) else unknown,
        faults.required_words("reason", reason, "el motivo", LONGEST),
    )
    if problem or week is None:
        return problem
    staff_id = visit.session.staff_id
    for earlier in control.rebases(tx, series):
        if earlier.decided_week != str(week):
            continue
        if (earlier.first_week, earlier.staff_id, earlier.reason) == (first, staff_id, reason):
            return None  # sent twice
        return Fault("Esta semana ya se fijó una base nueva de este gráfico.")
    rebase = Rebase(series.area, first, str(week), visit.now, staff_id, reason)
    control.add_rebase(tx, rebase, series)
    subject = f"area:{series.area}" if series.area else ""
    key = visit.request.query.get("indicador", "")
    visit.note(tx, "baseline-set", subject, f"{key} {first}".strip())
    return None


async def _set_base(visit: Visit, area: str, back: str) -> web.Response:
    key = visit.request.query.get("indicador", "")

    def write(tx: Transaction) -> Fault | None:
        choice = _chosen(visit, tx, area, key)
        if choice is None:
            return Fault("Ese indicador ya no tiene cifra.")
        return set_anew(visit, tx, choice.series, measurements_of(tx, choice))

    problem = await visit.panel.database.write(write)
    if problem:
        return await _page(visit, area, back, problem)
    return see_other(f"{visit.request.path}?indicador={quote(key)}&aviso=base")


async def _page(visit: Visit, area: str, back: str, problem: Fault | None = None) -> web.Response:
    key = visit.request.query.get("indicador", "")
    found = await visit.panel.database.read(partial(_load, visit, area, key))
    if found is None:  # a stale address, or an indicator without a figure
        return see_other(back)
    by, chart, zone = found.choice.judged_by, found.chart, visit.panel.release.content.zone
    what, name = counted(by.measured), charted_name(by, visit.panel.rendering.area(area))
    events = [*note_events(found.notes)]
    for measured_area in {measure.area for measure in found.measures}:
        events += measure_events(found.measures, measured_area, zone)
    marks = chart_marks(chart, events)
    all_told = visit.request.query.get("mediciones") == "todas"
    return visit.page(
        "quality/chart.html.j2",
        status=422 if problem else 200,
        notice=SET_ANEW if visit.request.query.get("aviso") == "base" else "",
        problem=problem,
        typed=visit.form,
        starts=found.starts,
        may_set=visit.may(Action.SET_BASELINES, area),
        title=chart_words.title(chart, name),
        back=back,
        area=area,
        key=key,
        here=f"{visit.request.path}?indicador={quote(key)}",
        chart=chart,
        caption=chart_words.caption(chart, what),
        bases=[chart_words.base_text(base, what) for base in chart.bases],
        counted=" ".join(filter(None, (COUNTED[by.measured], OF_EACH.get(by.scope)))),
        less_is_better=by.less_is_better,
        what=what,
        words=chart_words,
        marks=marks,
        all_told=all_told,
        told=chart.points if all_told else chart.points[-MOST_TOLD:],
        may_open=visit.may(Action.OPEN_MEASURES, area) if area else False,
        # Our own markup, every text in it escaped.
        wide=Markup(chart_svg(chart, name, WIDE, marks, what)),
        narrow=Markup(chart_svg(chart, name, NARROW, marks, what)),
    )


def _load(visit: Visit, area: str, key: str, tx: Transaction) -> _ChartData | None:
    choice = _chosen(visit, tx, area, key)
    if choice is None:
        return None
    of_area = [note for note in notes.notes(tx) if area and note.area == area]
    chart, newest = chart_of(tx, choice), digests.newest_published(tx)
    starts = starts_of(chart, measurements_of(tx, choice), newest)
    return _ChartData(choice, chart, starts, of_area, _measures(visit, tx, choice))


def _chosen(visit: Visit, tx: Transaction, area: str, key: str) -> IndicatorChoice | None:
    """The indicator of that key, of the area or else of the municipality."""
    for choice in choices_of(tx, visit.panel.release, area, visit.now):
        if choice.key == key != "" and choice.series.area == area:
            return choice
    return None


def _measures(visit: Visit, tx: Transaction, choice: IndicatorChoice) -> list[Measure]:
    """Those of the area, or those that are judged by the municipality's indicator."""
    area, by = choice.series.area, choice.judged_by
    found = all_measures(tx, visit.panel.keyring, visit.panel.release.content.zone)
    if by.scope is Scope.MUNICIPALITY:
        found = [measure for measure in found if measure.judged_by.indicator == by.indicator]
    else:
        found = [measure for measure in found if measure.area == area]
    return [measure for measure in found if visit.may(Action.SEE_MEASURES, measure.area)]
