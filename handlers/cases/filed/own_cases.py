"""A citizen's own cases: their status, questions about them, and withdrawing one.

Only from the chat in which they were filed.
"""

from __future__ import annotations

from typing import assert_never

from handlers.cases.opening import (
    MAX_FILES,
    MAX_KEPT,
    files_sent,
    is_open,
    offer_end,
    options_to_judge,
    receiver_name,
)
from handlers.errors import Needed
from handlers.facts.cases import CaseKind, CaseWithdrawn
from handlers.messages import MAX_ROW_LABEL, File, Layout, shortened
from handlers.needs import NeedCaseStatus
from handlers.questionnaires import asking, progress
from handlers.state import Awaits, CaseRef, CaseStatus, Filing
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.intents.cases import CaseAspect

_KEYS = {"show": "own-case", "withdraw": "take-back", "add": "case"}  # of options, by the deed
_MOST_LISTED = 6  # cases to choose from


def show(turn: TurnBuilder, number: str, *, regrets: bool = False) -> None:
    """Say the status, area and next step of one of the contact's own cases.

    ``regrets``: say first that one is sorry that it takes so long.
    """
    case = next((c for c in turn.state.cases if c.number == number), None)
    if case is None:
        turn.say("case-not-here", number=number)
        asking.ask_open(turn)
        return
    if regrets:
        turn.say("case-regret")
    _tell(turn, case)


def say_state(turn: TurnBuilder, number: str) -> None:
    """Say how one of the contact's own cases stands, and ask nothing."""
    case = next((c for c in turn.state.cases if c.number == number), None)
    stands = _status(turn, number)
    if case is not None and stands is not None:
        _say(turn, case, stands)


def show_latest(turn: TurnBuilder) -> None:
    """ "En qué va mi reclamo": say the latest case's status."""
    cases, follow_up = turn.state.cases, turn.state.follow_up
    if follow_up is not None and not follow_up.case:
        turn.update(follow_up=None)  # the words did not belong to the comment
    if not cases:
        turn.say("case-none-yet")
        turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])
        return
    _tell(turn, cases[-1])


def ask_which(turn: TurnBuilder, numbers: tuple[str, ...], deed: str, *, unknown: bool) -> None:
    """Ask which case is meant, the latest first. ``unknown``: none of them was named."""
    if turn.state.follow_up is not None:
        turn.update(follow_up=None)
    meant = [case for case in reversed(turn.state.cases) if case.number in numbers][:_MOST_LISTED]
    options = [named_option(f"{_KEYS[deed]}:{case.number}", _name(turn, case)) for case in meant]
    if unknown:
        options.append(turn.option("complaint"))
    key = "case-which-unknown" if unknown else "case-which"
    turn.ask(turn.text(key), options, layout=Layout.LIST, numbered=len(options))


def _name(turn: TurnBuilder, case: CaseRef) -> str:
    """A case by the last digits of its number and its matter: "2: Hoyos y veredas"."""
    service = turn.release.content.service_by_id.get(case.card)
    matter = service.short_name if service is not None else ""
    if not matter and case.area:
        matter = turn.release.area_name(case.area)
    serial = case.number.rpartition("-")[2].lstrip("0")
    return shortened(f"{serial}: {matter or turn.text(f'case-kind-{case.kind}')}", MAX_ROW_LABEL)


def miss(turn: TurnBuilder) -> None:
    """A case that was filed by another way: nothing is known of it, and no other is shown."""
    turn.say("case-elsewhere")
    turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])


def show_way_to_records(turn: TurnBuilder) -> None:
    """Public information: say the formal procedure and its term; it is not given in a chat."""
    rules = turn.release.content.case_rules
    turn.update(filing=None, prompt=None)
    turn.say("records-way", days=rules.records_days, more=rules.records_extension_days)
    turn.ask("", [turn.option("person"), turn.option("menu")])


def read_answer(turn: TurnBuilder) -> None:
    """Send the held replies, which go out before this turn's, so that it says nothing."""
    if turn.known.waiting:
        return
    turn.say("nothing-waits")
    asking.ask_open(turn)


def give_receipt(turn: TurnBuilder, number: str) -> None:
    """Send the receipt of a case; "": of the latest."""
    case = next((c for c in reversed(turn.state.cases) if number in ("", c.number)), None)
    if case is None:
        turn.say("case-none-yet")
        turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])
        return
    file = File(f"comprobante-{case.number}.pdf", ref=f"receipt:{case.number}")
    turn.attach(file, turn.text("receipt-caption", number=case.number))
    turn.say("receipt-given")
    if turn.state.follow_up is not None and turn.state.follow_up.case:
        offer_end(turn)
    else:
        asking.ask_open(turn)


def ask_about_procedure(turn: TurnBuilder, words: str) -> None:
    """ "¿En qué está mi trámite?": its file is not visible here, so offer a case about it."""
    progress.pause(turn)
    filing = Filing(
        turn.at,
        CaseKind.REQUEST,
        turn.release.area_of_card(turn.state.topic),
        (words[:MAX_KEPT],),
        waiting=True,
        asked=True,
        files=files_sent(turn),
    )
    turn.update(filing=filing, draft=None, greeted=True, follow_up=None)
    turn.say("procedure-unseen")
    options = [turn.option("skip"), turn.option("person"), turn.option("menu")]
    turn.ask(turn.text("procedure-offer"), options, Awaits.CASE)


def explain(turn: TurnBuilder, aspect: CaseAspect) -> None:
    """Explain one thing about a case being told or just filed; what is open stays open."""
    area = _area_of_case(turn)
    receiver = receiver_name(turn, area)
    match aspect:
        case CaseAspect.WAY:
            turn.say("case-how", days=turn.release.content.case_rules.answer_days)
        case CaseAspect.READERS:
            turn.say("case-readers", receiver=receiver)
        case CaseAspect.UNNAMED:
            turn.say("case-unnamed")
        case CaseAspect.FILES:
            turn.say("case-files", most=MAX_FILES)
        case CaseAspect.LATE:
            turn.say("case-if-late")
        case CaseAspect.OTHER_WAY:
            turn.say("case-other-way")
        case CaseAspect.HOURS:
            _say_hours(turn, area, receiver)
        case CaseAspect.CALL:
            _say_whom_to_call(turn, area)
        case CaseAspect.TOLD:
            _say_if_told(turn, receiver)
        case CaseAspect.SEEN:
            _say_who_saw(turn, receiver)
        case CaseAspect.PURPOSE:
            turn.say("case-purpose")
        case CaseAspect.OUTCOME:
            turn.say("case-outcome", receiver=receiver)
        case _:
            assert_never(aspect)
    asking.ask_open(turn)


def _area_of_case(turn: TurnBuilder) -> str:
    """The area of the case being told or just filed; "": the general office."""
    filing = turn.state.filing
    if filing is not None:
        return filing.area
    return turn.state.cases[-1].area if turn.state.cases else ""


def _say_whom_to_call(turn: TurnBuilder, area: str) -> None:
    """The emergency numbers, and the telephone that the case's card or area has."""
    content, told = turn.release.content, turn.state.filing is not None
    card_of_case = "" if told else turn.state.cases[-1].card
    turn.say("case-call-danger")
    for card in (content.service_by_id.get(card_of_case), content.area_by_id.get(area)):
        if card is not None and card.phone:
            turn.say("case-call-contact", name=card.name, contact=card.phone)
            return
    turn.say("case-call-unknown", receiver=receiver_name(turn, area))


def _say_if_told(turn: TurnBuilder, receiver: str) -> None:
    """Whether staff on duty were told of the case when it was filed."""
    if turn.state.filing is not None:
        turn.say("case-told-not-yet", receiver=receiver)
    else:
        told = bool(turn.state.cases) and turn.state.cases[-1].urgent
        turn.say("case-told" if told else "case-told-none", receiver=receiver)


def _say_who_saw(turn: TurnBuilder, receiver: str) -> None:
    """Whether the case was read; who opened what, no record here tells."""
    if turn.state.filing is not None:
        turn.say("case-seen-told", receiver=receiver)
        return
    stands = _status(turn, turn.state.cases[-1].number) if turn.state.cases else None
    if stands is not None:
        unread = stands.status == "open" and not stands.read
        turn.say("case-seen-nobody" if unread else "case-seen-somebody", receiver=receiver)
    turn.say("data-seen")


def _say_hours(turn: TurnBuilder, area: str, receiver: str) -> None:
    content = turn.release.content
    found = content.area_by_id.get(area)
    hours = (found.hours if found is not None else None) or content.general.hours
    if hours:
        turn.say("topic-hours", name=receiver, value=hours.rstrip("."))
    else:
        turn.say("case-hours-unknown", receiver=receiver)


def can_be_withdrawn(turn: TurnBuilder, number: str) -> bool:
    """Whether the case is one of this chat's and still open."""
    is_own = any(case.number == number for case in turn.state.cases)
    return is_own and is_open(turn, number)


def ask_to_withdraw(turn: TurnBuilder, number: str) -> None:
    """Ask whether to withdraw the case or to leave it filed."""
    progress.pause(turn)
    turn.update(follow_up=None)
    question = turn.text("withdraw-ask", number=number)
    options = [turn.option("withdraw", f"withdraw:{number}"), turn.option("keep-case")]
    turn.ask(question, options)


def withdraw(turn: TurnBuilder, number: str) -> None:
    """Yes: withdraw the case; its number stays."""
    left = tuple(case for case in turn.state.cases if case.number != number)
    if len(left) == len(turn.state.cases):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    turn.record(CaseWithdrawn(number))
    turn.update(cases=left, follow_up=None, prompt=None)
    turn.say("withdrawn", number=number)


def keep(turn: TurnBuilder) -> None:
    """No: leave the case filed."""
    turn.update(prompt=None)
    turn.say("withdraw-kept")


def _tell(turn: TurnBuilder, case: CaseRef) -> None:
    """Say a case's status, area and since when, deadline, and next step."""
    stands = _status(turn, case.number)
    if stands is None:
        turn.say("case-not-here", number=case.number)
        asking.ask_open(turn)
        return
    _say(turn, case, stands)
    if stands.status == "answered":
        turn.ask(turn.text("case-answer-judge"), options_to_judge(turn, case.number))
        return
    receipt = turn.option("receipt", f"receipt:{case.number}")
    options = [turn.option("answer", f"case:{case.number}"), receipt, turn.option("menu")]
    turn.ask("", options if stands.status != "closed" else options[1:])


def _say(turn: TurnBuilder, case: CaseRef, stands: CaseStatus) -> None:
    """Say the status, whom it is with and the deadline."""
    turn.say(f"case-stands-{_state(stands)}", number=case.number)
    receiver, since = receiver_name(turn, stands.area), turn.date(stands.area_since)
    if stands.status == "open":
        turn.say("case-stands-with", receiver=receiver, date=since)
        if stands.due_at is not None:
            key = "case-stands-late" if turn.at > stands.due_at else "case-stands-due"
            turn.say(key, date=turn.date(stands.due_at))
    elif stands.status == "answered":
        turn.say("case-stands-seen", receiver=receiver)
    else:
        turn.say("case-stands-was", receiver=receiver)


def _state(stands: CaseStatus) -> str:
    """The wording key of a case's status."""
    if stands.status != "open":
        return stands.status
    return "read" if stands.read else "open"


def is_answered(turn: TurnBuilder, number: str) -> bool:
    """Whether a case of this contact has an answer and can still be reopened."""
    stands = _status(turn, number)
    return stands is not None and stands.status == "answered"


def _status(turn: TurnBuilder, number: str) -> CaseStatus | None:
    found = turn.known.case_status
    if found is None:
        raise Needed(NeedCaseStatus(number))
    return found if isinstance(found, CaseStatus) else None
