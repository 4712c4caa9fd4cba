"""WhatsApp's 24 hours: how long words of our own still arrive, and how many of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.channels.whatsapp.render import MAX_PARAMETER

LONGEST = 3_000  # with what stands around it, still one message on every channel
LONGEST_IN_TEMPLATE = MAX_PARAMETER - 200  # the same, within WhatsApp's approved template
LASTS = timedelta(hours=24)


def left(channel: str, last_wrote: datetime | None, now: datetime) -> timedelta | None:
    """How long WhatsApp still lets us answer in our own words; None: another channel."""
    if channel != "whatsapp" or last_wrote is None:
        return None
    return max(last_wrote + LASTS - now, timedelta())


def longest(remaining: timedelta | None, *, template: bool) -> int:
    """How many letters an answer may have; 0: none would arrive."""
    if remaining != timedelta():
        return LONGEST
    return LONGEST_IN_TEMPLATE if template else 0
