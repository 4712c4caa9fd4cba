"""The effects of measures as files that anybody can verify, with the figures behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.reports.quality.effect_words import VERDICTS, points_told, verdict_text
from handlers.content.quality import Scope
from handlers.indicators.counts import PUBLISHED_AS_COUNTS, Series, SeriesCount
from handlers.measures.history import History
from handlers.measures.measures import Measure
from handlers.measures.results import MeasureResult, results
from handlers.measures.steps import Measured
from handlers.quality.effects import Effectiveness
from handlers.quality.intervals import percent

CsvLine = tuple[object, ...]

EFFECTS = (
    "medida,area,desde,hecha,hasta,resultado,antes,respuestas_antes,despues,respuestas_despues,"
    "diferencia,margen_desde,margen_hasta,otras,diferencia_otras,otras_desde,otras_hasta,"
    "indicador,menos_es_mejor,reservada,comparadas,aparte"
)
OTHERS = "indicador,area,desde,semana,parte,respuestas,porcentaje"
_YES = {True: "sí", False: ""}


def measure_lines(
    measures: Sequence[Measure], history: History, zone: ZoneInfo
) -> tuple[list[CsvLine], list[CsvLine]]:
    """The lines of ``EFFECTS``, and those of ``OTHERS``: figures of indicators besides grades."""
    told = [result for result in results(measures, history, zone) if result.is_published]
    wanted = {series for result in told for series in _series(result)}
    counts = (c for series in sorted(wanted) for c in history.counts.get(series, ()) if c.is_shown)
    return [_effect(result) for result in told], [_count(count) for count in counts]


def _effect(result: MeasureResult) -> CsvLine:
    then, by = result.then, result.then.judged_by
    span = (then.since, then.done_week, result.measured.week)
    verdict = result.measured.effect.verdict
    said = verdict_text(verdict, by) if verdict is Effectiveness.WORSE else VERDICTS[verdict]
    return (
        then.number,
        then.area,
        *span,
        said.rstrip("."),
        *_numbers(result.measured),
        "" if by.is_default else _series_name(by.series(then.area)),
        _YES[by.less_is_better],
        _YES[not by.is_default and not result.spread_is_known],
        " ".join(result.beside),
        str(result.seen.last) if result.seen is not None else "",
    )


def _numbers(found: Measured) -> CsvLine:
    """The numbers of the effect's sentence; empty if they are not published."""
    effect, beside = found.effect, found.beside
    if effect.change is None or not found.can_be_shown:
        return ("",) * 11
    before, after = effect.before, effect.after
    own = points_told(before, after, effect.change)
    shares = (percent(before.x, before.n), before.n, percent(after.x, after.n), after.n)
    others: CsvLine = ("", "", "")
    if beside.change is not None:
        others = points_told(beside.before, beside.after, beside.change)
    return (*shares, *own, beside.areas, *others)


def _series(result: MeasureResult) -> Iterator[Series]:
    by, area = result.then.judged_by, result.then.area
    if by.is_default:
        return
    yield by.series(area)
    if by.scope is Scope.AREA or by.scope is Scope.CHANNEL:
        yield from (by.series(beside) for beside in result.beside)


def _count(count: SeriesCount) -> CsvLine:
    exact = count.x if count.series.measured in PUBLISHED_AS_COUNTS else ""
    series, shown = count.series, percent(count.x, count.n)
    return _series_name(series), series.area, count.first, count.last, exact, count.n, shown


def _series_name(series: Series) -> str:
    """``reason area espera``: the series by its ids."""
    return " ".join(filter(None, (series.measured, series.scope, series.part)))
