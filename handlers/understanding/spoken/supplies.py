"""What a house gets from another institution: "me cortaron el agua", "quién ve lo del agua"."""

from __future__ import annotations

from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.information import LookUp
from handlers.understanding.reading.wishes import complaint_wished

_SUPPLY = (PhraseKind.LACKS_SUPPLY, PhraseKind.ASKS_WHOSE)
_AWAY = 2  # words between what says so and what is gone: "me cortaron (toda) (el) agua"
_BEFORE = 2  # "el agua la cortaron"
_FEW_BEHIND = 3  # words behind what somebody deals with: "quién ve el agua potable acá"


def supply_of_house(context: Context) -> LookUp | None:
    """Whose it is, whoever did not answer; not of what the municipality has a card for."""
    if complaint_wished(context.said) is not None:
        return None
    found = {one: kind for kind in _SUPPLY for one in _named_beside(context, kind)}
    if len(found) != 1:
        return None
    (institution, kind), ranking = next(iter(found.items())), context.ranking
    service = context.release.content.service_by_id.get(ranking.hits[0].id if ranking.hits else "")
    lacks, asks = kind is PhraseKind.LACKS_SUPPLY, context.said.asks or "?" in context.text
    if service is not None and ranking.is_found and (lacks or service.takes_reports):
        return None  # "no hay luz en la calle"
    if lacks and asks and ranking.cards() and len(context.said.parts) > 1:
        return None  # "me cortaron el agua, ¿hay alguna ayuda?"
    hit = Hit("institution", institution, 0.0)
    return LookUp(context.text, Ranking((hit,), Verdict.EXTERNAL))


def is_told(context: Context) -> bool:
    """Whether a supply that is gone or breaks is named in it."""
    return bool(_named_beside(context, PhraseKind.LACKS_SUPPLY))


def _named_beside(context: Context, kind: PhraseKind) -> set[str]:
    """The institutions whose supply stands beside such a phrase."""
    words, found = context.said.words, set[str]()
    for start, end in context.said.spans(kind):
        near = [*words[end : end + _AWAY + 1]]
        if kind is PhraseKind.LACKS_SUPPLY:
            near += words[max(0, start - _BEFORE) : start]
        elif len(words) - end > _AWAY + _FEW_BEHIND:
            continue
        for institution in context.release.content.institutions:
            if not {fold(one) for one in institution.supplies}.isdisjoint(near):
                found.add(institution.id)
    return found
