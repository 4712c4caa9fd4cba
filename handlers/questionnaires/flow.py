"""A questionnaire in progress: taking answers, going on, going back, ending."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.conditions import applies, broken_constraint
from handlers.content.model import Question, QuestionKind
from handlers.content.outline import Plan
from handlers.facts import Outcome, ResponseClosed
from handlers.questionnaires import asking, closing, comment, grading, progress
from handlers.questionnaires.reading import (
    MAX_WORDS,
    Misread,
    read_choice,
    read_choices,
    read_date,
    read_number,
    read_text,
    split_choice,
)
from handlers.search.ranking import Verdict
from handlers.state import Run
from handlers.turn import Talk
from handlers.understanding.folding import fold
from handlers.understanding.hearing import asks, hear_grade, says_not_ended

MAX_COURTESY = 30  # characters of "no, gracias" and the like


def begin(talk: Talk, run: Run, origin: str) -> None:
    """Open a response and ask its first question; what was in progress is put aside."""
    progress.shelve(talk)
    # A card's question is often left alone: that response is opened when it is answered.
    about_card = progress.plan_of(talk, run).about_card
    talk.update(run=run if about_card else progress.opened(talk, run, origin), joining=None)
    _advance(talk)


def take_text(talk: Talk, text: str) -> bool:
    """Take typed words as the answer to the open question.

    False when they are none: then they are looked up, and the question stays open.
    """
    found = progress.current(talk)
    if found is None:
        return False
    plan, question = found
    if plan.rates_area and question.kind is not QuestionKind.GRADE and says_not_ended(text):
        grading.mark_pending(talk)
        asking.ask_again(talk)
        return True
    if (question.optional or question.takes_words) and _leaves_it(talk, question, text):
        end_question(talk)
        return True
    match question.kind:
        case QuestionKind.GRADE:
            taken = grading.take_words(talk, plan, question, text)
            if taken is grading.Taken.NOTED:
                _advance(talk, graded=True)
            return taken is not grading.Taken.ELSEWHERE
        case QuestionKind.TEXT:
            if not talk.fresh and _is_a_question(talk, text):
                return False  # days later, words are rather a question than the comment
            _take_words(talk, question, text)
        case QuestionKind.CHOICE:
            return _take_choice_text(talk, plan, question, text)
        case QuestionKind.CHOICES:
            chosen = read_choices(question, text)
            if not chosen and _is_a_question(talk, text):
                return False
            if chosen:
                _pick(talk, question, chosen)
            else:
                _misread(talk, Misread("choices-misread"))
        case QuestionKind.YES_NO:
            if plan.about_card or _is_a_question(talk, text):
                return False  # whoever asks something else has left the card behind
            _misread(talk, Misread("yes-no-misread"))
        case QuestionKind.NUMBER:
            return _take_read(talk, question, text, read_number(question, text))
        case QuestionKind.DATE:
            today = talk.at.astimezone(talk.release.content.zone).date()
            return _take_read(talk, question, text, read_date(question, text, today))
        case QuestionKind.NOTE:
            return False
    return True


def may_be_left(talk: Talk) -> bool:
    """Whether the open question need not be answered."""
    found = progress.current(talk)
    return found is not None and (found[1].optional or found[1].takes_words)


def take_option(talk: Talk, key: str) -> bool:
    """Take a pressed (or typed) option as the answer; False when it is none of the question's."""
    found = progress.current(talk)
    if found is None:
        return False
    plan, question = found
    mark, _, value = key.partition(":")
    if question.kind is QuestionKind.GRADE and mark == "g":
        taken = grading.take_value(talk, plan, question, int(value), insisted=True)
        if taken is grading.Taken.NOTED:
            _advance(talk, graded=True)
    elif question.kind is QuestionKind.GRADE and key == "pending" and progress.rating(talk):
        grading.mark_pending(talk)
        asking.ask_again(talk)
    elif question.kind is QuestionKind.CHOICE and mark == "c":
        progress.give(talk, question, value)
        _let_words_join(talk, question)
        _advance(talk)
    elif question.kind is QuestionKind.CHOICES and mark == "t":
        _pick(talk, question, (value,))
    elif question.kind is QuestionKind.YES_NO and key in ("yes", "no"):
        progress.give(talk, question, key)
        _advance(talk)
    else:
        return False
    return True


def take_grade(talk: Talk, grade: int) -> None:
    """A grade that was given before its question could be asked."""
    found = progress.current(talk)
    if found is not None and found[1].kind is QuestionKind.GRADE:
        taken = grading.take_value(talk, *found, grade, insisted=False)
        if taken is grading.Taken.NOTED:
            _advance(talk, graded=True)


def end_question(talk: Talk, *, skipped: bool = True) -> None:
    """SALTAR (or LISTO): leave the open question as it is, if it may be left."""
    found = progress.current(talk)
    if found is None:
        return
    _, question = found
    run = progress.run_of(talk)
    if question.kind is QuestionKind.CHOICES and run.picked:
        if len(run.picked) < (question.minimum or 1):
            _misread(talk, Misread("choices-too-few", {"minimum": int(question.minimum or 1)}))
            return
        progress.give(talk, question, "+".join(run.picked))
        _advance(talk)
    elif question.optional or question.takes_words:
        _advance(talk)
    elif progress.is_about_card(talk):
        talk.update(run=None, prompt=None)
        if not asking.resume(talk):
            talk.say("goodbye")
    else:
        talk.say("cannot-skip" if skipped else "not-optional-done")
        asking.ask_again(talk)


def go_back(talk: Talk) -> bool:
    """Ask the question before the open one; False at the first."""
    run = talk.state.run
    if run is None:
        return False
    earlier = progress.plan_of(talk, run).preceding(dict(run.answers), run.question)
    if earlier is None:
        return False
    talk.update(run=replace(run, question=earlier, misread=0, checking=0, picked=()))
    asking.ask_again(talk)
    return True


def cancel(talk: Talk) -> None:
    """Give the questionnaire up, and say so."""
    run = progress.run_of(talk)
    progress.drop(talk)
    closing.say_cancelled(talk, run)


def _advance(talk: Talk, *, graded: bool = False) -> None:
    """Ask the next question that applies, saying notes on the way, or finish."""
    run = progress.run_of(talk)
    plan = progress.plan_of(talk, run)
    answers = dict(run.answers)
    before = plan.question(run.question) if run.question else None
    question = plan.following(answers, before.id if before else "")
    if question is not None and question.kind is QuestionKind.TEXT and _has_told(plan, run):
        talk.update(run=replace(run, question=question.id))
        _give_words(talk, question, "")
        _advance(talk)
        return
    if graded and question is not None and plan.rates_area:
        key = "grade-noted-pending" if run.pending else "grade-noted"
        area = talk.release.area_name(run.subject.area)
        talk.say(key, grade=answers["grade"], area=area)
        _say_what_stays(talk, plan, run)
    while question is not None and question.kind is QuestionKind.NOTE:
        talk.body.append(asking.localised(talk, question.text))
        question = plan.following(answers, question.id)
    if question is None:
        _finish(talk)
        return
    if question.group and (before is None or before.group != question.group):
        titles = {group.id: group.title for group in plan.questionnaire.groups}
        talk.body.append(asking.localised(talk, titles[question.group]) + ":")
    run = replace(run, question=question.id, misread=0, checking=0, picked=())
    talk.update(run=run, joining=None)
    asking.ask_again(talk)


def _say_what_stays(talk: Talk, plan: Plan, run: Run) -> None:
    """After a grade was changed: what else was answered, and what became of it."""
    before = next((rated for rated in talk.was.rated if rated.response == run.response), None)
    if before is not None and before.pending and not run.pending:
        talk.say("change-ended")
    was, now = talk.was.run, dict(run.answers)
    had = [] if was is None or was.response != run.response else [id for id, _ in was.answers]
    if any(plan.question(id).kind is QuestionKind.TEXT for id in had):
        talk.say("change-keeps-comment")
    for question in map(plan.question, had):
        if question.kind is not QuestionKind.CHOICE or was is None:
            continue
        chosen = dict(was.answers)[question.id]
        texts = {choice.id: asking.localised(talk, choice.text) for choice in question.choices}
        key = "change-keeps-reason" if question.id in now else "change-drops-reason"
        talk.say(key, reason=texts.get(chosen, chosen))


def _has_told(plan: Plan, run: Run) -> bool:
    """Whether the words came along with the grade, so that they are not asked for again."""
    return bool(run.words) and not run.noticed and plan.rates_area


def _finish(talk: Talk) -> None:
    run = progress.run_of(talk)
    plan = progress.plan_of(talk, run)
    if run.words:
        _note_words_said_before(talk, plan, run)
    talk.establish(ResponseClosed(run.response, Outcome.COMPLETED, run.pending))
    talk.update(run=None, prompt=None)
    closing.say_end(talk, run, plan.questionnaire)


def _note_words_said_before(talk: Talk, plan: Plan, run: Run) -> None:
    """Words told before the grade, with nothing added since, are the comment."""
    answers = dict(run.answers)
    question = next((q for q in plan.texts if applies(q, answers)), None)
    if question is not None:
        progress.give(talk, question, run.words[:MAX_WORDS])


def _leaves_it(talk: Talk, question: Question, text: str) -> bool:
    """ "No", "nada", "gracias" to a question that may be left unanswered."""
    if question.kind is QuestionKind.YES_NO or len(text) > MAX_COURTESY:
        return False
    return talk.command(fold(text)) in ("no", "thanks")


def _is_a_question(talk: Talk, text: str) -> bool:
    """Rather something to look up than an answer that was written in another way."""
    if asks(text):
        return True
    return len(fold(text).split()) >= 3 and talk.ranking(text).verdict is Verdict.SURE


def _take_choice_text(talk: Talk, plan: Plan, question: Question, text: str) -> bool:
    words = plan.words_of(question)
    choice, rest = split_choice(question, text) if words else (read_choice(question, text), "")
    if choice is not None:
        progress.give(talk, question, choice.id)
        if words and rest:
            _give_words(talk, words, rest)
        else:
            _let_words_join(talk, question)
        _advance(talk)
    elif words is None or hear_grade(text):
        if words is None and _is_a_question(talk, text):
            return False
        _misread(talk, Misread("reason-misread" if words else "choice-misread"))
    elif not talk.fresh and _is_a_question(talk, text):
        return False
    else:
        _give_words(talk, words, text)
        _advance(talk)
    return True


def _pick(talk: Talk, question: Question, chosen: tuple[str, ...]) -> None:
    """Toggle one choice, or take several typed at once as the whole answer."""
    run = progress.run_of(talk)
    picked = chosen
    if len(chosen) == 1:
        toggled = dict.fromkeys(run.picked)
        if chosen[0] in toggled:
            del toggled[chosen[0]]
        else:
            toggled[chosen[0]] = None
        picked = tuple(toggled)
    if question.maximum is not None and len(picked) > question.maximum:
        _misread(talk, Misread("choices-too-many", {"maximum": int(question.maximum)}))
        return
    talk.update(run=replace(run, picked=picked))
    if len(chosen) > 1 and len(chosen) >= (question.minimum or 1):
        end_question(talk)
        return
    labels = [asking.localised(talk, c.text) for c in question.choices if c.id in picked]
    if labels:
        talk.say("choices-so-far", chosen=", ".join(labels))
    asking.ask_again(talk)


def _take_read(talk: Talk, question: Question, text: str, read: str | Misread) -> bool:
    if isinstance(read, Misread):
        if _is_a_question(talk, text):
            return False
        _misread(talk, read)
        return True
    run = progress.run_of(talk)
    answers = {**dict(run.answers), question.id: read}
    broken = broken_constraint(progress.plan_of(talk, run).questionnaire, answers, question.id)
    if broken is not None:
        talk.body.append(asking.localised(talk, broken.text))
        asking.ask_again(talk)
        return True
    progress.give(talk, question, read)
    _advance(talk)
    return True


def _take_words(talk: Talk, question: Question, text: str) -> None:
    read = read_text(question, text)
    if isinstance(read, Misread):
        _misread(talk, read)
        return
    _give_words(talk, question, read)
    _advance(talk)


def _give_words(talk: Talk, question: Question, text: str) -> None:
    """Note a comment, together with what was said before the grade; what follows may join it."""
    run = progress.run_of(talk)
    bubbles = tuple(part for part in (run.words, text.strip()) if part)
    progress.give(talk, question, "\n".join(bubbles)[: int(question.maximum or MAX_WORDS)])
    talk.update(run=replace(progress.run_of(talk), words=""))
    comment.let_join(talk, question, bubbles)


def _let_words_join(talk: Talk, question: Question) -> None:
    """After a reason was chosen, what follows is still its explanation."""
    run = progress.run_of(talk)
    words = progress.plan_of(talk, run).words_of(question)
    if words is not None:
        bubbles = (run.words,) if run.words else ()
        comment.let_join(talk, words, bubbles, add=not bubbles)


def _misread(talk: Talk, misread: Misread) -> None:
    talk.say(misread.key, **misread.values)
    asking.ask_again(talk)
