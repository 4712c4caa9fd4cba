"""Going through a questionnaire: recording answers, going on, going back, ending."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from handlers.content.questionnaires.conditions import applies, broken_constraint
from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.content.questionnaires.outline import Outline
from handlers.facts.responses import ResponseClosed, ResponseOutcome
from handlers.questionnaires import asking, closing, follow_up, grading, of_staff, progress
from handlers.release import OpenQuestion
from handlers.state import Progress
from handlers.text.folding import fold
from handlers.turn import TurnBuilder
from handlers.understanding.reading.answers import MAX_WORDS
from handlers.understanding.reading.said import Said

_BLAMING = 3  # and lower: a grade that what was told before explains
_FEWEST_EXPLAINING = 4  # words next to a grade that say why
_EXPLAINING = ("blames", "praises", "reports", "complains")


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
    told = bool(opened.progress.words or words)
    repeated = asked and not words and opened.progress.checking > 0
    doubt = grading.contradicted(turn, grade) if told and not repeated else ""
    if doubt:
        grading.check(turn, grade, doubt)
        return
    progress.record_answer(turn, opened, str(grade), grade)
    if grade <= _BLAMING:  # it was there, and what was told is why
        turn.update(progress=replace(progress.in_progress(turn), area_guessed=False))
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
    if explained is not None and words:
        _record_words(turn, opened._replace(question=explained), words)
    elif explained is not None:
        messages = (ongoing.words,) if ongoing.words else ()
        follow_up.expect(turn, explained, messages, add=not messages)
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
    ``thanks``: it thanked too, so that no grade is offered.
    """
    _judge_again(turn)
    opened = progress.open_question(turn)
    progress.record_answer(turn, opened, value)
    if thanks and value == "yes" and alone and not turn.state.wishes_left:
        _close(turn, progress.in_progress(turn))
        turn.say("useful-yes")
        asking.resume_last(turn)
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
    """Go on to the next question that applies, past those whose answer was given already."""
    ongoing = progress.in_progress(turn)
    answers = dict(ongoing.answers)
    before = outline.question(ongoing.question) if ongoing.question else None
    question = outline.following(answers, before.id if before else "")
    if ongoing.words and question is not None and _was_told(outline, ongoing, question):
        turn.update(progress=replace(ongoing, question=question.id))
        _record_words(turn, OpenQuestion(ongoing, outline, question), "")
        _advance(turn, outline)
        return
    reason = "" if question is None else _reason_told(turn, outline, ongoing, question)
    if graded and question is not None and not reason:
        explained = outline.words_of(question)
        if explained is not None and _is_explained(turn, outline, ongoing, question):
            turn.update(progress=replace(ongoing, question=explained.id))
            if ongoing.words:
                _record_words(turn, OpenQuestion(ongoing, outline, explained), "")
            _advance(turn, outline)
            return
    if graded and question is not None and outline.rates_area:
        key = "grade-noted-pending" if ongoing.pending else "grade-noted"
        area = turn.release.area_name(ongoing.subject.area)
        turn.say(key, grade=answers["grade"], area=area)
        _say_what_stays(turn, outline, ongoing)
    if question is not None and reason:
        turn.update(progress=replace(ongoing, question=question.id))
        answer_choice(turn, reason, "")
        return
    if question is not None and _tells_why(turn, outline, ongoing, question):
        turn.update(progress=replace(ongoing, question=question.id))
        _advance(turn, outline)
        return
    _ask_next(turn, outline, before, question)


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


def _was_told(outline: Outline, ongoing: Progress, question: Question) -> bool:
    """Whether the words came with the grade, so that they need not be asked for."""
    is_text = question.kind is QuestionKind.TEXT
    return is_text and not ongoing.area_guessed and outline.rates_area


def _is_explained(
    turn: TurnBuilder, outline: Outline, ongoing: Progress, question: Question
) -> bool:
    """ "Un 3, me tuvieron 4 horas esperando": why is told; of a closed rating it was asked."""
    if not outline.rates_area or ongoing.area_guessed:
        return False
    was = turn.was.progress
    still_open = was is not None and was.response == ongoing.response
    was_asked = outline.following({"grade": str(ongoing.changing)}, "grade") is question
    changed = ongoing.changing and str(ongoing.changing) != dict(ongoing.answers).get("grade")
    if changed and was_asked and not still_open:
        return True
    words = fold(ongoing.words).split()
    if len(words) < _FEWEST_EXPLAINING:
        return False
    reasons = turn.release.lexicon.grade.reasons
    if any(word in reasons for word in words[: 1 - _FEWEST_EXPLAINING]):
        return True  # "porque el camión no pasa los viernes"
    heard = turn.release.listener.hear(ongoing.words)
    return bool(ongoing.changing or heard.best(_EXPLAINING))


def _reason_told(turn: TurnBuilder, outline: Outline, ongoing: Progress, question: Question) -> str:
    """The reason named in the grade's words: "un 3 a Tránsito por la espera"; "" if none."""
    lexicon = turn.release.lexicon
    if question.kind is not QuestionKind.CHOICE or not outline.rates_area or ongoing.area_guessed:
        return ""
    empty = lexicon.place_fillers - lexicon.grade.causes
    words = [w for w in fold(ongoing.words).split() if w not in empty]
    behind = [after for word, after in pairwise(words) if word in lexicon.grade.causes]
    says = set(behind) - lexicon.place_unnamed  # "por otro asunto" names no reason
    named = {question.choice_by_name[word].id for word in says if word in question.choice_by_name}
    return named.pop() if len(named) == 1 else ""


def _tells_why(turn: TurnBuilder, outline: Outline, ongoing: Progress, question: Question) -> bool:
    """Whether the grade came with its reason: "un 5, la música linda, los baños sucios"."""
    before = turn.was.progress.words if turn.was.progress is not None else ""
    told = ongoing.words.removeprefix(before)
    if question.kind is not QuestionKind.CHOICE or not outline.rates_area or ongoing.area_guessed:
        return False
    words, lexicon = Said(told, turn.release.lexicon).words, turn.release.lexicon
    judges = not (lexicon.praise | lexicon.blame).isdisjoint(words)
    judges = judges or bool(turn.release.listener.hear(told).best(("praises", "blames")))
    return judges and len(words) >= _FEWEST_EXPLAINING


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
    messages = tuple(part for part in (ongoing.words, text.strip()) if part)
    longest = int(asked.question.maximum or MAX_WORDS)
    progress.record_answer(turn, asked, "\n".join(messages)[:longest])
    turn.update(progress=replace(progress.in_progress(turn), words=""))
    follow_up.expect(turn, asked.question, messages)
