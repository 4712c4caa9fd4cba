"""What a turn may ask of the database before it can be finished, and how it is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from handlers.handover import Holder, People
from handlers.own_record import MyData, MyRecord
from handlers.staff_chat.cases import CaseBrief
from handlers.staff_chat.measures import IndicatorBrief, MeasureBrief
from handlers.state import Answered, CaseStatus, Known, RoundBrief, Staff, Turn, WeekNews

_MOST_NEEDS = 6  # a turn asks for each kind of need at most once


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


class NeedAnswered(Struct, frozen=True):
    """Who answered this case, if its citizen has said nothing since."""

    number: str


class NeedMayAnswer(Struct, frozen=True):
    """Whether the roles of this staff member let them answer this case."""

    number: str
    staff: int


class NeedMayNote(Struct, frozen=True):
    """Whether the roles of this staff member let them write notes in this case."""

    number: str
    staff: int


class NeedUndoable(Struct, frozen=True):
    """The note of this staff member's last answer to the case; 0 where it has been sent."""

    number: str
    staff: int


class NeedOpenCases(Struct, frozen=True):
    """The open cases that this staff member may answer, the most pressing first."""

    staff: int


class NeedCaseWords(Struct, frozen=True):
    """A case that this staff member may answer, with its words."""

    number: str
    staff: int


class NeedCaseStatus(Struct, frozen=True):
    """How a case of this contact's own stands."""

    number: str


class NeedMeasures(Struct, frozen=True):
    """The corrective measures that this staff member may do something with."""

    staff: int


class NeedMeasureAreas(Struct, frozen=True):
    """The areas of which this staff member may open measures."""

    staff: int


class NeedIndicators(Struct, frozen=True):
    """The indicators by which a measure of this area can be judged, the usual one first."""

    area: str


class NeedRounds(Struct, frozen=True):
    """The questionnaires that this staff member is asked and has not answered yet."""

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
    | NeedAnswered
    | NeedMayAnswer
    | NeedMayNote
    | NeedUndoable
    | NeedOpenCases
    | NeedCaseWords
    | NeedCaseStatus
    | NeedMeasures
    | NeedMeasureAreas
    | NeedIndicators
    | NeedRounds
    | NeedWeek
    | NeedPeople
    | NeedHandover
    | NeedTakeOver
)


class Source(Protocol):
    """Where what is needed comes from: the database, or what stands in for it."""

    def case_number(self) -> str:
        """A number that no case has."""

    def request_number(self) -> str:
        """A number that no request about own data has."""

    def my_data(self) -> MyData:
        """What is stored of this contact, in short."""

    def my_record(self) -> MyRecord:
        """All of it."""

    def answers(self, response: int, /) -> tuple[tuple[str, str], ...]:
        """Each question of the response with its value or words."""

    def staff_code(self, code: str, /) -> Staff | None:
        """Whose unused code it is, using it up."""

    def case_is_open(self, number: str, /) -> bool:
        """Whether a case of this number exists and is open."""

    def last_answer(self, number: str, /) -> Answered | None:
        """Who answered the case, unless its citizen has said something since."""

    def may_answer(self, number: str, staff: int, /) -> bool:
        """Whether a staff member's roles, or those of whom they stand in for, allow it."""

    def may_note(self, number: str, staff: int, /) -> bool:
        """The same of notes."""

    def undoable(self, number: str, staff: int, /) -> int:
        """The note of what the staff member answered last, if it can be taken back; else 0."""

    def open_cases(self, staff: int, /) -> tuple[CaseBrief, ...]:
        """What waits for an answer that the staff member may give."""

    def case_words(self, number: str, staff: int, /) -> CaseBrief | None:
        """A case that the staff member may answer; None: there is none of this number."""

    def case_status(self, number: str, /) -> CaseStatus | None:
        """How this contact's case stands; None: it has none of this number."""

    def measures(self, staff: int, /) -> tuple[MeasureBrief, ...]:
        """What the staff member may do something with."""

    def measure_areas(self, staff: int, /) -> tuple[str, ...]:
        """The areas of which the staff member may open measures."""

    def indicators(self, area: str, /) -> tuple[IndicatorBrief, ...]:
        """By which a measure of the area can be judged."""

    def rounds(self, staff: int, /) -> tuple[RoundBrief, ...]:
        """What the staff member is asked and has not answered yet."""

    def week(self, staff: int, /) -> WeekNews | bool:
        """What changed in the week; False: no figures are theirs to see."""

    def people(self, area: str, /) -> People:
        """Who answers in the chat."""

    def handover(self, id: int, /) -> tuple[str, ...]:
        """The citizen's words so far."""

    def take_over(self, id: int, staff: int, /) -> Holder | None:
        """Who has the conversation now; None: it is over, or not theirs."""


def complete_turn(
    take: Callable[[Known], Turn | Need], known: Known, supply: Callable[[Known, Need], Known]
) -> Turn:
    """The turn that ``take`` (``step`` of one incoming) comes to once its needs are supplied."""
    for _ in range(_MOST_NEEDS):
        turn = take(known)
        if isinstance(turn, Turn):
            return turn
        known = supply(known, turn)
    raise RuntimeError("a turn keeps asking for what it was given")


def supply(known: Known, need: Need, source: Source) -> Known:
    """What is known, with the answer to one need."""
    match need:
        case NeedCaseNumber():
            return replace(known, case_number=source.case_number())
        case NeedRequestNumber():
            return replace(known, request_number=source.request_number())
        case NeedMyData():
            return replace(known, my_data=source.my_data())
        case NeedMyRecord():
            return replace(known, my_record=source.my_record())
        case NeedAnswers(response):
            found = source.answers(response)
            return replace(known, answers={**known.answers, response: found})
        case NeedStaffCode(code):
            return replace(known, staff_code=source.staff_code(code) or False)
        case NeedCase(number):
            return replace(known, case_owner=source.case_is_open(number))
        case NeedAnswered(number):
            return replace(known, answered=source.last_answer(number) or False)
        case NeedMayAnswer(number, staff):
            return replace(known, may_answer=source.may_answer(number, staff))
        case NeedMayNote(number, staff):
            return replace(known, may_note=source.may_note(number, staff))
        case NeedUndoable(number, staff):
            return replace(known, undoable=source.undoable(number, staff))
        case NeedOpenCases(staff):
            return replace(known, open_cases=source.open_cases(staff))
        case NeedCaseWords(number, staff):
            return replace(known, case_words=source.case_words(number, staff) or False)
        case NeedCaseStatus(number):
            return replace(known, case_status=source.case_status(number) or False)
        case NeedMeasures(staff):
            return replace(known, measures=source.measures(staff))
        case NeedMeasureAreas(staff):
            return replace(known, measure_areas=source.measure_areas(staff))
        case NeedIndicators(area):
            return replace(known, indicators=source.indicators(area))
        case NeedRounds(staff):
            return replace(known, rounds=source.rounds(staff))
        case NeedWeek(staff):
            return replace(known, week=source.week(staff))
        case NeedPeople(area):
            return replace(known, people=source.people(area))
        case NeedHandover(id):
            return replace(known, handover=source.handover(id))
        case NeedTakeOver(id, staff):
            return replace(known, holder=source.take_over(id, staff) or False)
