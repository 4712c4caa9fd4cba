"""ISO weeks: the period of every digest, and its bounds in the municipality's time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 2000, 2999
_WRITTEN = re.compile(r"(\d{4})-?[Ww](\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """A week of ISO 8601: Monday to Sunday, numbered within its ISO year."""

    year: int
    week: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.week, 1)  # ValueError for a week that does not exist

    @classmethod
    def parse(cls, text: str) -> IsoWeek:
        """Read ``2026-W47`` (or ``2026W47``); ValueError says what is allowed."""
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise ValueError(f"{text!r} is not a week; write it as 2026-W47")
        year = int(written[1])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"{text!r} is in a year without answers")
        return cls(year, int(written[2]))

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> IsoWeek:
        """The week in which an aware moment falls in ``zone``."""
        return cls.of_day(moment.astimezone(zone).date())

    @classmethod
    def of_day(cls, day: date) -> IsoWeek:
        calendar = day.isocalendar()
        return cls(calendar.year, calendar.week)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.week:02d}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def sunday(self) -> date:
        return date.fromisocalendar(self.year, self.week, 7)

    def shifted(self, weeks: int) -> IsoWeek:
        """The week ``weeks`` later (earlier, when negative)."""
        return _shifted(self, weeks)

    def previous(self, count: int) -> tuple[IsoWeek, ...]:
        """The ``count`` weeks before this one, oldest first."""
        return tuple(self.shifted(-back) for back in range(count, 0, -1))

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """First moment of the week and first moment after it, in UTC.

        Both are local midnights, so the week in which clocks change lasts 167 or 169 hours.
        """
        return _midnight(self.monday, zone), _midnight(self.shifted(1).monday, zone)


@lru_cache(maxsize=4096)  # the same few hundred weeks are asked for over and over
def _shifted(week: IsoWeek, weeks: int) -> IsoWeek:
    return IsoWeek.of_day(week.monday + timedelta(weeks=weeks))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
