"""Facts about what members of staff do in their chat."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from handlers.staff_chat.measures import MeasureForm


class MeasureOpened(Struct, frozen=True, tag="measure-opened"):
    """A member of staff opened a measure, to be decided within a term."""

    staff: int
    form: MeasureForm
    decide_by: datetime
    rule: str


class MeasureTaken(Struct, frozen=True, tag="measure-taken"):
    """A member of staff took a measure, provided that ``owner`` still had it."""

    number: str
    staff: int
    owner: int = 0


class PolicyUnderstood(Struct, frozen=True, tag="policy-understood"):
    """A member of staff answered every question about an edition of the policy correctly."""

    staff: int
    area: str
    edition: str


class StaffAnswered(Struct, frozen=True, tag="staff-answered"):
    """A member of staff answered a whole questionnaire, to be counted by area without a name.

    ``answers``: pairs of question and value, as in ``AnswerGiven``.
    """

    round: str
    staff: int
    area: str
    answers: tuple[tuple[str, str], ...]


class MeasureNoted(Struct, frozen=True, tag="measure-noted"):
    """A member of staff noted what was done for a measure."""

    number: str
    staff: int
    text: str


class MeasureDone(Struct, frozen=True, tag="measure-done"):
    """A member of staff finished a measure's action."""

    number: str
    staff: int


class StaffLinked(Struct, frozen=True, tag="staff-linked"):
    """A one-time code linked this contact to a member of staff."""

    staff: int
