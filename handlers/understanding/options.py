"""What an option means, whether it is pressed, typed or chosen by its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.content.questionnaires.definition import QuestionKind
from handlers.facts.cases import CaseKind
from handlers.facts.own_data import Right
from handlers.facts.responses import Subject
from handlers.release import DEFAULT_LANGUAGE
from handlers.understanding.context import CORRECT_OTHER, Context
from handlers.understanding.grades.not_ended import pending_meant
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import (
    ChoiceAnswer,
    ChoicesAnswer,
    GradeAnswer,
    NotEnded,
    SettleWords,
    YesNoAnswer,
)
from handlers.understanding.intents.cases import (
    AskToWithdraw,
    BeginCase,
    GiveReceipt,
    JudgeAnswer,
    ReopenCase,
    SetCaseArea,
    ShowCase,
    WithdrawCase,
)
from handlers.understanding.intents.danger import AlertStep, ReportDanger
from handlers.understanding.intents.information import (
    LookUp,
    ShowArea,
    ShowCard,
    ShowSteps,
    Speak,
    UsefulAnswer,
)
from handlers.understanding.intents.own_data import AskRight, AskWhatIsMeant, FileRequest, UseRight
from handlers.understanding.intents.persons import AskForPerson, TakeOver
from handlers.understanding.intents.rating import (
    AskIfGrade,
    BeginQuestionnaire,
    ChangeGrade,
    CorrectArea,
    KeepGrade,
    Rate,
    RateWithGrade,
)
from handlers.understanding.intents.staff import (
    AnswerCase,
    BeginMeasure,
    BeginRound,
    ChooseIndicator,
    ChooseOrigin,
    FinishMeasure,
    ListIndicators,
    ListMeasures,
    NoteMeasure,
    OpenMeasure,
    ReadCase,
    ReadPolicy,
    ShowMeasure,
    TakeMeasure,
    UndoAnswer,
    WriteNote,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.apart.asked_apart import question_asked

# Options that only show something: they work however old their message is.
HARMLESS = frozenset(
    {
        "menu",
        "ask",
        "areas",
        "data",
        "mine",
        "rights",
        "area",
        "card",
        "steps",
        "case",
        "stands",
        "own-case",
        "receipt",
        "resume",
        "solved",  # what somebody thinks of the answer to a case, however old
        "partly",
        "unsolved",
        "attend",  # who has the conversation by now is said
        "measures",
        "answer-undo",  # of an answer that has gone it is said
        "case-read",
        "english",
        "creole",
        "spanish",
    }
)

# The options that propose whether a card helped, the likeliest first.
USEFUL_BY_OPTION = {"helped": "yes", "somewhat": "partly", "not-helped": "no"}
_ALWAYS: Mapping[str, Intent] = {
    "menu": Act.SHOW_MENU,
    "ask": Act.INVITE_QUESTION,
    "areas": Act.LIST_AREAS,
    "none": Act.REJECT_SUGGESTIONS,
    "more": Act.NEXT_PAGE,
    "not-now": Act.DECLINE_RATING,
    "complaint": Act.COMPLAIN,
    "data": Act.EXPLAIN_DATA,
    "rights": Act.LIST_RIGHTS,
    "not-erase": Act.KEEP_DATA,
    "not-right": Act.KEEP_DATA,
    "unblock": Act.UNBLOCK_DATA,
    "invite": Act.INVITE_AGAIN,
    "consent": Act.ASK_FOR_CONSENT,
    "consent-yes": Act.CONSENT,
    "enough": Act.WITHDRAW_CONSENT,
    "back": Act.GO_BACK,
    "skip": Act.SKIP,
    "done": Act.FINISH,
    "cancel": Act.CANCEL,
    "resume": Act.RESUME,
    "accept": Act.ACCEPT_PROPOSAL,
    "reject": Act.REJECT_PROPOSAL,
    "as-comment": Act.REJECT_PROPOSAL,
    "undo": Act.ERASE_RATING,
    "keep-rating": Act.RESUME,
    "keep-case": Act.KEEP_CASE,
    "leave-case": Act.LEAVE_FOR_PERSON,
    "file": Act.FILE_CASE,
    "not-file": Act.DROP_CASE,
    "not-answer-again": Act.DROP_SECOND_ANSWER,
    "case-area": Act.CHOOSE_CASE_AREA,
    "other-area": Act.CHOOSE_AREA,
    "rewrite": Act.REWRITE_COMMENT,
    "no-danger": Act.DENY_DANGER,
    "languages": Act.LIST_LANGUAGES,
    "short": Act.WRITE_SHORT,
    "long": Act.WRITE_LONG,
    "replace-words": SettleWords("replace"),
    "join-words": SettleWords("join"),
    "of-case": SettleWords("join"),
    "keep-told": Act.KEEP_TOLD,
    "drop-words": SettleWords("drop"),
    "keep-words": SettleWords("keep"),
    "english": Speak("en"),
    "creole": Speak("ht"),
    "spanish": Speak(DEFAULT_LANGUAGE),
    "mine": AskRight(Right.ACCESS),
    "rectify": AskRight(Right.RECTIFY),
    "object": AskRight(Right.OBJECT),
    "block": AskRight(Right.BLOCK),
    "take": AskRight(Right.PORT),
    "access-yes": UseRight(Right.ACCESS),
    "object-yes": UseRight(Right.OBJECT),
    "block-yes": UseRight(Right.BLOCK),
    "port-yes": UseRight(Right.PORT),
    CORRECT_OTHER: AskWhatIsMeant(Right.RECTIFY),
    "object-other": AskWhatIsMeant(Right.OBJECT),
    "person": AskForPerson(),
    "call": BeginCase(CaseKind.CALL),
}
"""Options that mean the same at any time, with anything behind the colon."""

_OF_VALUE: Mapping[str, Callable[[str], Intent]] = {
    "area": ShowArea,
    "card": ShowCard,
    "other": ShowCard,  # the other thing that the same message asked for
    "steps": ShowSteps,
    "change": ChangeGrade,
    "move": CorrectArea,
    "keep": KeepGrade,
    "q": BeginQuestionnaire,
    "case": ReopenCase,
    "stands": ShowCase,
    "own-case": ShowCase,
    "take-back": AskToWithdraw,
    "receipt": GiveReceipt,
    "case-for": SetCaseArea,
    "withdraw": WithdrawCase,
    "solved": lambda number: JudgeAnswer(number, "yes"),
    "partly": lambda number: JudgeAnswer(number, "partly"),
    "unsolved": lambda number: JudgeAnswer(number, "no"),
}
"""Options that name what they are about: an id, or a case's number."""


def meaning_of(context: Context, key: str) -> Intent | None:
    """The intent of an option's key; None where it means nothing now."""
    mark, _, value = key.partition(":")
    answer = _answer(context, mark, value)
    if answer is not None:
        return answer
    if mark in _ALWAYS:
        return _ALWAYS[mark]
    if mark in _OF_VALUE:
        return _OF_VALUE[mark](value)
    by_state = _by_state(context, mark, value)
    if by_state is None and context.known.staff is not None:
        return _for_staff(context, mark, value)
    return by_state


def _by_state(context: Context, mark: str, value: str) -> Intent | None:
    """Options that mean something else, or nothing, by where the conversation stands."""
    match mark:
        case "rate":
            return _chosen_area(context, value)
        case "offer":
            return Rate(_offered(context, value), "lookup")
        case "as-grade":
            return _grade_of_told(context, int(value)) if value.isdecimal() else None
        case "not-comment":
            return _question_not_comment(context)
        case "of-data":
            follow_up = context.state.follow_up
            return FileRequest(Right.RECTIFY, follow_up.revision) if follow_up else None
        case "danger":
            return _danger_meant(context, value)
        case "pending":
            return pending_meant(context)
        case "erase":
            return Act.ERASE if context.offers("not-erase") else AskRight(Right.ERASE)
        case _:
            return None


def _for_staff(context: Context, mark: str, value: str) -> Intent | None:
    """Options that a member of staff alone is shown."""
    match mark:
        case "attend":
            return TakeOver(int(value)) if value.isdecimal() else None
        case "answer-again":
            return _second_answer(context)
        case "answer-undo":
            return UndoAnswer(value)
        case "case-read":
            return ReadCase(value)
        case "round":
            return BeginRound(value)
        case "policy":
            return ReadPolicy(value)
        case "measures":
            return ListMeasures()
        case "measure" | "measure-take" | "measure-note" | "measure-done":
            return _of_measure(mark, value)
        case "measure-write" | "measure-write-in" | "measure-search":
            return _of_proposed_note(context, mark, value)
        case "measure-new":
            return BeginMeasure(value)
        case _:
            return _of_new_measure(context, mark, value)


def _second_answer(context: Context) -> Intent | None:
    """The words that wait for a yes, as long as they do."""
    waiting = context.state.second_answer
    return None if waiting is None else AnswerCase(waiting.number, waiting.words, again=True)


def _of_measure(mark: str, number: str) -> Intent | None:
    """What is done with a measure."""
    if not number:
        return None
    match mark:
        case "measure-take":
            return TakeMeasure(number)
        case "measure-note":
            return WriteNote(number)
        case "measure-done":
            return FinishMeasure(number)
        case _:
            return ShowMeasure(number)


def _of_proposed_note(context: Context, mark: str, number: str) -> Intent | None:
    """What becomes of words that may be a note, as long as they wait: it, or a question."""
    form = context.state.measure
    if form is None or not form.proposed:
        return None
    if mark == "measure-search":
        return LookUp(form.proposed, context.rank(form.proposed))
    return NoteMeasure(number, form.proposed)


def _of_new_measure(context: Context, mark: str, value: str) -> Intent | None:
    """What is chosen while a measure is being opened; ``value``: an origin, or an indicator's
    place in the list."""
    if context.state.measure is None:
        return None
    match mark:
        case "measure-from":
            return ChooseOrigin(value)
        case "measure-open":
            return OpenMeasure()
        case "measure-indicators" | "measure-judged":
            return ChooseIndicator(int(value)) if value.isdecimal() else ListIndicators()
        case _:
            return None


def _danger_meant(context: Context, kind: str) -> Intent | None:
    found = context.release.content.emergency_by_id.get(kind)
    if found is None:
        return None
    return ReportDanger(found.reply, found.id, step=AlertStep.STILL)


def _answer(context: Context, mark: str, value: str) -> Intent | None:
    """The answer that an option of the open question gives."""
    if context.open is None:
        return None
    match context.open.question.kind, mark:
        case QuestionKind.GRADE, "g":
            return GradeAnswer(int(value))
        case QuestionKind.GRADE, "pending":
            return NotEnded() if context.open.outline.rates_area else None
        case QuestionKind.CHOICE, "c":
            return ChoiceAnswer(value)
        case QuestionKind.CHOICES, "t":
            return ChoicesAnswer((value,))
        case QuestionKind.YES_NO, ("helped" | "somewhat" | "not-helped"):
            return UsefulAnswer(USEFUL_BY_OPTION[mark])
        case QuestionKind.YES_NO, ("yes" | "no"):
            if context.open.outline.about_card:
                return UsefulAnswer(mark)
            return YesNoAnswer(mark == "yes")
        case _:
            return None


def _offered(context: Context, area: str) -> Subject:
    """What a rating that was offered is about: the card last shown, if it is the area's."""
    topic = context.state.topic
    is_service = topic != area and context.release.area_of_card(topic) == area
    return Subject(area=area, service=topic if is_service else "")


def _chosen_area(context: Context, area: str) -> Intent:
    """The area to rate; its number in the list may be the grade of a visit that was told of."""
    if not area:
        return Act.START_RATING
    draft, number = context.state.draft, context.number
    told = draft is not None and draft.experience and not draft.grade
    if told and number is not None and number in _GRADES:
        return AskIfGrade(number, area)
    return Rate(Subject(area=area), "menu")


_GRADES = range(1, 8)


def _grade_of_told(context: Context, grade: int) -> RateWithGrade:
    """The grade of the visit that was told of; its area is still to be named."""
    draft = context.state.draft
    return RateWithGrade("", grade, draft.words if draft is not None else "", pending=False)


def _question_not_comment(context: Context) -> Intent:
    """The last words were no comment, correction or part of a case, but a question."""
    if (asked := question_asked(context)) is not None:
        return asked
    follow_up = context.state.follow_up
    words = follow_up.messages[-1] if follow_up is not None and follow_up.messages else ""
    return LookUp(words, context.rank(words), was_comment=True) if words else Act.INVITE_QUESTION
