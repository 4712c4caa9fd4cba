"""A questionnaire in progress as data: which question is open, and what is put on record."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.conditions import applies
from handlers.content.model import Question, QuestionKind
from handlers.content.outline import Plan
from handlers.facts import (
    AnswerGiven,
    AnswerWithdrawn,
    Outcome,
    ResponseClosed,
    ResponseOpened,
    ResponsePending,
    Subject,
)
from handlers.state import NeedAnswers, Rated, Run
from handlers.turn import COUNTS, Talk

RATING = "atencion"
USEFULNESS = "utilidad"


def new(talk: Talk, questionnaire_id: str, subject: Subject) -> Run:
    """A run of the newest version of a questionnaire, not begun yet."""
    questionnaire = talk.release.newest_plans[questionnaire_id].questionnaire
    return Run(
        response=talk.known.fresh,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        subject=subject,
        question="",
    )


def plan_of(talk: Talk, run: Run) -> Plan:
    """The questionnaire that the run goes through."""
    release, name = talk.release, run.questionnaire
    return release.plans.get((name, run.version)) or release.newest_plans[name]


def run_of(talk: Talk) -> Run:
    """The questionnaire in progress, where there must be one."""
    run = talk.state.run
    assert run is not None, "only called while a questionnaire is in progress"
    return run


def current(talk: Talk) -> tuple[Plan, Question] | None:
    """The questionnaire in progress and the question that is open, if any."""
    run = talk.state.run
    if run is None:
        return None
    plan = plan_of(talk, run)
    return (plan, plan.question(run.question))


def rating(talk: Talk) -> Run | None:
    """The rating of an area that is in progress, if any."""
    run = talk.state.run
    return run if run is not None and is_rating(talk, run) else None


def is_rating(talk: Talk, run: Run) -> bool:
    """Whether the run rates an area."""
    return plan_of(talk, run).rates_area


def is_about_card(talk: Talk) -> bool:
    """Whether the questionnaire in progress only asks about the card just shown."""
    run = talk.state.run
    return run is not None and plan_of(talk, run).about_card


def shelve(talk: Talk) -> None:
    """Put the questionnaire in progress aside, to be resumed; one about a card is dropped."""
    run = talk.state.run
    if run is None:
        return
    kept = talk.state.paused if is_about_card(talk) else (*talk.state.paused, run)
    talk.update(run=None, paused=kept)


def take_up(talk: Talk, run: Run) -> None:
    """Make a run that was put aside the one in progress."""
    shelve(talk)
    others = tuple(other for other in talk.state.paused if other.response != run.response)
    talk.update(run=run, paused=others, joining=None)


def opened(talk: Talk, run: Run, origin: str) -> Run:
    """The run, with its response on record."""
    if run.opened:
        return run
    talk.establish(
        ResponseOpened(run.response, run.questionnaire, run.version, run.subject, origin)
    )
    if run.pending:
        talk.establish(ResponsePending(run.response))
    return replace(run, opened=True)


def give(talk: Talk, question: Question, value: str, grade: int = 0) -> None:
    """Put an answer on record; answers whose condition no longer holds are withdrawn."""
    run = opened(talk, run_of(talk), "lookup")
    plan = plan_of(talk, run)
    # Words are on record with the fact; the run needs to know only that there were some.
    kept = "" if question.kind is QuestionKind.TEXT else value
    answers = {**dict(run.answers), question.id: kept}
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
    for other in plan.conditional:
        if other.id not in answers or applies(other, answers):
            continue
        # A comment on an area was told to be kept: it stays until another one takes its place.
        words = QuestionKind.TEXT
        if plan.rates_area and other.kind is words and question.kind is not words:
            continue
        del answers[other.id]
        talk.establish(AnswerWithdrawn(run.response, other.id))
    talk.update(run=replace(run, answers=tuple(answers.items())))


def on_record(talk: Talk, response: int) -> dict[str, str]:
    """What is stored of an earlier response: each question with its value, or its words."""
    if response not in talk.known.answers:
        raise talk.need(NeedAnswers(response))
    return dict(talk.known.answers[response])


def earlier_comment(talk: Talk) -> tuple[str, str] | None:
    """The question and the words of the comment that a rating which is changed has."""
    run = run_of(talk)
    if not run.changing:
        return None
    stored = on_record(talk, run.response)
    given = [question.id for question in plan_of(talk, run).texts if question.id in stored]
    return (given[-1], stored[given[-1]]) if given else None


def note_pending(talk: Talk, response: int) -> None:
    """ "Aún no termina": all of the response counts apart, from now on."""
    rated = tuple(
        replace(one, pending=True) if one.response == response else one for one in talk.state.rated
    )
    talk.update(rated=rated)
    talk.establish(ResponsePending(response))
    talk.say("pending-noted")


def drop(talk: Talk) -> None:
    """Give the questionnaire in progress up: what this run noted is taken back."""
    run = run_of(talk)
    talk.update(run=None, prompt=None, joining=None)
    if run.changing:
        return
    if run.opened:
        for question, _ in run.answers:
            talk.establish(AnswerWithdrawn(run.response, question))
        talk.establish(ResponseClosed(run.response, Outcome.CANCELLED, run.pending))
    talk.update(rated=tuple(r for r in talk.state.rated if r.response != run.response))


def counting(talk: Talk) -> tuple[Rated, ...]:
    """The ratings that still count for their area, the latest last."""
    found = talk.state.rated
    return found and tuple(rated for rated in found if talk.at - rated.at <= COUNTS)


def rated(talk: Talk, area: str) -> Rated | None:
    """The rating of ``area`` that still counts, if any."""
    return next((rated for rated in counting(talk) if rated.subject.area == area), None)


def remember(talk: Talk, grade: int) -> None:
    """Keep in mind that the area was rated; a change does not prolong the 30 days."""
    run = run_of(talk)
    others, at = [], talk.at
    for other in counting(talk):
        if other.response == run.response:
            at = other.at
        else:
            others.append(other)
    this = Rated(run.response, run.version, run.subject, grade, at, run.pending)
    talk.update(rated=(*others, this))


def mend(talk: Talk) -> None:
    """Drop what is in progress about something that the content no longer holds."""
    state = talk.state
    if state.run is None and not state.paused:
        return
    runs = (*state.paused, state.run) if state.run is not None else state.paused
    gone = [run for run in runs if not _stands(talk, run)]
    if not gone:
        return
    for run in gone:
        if run.opened:
            talk.establish(ResponseClosed(run.response, Outcome.CANCELLED, run.pending))
    if state.run in gone:
        talk.update(run=None, prompt=None)
    talk.update(paused=tuple(run for run in state.paused if run not in gone))
    talk.say("run-vanished")


def _stands(talk: Talk, run: Run) -> bool:
    release, area = talk.release, run.subject.area
    known = run.questionnaire in release.newest_plans
    return known and (not area or area in release.content.area_by_id)
