"""What an option means, whether it is pressed, typed or chosen by its number."""

from __future__ import annotations

from handlers.content.model import QuestionKind
from handlers.facts import CaseKind, Right, Subject
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
    BeginCase,
    GiveReceipt,
    JudgeAnswer,
    ReopenCase,
    SetCaseArea,
    WithdrawCase,
)
from handlers.understanding.intents.danger import ReportDanger
from handlers.understanding.intents.information import (
    LookUp,
    ShowArea,
    ShowCard,
    ShowSteps,
    Speak,
    UsefulAnswer,
)
from handlers.understanding.intents.own_data import AskRight, AskWhatIsMeant, UseRight
from handlers.understanding.intents.persons import AskForPerson, TakeOver
from handlers.understanding.intents.rating import (
    BeginQuestionnaire,
    ChangeGrade,
    CorrectArea,
    KeepGrade,
    Rate,
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
    OpenMeasure,
    ReadPolicy,
    ShowMeasure,
    TakeMeasure,
)
from handlers.understanding.intents.union import Intent

# Options that only show something: they work however old their message is.
HARMLESS = frozenset(
    {"menu", "ask", "areas", "data", "mine", "rights", "area", "card", "steps", "case", "receipt"}
) | {
    "resume",
    "solved",
    "partly",
    "unsolved",  # the answer of a person, however old
    "attend",  # who has the conversation by now is said
    "measures",
    "english",
    "creole",
    "spanish",
}
_LANGUAGES = {"english": "en", "creole": "ht", "spanish": DEFAULT_LANGUAGE}
_JUDGED = {"solved": "yes", "partly": "partly", "unsolved": "no"}
_ACTS = {
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
    "short": Act.WRITE_SHORT,
    "long": Act.WRITE_LONG,
}

_SETTLED = {
    "replace-words": "replace",
    "join-words": "join",
    "drop-words": "drop",
    "keep-words": "keep",
}
_RIGHTS = {
    "mine": Right.ACCESS,
    "rectify": Right.RECTIFY,
    "object": Right.OBJECT,
    "block": Right.BLOCK,
    "take": Right.PORT,
}
_CONFIRMED = {
    "access-yes": Right.ACCESS,
    "object-yes": Right.OBJECT,
    "block-yes": Right.BLOCK,
    "port-yes": Right.PORT,
}
_IN_WORDS = {CORRECT_OTHER: Right.RECTIFY, "object-other": Right.OBJECT}


def meaning_of(context: Context, key: str) -> Intent | None:
    """The intent of an option's key; None where it means nothing now."""
    mark, _, value = key.partition(":")
    answer = _answer(context, mark, value)
    if answer is not None:
        return answer
    if mark in _ACTS:
        return _ACTS[mark]
    if mark in _SETTLED:
        return SettleWords(_SETTLED[mark])
    if mark in _LANGUAGES:
        return Speak(_LANGUAGES[mark])
    if mark in _RIGHTS:
        return AskRight(_RIGHTS[mark])
    if mark in _CONFIRMED:
        return UseRight(_CONFIRMED[mark])
    if mark in _IN_WORDS:
        return AskWhatIsMeant(_IN_WORDS[mark])
    match mark:
        case "area":
            return ShowArea(value)
        case "card":
            return ShowCard(value)
        case "steps":
            return ShowSteps(value)
        case "rate":
            return Rate(Subject(area=value), "menu") if value else Act.START_RATING
        case "offer":
            return Rate(_offered(context, value), "lookup")
        case "change":
            return ChangeGrade(value)
        case "move":
            return CorrectArea(value)
        case "keep":
            return KeepGrade(value)
        case "not-comment":
            return _question_not_comment(context)
        case "q":
            return BeginQuestionnaire(value)
        case "person":
            return AskForPerson()
        case "call":
            return BeginCase(CaseKind.CALL)
        case "attend":
            is_staff = context.known.staff is not None and value.isdecimal()
            return TakeOver(int(value)) if is_staff else None
        case "answer-again":
            return _second_answer(context)
        case "case":
            return ReopenCase(value)
        case "receipt":
            return GiveReceipt(value)
        case "case-for":
            return SetCaseArea(value)
        case "solved" | "partly" | "unsolved":
            return JudgeAnswer(value, _JUDGED[mark])
        case "withdraw":
            return WithdrawCase(value)
        case "measure" | "measure-take" | "measure-done":
            return _of_measure(context, mark, value)
        case "measures":
            return ListMeasures() if context.known.staff is not None else None
        case "measure-new" | "measure-from" | "measure-open":
            return _of_new_measure(context, mark, value)
        case "measure-indicators" | "measure-judged":
            return _of_indicators(context, value)
        case "round":
            return BeginRound(value) if context.known.staff is not None else None
        case "policy":
            return ReadPolicy(value) if context.known.staff is not None else None
        case "danger":
            return _danger_meant(context, value)
        case "pending":
            return pending_meant(context)
        case "erase":
            return Act.ERASE if context.offers("not-erase") else AskRight(Right.ERASE)
        case _:
            return None


def _second_answer(context: Context) -> Intent | None:
    """The words that wait for a yes, as long as they do."""
    waiting = context.state.second_answer
    if waiting is None or context.known.staff is None:
        return None
    return AnswerCase(waiting.number, waiting.words, again=True)


def _of_measure(context: Context, mark: str, number: str) -> Intent | None:
    """What a staff member does with a measure."""
    if context.known.staff is None or not number:
        return None
    match mark:
        case "measure-take":
            return TakeMeasure(number)
        case "measure-done":
            return FinishMeasure(number)
        case _:
            return ShowMeasure(number)


def _of_new_measure(context: Context, mark: str, value: str) -> Intent | None:
    """What a staff member chooses while opening one."""
    if context.known.staff is None:
        return None
    if mark == "measure-new":
        return BeginMeasure(value)
    if context.state.measure is None:
        return None
    return ChooseOrigin(value) if mark == "measure-from" else OpenMeasure()


def _of_indicators(context: Context, place: str) -> Intent | None:
    """By what the measure is judged that a staff member is opening."""
    if context.known.staff is None or context.state.measure is None:
        return None
    return ChooseIndicator(int(place)) if place.isdecimal() else ListIndicators()


def _danger_meant(context: Context, kind: str) -> Intent | None:
    found = context.release.content.emergency_by_id.get(kind)
    if found is None:
        return None
    told_above = context.state.danger == found.id
    return ReportDanger(found.reply, found.id, briefly=told_above)


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


def _question_not_comment(context: Context) -> Intent:
    """The last words were no comment, correction or part of a case, but a question."""
    follow_up, words = context.state.follow_up, context.state.doubtful
    if not words and follow_up is not None and follow_up.messages:
        words = follow_up.messages[-1]
    if not words:
        return Act.INVITE_QUESTION
    return LookUp(words, context.rank(words), was_comment=True)
