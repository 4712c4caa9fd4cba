"""Explains a published figure: its counts, what is excluded, and its definition's version."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.reports.quality.charts import chart_words
from bot.reports.quality.effect_words import effect_parts, effect_told
from bot.reports.quality.indicator_words import NOT_SHOWN, definition_text, made_of, value_text
from bot.reports.words import area_words, figure_words
from bot.reports.words.area_words import channel_name
from bot.reports.words.dates import with_weekday
from handlers.content.model import Content
from handlers.content.quality import PARTS, Indicator, Metric, Scope
from handlers.indicators.values import (
    PublishedBlocks,
    Value,
    area_value,
    municipality_value,
    part_values,
    valid_in,
)
from handlers.measures.measures import Measure
from handlers.quality.blocks import Block, Figure
from handlers.quality.figures import AreaDigest, Digest
from handlers.quality.series import AreaChart
from handlers.quality.weeks import IsoWeek

COLUMNS = 80
_LABEL = 14  # columns of a line's label
BURSTS = "respuestas apartadas por venir muchas de una misma red"
SETTLED = "Lo publicado no se cambia: una corrección posterior cuenta en la cifra siguiente."


def explain_text(
    digest: Digest,
    area: AreaDigest,
    blocks: Sequence[Block],
    chart: AreaChart,
    definitions: Sequence[Indicator],
    measures: Iterable[Measure] = (),
) -> str:
    """An area's figures explained, at most 80 columns wide.

    ``blocks``: the area's published ones up to the digest's week. ``definitions``: every version
    of every indicator. ``measures``: the area's.
    """
    lines = [f"{area.short_name}, resumen de la {chart_words.week_of_year(digest.week)}", ""]
    for label, text in explain_rows(digest, area, blocks, chart, definitions):
        lines.append(_wrapped(f"{label:<{_LABEL}}{text}", " " * _LABEL))
    closed = blocks[-1] if blocks and str(blocks[-1].last) == digest.week else None
    told = _told(definitions, digest, lambda one: area_value(one, area, closed))
    for name, text in explain_parts(definitions, digest, area):
        told += [_wrapped(name, "  "), _wrapped(f"  {text}", "  ")]
    if told:
        lines += ["", "Las otras cifras del área", *told]
    if effects := list(_effects(measures, IsoWeek.parse(digest.week))):
        lines += ["", "Efectos de sus medidas", *effects]
    lines += ["", _wrapped(SETTLED)]
    return "\n".join(lines) + "\n"


def explain_whole(
    published: PublishedBlocks, content: Content, definitions: Iterable[Indicator]
) -> str:
    """The figures of all areas together, each with its definition and the areas it counts."""
    digest = published.digest
    lines = [f"Todas las áreas, resumen de la {chart_words.week_of_year(digest.week)}", ""]
    lines += _told(definitions, digest, lambda one: municipality_value(one, content, published))
    if digest.total:
        each = [f"{one.short_name} {one.satisfied.n}" for one in digest.areas if one.satisfied]
        lines += ["", _wrapped(f"Respuestas de cada área con cifra nueva: {', '.join(each)}.")]
    lines += ["", _wrapped(SETTLED)]
    return "\n".join(lines) + "\n"


def explain_rows(
    digest: Digest,
    area: AreaDigest,
    blocks: Sequence[Block],
    chart: AreaChart,
    definitions: Iterable[Indicator],
) -> Iterator[tuple[str, str]]:
    """The explanation for a page, as pairs of label and text."""
    made = digest.made_at.astimezone(ZoneInfo(digest.zone))
    yield "Nota 6 o 7", area_words.headline(area, digest.week)
    if blocks:
        yield from _parts(blocks[-1])
    yield "No se cuenta", _left_out(area, digest.week, blocks)
    for indicator in valid_in(definitions, IsoWeek.parse(digest.week)):
        if (indicator.measured, indicator.scope) == (Metric.SATISFIED, Scope.AREA):
            yield "Definición", f"«{indicator.name}». {definition_text(indicator)}"
    yield "Publicada", f"{with_weekday(made)} a las {made:%H:%M}, hora local"
    yield "Gráfico", chart_words.title(chart, area.short_name)
    for base in chart.bases:
        yield (
            "Base" if base.rebase is None else "Base nueva",
            chart_words.base_text(base).removeprefix("Base "),
        )


def explain_parts(
    definitions: Iterable[Indicator], digest: Digest, area: AreaDigest
) -> Iterator[tuple[str, str]]:
    """Each service, desk and channel shown on its own, with the counts of its figure.

    Without a definition of its own, its area's applies.
    """
    valid = valid_in(definitions, IsoWeek.parse(digest.week))
    whole = [one for one in valid if (one.measured, one.scope) == (Metric.SATISFIED, Scope.AREA)]
    for scope in PARTS:
        own = [one for one in valid if one.scope is scope]
        for one in own or [each.model_copy(update={"scope": scope}) for each in whole]:
            for part, known in part_values(one, area).items():
                name = channel_name(part) if scope is Scope.CHANNEL else part
                made = f"{made_of(one, known)} {definition_text(one)}"
                yield f"{one.name}, {name}: {value_text(one, known)}", made


def _told(
    definitions: Iterable[Indicator], digest: Digest, value: Callable[[Indicator], Value | None]
) -> list[str]:
    """Each indicator with a value, except an area's grades 6 and 7, which come before."""
    lines: list[str] = []
    for one in valid_in(definitions, IsoWeek.parse(digest.week)):
        known = value(one)
        if known is not None and (one.measured, one.scope) != (Metric.SATISFIED, Scope.AREA):
            lines += _figure(one, one.name, known)
    return lines


def _figure(indicator: Indicator, name: str, value: Value) -> Iterator[str]:
    yield _wrapped(f"{name}: {value_text(indicator, value)}", "  ")
    yield _wrapped(f"  {made_of(indicator, value)} {definition_text(indicator)}", "  ")


def _effects(measures: Iterable[Measure], week: IsoWeek) -> Iterator[str]:
    """The effect of each measure, as measured up to ``week``."""
    for one in measures:
        if one.measured is not None and IsoWeek.parse(one.measured.week) <= week:
            yield _wrapped(f"{one.number}: {effect_told(one, one.measured)}", "  ")
            yield _wrapped(f"  {effect_parts(one.measured, one.judged_by)}", "  ")


def _wrapped(line: str, indent: str = "") -> str:
    return textwrap.fill(line, COLUMNS, subsequent_indent=indent, break_on_hyphens=False)


def _parts(block: Block) -> Iterator[tuple[str, str]]:
    weeks = figure_words.weeks_named(str(block.first), str(block.last))
    if block.figure is Figure.SHARE:
        yield "Cuántas", f"{figure_words.answers(block.satisfied)} con nota 6 o 7"
    else:
        yield "Cuántas", NOT_SHOWN
    yield "De cuántas", f"{figure_words.answers(block.n)} sobre una atención terminada, {weeks}"


def _left_out(area: AreaDigest, week: str, blocks: Sequence[Block]) -> str:
    """What the figure excludes; unfinished procedures only for the digest's own block."""
    if not blocks or str(blocks[-1].last) != week:
        return f"trámites sin terminar; {BURSTS}"
    apart = f"{BURSTS}: menos de 10" if area.apart is None else area_words.apart_text(area.apart)
    if area.pending is None:
        return f"trámites sin terminar: menos de 10, o protegen a menos de 10; {apart}"
    return f"{area.pending} con el trámite aún sin terminar, contadas aparte; {apart}"
