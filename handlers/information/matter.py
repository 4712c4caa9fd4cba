"""What was asked last and what led to it: whoever takes over need not be told it again."""

from __future__ import annotations

from handlers.cases.opening import MAX_KEPT
from handlers.search.ranking import Verdict
from handlers.state import Draft
from handlers.turn import TurnBuilder
from handlers.understanding.intents.information import (
    AskAboutTopic,
    LookUp,
    TellUnconfirmed,
    UsefulAnswer,
)
from handlers.understanding.intents.union import Intent, Intents


def insists(turn: TurnBuilder, intents: Intents) -> bool:
    """ "No me sirve, ya pagué la multa": the card is turned down, and its matter goes on."""
    judged = [one for one in intents if isinstance(one, UsefulAnswer)]
    return bool(judged and judged[-1].value != "yes" and turn.was.matter)


def words_before(turn: TurnBuilder) -> str:
    """What was asked before this message; "" for nothing."""
    return turn.was.matter.words if turn.was.matter is not None else ""


def note(turn: TurnBuilder, intent: Intent, *, insists: bool) -> None:
    """Keep the words of a question: behind the last ones where they are of the same matter."""
    words, before = turn.text_in.strip(), turn.was.matter
    if not words or not isinstance(intent, LookUp | AskAboutTopic | TellUnconfirmed | UsefulAnswer):
        return
    if isinstance(intent, UsefulAnswer) and not insists:
        return
    area = before.area if before is not None else ""
    follows = insists or isinstance(intent, AskAboutTopic)
    if isinstance(intent, TellUnconfirmed):
        follows, area = insists or intent.of_shown, intent.area or area
    if isinstance(intent, LookUp):
        found = intent.ranking.verdict is Verdict.SURE
        card = intent.ranking.hits[0].id if found else ""
        follows = insists or (bool(card) and card == turn.was.topic)
        area = turn.release.area_of_card(card) or (area if follows else "")
    if follows and before is not None:
        words = f"{before.words}\n{words}"
    turn.update(matter=Draft(turn.at, words[-MAX_KEPT:], area))
