"""Second thoughts about whether a card helped, in a later message than the answer."""

from __future__ import annotations

from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.information import ProposeUseful, UsefulAnswer
from handlers.understanding.said_before.card.decision.chances import chances
from handlers.understanding.said_before.card.decision.clauses import TELLS_OF_HELP, VALUES, clauses
from handlers.understanding.said_before.card.proposed import PERHAPS, SURELY

_FEW_DENYING = 7  # words of "no era lo que yo quería saber"


def taken_back(context: Context) -> UsefulAnswer | ProposeUseful | None:
    """ "Espere, me equivoqué, sí me sirvió", behind a no: it changes the answer on record.

    "No era lo que quería saber", behind a yes, is proposed.
    """
    noted, said = _noted(context), clauses(context)
    if noted == "yes" and _denies_only(context):
        return ProposeUseful("no")
    if not noted or not said.thinks_again or not said.values or "?" in context.text:
        return None
    value, found = said.values[-1], chances(context)
    likeliest = all(getattr(found, value) >= getattr(found, other) for other in VALUES)
    corrects = context.heard.surely("corrects") and likeliest and said.ends_in_answer
    tells = context.heard.likely("corrects") or not TELLS_OF_HELP.isdisjoint(context.said.kinds)
    if value == noted or not tells or (found.answers < PERHAPS and not corrects):
        return None
    plain = corrects or getattr(found, value) >= SURELY
    return UsefulAnswer(value) if plain else ProposeUseful(value)


def _denies_only(context: Context) -> bool:
    """Whether it is only said that something else was meant, and not what."""
    said, few = context.said, len(context.said.words) <= _FEW_DENYING
    alone = len(said.parts) == 1 and "?" not in context.text
    return PhraseKind.NOT_MEANT in said.kinds and few and alone


def second_thoughts(context: Context) -> ProposeUseful | None:
    """ "Bueno, no tanto", "en realidad no", behind a yes: one tap changes the answer."""
    noted, said, found = _noted(context), clauses(context), chances(context)
    if not noted or context.said.asks or context.ranking.is_found:
        return None
    if all(map(context.lexicon.said_before.opens.fullmatch, context.said.words)):
        return None  # "bueno ya"
    again = said.thinks_again and bool(said.values)
    value = max(VALUES, key=lambda value: getattr(found, value))
    if again:
        value = said.values[-1]
    if value == noted or not (again or getattr(found, value) >= SURELY):
        return None
    # "No, gracias, nada más" takes nothing back.
    tells = not TELLS_OF_HELP.isdisjoint(context.said.kinds)
    other = again or tells or (noted == "yes" and value == "partly")
    return ProposeUseful(value) if other else None


def _noted(context: Context) -> str:
    """What was answered of the card shown last; "" where it was not, or something is open."""
    judged = context.state.judged
    if context.open is not None or judged is None or judged.subject.service != context.state.topic:
        return ""
    return dict(judged.answers).get("useful", "")
