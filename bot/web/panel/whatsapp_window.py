"""WhatsApp's 24 hours: how long what staff write still arrives at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.messages import WINDOW

LONGEST = 3_000  # with what stands around it, still one message on every channel


def time_left(channel: str, last_wrote: datetime | None, now: datetime) -> timedelta | None:
    """How long WhatsApp still lets us write freely; None: another channel."""
    if channel != "whatsapp" or last_wrote is None:
        return None
    return max(last_wrote + WINDOW - now, timedelta())
