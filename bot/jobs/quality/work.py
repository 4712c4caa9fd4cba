"""What a digest says of the municipality's own work, as it is counted in the database."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from handlers.indicators.work import Work
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.cases.timeliness import timeliness
from storage.engine.database import Transaction
from storage.staff.readings import readings


def work_of(tx: Transaction, release: Release, week: IsoWeek, now: datetime) -> Work:
    """Counts of the last full month before the week ended, in the municipality's time."""
    content = release.content
    end = week.sunday + timedelta(days=1)  # a month that ends with the week is whole
    until = end.replace(day=1)
    since = (until - timedelta(days=1)).replace(day=1)
    begin, over = (datetime.combine(day, time(), content.zone) for day in (since, until))
    found = timeliness(tx, now, begin, over)
    edition = "" if content.policy is None else content.policy.edition
    read = readings(tx, edition) if edition else {}
    return Work(f"{since:%Y-%m}", found.in_time, found.due, read, edition)
