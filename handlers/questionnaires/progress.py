"""A questionnaire in progress as data: which question is open, and what is put on record."""

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
from handlers.turn import COUNTS, TurnBuilder

RATING = "atencion"
USEFULNESS = "utilidad"


def new_progress(turn: TurnBuilder, questionnaire_id: str, subject: Subject) -> Progress:
    """A questionnaire in its newest version, nothing of it asked yet; it is not begun by this."""
    questionnaire = turn.release.newest_outlines[questionnaire_id].questionnaire
    return Progress(
        response=turn.known.new_id,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        subject=subject,
        question="",
    )


def outline_of(turn: TurnBuilder, ongoing: Progress) -> Outline:
    """The questionnaire that it goes through."""
    return turn.release.outline(ongoing.questionnaire, ongoing.version)


def in_progress(turn: TurnBuilder) -> Progress:
    """The questionnaire in progress, where there must be one."""
    ongoing = turn.state.progress
    assert ongoing is not None, "only called while a questionnaire is in progress"
    return ongoing


def open_question(turn: TurnBuilder) -> OpenQuestion:
    """The question that is open, where there must be one."""
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
    """Whether the questionnaire in progress only asks about the card just shown."""
    ongoing = turn.state.progress
    return ongoing is not None and outline_of(turn, ongoing).about_card


def _is_of_staff(turn: TurnBuilder, ongoing: Progress) -> bool:
    """Whether staff are asked: nothing of it is on record until it is whole, and then no name."""
    return outline_of(turn, ongoing).of_staff


def pause(turn: TurnBuilder) -> None:
    """Put the questionnaire in progress aside, to be resumed; one about a card is dropped."""
    ongoing = turn.state.progress
    if ongoing is None:
        return
    kept = turn.state.paused if asks_about_card(turn) else (*turn.state.paused, ongoing)
    turn.update(progress=None, paused=kept)


def rating_of(turn: TurnBuilder, area: str) -> Progress | None:
    """The rating of ``area`` that is in progress or was put aside, if any."""
    ongoing = turn.state.progress
    known = turn.state.paused if ongoing is None else (ongoing, *turn.state.paused)
    return next((p for p in known if p.subject.area == area and is_rating(turn, p)), None)


def resume(turn: TurnBuilder, ongoing: Progress) -> None:
    """Make one that was put aside the one in progress, unless it is already."""
    if ongoing == turn.state.progress:
        return
    pause(turn)
    others = tuple(other for other in turn.state.paused if other.response != ongoing.response)
    turn.update(progress=ongoing, paused=others, follow_up=None)


def open_response(turn: TurnBuilder, ongoing: Progress, origin: str) -> Progress:
    """Put the response on record unless it is; returns the questionnaire as it is then.

    That of staff is only counted at its end. ``origin``: what led to it, as in ResponseOpened.
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
    """Keep words that were said before the grade: they begin the comment."""
    ongoing = in_progress(turn)
    said = "\n".join(part for part in (ongoing.words, words.strip()) if part)
    turn.update(progress=replace(ongoing, words=said))


def record_answer(turn: TurnBuilder, answered: OpenQuestion, value: str, grade: int = 0) -> None:
    """Put an answer on record; answers whose condition no longer holds are withdrawn.

    With the ``grade`` of an area it is kept in mind that the area was rated.
    """
    ongoing, question, outline = in_progress(turn), answered.question, answered.outline
    ongoing = open_response(turn, ongoing, "lookup")
    # Words are on record with the fact; the state needs to know only that there were some.
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
        # A comment on an area was told to be kept: it stays until another one takes its place.
        words = QuestionKind.TEXT
        if outline.rates_area and other.kind is words and question.kind is not words:
            continue
        del answers[other.id]
        turn.record(AnswerWithdrawn(ongoing.response, other.id))
    remembered = grade and outline.rates_area
    ratings = _with_rating(turn, ongoing, grade) if remembered else turn.state.rated
    turn.update(progress=replace(ongoing, answers=tuple(answers.items())), rated=ratings)


def on_record(turn: TurnBuilder, response: int) -> dict[str, str]:
    """What is stored of an earlier response: each question with its value, or its words."""
    if response not in turn.known.answers:
        raise Needed(NeedAnswers(response))
    return dict(turn.known.answers[response])


def earlier_comment(turn: TurnBuilder) -> tuple[str, str] | None:
    """The question and the words of the comment that a rating which is changed has."""
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
    """Give the questionnaire in progress up: what it recorded is taken back."""
    ongoing = in_progress(turn)
    turn.update(progress=None, prompt=None, follow_up=None)
    if ongoing.changing:
        return
    if ongoing.opened:
        for question, _ in ongoing.answers:
            turn.record(AnswerWithdrawn(ongoing.response, question))
        turn.record(ResponseClosed(ongoing.response, ResponseOutcome.CANCELLED, ongoing.pending))
    turn.update(rated=tuple(r for r in turn.state.rated if r.response != ongoing.response))


def counting(turn: TurnBuilder) -> tuple[Rated, ...]:
    """The ratings that still count for their area, the latest last."""
    found = turn.state.rated
    return found and tuple(rated for rated in found if turn.at - rated.at <= COUNTS)


def rated(turn: TurnBuilder, area: str) -> Rated | None:
    """The rating of ``area`` that still counts, if any."""
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
