"""Stored times: microseconds since 1970 in UTC; and stored weeks: numbers such as 202647."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from handlers.quality.weeks import IsoWeek

MAX_CLOCK_SKEW = timedelta(minutes=5)
"""The largest expected correction of a clock.

A link or session from further in the future was made before the clock was set back. It is refused,
because it would be valid for too long.
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=256)  # a batch stores the same moment in every table
def micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """The inverse of ``micros``, in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


def moment_or_none(stored: int | None) -> datetime | None:
    """As ``moment``; None for 0 or None, which mean "not yet"."""
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
