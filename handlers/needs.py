"""Needs: what a turn may have to load from the database, and how it is supplied."""

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

_MOST_NEEDS = 6  # a turn raises each kind of need at most once


class NeedCaseNumber(Struct, frozen=True):
    """The next case number of the year."""


class NeedRequestNumber(Struct, frozen=True):
    """The next number of the year for a data-rights request."""


class NeedMyData(Struct, frozen=True):
    """What is stored of this contact, in short."""


class NeedMyRecord(Struct, frozen=True):
    """Everything stored about this contact."""


class NeedAnswers(Struct, frozen=True):
    """The stored answers of an earlier response."""

    response: int


class NeedStaffCode(Struct, frozen=True):
    """The member of staff of an unused one-time code, which is used up by the look-up."""

    code: str


class NeedCase(Struct, frozen=True):
    """Whether a case of this number exists and is open."""

    number: str


class NeedAnswered(Struct, frozen=True):
    """The last answer of this case, if its citizen has not written since."""

    number: str


class NeedMayAnswer(Struct, frozen=True):
    """Whether this staff member's roles allow answering this case."""

    number: str
    staff: int


class NeedMayNote(Struct, frozen=True):
    """Whether this staff member's roles allow writing notes in this case."""

    number: str
    staff: int


class NeedUndoable(Struct, frozen=True):
    """The note id of this staff member's last answer to the case; 0 if it is sent already."""

    number: str
    staff: int


class NeedOpenCases(Struct, frozen=True):
    """The open cases that this staff member may answer, most urgent first."""

    staff: int


class NeedCaseWords(Struct, frozen=True):
    """A case that this staff member may answer, with its words."""

    number: str
    staff: int


class NeedCaseStatus(Struct, frozen=True):
    """The status of one of this contact's own cases."""

    number: str


class NeedMeasures(Struct, frozen=True):
    """The corrective measures that this staff member may act on."""

    staff: int


class NeedMeasureAreas(Struct, frozen=True):
    """The areas in which this staff member may open measures."""

    staff: int


class NeedIndicators(Struct, frozen=True):
    """The indicators by which a measure of this area can be judged, the usual one first."""

    area: str


class NeedRounds(Struct, frozen=True):
    """The open questionnaires that this staff member has not answered yet."""

    staff: int


class NeedWeek(Struct, frozen=True):
    """What changed in the newest week, in the areas whose figures this staff member may read."""

    staff: int


class NeedPeople(Struct, frozen=True):
    """Whether anybody answers in the chat for an area, and whether anybody does now."""

    area: str


class NeedHandover(Struct, frozen=True):
    """What this contact has written so far in a handover."""

    id: int


class NeedTakeOver(Struct, frozen=True):
    """Who has this handover; the look-up takes it for the staff member if it is free."""

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
    """Supplies needs: from the database, or from a rehearsal's memory."""

    def case_number(self) -> str:
        """A new case number."""

    def request_number(self) -> str:
        """A new number of a data-rights request."""

    def my_data(self) -> MyData:
        """What is stored of this contact, in short."""

    def my_record(self) -> MyRecord:
        """Everything stored about this contact."""

    def answers(self, response: int, /) -> tuple[tuple[str, str], ...]:
        """Pairs of question and value, or words, of the response."""

    def staff_code(self, code: str, /) -> Staff | None:
        """The member of staff of an unused code, which is used up; None if it is not valid."""

    def case_is_open(self, number: str, /) -> bool:
        """Whether a case of this number exists and is open."""

    def last_answer(self, number: str, /) -> Answered | None:
        """The case's last answer, unless its citizen has written since."""

    def may_answer(self, number: str, staff: int, /) -> bool:
        """Whether the staff member may answer the case, by their roles or as a substitute."""

    def may_note(self, number: str, staff: int, /) -> bool:
        """Whether the staff member may write notes in the case, likewise."""

    def undoable(self, number: str, staff: int, /) -> int:
        """The note id of the staff member's last answer, if it can be taken back; else 0."""

    def open_cases(self, staff: int, /) -> tuple[CaseBrief, ...]:
        """The open cases that the staff member may answer."""

    def case_words(self, number: str, staff: int, /) -> CaseBrief | None:
        """A case with its words, if the staff member may answer it; else None."""

    def case_status(self, number: str, /) -> CaseStatus | None:
        """The status of this contact's case; None if they have none with this number."""

    def measures(self, staff: int, /) -> tuple[MeasureBrief, ...]:
        """The measures that the staff member may act on."""

    def measure_areas(self, staff: int, /) -> tuple[str, ...]:
        """The areas of which the staff member may open measures."""

    def indicators(self, area: str, /) -> tuple[IndicatorBrief, ...]:
        """The indicators by which a measure of the area can be judged."""

    def rounds(self, staff: int, /) -> tuple[RoundBrief, ...]:
        """The open questionnaires that the staff member has not answered yet."""

    def week(self, staff: int, /) -> WeekNews | bool:
        """What changed in the newest week; False if the staff member may read no figures."""

    def people(self, area: str, /) -> People:
        """Whether anybody answers in the chat for the area, and whether anybody does now."""

    def handover(self, id: int, /) -> tuple[str, ...]:
        """The citizen's messages in the handover."""

    def take_over(self, id: int, staff: int, /) -> Holder | None:
        """Take the handover if it is free; who has it now, None if it is over or not allowed."""


def complete_turn(
    take: Callable[[Known], Turn | Need], known: Known, supply: Callable[[Known, Need], Known]
) -> Turn:
    """Call ``take`` (``step`` with one incoming), supplying its needs, until it returns a turn."""
    for _ in range(_MOST_NEEDS):
        turn = take(known)
        if isinstance(turn, Turn):
            return turn
        known = supply(known, turn)
    raise RuntimeError("a turn keeps asking for what it was given")


def supply(known: Known, need: Need, source: Source) -> Known:
    """``known`` with one need loaded."""
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
