"""The indicators on which a measure can be opened, as currently defined."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.indicators.drafts import all_versions
from handlers.indicators.values import valid_in
from handlers.measures.choosing import IndicatorChoice, PartNames, choices
from handlers.quality.weeks import IsoWeek
from storage.quality import counts
from storage.quality.indicator_versions import versions


def choices_of(tx: Connection, names: PartNames, area: str, now: datetime) -> list[IndicatorChoice]:
    """The indicators of an area (empty: of the municipality), the usual one first."""
    content = names.content
    definitions = all_versions(content.indicators, versions(tx))
    valid = valid_in(definitions, IsoWeek.of(now, content.zone))
    return choices(area, valid, counts.series_shown(tx, {"", area}), names)
