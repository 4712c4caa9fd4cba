"""Times as they are stored: microseconds since 1970 in UTC, and weeks as numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from handlers.quality.weeks import IsoWeek

MAX_CLOCK_SKEW = timedelta(minutes=5)
"""The largest step by which a clock is corrected. A link or session from further in the future was
made before the clock was set back: it would be valid again for long, so it is refused.
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=256)  # a batch writes its moment into every table
def micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """The inverse of ``micros``, in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


def moment_or_none(stored: int | None) -> datetime | None:
    """As ``moment``; None where nothing has happened yet: 0, or no row."""
    return _EPOCH + timedelta(microseconds=stored) if stored else None


def week_number(at: datetime, zone: tzinfo) -> int:
    """The ISO week of an aware moment in ``zone``, such as 202647."""
    calendar = at.astimezone(zone).isocalendar()
    return calendar.year * 100 + calendar.week


def stored_week(week: IsoWeek) -> int:
    """A week as its stored number."""
    return week.year * 100 + week.week


@lru_cache(maxsize=1024)
def iso_week(number: int) -> IsoWeek:
    """The inverse of ``stored_week``."""
    return IsoWeek(number // 100, number % 100)
