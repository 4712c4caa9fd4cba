"""Adds words to a case that is filed, as more or as a correction; and ends or reopens it."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.cases.opening import (
    MAX_KEPT,
    answer_due,
    cannot_wait,
    expect,
    is_open,
    known_by_card,
    offer_end,
)
from handlers.cases.quoting import in_one_line
from handlers.errors import Needed
from handlers.facts.cases import CORRECTION, CaseExtended, CaseKind
from handlers.messages import Layout
from handlers.needs import NeedCase
from handlers.questionnaires import asking, progress
from handlers.state import CaseRef, FollowUp
from handlers.text.kinds import PhraseKind
from handlers.turn import FOLLOW_UP_TIME, TurnBuilder
from handlers.understanding.intents.cases import AskIfOfCase
from handlers.understanding.reading.places import names_phone
from handlers.understanding.reading.said import Said

_AS_CORRECTION = "replace-words"  # the option that records words as a correction


def add(turn: TurnBuilder, follow_up: FollowUp, words: str, *, urgent: bool = False) -> None:
    """Add words to the case: within ten minutes of it, or if asked about it."""
    extend(turn, follow_up, _with_asked(turn, follow_up, words), urgent=urgent)
    offer_end(turn)


def ask_if_added(turn: TurnBuilder, asked: AskIfOfCase) -> None:
    """Ask whether words belong to the case, keeping them meanwhile."""
    if asked.number and not is_open(turn, asked.number):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    if asked.number:
        expect(turn, asked.number)
    number = _keep_asked(turn, asked.words)
    other = turn.option("not-of-case", "not-comment")
    others = [turn.option("of-data")] if asked.of_data else [other, turn.option("done")]
    options = [turn.option("of-case"), *others]
    question = turn.text("case-question-ask" if asked.asks else "case-add-ask", number=number)
    turn.ask(question, options, layout=Layout.LIST, numbered=len(options))


def ask_if_correction(turn: TurnBuilder, words: str, *, omits: bool) -> None:
    """Whether words are noted as a correction of the case, whose words stay in sight.

    ``omits``: they ask that a part be left out; the whole case can be withdrawn as well.
    """
    expected = turn.state.follow_up
    if expected is not None and expected.rewritten and not omits:
        add(turn, expected, words)
        return
    number = _keep_asked(turn, words)
    noted, other = turn.option("note-correction", _AS_CORRECTION), turn.option("of-case")
    if omits:
        noted = turn.option("note-omission", _AS_CORRECTION)
        other = turn.option("withdraw-all", f"withdraw:{number}")
    options = [noted, other, turn.option("not-of-case", "not-comment")]
    question = turn.text("case-omit-ask" if omits else "case-correct-ask", number=number)
    turn.ask(question, options, layout=Layout.LIST, numbered=len(options))


def _keep_asked(turn: TurnBuilder, words: str) -> str:
    """Keep words until it is known what they are to the case; its number."""
    follow_up = turn.state.follow_up
    assert follow_up is not None, "only understood while words may be added"
    kept = "\n".join(filter(None, (follow_up.revision, words)))
    turn.update(follow_up=replace(follow_up, revision=kept, until=turn.at + FOLLOW_UP_TIME))
    return follow_up.case


def settle(turn: TurnBuilder, follow_up: FollowUp, how: str) -> None:
    """Take the answer about words: they belong to the case, correct it, or are dropped."""
    match how:
        case "join":
            extend(turn, follow_up, follow_up.revision)
        case "replace":
            extend(turn, follow_up, _with_asked(turn, follow_up))
        case "asked":
            extend(turn, follow_up, CORRECTION + turn.text_in.strip())
        case _:
            turn.update(follow_up=replace(follow_up, revision=""))
            turn.say("case-not-added")
    offer_end(turn)


def extend(turn: TurnBuilder, follow_up: FollowUp, words: str, *, urgent: bool = False) -> None:
    urgent = urgent or cannot_wait(turn, words)
    turn.record(CaseExtended(follow_up.case, words, answer_due(turn), urgent))
    told = f"{follow_up.told}\n{words}"[:MAX_KEPT] if follow_up.told else ""
    added_to = replace(follow_up, revision="", told=told, until=turn.at + FOLLOW_UP_TIME)
    added_to = replace(added_to, answered=False, rewritten=False)
    turn.update(follow_up=added_to, cases=_with_card(turn, follow_up.case, words, urgent=urgent))
    corrects = words.startswith(CORRECTION)
    turn.say("case-corrected" if corrects else "case-extended", number=follow_up.case)
    if _wants_call(turn, follow_up.case, words):
        turn.say("case-call-phone")


def _with_asked(turn: TurnBuilder, follow_up: FollowUp, words: str = "") -> str:
    """The words asked about, marked if they are a correction, and then ``words``."""
    asked = follow_up.revision
    if asked and _is_correction_asked(turn):
        asked = CORRECTION + asked
    elif words and follow_up.rewritten:
        words = CORRECTION + words  # which was asked for
    return "\n".join(filter(None, (asked, words)))


def _is_correction_asked(turn: TurnBuilder) -> bool:
    """Whether the open question is if words are recorded as a correction."""
    prompt = turn.was.prompt
    return prompt is not None and prompt.offers(_AS_CORRECTION)


def _with_card(turn: TurnBuilder, number: str, words: str, *, urgent: bool) -> tuple[CaseRef, ...]:
    """The cases, of which this one is known again by its words, if it was by none before."""
    case = next((one for one in turn.state.cases if one.number == number), None)
    known = case and known_by_card(turn, replace(case, urgent=urgent or case.urgent), words)
    return tuple(known if known and one is case else one for one in turn.state.cases)


def _wants_call(turn: TurnBuilder, number: str, words: str) -> bool:
    """Whether the citizen wants a call but gave no telephone number."""
    said = Said(words, turn.release.lexicon)
    if PhraseKind.WANTS_CALL not in said.kinds or names_phone(said):
        return False
    return all(one.kind is not CaseKind.CALL for one in turn.state.cases if one.number == number)


def end(turn: TurnBuilder, follow_up: FollowUp) -> None:
    """LISTO after a case: of words still asked about, say that they were not added, and how to."""
    if follow_up.revision:
        turn.say("case-left-out", words=in_one_line(follow_up.revision.splitlines()))
    turn.update(follow_up=None, prompt=None)
    if follow_up.answered and not follow_up.revision:
        turn.say("case-left-answered", number=follow_up.case)
        leave_in_sight(turn, follow_up.case)
    else:
        turn.say("case-done", number=follow_up.case)
        asking.resume_last(turn)


def leave_in_sight(turn: TurnBuilder, number: str) -> None:
    """Offer to reopen the case, for a citizen who is dissatisfied later."""
    if turn.state.prompt is None and turn.state.progress is None:
        turn.ask("", [turn.option("stands", f"stands:{number}"), turn.option("menu")])
    else:
        asking.ask_open(turn)


def reopen(turn: TurnBuilder, number: str = "") -> None:
    """RESPONDER: the next words go to the case."""
    if number:  # its button was pressed, so the words are for this case only
        turn.update(follow_up=None)
    cases = turn.state.cases
    found = next((c for c in reversed(cases) if not number or c.number == number), None)
    if found is None or not is_open(turn, found.number):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    progress.pause(turn)
    turn.say("case-open-again", number=found.number)
    expect(turn, found.number, answered=True)
    offer_end(turn)


def ask_what_is_wrong(turn: TurnBuilder, number: str) -> None:
    """What of the case is wrong, and how it should be, comes next."""
    if not is_open(turn, number):
        turn.say("case-none")
        asking.ask_open(turn)
        return
    follow_up = turn.state.follow_up
    told = follow_up.told if follow_up is not None and follow_up.case == number else ""
    progress.pause(turn)
    turn.say("case-what-is-wrong", number=number)
    expected = expect(turn, number, answered=True, told=told)
    turn.update(follow_up=replace(expected, rewritten=True))
    offer_end(turn)


def add_to_quoted(turn: TurnBuilder, number: str, words: str) -> None:
    """Add words with which the citizen quoted a message about their open case."""
    if turn.known.case_owner is None:
        raise Needed(NeedCase(number))
    progress.pause(turn)
    add(turn, expect(turn, number), words)


def ask_for_more(turn: TurnBuilder, follow_up: FollowUp) -> None:
    """Ask once more for what may be added to the case that was filed last."""
    kinds = {case.kind for case in turn.state.cases if case.number == follow_up.case}
    turn.say("case-person-tell" if CaseKind.PERSON in kinds else "case-tell-more")
    offer_end(turn, follow_up.case)
