"""A case that asks for a person: opened at once, with what was told before."""

from __future__ import annotations

from handlers.cases.adding import extend
from handlers.cases.opening import (
    answer_due,
    expect,
    files_sent,
    is_open,
    new_number,
    offer_end,
    open_case_of,
)
from handlers.facts.cases import CaseKind
from handlers.facts.files import FilesFiled
from handlers.search.ranking import Verdict
from handlers.state import CaseRef, Draft
from handlers.text.kinds import PhraseKind
from handlers.turn import TurnBuilder
from handlers.understanding.reading.said import Said

_FEWEST_TOLD = 4  # words that tell a matter, besides the wish for a person


def ask_for_person(turn: TurnBuilder, words: str = "", named: str = "") -> None:
    """PERSONA: open a case at once, in the area ``named`` if any; a person reads what follows."""
    open_case = open_person_case(turn)
    if open_case is not None:
        follow_up = expect(turn, open_case.number)
        if words:
            extend(turn, follow_up, words)
        else:
            turn.say("case-person-again", number=open_case.number)
        if files := files_sent(turn):
            turn.record(FilesFiled(open_case.number, tuple(file.id for file in files)))
            turn.update(draft=None, filing=None)
        offer_end(turn)
        return
    told = words_so_far(turn, words)
    area = named or area_so_far(turn, words)
    number = new_number(turn)
    open_case_of(turn, CaseRef(number, CaseKind.PERSON, area), told)
    hours, date = turn.release.content.general.hours, turn.date(answer_due(turn).at)
    if hours:
        turn.say("case-person-hours", number=number, hours=hours, date=date)
    else:
        turn.say("case-person", number=number, date=date)
    turn.say("case-person-tell")
    offer_end(turn, number)


def open_person_case(turn: TurnBuilder) -> CaseRef | None:
    """The contact's open case from asking for a person before, if any."""
    found = next((c for c in turn.state.cases if c.kind is CaseKind.PERSON), None)
    return found if found is not None and is_open(turn, found.number) else None


def words_so_far(turn: TurnBuilder, words: str) -> str:
    """What was typed for a person, or before, so that nothing is asked twice."""
    draft, filing = turn.state.draft, turn.state.filing
    if filing is not None and filing.words:
        return "\n".join((*filing.words, words)).strip()
    if _area_of_another(turn, words):
        return words
    since = draft if draft is not None and draft.words else turn.state.matter
    since = _asked_since(turn) or since
    before = since.words if since is not None else ""
    return "\n".join(dict.fromkeys(filter(None, (before, words))))


def area_so_far(turn: TurnBuilder, words: str = "") -> str:
    """The area that the conversation is about, or the words where it is another; "" if none."""
    if area := _area_of_another(turn, words):
        return area
    draft, since = turn.state.draft, _asked_since(turn)
    if since is not None:
        return since.area or turn.release.area_of_card(turn.state.topic)
    if draft is not None and draft.area:
        return draft.area
    return turn.release.area_of_card(turn.state.topic)


def _area_of_another(turn: TurnBuilder, words: str) -> str:
    """The area of what is surely told of another matter than before; "" for none."""
    before, said = turn.state.draft or turn.state.matter, Said(words, turn.release.lexicon)
    wish = said.covered(PhraseKind.WANTS_PERSON)
    told = [word for at, word in enumerate(said.words) if at not in wish]
    ranking = turn.release.index.rank(" ".join(told))
    if before is None or len(told) < _FEWEST_TOLD or ranking.verdict is not Verdict.SURE:
        return ""
    area = turn.release.area_of_card(ranking.hits[0].id)
    return area if before.area and area != before.area else ""


def _asked_since(turn: TurnBuilder) -> Draft | None:
    """What was asked of another area after that which was told and answered; None for nothing."""
    draft, matter = turn.state.draft, turn.state.matter
    if draft is None or matter is None or matter.at <= draft.at:
        return None
    awaited = draft.experience or draft.grade or draft.case or draft.waiting or draft.wrong_data
    return None if awaited or matter.area in ("", draft.area) else matter
