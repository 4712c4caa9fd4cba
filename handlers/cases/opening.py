"""Opens a case, and what all cases share: number, term, and the words that follow."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.cases.deadlines import first_term
from handlers.errors import Needed
from handlers.facts.cases import CaseOpened, Due
from handlers.facts.files import FilesFiled
from handlers.messages import Option, SentFile
from handlers.needs import NeedCase, NeedCaseNumber
from handlers.questionnaires import progress
from handlers.search.ranking import Verdict
from handlers.state import CaseRef, FollowUp
from handlers.turn import FOLLOW_UP_TIME, TurnBuilder
from handlers.understanding.dangers.urgent import is_urgent_after
from handlers.understanding.intents.danger import alert_of, calmed_of

_MOST_NEAR = 3  # cards by which a case may be meant
MAX_KEPT = 1000  # characters kept until it is clear what they are for
MAX_FILES = 3  # photos and PDFs of a case, and as many audios
KEPT_CASES = 20  # of a contact, in the conversation


def open_case_of(turn: TurnBuilder, case: CaseRef, words: str, *, urgent: bool = False) -> None:
    """Open a case; words within the next ten minutes are added to it."""
    urgent = urgent or cannot_wait(turn, words)
    turn.record(CaseOpened(case.number, case.kind, case.area, words, answer_due(turn), urgent))
    if files := files_sent(turn):
        turn.record(FilesFiled(case.number, tuple(file.id for file in files)))
        case = replace(case, files=files)
    progress.pause(turn)
    case = replace(known_by_card(turn, case, words), at=turn.at, urgent=urgent)
    cases = (*turn.state.cases, case)[-KEPT_CASES:]
    turn.update(cases=cases, draft=None, filing=None)
    expect(turn, case.number, told=words)


def known_by_card(turn: TurnBuilder, case: CaseRef, words: str) -> CaseRef:
    """The case with the card that is surely found for its words, and those that are found first."""
    ranking = turn.release.index.rank(words)
    near = ranking.cards()[:_MOST_NEAR]
    card = near[0] if ranking.verdict is Verdict.SURE else ""
    return replace(case, card=case.card or card, near=case.near or near)


def cannot_wait(turn: TurnBuilder, words: str) -> bool:
    """Whether staff on duty are told: not of a danger that was said to be none or over."""
    alert = alert_of(turn.was, turn.at)
    calmed = "" if alert else calmed_of(turn.was, turn.at)
    return is_urgent_after(words, turn.release, calmed)


def files_sent(turn: TurnBuilder) -> tuple[SentFile, ...]:
    """File the files that were sent before the case."""
    filing, draft = turn.state.filing, turn.state.draft
    files = (*(filing.files if filing else ()), *(draft.files if draft else ()))
    return tuple(dict.fromkeys(files))


def expect(turn: TurnBuilder, number: str, *, answered: bool = False, told: str = "") -> FollowUp:
    """Add words of the next ten minutes to the case; ``answered``: they reopen it.

    ``told``: the case's words so far, if known.
    """
    progress.pause(turn)
    until, told = turn.at + FOLLOW_UP_TIME, told[:MAX_KEPT]
    follow_up = FollowUp(until=until, messages=(), case=number, told=told, answered=answered)
    turn.update(follow_up=follow_up, prompt=None)
    return follow_up


def offer_end(turn: TurnBuilder, receipt_of: str = "") -> None:
    """Offer to end the case and, once it is filed, its receipt."""
    receipt = [turn.option("receipt", f"receipt:{receipt_of}")] if receipt_of else []
    turn.ask("", [turn.option("done"), *receipt, turn.option("menu")])


def options_to_judge(turn: TurnBuilder, number: str) -> list[Option]:
    """The options to judge an answer: yes, partly, no."""
    return [turn.option(key, f"{key}:{number}") for key in ("solved", "partly", "unsolved")]


def receiver_name(turn: TurnBuilder, area: str) -> str:
    """Who receives a case of this area, in words."""
    return turn.release.area_name(area) if area else turn.text("case-receiver-general")


def answer_due(turn: TurnBuilder) -> Due:
    """The deadline of a case filed now, with its rule."""
    return first_term(turn.at, turn.release.content)


def new_number(turn: TurnBuilder) -> str:
    """The next case number of the year. Raises Needed."""
    if turn.known.case_number is None:
        raise Needed(NeedCaseNumber())
    return turn.known.case_number


def is_open(turn: TurnBuilder, number: str) -> bool:
    """Whether the case can still be added to. Raises Needed."""
    if turn.known.case_owner is None:
        raise Needed(NeedCase(number))
    return turn.known.case_owner
