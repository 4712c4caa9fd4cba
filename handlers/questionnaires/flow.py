"""A questionnaire in progress: taking answers, going on, going back, ending."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.conditions import applies, broken_constraint
from handlers.content.model import Question, QuestionKind
from handlers.content.outline import Outline
from handlers.facts import Outcome, ResponseClosed
from handlers.questionnaires import asking, closing, follow_up, grading, progress
from handlers.search.ranking import Verdict
from handlers.state import Progress
from handlers.text.folding import fold
from handlers.turn import TurnBuilder
from handlers.understanding.hearing import asks, hear_grade
from handlers.understanding.reading import (
    MAX_WORDS,
    Misread,
    read_choice,
    read_choices,
    read_date,
    read_number,
    read_text,
    split_choice,
)

MAX_COURTESY = 30  # characters of "no, gracias" and the like


def begin(turn: TurnBuilder, ongoing: Progress, origin: str) -> None:
    """Open a response and ask its first question; what was in progress is put aside."""
    progress.pause(turn)
    # A card's question is often left alone: that response is opened when it is answered.
    about_card = progress.outline_of(turn, ongoing).about_card
    turn.update(
        progress=ongoing if about_card else progress.opened(turn, ongoing, origin), follow_up=None
    )
    _advance(turn)


def take_text(turn: TurnBuilder, text: str) -> bool:
    """Take typed words as the answer to the open question.

    False when they are none: then they are looked up, and the question stays open.
    """
    found = progress.open_question(turn)
    if found is None:
        return False
    outline, question = found
    if (question.optional or question.takes_words) and _leaves_it(turn, question, text):
        end_question(turn)
        return True
    match question.kind:
        case QuestionKind.GRADE:
            taken = grading.take_words(turn, outline, question, text)
            if taken is grading.Taken.NOTED:
                _advance(turn, graded=True)
            return taken is not grading.Taken.ELSEWHERE
        case QuestionKind.TEXT:
            if not turn.prompt_is_recent and _is_a_question(turn, text):
                return False  # days later, words are rather a question than the comment
            _take_words(turn, question, text)
        case QuestionKind.CHOICE:
            return _take_choice_text(turn, outline, question, text)
        case QuestionKind.CHOICES:
            chosen = read_choices(question, text)
            if not chosen and _is_a_question(turn, text):
                return False
            if chosen:
                _pick(turn, question, chosen)
            else:
                _misread(turn, Misread("choices-misread"))
        case QuestionKind.YES_NO:
            if outline.about_card or _is_a_question(turn, text):
                return False  # whoever asks something else has left the card behind
            _misread(turn, Misread("yes-no-misread"))
        case QuestionKind.NUMBER:
            return _take_read(turn, question, text, read_number(question, text))
        case QuestionKind.DATE:
            today = turn.at.astimezone(turn.release.content.zone).date()
            return _take_read(turn, question, text, read_date(question, text, today))
        case QuestionKind.NOTE:
            return False
    return True


def may_be_left(turn: TurnBuilder) -> bool:
    """Whether the open question need not be answered."""
    found = progress.open_question(turn)
    return found is not None and (found[1].optional or found[1].takes_words)


def take_option(turn: TurnBuilder, key: str) -> bool:
    """Take a pressed (or typed) option as the answer; False when it is none of the question's."""
    found = progress.open_question(turn)
    if found is None:
        return False
    outline, question = found
    mark, _, value = key.partition(":")
    if question.kind is QuestionKind.GRADE and mark == "g":
        taken = grading.take_value(turn, outline, question, int(value), insisted=True)
        if taken is grading.Taken.NOTED:
            _advance(turn, graded=True)
    elif question.kind is QuestionKind.GRADE and key == "pending" and progress.ongoing_rating(turn):
        grading.mark_pending(turn)
        asking.ask_again(turn)
    elif question.kind is QuestionKind.CHOICE and mark == "c":
        progress.record_answer(turn, question, value)
        _let_words_join(turn, question)
        _advance(turn)
    elif question.kind is QuestionKind.CHOICES and mark == "t":
        _pick(turn, question, (value,))
    elif question.kind is QuestionKind.YES_NO and key in ("yes", "no"):
        progress.record_answer(turn, question, key)
        _advance(turn)
    else:
        return False
    return True


def take_grade(turn: TurnBuilder, grade: int) -> None:
    """A grade that was given before its question could be asked."""
    found = progress.open_question(turn)
    if found is not None and found[1].kind is QuestionKind.GRADE:
        taken = grading.take_value(turn, *found, grade, insisted=False)
        if taken is grading.Taken.NOTED:
            _advance(turn, graded=True)


def end_question(turn: TurnBuilder, *, skipped: bool = True) -> None:
    """SALTAR (or LISTO): leave the open question as it is, if it may be left."""
    found = progress.open_question(turn)
    if found is None:
        return
    _, question = found
    ongoing = progress.in_progress(turn)
    if question.kind is QuestionKind.CHOICES and ongoing.picked:
        if len(ongoing.picked) < (question.minimum or 1):
            _misread(turn, Misread("choices-too-few", {"minimum": int(question.minimum or 1)}))
            return
        progress.record_answer(turn, question, "+".join(ongoing.picked))
        _advance(turn)
    elif question.optional or question.takes_words:
        _advance(turn)
    elif progress.asks_about_card(turn):
        turn.update(progress=None, prompt=None)
        if not asking.resume_last(turn):
            turn.say("goodbye")
    else:
        turn.say("cannot-skip" if skipped else "not-optional-done")
        asking.ask_again(turn)


def go_back(turn: TurnBuilder) -> bool:
    """Ask the question before the open one; False at the first."""
    ongoing = turn.state.progress
    if ongoing is None:
        return False
    earlier = progress.outline_of(turn, ongoing).preceding(dict(ongoing.answers), ongoing.question)
    if earlier is None:
        return False
    turn.update(progress=replace(ongoing, question=earlier, misread=0, checking=0, picked=()))
    asking.ask_again(turn)
    return True


def cancel(turn: TurnBuilder) -> None:
    """Give the questionnaire up, and say so."""
    ongoing = progress.in_progress(turn)
    progress.drop(turn)
    closing.say_cancelled(turn, ongoing)


def _advance(turn: TurnBuilder, *, graded: bool = False) -> None:
    """Ask the next question that applies, saying notes on the way, or finish."""
    ongoing = progress.in_progress(turn)
    outline = progress.outline_of(turn, ongoing)
    answers = dict(ongoing.answers)
    before = outline.question(ongoing.question) if ongoing.question else None
    question = outline.following(answers, before.id if before else "")
    if question is not None and question.kind is QuestionKind.TEXT and _has_told(outline, ongoing):
        turn.update(progress=replace(ongoing, question=question.id))
        _give_words(turn, question, "")
        _advance(turn)
        return
    if graded and question is not None and outline.rates_area:
        key = "grade-noted-pending" if ongoing.pending else "grade-noted"
        area = turn.release.area_name(ongoing.subject.area)
        turn.say(key, grade=answers["grade"], area=area)
    while question is not None and question.kind is QuestionKind.NOTE:
        turn.body.append(asking.localised(turn, question.text))
        question = outline.following(answers, question.id)
    if question is None:
        _finish(turn)
        return
    if question.group and (before is None or before.group != question.group):
        titles = {group.id: group.title for group in outline.questionnaire.groups}
        turn.body.append(asking.localised(turn, titles[question.group]) + ":")
    ongoing = replace(ongoing, question=question.id, misread=0, checking=0, picked=())
    turn.update(progress=ongoing, follow_up=None)
    asking.ask_again(turn)


def _has_told(outline: Outline, ongoing: Progress) -> bool:
    """Whether the words came along with the grade, so that they are not asked for again."""
    return bool(ongoing.words) and not ongoing.area_guessed and outline.rates_area


def _finish(turn: TurnBuilder) -> None:
    ongoing = progress.in_progress(turn)
    outline = progress.outline_of(turn, ongoing)
    if ongoing.words:
        _note_words_said_before(turn, outline, ongoing)
    turn.record(ResponseClosed(ongoing.response, Outcome.COMPLETED, ongoing.pending))
    turn.update(progress=None, prompt=None)
    closing.say_end(turn, ongoing, outline.questionnaire)


def _note_words_said_before(turn: TurnBuilder, outline: Outline, ongoing: Progress) -> None:
    """Words told before the grade, with nothing added since, are the comment."""
    answers = dict(ongoing.answers)
    question = next((q for q in outline.texts if applies(q, answers)), None)
    if question is not None:
        progress.record_answer(turn, question, ongoing.words[:MAX_WORDS])


def _leaves_it(turn: TurnBuilder, question: Question, text: str) -> bool:
    """ "No", "nada", "gracias" to a question that may be left unanswered."""
    if question.kind is QuestionKind.YES_NO or len(text) > MAX_COURTESY:
        return False
    return turn.command(fold(text)) in ("no", "thanks")


def _is_a_question(turn: TurnBuilder, text: str) -> bool:
    """Rather something to look up than an answer that was written in another way."""
    if asks(text):
        return True
    return len(fold(text).split()) >= 3 and turn.ranking(text).verdict is Verdict.SURE


def _take_choice_text(turn: TurnBuilder, outline: Outline, question: Question, text: str) -> bool:
    words = outline.words_of(question)
    choice, rest = split_choice(question, text) if words else (read_choice(question, text), "")
    if choice is not None:
        progress.record_answer(turn, question, choice.id)
        if words and rest:
            _give_words(turn, words, rest)
        else:
            _let_words_join(turn, question)
        _advance(turn)
    elif words is None or hear_grade(text):
        if words is None and _is_a_question(turn, text):
            return False
        _misread(turn, Misread("reason-misread" if words else "choice-misread"))
    elif not turn.prompt_is_recent and _is_a_question(turn, text):
        return False
    else:
        _give_words(turn, words, text)
        _advance(turn)
    return True


def _pick(turn: TurnBuilder, question: Question, chosen: tuple[str, ...]) -> None:
    """Toggle one choice, or take several typed at once as the whole answer."""
    ongoing = progress.in_progress(turn)
    picked = chosen
    if len(chosen) == 1:
        toggled = dict.fromkeys(ongoing.picked)
        if chosen[0] in toggled:
            del toggled[chosen[0]]
        else:
            toggled[chosen[0]] = None
        picked = tuple(toggled)
    if question.maximum is not None and len(picked) > question.maximum:
        _misread(turn, Misread("choices-too-many", {"maximum": int(question.maximum)}))
        return
    turn.update(progress=replace(ongoing, picked=picked))
    if len(chosen) > 1 and len(chosen) >= (question.minimum or 1):
        end_question(turn)
        return
    labels = [asking.localised(turn, c.text) for c in question.choices if c.id in picked]
    if labels:
        turn.say("choices-so-far", chosen=", ".join(labels))
    asking.ask_again(turn)


def _take_read(turn: TurnBuilder, question: Question, text: str, read: str | Misread) -> bool:
    if isinstance(read, Misread):
        if _is_a_question(turn, text):
            return False
        _misread(turn, read)
        return True
    ongoing = progress.in_progress(turn)
    answers = {**dict(ongoing.answers), question.id: read}
    broken = broken_constraint(
        progress.outline_of(turn, ongoing).questionnaire, answers, question.id
    )
    if broken is not None:
        turn.body.append(asking.localised(turn, broken.text))
        asking.ask_again(turn)
        return True
    progress.record_answer(turn, question, read)
    _advance(turn)
    return True


def _take_words(turn: TurnBuilder, question: Question, text: str) -> None:
    read = read_text(question, text)
    if isinstance(read, Misread):
        _misread(turn, read)
        return
    _give_words(turn, question, read)
    _advance(turn)


def _give_words(turn: TurnBuilder, question: Question, text: str) -> None:
    """Note a comment, together with what was said before the grade; what follows may join it."""
    ongoing = progress.in_progress(turn)
    messages = tuple(part for part in (ongoing.words, text.strip()) if part)
    progress.record_answer(
        turn, question, "\n".join(messages)[: int(question.maximum or MAX_WORDS)]
    )
    turn.update(progress=replace(progress.in_progress(turn), words=""))
    follow_up.let_join(turn, question, messages)


def _let_words_join(turn: TurnBuilder, question: Question) -> None:
    """After a reason was chosen, what follows is still its explanation."""
    ongoing = progress.in_progress(turn)
    words = progress.outline_of(turn, ongoing).words_of(question)
    if words is not None:
        follow_up.let_join(turn, words, (ongoing.words,) if ongoing.words else ())


def _misread(turn: TurnBuilder, misread: Misread) -> None:
    turn.say(misread.key, **misread.values)
    asking.ask_again(turn)
