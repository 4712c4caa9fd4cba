"""Days and moments as staff write them into forms and options."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from handlers.text.display import quoted

YEARS = range(2000, 3000)  # near the calendar's ends a day cannot be told in another zone
_DAY = re.compile(r"(\d+)-\d\d-\d\d", re.ASCII)


def day_of(text: str) -> date:
    """The day that ``2026-11-30`` names.

    Raises ValueError with what is wrong, a clause in Spanish; without words for an empty text.
    """
    written = text.strip()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise ValueError(_wrong(written)) from None
    if day.year not in YEARS:
        raise ValueError(_wrong_year(f"{day.year:04}"))
    return day


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """The moment that ``2026-11-30T18:05`` names in a zone; aware, UTC.

    Raises ValueError as ``day_of``, also for an hour that the zone's clocks leave out.
    """
    written = text.strip()
    day, _, _ = written.partition("T")
    day_of(day)
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(_wrong_hour(written)) from None
    if local.tzinfo is not None:
        raise ValueError(_wrong_hour(written))
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise ValueError(f"el {day} no tiene las {local:%H:%M}: ese día el reloj se adelanta")
    return moment


def hour_of(text: str) -> time:
    """The hour of the day that ``08:30`` names. Raises ValueError as ``day_of``."""
    written = text.strip()
    try:
        hour = time.fromisoformat(written)
    except ValueError:
        hour = None
    if hour is None or hour.tzinfo is not None:
        told = f"{quoted(written)} no es una hora; escríbala como 08:30" if written else ""
        raise ValueError(told)
    return hour.replace(second=0, microsecond=0)


def _wrong(written: str) -> str:
    if not written:
        return ""
    found = _DAY.fullmatch(written)
    if found is None:
        return f"{quoted(written)} no es una fecha; escríbala como 2026-11-30"
    year = int(found[1]) if len(found[1]) == 4 else 0
    return f"el {written} no está en el calendario" if year in YEARS else _wrong_year(found[1])


def _wrong_year(year: str) -> str:
    return f"el año {year} no se acepta: puede ser de {YEARS[0]} a {YEARS[-1]}"


def _wrong_hour(written: str) -> str:
    return f"{quoted(written)} no es un día con su hora; escríbalos como 2026-11-30T18:05"
