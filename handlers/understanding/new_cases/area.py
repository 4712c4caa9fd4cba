"""The area that a complaint is for: named in it, rated before, or that of the card above."""

from __future__ import annotations

import re

from handlers.content.model import Area, Service
from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import sound
from handlers.understanding.areas import (
    area_behind,
    area_found,
    area_in,
    is_sure,
    is_told_in,
    says_name,
)
from handlers.understanding.context import Context
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import complaint_wished

_MOST_NAMING = 2  # words that say what an office is for
_SHORTEST_PROPER = 5  # characters of a word that tells a service from others


def area_of_complaint(context: Context, told: str) -> str:
    """The area that a complaint's words name, else where it came from, else what they suggest.

    It came from what was just rated, unless a card of another area surely takes such reports; and
    from the card above, unless the words name another service. Where a search is sure of "me
    trataron mal", the complaints' own office is found.
    """
    if not complaint_wished(Said(told, context.lexicon)):
        told = _without_required(context, told)
    told = _without(context, told, PhraseKind.COMPLAINS, PhraseKind.COMPLAINS_OF)
    left = _without(context, told, PhraseKind.TELLS_WHERE)  # "en mi calle" is no office
    unplaced = context.lexicon.house_number.sub(" ", told)  # nor is "calle Brasil 30"
    named = area_in(context, left) or area_behind(context, told)
    if named is None and not is_sure(context, told, ""):
        named = area_in(context, told) if unplaced == told else None
        named = named or _area_told_before(context)
    if named is not None:
        return named.id
    if unplaced != told:  # the address and the day beside it find other cards
        told = _without(context, unplaced, PhraseKind.TELLS_WHEN)
    progress, follow_up = context.state.progress, context.state.follow_up
    rated = progress.subject.area if progress is not None else ""
    rated = rated or (follow_up.subject.area if follow_up is not None else "")
    called = context.release.area_names.called(told)
    if rated or len(called) == 1:
        found = _service_found(context, told)
        if found is not None and (found.takes_reports or (is_told_in(found, told) and not called)):
            return found.area
        at = called[0] if len(called) == 1 else ""
        return at or rated  # "en mi calle" only tells where
    above = context.release.area_of_card(context.state.topic)
    named_there = _area_best_named(context, told) or above or area_found(context, told)
    return named_there or _area_visited(context, told)


def _area_told_before(context: Context) -> Area | None:
    """Of "llevo tres horas en Tránsito", told before "quiero reclamar por la espera"."""
    draft = context.state.draft
    if draft is None:
        return None
    left = _without(context, draft.words, PhraseKind.TELLS_WHERE)
    return area_in(context, left) or area_behind(context, draft.words)


def _without_required(context: Context, told: str) -> str:
    """Without what the card above asks to be told: the "patente" of a car that was left there."""
    above = context.release.content.service_by_id.get(context.state.topic)
    if above is None or not above.takes_reports:
        return told
    required = fold(" ".join(above.requirements or ())).split()
    required = [word for word in required if len(word) >= _SHORTEST_PROPER]
    return re.sub(rf"(?i)\b(?:{'|'.join(required)})\b", " ", told) if required else told


def _without(context: Context, told: str, *kinds: PhraseKind) -> str:
    """The text without the phrases of these kinds."""
    said = Said(told, context.lexicon)
    drops = said.covered(*kinds)
    words = [word for at, word in enumerate(said.words) if at not in drops]
    return told if not drops else " ".join(words)


def _service_found(context: Context, told: str) -> Service | None:
    """The service that the search is sure of; "quiero dejar el reclamo" is of none."""
    ranking, services = context.rank(told), context.release.content.service_by_id
    found = services.get(ranking.hits[0].id) if ranking.verdict is Verdict.SURE else None
    return None if found is not None and _is_of_complaints(context, found.name) else found


def _area_best_named(context: Context, told: str) -> str:
    """The area of the card that is surely found, or whose name has most of the words; "" for none.

    The card's name must be said; below another card no card of complaints as such counts.
    """
    words, services = set(fold(told).split()), context.release.content.service_by_id

    def name_of(card: str) -> str:
        return services[card].name if card in services else ""

    def said(card: str) -> int:
        name = fold(name_of(card)).split()
        return len({word for word in name if len(word) >= _SHORTEST_PROPER} & words)

    cards = context.rank(told).cards() if told.strip() else ()
    if context.state.topic in services:  # "quiero dejar el reclamo" names no other matter
        cards = tuple(card for card in cards if not _is_of_complaints(context, name_of(card)))
    sure = cards[:1] == context.rank(told).cards()[:1] and is_sure(context, told, "")
    best = max(cards[:1] if sure else cards, key=said, default="")  # the first of equals
    return context.release.area_of_card(best) if best and says_name(context, told, best) else ""


def _is_of_complaints(context: Context, name: str) -> bool:
    """Whether a card tells of complaints as such."""
    return not context.lexicon.case_wishes[CaseKind.COMPLAINT].isdisjoint(sound(name))


def _area_visited(context: Context, told: str) -> str:
    """The area of "fui al dideco, y me atendió …": what stands behind that one was there; or ""."""
    said = Said(told, context.lexicon)
    ends = [end for _, end in said.spans(PhraseKind.WAS_AT)]
    sizes = range(_MOST_NAMING, 0, -1)
    named = (" ".join(said.words[end : end + size]) for end in ends for size in sizes)
    return next(filter(None, (area_found(context, name, is_sure) for name in named)), "")
