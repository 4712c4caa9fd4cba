"""Rating an area: how a rating begins, and how the one that counts is changed."""

from __future__ import annotations

from msgspec.structs import replace

from handlers import areas
from handlers.content.model import Area, QuestionKind
from handlers.facts import Subject
from handlers.questionnaires import asking, flow, progress
from handlers.state import Draft, Rated, Run
from handlers.turn import Talk
from handlers.understanding.folding import fold
from handlers.understanding.hearing import GradeHeard, hear_grade


def choose_area(talk: Talk) -> None:
    """Ask which area is to be rated, by list or by name."""
    progress.shelve(talk)
    areas.ask_which(talk)


def take_area_name(talk: Talk, text: str) -> None:
    """The answer to ``choose_area`` in words."""
    area = areas.find(talk, text)
    if area is None:
        talk.say("area-not-recognised")
        areas.ask_which(talk, talk.state.page)
    else:
        rate(talk, Subject(area=area.id), "menu")


def rate(talk: Talk, subject: Subject, origin: str) -> None:
    """Ask for the grade of ``subject``, or offer to change the one that still counts."""
    draft = talk.state.draft
    talk.update(draft=None, page=0)
    if subject.area not in talk.release.content.area_by_id:
        choose_area(talk)
    elif _take_up(talk, subject.area):
        if draft is None or not draft.grade:
            ask_anew(talk)
        else:
            asking.ask_again(talk)
        _take_known_grade(talk, draft)
    elif (rated := progress.rated(talk, subject.area)) is not None:
        _offer_change(talk, rated)
    else:
        run = progress.new(talk, progress.RATING, subject)
        if draft is not None and draft.experience:
            run = replace(run, words=draft.words)
        flow.begin(talk, run, origin)
        _take_known_grade(talk, draft)


def rate_noticed(talk: Talk, area: str, words: str) -> None:
    """The citizen told of a visit: its area was guessed, so it is asked about."""
    if _take_up(talk, area):
        run = progress.run_of(talk)
        said = "\n".join(part for part in (run.words, words.strip()) if part)
        talk.update(run=replace(run, words=said))
        asking.ask_again(talk)
    elif (rated := progress.rated(talk, area)) is not None:
        _offer_change(talk, rated)
    else:
        run = progress.new(talk, progress.RATING, Subject(area=area))
        flow.begin(talk, replace(run, words=words.strip(), noticed=True), "noticed")


def rate_at_once(talk: Talk, area: str, heard: GradeHeard, *, pending: bool) -> None:
    """ "Ponles un 1": the grade is known before it was asked for."""
    draft = Draft(talk.at, heard.words, experience=bool(heard.words), grade=heard.value)
    talk.update(draft=draft, joining=None)
    if not area:
        choose_area(talk)
        return
    if pending and progress.rated(talk, area) is None and not _take_up(talk, area):
        run = replace(progress.new(talk, progress.RATING, Subject(area=area)), pending=True)
        flow.begin(talk, run, "noticed")
    rate(talk, Subject(area=area), "noticed")


def change(talk: Talk, area: str = "") -> None:
    """Ask for the grade anew, under the same response: of ``area``, else of the latest rating."""
    known = talk.release.content.area_by_id
    counting = [rated for rated in progress.counting(talk) if rated.subject.area in known]
    chosen = next((r for r in counting if r.subject.area == area), None)
    chosen = chosen or (counting[-1] if counting and not area else None)
    if chosen is None:
        talk.say("nothing-to-change")
        asking.ask_open(talk)
    elif _take_up(talk, chosen.subject.area):
        _ask_first_again(talk)
    else:
        progress.shelve(talk)
        talk.update(run=_changing(talk, chosen), joining=None)
        if chosen.pending:
            talk.say("change-was-pending")
        asking.ask_again(talk)


def ask_anew(talk: Talk) -> None:
    """Go on with a rating in progress. Said to be pending and not graded, it may be over by now."""
    run = progress.run_of(talk)
    if run.pending and not run.answers:
        talk.update(run=replace(run, pending=False))
    asking.ask_again(talk)


def keep(talk: Talk, area: str) -> None:
    """Leave the earlier rating as it is."""
    rated = progress.rated(talk, area)
    talk.update(prompt=None)
    if rated is None:
        talk.say("rate-declined")
    else:
        talk.say("kept", grade=rated.grade, area=talk.release.area_name(area))
    asking.resume(talk)


def take_elsewhere(talk: Talk, text: str) -> bool:
    """An answer to "¿Fue en Tesorería?": yes, no, or where it was; False for anything else."""
    run = progress.rating(talk)
    if run is None or not run.noticed or run.checking:
        return False
    found = progress.current(talk)
    if found is None or found[1].kind is not QuestionKind.GRADE or hear_grade(text):
        return False
    command = talk.command(fold(text))
    if command in ("yes", "no"):
        if command == "yes":
            _was_there(talk, run)
        else:
            other_area(talk)
        return True
    area = None if "?" in text else areas.find(talk, text, surely=True)
    if area is None:
        return False
    if area.id == run.subject.area:
        _was_there(talk, run)
    else:
        other_area(talk, area)
    return True


def other_area(talk: Talk, area: Area | None = None) -> None:
    """The rating is about another area: nothing is noted for the first one."""
    words = progress.run_of(talk).words
    progress.drop(talk)
    if area is not None:
        rate_noticed(talk, area.id, words)
        return
    if words:
        talk.update(draft=Draft(talk.at, words, experience=True))
    choose_area(talk)


def _was_there(talk: Talk, run: Run) -> None:
    talk.update(run=replace(run, noticed=False))
    asking.ask_again(talk)


def _take_up(talk: Talk, area: str) -> bool:
    """Go on with a rating of ``area`` that is in progress or was put aside."""
    run = progress.rating(talk)
    if run is not None and run.subject.area == area:
        return True
    for paused in talk.state.paused:
        if paused.subject.area == area and progress.is_rating(talk, paused):
            progress.take_up(talk, paused)
            return True
    return False


def _take_known_grade(talk: Talk, draft: Draft | None) -> None:
    """Answer the grade question that was just asked, unless another one is open."""
    run = progress.rating(talk)
    if draft is None or not draft.grade or run is None or run.answers:
        return
    flow.take_grade(talk, draft.grade)
    if not talk.was.noticed:
        talk.say("notice")  # it stood in the question that is answered already


def _offer_change(talk: Talk, rated: Rated) -> None:
    """One response a contact, area and 30 days: the earlier one may be changed."""
    progress.shelve(talk)
    area = rated.subject.area
    question = talk.text(
        "already-rated",
        grade=rated.grade,
        area=talk.release.area_name(area),
        date=talk.date(rated.at),
    )
    options = [talk.option("change", f"change:{area}"), talk.option("keep", f"keep:{area}")]
    talk.ask(question, [*options, talk.option("menu")])


def _changing(talk: Talk, rated: Rated) -> Run:
    """With all that is on record. Whoever does not say that it is pending has it over by now."""
    run = Run(
        response=rated.response,
        questionnaire=progress.RATING,
        version=rated.version,
        subject=rated.subject,
        question="",
        opened=True,
        changing=rated.grade,
    )
    plan = progress.plan_of(talk, run)
    first, texts = plan.first.id, {question.id for question in plan.texts}
    stored = {first: str(rated.grade), **progress.on_record(talk, rated.response)}
    answers = [(id, "" if id in texts else value) for id, value in stored.items()]
    return replace(run, question=first, answers=tuple(answers))


def _ask_first_again(talk: Talk) -> None:
    """The rating is still in progress: its grade is asked once more."""
    run = progress.run_of(talk)
    first = progress.plan_of(talk, run).first.id
    talk.update(run=replace(run, question=first, misread=0, checking=0, pending=False))
    asking.ask_again(talk)
