"""Few words that go on from what was asked before and not surely found: both are read as one."""

from __future__ import annotations

from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import BUSINESS
from handlers.understanding.said_before.card.follow_ups import about_named
from handlers.understanding.said_before.card.shown import UNFOUND

_MOST_BEHIND = 6  # words that may go on from what was said before
_FEW_MORE = 4  # words that ask more of what was offered
_PLAIN = 0.7
# What goes on from nothing.
_ALONE = (
    *(act for act in BUSINESS if act != "asks"),
    *("insults", "greets", "farewell", "thanks", "wants_person", "rates", "gives_grade"),
    *("praises", "blames", "suggests", "wants_language", "not_understood"),
)


def rest_of_question(context: Context) -> Intent | None:
    """ "El juzgado" behind "donde queda", "de residencia" behind "quiero un papel".

    Only where it finds nothing surely by itself, and both together do.
    """
    before, said = context.state.asked, context.said
    if not before or not said.words or len(said.words) > _MOST_BEHIND:
        return None
    if not context.prompt_is_recent or context.command is not None:
        return None
    if context.ranking.verdict not in UNFOUND or context.heard.best(_ALONE, _PLAIN):
        return None
    together = context.of(f"{before} {context.text}")
    if (named := about_named(together)) is not None:
        return named
    asks_more = said.asks and len(said.words) <= _FEW_MORE
    goes_on = asks_more or context.begins_going_on or context.heard.main in FOLLOW_UPS
    ranking = together.ranking
    found = ranking.is_found or (goes_on and ranking.cards())
    return LookUp(together.text, ranking) if found else None
