"""When a data-rights request must be answered, and when staff are reminded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.cases.deadlines import WorkingCalendar, calendar_of
from handlers.content.model import Content
from handlers.facts.own_data import Right

SOON_DAYS = 3  # working days before the date; 1 for blocking, whose term is two


class PrivacyWarning(StrEnum):
    """A reminder to staff of a request or breach, in this order."""

    NEW = "new"
    SOON = "soon"
    OVERDUE = "overdue"


def due(right: Right, asked: datetime, content: Content) -> datetime:
    """The end of the last day (UTC): two working days for blocking, else 30 calendar days."""
    terms, calendar = content.privacy, calendar_of(content)
    day = calendar.local_day(asked)
    if right is Right.BLOCK:
        day = calendar.after(day, terms.block_working_days)
    else:
        day += timedelta(days=terms.answer_days)
    return calendar.end_of(day)


def warning_due(
    right: Right,
    due_at: datetime,
    told: Collection[PrivacyWarning],
    calendar: WorkingCalendar,
    now: datetime,
) -> PrivacyWarning | None:
    """The reminder due now, if any. ``told``: those already sent of this date."""
    days = 1 if right is Right.BLOCK else SOON_DAYS
    if now > due_at:
        step = PrivacyWarning.OVERDUE
    elif calendar.local_day(now) >= calendar.before(calendar.local_day(due_at), days):
        step = PrivacyWarning.SOON
    else:
        step = PrivacyWarning.NEW
    done = step in told or (step is PrivacyWarning.NEW and told)
    return None if done else step
