"""A questionnaire in progress: asking, taking answers, going back, finishing."""

from __future__ import annotations

from msgspec.structs import replace

from handlers import rating
from handlers.answers import (
    MAX_WORDS,
    Misread,
    applies,
    broken_constraint,
    following,
    joins_words,
    preceding,
    read_choice,
    read_choices,
    read_date,
    read_number,
    read_text,
)
from handlers.content import Question, QuestionKind, Questionnaire
from handlers.facts import (
    AnswerGiven,
    AnswerWithdrawn,
    Outcome,
    ResponseClosed,
    ResponseOpened,
    Subject,
)
from handlers.hearing import hear_grade
from handlers.messages import Layout, Option
from handlers.state import Awaits, Joining, Run
from handlers.talk import JOINING, Talk
from handlers.text import fold

RATING = "atencion"
USEFULNESS = "utilidad"
GRADES = tuple(Option(f"g:{grade}", str(grade)) for grade in range(1, 8))


def begin(talk: Talk, questionnaire_id: str, subject: Subject, origin: str) -> None:
    """Open a response to the newest version of a questionnaire and ask its first question."""
    questionnaire = talk.release.content.newest[questionnaire_id]
    shelve(talk)
    run = Run(
        response=talk.known.fresh,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        subject=subject,
        question="",
    )
    if questionnaire.about != "card":  # a card's question is often left alone: opened if answered
        run = _opened(talk, run, origin)
    talk.update(run=run, joining=None)
    advance(talk)


def shelve(talk: Talk) -> None:
    """Put the questionnaire in progress aside, to be resumed; one about a card is dropped."""
    run = talk.state.run
    if run is not None and questionnaire_of(talk, run).about != "card":
        talk.update(paused=run)
    talk.update(run=None)


def questionnaire_of(talk: Talk, run: Run) -> Questionnaire:
    """The version that the run was begun under, or the newest if that one is gone."""
    content = talk.release.content
    found = content.questionnaire_by_version.get((run.questionnaire, run.version))
    return found or content.newest[run.questionnaire]


def is_about_card(talk: Talk) -> bool:
    """Whether the questionnaire in progress only asks about the card just shown."""
    run = talk.state.run
    return run is not None and questionnaire_of(talk, run).about == "card"


def current(talk: Talk) -> tuple[Questionnaire, Question] | None:
    """The questionnaire in progress and the question that is open, if any."""
    run = talk.state.run
    if run is None:
        return None
    questionnaire = questionnaire_of(talk, run)
    question = next((q for q in questionnaire.questions if q.id == run.question), None)
    return (questionnaire, question or questionnaire.questions[0])


def title_of(talk: Talk, run: Run) -> str:
    """What a pending questionnaire is called: its area, or its own title."""
    if run.subject.area:
        return talk.release.area_name(run.subject.area)
    return _localised(talk, questionnaire_of(talk, run).title)


def advance(talk: Talk) -> None:
    """Ask the next question that applies, saying notes on the way, or finish."""
    run = _run(talk)
    questionnaire = questionnaire_of(talk, run)
    question = following(questionnaire, dict(run.answers), run.question)
    while question is not None and question.kind is QuestionKind.NOTE:
        talk.body.append(_localised(talk, question.text))
        question = following(questionnaire, dict(run.answers), question.id)
    if question is None:
        finish(talk)
        return
    before = next((q for q in questionnaire.questions if q.id == run.question), None)
    if question.group and (before is None or before.group != question.group):
        titles = {group.id: group.title for group in questionnaire.groups}
        talk.body.append(_localised(talk, titles[question.group]) + ":")
    talk.update(run=replace(run, question=question.id, misread=0, checking=0, picked=()))
    ask_again(talk)


def ask_again(talk: Talk, *, briefly: bool = False) -> None:
    """Ask the open question (once more); ``briefly``: only its options, after a re-ask."""
    found = current(talk)
    if found is None:
        return
    _, question = found
    text, options, layout = _posed(talk, question)
    if briefly:
        text = ""
    talk.ask(text, options, Awaits.ANSWER, layout)
    if question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES) or _is_useful(talk):
        talk.number(len(question.choices) or 2)


def _posed(talk: Talk, question: Question) -> tuple[str, list[Option], Layout]:
    """The question's text, with its options in words, and the options themselves."""
    text = _localised(talk, question.text)
    ways_out = [talk.option("back"), talk.option("cancel")]
    match question.kind:
        case QuestionKind.GRADE:
            if _run(talk).subject.area:
                return rating.posed(talk, text, ways_out)
            return (text, [*GRADES, *ways_out], Layout.GRADES)
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            mark = "c" if question.kind is QuestionKind.CHOICE else "t"
            labels = [_localised(talk, choice.text) for choice in question.choices]
            options = [
                Option(f"{mark}:{choice.id}", label, (fold(label),))
                for choice, label in zip(question.choices, labels, strict=True)
            ]
            numbered = " ".join(f"{number}) {label}" for number, label in enumerate(labels, 1))
            stop = [talk.option("done")] if _may_end(question) else []
            return (f"{text}\n{numbered}", [*options, *stop, *ways_out], Layout.LIST)
        case QuestionKind.YES_NO:
            yes_no = [talk.option("yes"), talk.option("no")]
            if _is_useful(talk):
                return (talk.text("useful"), yes_no, Layout.BUTTONS)
            skip = [talk.option("skip")] if question.optional else []
            return (text, [*yes_no, *skip, *ways_out], Layout.BUTTONS)
        case QuestionKind.TEXT:
            stop = [talk.option("done")] if question.optional else []
            return (text, [*stop, *ways_out], Layout.BUTTONS)
        case _:
            skip = [talk.option("skip")] if question.optional else []
            hint = " " + talk.text("optional-hint") if question.optional else ""
            return (text + hint, [*skip, *ways_out], Layout.BUTTONS)


def _may_end(question: Question) -> bool:
    return question.optional or question.takes_words or question.kind is QuestionKind.CHOICES


def take_text(talk: Talk, text: str) -> bool:
    """Take typed words as the answer to the open question.

    False when they are none: then they are looked up, and the question stays open.
    """
    found = current(talk)
    if found is None:
        return False
    questionnaire, question = found
    match question.kind:
        case QuestionKind.GRADE:
            return rating.take_grade(talk, text)
        case QuestionKind.CHOICE:
            return _take_choice_text(talk, questionnaire, question, text)
        case QuestionKind.CHOICES:
            chosen = read_choices(question, text)
            if chosen:
                _pick(talk, question, chosen)
            else:
                _misread(talk, Misread("choices-misread"))
            return True
        case QuestionKind.YES_NO:
            if questionnaire.about == "card":
                return False  # whoever asks something else has left the card behind
            _misread(talk, Misread("yes-no-misread"))
            return True
        case QuestionKind.NUMBER:
            _take_read(talk, question, read_number(question, text))
            return True
        case QuestionKind.DATE:
            today = talk.at.astimezone(talk.release.content.zone).date()
            _take_read(talk, question, read_date(question, text, today))
            return True
        case QuestionKind.TEXT:
            _take_words(talk, question, text)
            return True
        case QuestionKind.NOTE:
            return False


def take_option(talk: Talk, key: str) -> bool:
    """Take a pressed (or typed) option as the answer; False when it is none of the question's."""
    found = current(talk)
    if found is None:
        return False
    _, question = found
    mark, _, value = key.partition(":")
    if question.kind is QuestionKind.GRADE and mark == "g":
        rating.take_value(talk, int(value), insisted=True)
    elif question.kind is QuestionKind.CHOICE and mark == "c":
        give(talk, question, value)
        _let_words_join(talk, question)
        advance(talk)
    elif question.kind is QuestionKind.CHOICES and mark == "t":
        _pick(talk, question, (value,))
    elif question.kind is QuestionKind.YES_NO and key in ("yes", "no"):
        give(talk, question, key)
        advance(talk)
    else:
        return False
    return True


def give(talk: Talk, question: Question, value: str, grade: int = 0) -> None:
    """Put an answer on record; answers whose condition no longer holds are withdrawn."""
    run = _opened(talk, _run(talk), "lookup")
    questionnaire = questionnaire_of(talk, run)
    answers = {**dict(run.answers), question.id: value}
    talk.establish(
        AnswerGiven(
            response=run.response,
            questionnaire=run.questionnaire,
            question=question.id,
            kind=question.kind.value,
            value=value,
            subject=run.subject,
            grade=grade,
            pending=run.pending,
        )
    )
    for other in questionnaire.questions:
        # A changed response's other answers are on record but not in the run.
        if (other.id in answers or run.changing) and not applies(other, answers):
            answers.pop(other.id, None)
            talk.establish(AnswerWithdrawn(run.response, other.id))
    talk.update(run=replace(run, answers=tuple(answers.items())))


def _opened(talk: Talk, run: Run, origin: str) -> Run:
    if run.opened:
        return run
    talk.establish(
        ResponseOpened(run.response, run.questionnaire, run.version, run.subject, origin)
    )
    return replace(run, opened=True)


def _take_choice_text(
    talk: Talk, questionnaire: Questionnaire, question: Question, text: str
) -> bool:
    words = joins_words(questionnaire, question)
    number, _, rest = _led_by_number(text)
    choice = read_choice(question, number or text)
    if choice is not None:
        give(talk, question, choice.id)
        if words and rest:
            _give_words(talk, words, rest)
        else:
            _let_words_join(talk, question)
        advance(talk)
    elif words is None or hear_grade(text):
        _misread(talk, Misread("reason-misread" if words else "choice-misread"))
    else:
        _give_words(talk, words, text)
        talk.update(run=replace(_run(talk), question=question.id))
        advance(talk)
    return True


def _led_by_number(text: str) -> tuple[str, str, str]:
    """Parts "1) me hicieron esperar" into its number and its words."""
    head, separator, rest = text.strip().partition(" ")
    bare = head.rstrip(").,:;-")
    if separator and bare.isdigit() and bare != head:
        return (bare, separator, rest.strip())
    return ("", "", "")


def _pick(talk: Talk, question: Question, chosen: tuple[str, ...]) -> None:
    """Toggle one choice, or take several typed at once as the whole answer."""
    run = _run(talk)
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
    labels = [_localised(talk, c.text) for c in question.choices if c.id in picked]
    if labels:
        talk.say("choices-so-far", chosen=", ".join(labels))
    ask_again(talk)


def _take_read(talk: Talk, question: Question, read: str | Misread) -> None:
    if isinstance(read, Misread):
        _misread(talk, read)
        return
    run = _run(talk)
    questionnaire = questionnaire_of(talk, run)
    answers = {**dict(run.answers), question.id: read}
    broken = broken_constraint(questionnaire, answers, question.id)
    if broken is not None:
        talk.body.append(_localised(talk, broken.text))
        ask_again(talk)
        return
    give(talk, question, read)
    advance(talk)


def _take_words(talk: Talk, question: Question, text: str) -> None:
    read = read_text(question, text)
    if isinstance(read, Misread):
        _misread(talk, read)
        return
    _give_words(talk, question, read)
    advance(talk)


def _give_words(talk: Talk, question: Question, text: str) -> None:
    """Note a comment, together with what was said before the grade; what follows may join it."""
    run = _run(talk)
    bubbles = tuple(part for part in (run.words, text.strip()) if part)
    give(talk, question, "\n".join(bubbles)[: int(question.maximum or MAX_WORDS)])
    talk.update(run=replace(_run(talk), words=""))
    _let_join(talk, question, bubbles)


def _let_words_join(talk: Talk, question: Question) -> None:
    """After a reason was chosen, what follows is still its explanation."""
    run = _run(talk)
    words = joins_words(questionnaire_of(talk, run), question)
    if words is not None:
        _let_join(talk, words, (run.words,) if run.words else ())


def _let_join(talk: Talk, question: Question, bubbles: tuple[str, ...]) -> None:
    run = _run(talk)
    if run.subject.area:
        joining = Joining(
            until=talk.at + JOINING,
            bubbles=bubbles,
            response=run.response,
            question=question.id,
            questionnaire=run.questionnaire,
            subject=run.subject,
            pending=run.pending,
        )
        talk.update(joining=joining)


def _misread(talk: Talk, misread: Misread) -> None:
    talk.say(misread.key, **misread.values)
    ask_again(talk)


def end_question(talk: Talk) -> None:
    """LISTO or SALTAR: leave the open question as it is, if it may be left."""
    found = current(talk)
    if found is None:
        return
    _, question = found
    run = _run(talk)
    if question.kind is QuestionKind.CHOICES and run.picked:
        if len(run.picked) < (question.minimum or 1):
            _misread(talk, Misread("choices-too-few", {"minimum": int(question.minimum or 1)}))
            return
        give(talk, question, "+".join(run.picked))
        advance(talk)
    elif question.optional or question.takes_words:
        advance(talk)
    else:
        _misread(talk, Misread("cannot-skip"))


def go_back(talk: Talk) -> bool:
    """Ask the question before the open one; False at the first."""
    run = talk.state.run
    if run is None:
        return False
    questionnaire = questionnaire_of(talk, run)
    earlier = preceding(questionnaire, dict(run.answers), run.question)
    if earlier is None:
        return False
    talk.update(run=replace(run, question=earlier, misread=0, checking=0, picked=()))
    ask_again(talk)
    return True


def cancel(talk: Talk) -> None:
    """Give the questionnaire up: what this run noted is taken back."""
    run = talk.state.run
    if run is None:
        return
    talk.update(run=None, prompt=None, joining=None)
    if run.changing:
        rating.say_kept_after_cancel(talk, run)
        return
    if run.opened:
        for question, _ in run.answers:
            talk.establish(AnswerWithdrawn(run.response, question))
        talk.establish(ResponseClosed(run.response, Outcome.CANCELLED, run.pending))
    rating.forget(talk, run)
    if run.subject.area:
        talk.say("cancelled-grade", area=talk.release.area_name(run.subject.area))
    else:
        talk.say("cancelled")


def finish(talk: Talk) -> None:
    """Thank, close the response and go back to what was put aside."""
    run = _run(talk)
    questionnaire = questionnaire_of(talk, run)
    _note_words_said_before(talk, run, questionnaire)
    talk.establish(ResponseClosed(run.response, Outcome.COMPLETED, run.pending))
    talk.update(run=None, prompt=None)
    match questionnaire.about:
        case "area":
            rating.thank(talk, run)
        case "card":
            rating.after_usefulness(talk, run, dict(run.answers))
        case "municipality":
            talk.say("survey-done", title=_localised(talk, questionnaire.title))


def _note_words_said_before(talk: Talk, run: Run, questionnaire: Questionnaire) -> None:
    """Words told before the grade, with nothing added since, are the comment."""
    if not run.words:
        return
    text = next(
        (
            question
            for question in questionnaire.questions
            if question.kind is QuestionKind.TEXT and applies(question, dict(run.answers))
        ),
        None,
    )
    if text is not None:
        give(talk, text, run.words)


def resume(talk: Talk) -> bool:
    """Go on with what was put aside; False when there is nothing."""
    paused = talk.state.paused
    if paused is None or talk.state.run is not None:
        return False
    talk.update(run=paused, paused=None)
    if paused.subject.area:
        talk.say("pending-resumed", area=title_of(talk, paused))
    ask_again(talk)
    return True


def _is_useful(talk: Talk) -> bool:
    run = talk.state.run
    return run is not None and run.questionnaire == USEFULNESS


def _run(talk: Talk) -> Run:
    run = talk.state.run
    assert run is not None, "only called while a questionnaire is in progress"
    return run


def _localised(talk: Talk, text: dict[str, str]) -> str:
    found = text.get(talk.wording.language) or next(iter(text.values()))
    run = talk.state.run
    if run is None or "{" not in found:
        return found
    area = talk.release.area_name(run.subject.area)
    service = talk.release.content.service_by_id.get(run.subject.service)
    return found.replace("{area}", area).replace("{service}", service.short_name if service else "")
