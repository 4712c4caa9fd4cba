"""Asking for a person and filing complaints; the staff's answers on their way back."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.errors import Needed
from handlers.facts import CaseExtended, CaseKind, CaseOpened
from handlers.messages import (
    MAX_TEXT,
    MAX_TEXT_WITH_OPTIONS,
    CaseAnswer,
    shortened,
    units,
)
from handlers.needs import NeedCase, NeedCaseNumber
from handlers.questionnaires import asking, progress
from handlers.state import Awaits, CaseRef, Draft, FollowUp
from handlers.turn import FOLLOW_UP_TIME, TurnBuilder, in_numbers, named
from handlers.understanding.intents import TellWaiting

MAX_SHOWN = 160  # characters of a citizen's own words that are said back
MAX_KEPT = 1000  # characters of words that are kept until it is clear what they are for
KEPT_CASES = 20  # a contact's latest cases
_FRAME = 300  # characters that stand round a person's answer


def ask_for_person(turn: TurnBuilder, words: str = "") -> None:
    """PERSONA: a number at once; what follows is read by a person."""
    open_case = next((c for c in turn.state.cases if c.kind is CaseKind.PERSON), None)
    if open_case is not None and _is_open(turn, open_case.number):
        turn.say("case-person-again", number=open_case.number)
        _expect(turn, open_case.number)
        if words:
            turn.record(CaseExtended(open_case.number, words))
        _offer_end(turn)
        return
    number = _number(turn)
    draft = turn.state.draft
    told = words or (draft.words if draft is not None else "")
    area = (
        draft.area
        if draft is not None and draft.area
        else turn.release.area_of_card(turn.state.topic)
    )
    _open(turn, CaseRef(number, CaseKind.PERSON, area), told)
    hours = turn.release.content.general.hours
    if hours:
        turn.say("case-person-hours", number=number, hours=hours)
    else:
        turn.say("case-person", number=number)
    turn.say("case-person-tell")
    _offer_end(turn)


def ask_what_happened(turn: TurnBuilder) -> None:
    """RECLAMO: with what was already told it is filed at once, else the words are asked for."""
    draft, follow_up = turn.state.draft, turn.state.follow_up
    if draft is not None and draft.words:
        _file(turn, draft.words, draft.area, waiting=not draft.experience, told_before=True)
    elif follow_up is not None and follow_up.messages:
        _file(turn, "\n".join(follow_up.messages), follow_up.subject.area, told_before=True)
    else:
        progress.pause(turn)
        turn.update(follow_up=None)
        turn.ask(turn.text("case-ask"), [turn.option("cancel")], Awaits.CASE)


def file_complaint(turn: TurnBuilder, words: str, area: str) -> None:
    """Open the complaint for its area; with area "" the general staff takes it."""
    _file(turn, words, area)


def answer_waiting(turn: TurnBuilder, told: TellWaiting) -> None:
    """The citizen waits for the municipality: say honestly what the assistant can and cannot do."""
    progress.pause(turn)
    turn.update(draft=Draft(turn.at, told.words[:MAX_KEPT], told.area), greeted=True)
    turn.say("waiting")  # it says what the assistant is and can do, so nothing else has to
    options = [turn.option("complaint")]
    if told.service:
        service = turn.release.content.service_by_id[told.service]
        options.append(named(f"card:{service.id}", service.short_name))
    options.append(turn.option("person"))
    question = f"{turn.text('waiting-choice')}\n{in_numbers(option.label for option in options)}"
    turn.ask(question, options, numbered=len(options))


def add(turn: TurnBuilder, follow_up: FollowUp, words: str) -> None:
    """Words that follow a case within ten minutes belong to it."""
    turn.record(CaseExtended(follow_up.case, words))
    turn.update(follow_up=replace(follow_up, until=turn.at + FOLLOW_UP_TIME))
    turn.say("case-extended", number=follow_up.case)
    _offer_end(turn)


def end(turn: TurnBuilder, follow_up: FollowUp) -> None:
    """LISTO after a case."""
    turn.update(follow_up=None, prompt=None)
    turn.say("case-done", number=follow_up.case)
    asking.resume_last(turn)


def reopen(turn: TurnBuilder, number: str = "") -> None:
    """RESPONDER: what follows goes to the case."""
    if number:  # its button was pressed, so nothing is added to anything else
        turn.update(follow_up=None)
    cases = turn.state.cases
    found = next((c for c in reversed(cases) if not number or c.number == number), None)
    if found is None or not _is_open(turn, found.number):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    progress.pause(turn)
    turn.say("case-open-again", number=found.number)
    _expect(turn, found.number)
    _offer_end(turn)


def add_to_quoted(turn: TurnBuilder, number: str, words: str) -> None:
    """The citizen quoted a message of their own case, which is open."""
    if turn.known.case_owner is None:
        raise Needed(NeedCase(number))
    progress.pause(turn)
    add(turn, _expect(turn, number), words)


def tell_answer(turn: TurnBuilder, answer: CaseAnswer) -> None:
    """A person's answer reaches the citizen; what is open stays open."""
    receiver = receiver_name(turn, answer.area)
    words = shortened(answer.text, MAX_TEXT - _FRAME)
    turn.say("case-answer", number=answer.number, receiver=receiver, words=words)
    if units(turn.body[-1]) <= MAX_TEXT_WITH_OPTIONS:
        turn.options = (turn.option("answer", f"case:{answer.number}"),)
    turn.about = answer.number
    turn.private = True


def receiver_name(turn: TurnBuilder, area: str) -> str:
    """Who takes a case of this area."""
    return turn.release.area_name(area) if area else turn.text("case-receiver-general")


def _file(
    turn: TurnBuilder, words: str, area: str, *, waiting: bool = False, told_before: bool = False
) -> None:
    number = _number(turn)
    _open(turn, CaseRef(number, CaseKind.COMPLAINT, area, waiting), words)
    receiver = receiver_name(turn, area)
    if told_before:
        turn.private = True
        turn.say("case-told-before", words=shortened(" ".join(words.split()), MAX_SHOWN))
    turn.say("case-opened", number=number, receiver=receiver)
    _offer_end(turn)


def _number(turn: TurnBuilder) -> str:
    if turn.known.case_number is None:
        raise Needed(NeedCaseNumber())
    return turn.known.case_number


def _is_open(turn: TurnBuilder, number: str) -> bool:
    """Whether the case is still there to be added to."""
    if turn.known.case_owner is None:
        raise Needed(NeedCase(number))
    return turn.known.case_owner


def _open(turn: TurnBuilder, case: CaseRef, words: str) -> None:
    turn.record(CaseOpened(case.number, case.kind, case.area, words))
    progress.pause(turn)
    turn.update(cases=(*turn.state.cases, case)[-KEPT_CASES:], draft=None)
    _expect(turn, case.number)


def _expect(turn: TurnBuilder, number: str) -> FollowUp:
    progress.pause(turn)
    follow_up = FollowUp(until=turn.at + FOLLOW_UP_TIME, messages=(), case=number)
    turn.update(follow_up=follow_up, prompt=None)
    return follow_up


def _offer_end(turn: TurnBuilder) -> None:
    turn.ask("", [turn.option("done"), turn.option("menu")])
