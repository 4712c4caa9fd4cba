"""What a turn records of what a member of staff does in the chat."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from handlers.staff_chat.measures import MeasureForm


class MeasureOpened(Struct, frozen=True, tag="measure-opened"):
    """A staff member opens a corrective measure, to be decided by a term and its rule."""

    staff: int
    form: MeasureForm
    decide_by: datetime
    rule: str


class MeasureTaken(Struct, frozen=True, tag="measure-taken"):
    """A staff member sees to a corrective measure from now on, if ``owner`` did until then."""

    number: str
    staff: int
    owner: int = 0


class PolicyUnderstood(Struct, frozen=True, tag="policy-understood"):
    """A staff member answered every question about an edition of the policy."""

    staff: int
    area: str
    edition: str


class StaffAnswered(Struct, frozen=True, tag="staff-answered"):
    """A staff member answered a whole questionnaire: counted by area, and kept with no name.

    ``answers``: each question with its value, as ``AnswerGiven`` has it.
    """

    round: str
    staff: int
    area: str
    answers: tuple[tuple[str, str], ...]


class MeasureNoted(Struct, frozen=True, tag="measure-noted"):
    """A staff member noted what was done for a measure."""

    number: str
    staff: int
    text: str


class MeasureDone(Struct, frozen=True, tag="measure-done"):
    """A staff member says that a measure's action is done."""

    number: str
    staff: int


class StaffLinked(Struct, frozen=True, tag="staff-linked"):
    """This contact belongs to the staff member whose one-time code was given."""

    staff: int
