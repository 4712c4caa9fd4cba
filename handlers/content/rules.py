"""What comes from the settings, not from the content folder: contact, deadlines, periods."""

from __future__ import annotations

from datetime import time

from handlers.content.fields import (
    StrictModel,
)


class GeneralContact(StrictModel):
    """The general contact, the last resort of every card."""

    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    place: str | None = None


class CaseRules(StrictModel):
    """Deadlines of cases. Days are working days, unless noted."""

    answer_days: int = 20  # Ley 18.695 art. 98
    longest_days: int = 30  # with an extension
    forward_hours: int = 24  # Ley 19.880 art. 14
    first_warning_days: int = 10
    second_warning_days: int = 3
    reopen_days: int = 30  # calendar days
    records_days: int = 20  # requests for public information: Ley 20.285 art. 14
    records_extension_days: int = 10
    file_megabytes: int = 10  # of a photo, PDF or audio that comes with a case
    audio_days: int = 7  # how long an audio is kept
    opens: time = time(8, 30)  # working hours, when staff get notices, on working days
    closes: time = time(17, 30)
    person_minutes: int = 15  # how long a handover waits to be taken before it becomes a case
    silent_minutes: int = (
        10  # how long a message may stay unanswered before it returns to the queue
    )
    idle_minutes: int = 60  # how long a handover may be silent before the assistant takes it back


class MeasureRules(StrictModel):
    """Deadlines of corrective measures, in working days."""

    decide_days: int = 10  # from the signal to a decision
    warning_days: int = 3  # before the decision and before the action are due


class PrivacyTerms(StrictModel):
    """Legal periods that citizens are told (Ley 19.628)."""

    answer_days: int = 30  # calendar days for any request (article 11)
    extension_days: int = 30  # once
    block_working_days: int = 2
    agency_working_days: int = 30  # to appeal to the Agency
    breach_report_hours: int = 72  # the law says "without undue delay" (article 14 sexies)
    comments_days: int = 365  # how long words are kept
