"""When a request about own data has to be answered, in the municipality's calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from handlers.content.model import PrivacyTerms
from handlers.facts import Right

_SATURDAY = 5
_LAST_MOMENT = time(23, 59, 59)


def due(right: Right, asked: datetime, terms: PrivacyTerms, zone: ZoneInfo) -> datetime:
    """The end of the last day: two working days for blocking, else 30 calendar days; UTC."""
    day = asked.astimezone(zone).date()
    if right is Right.BLOCK:
        day = after_working_days(day, terms.block_working_days)
    else:
        day += timedelta(days=terms.answer_days)
    return datetime.combine(day, _LAST_MOMENT, zone).astimezone(UTC)


def after_working_days(day: date, count: int) -> date:
    """The day that is so many working days later."""
    while count:
        day += timedelta(days=1)
        count -= _works(day)
    return day


def _works(day: date) -> bool:
    """Administrative working days: Saturdays are none (Ley 19.880, article 25)."""
    return day.weekday() < _SATURDAY and day not in _public_holidays(day.year)


@lru_cache(maxsize=8)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("CL", years=year))
