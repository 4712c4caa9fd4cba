"""Published figures in the words of the public pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.jobs.quality.indicators import (
    AreaIndicator,
    headline_value,
)
from bot.reports.quality.indicator_words import definition_text, mark, value_text
from bot.reports.words import area_words, figure_words
from handlers.content.quality import Indicator
from handlers.indicators.values import Value
from handlers.quality.charts import Direction
from handlers.quality.suppression import THRESHOLD

VARIATION = {Direction.FALL: "bajó", Direction.RISE: "subió", None: "sin cambio"}
NO_BASE = "aún sin base"  # in the data that can be checked
UNJUDGED = "si un área cambió, mientras no tiene mediciones suficientes para saberlo"
BY_CHANNEL = (
    f"sus notas por canal, cuando en alguno hay muy pocas para mostrarlas (menos de {THRESHOLD})"
)


def is_published(figures: AreaIndicator) -> bool:
    """Whether anything was ever published of its grades."""
    digest = figures.digest
    return digest is not None and bool(digest.satisfied or digest.bound or digest.latest)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """An area's newest figure in words."""

    area: str
    name: str
    percent: str
    rest: str
    variation: str  # a sentence; empty: it cannot be told yet
    channels: tuple[str, ...]  # none: they are not told apart
    apart: str
    note: str
    target: str  # empty: none is defined


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """An indicator of the whole municipality in words. ``target`` empty: none is set."""

    name: str
    percent: str
    rest: str  # its margin, and of how many
    target: str
    definition: str


def municipality_row(indicator: Indicator, value: Value) -> MunicipalityRow:
    """An indicator of the municipality and its target."""
    percent, _, rest = value_text(indicator, value).partition(" (")
    return MunicipalityRow(
        indicator.name,
        percent,
        rest.removesuffix(")"),
        _target(indicator, value),
        definition_text(indicator),
    )


def _target(indicator: Indicator, value: Value | None) -> str:
    """``No cumple la meta: 70 % o más``; empty where there is none."""
    if indicator.target is None:
        return ""
    said = figure_words.unbroken(mark(indicator, value).words)
    return said[:1].upper() + said[1:]


def row_of(figures: AreaIndicator, week: str, judging: Indicator | None) -> FigureRow:
    """A published area and the target of ``judging``. ``week``: the newest that is published."""
    digest = figures.digest
    assert digest is not None
    said = digest.latest or digest
    last = figure_words.last_week(digest, week)
    channels = area_words.channel_lines(digest) if digest.satisfied and digest.channels else []
    return FigureRow(
        figures.area.id,
        figures.area.short_name,
        figure_words.headline_percent(said),
        figure_words.unbroken(figure_words.headline_rest(said, last)),
        f"Variación: {variation(figures)}." if figures.chart.judged else "",
        tuple(figure_words.unbroken(channel) for channel in channels),
        "" if digest.apart is None else area_words.apart_text(digest.apart),
        figures.notes[0].text if figures.notes else "",
        "" if judging is None else _target(judging, headline_value(judging, figures)),
    )


def untold(rows: Sequence[FigureRow]) -> str:
    """What some areas lack, said once for all of them; empty: none lacks anything."""
    lacking = [UNJUDGED] * any(not row.variation for row in rows)
    lacking += [BY_CHANNEL] * any(not row.channels for row in rows)
    return f"No se muestra {', ni '.join(lacking)}." if lacking else ""


def variation(figures: AreaIndicator) -> str:
    """Whether the area's newest point fell, rose or did neither."""
    judged = figures.chart.judged
    return VARIATION[judged[-1].direction] if judged else NO_BASE
