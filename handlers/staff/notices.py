"""Whether and when a member of staff gets a notice: by their choice and working hours."""

from __future__ import annotations

from datetime import datetime

from handlers.cases.deadlines import calendar_of
from handlers.content.model import Content
from handlers.messages import Body, CaseNotice, CaseReminder, Channel, PersonWaits
from handlers.state import Staff


def notify_at(
    body: Body, staff: Staff | None, channel: Channel, content: Content, now: datetime
) -> datetime | None:
    """When a notice is sent on this channel: ``now``, or at the next working hours; None: never.

    Urgent notices, and messages of a handover in progress, are sent at once on every channel.
    Deadline warnings are always sent; other notices can be declined.
    """
    if staff is None or not isinstance(body, CaseNotice | CaseReminder | PersonWaits):
        return now
    if isinstance(body, CaseReminder):
        return now  # only created within working hours
    if body.urgent or (isinstance(body, PersonWaits) and body.added):
        return now
    if not (staff.by_mail if channel is Channel.MAIL else staff.by_chat):
        return None
    if isinstance(body, PersonWaits):
        return now  # a handover begins within its area's hours, and is over the next day
    return calendar_of(content, staff.area).next_opening(now)
