"""The state of a questionnaire in progress: the open question, and what is recorded."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.questionnaires.conditions import applies
from handlers.content.questionnaires.definition import QuestionKind
from handlers.content.questionnaires.outline import Outline
from handlers.errors import Needed
from handlers.facts.responses import (
    AnswerGiven,
    AnswerWithdrawn,
    ResponseClosed,
    ResponseOpened,
    ResponseOutcome,
    ResponsePending,
    Subject,
)
from handlers.needs import NeedAnswers
from handlers.release import OpenQuestion
from handlers.state import Progress, Rated
from handlers.text.kinds import PhraseKind
from handlers.turn import COUNTS, TurnBuilder
from handlers.understanding.reading.said import Said

RATING = "atencion"
USEFULNESS = "utilidad"


def new_progress(turn: TurnBuilder, questionnaire_id: str, subject: Subject) -> Progress:
    """The initial progress of a questionnaire's newest version; does not begin it."""
    questionnaire = turn.release.newest_outlines[questionnaire_id].questionnaire
    return Progress(
        response=turn.known.new_id,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        subject=subject,
        question="",
    )


def outline_of(turn: TurnBuilder, ongoing: Progress) -> Outline:
    """The outline of its questionnaire."""
    return turn.release.outline(ongoing.questionnaire, ongoing.version)


def in_progress(turn: TurnBuilder) -> Progress:
    """The questionnaire in progress, of which there must be one."""
    ongoing = turn.state.progress
    assert ongoing is not None, "only called while a questionnaire is in progress"
    return ongoing


def open_question(turn: TurnBuilder) -> OpenQuestion:
    """The open question, of which there must be one."""
    opened = turn.release.open_question(turn.state)
    assert opened is not None, "only called while a questionnaire is in progress"
    return opened


def ongoing_rating(turn: TurnBuilder) -> Progress | None:
    """The rating of an area that is in progress, if any."""
    ongoing = turn.state.progress
    return ongoing if ongoing is not None and is_rating(turn, ongoing) else None


def is_rating(turn: TurnBuilder, ongoing: Progress) -> bool:
    """Whether it rates an area."""
    return outline_of(turn, ongoing).rates_area


def asks_about_card(turn: TurnBuilder) -> bool:
    """Whether the questionnaire in progress is only the question about the card just shown."""
    ongoing = turn.state.progress
    return ongoing is not None and outline_of(turn, ongoing).about_card


def _is_of_staff(turn: TurnBuilder, ongoing: Progress) -> bool:
    """Whether it is for staff, so that nothing is recorded until it is whole, and then no name."""
    return outline_of(turn, ongoing).of_staff


def pause(turn: TurnBuilder) -> None:
    """Put the questionnaire in progress aside; one about a card is dropped."""
    ongoing = turn.state.progress
    if ongoing is None:
        return
    kept = turn.state.paused if asks_about_card(turn) else (*turn.state.paused, ongoing)
    turn.update(progress=None, paused=kept)


def rating_of(turn: TurnBuilder, area: str) -> Progress | None:
    """The rating of ``area`` in progress or put aside, if any."""
    ongoing = turn.state.progress
    known = turn.state.paused if ongoing is None else (ongoing, *turn.state.paused)
    return next((p for p in known if p.subject.area == area and is_rating(turn, p)), None)


def resume(turn: TurnBuilder, ongoing: Progress) -> None:
    """Make a questionnaire that was put aside the one in progress, unless it is already."""
    if ongoing == turn.state.progress:
        return
    pause(turn)
    others = tuple(other for other in turn.state.paused if other.response != ongoing.response)
    turn.update(progress=ongoing, paused=others, follow_up=None)


def open_response(turn: TurnBuilder, ongoing: Progress, origin: str) -> Progress:
    """Record the response if it is not yet; return the progress.

    Not for staff, whose answers are only counted at the end. ``origin``: as in ResponseOpened.
    """
    if ongoing.opened or _is_of_staff(turn, ongoing):
        return ongoing
    turn.record(
        ResponseOpened(
            ongoing.response, ongoing.questionnaire, ongoing.version, ongoing.subject, origin
        )
    )
    if ongoing.pending:
        turn.record(ResponsePending(ongoing.response))
    return replace(ongoing, opened=True)


def add_words(turn: TurnBuilder, words: str) -> None:
    """Keep words said before the grade as the beginning of the comment."""
    ongoing = in_progress(turn)
    said = "\n".join(part for part in (ongoing.words, words.strip()) if part)
    turn.update(progress=replace(ongoing, words=said))


def record_answer(turn: TurnBuilder, answered: OpenQuestion, value: str, grade: int = 0) -> None:
    """Record an answer, and withdraw answers whose condition no longer holds.

    An area's ``grade`` also makes the response the area's current rating.
    """
    ongoing, question, outline = in_progress(turn), answered.question, answered.outline
    ongoing = open_response(turn, ongoing, "lookup")
    # The fact has the words; the state only needs to know that there are some.
    kept = "" if question.kind is QuestionKind.TEXT else value
    answers = {**dict(ongoing.answers), question.id: kept}
    if outline.of_staff:
        turn.update(progress=replace(ongoing, answers=tuple(answers.items())))
        return
    turn.record(
        AnswerGiven(
            response=ongoing.response,
            questionnaire=ongoing.questionnaire,
            question=question.id,
            kind=question.kind.value,
            value=value,
            subject=ongoing.subject,
            grade=grade,
            pending=ongoing.pending,
        )
    )
    for other in outline.conditional:
        if other.id not in answers or applies(other, answers):
            continue
        # The citizen was told that the area's comment is kept, so it stays until it is replaced.
        # Praise is not: a lower grade has reasons of its own.
        words = QuestionKind.TEXT
        lower = ongoing.changing > int(answers.get(outline.first.id, "0"))
        if outline.rates_area and other.kind is words and (question.kind is not words or lower):
            continue
        del answers[other.id]
        turn.record(AnswerWithdrawn(ongoing.response, other.id))
    remembered = grade and outline.rates_area
    ratings = _with_rating(turn, ongoing, grade) if remembered else turn.state.rated
    turn.update(progress=replace(ongoing, answers=tuple(answers.items())), rated=ratings)


def on_record(turn: TurnBuilder, response: int) -> dict[str, str]:
    """The stored answers of an earlier response. Raises Needed."""
    if response not in turn.known.answers:
        raise Needed(NeedAnswers(response))
    return dict(turn.known.answers[response])


def earlier_comment(turn: TurnBuilder) -> tuple[str, str] | None:
    """The question and words of the comment of a rating being changed. Raises Needed."""
    ongoing = in_progress(turn)
    if not ongoing.changing:
        return None
    stored = on_record(turn, ongoing.response)
    texts = outline_of(turn, ongoing).texts
    given = [question.id for question in texts if question.id in stored]
    return (given[-1], stored[given[-1]]) if given else None


def note_pending(turn: TurnBuilder, response: int) -> None:
    """ "Aún no termina": all of the response counts apart, from now on."""
    rated = tuple(
        replace(rating, pending=True) if rating.response == response else rating
        for rating in turn.state.rated
    )
    turn.update(rated=rated)
    turn.record(ResponsePending(response))
    turn.say("pending-noted")


def drop(turn: TurnBuilder) -> None:
    """Give up the questionnaire in progress, taking back what it recorded."""
    ongoing = in_progress(turn)
    turn.update(progress=None, prompt=None, follow_up=None)
    if ongoing.changing:
        return
    if ongoing.opened:
        for question, _ in ongoing.answers:
            turn.record(AnswerWithdrawn(ongoing.response, question))
        turn.record(ResponseClosed(ongoing.response, ResponseOutcome.CANCELLED, ongoing.pending))
    turn.update(rated=tuple(r for r in turn.state.rated if r.response != ongoing.response))


def drop_declined(turn: TurnBuilder) -> None:
    """Give up the rating put aside last, if this message refuses to grade and none was given."""
    ongoing = turn.state.paused[-1] if turn.state.paused else None
    said = Said(turn.text_in, turn.release.lexicon)
    if ongoing is None or ongoing.answers or PhraseKind.DECLINES_GRADE not in said.kinds:
        return
    if not is_rating(turn, ongoing) or ongoing in turn.was.paused:
        return
    if ongoing.opened:
        turn.record(ResponseClosed(ongoing.response, ResponseOutcome.CANCELLED, ongoing.pending))
    turn.update(paused=turn.state.paused[:-1])


def counting(turn: TurnBuilder) -> tuple[Rated, ...]:
    """The current ratings of areas, the latest last."""
    found = turn.state.rated
    return found and tuple(rated for rated in found if turn.at - rated.at <= COUNTS)


def rated(turn: TurnBuilder, area: str) -> Rated | None:
    """The current rating of ``area``, if any."""
    return next((rated for rated in counting(turn) if rated.subject.area == area), None)


def _with_rating(turn: TurnBuilder, ongoing: Progress, grade: int) -> tuple[Rated, ...]:
    """The ratings that count, with this one. A change does not prolong the 30 days."""
    others, at = [], turn.at
    for other in counting(turn):
        if other.response == ongoing.response:
            at = other.at
        else:
            others.append(other)
    this = Rated(ongoing.response, ongoing.version, ongoing.subject, grade, at, ongoing.pending)
    return (*others, this)
