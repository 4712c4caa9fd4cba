"""Dispatches intents of staff: cases, measures, questionnaires, the week and the policy."""

from __future__ import annotations

from typing import assert_never

from handlers.cases.people import staff
from handlers.information import menus
from handlers.measures import chat, opening
from handlers.staff import cases, policy_reading, week
from handlers.turn import TurnBuilder
from handlers.understanding.intents.staff import (
    AnswerCase,
    BeginMeasure,
    BeginRound,
    ChooseIndicator,
    ChooseOrigin,
    EndMeasure,
    FinishMeasure,
    LinkStaff,
    ListCases,
    ListIndicators,
    ListMeasures,
    NoteCase,
    NoteMeasure,
    OpenMeasure,
    ProposeNote,
    ReadCase,
    ReadPolicy,
    SendNothing,
    ShowMeasure,
    Staff,
    TakeMeasure,
    TellMeasure,
    TellWeek,
    UndoAnswer,
    WriteNote,
)


def act_for_staff(intent: Staff, turn: TurnBuilder) -> None:
    """Act on an intent of a member of staff."""
    match intent:
        case AnswerCase() | UndoAnswer() | NoteCase() | SendNothing() | ListCases() | ReadCase():
            cases.act_on_case(turn, intent)
        case (
            ListMeasures()
            | ShowMeasure()
            | TakeMeasure()
            | WriteNote()
            | ProposeNote()
            | NoteMeasure()
            | FinishMeasure()
            | EndMeasure()
        ):
            chat.act_on_measures(turn, intent)
        case (
            BeginMeasure()
            | ChooseOrigin()
            | TellMeasure()
            | ListIndicators()
            | ChooseIndicator()
            | OpenMeasure()
        ):
            opening.act_on_new(turn, intent)
        case BeginRound(number):
            turn.update(follow_up=None)
            menus.begin_round(turn, number)
        case TellWeek():
            week.tell(turn)
        case ReadPolicy(answered):
            policy_reading.read(turn, answered)
        case LinkStaff(code):
            staff.link(turn, code)
        case _:
            assert_never(intent)
