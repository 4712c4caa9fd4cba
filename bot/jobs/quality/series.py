"""Indicators other than the share of grades 6 and 7: which have figures, and their charts."""

from __future__ import annotations

from datetime import datetime

from bot.reports.words.area_words import channel_name
from handlers.indicators.counts import published_periods
from handlers.measures.choosing import IndicatorChoice, PartNames
from handlers.quality.charts import Period, pooled
from handlers.quality.series import AreaChart, share_chart
from handlers.release import Release
from storage.engine.database import Transaction
from storage.measures import choosing
from storage.quality import control, counts


def choices_of(
    tx: Transaction, release: Release, area: str, now: datetime
) -> list[IndicatorChoice]:
    """The indicators on which a measure of the area can be opened, as defined now.

    ``area`` empty: those of the municipality.
    """
    return choosing.choices_of(tx, PartNames(release.content, channel_name), area, now)


def chart_of(tx: Transaction, choice: IndicatorChoice) -> AreaChart:
    """The indicator's chart, from published figures only."""
    name = "-".join(filter(None, (choice.series.area or "municipio", *choice.key.split(":"))))
    published = published_periods(counts.counts_of(tx, choice.series))
    return share_chart(name, published, control.rebases(tx, choice.series))


def measurements_of(tx: Transaction, choice: IndicatorChoice) -> tuple[Period, ...]:
    """The points of the indicator's chart."""
    return pooled(published_periods(counts.counts_of(tx, choice.series)))
