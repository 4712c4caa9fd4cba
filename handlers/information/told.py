"""What was told is kept, so that a complaint can be made of it without asking again.

That is the default. What tells of something to mend goes on as a report; all else that tells
anything is kept only for a wish to complain, and changes nothing meanwhile.
"""

from __future__ import annotations

from datetime import timedelta

from handlers.cases.opening import MAX_KEPT
from handlers.information import matter
from handlers.questionnaires import progress
from handlers.search.ranking import Verdict
from handlers.state import Draft
from handlers.turn import TurnBuilder
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.danger import ReportDanger
from handlers.understanding.intents.information import (
    AskAboutTopic,
    LookUp,
    OfferLanguage,
    ShowCard,
    UsefulAnswer,
)
from handlers.understanding.intents.union import Intent, Intents
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.told import tells_something, went_wrong

_ONLY_ANSWERED = (
    Act,
    ReportDanger,
    LookUp,
    ShowCard,
    AskAboutTopic,
    UsefulAnswer,
)  # all else takes its words
_FEWEST_WHY = 8  # words that tell more than that a card did not help
_TOGETHER = timedelta(minutes=5)  # how long short messages are told in one go


def keep(turn: TurnBuilder, intents: Intents) -> None:
    """Keep what this message told, where it was only answered and nothing else took its words."""
    answered = [one for one in intents if not isinstance(one, OfferLanguage)]
    if not answered or not isinstance(intent := answered[-1], _ONLY_ANSWERED):
        return
    before, earlier = turn.state.draft, _told_just_before(turn)
    insists = matter.insists(turn, intents)
    if insists:  # "no me sirve, ya la pagué": of what the card was shown for
        earlier = matter.words_before(turn)
    matter.note(turn, intent, insists=insists)
    reports = isinstance(intent, LookUp) and intent.reports
    if not reports and not _is_told(turn, intent, goes_on=bool(earlier)):
        return
    looked_up = intent if isinstance(intent, LookUp) else None
    words, ranking = turn.text_in.strip(), None
    if looked_up is not None:
        words, ranking = (words if insists else looked_up.query), looked_up.ranking
    if earlier and not insists and _is_another_matter(turn, looked_up):
        earlier = ""
    if earlier and not words.startswith(earlier):
        words, ranking = f"{earlier}\n{words}", None
    ranking = ranking or turn.release.index.rank(words)
    area = turn.release.area_of_card(ranking.hits[0].id) if ranking.hits else ""
    reported = before is not None and bool(before.words) and not before.blames and bool(earlier)
    inert = not reports and not reported
    turn.update(draft=Draft(turn.at, words[:MAX_KEPT], area, blames=inert))


def _is_another_matter(turn: TurnBuilder, looked_up: LookUp | None) -> bool:
    """Whether the search is sure of these words alone, in another area than that of the earlier."""
    draft, ranking = turn.state.draft, looked_up.ranking if looked_up is not None else None
    if draft is None or ranking is None or ranking.verdict is not Verdict.SURE:
        return False
    return turn.release.area_of_card(ranking.hits[0].id) != draft.area


def _is_told(turn: TurnBuilder, intent: Intent, *, goes_on: bool) -> bool:
    """Whether it tells something, was only answered, and its words went nowhere."""
    if not turn.text_in.strip() or _words_are_taken(turn):
        return False
    said = Said(turn.text_in, turn.release.lexicon)
    heard = turn.release.listener.hear(turn.text_in)
    match intent:
        case ReportDanger():
            return not intent.is_personal
        case ShowCard() if turn.was.prompt is not None and turn.was.prompt.offers(
            f"card:{intent.card}"
        ):
            return False  # "el subsidio primero" chooses what was offered
        case LookUp(was_comment=False) | ShowCard() | Act.VENT | Act.MISS_CASE:
            filed = intent is Act.MISS_CASE  # "puse un reclamo por un árbol, ¿qué pasó?"
            return filed or tells_something(said, heard, goes_on=goes_on)
        case AskAboutTopic():
            return went_wrong(said, heard)
        case UsefulAnswer():
            return (
                intent.value != "yes" and len(said.words) >= _FEWEST_WHY and went_wrong(said, heard)
            )
    return False


def _words_are_taken(turn: TurnBuilder) -> bool:
    """Whether they are of a case, a comment, a rating or a person, or were kept already."""
    state, draft = turn.state, turn.state.draft
    if state.filing or state.follow_up or state.handover or state.proposal:
        return True
    if state.progress is not None and not progress.asks_about_card(turn):
        return True
    other = draft is not None and bool(draft.words or draft.grade) and not draft.blames
    goes_on = other and bool(_told_just_before(turn))
    return (other and not goes_on) or (draft is not None and draft.at == turn.at)


def _told_just_before(turn: TurnBuilder) -> str:
    """What the last messages told, where nothing was surely found for them: it is read together."""
    was, draft = turn.was, turn.state.draft
    if draft is not None and draft.words:
        of_else = draft.experience or draft.grade or draft.case or draft.wrong_data
        goes_on = (was.asked or draft.blames) and turn.at - draft.at <= _TOGETHER
        return draft.words if goes_on and not of_else else ""
    if not was.asked or was.prompt is None or turn.at - was.prompt.asked_at > _TOGETHER:
        return ""
    return "" if Said(was.asked, turn.release.lexicon).asks else was.asked
