"""Dispatches intents about ratings: given, proposed or corrected."""

from __future__ import annotations

from typing import assert_never

from handlers import navigation
from handlers.acting import revising
from handlers.information import menus
from handlers.questionnaires import follow_up, proposals, rating
from handlers.turn import TurnBuilder
from handlers.understanding.intents.rating import (
    AskIfGrade,
    AskWhatToChange,
    BeginQuestionnaire,
    ChangeGrade,
    ConfirmArea,
    CorrectArea,
    CorrectGrade,
    Correction,
    CorrectReason,
    GivenNotEnded,
    KeepGrade,
    NameUnsureArea,
    NewRating,
    ProposeCorrection,
    ProposeGrade,
    ProposeGrades,
    Rate,
    RateWithGrade,
    Rating,
    RejectArea,
    SpeakOfRating,
    TellExperience,
    TellRating,
)


def act_on_rating(intent: Rating, turn: TurnBuilder) -> None:
    """A new rating, or one that was given before."""
    if isinstance(intent, Correction):
        _correct(intent, turn)
    else:
        _rate(intent, turn)


def _rate(intent: NewRating, turn: TurnBuilder) -> None:
    """Rate an area, or propose a rating that was understood but not plainly said."""
    match intent:
        case BeginQuestionnaire(questionnaire):
            turn.update(follow_up=None)
            menus.begin_questionnaire(turn, questionnaire)
        case Rate(subject, origin, words):
            turn.update(follow_up=None)
            rating.keep_told(turn, subject.area, words)
            rating.rate(turn, subject, origin)
        case RateWithGrade():
            rating.rate_with_grade(turn, intent)
        case TellExperience(area, words):
            navigation.answer_experience(turn, area, words)
        case GivenNotEnded(response):
            follow_up.mark_pending(turn, response)
        case ConfirmArea(words):
            rating.confirm_area(turn, words)
        case RejectArea(area):
            rating.other_area(turn, area)
        case ProposeGrade():
            proposals.propose_grade(turn, intent)
        case ProposeGrades():
            proposals.propose_grades(turn, intent)
        case NameUnsureArea():
            rating.ask_which_of(turn, intent)
        case AskIfGrade(grade, area):
            rating.ask_if_grade(turn, grade, area)
        case _:
            assert_never(intent)


def _correct(intent: Correction, turn: TurnBuilder) -> None:
    """Correct, keep or ask about a rating that was given."""
    match intent:
        case SpeakOfRating(area):
            proposals.make_latest(turn, area)
        case ChangeGrade(area):
            turn.update(follow_up=None)
            rating.change(turn, area)
        case KeepGrade(area):
            turn.update(follow_up=None)
            rating.keep(turn, area)
        case TellRating(area):
            follow_up.tell_rating(turn, area)
        case ProposeCorrection():
            proposals.propose_correction(turn, intent)
        case AskWhatToChange():
            revising.ask_what_to_change(turn, intent)
        case CorrectGrade(grade, words):
            proposals.correct_grade(turn, grade, words)
        case CorrectArea(area):
            proposals.correct_area(turn, area)
        case CorrectReason(choice):
            proposals.correct_reason(turn, choice)
        case _:
            assert_never(intent)
