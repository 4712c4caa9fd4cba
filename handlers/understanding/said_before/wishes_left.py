"""What the same message asked for besides, once the first of it was shown."""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.understanding.areas import says_name
from handlers.understanding.context import Context
from handlers.understanding.intents.information import ShowCard

_MOST_WORDS = 10  # of "y ahora lo otro, lo del subsidio del agua"


def wish_left(context: Context) -> ShowCard | None:
    """ "Y lo otro", "y lo del dentista": it is shown, as it was asked for already."""
    left, ranking = context.state.wishes_left, context.ranking
    if context.lexicon.said_before.other_wish.fullmatch(context.folded):
        return ShowCard(left[0])
    if len(context.folded.split()) > _MOST_WORDS or not ranking.cards():
        return None
    found = ranking.hits[0].id
    named = ranking.verdict is Verdict.SURE or says_name(context, context.text, found)
    return ShowCard(found) if found in left and named else None
