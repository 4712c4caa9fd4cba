"""Which thing of the card just shown is asked for: its place, its cost, until when."""

from __future__ import annotations

from handlers.listening.listener import LIKELY
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context


def asked_of_shown(context: Context, least: float = LIKELY) -> str:
    """ "Y dónde se paga" asks for the place, even where it sounds like more; "" for nothing."""
    kind = next(filter(context.said.kinds.__contains__, OF_SHOWN), None)
    said = OF_SHOWN[kind] if kind is not None else ""
    if said == "follow_place" and not asks_plainly(context):
        said = ""  # "dónde saco el permiso de circulación" is of another card
    return said or context.heard.best(FOLLOW_UPS, least)


def asks_plainly(context: Context) -> bool:
    """Whether a text is hardly more than such a phrase: "y dónde se inscribe uno"."""
    kinds, words = context.said.kinds, len(context.said.words)
    for kind in kinds.keys() & OF_SHOWN.keys():
        for start, end in kinds[kind]:
            if words - (end - start) <= _FEW_BESIDE:
                return True
    return False


OF_SHOWN = {
    PhraseKind.ASKS_PAYMENT: "follow_pay",  # no field of a card: not what it costs
    PhraseKind.ASKS_TERM: "follow_term",
    PhraseKind.ASKS_WHERE_DONE: "follow_place",
    PhraseKind.ASKS_AMOUNT: "follow_more",  # a card says what a thing costs, and not what one gets
}
_FEW_BESIDE = 2  # words
