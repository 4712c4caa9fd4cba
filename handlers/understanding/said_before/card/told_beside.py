"""What an answer about a card leaves open, and says itself: it is not asked for once more."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.release import DEFAULT_LANGUAGE
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.information import (
    AskAboutTopic,
    Speak,
    TellUnconfirmed,
    UsefulAnswer,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.card.decision.chances import chances
from handlers.understanding.said_before.card.decision.clauses import (
    CLAUSES,
    TELLS_OF_HELP,
    VALUES,
    clauses,
)

_LEFT_OPEN = (PhraseKind.TELLS_MISSING, PhraseKind.HEARSAY, PhraseKind.NOT_SURE_WHAT)
_FEWEST_LEFT = 2  # words that tell what is left open
_SURELY = 0.7  # chance of an answer that no clause says
_MOST_NAMED = 4  # words of "la antena", "en mi calle"


def answer_and_left_open(context: Context) -> UsefulAnswer | None:
    """ "Sí me sirvió, pero en la caja me dijeron otra cosa", "not really, it says nothing of kids":
    the answer, and what is then said not to be confirmed."""
    if "?" in context.text:
        return None
    opens = context.lexicon.said_before.opens
    for before, rest in _parted(context):
        if opens.fullmatch(fold(before)) or not _leaves_open(rest):
            continue
        value = _value_of(context.of(before))
        if not value:
            continue
        lacks = PhraseKind.TELLS_MISSING in rest.said.kinds
        value = "partly" if value == "yes" and lacks else value
        return UsefulAnswer(value, besides=rest.text, clarifies=True)
    return None


def goes_on_behind_but(context: Context) -> AskAboutTopic | None:
    """ "Sí, pero la antena": no yes, it names what the card was asked about."""
    but = context.lexicon.said_before.but.search(context.folded)
    matter = context.state.matter
    if but is None or matter is None:
        return None
    before, rest = context.folded[: but.start()].strip(), context.folded[but.end() :].strip()
    if context.commands.get(before) != "yes" or not 0 < len(rest.split()) <= _MOST_NAMED:
        return None
    tokens = context.release.index.tokens_of
    named = tokens(rest) and tokens(rest) <= tokens(matter.words)
    return AskAboutTopic("more", unsure=True) if named else None


def asked_instead(context: Context) -> Intent | None:
    """ "Me dijeron que ya no lo están dando", "m pa li panyòl": it answers nothing."""
    if says_no_spanish(context):
        return other_language(context)
    told = context.said.begins(PhraseKind.HEARSAY)
    answers = not TELLS_OF_HELP.isdisjoint(context.said.kinds)
    return TellUnconfirmed(context.text) if told and not answers else None


def only_wishes_done(context: Context) -> bool:
    """ "Quiero que vengan a arreglarla po": no yes, however content it sounds."""
    said = context.said
    wishes = said.begins(PhraseKind.TELLS_WISH, PhraseKind.WANTS_IT_DONE)
    return wishes and TELLS_OF_HELP.isdisjoint(said.kinds)


def other_language(context: Context) -> Intent:
    """The language that is written, where it is not that of the cards; else those that can be."""
    language = context.other_language or context.spoken
    return Act.LIST_LANGUAGES if language == DEFAULT_LANGUAGE else Speak(language)


def says_no_spanish(context: Context) -> bool:
    """ "Men m pa konprann panyòl la": the cards are in Spanish."""
    named = context.lexicon.languages
    said = named.not_spoken.search(context.folded) is not None
    return said and named.spanish.search(context.folded) is not None


def _parted(context: Context) -> Iterator[tuple[str, Context]]:
    """The text in two, at each "but" and each sign."""
    but = context.lexicon.said_before.but
    text = context.text
    for found in (*but.finditer(text.lower()), *CLAUSES.finditer(text)):
        rest = text[found.end() :].strip()
        if (again := but.match(rest.lower())) is not None:
            rest = rest[again.end() :].strip()
        if len(rest.split()) >= _FEWEST_LEFT:
            yield text[: found.start()], context.of(rest)


def _value_of(before: Context) -> str:
    """The one answer that is said before what is left open; "" for none or several."""
    values = set(clauses(before).values)
    found = chances(before)
    likely = values or {value for value in VALUES if getattr(found, value) >= _SURELY}
    return next(iter(likely)) if len(likely) == 1 else ""


def _leaves_open(rest: Context) -> bool:
    kinds = rest.said.kinds.keys()
    if PhraseKind.NOT_HELPED in kinds:
        return False  # "sigo sin saber dónde es" is the answer itself
    return says_no_spanish(rest) or not kinds.isdisjoint(_LEFT_OPEN)
