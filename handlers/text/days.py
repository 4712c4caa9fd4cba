"""Days as staff write them into forms and options."""

from __future__ import annotations

from datetime import date

YEARS = range(2000, 3000)  # near the calendar's ends a day cannot be told in another zone


def day_of(text: str) -> date:
    """The day that ``2026-11-30`` names. Raises ValueError for what names none that is meant."""
    day = date.fromisoformat(text.strip())
    if day.year not in YEARS:
        raise ValueError("nobody means that year")
    return day
