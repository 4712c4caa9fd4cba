"""What mattered most for a grade was another thing than was chosen."""

from __future__ import annotations

from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.rating import CorrectReason

_MOST_WORDS = 14


def reason_put_right(context: Context) -> CorrectReason | None:
    """ "No fue por el trato sino por la espera", "no, la espera", "el motivo está mal"."""
    if context.command is not None or "?" in context.text:
        return None
    if len(context.said.words) > _MOST_WORDS:
        return None
    found, named = context.replacement, PhraseKind.NAMES_REASON in context.said.kinds
    first, *others = context.said.words or [""]
    denies = first in context.lexicon.negators | context.lexicon.grade.slips
    if found is None and not named and not denies:
        return None
    question = _question_of_reason(context)
    if question is None:
        return None
    if found is not None and _choice(context, question, found.was):
        meant = _choice(context, question, found.meant)
        return CorrectReason(meant) if meant else None
    if denies or named:
        meant = _choice(context, question, " ".join(others))
        if meant:
            return CorrectReason(meant)
    corrects = context.heard.best(("corrects", "undoes")) or first in context.lexicon.negators
    says = PhraseKind.SAYS_INSTEAD in context.said.kinds
    return CorrectReason("") if named and corrects and not says else None


def _question_of_reason(context: Context) -> Question | None:
    """What is chosen beside the latest grade; None where no choice may have been made."""
    state = context.state
    follow_up, rated = state.follow_up, state.rated[-1:]
    if not rated or (follow_up is not None and follow_up.response != rated[0].response):
        return None
    if follow_up is None and not context.rating_is_closed:
        return None
    outlines = context.release.newest_outlines.values()
    rating = next(one.questionnaire for one in outlines if one.rates_area)
    asked = context.release.outline(rating.id, rated[0].version).questionnaire.questions
    return next((one for one in asked if one.kind is QuestionKind.CHOICE), None)


def _choice(context: Context, question: Question, text: str) -> str:
    """The choice that the words name beside words that say nothing; "" for none or several."""
    lexicon = context.lexicon
    empty = lexicon.grade.around | lexicon.grade.is_ | lexicon.grade.for_area | lexicon.grade.slips
    empty |= lexicon.reason_names | lexicon.was
    names = question.choice_by_name  # "espera" is one, and a slip besides
    words = fold(text).split()
    chosen = names.get(" ".join(word for word in words if word in names or word not in empty))
    return chosen.id if chosen is not None else ""
