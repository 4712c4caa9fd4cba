"""Direct questions beside a card: who pays, whether one may, and where a named thing is done."""

from __future__ import annotations

from handlers.content.model import Service
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.information import AskAboutTopic, LookUp, TellUnconfirmed
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.said_before.card.asked.lines import lines_held_to, tells_all
from handlers.understanding.said_before.card.decision.chances import chances, names_another
from handlers.understanding.said_before.card.shown import chance_of_going_on, others_of

_ASKS = 0.6  # probability that it asks about the card
_GOES_ON = 0.3  # chance below which the card that is named is meant
_MOST = 16  # words of such a question
_NOT_ONLINE = {PhraseKind.OF_PLACE, PhraseKind.ASKS_PAYMENT}  # "dónde hay que ir"
_HOW_DONE = {PhraseKind.ASKS_HOW_DONE, PhraseKind.ASKS_WHERE_DONE}
_WHETHER_ONE_MAY = {PhraseKind.ASKS_VALIDITY, PhraseKind.ASKS_BY_ANOTHER}
_ANSWERED = {PhraseKind.HELPED, PhraseKind.NOT_HELPED, PhraseKind.HELPED_PARTLY}


def validity(context: Context) -> AskAboutTopic | TellUnconfirmed | None:
    """ "¿Quién me paga el neumático?", "¿me sirve la cédula vencida?": by a line of the card that
    tells all of it, or not confirmed; never another thing of the card."""
    service = context.release.content.service_by_id.get(context.state.topic)
    if service is None or len(context.said.words) > _MOST:
        return None
    if _WHETHER_ONE_MAY.isdisjoint(context.said.kinds):
        return None
    goes_on = chance_of_going_on(context) >= _GOES_ON or _is_required(context, service)
    if names_another(context) and not goes_on:
        return None
    if not _ANSWERED.isdisjoint(context.said.kinds) and "?" not in context.text:
        return None
    by_another = PhraseKind.ASKS_BY_ANOTHER in context.said.kinds
    if by_another or tells_all(service, context.text, context.release.index):
        return AskAboutTopic("more")
    offers = context.ranking.verdict is Verdict.SURE and not _is_required(context, service)
    others = others_of(context, context.ranking)[:1] if offers else ()
    return TellUnconfirmed(context.text.strip(), others)


def of_card(context: Context) -> AskAboutTopic | None:
    """ "¿Por internet se puede?", "en qué página avisan": no step and no payment of the card."""
    kinds = context.said.kinds
    online = PhraseKind.ASKS_ONLINE in kinds and _NOT_ONLINE.isdisjoint(kinds)
    if not online and PhraseKind.ASKS_PUBLISHED not in kinds:
        return None
    if len(context.said.words) > _MOST or not _is_of_shown(context):
        return None
    return AskAboutTopic("online" if online else "more")


def _is_of_shown(context: Context) -> bool:
    """Whether it is a question of the card shown, and names no other."""
    if context.state.topic not in context.release.content.service_by_id:
        return False
    asks = context.said.asks or "?" in context.text or chances(context).asks >= _ASKS
    return asks and not names_another(context)


def held_to(context: Context) -> AskAboutTopic | None:
    """ "Ahí arriba decía dos semanas", "eso no le pregunté, lo del ayuno": what the card says."""
    service = context.release.content.service_by_id.get(context.state.topic)
    if service is None or len(context.said.words) > _MOST:
        return None
    lines = lines_held_to(service, context.said, context.release.index)
    return AskAboutTopic("more") if lines else None


def _is_required(context: Context, service: Service) -> bool:
    """ "¿Puedo ir sin el Registro Social?": the card that it names is among what this one needs."""
    tokens_of = context.release.index.tokens_of
    needed = tokens_of(". ".join(service.requirements or ()))
    cards = context.release.content.service_by_id
    named = (cards[hit.id].name for hit in context.ranking.hits[:1] if hit.id in cards)
    return any(tokens_of(name) & tokens_of(context.text) & needed for name in named)


def _needs(context: Context, service: Service, named: str) -> bool:
    """Whether all that is named is among what the card says that one needs."""
    tokens_of = context.release.index.tokens_of
    told = tokens_of(named)
    return bool(told) and told <= tokens_of(". ".join(service.requirements or ()))


def asked_of_named(context: Context) -> LookUp | None:
    """ "¿Y qué es eso del Registro Social, dónde lo saco?": of the thing that is named, which has
    a card of its own or is of another institution."""
    if _HOW_DONE.isdisjoint(context.said.kinds):
        return None
    parts = [context.of(part) for part in PARTS.split(context.text) if fold(part)]
    tokens_of = context.release.index.tokens_of
    named = [part for part in parts if tokens_of(part.text)]
    if len(parts) == 1 or len(named) != 1:
        return None
    thing = named[0]
    if not _HOW_DONE.isdisjoint(thing.said.kinds):
        return None  # "otra cosa: cómo saco la patente" asks by itself
    # "Dónde la pago, por internet se puede?" asks two things of the card, and names none
    # "Se la puede llevar mi hija, la cédula es de ella o mía" names what the card asks for.
    service = context.release.content.service_by_id.get(context.state.topic)
    needed = service is not None and _needs(context, service, thing.text)
    theirs = thing.ranking.verdict is Verdict.EXTERNAL and not thing.said.asks and not needed
    return LookUp(thing.text, thing.ranking) if theirs or names_another(thing) else None
