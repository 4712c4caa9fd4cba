"""A card that the citizen refuses by its name, and what is meant instead.

"No, not parking meters. I want a sticker for my own street", "no me refiero a la delegación, sino
que pase el camión": it is no topic any more, whatever the search finds for the rest.
"""

from __future__ import annotations

from typing import NamedTuple

from handlers.search.ranking import Ranking, Verdict
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.context import Context
from handlers.understanding.intents.information import LookUp, TellUnconfirmed, UsefulAnswer
from handlers.understanding.reading.said import Said

_FEW_DENIED = 4  # words of "no, parquímetros no"
_FEW_NAMED = 3  # words in which the refused thing is named


class Refused(NamedTuple):
    """The cards that are refused, and the words that tell what is meant."""

    cards: frozenset[str]
    meant: str


@turn_cached(CONTEXTS)
def refused_and_meant(context: Context) -> Refused | None:
    """None where no card that was shown or offered is refused by its name, or nothing is meant."""
    shown, cards, meant = _shown(context), set[str](), list[str]()
    for part in map(str.strip, context.said.parts):
        said = Said(part, context.lexicon)
        by_phrase = PhraseKind.REFUSES_THING in said.kinds
        if said.is_only(PhraseKind.NOT_HELPED):
            continue
        denied, rest = _parted(context, part)
        if denied is None:
            meant.append(part)
            continue
        tokens = context.release.index.tokens_of(denied)
        found = _surely_found(context, denied) if tokens and by_phrase else ()
        named = {card for card in (*shown, *found) if tokens & _name(context, card)}
        if not named and tokens and rest == denied:
            meant.append(part)  # "no quiero pagar": no card is named, so the part is kept
        elif rest != denied:
            meant.append(rest)
        cards |= named & context.release.content.service_by_id.keys()
    words = ", ".join(filter(None, meant))
    if not cards or not context.release.index.tokens_of(words):
        return None
    return Refused(frozenset(cards), words)


def instead_of_refused(context: Context) -> UsefulAnswer | LookUp | TellUnconfirmed | None:
    """What is meant, searched without the refused cards; of nothing found it is said honestly."""
    refused = refused_and_meant(context)
    if refused is None:
        return None
    opened, topic = context.open, context.state.topic
    if opened is not None and opened.outline.about_card and topic in refused.cards:
        return UsefulAnswer("no", besides=refused.meant, of_another=True, clarifies=True)
    ranking = context.rank(refused.meant)
    if ranking.is_found and ranking.hits[0].id not in refused.cards:
        return LookUp(refused.meant, ranking)
    return unconfirmed_without(context, refused, ranking)


def unconfirmed_without(context: Context, refused: Refused, ranking: Ranking) -> TellUnconfirmed:
    """That nothing is sure: for the area of what was refused, with what else is found."""
    found = ranking.cards()
    rest = () if refused.cards.intersection(found[:1]) else found  # else found by their words
    others = tuple(card for card in rest if card not in refused.cards)
    areas = sorted({context.release.area_of_card(card) for card in refused.cards} - {""})
    area = areas[0] if len(areas) == 1 else ""
    return TellUnconfirmed(refused.meant, others, of_shown=False, area=area)


def _surely_found(context: Context, text: str) -> tuple[str, ...]:
    ranking = context.rank(text)
    return ranking.cards()[:1] if ranking.verdict is Verdict.SURE else ()


def _shown(context: Context) -> tuple[str, ...]:
    """The cards that were just shown or offered."""
    prompt = context.state.prompt
    keys = (option.key for option in prompt.options) if prompt is not None else ()
    offered = [key.removeprefix("card:") for key in keys if key.startswith("card:")]
    services = context.release.content.service_by_id
    return tuple(card for card in (context.state.topic, *offered) if card in services)


def _name(context: Context, card: str) -> frozenset[str]:
    return context.release.index.tokens_of(context.release.card_name(card))


def _parted(context: Context, part: str) -> tuple[str | None, str]:
    """What a part refuses, None for nothing, and what it says instead behind "sino"."""
    lexicon, said = context.lexicon, Said(part, context.lexicon)
    words = said.words
    ends = [end for start, end in said.spans(PhraseKind.REFUSES_THING) if start <= 1]
    shown = bool(_shown(context))  # "la biblioteca, no tránsito", where nothing was shown
    few = (
        shown
        and len(words) <= _FEW_DENIED
        and not lexicon.negators.isdisjoint((words[0], words[-1]))
    )
    if not ends and not few:
        return None, part
    end = max(ends, default=0)
    instead = next(
        (at for at, word in enumerate(words) if at >= end and word in lexicon.instead), 0
    )
    if instead:
        return " ".join(words[end:instead]), " ".join(words[instead + 1 :])
    denied = " ".join(words[end : end + _FEW_NAMED] if ends else words)
    return denied, denied
