"""Deadlines in working days: the rule that gives a date, and the calendar that counts it.

A term begins the day after a case is filed; Saturdays do not count (Ley 19.880 art. 25). It ends
with its last day, so a due moment is the last second of a day in the municipality's zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from zoneinfo import ZoneInfo

import holidays
from holidays.constants import PUBLIC
from holidays.holiday_base import HolidayBase

from handlers.content.model import Content
from handlers.content.rules import CaseRules
from handlers.facts.cases import Due

OIRS = "OIRS"
_LAST_SECOND = time(23, 59, 59)
_DAY = timedelta(days=1)
_SATURDAY = 5
_WRITTEN = re.compile(r"(\S+) (\d{1,3}) working days")


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A number of working days set by a norm; stored as text beside each date that it gave."""

    norm: str
    days: int

    def __str__(self) -> str:
        return f"{self.norm} {self.days} working days"

    @classmethod
    def read(cls, written: str) -> DeadlineRule:
        """The inverse of ``str``. Raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(f"no rule: {written!r}")
        return cls(found[1], int(found[2]))


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working days and hours of one municipality; days are those of its zone."""

    zone: ZoneInfo
    opens: time
    closes: time
    added: frozenset[date] = frozenset()  # holidays that the ``holidays`` library lacks
    removed: frozenset[date] = frozenset()  # days that it wrongly has as holidays

    def is_working(self, day: date) -> bool:
        """Whether the day counts in a term."""
        if day.weekday() >= _SATURDAY or day in self.added:
            return False
        return day in self.removed or day not in _public_holidays(day.year)

    def after(self, day: date, count: int) -> date:
        """The day ``count`` working days after a day; 0: that day or the next working day."""
        while count or not self.is_working(day):
            day += _DAY
            if count and self.is_working(day):
                count -= 1
        return day

    def before(self, day: date, count: int) -> date:
        """The working day ``count`` working days before a day."""
        while count:
            day -= _DAY
            count -= self.is_working(day)
        return day

    def local_day(self, at: datetime) -> date:
        """The day of a moment in the municipality's zone."""
        return at.astimezone(self.zone).date()

    def due(self, since: datetime, rule: DeadlineRule) -> datetime:
        """When a term that began at ``since`` ends: aware, UTC, the last second of a day."""
        return self.end_of(self.after(self.local_day(since), rule.days))

    def end_of(self, day: date) -> datetime:
        """The last second of a day: aware, UTC."""
        return end_of_day(day, self.zone)

    def opening(self, day: date) -> datetime:
        """When the office opens on a day; aware, UTC."""
        return datetime.combine(day, self.opens, tzinfo=self.zone).astimezone(UTC)

    def is_open(self, at: datetime) -> bool:
        """Whether it is working time, when staff may get non-urgent notices."""
        local = at.astimezone(self.zone)
        return self.is_working(local.date()) and self.opens <= local.time() < self.closes

    def next_opening(self, at: datetime) -> datetime:
        """The next moment of working time; ``at`` itself if it is one."""
        if self.is_open(at):
            return at
        day = self.local_day(at)
        if not self.is_working(day) or at >= self.opening(day):
            day = self.after(day, 1)
        return self.opening(day)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day in a zone: aware, UTC."""
    return datetime.combine(day, _LAST_SECOND, tzinfo=zone).astimezone(UTC)


def calendar_of(content: Content, area: str = "") -> WorkingCalendar:
    """The calendar of a release; ``area``: with the hours of its staff."""
    rules = content.case_rules
    own = content.area_by_id.get(area)
    added = frozenset(day.date for day in content.holidays if not day.working)
    removed = frozenset(day.date for day in content.holidays if day.working)
    opens = own.opens if own is not None and own.opens is not None else rules.opens
    closes = own.closes if own is not None and own.closes is not None else rules.closes
    return WorkingCalendar(content.zone, opens, closes, added, removed)


def first_term(since: datetime, content: Content) -> Due:
    """The deadline of a case filed at ``since``, and its rule."""
    rule = DeadlineRule(OIRS, content.case_rules.answer_days)
    return Due(calendar_of(content).due(since, rule), str(rule))


def longest(since: datetime, written: str, rules: CaseRules, calendar: WorkingCalendar) -> Due:
    """The extended deadline of a case filed at ``since``, under the norm of its stored rule."""
    rule = DeadlineRule(DeadlineRule.read(written).norm, rules.longest_days)
    return Due(calendar.due(since, rule), str(rule))


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(_holidays_of_chile()(years=year, categories=PUBLIC))


@cache
def _holidays_of_chile() -> type[HolidayBase]:
    """The library's calendar of Chile, from its own file.

    ``country_holidays`` imports all other countries with it, which take 8 MB of every process.
    """
    spec = spec_from_file_location("chile", f"{holidays.__path__[0]}/countries/chile.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    chile: type[HolidayBase] = module.Chile
    return chile
