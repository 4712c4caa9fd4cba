"""The wording of the chart of each indicator."""

from __future__ import annotations

from bot.reports.quality.charts.chart_words import GRADES, ChartWording
from handlers.content.quality import Metric, Scope
from handlers.measures.steps import JudgedBy

_HIDDEN = "No están las semanas en que la cifra se protege."
_LOOKUPS = ("consulta", "consultas")
_CASES = ("caso", "casos")
_KINDS = {
    Metric.REASON: ChartWording(
        "% de quienes pusieron nota 1 a 5 que nombró ese motivo",
        "% que nombró el motivo, de notas 1 a 5",
        _HIDDEN,
    ),
    Metric.USEFUL: ChartWording(
        "% de quienes dijeron si les sirvió lo encontrado que dijo que sí",
        "% que dijo que sí, de quienes lo dijeron",
        _HIDDEN,
    ),
    Metric.COMPLETION: ChartWording(
        "% de quienes empezaron a responder que llegó al final",
        "% que llegó al final, de quienes empezaron",
        _HIDDEN,
    ),
    Metric.FOUND: ChartWording(
        "% de las consultas que encontró algo", "% que encontró algo", _HIDDEN, *_LOOKUPS
    ),
    Metric.VISITS_SPARED: ChartWording(
        "% de las consultas de trámites que fue de uno que se hace en línea",
        "% de trámites en línea, de las de trámites",
        _HIDDEN,
        *_LOOKUPS,
    ),
    Metric.CASES_IN_TIME: ChartWording(
        "% de los casos que vencían en el mes que se respondió en su plazo",
        "% en su plazo, de los casos que vencían",
        "Cada medición es de uno o más meses enteros.",
        *_CASES,
    ),
}


def counted(measured: Metric) -> ChartWording:
    """The wording of an indicator's chart; that of grades 6 and 7 for a part of an area."""
    return _KINDS.get(measured, GRADES)


def charted_name(by: JudgedBy, area: str) -> str:
    """``«Motivo de notas 1 a 5: Espera» en Tránsito``. ``area``: its name."""
    if by.scope is Scope.MUNICIPALITY:
        return f"«{by.name}» en todo el municipio"
    return f"«{by.label}» en {area}"
