"""What of a card a question asks for by its words: only that is told, and not the same again."""

from __future__ import annotations

from handlers.content.model import Service
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.turn import TurnBuilder
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.card.asked.lines import tells_all

MOST_KEPT = 80  # characters of what was told last
_FEW_BESIDE = 2  # words beside the aspect's own, in what only asks for it again
_WORDS = {
    "cost": {PhraseKind.OF_COST},
    "place": {PhraseKind.OF_PLACE, PhraseKind.ASKS_PLACE, PhraseKind.ASKS_WHERE_DONE},
    "how": {PhraseKind.OF_STEPS, PhraseKind.ASKS_HOW_DONE},
    "papers": {PhraseKind.OF_PAPERS},
    "time": {PhraseKind.OF_DURATION},
    "hours": {PhraseKind.OF_HOURS, PhraseKind.ASKS_HOURS},
    "contact": {PhraseKind.OF_CONTACT, PhraseKind.ASKS_CONTACT},
}


def asked_for(turn: TurnBuilder, service: Service, aspects: tuple[str, ...]) -> tuple[str, ...]:
    """The aspects that the words of the question ask for; "more" where none of them is.

    "Un poder simple o notarial?" sounds like what is needed, and asks no list; nor does "hay que
    llevarla en ayunas", which one line of the list tells.
    """
    said = Said(turn.text_in, turn.release.lexicon)
    if not said.words:
        return aspects
    named = [one for one in aspects if one not in _WORDS or not _WORDS[one].isdisjoint(said.kinds)]
    if "papers" in named and tells_all(service, _beside(said, "papers"), turn.release.index):
        named.remove("papers")
    return tuple(named) or ("more",)


def _beside(said: Said, aspect: str) -> str:
    """The words beside those that name the aspect."""
    own = said.covered(*_WORDS[aspect])
    return " ".join(word for at, word in enumerate(said.words) if at not in own)


def is_told_again(turn: TurnBuilder, aspect: str, value: str) -> bool:
    """Whether the answer before was the same, and this question is another: "y la UTM a cuánto"."""
    if not value or turn.was.told != kept(value) or turn.was.topic != turn.state.topic:
        return False
    said = Said(turn.text_in, turn.release.lexicon)
    words = _beside(said, aspect).split() if aspect in _WORDS else said.words
    lexicon = turn.release.lexicon
    light = (lexicon.place_fillers, lexicon.said_before.going_on)
    return sum(not any(word in one for one in light) for word in words) > _FEW_BESIDE


def wants_amount(turn: TurnBuilder, cost: str) -> bool:
    """Whether it is asked how much, and the card's cost does not say it in money."""
    lexicon = turn.release.lexicon
    asked = PhraseKind.ASKS_HOW_MUCH in Said(turn.text_in, lexicon).kinds
    return asked and PhraseKind.TELLS_NO_AMOUNT in Said(cost, lexicon).kinds


def kept(value: str) -> str:
    """What is kept of what was told, to know it again."""
    return fold(value)[:MOST_KEPT]


def asks_beyond(turn: TurnBuilder, service: Service, lines: tuple[str, ...]) -> bool:
    """Whether a question has telling words that the lines told for it have not.

    Of who may do it a line tells at most whose paper is needed.
    """
    if PhraseKind.ASKS_BY_ANOTHER in Said(turn.text_in, turn.release.lexicon).kinds:
        return True
    tokens_of = turn.release.index.tokens_of
    told = tokens_of(". ".join((*lines, service.name, service.short_name)))
    return bool(tokens_of(turn.text_in) - told)
