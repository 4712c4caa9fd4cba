"""A control run as text. Signals are worded "subió" and "bajó", reserved for them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from bot.reports.words import digest_words as words
from bot.reports.words import figure_words
from bot.reports.words.dates import week_label, with_weekday
from handlers.quality.charts import Direction, Limits, Rule
from handlers.quality.control import AreaRun, ControlRun, Judged, Standing
from handlers.quality.parts import alphabetical
from handlers.quality.weeks import IsoWeek

COLUMNS = 80
NOT_SHOWN = "su base y sus límites no se muestran: con ellos se sabría de menos de 10 respuestas"

_TITLES = {
    Standing.SIGNAL: "con señal",
    Standing.QUIET: "sin señal",
    Standing.NOTHING_NEW: "sin medición nueva",
    Standing.GATHERING: "aún sin gráfico",
}
_SAID = {Direction.FALL: "bajó", Direction.RISE: "subió"}


def control_text(run: ControlRun, name: Callable[[str], str], zone: ZoneInfo) -> str:
    """The run, at most 80 columns wide, areas in alphabetical order. ``name``: id → name."""
    found = {standing: _in_order(run.with_standing(standing), name) for standing in _TITLES}
    counted = ", ".join(f"{len(found[standing])} {title}" for standing, title in _TITLES.items())
    week = IsoWeek.parse(run.week)
    lines = [words.MADE_UP.upper()] if run.made_up else []
    lines.append(f"Control de la {week_label(week).lower()}")
    lines += _wrapped(f"{len(run.areas)} áreas: {counted}.")
    for standing, areas in found.items():
        if areas:
            lines += ["", _TITLES[standing].capitalize()]
            lines += _standing_lines(standing, areas, name)
    made = run.made_at.astimezone(zone)
    lines += ["", *_wrapped(_rules(run))]
    lines.append(f"Hecho el {with_weekday(made)} a las {made:%H:%M}, hora local. No se cambia.")
    return "\n".join(lines) + "\n"


def _in_order(areas: Iterable[AreaRun], name: Callable[[str], str]) -> list[AreaRun]:
    return sorted(areas, key=lambda run: alphabetical(name(run.area)))


def _standing_lines(
    standing: Standing, areas: list[AreaRun], name: Callable[[str], str]
) -> list[str]:
    if standing is Standing.SIGNAL:
        return [line for run in areas for line in _wrapped(_signal(run, name(run.area)))]
    if standing is Standing.GATHERING:
        return _wrapped(", ".join(f"{name(run.area)} {run.points}" for run in areas) + ".")
    return _wrapped(", ".join(name(run.area) for run in areas) + ".")


def _signal(run: AreaRun, name: str) -> str:
    judged = run.judged
    assert judged is not None
    assert judged.direction is not None
    said = f"- {name} {_SAID[judged.direction]} más de lo esperable"
    weeks = figure_words.weeks_named(judged.first_week, judged.last_week)
    numbers = _numbers(judged) if run.can_be_shown else NOT_SHOWN
    return f"{said}, {weeks}: {numbers}."


def _numbers(judged: Judged) -> str:
    if judged.rule is Rule.EWMA:
        average = f"{_percent(judged.average)} en promedio con las semanas anteriores"
        return f"{average}; lo esperable era {_between(judged.average_limits)}"
    share = f"{_percent(judged.x / judged.n)} de {figure_words.answers(judged.n)} con nota 6 o 7"
    return f"{share}; lo esperable era {_between(judged.limits)}"


def _rules(run: ControlRun) -> str:
    return (
        f"La base de cada área son sus primeras {run.least_points} mediciones de"
        f" {run.least_answers} respuestas o más, y no se mueve. Hay señal cuando una medición"
        " posterior queda fuera de sus límites; si no, cuando queda fuera su promedio con las"
        " anteriores. Un área aún sin gráfico lleva al lado cuántas mediciones tiene."
    )


def _between(limits: Limits) -> str:
    return f"entre {_percent(limits.low)} y {_percent(limits.high)}"


def _percent(fraction: float) -> str:
    return f"{100 * fraction:.1f} %".replace(".", ",")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        COLUMNS,
        subsequent_indent="  " if text.startswith("- ") else "",
        break_on_hyphens=False,
    )
