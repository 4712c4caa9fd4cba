"""Rating an area: how a rating begins, and how the one that counts is changed."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.model import Area, QuestionKind
from handlers.facts import Subject
from handlers.questionnaires import area_list, asking, flow, progress
from handlers.state import Draft, Progress, Rated
from handlers.text.folding import fold
from handlers.turn import TurnBuilder
from handlers.understanding.hearing import GradeHeard, hear_grade


def choose_area(turn: TurnBuilder) -> None:
    """Ask which area is to be rated, by list or by name."""
    progress.pause(turn)
    area_list.ask_which(turn)


def take_area_name(turn: TurnBuilder, text: str) -> None:
    """The answer to ``choose_area`` in words."""
    area = area_list.find(turn, text)
    if area is None:
        turn.say("area-not-recognised")
        area_list.ask_which(turn, turn.state.page)
    else:
        rate(turn, Subject(area=area.id), "menu")


def rate(turn: TurnBuilder, subject: Subject, origin: str) -> None:
    """Ask for the grade of ``subject``, or offer to change the one that still counts."""
    draft = turn.state.draft
    turn.update(draft=None, page=0)
    if subject.area not in turn.release.content.area_by_id:
        choose_area(turn)
    elif _resume_rating(turn, subject.area):
        asking.ask_again(turn)
        _answer_known_grade(turn, draft)
    elif (rated := progress.rated(turn, subject.area)) is not None:
        _offer_change(turn, rated)
    else:
        ongoing = progress.begun(turn, progress.RATING, subject)
        if draft is not None and draft.experience:
            ongoing = replace(ongoing, words=draft.words)
        flow.begin(turn, ongoing, origin)
        _answer_known_grade(turn, draft)


def rate_noticed(turn: TurnBuilder, area: str, words: str) -> None:
    """The citizen told of a visit: its area was guessed, so it is asked about."""
    if _resume_rating(turn, area):
        ongoing = progress.in_progress(turn)
        said = "\n".join(part for part in (ongoing.words, words.strip()) if part)
        turn.update(progress=replace(ongoing, words=said))
        asking.ask_again(turn)
    elif (rated := progress.rated(turn, area)) is not None:
        _offer_change(turn, rated)
    else:
        ongoing = progress.begun(turn, progress.RATING, Subject(area=area))
        flow.begin(turn, replace(ongoing, words=words.strip(), area_guessed=True), "noticed")


def rate_with_grade(turn: TurnBuilder, area: str, heard: GradeHeard, *, pending: bool) -> None:
    """ "Ponles un 1": the grade is known before it was asked for."""
    draft = Draft(turn.at, heard.words, experience=bool(heard.words), grade=heard.value)
    turn.update(draft=draft, follow_up=None)
    if not area:
        choose_area(turn)
        return
    if pending and progress.rated(turn, area) is None and not _resume_rating(turn, area):
        ongoing = replace(progress.begun(turn, progress.RATING, Subject(area=area)), pending=True)
        flow.begin(turn, ongoing, "noticed")
    rate(turn, Subject(area=area), "noticed")


def change(turn: TurnBuilder, area: str = "") -> None:
    """Ask for the grade anew, under the same response: of ``area``, else of the latest rating."""
    known = turn.release.content.area_by_id
    counting = [rated for rated in progress.counting(turn) if rated.subject.area in known]
    chosen = next((r for r in counting if r.subject.area == area), None)
    chosen = chosen or (counting[-1] if counting and not area else None)
    if chosen is None:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
    elif _resume_rating(turn, chosen.subject.area):
        _ask_first_again(turn)
    else:
        progress.pause(turn)
        turn.update(progress=_changing(turn, chosen), follow_up=None)
        asking.ask_again(turn)


def keep(turn: TurnBuilder, area: str) -> None:
    """Leave the earlier rating as it is."""
    rated = progress.rated(turn, area)
    turn.update(prompt=None)
    if rated is None:
        turn.say("rate-declined")
    else:
        turn.say("kept", grade=rated.grade, area=turn.release.area_name(area))
    asking.resume_last(turn)


def take_elsewhere(turn: TurnBuilder, text: str) -> bool:
    """An answer to "¿Fue en Tesorería?": yes, no, or where it was; False for anything else."""
    ongoing = progress.ongoing_rating(turn)
    if ongoing is None or not ongoing.area_guessed or ongoing.checking:
        return False
    found = progress.open_question(turn)
    if found is None or found[1].kind is not QuestionKind.GRADE or hear_grade(text):
        return False
    command = turn.command(fold(text))
    if command in ("yes", "no"):
        if command == "yes":
            _was_there(turn, ongoing)
        else:
            other_area(turn)
        return True
    area = None if "?" in text else area_list.find(turn, text, surely=True)
    if area is None:
        return False
    if area.id == ongoing.subject.area:
        _was_there(turn, ongoing)
    else:
        other_area(turn, area)
    return True


def other_area(turn: TurnBuilder, area: Area | None = None) -> None:
    """The rating is about another area: nothing is noted for the first one."""
    words = progress.in_progress(turn).words
    progress.drop(turn)
    if area is not None:
        rate_noticed(turn, area.id, words)
        return
    if words:
        turn.update(draft=Draft(turn.at, words, experience=True))
    choose_area(turn)


def _was_there(turn: TurnBuilder, ongoing: Progress) -> None:
    turn.update(progress=replace(ongoing, area_guessed=False))
    asking.ask_again(turn)


def _resume_rating(turn: TurnBuilder, area: str) -> bool:
    """Go on with a rating of ``area`` that is in progress or was put aside."""
    ongoing = progress.ongoing_rating(turn)
    if ongoing is not None and ongoing.subject.area == area:
        return True
    for paused in turn.state.paused:
        if paused.subject.area == area and progress.is_rating(turn, paused):
            progress.resume(turn, paused)
            return True
    return False


def _answer_known_grade(turn: TurnBuilder, draft: Draft | None) -> None:
    """Answer the grade question that was just asked, unless another one is open."""
    ongoing = progress.ongoing_rating(turn)
    if draft is None or not draft.grade or ongoing is None or ongoing.answers:
        return
    flow.take_grade(turn, draft.grade)
    if not turn.was.notice_shown:
        turn.say("notice")  # it stood in the question that is answered already


def _offer_change(turn: TurnBuilder, rated: Rated) -> None:
    """One response a contact, area and 30 days: the earlier one may be changed."""
    progress.pause(turn)
    area = rated.subject.area
    question = turn.text(
        "already-rated",
        grade=rated.grade,
        area=turn.release.area_name(area),
        date=turn.date(rated.at),
    )
    options = [turn.option("change", f"change:{area}"), turn.option("keep", f"keep:{area}")]
    turn.ask(question, [*options, turn.option("menu")])


def _changing(turn: TurnBuilder, rated: Rated) -> Progress:
    ongoing = Progress(
        response=rated.response,
        questionnaire=progress.RATING,
        version=rated.version,
        subject=rated.subject,
        question="",
        opened=True,
        changing=rated.grade,
        pending=rated.pending,
    )
    first = progress.outline_of(turn, ongoing).first.id
    return replace(ongoing, question=first, answers=((first, str(rated.grade)),))


def _ask_first_again(turn: TurnBuilder) -> None:
    """The rating is still in progress: its grade is asked once more."""
    ongoing = progress.in_progress(turn)
    first = progress.outline_of(turn, ongoing).first.id
    turn.update(progress=replace(ongoing, question=first, misread=0, checking=0))
    asking.ask_again(turn)
