"""Going through a questionnaire: recording answers, going on, going back, ending."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.questionnaires.conditions import applies, broken_constraint
from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.content.questionnaires.outline import Outline
from handlers.facts.responses import ResponseClosed, ResponseOutcome
from handlers.questionnaires import (
    asking,
    closing,
    follow_up,
    grading,
    of_staff,
    progress,
    told,
)
from handlers.release import OpenQuestion
from handlers.state import Progress
from handlers.turn import TurnBuilder
from handlers.understanding.reading.answers import MAX_WORDS


def begin(turn: TurnBuilder, ongoing: Progress, origin: str) -> None:
    """Begin a questionnaire and ask its first question; one in progress is put aside."""
    progress.pause(turn)
    if turn.ratings_stopped:
        asking.resume_or_offer_ways_on(turn)
        return
    outline = progress.outline_of(turn, ongoing)
    # The question about a card is often ignored, so its response opens with the answer.
    begun = ongoing if outline.about_card else progress.open_response(turn, ongoing, origin)
    turn.update(progress=begun, follow_up=None)
    _advance(turn, outline)


# Answers


def answer_grade(turn: TurnBuilder, grade: int, words: str = "", *, asked: bool = True) -> None:
    """Record a grade, or ask to confirm it if it contradicts the words.

    ``asked``: it answers that question, or was repeated alone, so it is recorded.
    """
    opened = progress.open_question(turn)
    if words and opened.outline.rates_area:
        progress.add_words(turn, words)
    repeated = asked and not words and opened.progress.checking > 0
    said = bool(opened.progress.words or words)
    doubt = grading.contradicted(turn, grade) if said and not repeated else ""
    if doubt:
        grading.check(turn, grade, doubt)
        return
    progress.record_answer(turn, opened, str(grade), grade)
    _advance(turn, opened.outline, graded=True)


def confirm_grade(turn: TurnBuilder) -> None:
    """Yes: record a grade that contradicts the words."""
    answer_grade(turn, progress.in_progress(turn).checking)


def answer_choice(turn: TurnBuilder, choice: str, words: str) -> None:
    """Record a choice; words that explain it may come with it or follow."""
    opened = progress.open_question(turn)
    ongoing, outline, question = opened
    progress.record_answer(turn, opened, choice)
    explained = outline.words_of(question)
    if explained is not None and (words or ongoing.words):
        _record_words(turn, opened._replace(question=explained), words)
    elif explained is not None:
        follow_up.expect(turn, explained, (), add=True)
    _advance(turn, outline)


def answer_choices(turn: TurnBuilder, chosen: tuple[str, ...]) -> None:
    """Toggle one choice, or take several typed ones as the whole answer."""
    ongoing, _, question = progress.open_question(turn)
    picked = chosen
    if len(chosen) == 1:
        toggled = dict.fromkeys(ongoing.picked)
        if chosen[0] in toggled:
            del toggled[chosen[0]]
        else:
            toggled[chosen[0]] = None
        picked = tuple(toggled)
    if question.maximum is not None and len(picked) > question.maximum:
        misread(turn, "choices-too-many", maximum=int(question.maximum))
        return
    turn.update(progress=replace(ongoing, picked=picked))
    if len(chosen) > 1 and len(chosen) >= (question.minimum or 1):
        end_question(turn)
        return
    labels = [asking.localised(turn, c.text) for c in question.choices if c.id in picked]
    if labels:
        turn.say("choices-so-far", chosen=", ".join(labels))
    asking.ask_again(turn)


def answer_yes_no(turn: TurnBuilder, *, yes: bool) -> None:
    """Record a yes or no."""
    opened = progress.open_question(turn)
    progress.record_answer(turn, opened, "yes" if yes else "no")
    _advance(turn, opened.outline)


def answer_useful(turn: TurnBuilder, value: str, *, alone: bool, thanks: bool = False) -> None:
    """Record whether a card was useful: "yes", "no" or "partly".

    ``alone``: the message asked nothing else; otherwise that is answered, and this needs no reply.
    ``thanks``: it thanked too, so that no grade is offered, and nothing asked back.
    """
    _judge_again(turn)
    opened = progress.open_question(turn)
    progress.record_answer(turn, opened, value)
    settled = thanks and alone and not turn.state.wishes_left
    if settled and value == "yes":
        _close(turn, progress.in_progress(turn))
        turn.say("useful-yes")
        asking.resume_last(turn)
        return
    if settled:
        ongoing = progress.in_progress(turn)
        _close(turn, ongoing)
        closing.settle(turn, ongoing)
        return
    if alone:
        _advance(turn, opened.outline)
    else:
        _close(turn, progress.in_progress(turn))


def propose_useful(turn: TurnBuilder, value: str) -> None:
    """Offer to note that answer, with the other two beside it."""
    _judge_again(turn)
    asking.propose_useful(turn, value)


def _judge_again(turn: TurnBuilder) -> None:
    """Reopen the question about a card if it is answered: the new answer replaces the old one."""
    judged = turn.state.judged
    if turn.state.progress is not None or judged is None:
        return
    # As if not begun, so that giving it up takes nothing back.
    turn.update(progress=replace(judged, answers=(), opened=False), judged=None)


def answer_value(turn: TurnBuilder, value: str) -> None:
    """Record a number or a date, unless it breaks a constraint with another answer."""
    opened = progress.open_question(turn)
    ongoing, outline, question = opened
    answers = {**dict(ongoing.answers), question.id: value}
    broken = broken_constraint(outline.questionnaire, answers, question.id)
    if broken is not None:
        turn.body.append(asking.localised(turn, broken.text))
        asking.ask_again(turn)
        return
    progress.record_answer(turn, opened, value)
    _advance(turn, outline)


def answer_words(turn: TurnBuilder, question_id: str, words: str) -> None:
    """Record a comment."""
    opened = progress.open_question(turn)
    question = opened.outline.question(question_id)
    _record_words(turn, opened._replace(question=question), words)
    _advance(turn, opened.outline)


def misread(turn: TurnBuilder, sentence: str, **values: str | int) -> None:
    """Say why an answer is not valid, and ask again."""
    turn.say(sentence, **values)
    if progress.asks_about_card(turn):
        asking.ask_how_useful(turn)
    else:
        asking.ask_again(turn)


# Moving


def end_question(turn: TurnBuilder, *, skipped: bool = True) -> None:
    """SALTAR (or LISTO): leave the open question as it is, if it is optional."""
    opened = progress.open_question(turn)
    ongoing, outline, question = opened
    if question.kind is QuestionKind.CHOICES and ongoing.picked:
        if len(ongoing.picked) < (question.minimum or 1):
            misread(turn, "choices-too-few", minimum=int(question.minimum or 1))
            return
        progress.record_answer(turn, opened, "+".join(ongoing.picked))
        _advance(turn, outline)
    elif question.may_be_left:
        _advance(turn, outline)
    elif outline.about_card:
        turn.update(progress=None, prompt=None)
        if asking.can_resume(turn):
            asking.resume_last(turn)
        else:
            turn.say("goodbye")
    else:
        turn.say("cannot-skip" if skipped else "not-optional-done")
        asking.ask_again(turn)


def earlier_question(turn: TurnBuilder) -> str | None:
    """The id of the question before the open one; None at the first, or without one open."""
    opened = turn.release.open_question(turn.state)
    if opened is None:
        return None
    return opened.outline.preceding(dict(opened.progress.answers), opened.progress.question)


def go_back(turn: TurnBuilder, earlier: str) -> None:
    """Ask an earlier question again."""
    ongoing = progress.in_progress(turn)
    turn.update(progress=replace(ongoing, question=earlier, misread=0, checking=0, picked=()))
    asking.ask_again(turn)


def cancel(turn: TurnBuilder) -> None:
    """Give the questionnaire up, and say so."""
    ongoing = progress.in_progress(turn)
    progress.drop(turn)
    turn.update(next_grades=())
    closing.say_cancelled(turn, ongoing)


def _advance(turn: TurnBuilder, outline: Outline, *, graded: bool = False) -> None:
    """Go on to the next question that applies, past those whose answer was told already."""
    ongoing = progress.in_progress(turn)
    answers = dict(ongoing.answers)
    before = outline.question(ongoing.question) if ongoing.question else None
    question = outline.following(answers, before.id if before else "")
    if question is not None and told.is_told(turn, outline, question):
        _take_told(turn, outline, question)
        return
    if graded and question is not None and outline.rates_area:
        key = "grade-noted-pending" if ongoing.pending else "grade-noted"
        area = turn.release.area_name(ongoing.subject.area)
        turn.say(key, grade=answers["grade"], area=area)
        _say_what_stays(turn, outline, ongoing)
    _ask_next(turn, outline, before, question)


def _take_told(turn: TurnBuilder, outline: Outline, question: Question) -> None:
    """Record what was told as the answer, and go on."""
    turn.update(progress=replace(progress.in_progress(turn), question=question.id))
    opened = progress.open_question(turn)
    if reason := told.reason_told(turn, question):
        progress.record_answer(turn, opened, reason)
    comment = outline.words_of(question) or question
    if opened.progress.words and comment.kind is QuestionKind.TEXT:
        _record_words(turn, opened._replace(question=comment), "")
    elif comment.kind is QuestionKind.TEXT:
        follow_up.expect(turn, comment, (), add=True)
    _advance(turn, outline)


def _ask_next(
    turn: TurnBuilder, outline: Outline, before: Question | None, question: Question | None
) -> None:
    """Say the notes that come first, then ask the question; finish if there is none."""
    ongoing = progress.in_progress(turn)
    while question is not None and question.kind is QuestionKind.NOTE:
        turn.body.append(asking.localised(turn, question.text))
        question = outline.following(dict(ongoing.answers), question.id)
    if question is None:
        _finish(turn, outline)
        return
    if question.group and (before is None or before.group != question.group):
        titles = {group.id: group.title for group in outline.questionnaire.groups}
        turn.body.append(asking.localised(turn, titles[question.group]) + ":")
    ongoing = replace(ongoing, question=question.id, misread=0, checking=0, picked=())
    turn.update(progress=ongoing, follow_up=None)
    asking.ask(turn, outline, question)


def _say_what_stays(turn: TurnBuilder, outline: Outline, ongoing: Progress) -> None:
    """After a change of the grade, say which other answers stay and which went."""
    for rated in turn.was.rated:
        if rated.response == ongoing.response and rated.pending and not ongoing.pending:
            turn.say("change-ended")
    was, now = turn.was.progress, dict(ongoing.answers)
    if was is None or was.response != ongoing.response or not was.answers:
        return
    had = [(outline.question(id), value) for id, value in was.answers]
    if QuestionKind.TEXT in [question.kind for question, _ in had]:
        turn.say("change-keeps-comment")
    for question, chosen in had:
        if question.kind is not QuestionKind.CHOICE:
            continue
        texts = {choice.id: asking.localised(turn, choice.text) for choice in question.choices}
        key = "change-keeps-reason" if question.id in now else "change-drops-reason"
        turn.say(key, reason=texts.get(chosen, chosen))


def _finish(turn: TurnBuilder, outline: Outline) -> None:
    ongoing = progress.in_progress(turn)
    if outline.of_staff:
        of_staff.finish(turn, ongoing)
        return
    if ongoing.words:
        _note_words_said_before(turn, outline, ongoing)
    _close(turn, ongoing)
    closing.say_end(turn, ongoing, outline.questionnaire)


def _close(turn: TurnBuilder, ongoing: Progress) -> None:
    turn.record(ResponseClosed(ongoing.response, ResponseOutcome.COMPLETED, ongoing.pending))
    judged = ongoing if progress.asks_about_card(turn) else turn.state.judged
    turn.update(progress=None, prompt=None, judged=judged)


def _note_words_said_before(turn: TurnBuilder, outline: Outline, ongoing: Progress) -> None:
    """Record the words said before the grade as the comment, if none followed."""
    answers = dict(ongoing.answers)
    question = next((q for q in outline.texts if applies(q, answers)), None)
    if question is not None:
        words = ongoing.words[:MAX_WORDS]
        progress.record_answer(turn, OpenQuestion(ongoing, outline, question), words)


def _record_words(turn: TurnBuilder, asked: OpenQuestion, text: str) -> None:
    """Record a comment, after what was said before the grade; further words may be added."""
    ongoing = progress.in_progress(turn)
    earlier = told.earlier_comment(turn, asked.question)
    messages = tuple(part for part in (earlier, ongoing.words, text.strip()) if part)
    longest = int(asked.question.maximum or MAX_WORDS)
    progress.record_answer(turn, asked, "\n".join(messages)[:longest])
    turn.update(progress=replace(progress.in_progress(turn), words=""))
    follow_up.expect(turn, asked.question, messages)
