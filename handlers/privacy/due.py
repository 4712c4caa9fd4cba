"""When a request about own data has to be answered, in the municipality's calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.cases.deadlines import calendar_of
from handlers.content.model import Content
from handlers.facts import Right


def due(right: Right, asked: datetime, content: Content) -> datetime:
    """The end of the last day: two working days for blocking, else 30 calendar days; UTC."""
    terms, calendar = content.privacy, calendar_of(content)
    day = calendar.local_day(asked)
    if right is Right.BLOCK:
        day = calendar.after(day, terms.block_working_days)
    else:
        day += timedelta(days=terms.answer_days)
    return calendar.end_of(day)
