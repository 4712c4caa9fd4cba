"""The fields of a new measure and their limits, for the panel, the chat and the command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from handlers.measures.steps import Origin

BY_HAND = tuple(origin for origin in Origin if origin is not Origin.SIGNAL)
"""Origins from which a person can open a measure."""

LONGEST = 1_000  # letters
LONGEST_TOLD = 500  # it stands within a message to citizens
LONGEST_PLACE = 200
LONGEST_CRITERION = 300
MOST_ATTENDED = 100_000
FARTHEST = timedelta(
    days=2 * 366
)  # a due date beyond it is a typing error, and would never be overdue
TOO_FAR = "Esa fecha está a más de dos años"


class Field(StrEnum):
    PROBLEM = "problem"
    CAUSE = "cause"
    ACTION = "action"
    DUE = "due"
    HELD_ON = "held-on"
    PLACE = "place"
    ATTENDANCE = "attendance"
    CRITERION = "criterion"
    EVIDENCE = "evidence"


_DECISION = (Field.PROBLEM, Field.CAUSE, Field.ACTION, Field.DUE)
ASKED: Mapping[Origin, tuple[Field, ...]] = {
    Origin.PLAN: _DECISION,
    Origin.TRAINING: _DECISION,
    Origin.MEETING: (Field.PROBLEM, Field.HELD_ON, Field.PLACE, Field.ATTENDANCE),
    Origin.GAP: (Field.PROBLEM, Field.CRITERION, Field.EVIDENCE),
}
"""The required fields by origin. A plan's owner is the person who opens it, or is chosen."""

_LONGEST = {Field.PLACE: LONGEST_PLACE, Field.CRITERION: LONGEST_CRITERION}


def longest(field: Field) -> int:
    """The maximum length of a field."""
    return _LONGEST.get(field, LONGEST)


def is_too_far(due: date, today: date) -> bool:
    """Whether a due date is too far ahead to be meant."""
    return due > today + FARTHEST
