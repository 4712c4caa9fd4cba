"""Orders about a rating and its comment: they are carried out, and are no words of either."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import ReviseWords
from handlers.understanding.intents.rating import KeepGrade
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import question_in
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.apart.asked_of_rated import is_recent
from handlers.understanding.said_before.corrections.on_record import rated_area

_MOST_WORDS = 12
_MOST_BEFORE = 2  # words before an order
_FEWEST_PARTS = 2  # an order, and what is asked behind it
_FEWEST_ASKED = 3  # words of a question behind an order
_ANSWERS = ("yes", "no", "thanks", "done", "cancel")
_DROPPING = (PhraseKind.DROPS_WORDS, PhraseKind.UNDOES_GRADE)


def ended(context: Context) -> Act | None:
    """ "Sí, listo no más", "ya po, listo": the comment is done, and this is none of it."""
    words, commands = context.answering, context.commands
    if "?" in context.text or not words or len(words) > _MOST_WORDS or not is_recent(context):
        return None
    empty = context.lexicon.said_before.round_choice
    told = [word for word in words if word not in empty and commands.get(word) not in _ANSWERS]
    if told or all(commands.get(word) != "done" for word in words):
        return None
    return Act.FINISH if context.state.follow_up is not None else Act.SKIP


def not_to_add(context: Context) -> Intent | None:
    """ "No agregue eso, yo solo decía que ya estaba": the last words go, where they were added."""
    follow_up = context.state.follow_up
    if not is_recent(context) or "?" in context.text or context.numbers:
        return None
    if follow_up is None and not context.rating_is_closed:
        return None
    if len(context.said.words) > _MOST_WORDS or not _is_not_to_add(_behind_answer(context)):
        return None
    if PhraseKind.NAMES_COMMENT in context.said.kinds:
        return None  # "no ponga lo que escribí" takes it back
    added = follow_up is not None and len(follow_up.messages) > 1
    added = added and context.offers("not-comment")
    return ReviseWords() if added else KeepGrade(rated_area(context))


def behind_order(context: Context) -> Context | None:
    """ "Olvídelo. ¿Cómo postulo a …?", "no borre nada, quiero saber de …": the question alone."""
    if not is_recent(context) or context.numbers:
        return None
    if PhraseKind.NAMES_COMMENT in context.said.kinds:
        return None
    begins, ordered = 0, False
    parts = context.said.parts
    if len(parts) < _FEWEST_PARTS:
        return None
    for at, part in enumerate(parts):
        rest = context.of(context.text[begins:].strip(" .,;:!\n"), answered=True)
        if ordered and at and _asks(rest):
            state = replace(rest.state, proposal=None)
            return Context(rest.incoming, state, context.known, context.release, context.at)
        if not _is_order(context, part):
            return None
        ordered = ordered or not _is_answer(context, part)
        begins = context.text.index(part, begins) + len(part)
    return None


def _asks(rest: Context) -> bool:
    asks = question_in(rest) is not None or rest.said.asks
    return asks and len(rest.said.words) >= _FEWEST_ASKED


def _is_order(context: Context, part: str) -> bool:
    """ "No borre lo del precio", "déjelo así", "olvídelo", "no", "y otra cosa"."""
    said = context.of(part).said
    if _is_answer(context, part) or said.is_only(PhraseKind.GIVES_UP):
        return True
    if PhraseKind.KEEPS_GRADE in said.kinds or _is_not_to_add(said):
        return True
    denies = not context.lexicon.negators.isdisjoint(said.words)
    return denies and any(kind in said.kinds for kind in _DROPPING)


def _behind_answer(context: Context) -> Said:
    """ "Agregue que me trataron mal" of "no, agregue que me trataron mal"."""
    first, *others = context.said.parts
    if not others or not _is_answer(context, first):
        return context.said
    return Said(", ".join(others), context.lexicon)


def _is_not_to_add(said: Said) -> bool:
    """ "No agregue eso", "please don't add that"."""
    return any(start <= _MOST_BEFORE for start, _ in said.spans(PhraseKind.NOT_TO_ADD))


def _is_answer(context: Context, part: str) -> bool:
    """A yes or a no alone, or what announces another thing."""
    folded = fold(part)
    announces = context.lexicon.said_before.another.fullmatch(f"{folded} ") is not None
    return announces or context.commands.get(folded) in _ANSWERS
