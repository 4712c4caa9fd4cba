"""Whether a chart's text says what its picture does: ``python -m tests.simulations.charts.texts``.

Five questions on each of twelve charts are answered from the text alone by a plain reader, and
compared with the data; every wrong answer is printed. ``--texts`` prints texts and questions
without the answers, for a person to try.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from handlers.content.model import Content
from handlers.quality.charts import Direction, Rule
from handlers.quality.series import AreaChart, ChartPoint
from handlers.quality.weeks import IsoWeek
from tests.packaged import packaged
from tests.simulations.charts import reader
from tests.simulations.charts.areas import ChartedArea, charted_areas, text_of

SEED = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question. ``week``: the last one of the measurement that is asked about."""

    asks: str
    true: Callable[[ChartedArea, str], str]
    read: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a chart, its answer from the data, and how to find it in a text."""

    question: str
    true: str
    read: Callable[[str], str]


def questions(one: ChartedArea) -> list[Asked]:
    """The five on this chart."""
    return [_asked(one, name, back) for name, back in QUESTIONS[one.shows]]


def right(asked: Sequence[Asked], text: str) -> list[bool]:
    """Which of them are answered rightly from the text."""
    return [question.read(text) == question.true for question in asked]


def main(arguments: Sequence[str]) -> int:
    content = packaged().content
    found = list(charted_areas(content, SEED))
    if "--texts" in arguments:
        _print_texts(found, content)
        return 0
    texts = [text_of(one, content) for one in found]
    whole = elsewhere = 0
    for number, (one, text) in enumerate(zip(found, texts, strict=True)):
        asked = questions(one)
        told = right(asked, text)
        print(f"{one.shows:18} {sum(told)} of {len(asked)}")
        for question, is_right in zip(asked, told, strict=True):
            if not is_right:
                print(f"  {question.question} {question.read(text)!r}, not {question.true!r}")
        whole += sum(told)
        elsewhere += sum(right(asked, texts[number - 1]))
    all_ = 5 * len(found)
    print(f"all: {whole} of {all_}; from the text of another chart: {elsewhere} of {all_}")
    return 0 if whole >= 0.95 * all_ else 1


def _print_texts(found: Sequence[ChartedArea], content: Content) -> None:
    for one in found:
        print(f"\n{text_of(one, content)}")
        for number, question in enumerate(questions(one), start=1):
            print(f"  {number}. {question.question}")


def _asked(one: ChartedArea, name: str, back: int) -> Asked:
    kind, points = KINDS[name], one.chart.points
    week = points[-1 - back].last_week
    asks = kind.asks.format(week=_named(week))
    return Asked(asks, kind.true(one, week), lambda text: kind.read(text, _named(week)))


# Answers from the data, by nothing that writes the text.


def _named(week: str) -> str:
    at = IsoWeek.parse(week)
    return f"semana {at.week} de {at.year}"


def _percent(share: float | None) -> str:
    return "no se muestra" if share is None else f"{int(100 * share + 0.5 + 1e-9)} %"


def _point(chart: AreaChart, week: str) -> ChartPoint:
    return next(point for point in chart.points if point.last_week == week)


def _value(one: ChartedArea, week: str) -> str:
    point = _point(one.chart, week)
    return f"{_percent(point.share)}, {point.n}"


def _against(one: ChartedArea) -> str:
    if not one.chart.bases:
        return "aún sin base"
    share, base = one.chart.points[-1].share, one.chart.bases[-1].share
    if share is None or base is None:
        return "no se sabe"
    there, usual = int(_percent(share)[:-2]), int(_percent(base)[:-2])
    return "sobre" if there > usual else "bajo" if there < usual else "igual"


def _signal(one: ChartedArea) -> str:
    if not one.chart.signals:
        return "ninguna"
    last = one.chart.signals[-1]
    way = "bajó" if last.direction is Direction.FALL else "subió"
    rule = "medición" if last.rule is Rule.POINT else "promedio"
    return f"{way}, {_named(last.last_week)}, {rule}"


def _signals(one: ChartedArea) -> str:
    return f"{len(one.chart.signals)} de {len(one.chart.judged)}"


def _began(one: ChartedArea) -> str:
    return _named(one.chart.signals[0].last_week) if one.chart.signals else "nunca"


def _limits(one: ChartedArea, week: str) -> str:
    limits = _point(one.chart, week).limits
    return f"{_percent(limits.low)} a {_percent(limits.high)}" if limits else "ninguno"


def _missing(one: ChartedArea) -> str:
    points = one.chart.points
    found = [
        f"{_named(str(IsoWeek.parse(before.last_week).shifted(1)))} a"
        f" {_named(str(IsoWeek.parse(after.first_week).shifted(-1)))}"
        for before, after in pairwise(points)
        if IsoWeek.parse(before.last_week).shifted(1) < IsoWeek.parse(after.first_week)
    ]
    return "; ".join(found) or "ninguna"


def _weeks(one: ChartedArea, week: str) -> str:
    return f"{_named(_point(one.chart, week).first_week)} a {_named(week)}"


def _standing(one: ChartedArea, week: str) -> str:
    if not one.chart.bases:
        return "aún sin base"
    point = _point(one.chart, week)
    if point not in one.chart.judged:
        return "parte de la base"
    return "señal" if point.direction else "sin señal"


def _base(one: ChartedArea) -> str:
    if not one.chart.bases:
        return "aún ninguna"
    base = one.chart.bases[-1]
    return f"{_percent(base.share)}, {base.n}"


def _lacking(one: ChartedArea) -> str:
    return str(max(0, 12 - len(one.chart.points)))


def _anew(one: ChartedArea) -> str:
    rebase = one.chart.bases[-1].rebase if one.chart.bases else None
    return f"{_named(rebase.decided_week)}: {rebase.reason}" if rebase else "no"


def _hidden(one: ChartedArea) -> str:
    return str(sum(point.share is None for point in one.chart.points))


def _lowest(one: ChartedArea) -> str:
    shown = [point for point in one.chart.points if point.share is not None]
    low = min(shown, key=lambda point: point.share or 0)
    return f"{_percent(low.share)}, {_named(low.first_week)} a {_named(low.last_week)}"


def _opened(one: ChartedArea) -> str:
    days = [measure.opened_at.date() for measure in one.measures]
    return _named(str(IsoWeek.of_day(days[0]))) if days else "nunca"


def _done(one: ChartedArea) -> str:
    for measure in one.measures:
        if measure.done_week and measure.decision:
            return f"{_named(str(measure.done_week))}: {measure.decision.action}"
    return "nunca"


def _noted(one: ChartedArea) -> str:
    return "; ".join(f"{_named(str(note.week))}: {note.text}" for note in one.notes) or "no"


def _of_whole(asks: str, true: Callable[[ChartedArea], str], read: Callable[[str], str]) -> Kind:
    """A question on the chart and no single measurement."""
    return Kind(asks, lambda one, _: true(one), lambda text, _: read(text))


KINDS = {
    "value": Kind(
        "¿Qué porcentaje y cuántas respuestas tiene la medición que termina en la {week}?",
        _value,
        reader.value,
    ),
    "against": _of_whole(
        "¿Está la última medición sobre, bajo o igual que la base que rige?",
        _against,
        reader.against,
    ),
    "signal": _of_whole(
        "¿Cuál fue la última señal, en qué semana, y la dio la medición o el promedio?",
        _signal,
        reader.signal,
    ),
    "signals": _of_whole("¿Cuántas señales hubo, de cuántas juzgadas?", _signals, reader.signals),
    "began": _of_whole("¿En qué semana fue la primera señal?", _began, reader.began),
    "limits": Kind(
        "¿Qué límites tiene la medición que termina en la {week}?", _limits, reader.limits
    ),
    "missing": _of_whole("¿Qué semanas faltan?", _missing, reader.missing),
    "weeks": Kind("¿Qué semanas reúne la medición que termina en la {week}?", _weeks, reader.weeks),
    "standing": Kind(
        "¿Qué se dice de la medición que termina en la {week}: señal, sin señal, parte de la base"
        " o aún sin base?",
        _standing,
        reader.standing,
    ),
    "base": _of_whole("¿Cuál es la base que rige, y de cuántas respuestas?", _base, reader.base),
    "lacking": _of_whole("¿Cuántas mediciones faltan para la base?", _lacking, reader.lacking),
    "anew": _of_whole("¿Después de qué semana rige una base nueva, y por qué?", _anew, reader.anew),
    "hidden": _of_whole("¿Cuántas mediciones no muestran su porcentaje?", _hidden, reader.hidden),
    "lowest": _of_whole("¿Cuál es la medición más baja, y de qué semanas?", _lowest, reader.lowest),
    "opened": _of_whole("¿En qué semana se abrió la medida?", _opened, reader.opened),
    "done": _of_whole("¿En qué semana se hizo la medida, y qué se hizo?", _done, reader.done),
    "noted": _of_whole(
        "¿Junto a qué semana dejó una nota el área, y qué dice?", _noted, reader.noted
    ),
}

QUESTIONS = {
    "quiet": (("value", 0), ("against", 0), ("signal", 0), ("limits", 7), ("lowest", 0)),
    "signal up": (("value", 0), ("signal", 0), ("began", 0), ("limits", 2), ("hidden", 0)),
    "signal down": (("value", 0), ("against", 0), ("signal", 0), ("signals", 0), ("limits", 1)),
    "gap weeks": (("missing", 0), ("weeks", 10), ("value", 11), ("signal", 0), ("lowest", 0)),
    "pooled weeks": (("weeks", 10), ("value", 3), ("standing", 0), ("missing", 0), ("lowest", 0)),
    "no baseline yet": (("lacking", 0), ("value", 4), ("against", 0), ("limits", 0), ("base", 0)),
    "re-based": (("anew", 0), ("base", 0), ("limits", 0), ("against", 0), ("began", 0)),
    "measure and note": (("opened", 0), ("done", 0), ("noted", 0), ("began", 0), ("signal", 0)),
    "overdispersed": (("limits", 5), ("signals", 0), ("base", 0), ("lowest", 0), ("value", 1)),
    "a reason": (("value", 0), ("signal", 0), ("missing", 0), ("limits", 1), ("base", 0)),
    "cases by month": (("value", 0), ("weeks", 4), ("against", 0), ("began", 0), ("signals", 0)),
    "few answers": (("hidden", 0), ("weeks", 2), ("standing", 0), ("base", 0), ("limits", 0)),
}
"""Of each chart: the kind of question, and how many measurements back from the newest it asks."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
