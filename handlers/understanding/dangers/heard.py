"""Which danger the model hears in a text, and whether something else stands beside it."""

from __future__ import annotations

import re

from msgspec import Struct

from handlers.listening.listener import LIKELY
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.dangers.chances import ALERT, ASK, chance, heard_of
from handlers.understanding.dangers.kinds import (
    WHOM,
    belongs_to_case,
    says_something_else,
    takes_any_words,
)
from handlers.understanding.intents.danger import EMERGENCY_OF, HAZARDOUS

_HARDLY = 0.01  # of a kind that words of the text are proper to
_BARELY = 0.1  # of the same, where another kind is likelier
_CERTAIN = 0.95  # danger of any kind, which is no mere aside
_FEWEST_WORDS = 2
_OF_ANYBODY = tuple(act for act in EMERGENCY_OF if act not in WHOM)
_CODE = re.compile(
    r"</?\w+[^<>]*>|\w\([^()\s]*\)|[${]\{|\}\}|--\s*$|\w://|==|/\*|\w=['\"]|\w\.\w+\("
)


class HeardDanger(Struct, frozen=True):
    """The kind of danger that the model hears."""

    act: str
    sure: bool
    beside: bool = False  # the text also says something else, as plainly
    unlikely: bool = False  # though possible


def heard_danger(context: Context) -> HeardDanger | None:
    """The danger that the model hears. What is to be mended is filed, not asked about."""
    words = [word for word in context.folded.split() if not word.isdecimal()]
    if len(words) < _FEWEST_WORDS or _CODE.search(context.text):
        return None
    found = chance(context, ())
    if found < ASK:
        return None
    kind, surely = _kind(context), found >= ALERT
    if kind in WHOM and _tells_only_whom(context):
        return None  # "mi papá San Martín vive solo"
    if kind == HAZARDOUS and belongs_to_case(context) and context.heard.danger < _CERTAIN:
        return None
    if kind == HAZARDOUS and context.calmed and PhraseKind.HARM_BEFORE in context.said.kinds:
        return None  # "la baranda está suelta, por eso se cayó", once help came
    if kind == HAZARDOUS and not surely and is_to_mend(context):
        return None  # "hay un hoyo en la calle"
    # "Da miedo pasar, me pueden matar", of a dark square: of what is to be mended it is asked.
    plain = context.heard.surely if belongs_to_case(context) else context.heard.likely
    sure = surely and plain(kind) and kind not in WHOM
    beside = not surely and _is_beside(context, kind)
    return HeardDanger(_told_as(context, kind), sure, beside=beside, unlikely=found < LIKELY)


def _tells_only_whom(context: Context) -> bool:
    """Whether it says how somebody lives, and nothing that hurts is heard in it."""
    heard, named = context.heard, context.dangers_named
    if PhraseKind.TELLS_OWN_SITUATION not in context.said.kinds:
        return False
    return not heard.best(tuple(WHOM), LIKELY) and not heard.best(named - WHOM, _BARELY)


def _kind(context: Context) -> str:
    """The likeliest; where none is likely, rather one that a word of the text is proper to."""
    heard, named = heard_of(context), context.dangers_named
    kind = heard.best(EMERGENCY_OF, 0.0)
    if kind in named or heard.likely(kind):
        return kind
    return heard.best(named - WHOM, _HARDLY) or kind


def is_to_mend(context: Context) -> bool:
    """Whether the card is surely found by which the municipality is told of it."""
    ranking, services = context.ranking, context.release.content.service_by_id
    found = services.get(ranking.hits[0].id) if ranking.verdict is Verdict.SURE else None
    return found is not None and found.takes_reports


def _told_as(context: Context, kind: str) -> str:
    """Whose numbers are told: a child's where one is named or plainly meant, or the likeliest."""
    if kind not in WHOM or heard_of(context).likely(kind):
        return kind
    if PhraseKind.NAMES_CHILD in context.said.kinds:
        return kind
    return heard_of(context).best(_OF_ANYBODY, 0.0) or kind


def _is_beside(context: Context, kind: str) -> bool:
    """Whether what is said can be answered as it is, the numbers named above it."""
    heard = context.heard
    if says_something_else(context, kind):
        # "un 6, pero mi hijo se quemó entero" is no answer alone
        return not (heard.likely(kind) and heard.danger >= _CERTAIN)
    return not (heard.likely(kind) or takes_any_words(context)) and context.ranking.is_found
