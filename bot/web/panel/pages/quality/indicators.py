"""The indicators of every area that the person may see: what changed, and what was measured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from aiohttp import web

from bot.jobs.quality.indicators import (
    AreaIndicator,
    headline,
    headline_value,
    load_history,
    load_indicators,
)
from bot.jobs.quality.series import choices_of
from bot.reports.quality.indicator_words import Mark, definition_text, made_of, mark, value_text
from bot.reports.words import figure_words
from bot.reports.words.dates import week_label
from bot.web.panel.visit import Visit
from handlers.content.quality import Indicator, Scope
from handlers.indicators.values import (
    PublishedBlocks,
    Value,
    municipality_value,
    valid_in,
)
from handlers.quality.charts import Direction
from handlers.quality.parts import alphabetical
from handlers.staff.permissions import Action

MOST_TOLD = 26  # measurements of a chart as rows of its table, unless all are asked for
SIGNS = {
    Direction.FALL: ("▼", "bajó", "fell"),
    Direction.RISE: ("▲", "subió", "rose"),
    None: ("●", "sin cambio", "same"),
}
NO_BASE = ("○", "aún sin base", "none")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One area: sign, word and class of its variation, and its newest figure."""

    area: str
    name: str
    sign: str
    word: str
    kind: str
    percent: str
    rest: str
    target: Mark | None  # None: no indicator of the content says it


async def page(visit: Visit) -> web.Response:
    """GET /panel/indicadores."""
    found = await load_indicators(visit.panel.database, visit.panel.release)
    content = visit.panel.release.content
    seen = visit.areas(Action.READ_INDICATORS)
    week = str(found.week) if found.week else ""
    judging = headline(found)
    rows = [row(figures, week, judging) for figures in found.areas if figures.area.id in seen]
    rows.sort(key=lambda row: alphabetical(row.name))
    history = await load_history(visit.panel.database)
    release, now = visit.panel.release, visit.now
    known = await visit.panel.database.read(lambda tx: choices_of(tx, release, "", now))
    charted = {choice.key for choice in known}
    whole = lines(
        found.definitions,
        Scope.MUNICIPALITY,
        history,
        lambda indicator, at: municipality_value(indicator, content, at),
    )
    return visit.page(
        "quality/indicators.html.j2",
        rows=rows if found.week else [],
        week=found.week,
        whole=[replace(line, chart=chart_path(line, "", charted)) for line in whole],
        may_edit=visit.may(Action.EDIT_INDICATORS),
    )


def row(figures: AreaIndicator, week: str, judging: Indicator | None) -> IndicatorRow:
    """What the table says of an area."""
    sign, word, kind = variation(figures)
    percent, rest = figure(figures, week)
    target = None if judging is None else mark(judging, headline_value(judging, figures))
    return IndicatorRow(
        figures.area.id, figures.area.short_name, sign, word, kind, percent, rest, target
    )


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator: its newest value, its standing, its definition, and the weeks before."""

    name: str
    value: str
    known: bool  # whether there is a value
    made_of: str  # how many of how many, and what is left out; empty without a value
    target: Mark
    definitions: tuple[str, ...]  # the newest version first
    before: tuple[str, ...]  # the newest week first
    key: str  # of the indicator, as a choice has it
    chart: str = ""  # the address of its chart; empty: it has none


def lines(
    definitions: Sequence[Indicator],
    scope: Scope,
    history: Sequence[PublishedBlocks],
    measure: Callable[[Indicator, PublishedBlocks], Value | None],
) -> list[IndicatorLine]:
    """Those of a scope that are valid in the newest published week; each week by its version."""
    if not history:
        return []
    found = [
        indicator
        for indicator in valid_in(definitions, history[0].week)
        if indicator.scope is scope
    ]
    return [_line(indicator, definitions, history, measure) for indicator in found]


def _line(
    indicator: Indicator,
    definitions: Sequence[Indicator],
    history: Sequence[PublishedBlocks],
    measure: Callable[[Indicator, PublishedBlocks], Value | None],
) -> IndicatorLine:
    value = measure(indicator, history[0])
    versions = [other for other in definitions if other.id == indicator.id]
    before = []
    for at in history[1:] if indicator.period != "now" else ():
        for then in valid_in(versions, at.week):
            said = measure(then, at)
            if said is not None:
                judged = mark(then, said).words
                text = f"versión {then.version}: {value_text(then, said)}; {judged}"
                if then.period == "month":
                    text = f"Mes {at.digest.cases_month}, {text}"
                else:
                    text = f"{week_label(at.week)}, {text}"
                if text not in before:  # the weeks of a month repeat its figure
                    before.append(text)
    return IndicatorLine(
        indicator.name,
        value_text(indicator, value),
        value is not None,
        made_of(indicator, value),
        mark(indicator, value),
        tuple(definition_text(v) for v in sorted(versions, key=lambda v: -v.version)),
        tuple(before),
        indicator.id,
    )


def chart_path(line: IndicatorLine, area: str, charted: Collection[str]) -> str:
    """The address of an indicator's chart; empty: it has none."""
    return path_to_chart(line.key, area) if line.key and line.key in charted else ""


def path_to_chart(key: str, area: str) -> str:
    """``key``: of the indicator's choice. ``area`` empty: it is of the municipality."""
    where = f"/panel/indicadores/{quote(area)}/grafico" if area else "/panel/grafico"
    return f"{where}?indicador={quote(key)}"


def variation(figures: AreaIndicator) -> tuple[str, str, str]:
    """Sign, word and class of the last judged point."""
    judged = figures.chart.judged
    return SIGNS[judged[-1].direction] if judged else NO_BASE


def figure(figures: AreaIndicator, week: str) -> tuple[str, str]:
    """The newest percentage, with its details."""
    if figures.digest is None:
        return "", figure_words.NO_FIGURE.lower()
    said = figures.digest.latest or figures.digest
    last = figure_words.last_week(figures.digest, week)
    percent, rest = figure_words.headline_percent(said), figure_words.headline_rest(said, last)
    return figure_words.unbroken(percent), figure_words.unbroken(rest)
