"""What is said to an answer that was not confirmed, or that was of an area and of no card."""

from __future__ import annotations

from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.information import AskAboutTopic
from handlers.understanding.said_before.card.shown import asked_of_shown

LACKING = (PhraseKind.TELLS_MISSING, PhraseKind.NOT_HELPED)
_OF_AREA = ("place", "hours", "contact")
_MOST_WORDS = 12


def missing_of_area(context: Context) -> AskAboutTopic | None:
    """ "Sirve, pero falta la dirección", "no me sirve", said to an answer about an area."""
    shown = context.state.topic in context.release.content.area_by_id
    if not shown or not _is_said_to_it(context) or context.said.kinds.keys().isdisjoint(LACKING):
        return None
    aspect = asked_of_shown(context).removeprefix("follow_")
    return AskAboutTopic(aspect if aspect in _OF_AREA else "beyond")


def who_knows(context: Context) -> AskAboutTopic | None:
    """ "¿Y quién sabe entonces?", "¿cuándo lo confirman?"."""
    content = context.release.content
    shown = context.state.topic in (*content.area_by_id, *content.service_by_id)
    asks = shown and PhraseKind.ASKS_WHO_KNOWS in context.said.kinds and _is_said_to_it(context)
    return AskAboutTopic("confirmed") if asks else None


def _is_said_to_it(context: Context) -> bool:
    """Whether it may be said to the last answer: nothing else is told or rated meanwhile."""
    state = context.state
    telling = state.follow_up is not None or state.filing is not None
    few = len(context.said.words) <= _MOST_WORDS and not context.numbers
    return few and not telling and not context.words_are_awaited
