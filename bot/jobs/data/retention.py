"""Retention periods, from the settings' days to what storage takes."""

from __future__ import annotations

from datetime import timedelta

from bot.config import PrivacySettings
from storage.privacy.retention import Periods


def periods_of(privacy: PrivacySettings) -> Periods:
    """The configurable retention periods."""
    return Periods(
        comments=timedelta(days=privacy.comments_days),
        failed_messages=timedelta(days=privacy.failed_messages_days),
        closed_cases=timedelta(days=privacy.closed_cases_days),
        idle_contacts=timedelta(days=privacy.idle_contacts_days),
    )
