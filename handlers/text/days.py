"""Days and moments as staff write them into forms and options."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

YEARS = range(2000, 3000)  # near the calendar's ends a day cannot be told in another zone


def day_of(text: str) -> date:
    """The day that ``2026-11-30`` names. Raises ValueError for what names none that is meant."""
    day = date.fromisoformat(text.strip())
    if day.year not in YEARS:
        raise ValueError("nobody means that year")
    return day


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """The moment that ``2026-11-30T18:05`` names in a zone; aware, UTC. Raises ValueError, as
    ``day_of``."""
    local = datetime.fromisoformat(text.strip())
    if local.year not in YEARS or local.tzinfo is not None:
        raise ValueError("nobody means that moment")
    return local.replace(tzinfo=zone).astimezone(UTC)
