"""Cases in the chat of staff: listing, answering, taking an answer back, notes."""

from __future__ import annotations

from typing import assert_never

from handlers.cases.people.staff import quoted_words, say_how_to_answer
from handlers.errors import Needed
from handlers.facts.cases import UNDO, AnswerUndone, CaseAnswered, CaseNoted, CaseRead
from handlers.messages import MAX_OPTIONS, Layout
from handlers.needs import (
    NeedAnswered,
    NeedCase,
    NeedCaseWords,
    NeedMayAnswer,
    NeedMayNote,
    NeedOpenCases,
    NeedUndoable,
)
from handlers.questionnaires import progress
from handlers.staff_chat.cases import CaseBrief
from handlers.state import Answered, SecondAnswer, Staff
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.intents.staff import (
    AnswerCase,
    CaseInChat,
    ListCases,
    NoteCase,
    ReadCase,
    SendNothing,
    UndoAnswer,
)

_UNDO_S = round(UNDO.total_seconds())


def act_on_case(turn: TurnBuilder, intent: CaseInChat) -> None:
    """Act on a staff member's intent about cases."""
    match intent:
        case ListCases():
            _list(turn)
        case ReadCase(number):
            _read(turn, number)
        case AnswerCase():
            _answer(turn, intent)
        case UndoAnswer(number):
            _undo(turn, number)
        case NoteCase(number, words):
            _note(turn, number, words)
        case SendNothing(sentence, number):
            turn.say(sentence, number=number, address=_address(turn, number))
        case _:
            assert_never(intent)


def drop_second_answer(turn: TurnBuilder) -> None:
    """No to a second answer: send nothing."""
    turn.update(second_answer=None)
    turn.say("case-answer-dropped")


def _list(turn: TurnBuilder) -> None:
    """/casos: list the cases that they may answer, without their text."""
    progress.pause(turn)
    found = turn.known.open_cases
    if found is None:
        raise Needed(NeedOpenCases(_staff(turn).id))
    if not found:
        turn.ask(turn.text("cases-none"), [turn.option("menu")])
        return
    shown = found[: MAX_OPTIONS - 1]
    for case in shown:
        turn.body.append(_line(turn, case))
    if len(found) > len(shown):
        turn.say("cases-more", count=len(found) - len(shown), address=_address(turn))
    options = [named_option(f"case-read:{case.number}", case.number) for case in shown]
    turn.ask(turn.text("cases-list"), [*options, turn.option("menu")], layout=Layout.LIST)


def _line(turn: TurnBuilder, case: CaseBrief) -> str:
    kind, area = turn.text(f"case-kind-{case.kind}"), _area(turn, case)
    values = {"number": case.number, "kind": kind, "area": area}
    if case.due_at is None:
        line = turn.text("cases-line-no-term", **values)
    else:
        line = turn.text("cases-line", date=turn.date(case.due_at), **values)
    return turn.text("urgent-subject", subject=line) if case.urgent else line


def _read(turn: TurnBuilder, number: str) -> None:
    """Show one case; quoting this message answers it."""
    staff, case = _staff(turn), turn.known.case_words
    if case is None:
        raise Needed(NeedCaseWords(number, staff.id))
    if not isinstance(case, CaseBrief):
        turn.say("case-not-theirs", number=number)
        return
    turn.record(CaseRead(number, staff.id))
    if case.urgent:
        turn.say("case-notice-urgent")
    kind, words = turn.text(f"case-kind-{case.kind}"), quoted_words(turn, case.words)
    turn.say("case-notice", number=number, kind=kind, area=_area(turn, case), words=words)
    if case.due_at is not None:
        turn.say("case-notice-due", date=turn.date(case.due_at))
    turn.about = number
    turn.private = True
    say_how_to_answer(turn, number)


def _answer(turn: TurnBuilder, answer: AnswerCase) -> None:
    """Answer the citizen; a second answer is only sent after a yes."""
    staff, number = _staff(turn), answer.number
    if not _is_open(turn, number):
        turn.say("case-unknown", number=number)
    elif not _may_answer(turn, staff, number):
        turn.say("case-answer-not-theirs", number=number)
    elif not answer.again and (earlier := _answered(turn, number)) is not None:
        _ask_for_second(turn, answer, earlier)
    else:
        turn.record(CaseAnswered(number, staff.id, answer.words))
        question = turn.text("case-answer-sent", number=number, seconds=_UNDO_S)
        turn.ask(question, [turn.option("answer-undo", f"answer-undo:{number}")])


def _undo(turn: TurnBuilder, number: str) -> None:
    staff = _staff(turn)
    note = turn.known.undoable
    if note is None:
        raise Needed(NeedUndoable(number, staff.id))
    if note:
        turn.record(AnswerUndone(number, staff.id, note))
        turn.say("case-answer-undone", number=number)
    else:
        turn.say("case-answer-gone", number=number)


def _note(turn: TurnBuilder, number: str, words: str) -> None:
    """Add a note that only staff see."""
    staff = _staff(turn)
    if not words:
        turn.say("case-note-how")
        return
    if turn.known.may_note is None:
        raise Needed(NeedMayNote(number, staff.id))
    if turn.known.may_note:
        turn.record(CaseNoted(number, staff.id, words))
        turn.say("case-note-kept", number=number)
    else:
        turn.say("case-answer-not-theirs", number=number)


def _is_open(turn: TurnBuilder, number: str) -> bool:
    if turn.known.case_owner is None:
        raise Needed(NeedCase(number))
    turn.update(second_answer=None)
    return turn.known.case_owner


def _may_answer(turn: TurnBuilder, staff: Staff, number: str) -> bool:
    """Whether they may answer now: somebody who lost the role still has old notices."""
    if turn.known.may_answer is None:
        raise Needed(NeedMayAnswer(number, staff.id))
    return turn.known.may_answer


def _answered(turn: TurnBuilder, number: str) -> Answered | None:
    if turn.known.answered is None:
        raise Needed(NeedAnswered(number))
    return turn.known.answered if isinstance(turn.known.answered, Answered) else None


def _ask_for_second(turn: TurnBuilder, answer: AnswerCase, earlier: Answered) -> None:
    turn.update(second_answer=SecondAnswer(answer.number, answer.words))
    date = turn.date(earlier.at)
    if earlier.name:
        turn.say("case-answered-by", number=answer.number, date=date, name=earlier.name)
    else:
        turn.say("case-answered-before", number=answer.number, date=date)
    options = [turn.option("answer-again"), turn.option("not-answer-again")]
    turn.ask(turn.text("case-answer-again"), options)


def _area(turn: TurnBuilder, case: CaseBrief) -> str:
    receiver = turn.text("case-receiver-general")
    return turn.release.area_name(case.area) if case.area else receiver


def _address(turn: TurnBuilder, number: str = "") -> str:
    """The case's address in the panel; in words if the panel's base URL is unknown."""
    panel = turn.release.panel
    return f"{panel}/casos/{number}".rstrip("/") if panel else turn.text("the-panel")


def _staff(turn: TurnBuilder) -> Staff:
    assert turn.known.staff is not None, "only understood of a staff member"
    return turn.known.staff
