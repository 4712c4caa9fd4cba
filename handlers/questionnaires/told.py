"""What came with a grade is its comment, a reason named in it its reason; neither is asked for."""

from __future__ import annotations

from itertools import pairwise

from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.content.questionnaires.outline import Outline
from handlers.questionnaires import progress
from handlers.state import Progress
from handlers.text.folding import fold
from handlers.turn import TurnBuilder
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.told import MAYBE, TELLING

_FEWEST_TELLING = 3  # words that tell something, if they need not judge
_FEWEST_JUDGING = 2  # "muy lentos"


def is_told(turn: TurnBuilder, outline: Outline, question: Question) -> bool:
    """Whether a question about an area's grade was answered with the grade, or before it."""
    if not outline.rates_area or question.kind not in (QuestionKind.CHOICE, QuestionKind.TEXT):
        return False
    if _was_asked_before(turn, outline, question) or reason_told(turn, question):
        return True
    return _tells(turn, progress.in_progress(turn), question)


def reason_told(turn: TurnBuilder, question: Question) -> str:
    """The choice named in the grade's words: "un 3 a Tránsito por la espera"; "" if none."""
    lexicon = turn.release.lexicon
    if question.kind is not QuestionKind.CHOICE:
        return ""
    empty = lexicon.place_fillers - lexicon.grade.causes
    words = [w for w in fold(progress.in_progress(turn).words).split() if w not in empty]
    behind = [after for word, after in pairwise(words) if word in lexicon.grade.causes]
    says = set(behind) - lexicon.place_unnamed  # "por otro asunto" names no reason
    named = {question.choice_by_name[word].id for word in says if word in question.choice_by_name}
    return named.pop() if len(named) == 1 else ""


def earlier_comment(turn: TurnBuilder, question: Question) -> str:
    """The comment of a closed rating that is put right, which words beside the new grade go on.

    Praise is not gone on with by what tells why the grade is lower; it stays by itself.
    """
    earlier = progress.earlier_comment(turn) if _is_put_right(turn) else None
    if earlier is None:
        return ""
    ongoing = progress.in_progress(turn)
    lower = int(dict(ongoing.answers)[_first(turn)]) < ongoing.changing
    return "" if lower and earlier[0] != question.id else earlier[1]


def _was_asked_before(turn: TurnBuilder, outline: Outline, question: Question) -> bool:
    """Whether the grade that is put right was asked the same, or has a comment that stays."""
    if not _is_put_right(turn):
        return False
    first, before = outline.first.id, str(progress.in_progress(turn).changing)
    if outline.following({first: before}, first) is question:
        return True
    return question.kind is QuestionKind.TEXT and progress.earlier_comment(turn) is not None


def _is_put_right(turn: TurnBuilder) -> bool:
    """Whether another grade was given for a closed rating, and not asked for."""
    ongoing, was = progress.in_progress(turn), turn.was.progress
    is_open = was is not None and was.response == ongoing.response
    if not ongoing.changing or is_open:
        return False
    return dict(ongoing.answers).get(_first(turn)) != str(ongoing.changing)


def _first(turn: TurnBuilder) -> str:
    return progress.outline_of(turn, progress.in_progress(turn)).first.id


def _tells(turn: TurnBuilder, ongoing: Progress, question: Question) -> bool:
    """Whether the words beside the grade say how it was, and not only where.

    A comment may be one word; what counts as a reason is more. "Me atendió muy bien", told before
    it was known where, leaves open what was best.
    """
    if question.kind is QuestionKind.TEXT and ongoing.area_guessed:
        return False
    lexicon = turn.release.lexicon
    area = turn.release.content.area_by_id[ongoing.subject.area]
    empty = lexicon.place_fillers | lexicon.grade.around | lexicon.grade.hedges
    empty |= lexicon.offices | lexicon.place_unnamed
    empty = (empty | set(fold(f"{area.id} {area.name}").split())) - (
        lexicon.grade.causes | lexicon.grade.reasons
    )
    words = [word for word in fold(ongoing.words).split() if word not in empty]
    if question.kind is QuestionKind.TEXT or len(words) >= _FEWEST_TELLING:
        return bool(words)
    if len(words) < _FEWEST_JUDGING:
        return False
    heard = turn.release.listener.hear(ongoing.words)
    return bool(Said(ongoing.words, lexicon).mood or heard.best(TELLING, MAYBE))
