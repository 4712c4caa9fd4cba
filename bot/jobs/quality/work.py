"""Counts the municipality's own work for the digest."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from handlers.indicators.work import Work
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.cases.timeliness import timeliness
from storage.engine.database import Transaction
from storage.staff.readings import readings


def work_of(tx: Transaction, release: Release, week: IsoWeek, now: datetime) -> Work:
    """Counts of the last full month before the week's end, in the municipality's time zone."""
    content = release.content
    end = week.sunday + timedelta(days=1)  # so that a month ending with the week is full
    until = end.replace(day=1)
    since = (until - timedelta(days=1)).replace(day=1)
    begin, over = (datetime.combine(day, time(), content.zone) for day in (since, until))
    found = timeliness(tx, now, begin, over)
    edition = "" if content.policy is None else content.policy.edition
    read = readings(tx, edition) if edition else {}
    return Work(f"{since:%Y-%m}", found.in_time, found.due, read, edition)
