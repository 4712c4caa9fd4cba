"""THE UNION of all that an incoming can be understood as. Nothing here acts or reads text."""

from __future__ import annotations

from handlers.messages import (
    Announcement,
    CaseAnswer,
    CaseNews,
    CaseNotice,
    CaseReminder,
    Departed,
    FileRefused,
    PersonNews,
    PersonSays,
    PersonWaits,
    RightAnswer,
)
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import Answer, AnswerMisread
from handlers.understanding.intents.cases import AskAboutCase, Case, ShowCase
from handlers.understanding.intents.danger import Danger, OfferSupport
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    AskAboutGrades,
    AskAboutTopic,
    FollowLanguage,
    Information,
    LookUp,
    ShowArea,
    ShowCard,
    ShowSteps,
)
from handlers.understanding.intents.own_data import OwnData
from handlers.understanding.intents.persons import Person
from handlers.understanding.intents.rating import (
    BeginQuestionnaire,
    ChangeGrade,
    ProposeGrade,
    ProposeGrades,
    Rate,
    RateWithGrade,
    Rating,
    TellExperience,
)
from handlers.understanding.intents.staff import BeginRound, Staff
from handlers.understanding.intents.unclear import SayCourtesy, Unclear

FromOthers = (  # understood as they are
    CaseNotice
    | CaseReminder
    | CaseAnswer
    | CaseNews
    | FileRefused
    | RightAnswer
    | PersonNews
    | PersonSays
    | PersonWaits
    | Announcement
    | Departed
)
Intent = (
    Act
    | Answer
    | Rating
    | Information
    | Case
    | Person
    | Staff
    | OwnData
    | Unclear
    | Danger
    | FromOthers
)
Intents = tuple[Intent, ...]

_TELLING = frozenset(
    {
        Act.EXPLAIN_DATA,
        Act.ASK_WHAT_ABOUT,
        Act.SHOW_CASES,
        Act.EXPLAIN_SCALE,
    }
)
_TOLD = ("who_are_you", "origin")  # courtesies that tell something

_TO_GRADES = frozenset({Act.START_RATING, Act.CHOOSE_AREA, Act.LIST_QUESTIONNAIRES, Act.RESUME})

_NOT_UNDERSTOOD = frozenset(
    {
        Act.MISREAD_GRADE,
        Act.MAKE_NO_SENSE,
        Act.ASK_WHAT_ABOUT,
        Act.ANSWER_NOTHING,
        Act.NAME_UNKNOWN_AREA,
        Act.VENT,
    }
)


def asks_for_grade(intent: Intent) -> bool:
    """Whether it leads to a question for a grade."""
    if isinstance(intent, Act):
        return intent in _TO_GRADES
    return isinstance(
        intent,
        Rate
        | RateWithGrade
        | TellExperience
        | ChangeGrade
        | BeginQuestionnaire
        | BeginRound
        | ProposeGrade
        | ProposeGrades,
    )


def is_understood(intents: Intents) -> bool:
    """Whether they answer a text as it was meant, and not only that it was not understood."""
    for intent in intents:
        if isinstance(intent, FollowLanguage):
            continue
        if isinstance(intent, Act):
            return intent not in _NOT_UNDERSTOOD
        if isinstance(intent, LookUp):
            return intent.ranking.is_found
        if isinstance(intent, OfferSupport):
            return True
        return not isinstance(intent, Danger | Unclear | AnswerMisread)
    return False


def informs(intent: Intent) -> bool:
    """Whether it is answered by what is known of services and areas."""
    return asks_only(intent) or isinstance(intent, ShowArea | ShowSteps)


def asks_only(intent: Intent) -> bool:
    """Whether it asks for something to be told, and leaves what was asked before unanswered."""
    return isinstance(
        intent,
        AskAboutTopic | AskAboutArea | AskAboutCard | AskAboutGrades | LookUp | ShowCard,
    )


def leaves_open(intent: Intent) -> bool:
    """Whether something is only told, so that what was open before is to be asked again."""
    if isinstance(intent, SayCourtesy):
        return intent.kind in _TOLD
    if isinstance(intent, Act):
        return intent in _TELLING
    if isinstance(intent, LookUp) and intent.was_comment:
        return False  # that they were a question is the answer to what was asked
    if isinstance(intent, ShowCase) and intent.settles:
        return False
    return asks_only(intent) or isinstance(intent, AskAboutCase | ShowCase)
