"""A citizen's own cases: how they stand, and taking one back. Only from the chat they came from."""

from __future__ import annotations

from handlers.cases.cases import receiver_name
from handlers.errors import Needed
from handlers.facts import CaseWithdrawn
from handlers.needs import NeedCase
from handlers.questionnaires import asking, progress
from handlers.state import CaseRef, Draft
from handlers.turn import TurnBuilder

MAX_KEPT = 1000


def show(turn: TurnBuilder, number: str) -> None:
    """State, unit and next step of one case; nothing of anybody else's."""
    case = next((c for c in turn.state.cases if c.number == number), None)
    if case is None:
        turn.say("case-not-here", number=number)
        asking.ask_open(turn)
        return
    _tell(turn, case)


def show_latest(turn: TurnBuilder) -> None:
    """ "En qué va mi reclamo": the latest; the others by their number."""
    cases = turn.state.cases
    if not cases:
        turn.say("case-none-yet")
        turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])
        return
    others = [case.number for case in cases[:-1]][-3:]
    if others:
        turn.say("case-others", numbers=", ".join(reversed(others)))
    _tell(turn, cases[-1])


def ask_about_procedure(turn: TurnBuilder, words: str) -> None:
    """ "¿En qué está mi trámite?": no file is seen here; a case with a number can be opened."""
    progress.pause(turn)
    area = turn.release.area_of_card(turn.state.topic)
    turn.update(draft=Draft(turn.at, words[:MAX_KEPT], area), greeted=True)
    turn.say("procedure-unseen")
    options = [turn.option("complaint"), turn.option("person"), turn.option("menu")]
    turn.ask(turn.text("procedure-offer"), options)


def can_be_withdrawn(turn: TurnBuilder, number: str) -> bool:
    """Whether it is one of this chat's cases, and still open."""
    is_own = any(case.number == number for case in turn.state.cases)
    return is_own and _is_open(turn, number)


def ask_to_withdraw(turn: TurnBuilder, number: str) -> None:
    """Whether to withdraw, or to leave it filed."""
    progress.pause(turn)
    turn.update(follow_up=None)
    question = turn.text("withdraw-ask", number=number)
    options = [turn.option("withdraw", f"withdraw:{number}"), turn.option("keep-case")]
    turn.ask(question, options)


def withdraw(turn: TurnBuilder, number: str) -> None:
    """Yes: the case is closed as taken back; its number stays."""
    left = tuple(case for case in turn.state.cases if case.number != number)
    if len(left) == len(turn.state.cases):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    turn.record(CaseWithdrawn(number))
    turn.update(cases=left, follow_up=None, prompt=None)
    turn.say("withdrawn", number=number)


def keep(turn: TurnBuilder) -> None:
    """No: it stays filed."""
    turn.update(prompt=None)
    turn.say("withdraw-kept")


def _tell(turn: TurnBuilder, case: CaseRef) -> None:
    receiver = receiver_name(turn, case.area)
    key = "case-stands-open" if _is_open(turn, case.number) else "case-stands-closed"
    turn.say(key, number=case.number, receiver=receiver)
    options = [turn.option("answer", f"case:{case.number}"), turn.option("menu")]
    turn.ask("", options)


def _is_open(turn: TurnBuilder, number: str) -> bool:
    if turn.known.case_owner is None:
        raise Needed(NeedCase(number))
    return turn.known.case_owner
