"""A control chart in Spanish: its title gives the finding, its text everything it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile

from bot.reports.words.figure_words import how_many, weeks_named
from handlers.quality.charts import MIN_ANSWERS, MIN_POINTS, Direction, Limits, Rule
from handlers.quality.intervals import rounded_points
from handlers.quality.series import AreaChart, ChartBase, ChartPoint
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek


@dataclass(frozen=True, slots=True)
class ChartWording:
    """What a chart counts, in words. ``one``, ``many``: a unit of the share's denominator."""

    measured: str
    axis: str
    excluded: str
    one: str = "respuesta"
    many: str = "respuestas"

    def number(self, n: int) -> str:
        return how_many(n, self.one, self.many)


GRADES = ChartWording(
    "% de quienes respondieron que puso nota 6 o 7",
    "% con nota 6 o 7, de quienes respondieron",
    "No cuenta trámites sin terminar.",
)

SAID = {Direction.FALL: "bajó", Direction.RISE: "subió"}
EXPLAINED = (
    "La base son las primeras 12 mediciones. La línea del medio es su porcentaje. Los"
    " límites dicen hasta dónde llega la variación normal, según cuántas personas respondieron:"
    " con pocas respuestas son más anchos, y también donde la base ya variaba más que por azar.",
    "Hay señal cuando una medición queda fuera de sus límites. También la hay cuando queda fuera"
    " de los suyos el promedio con las mediciones anteriores, en que la última pesa la mitad."
    " Dentro de los límites, subir o bajar es variación normal y no pide hacer nada.",
    "Una base no se mueve sola. La puede fijar de nuevo una persona del equipo de calidad, con un"
    " motivo que queda a la vista; lo ya publicado no cambia.",
)
EXPLAINED_OTHERS = (
    *EXPLAINED,
    "Una señal de este gráfico no abre una medida ni sale en el resumen semanal: con tantos"
    " gráficos a la vez, algunas de cada año son puro azar. Espere otra medición antes de actuar."
    " Las semanas en que la cifra se protege no están en el gráfico.",
)
"""For charts of indicators other than the share of grades 6 and 7."""


def title(chart: AreaChart, name: str) -> str:
    """The finding: ``Tránsito bajó más de lo esperable desde la semana 47``."""
    if not chart.points:
        return f"{name}: aún sin mediciones"
    if not chart.bases:
        return f"{name}: aún faltan mediciones ({len(chart.points)} de {MIN_POINTS})"
    if not chart.judged:
        return f"{name}: base completa, aún sin mediciones después"
    last = chart.judged[-1]
    if last.direction is not None:
        return f"{name} {SAID[last.direction]} más de lo esperable {_since_when(chart)}"
    quiet = 0
    for point in reversed(chart.judged):
        if point.direction is not None:
            break
        quiet += 1
    counted = "la última medición" if quiet == 1 else f"las últimas {quiet} mediciones"
    return f"{name}: sin cambios en {counted}"


def _since_when(chart: AreaChart) -> str:
    """When the newest signals began, as the words beside the first of them say it."""
    last = chart.judged[-1]
    row = [*takewhile(lambda point: point.direction is last.direction, reversed(chart.judged))]
    if len(row) > 1:
        return f"desde la semana {IsoWeek.parse(row[-1].last_week).week}"
    return f"en {_the(weeks_named(last.first_week, last.last_week))}"


def caption(chart: AreaChart, what: ChartWording = GRADES) -> str:
    """How many answers, of which weeks, what is excluded, and where base and limits are."""
    if not chart.points:
        return f"Una medición pide {MIN_ANSWERS} {what.many} de semanas ya publicadas."
    n = sum(point.n for point in chart.points)
    first, last = chart.points[0].first_week, chart.points[-1].last_week
    weeks = f"de la {week_of_year(first)} a la {week_of_year(last)}"
    said = f"{what.number(n)}, {weeks}. {what.excluded}"
    if len(chart.points) > len(chart.drawn):
        said += f" Se dibujan las últimas {len(chart.drawn)} mediciones."
    if any(point.share is None for point in chart.points):
        said += f" {_not_shown(chart)}"
    return f"{said} {_base_and_limits(chart)}"


def undrawn(chart: AreaChart, week: str) -> str:
    """That the figure of ``week`` is not in the chart yet; empty if it is, or without a chart.

    A point needs more answers than a figure.
    """
    if not chart.points or week <= chart.points[-1].last_week:
        return ""
    return f" La última cifra aún no está aquí: espera juntar {MIN_ANSWERS} respuestas."


def description(chart: AreaChart, name: str, what: ChartWording = GRADES) -> tuple[str, ...]:
    """Everything the chart shows, in sentences."""
    return tuple(_sentences(chart, name, what))


def in_short(chart: AreaChart, name: str) -> str:
    """The newest point with its base and limits, in a sentence; empty without points."""
    if not chart.points:
        return ""
    last = chart.points[-1]
    share = "no se muestra" if last.share is None else percent_text(last.share)
    weeks = _the(weeks_named(last.first_week, last.last_week))
    said = f"Gráfico de {name}: {share} en {weeks}"
    if not chart.bases:
        return f"{said}; lleva {len(chart.points)} de las {MIN_POINTS} mediciones de su base."
    base = chart.bases[-1].share
    if base is not None:
        said += f"; su base es {percent_text(base)}"
    if last.limits is not None:
        said += f" y lo esperable, {limits_text(last.limits)}"
    return f"{said}."


def point_text(chart: AreaChart, point: ChartPoint, what: ChartWording = GRADES) -> str:
    """One point: weeks, share, answers, limits and meaning."""
    weeks = weeks_of_year(point.first_week, point.last_week).capitalize()
    share = "no se muestra" if point.share is None else percent_text(point.share)
    said = f"{weeks}: {share}, {what.number(point.n)}"
    if point.limits is not None:
        said += f", límites {limits_text(point.limits)}"
    return f"{said}; {standing(chart, point)}."


def standing(chart: AreaChart, point: ChartPoint) -> str:
    """A point's meaning: a signal, part of the base, no signal, or no base yet."""
    if point.direction is not None:
        by = "su promedio con las anteriores" if point.rule is Rule.EWMA else "la medición"
        return f"señal: {SAID[point.direction]}, {by} queda fuera de lo esperable"
    if point.in_baseline:
        return "parte de la base"
    return "sin señal" if chart.bases else "aún sin base"


def gap_before(chart: AreaChart, point: ChartPoint) -> str:
    """Missing weeks before a point: ``faltan las semanas 18 a 20 de 2026``; empty without any."""
    if not point.after_gap:
        return ""
    before = chart.points[chart.points.index(point) - 1]
    first = IsoWeek.parse(before.last_week).shifted(1)
    last = IsoWeek.parse(point.first_week).shifted(-1)
    verb = "falta" if first == last else "faltan"
    return f"{verb} {_the(weeks_of_year(str(first), str(last)))}"


def base_text(base: ChartBase, what: ChartWording = GRADES) -> str:
    """A baseline: its weeks, share and answers, and if a person fixed it, why."""
    weeks = f"de la {week_of_year(base.first_week)} a la {week_of_year(base.last_week)}"
    share = "no se muestra" if base.share is None else percent_text(base.share)
    said = f"Base {weeks}: {share}, {what.number(base.n)} en {base.points} mediciones."
    if base.rebase is not None:
        after = week_of_year(base.rebase.decided_week)
        said += f" La fijó una persona y rige después de la {after}. Motivo: {base.rebase.reason}."
    return said.replace("..", ".")


def week_of_year(week: str) -> str:
    """``semana 47 de 2026``."""
    parsed = IsoWeek.parse(week)
    return f"semana {parsed.week} de {parsed.year}"


def weeks_of_year(first: str, last: str) -> str:
    """``semanas 45 a 47 de 2026``, ``semanas 51 de 2025 a 3 de 2026``."""
    begin, end = IsoWeek.parse(first), IsoWeek.parse(last)
    if begin.year == end.year:
        return f"{weeks_named(first, last)} de {end.year}"
    return f"semanas {begin.week} de {begin.year} a {end.week} de {end.year}"


def percent_text(share: float) -> str:
    """``55 %``; ``share`` from 0 to 1."""
    return f"{rounded_points(share)} %"


def limits_text(limits: Limits) -> str:
    """``55 % a 92 %``."""
    return f"{rounded_points(limits.low)} % a {rounded_points(limits.high)} %"


def _sentences(chart: AreaChart, name: str, what: ChartWording) -> Iterator[str]:
    yield f"{title(chart, name)}."
    yield f"Mide el {what.measured}. {caption(chart, what)}"
    for base in chart.bases:
        yield base_text(base, what)
    if chart.judged:
        signals = chart.signals
        if signals:
            told = "; ".join(_rows_of_signals(chart))
            yield f"Señales: {len(signals)} de {_judged(chart)}: {told}."
        else:
            yield f"Señales: ninguna en {_judged(chart)}."
    shown = [point for point in chart.points if point.share is not None]
    if shown:
        low = min(shown, key=lambda point: point.share or 0)
        high = max(shown, key=lambda point: point.share or 0)
        yield f"La más baja fue {_share_and_weeks(low)}; la más alta, {_share_and_weeks(high)}."
    for point in chart.drawn:
        if gap := gap_before(chart, point):
            yield f"{gap.capitalize()}."
        yield point_text(chart, point, what)


def _share_and_weeks(point: ChartPoint) -> str:
    weeks = _the(weeks_of_year(point.first_week, point.last_week))
    return f"{percent_text(point.share or 0)} en {weeks}"


def _rows_of_signals(chart: AreaChart) -> Iterator[str]:
    """``bajó en la semana 18 de 2026``; consecutive signals of one kind make one entry."""
    for way, row in groupby(chart.judged, key=lambda point: point.direction):
        if way is None:
            continue
        found = list(row)
        first, last = found[0].first_week, found[-1].last_week
        if len(found) == 1:
            yield f"{SAID[way]} en {_the(weeks_of_year(first, last))}"
        else:
            span = f"de la {week_of_year(first)} a la {week_of_year(last)}"
            yield f"{SAID[way]} en {len(found)} seguidas, {span}"


def _judged(chart: AreaChart) -> str:
    count = len(chart.judged)
    return "1 medición juzgada" if count == 1 else f"{count} mediciones juzgadas"


def _not_shown(chart: AreaChart) -> str:
    hidden = sum(point.share is None for point in chart.points)
    count = "1 medición no muestra" if hidden == 1 else f"{hidden} mediciones no muestran"
    return f"{count} su porcentaje, porque revelaría menos de {THRESHOLD} respuestas."


def _base_and_limits(chart: AreaChart) -> str:
    """Where base and limits are in the picture, or why they are not shown."""
    if not chart.bases:
        return (
            f"La base y los límites aparecen con {MIN_POINTS} mediciones; hay {len(chart.points)}."
        )
    base = chart.bases[-1]
    if base.share is None:
        return "Por lo mismo no se muestran la base ni sus límites, que igual juzgan cada medición."
    drawn = base.last_week >= chart.drawn[0].first_week
    where = "la zona sombreada" if drawn else "anterior a lo que se dibuja"
    name = "base" if base.rebase is None else "base nueva"
    return f"La {name}, {where}, es {percent_text(base.share)}; los límites, las líneas cortadas."


def _the(weeks: str) -> str:
    """Weeks with their article: ``la semana 47``, ``las semanas 46 y 47``."""
    return f"las {weeks}" if weeks.startswith("semanas") else f"la {weeks}"
