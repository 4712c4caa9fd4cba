"""The duty roster: on which days and at which hours somebody is on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """One line of the roster. ``area`` empty: the whole municipality.

    If ``ends`` is not after ``begins`` it is on the next day; equal times mean a whole day.
    """

    staff: int
    area: str
    first_day: date
    last_day: date | None  # None: until it is removed
    weekdays: frozenset[int]  # 1 is Monday
    begins: time
    ends: time
    zone: ZoneInfo
    id: int = 0

    def covers(self, at: datetime) -> bool:
        """Whether the person is on duty at that moment."""
        local = at.astimezone(self.zone)
        today, now = local.date(), local.time()
        if self.begins < self.ends:
            return self._is_of(today) and self.begins <= now < self.ends
        return (self._is_of(today) and now >= self.begins) or (
            self._is_of(today - _DAY) and now < self.ends
        )

    def is_over(self, at: datetime) -> bool:
        """Whether the line has ended for good."""
        day = at.astimezone(self.zone).date()
        return self.last_day is not None and self.last_day + _DAY < day

    def _is_of(self, day: date) -> bool:
        begun = self.first_day <= day and (self.last_day is None or day <= self.last_day)
        return begun and day.isoweekday() in self.weekdays
