"""When the Agency must be told of a breach, and when staff are reminded.

The law says "without undue delay". The term is a setting in hours by the clock, so reminders are
sent at night and on holidays too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from handlers.privacy.breaches.breach import Breach
from handlers.privacy.due import PrivacyWarning


def report_by(noticed_at: datetime, hours: int) -> datetime:
    """The end of the term."""
    return noticed_at + timedelta(hours=hours)


def warning_due(
    breach: Breach, told: Collection[PrivacyWarning], now: datetime
) -> PrivacyWarning | None:
    """The reminder due now, if any. ``told``: those already sent of this date.

    SOON covers the last third of the term.
    """
    if breach.due_at is None:
        return None
    if now > breach.due_at:
        step = PrivacyWarning.OVERDUE
    elif now >= breach.due_at - timedelta(hours=breach.hours) / 3:
        step = PrivacyWarning.SOON
    else:
        step = PrivacyWarning.NEW
    done = step in told or (step is PrivacyWarning.NEW and told)
    return None if done else step
