"""Tells citizens what happens to their case, and takes their judgement of an answer."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from handlers.cases import adding, mail, opening
from handlers.cases.filed import own_cases
from handlers.facts.cases import AnswerJudged, CaseExtended, CaseReopened
from handlers.messages import (
    MAX_TEXT,
    MAX_TEXT_WITH_OPTIONS,
    CaseAnswer,
    CaseNews,
    CaseStep,
    Channel,
    Waits,
    shortened,
)
from handlers.questionnaires import asking, progress
from handlers.state import Draft
from handlers.turn import TurnBuilder
from handlers.understanding.dangers.urgent import is_urgent

_FRAME = 400  # characters reserved around a person's words
_PASSING = (CaseStep.READ, CaseStep.FORWARDED, CaseStep.TAKEN_BACK)
"""Steps on the way to an answer, of which nobody is told by an announcement."""


def tell(turn: TurnBuilder, news: CaseAnswer | CaseNews) -> None:
    """Tell a citizen what happened to their case; an open question stays open."""
    if isinstance(news, CaseAnswer):
        _tell_answer(turn, news)
    else:
        _tell_step(turn, news)


def _tell_answer(turn: TurnBuilder, answer: CaseAnswer) -> None:
    """Pass a member of staff's answer on to the citizen."""
    if turn.incoming.sender.channel is Channel.MAIL:
        mail.tell_answer(turn, answer)
        return
    receiver = opening.receiver_name(turn, answer.area)
    words = shortened(answer.text, MAX_TEXT - _FRAME)
    turn.say("case-answer", number=answer.number, receiver=receiver, words=words)
    if answer.file is not None:
        turn.attach(answer.file, turn.text("answer-file", number=answer.number))
    turn.about = answer.number
    turn.private = True
    _ask_whether_it_answers(turn, answer.number)


def _ask_whether_it_answers(turn: TurnBuilder, number: str) -> None:
    """Ask whether the answer satisfies: by buttons if they fit, in words if nothing is open."""
    options = opening.options_to_judge(turn, number)
    is_long = turn.length > MAX_TEXT_WITH_OPTIONS - _FRAME
    if asking.is_free(turn):
        progress.pause(turn)
        turn.ask(turn.text("case-answer-judge-long" if is_long else "case-answer-judge"), options)
        turn.options = () if is_long else turn.options
    elif is_long:
        turn.say("case-answer-back")
    else:
        turn.say("case-answer-judge")
        turn.options = tuple(options)


def _tell_step(turn: TurnBuilder, news: CaseNews) -> None:
    """Tell what happened to a case, other than an answer."""
    receiver = opening.receiver_name(turn, news.area)
    due = turn.date(news.due_at) if news.due_at is not None else ""
    why = shortened(news.text, MAX_TEXT_WITH_OPTIONS - _FRAME)
    turn.about = news.number
    turn.private = bool(why)
    if news.step in _PASSING and turn.waits is Waits.ANNOUNCED:
        turn.waits = Waits.QUIETLY  # its announcement would use up the answer's
    match news.step:
        case CaseStep.READ:
            turn.say("case-news-read", number=news.number, receiver=receiver)
        case CaseStep.FORWARDED:
            turn.say("case-news-forwarded", number=news.number, receiver=receiver)
        case CaseStep.TAKEN_BACK:
            turn.say("case-news-taken-back", number=news.number, receiver=receiver)
        case CaseStep.EXTENDED:
            turn.say("case-news-extended", number=news.number, date=due)
        case CaseStep.OVERDUE:
            turn.say("case-news-overdue", number=news.number)
        case CaseStep.CLOSED:
            turn.say("case-news-closed", number=news.number, receiver=receiver)
        case CaseStep.REOPENED:
            turn.say("case-news-reopened", number=news.number, receiver=receiver, date=due)
        case CaseStep.FORMAL:
            rules = turn.release.content.case_rules
            turn.say("case-news-formal", number=news.number)
            turn.say("records-way", days=rules.records_days, more=rules.records_extension_days)
        case _:
            assert_never(news.step)
    if due and news.step in (CaseStep.FORWARDED, CaseStep.TAKEN_BACK):
        turn.say("case-news-due", date=due)
    if why:
        turn.say("case-news-why", words=why)
    if turn.incoming.sender.channel is Channel.MAIL:
        turn.subject = turn.text("case-mail-news", number=news.number)
        mail.finish(turn, news.number)


def judge(turn: TurnBuilder, number: str, value: str, words: str = "") -> None:
    """Take the citizen's judgement of an answer; a no reopens the case under its number.

    ``number`` "": the latest case, if it was typed instead of pressed. ``words``: what is missing;
    with them a no reopens the case at once.
    """
    cases_here = [case.number for case in turn.state.cases if number in ("", case.number)]
    if not cases_here:
        turn.say("case-none")
        asking.ask_open(turn)
        return
    number = cases_here[-1]
    words = _take_kept(turn, number, words)
    turn.record(AnswerJudged(number, value))
    if turn.state.prompt is not None and turn.state.prompt.offers(f"solved:{number}"):
        turn.update(prompt=None)
    if value == "yes":
        turn.say("judged-yes", number=number)
        adding.leave_in_sight(turn, number)
        return
    if not opening.is_open(turn, number):
        turn.say("reopen-too-late", number=number)
        asking.ask_open(turn)
        return
    due = opening.answer_due(turn)
    if words:
        turn.record(CaseExtended(number, words, due, is_urgent(words, turn.release)))
        turn.say("judged-told", number=number, date=turn.date(due.at))
    elif value == "no":
        turn.record(CaseReopened(number, due))
        turn.say("judged-no", number=number, date=turn.date(due.at))
    else:  # it reopens with the next words
        turn.say("judged-partly", number=number)
    opening.expect(turn, number, answered=value == "partly" and not words)
    opening.offer_end(turn)


def doubt(turn: TurnBuilder, number: str, words: str) -> None:
    """Take the dissatisfaction of a citizen; without an answer yet, say the case's status."""
    if own_cases.is_answered(turn, number):
        _ask_if_solved(turn, number, words)
    else:
        own_cases.show(turn, number)


def _ask_if_solved(turn: TurnBuilder, number: str, words: str) -> None:
    """Ask whether words after an answered case are to reopen it."""
    kept = _take_kept(turn, number, words)[: opening.MAX_KEPT]
    files = turn.state.draft.files if turn.state.draft is not None else ()
    turn.update(draft=Draft(turn.at, kept, files=files, case=number))
    options = [
        turn.option("solved", f"solved:{number}"),
        turn.option("unsolved", f"unsolved:{number}"),
        turn.option("menu"),
    ]
    turn.ask(turn.text("case-solved-ask", number=number), options)


def _take_kept(turn: TurnBuilder, number: str, words: str) -> str:
    """Words about a case, joined to those kept from an earlier question, which it forgets."""
    draft = turn.state.draft
    if draft is None or draft.case != number:
        return words
    turn.update(draft=replace(draft, words="", case=""))
    return "\n".join(filter(None, (draft.words, words)))
