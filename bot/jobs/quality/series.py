"""Indicators beside an area's grades 6 and 7: which have figures, and the chart of each."""

from __future__ import annotations

from datetime import datetime

from bot.reports.words.area_words import channel_name
from handlers.indicators.counts import as_printed
from handlers.indicators.drafts import every_version
from handlers.indicators.values import valid_in
from handlers.measures.choosing import Choice, Names, choices
from handlers.quality.charts import Period, pooled
from handlers.quality.series import AreaChart, share_chart
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Transaction
from storage.quality import control, counts
from storage.quality.indicator_versions import versions


def choices_of(tx: Transaction, release: Release, area: str, now: datetime) -> list[Choice]:
    """On which a measure of the area can be opened, as they are defined now.

    ``area`` empty: those of the municipality.
    """
    content = release.content
    definitions = every_version(content.indicators, versions(tx))
    valid = valid_in(definitions, IsoWeek.of(now, content.zone))
    names = Names(content, channel_name)
    return choices(area, valid, counts.series_shown(tx, {"", area}), names)


def chart_of(tx: Transaction, choice: Choice) -> AreaChart:
    """Its chart, of what was published alone."""
    name = "-".join(filter(None, (choice.series.area or "municipio", *choice.key.split(":"))))
    published = as_printed(counts.counts_of(tx, choice.series))
    return share_chart(name, published, control.rebases(tx, choice.series))


def measurements_of(tx: Transaction, choice: Choice) -> tuple[Period, ...]:
    """The points of its chart."""
    return pooled(as_printed(counts.counts_of(tx, choice.series)))
