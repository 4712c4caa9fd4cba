"""A wish for a person, or for none."""

from __future__ import annotations

from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in, area_of_person
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import refuses_person

_MOST_LEADING = 2  # words before "hablar con una persona"
_FEW_TO_ASK = 8  # words of a question where words of a case are awaited


def person(context: Context) -> Intent | None:
    """A person is wanted, in any words and at any question."""
    heard = context.heard
    # "¿Es un robot o una persona?"
    asks_who = 2 * heard.chance("who_are_you") > heard.chance("wants_person")
    wanted = heard.main == "wants_person" and heard.surely("wants_person")
    wanted = wanted and context.rather_than_words("wants_person")
    if refuses_person(context.said) or PhraseKind.DONE_BY_SOMEBODY in context.said.kinds:
        return None  # "necesito a alguien que recoja al perrito"
    named = _names_person(context)
    named = named and (heard.likely("wants_person") or not context.words_are_awaited)
    nobody = context.lexicon.said_before.nobody  # "no hay nadie que atienda" tells of a visit
    if not named and "?" not in context.text and not nobody.isdisjoint(context.said.words):
        return None
    if named or (wanted and not asks_who and not _names_office(context)):
        prompt = context.state.prompt
        rating = context.open is not None and context.open.outline.rates_area
        asked = rating or (prompt is not None and prompt.awaits is Awaits.AREA)
        plain = named and not context.words_are_awaited  # "póngame con una persona mejor"
        asked = asked and not plain
        asked = asked or (not named and len(context.said.words) == 1)  # "robo": files nothing
        if asked:
            return Act.OFFER_PERSON
        return AskForPerson(context.text, area_of_person(context))
    return None


def _names_office(context: Context) -> bool:
    """ "Quiero hablar con la oficina de la mujer": its telephone is asked for, and no person."""
    said, spans = context.said, context.said.spans(PhraseKind.ASKS_CONTACT)
    behind = " ".join(said.words[max(end for _, end in spans) :]) if spans else ""
    names = bool(behind) and area_in(context, behind) is not None
    return names and PhraseKind.WANTS_PERSON not in said.kinds


def _names_person(context: Context) -> bool:
    """ "Sí, una persona porfa", "no me ayuda en nada. Páseme con un funcionario"."""
    parts = (Said(part, context.lexicon) for part in PARTS.split(context.text))
    curt = len(context.said.words) <= _FEW_TO_ASK
    starts = [start for start, _ in context.said.spans(PhraseKind.WANTS_PERSON)]
    free = context.open is None or context.open.outline.about_card
    led = free and any(start <= _MOST_LEADING for start in starts)  # "… con alguien porque …"
    return (bool(starts) and (curt or led)) or any(
        len(part.words) <= _FEW_TO_ASK and PhraseKind.WANTS_PERSON in part.kinds for part in parts
    )


def without_refused_person(context: Context) -> Context:
    """ "No quiero hablar con nadie, dígame el horario" without the wish that is refused."""
    told = context.words_are_awaited or context.state.filing is not None
    if told or not refuses_person(context.said):
        return context
    left = []
    for part in PARTS.split(context.text):
        words = Said(part, context.lexicon)
        spans = words.spans(PhraseKind.REFUSES_PERSON)
        rest = [w for at, w in enumerate(words.words) if not any(s <= at < e for s, e in spans)]
        left.append(" ".join(rest) if spans else part.strip())
    text = ", ".join(part for part in left if part)
    return context.of(f"{text}?" if "?" in context.text else text) if text else context
