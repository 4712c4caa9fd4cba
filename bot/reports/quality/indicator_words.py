"""Indicators in Spanish: value with margin and answers, target status, and definition."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reports.words.dates import in_words
from bot.reports.words.figure_words import answers, counted, in_points, signed
from handlers.content.quality import Indicator, Metric, Scope
from handlers.indicators.numerators import possible_bottoms, possible_counts
from handlers.indicators.values import TargetStatus, Value, target_status
from handlers.quality.suppression import THRESHOLD

TARGET_STATUSES = {
    TargetStatus.MET: ("✔", "cumple la meta"),
    TargetStatus.NEAR: ("≈", "no se distingue de la meta"),
    TargetStatus.MISSED: ("✖", "no cumple la meta"),
    TargetStatus.UNKNOWN: ("–", "sin cifra que comparar con la meta"),
    TargetStatus.NO_TARGET: ("", "sin meta fijada"),
}
"""Signs of the target status; the words next to them say the same."""
_COUNTED_STANDING = {
    TargetStatus.MET: ("cumple la meta", "cumplen la meta"),
    TargetStatus.NEAR: ("no se distingue de la meta", "no se distinguen de la meta"),
    TargetStatus.MISSED: ("no cumple la meta", "no cumplen la meta"),
    TargetStatus.UNKNOWN: ("sin cifra que comparar con la meta",) * 2,
    TargetStatus.NO_TARGET: ("sin meta fijada",) * 2,
}

COUNTED = {
    Metric.SATISFIED: "De todas las notas de atenciones terminadas, qué parte es 6 o 7.",
    Metric.NET: "Parte con nota 6 o 7 menos parte con nota 1 a 4, en puntos.",
    Metric.REASON: "De quienes pusieron nota 1 a 5, qué parte nombró ese motivo.",
    Metric.COMPLETION: "De quienes empezaron a responder, qué parte llegó al final.",
    Metric.FOUND: "De todas las consultas, qué parte encontró algo.",
    Metric.USEFUL: "De quienes dijeron si les sirvió, qué parte dijo que sí.",
    Metric.COVERAGE: "De todas las áreas, qué parte tiene hoy trámites publicados, preguntas para"
    " opinar, un responsable y su información revisada.",
    Metric.CASES_IN_TIME: "De los casos cuyo plazo vencía en el último mes completo, qué parte se"
    " respondió a tiempo.",
    Metric.VISITS_SPARED: "De las consultas sobre trámites, qué parte es de los que se hacen en"
    " línea: visitas que se pudieron ahorrar.",
    Metric.READING: "Del personal, qué parte leyó y comprendió la Política de Calidad, en las"
    f" áreas en que lo hicieron {THRESHOLD} o más.",
}
_PARTS = {
    Metric.SATISFIED: "{x} de {n} respuestas tienen nota 6 o 7",
    Metric.NET: "{x} de {n} respuestas tienen nota 6 o 7, y {bottom}, nota 1 a 4",
    Metric.REASON: "{x} de {n} respuestas con nota 1 a 5 nombran ese motivo",
    Metric.COMPLETION: "{x} de {n} opiniones que se empezaron llegaron al final",
    Metric.FOUND: "{x} de {n} consultas encontraron algo",
    Metric.USEFUL: "{x} de {n} personas que contestaron dijeron que sí",
    Metric.COVERAGE: "De {n} áreas, con las cuatro cosas: {x}",
    Metric.CASES_IN_TIME: "{x} de {n} casos se respondieron a tiempo",
    Metric.VISITS_SPARED: "{x} de {n} consultas son de trámites que se hacen en línea",
    Metric.READING: "{x} de {n} personas la leyeron y comprendieron",
}
_NO_GRADES = "trámites sin terminar, ni respuestas apartadas por venir muchas de una misma red"
LEFT_OUT = {
    Metric.SATISFIED: _NO_GRADES,
    Metric.NET: f"{_NO_GRADES}; la nota 5 cuenta solo en el total",
    Metric.REASON: _NO_GRADES,
    Metric.COMPLETION: _NO_GRADES,
    Metric.FOUND: "",
    Metric.USEFUL: "quienes no contestaron si les sirvió",
    Metric.COVERAGE: "",
    Metric.CASES_IN_TIME: "casos sin plazo, ni los que se cerraron sin una respuesta",
    Metric.VISITS_SPARED: "consultas que no llevaron a un trámite",
    Metric.READING: f"áreas en que la comprendieron menos de {THRESHOLD}",
}
"""What each metric excludes; empty if nothing."""

NOT_SHOWN = f"no se muestra: con ese número se sabría de menos de {THRESHOLD} respuestas"
NOUNS = {
    Scope.AREA: ("área", "áreas"),
    Scope.SERVICE: ("trámite", "trámites"),
    Scope.DESK: ("mesón", "mesones"),
    Scope.CHANNEL: ("canal de un área", "canales de áreas"),
}
"""Singular and plural of an indicator's denominator."""

OF_EACH = {
    Scope.SERVICE: "De cada trámite del área, sin lo de mesones que se cuentan aparte.",
    Scope.DESK: "De cada mesón del área donde atienden tres personas o más.",
    Scope.CHANNEL: "De cada canal por el que se respondió sobre el área.",
}
OF_NEW = "Suma solo las áreas que tienen cifra nueva en la semana, que no son siempre las mismas."

_UNITS = {
    Metric.FOUND: "consultas",
    Metric.VISITS_SPARED: "consultas",
    Metric.CASES_IN_TIME: "casos",
}
NO_VALUE = "sin cifra: faltan respuestas, o se protege a menos de 10"


@dataclass(frozen=True, slots=True)
class Mark:
    """A target status as sign, words and CSS class."""

    sign: str
    words: str
    kind: str


def mark(indicator: Indicator, value: Value | None) -> Mark:
    """The status of a value against the target, which the words include."""
    standing = target_status(indicator, value)
    sign, said = TARGET_STATUSES[standing]
    if indicator.target is not None:
        said = f"{said}: {target_text(indicator)}{_judged_with(standing, value)}"
    return Mark(sign, said, standing.name.lower())


def target_text(indicator: Indicator) -> str:
    """``70 % o más``; empty without a target."""
    if indicator.target is None:
        return ""
    side = "menos" if indicator.less_is_better else "más"
    return f"{_number(indicator, indicator.target)} o {side}{_example(indicator)}"


def standing_text(indicator: Indicator, standing: TargetStatus) -> str:
    """``cumple la meta``, and whether that is an example."""
    return TARGET_STATUSES[standing][1] + _example(indicator)


def counted_standing(standing: TargetStatus, count: int) -> str:
    """What so many do, as the verb of a sentence about them: ``cumplen la meta``."""
    one, several = _COUNTED_STANDING[standing]
    return one if count == 1 else several


def _example(indicator: Indicator) -> str:
    return " (ejemplo)" if indicator.target_is_example else ""


def value_text(indicator: Indicator, value: Value | None) -> str:
    """``75 % (entre 63 % y 84 %; 60 respuestas)``."""
    if value is None:
        return NO_VALUE
    number = _number(indicator, value.number)
    if indicator.measured is Metric.COVERAGE:
        return f"{number} de {value.n} áreas"
    if indicator.measured is Metric.READING:
        return f"{number} de {value.n} personas"
    counted = (
        f"{value.n} {_UNITS[indicator.measured]}"
        if indicator.measured in _UNITS
        else answers(value.n)
    )
    if value.is_bound:
        return f"{number} o {'más' if value.high == 100 else 'menos'} ({counted})"
    low, high = (
        (signed(value.low), signed(value.high))
        if indicator.measured is Metric.NET
        else (f"{value.low} %", f"{value.high} %")
    )
    return f"{number} (entre {low} y {high}; {counted}{_without_others(value)})"


def made_of(indicator: Indicator, value: Value | None) -> str:
    """The counts behind a value, and what is excluded; empty without a value."""
    if value is None:
        return ""
    if value.is_bound:
        return f"Cuántas de {answers(value.n)}, {NOT_SHOWN}. {left_out(indicator.measured)}"
    exact = None if value.x is None else range(value.x, value.x + 1)
    share, bottom = value.share, ""
    tops = exact or possible_counts(share.percent if share else value.number, value.n)
    if share is not None:
        bottom = number_text(possible_bottoms(value.number, tops, value.n))
    said = _PARTS[indicator.measured].format(x=number_text(tops), n=counted(value.n), bottom=bottom)
    said = said[0].upper() + said[1:]
    if len(tops) > 1:
        said += ", según el porcentaje, que es lo que se publica"
    return f"{said}. {left_out(indicator.measured)}"


def left_out(measured: Metric) -> str:
    """``No se cuentan trámites sin terminar, …``."""
    said = LEFT_OUT[measured]
    return f"No se cuentan {said}." if said else "No se deja nada fuera."


def number_text(possible: range) -> str:
    """``22``, or ``entre 420 y 425`` if all of them round to the published percentage."""
    if len(possible) == 1:
        return counted(possible[0])
    return f"entre {counted(possible[0])} y {counted(possible[-1])}"


def definition_text(indicator: Indicator) -> str:
    """What is counted, from which minimum, against which target, and since when."""
    day = indicator.valid_from
    parts = [COUNTED[indicator.measured]]
    if indicator.scope in OF_EACH:
        parts.append(OF_EACH[indicator.scope])
    if (indicator.measured, indicator.scope) == (Metric.SATISFIED, Scope.MUNICIPALITY):
        parts.append(OF_NEW)
    if indicator.measured is Metric.READING:
        parts.append(f"Desde {indicator.least} personas.")
    elif indicator.measured is not Metric.COVERAGE:
        parts.append(f"Desde {indicator.least} {_UNITS.get(indicator.measured, 'respuestas')}.")
    parts.append(
        f"Meta: {target_text(indicator)}." if indicator.target is not None else "Sin meta fijada."
    )
    parts.append(f"Versión {indicator.version}, vigente desde el {in_words(day)}.")
    return " ".join(parts)


def _without_others(value: Value) -> str:
    if value.others is None:
        return ""
    if value.others.areas == 1:
        return ", sin 1 área que solo muestra un límite"
    return f", sin {value.others.areas} áreas que solo muestran un límite"


def _judged_with(standing: TargetStatus, value: Value | None) -> str:
    """What the status counts that the number beside it does not show."""
    if value is not None and value.is_bound and standing is TargetStatus.NEAR:
        return ", por el margen de tan pocas respuestas"
    if value is None or value.others is None:
        return ""
    return f", contando {'esa área' if value.others.areas == 1 else 'esas áreas'}"


def _number(indicator: Indicator, number: int) -> str:
    return in_points(number) if indicator.measured is Metric.NET else f"{number} %"
