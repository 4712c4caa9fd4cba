"""The effect of a measure in Spanish: verdict, figures before and after, and weeks compared.

The wording is that of the indicator by which the measure is judged.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.reports.quality.indicator_words import left_out, number_text
from bot.reports.words.figure_words import counted, how_many, in_points, signed, weeks_named
from handlers.content.quality import Metric, Scope
from handlers.indicators.numerators import possible_counts
from handlers.measures.measures import Measure, State
from handlers.measures.steps import GRADES, JudgedBy, Measured, Origin
from handlers.messages import DeskSource
from handlers.quality.charts import MIN_ANSWERS
from handlers.quality.effects import Effectiveness, Side
from handlers.quality.intervals import Estimate, percent, rounded_points

VERDICTS = {
    Effectiveness.EFFECTIVE: "La medida fue efectiva.",
    Effectiveness.UNPROVEN: "No se puede decir que la medida sirviera.",
    Effectiveness.WORSE: "Después de la medida las notas fueron peores.",
    Effectiveness.TOO_FEW: "No hubo respuestas suficientes para medir su efecto.",
}
"""For measures judged by the share of grades 6 and 7."""

NOT_SHOWN = "Sus cifras no se muestran: con ellas se sabría de menos de 10 respuestas."


@dataclass(frozen=True, slots=True)
class _Wording:
    """``De quienes respondieron``, ``puso nota 6 o 7``, and the unit that is counted."""

    of: str
    did: str
    one: str = "respuesta"
    many: str = "respuestas"

    def number(self, n: int) -> str:
        return how_many(n, self.one, self.many)


_SATISFIED = _Wording("De quienes respondieron", "puso nota 6 o 7")
_WORDINGS = {
    Metric.SATISFIED: _SATISFIED,
    Metric.REASON: _Wording("De quienes pusieron nota 1 a 5", "nombró «{part}»"),
    Metric.USEFUL: _Wording("De quienes dijeron si les sirvió lo encontrado", "dijo que sí"),
    Metric.COMPLETION: _Wording("De quienes empezaron a responder", "llegó al final"),
    Metric.FOUND: _Wording("De las consultas", "encontró algo", "consulta", "consultas"),
    Metric.VISITS_SPARED: _Wording(
        "De las consultas de trámites", "fue de uno que se hace en línea", "consulta", "consultas"
    ),
    Metric.CASES_IN_TIME: _Wording(
        "De los casos que vencían", "se respondió en su plazo", "caso", "casos"
    ),
}


def verdict_text(verdict: Effectiveness, by: JudgedBy = GRADES) -> str:
    """Whether the measure worked."""
    if verdict is Effectiveness.TOO_FEW:
        return VERDICTS[verdict].replace("respuestas", _wording_of(by).many)
    if verdict is Effectiveness.WORSE and by.measured is not Metric.SATISFIED:
        return "Después de la medida su indicador fue peor."
    return VERDICTS[verdict]


def effect_text(measured: Measured, by: JudgedBy = GRADES) -> str:
    """Whether the measure worked, and the figures that show it or why there are none."""
    return f"{verdict_text(measured.effect.verdict, by)} {effect_sentence(measured, by)}"


def effect_told(measure: Measure, measured: Measured) -> str:
    """The effect for a digest, with the weeks compared. ``measure``: as it was then.

    The verdict is left out if the measure is closed as effective: its state says it.
    """
    text = effect_sentence if measure.state is State.EFFECTIVE else effect_text
    return f"{text(measured, measure.judged_by)} {compared(measure, measured)}"


def compared(measure: Measure, measured: Measured) -> str:
    """``Antes: semanas 9 a 16; después: semanas 17 a 24.``

    If a person opened the measure, the newest figure known then counts on neither side.
    """
    done = measure.done_week
    assert done is not None, "only what is done has an effect"
    first, after = measure.since.shifted(1), done.shifted(1)
    before = weeks_named(str(first), str(done)) if first <= done else "ninguna semana"
    if measure.opened.origin is not Origin.SIGNAL:
        before += ", sin la última cifra que se conocía al abrirla"
    return f"Antes: {before}; después: {weeks_named(str(after), measured.week)}."


def effect_sentence(measured: Measured, by: JudgedBy = GRADES) -> str:
    """The effect in one sentence: both shares with n, change, interval, and other areas."""
    found, said = measured.effect, _wording_of(by)
    if found.change is None:
        return _too_few(measured, said)
    if not measured.can_be_shown:
        return NOT_SHOWN.replace("respuestas", said.many)
    own = (
        f"{said.of}{_where(by)}, {said.did.format(part=by.part_name)} el"
        f" {_share(found.before)} antes ({said.number(found.before.n)}) y el"
        f" {_share(found.after)} después ({said.number(found.after.n)}), una diferencia de"
        f" {_points(found.before, found.after, found.change)}"
    )
    if by.less_is_better:
        own += ", y menos es mejor"
    return f"{own}{_comparison_clause(measured, by)}"


def effect_parts(measured: Measured, by: JudgedBy = GRADES) -> str:
    """The counts behind each side, what is excluded, and the indicator's version."""
    found, beside, said = measured.effect, measured.beside, []
    if measured.can_be_shown and found.change is not None:
        said.append(f"{_sides(found.before, found.after, by).capitalize()}.")
        if beside.change is not None:
            said.append(f"En las áreas sin medida: {_sides(beside.before, beside.after, by)}.")
    said.append(left_out(by.measured))
    said.append(f"Se juzga con «{by.name}», versión {by.version}.")
    return " ".join(said)


def _sides(before: Side, after: Side, by: JudgedBy) -> str:
    return f"antes {_of_all(before, by)}, después {_of_all(after, by)}"


def _of_all(side: Side, by: JudgedBy) -> str:
    """Counts for grades 6 and 7, whose blocks are published; percentages for others."""
    published = possible_counts(percent(side.x, side.n), side.n)
    x = range(side.x, side.x + 1) if by.is_default else published
    return f"{number_text(x)} de {counted(side.n)}"


def points_told(before: Side, after: Side, change: Estimate) -> tuple[int, int, int]:
    """The difference of the rounded percentages, with its interval."""
    points = percent(after.x, after.n) - percent(before.x, before.n)
    return (
        points,
        min(points, rounded_points(change.low)),
        max(points, rounded_points(change.high)),
    )


def _too_few(measured: Measured, said: _Wording) -> str:
    found, needed = measured.effect, f"hacen falta {MIN_ANSWERS} de cada lado"
    if not measured.can_be_shown:
        return f"{needed.capitalize()}."
    return f"Hubo {said.number(found.before.n)} antes y {counted(found.after.n)} después; {needed}."


def _comparison_clause(measured: Measured, by: JudgedBy) -> str:
    if by.scope is Scope.MUNICIPALITY:
        return "; es de todo el municipio, así que no hay áreas sin medida con que compararla."
    others = measured.beside
    if others.change is None:
        return "; otras áreas con que compararla no tienen cifras de esas semanas."
    beside = "en otra área" if others.areas == 1 else f"en {others.areas} áreas"
    change = _points(others.before, others.after, others.change)
    return f", y {beside} sin medida fue de {change} en las mismas semanas."


def _wording_of(by: JudgedBy) -> _Wording:
    return _WORDINGS.get(by.measured, _SATISFIED)


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
    points, low, high = points_told(before, after, change)
    return f"{in_points(points)} (entre {signed(low)} y {signed(high)})"
