"""What a card says of the words of a question, line by line, where it has no field for it."""

from __future__ import annotations

from handlers.content.cards import SENTENCE_ENDS
from handlers.content.lexicon.lexicon import Lexicon
from handlers.content.model import Service
from handlers.search.index import SearchIndex
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.information import AskAboutTopic
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.card.shown import OTHER_WISHES

_MOST = 2  # lines that are told
_FEWEST = 2  # words of a line that says something: not "Reservar"
_STOPS = " ."
_SHORTEST = 3  # letters of a word that is held to
# What asks in other words than a card tells.
_TELLING = {
    PhraseKind.ASKS_BY_ANOTHER: PhraseKind.TELLS_BY_WHOM,
    PhraseKind.ASKS_APPOINTMENT: PhraseKind.TELLS_APPOINTMENT,
    PhraseKind.ASKS_ONLINE: PhraseKind.ASKS_ONLINE,
    PhraseKind.ASKS_TERM: PhraseKind.TELLS_TERM,
}
_OF_WORDS = 2  # of so many telling words of the question, one at least stands in the line
_FEWEST_WORDS = 4  # of what is told
# What is none of the card's, or answers whether it was useful.
_ANSWERS = (
    *("confirms", "denies", "partly", "praises", "not_understood", "gives_grade"),
    *("thanks", "farewell", "greets", "insults", "who_are_you", "smalltalk"),
)


def lines_about(service: Service, asked: str, index: SearchIndex) -> tuple[str, ...]:
    """The lines of the card that share most with a question, besides the card's name.

    "Y si le dan pañales": what help there is. () where none shares a telling word. Where only the
    name is said again: what it is.
    """
    named = index.tokens_of(f"{service.name}. {service.short_name}")
    asked_for = index.tokens_of(asked)
    words = asked_for - named
    if not words:
        return _lines(service)[:1] if asked_for else ()
    shared = {line: len(words & index.tokens_of(line)) for line in _lines(service)}
    most = max(shared.values(), default=0)
    if most * _OF_WORDS < len(words):
        return ()  # "si arriendo y la boleta viene a nombre del dueño": not told by "la boleta"
    return tuple(line for line, share in shared.items() if share and share == most)[:_MOST]


def told_by_card(context: Context) -> AskAboutTopic | None:
    """ "No tienen rut, tienen pasaporte": not found, and the card has a line on it."""
    service = context.release.content.service_by_id.get(context.state.topic)
    if service is None or context.ranking.is_found or len(context.said.words) < _FEWEST_WORDS:
        return None
    if context.heard.best((*OTHER_WISHES, *_ANSWERS)):
        return None
    lines = lines_about(service, context.text, context.release.index)
    if not lines:
        return None
    return AskAboutTopic("beyond" if _denies_line(context) else "more")


def _denies_line(context: Context) -> bool:
    """ "Pero La Antena no es el casco histórico": what the line tells is not what is asked."""
    words, negators = context.said.words, context.lexicon.negators
    return any(word in negators for word in words[1:]) and not context.said.asks


def _lines(service: Service) -> tuple[str, ...]:
    facts = (service.cost, service.duration, service.place, service.hours)
    told = (*SENTENCE_ENDS.split(service.summary), *(service.requirements or ()), *service.steps)
    lines = (line.strip(_STOPS) for line in (*told, *filter(None, facts)))
    return tuple(line for line in lines if len(line.split()) >= _FEWEST)


def lines_by_kind(service: Service, said: Said, lexicon: Lexicon) -> tuple[str, ...]:
    """The lines that tell in other words what is asked for: "con cuánta anticipación"."""
    telling = {kind for asking, kind in _TELLING.items() if asking in said.kinds}
    lines = _lines(service) if telling else ()
    return tuple(line for line in lines if telling & Said(line, lexicon).kinds.keys())[:_MOST]


def lines_held_to(service: Service, said: Said, index: SearchIndex) -> tuple[str, ...]:
    """The lines of what is held to, by any of its words where several are shared."""
    if PhraseKind.HOLDS_TO not in said.kinds:
        return ()
    held = without_holding(said)
    if lines := lines_about(service, held, index) if index.tokens_of(held) else ():
        return lines
    words = {word for word in held.split() if len(word) >= _SHORTEST}
    shared = {line: len(words & set(fold(line).split())) for line in _lines(service)}
    most = max(shared.values(), default=0)
    return tuple(line for line, share in shared.items() if share == most >= _FEWEST)[:_MOST]


def without_holding(said: Said) -> str:
    """A text without "ahí arriba decía"."""
    holding = said.covered(PhraseKind.HOLDS_TO)
    return " ".join(word for at, word in enumerate(said.words) if at not in holding)


def tells_all(service: Service, asked: str, index: SearchIndex) -> bool:
    """Whether one line of the card has every telling word of a question, and more than these."""
    words = index.tokens_of(asked) - index.tokens_of(f"{service.name}. {service.short_name}")
    told = map(index.tokens_of, _lines(service))
    return bool(words) and any(words < line and len(line - words) > 1 for line in told)
