"""What an installation sets, not the content folder: the general contact, deadlines and periods."""

from __future__ import annotations

from datetime import time

from handlers.content.fields import (
    StrictModel,
)


class GeneralContact(StrictModel):
    """The last resort of every card; comes from configuration, not from the content folder."""

    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    place: str | None = None


class CaseRules(StrictModel):
    """Deadlines of cases; comes from configuration. Days are working days, unless said."""

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
    opens: time = time(8, 30)  # staff are told between these, on working days
    closes: time = time(17, 30)
    person_minutes: int = 15  # so long somebody may take a conversation over; then it is a case
    silent_minutes: int = 10  # a person who is silent so long gives the conversation back
    idle_minutes: int = 60  # with nothing to answer for so long, the assistant takes it back


class MeasureRules(StrictModel):
    """Deadlines of corrective measures, in working days; comes from configuration."""

    decide_days: int = 10  # from the signal to a decision
    warning_days: int = 3  # before that, and before the action is due


class PrivacyTerms(StrictModel):
    """The periods of the law that citizens are told (Ley 19.628); they come from configuration."""

    answer_days: int = 30  # calendar days for any request (article 11)
    extension_days: int = 30  # once
    block_working_days: int = 2
    agency_working_days: int = 30  # to complain at the Agency
    breach_report_hours: int = 72  # the law says "without undue delay" (article 14 sexies)
    comments_days: int = 365  # how long words are kept
