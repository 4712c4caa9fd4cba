"""The effect of a measure in one sentence, in the words of the indicator that it is judged by."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reports.words.figure_words import how_many, in_points, signed
from handlers.content.quality import Measured as What
from handlers.content.quality import Scope
from handlers.measures.steps import GRADES, JudgedBy, Measured
from handlers.messages import DeskSource
from handlers.quality.effects import Effectiveness, Side
from handlers.quality.intervals import Estimate, percent, rounded_points

VERDICTS = {
    Effectiveness.EFFECTIVE: "La medida fue efectiva.",
    Effectiveness.UNPROVEN: "No se puede decir que la medida sirviera.",
    Effectiveness.WORSE: "Después de la medida las notas fueron peores.",
    Effectiveness.TOO_FEW: "No hubo respuestas suficientes para medir su efecto.",
}
"""For the share of grades 6 and 7."""

NOT_SHOWN = "Sus cifras no se muestran: con ellas se sabría de menos de 10 respuestas."


@dataclass(frozen=True, slots=True)
class _Said:
    """``De quienes respondieron``, ``puso nota 6 o 7``, and what is counted, one and many."""

    of: str
    did: str
    one: str = "respuesta"
    many: str = "respuestas"

    def number(self, n: int) -> str:
        return how_many(n, self.one, self.many)


_SATISFIED = _Said("De quienes respondieron", "puso nota 6 o 7")
_SAID = {
    What.SATISFIED: _SATISFIED,
    What.REASON: _Said("De quienes pusieron nota 1 a 5", "nombró «{part}»"),
    What.USEFUL: _Said("De quienes dijeron si les sirvió lo encontrado", "dijo que sí"),
    What.COMPLETION: _Said("De quienes empezaron a responder", "llegó al final"),
    What.FOUND: _Said("De las consultas", "encontró algo", "consulta", "consultas"),
    What.VISITS_SPARED: _Said(
        "De las consultas de trámites", "fue de uno que se hace en línea", "consulta", "consultas"
    ),
    What.CASES_IN_TIME: _Said(
        "De los casos que vencían", "se respondió en su plazo", "caso", "casos"
    ),
}


def verdict_text(verdict: Effectiveness, by: JudgedBy = GRADES) -> str:
    """Whether the measure worked."""
    if verdict is Effectiveness.TOO_FEW:
        return VERDICTS[verdict].replace("respuestas", _said(by).many)
    if verdict is Effectiveness.WORSE and by.measured is not What.SATISFIED:
        return "Después de la medida su indicador fue peor."
    return VERDICTS[verdict]


def effect_text(measured: Measured, by: JudgedBy = GRADES) -> str:
    """Whether the measure worked, and the sentence that shows it."""
    verdict = verdict_text(measured.effect.verdict, by)
    if measured.effect.verdict is Effectiveness.TOO_FEW:
        return verdict
    return f"{verdict} {effect_sentence(measured, by)}"


def effect_sentence(measured: Measured, by: JudgedBy = GRADES) -> str:
    """The effect in one sentence: change, interval, both n, and the areas without a measure."""
    found = measured.effect
    if found.change is None:
        return verdict_text(Effectiveness.TOO_FEW, by)
    if not measured.can_be_shown:
        return NOT_SHOWN.replace("respuestas", _said(by).many)
    said = _said(by)
    own = (
        f"{said.of}{_where(by)}, {said.did.format(part=by.part_name)} el"
        f" {_share(found.before)} antes ({said.number(found.before.n)}) y el"
        f" {_share(found.after)} después ({said.number(found.after.n)}), una diferencia de"
        f" {_points(found.before, found.after, found.change)}"
    )
    if by.less_is_better:
        own += ", y menos es mejor"
    return f"{own}{_beside(measured, by)}"


def _beside(measured: Measured, by: JudgedBy) -> str:
    if by.scope is Scope.MUNICIPALITY:
        return "; es de todo el municipio, así que no hay áreas sin medida con que compararla."
    others = measured.beside
    if others.change is None:
        return "; otras áreas con que compararla no tienen cifras de esas semanas."
    beside = "en otra área" if others.areas == 1 else f"en {others.areas} áreas"
    change = _points(others.before, others.after, others.change)
    return f", y {beside} sin medida fue de {change} en las mismas semanas."


def _said(by: JudgedBy) -> _Said:
    return _SAID.get(by.measured, _SATISFIED)


def _where(by: JudgedBy) -> str:
    match by.scope:
        case Scope.AREA:
            return ""
        case Scope.MUNICIPALITY:
            return " en todo el municipio"
        case Scope.CHANNEL:
            return (
                f" {by.part_name.lower()}" if by.part in set(DeskSource) else f" por {by.part_name}"
            )
        case Scope.SERVICE | Scope.DESK:
            return f" sobre «{by.part_name}»"


def _share(side: Side) -> str:
    return f"{percent(side.x, side.n)} %"


def _points(before: Side, after: Side, change: Estimate) -> str:
    """The difference of the percentages as they are printed, with its interval."""
    points = percent(after.x, after.n) - percent(before.x, before.n)
    low = min(points, rounded_points(change.low))
    high = max(points, rounded_points(change.high))
    return f"{in_points(points)} (entre {signed(low)} y {signed(high)})"
