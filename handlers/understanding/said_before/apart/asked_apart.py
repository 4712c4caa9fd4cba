"""What is asked apart from a grade or its comment: announced behind it, or said to have been asked.

It is answered, and no word of the comment.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import (
    AddToComment,
    AddWords,
    ChoiceAnswer,
    GradeAnswer,
    WordsAnswer,
)
from handlers.understanding.intents.cases import BeginCase
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    AskAboutTopic,
    LookUp,
)
from handlers.understanding.intents.rating import ProposeGrade, RateWithGrade
from handlers.understanding.intents.union import Intents
from handlers.understanding.meant_else import question_in
from handlers.understanding.reading.clauses import clauses, without_join
from handlers.understanding.reading.said import QUESTION
from handlers.understanding.said_before.apart.asked_of_rated import looked_up

_RATED = (RateWithGrade, ProposeGrade, GradeAnswer)
_COMMENTED = (AddWords, AddToComment, WordsAnswer, ChoiceAnswer)
_ANSWERED = (LookUp, AskAboutArea, AskAboutCard, AskAboutTopic, BeginCase)
_FEWEST_ASKED = 2  # words behind what announces a question
_FEWEST_MARKED = 3  # words of a question that is no mere "¿cierto?"
_MOST_SAYING = 9  # words that say so, and what it was about
_MOST_BEFORE = 2  # words before "era una pregunta": "sí, eso"


class RatedAndAsked(NamedTuple):
    """A grade or words of its comment, and a question that is announced behind it."""

    rated: Context
    asked: Context


def rated_and_asked(context: Context) -> RatedAndAsked | None:
    """ "Un 4 porque cierran temprano, y también quiero saber cómo …", "by the way, is …"."""
    state = context.state
    of_case = state.filing is not None or (state.follow_up is not None and state.follow_up.case)
    if of_case or context.command is not None or not _may_rate(context):
        return None
    parts = clauses(context.text, context.lexicon)
    for at in range(1, len(parts)):
        behind = without_join("".join(parts[at:]), context.lexicon)
        asked = _announced(context, behind) or _order_to_file(context, behind)
        if asked is None:
            continue
        rated = without_join("".join(parts[:at]), context.lexicon)
        return RatedAndAsked(context.of(rated), asked) if rated else None
    return None


def _may_rate(context: Context) -> bool:
    return bool(context.numbers) or context.words_are_awaited


def _announced(context: Context, behind: str) -> Context | None:
    """The question alone, read as if nothing were open; None where none is announced."""
    part = context.of(behind, answered=True)
    turns = part.said.begins(PhraseKind.TURNS_ASIDE) and (part.said.asks or "?" in behind)
    lead = context.lexicon.said_before.leads.match(part.folded)
    inquires = lead and context.lexicon.said_before.inquires.search(lead[0])
    if not (turns or inquires):
        return None
    ends = [end for start, end in part.said.spans(PhraseKind.TURNS_ASIDE) if not start]
    words = behind.split()
    led = max((*ends, len(lead[0].split()) if lead else 0))
    if len(words) < led + _FEWEST_ASKED or len(words) != len(part.said.words):
        return None
    asked = part.of(" ".join(words[led:]))
    if _judges(asked) or PhraseKind.TELLS_BY_ASKING in asked.said.kinds:
        return None  # "quiero saber por qué cierran tan temprano"
    state = replace(asked.state, follow_up=None, proposal=None, rated=(), topic="")
    return Context(asked.incoming, state, context.known, context.release, context.at)


def _order_to_file(context: Context, behind: str) -> Context | None:
    """ "Y haga el reclamo", which tells nothing of its own."""
    part = context.of(behind, answered=True)
    return part if part.said.is_only(PhraseKind.COMPLAINS) else None


def _judges(context: Context) -> bool:
    said = context.said
    asks_why = said.begins(PhraseKind.ASKS_WHY)
    return bool(said.mood) or PhraseKind.EXPERIENCE in said.kinds or asks_why


def is_both(rated: Intents, asked: Intents) -> bool:
    """Whether the one is of a rating, and the other a question that has an answer of its own."""
    of_rating = [isinstance(one, (*_RATED, *_COMMENTED)) for one in rated]
    answered = [isinstance(one, _ANSWERED) for one in asked]
    return bool(rated) and bool(asked) and all(of_rating) and all(answered)


def said_already(context: Context) -> Intents | None:
    """ "I told you, the staff and the map" to what was best, or behind a comment.

    What was told before stays as it is, and what is said here goes on with it.
    """
    opened, follow_up = context.open, context.state.follow_up
    asked = opened is not None and opened.outline.rates_area and not opened.grades_area
    commented = follow_up is not None and not follow_up.case and not follow_up.rewritten
    first, *others = context.said.parts or [""]
    if not (asked or commented) or not _is_said_already(context, first):
        return None
    told = [part.strip() for part in others if context.commands.get(fold(part)) != "done"]
    words = context.of(", ".join(told))
    if words.numbers or words.said.asks or "?" in context.text or area_in(context, words.text):
        return None
    if not words.folded:
        return (Act.SKIP if asked else Act.FINISH,)
    if opened is None or not asked:
        return (AddToComment(words.text),)
    if opened.progress.words:  # what was told before is kept with the answer
        question = opened.outline.words_of(opened.question) or opened.question
        return (WordsAnswer(question.id, words.text),)
    return (Act.SKIP, AddToComment(words.text))


def _is_said_already(context: Context, part: str) -> bool:
    return context.of(part).said.is_only(PhraseKind.SAID_ALREADY)


def was_question(context: Context) -> LookUp | None:
    """ "Yes it was a question, about the lifeguards": what was asked, and not this sentence."""
    state = context.state
    spans = context.said.spans(PhraseKind.WAS_QUESTION)
    if state.filing is not None or not any(start <= _MOST_BEFORE for start, _ in spans):
        return None
    if len(context.said.words) > _MOST_SAYING or _judges(context):
        return None  # "era una pregunta lo que fui a hacer, y me atendieron al tiro"
    kept = bool(state.doubtful) or context.offers("not-comment")
    if not kept and not context.words_are_awaited:
        return None
    asked = question_asked(context) if kept else None
    return asked or _named_behind(context, max(end for _, end in spans))


def question_asked(context: Context) -> LookUp | None:
    """The question in the last words, which are no comment; all of them where none is apart."""
    follow_up, words = context.state.follow_up, context.state.doubtful
    if not words and follow_up is not None and not follow_up.case and follow_up.messages:
        words = follow_up.messages[-1]
    if not words:
        return None
    marked = [one.strip() for one in QUESTION.findall(words) if len(one.split()) >= _FEWEST_MARKED]
    query = marked[-1] if marked else words.strip()
    found = question_in(context.of(query, answered=True))
    ranking = context.rank(found.read.text if found is not None else query)
    if context.state.rated and context.state.filing is None:
        return looked_up(context, query, ranking, was_comment=True)
    return LookUp(query, ranking, was_comment=True)


def _named_behind(context: Context, end: int) -> LookUp | None:
    """ "Era una pregunta, lo del salvavidas", where nothing was kept: what is named here."""
    words = context.text.split()
    behind = " ".join(words[end:]) if len(words) == len(context.said.words) else ""
    return LookUp(behind, context.rank(behind)) if fold(behind) else None
