"""What a turn may ask of the database before it can be finished; ``Known`` holds the answers."""

from __future__ import annotations

from msgspec import Struct


class NeedCaseNumber(Struct, frozen=True):
    """The next case number of the year."""


class NeedRequestNumber(Struct, frozen=True):
    """The next number of the year for a request about own data."""


class NeedMyData(Struct, frozen=True):
    """What is stored of this contact, in short."""


class NeedMyRecord(Struct, frozen=True):
    """All that is stored of this contact."""


class NeedAnswers(Struct, frozen=True):
    """What is stored of an earlier response: each question with its value, or its words."""

    response: int


class NeedStaffCode(Struct, frozen=True):
    """Whose unused one-time code this is; looking it up uses it."""

    code: str


class NeedCase(Struct, frozen=True):
    """Whether a case of this number exists and is open."""

    number: str


class NeedCaseStatus(Struct, frozen=True):
    """How a case of this contact's own stands."""

    number: str


class NeedMeasures(Struct, frozen=True):
    """The corrective measures that this staff member may do something with."""

    staff: int


class NeedWeek(Struct, frozen=True):
    """What changed in the newest week, of the areas whose figures this staff member may see."""

    staff: int


class NeedPeople(Struct, frozen=True):
    """Who answers in the chat for an area, and whether anybody of them is there now."""

    area: str


class NeedHandover(Struct, frozen=True):
    """What this contact has told so far the person whom it waits for."""

    id: int


class NeedTakeOver(Struct, frozen=True):
    """Whether a member of staff answers in this conversation; asking for it takes it over."""

    id: int
    staff: int


Need = (
    NeedCaseNumber
    | NeedRequestNumber
    | NeedMyData
    | NeedMyRecord
    | NeedAnswers
    | NeedStaffCode
    | NeedCase
    | NeedCaseStatus
    | NeedMeasures
    | NeedWeek
    | NeedPeople
    | NeedHandover
    | NeedTakeOver
)
