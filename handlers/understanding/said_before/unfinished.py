"""What goes on from what was asked before: few words that are read as one with what was not surely
found, and what else the same message asked for, once the first of it was shown."""

from __future__ import annotations

from handlers.search.ranking import Ranking, Verdict
from handlers.text.folding import fold
from handlers.understanding.areas import says_name
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import LookUp, ShowCard
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import BUSINESS
from handlers.understanding.said_before.card.asked.named import about_named
from handlers.understanding.said_before.card.shown import UNFOUND

_MOST_BEHIND = 9  # words that may go on from what was said before
_FEW_MORE = 4  # words that ask more of what was offered
_MOST_OF_REST = 10  # words of "y ahora lo otro, lo del subsidio del agua"
_PLAIN = 0.7
_FEWEST_PARTS = 2
_SHOWN = 3  # cards that are offered at once
# What goes on from nothing.
_ALONE = (
    *(act for act in BUSINESS if act != "asks"),
    *("insults", "greets", "farewell", "thanks", "wants_person", "rates", "gives_grade"),
    *("praises", "blames", "suggests", "wants_language", "not_understood"),
)


def rest_of_question(context: Context) -> Intent | None:
    """ "El juzgado" behind "donde queda", "de residencia" behind "quiero un papel".

    Only where it finds nothing surely by itself, and both together do. "En mi casa", behind "no
    hay agua", is a part of it whatever it finds.
    """
    before, said, own = context.state.asked, context.said, context.ranking
    if not before or not said.words or len(said.words) > _MOST_BEHIND:
        return None
    if not context.prompt_is_recent or context.command is not None:
        return None
    if context.heard.best(_ALONE, _PLAIN):
        return None
    part = context.folded.partition(" ")[0] in context.lexicon.said_before.narrows
    asks_more = said.asks and len(said.words) <= _FEW_MORE
    goes_on = asks_more or context.begins_going_on or context.heard.main in FOLLOW_UPS
    together = context.of(f"{before} {context.text}")
    if own.verdict not in (*UNFOUND, Verdict.SEVERAL):
        few = part and len(said.words) <= _FEW_MORE
        return _read_as_part(context, together) if few else None
    if not part and not goes_on:
        return None
    if (named := about_named(together)) is not None:
        return named
    ranking = together.ranking
    alike = not own.cards() or not set(own.cards()).isdisjoint(ranking.cards()[:1])
    sure = ranking.verdict is Verdict.SURE and alike
    found = sure or (goes_on and ranking.cards() and ranking.verdict is not Verdict.SEVERAL)
    return LookUp(together.text, ranking) if found else None


def _read_as_part(context: Context, together: Context) -> LookUp | None:
    """Where the words mean another card with the rest of the sentence than alone."""
    whole, alone = together.ranking.hits[:1], context.ranking.hits[:1]
    another = bool(whole) and [hit.id for hit in whole] != [hit.id for hit in alone]
    return LookUp(together.text, together.ranking) if another else None


def settled_by_offered(context: Context, ranking: Ranking) -> Ranking:
    """ "La ficha social, la del registro", where its cards stood among those just offered.

    What is said a second time in other words is meant, and no second list is shown: the first
    that is found, else the only one that was offered before.
    """
    if ranking.verdict not in (Verdict.UNSURE, Verdict.SEVERAL):
        return ranking
    if not context.offers("none") or not context.prompt_is_recent:
        return ranking
    again = [hit for hit in ranking.hits[:_SHOWN] if context.offers(f"card:{hit.id}")]
    if not again or (len(again) > 1 and again[0] is not ranking.hits[0]):
        return ranking
    return Ranking((again[0], *(hit for hit in ranking.hits if hit is not again[0])), Verdict.SURE)


def settled_by_part(context: Context) -> Ranking | None:
    """ "Lo del arriendo po, la pega la veo yo": a part names one of the cards just offered."""
    parts = context.said.parts
    if not context.offers("none") or not context.prompt_is_recent or len(parts) < _FEWEST_PARTS:
        return None
    for part in parts:
        if not context.lexicon.negators.isdisjoint(fold(part).split()):
            continue
        ranking = context.rank(part)
        if ranking.hits and context.offers(f"card:{ranking.hits[0].id}"):
            return Ranking(ranking.hits, Verdict.SURE)
    return None


def wish_left(context: Context) -> ShowCard | None:
    """ "Y lo otro", "y lo del dentista": it is shown, as it was asked for already."""
    left, ranking = context.state.wishes_left, context.ranking
    if context.lexicon.said_before.other_wish.fullmatch(context.folded):
        return ShowCard(left[0])
    if len(context.folded.split()) > _MOST_OF_REST or not ranking.cards():
        return None
    found = ranking.hits[0].id
    named = ranking.verdict is Verdict.SURE or says_name(context, context.text, found)
    return ShowCard(found) if found in left and named else None
