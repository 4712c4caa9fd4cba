"""How measures came out, as files that anybody can check: each result, and what it rests on."""

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
    """Lines of ``EFFECTS``, and those of ``OTHERS``: the published figures beside the grades."""
    told = [one for one in results(measures, history, zone) if one.is_published]
    wanted = {series for one in told for series in _series(one)}
    counts = (c for one in sorted(wanted) for c in history.counts.get(one, ()) if c.is_shown)
    return [_effect(one) for one in told], [_count(one) for one in counts]


def _effect(one: MeasureResult) -> CsvLine:
    then, by = one.then, one.then.judged_by
    span = (then.since, then.done_week, one.measured.week)
    verdict = one.measured.effect.verdict
    said = verdict_text(verdict, by) if verdict is Effectiveness.WORSE else VERDICTS[verdict]
    return (
        then.number,
        then.area,
        *span,
        said.rstrip("."),
        *_numbers(one.measured),
        "" if by.is_default else _series_name(by.series(then.area)),
        _YES[by.less_is_better],
        _YES[not by.is_default and not one.spread_is_known],
        " ".join(one.beside),
        str(one.seen.last) if one.seen is not None else "",
    )


def _numbers(found: Measured) -> CsvLine:
    """Those of the sentence; empty where they are not told."""
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


def _series(one: MeasureResult) -> Iterator[Series]:
    by, area = one.then.judged_by, one.then.area
    if by.is_default:
        return
    yield by.series(area)
    if by.scope is Scope.AREA or by.scope is Scope.CHANNEL:
        yield from (by.series(beside) for beside in one.beside)


def _count(one: SeriesCount) -> CsvLine:
    exact = one.x if one.series.measured in PUBLISHED_AS_COUNTS else ""
    series, shown = one.series, percent(one.x, one.n)
    return _series_name(series), series.area, one.first, one.last, exact, one.n, shown


def _series_name(series: Series) -> str:
    """``reason area espera``: ids alone."""
    return " ".join(filter(None, (series.measured, series.scope, series.part)))
