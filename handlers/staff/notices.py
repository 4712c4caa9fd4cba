"""When a member of staff is told of something, and whether: their own choice, and working hours."""

from __future__ import annotations

from datetime import datetime

from handlers.cases.deadlines import calendar_of
from handlers.content.model import Content
from handlers.messages import Body, CaseNotice, CaseReminder, Channel, PersonWaits
from handlers.state import Staff


def notify_at(
    body: Body, staff: Staff | None, channel: Channel, content: Content, now: datetime
) -> datetime | None:
    """When this is told on this channel: ``now``, or when working hours begin; None: never.

    What is urgent is told at once and everywhere. So is what belongs to a conversation that goes
    on; its beginning is a choice. Warnings of deadlines are nobody's choice.
    """
    if staff is None or not isinstance(body, CaseNotice | CaseReminder | PersonWaits):
        return now
    if isinstance(body, CaseReminder):
        return now  # sent within working hours
    if body.urgent or (isinstance(body, PersonWaits) and body.added):
        return now
    if not (staff.by_mail if channel is Channel.MAIL else staff.by_chat):
        return None
    if isinstance(body, PersonWaits):
        return now  # begun within the hours of its area; the next day it is over
    return calendar_of(content, staff.area).next_opening(now)
