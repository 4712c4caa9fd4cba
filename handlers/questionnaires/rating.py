"""Rating an area: how a rating begins, and how the current one is changed."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.questionnaires.definition import QuestionKind
from handlers.facts.responses import Subject
from handlers.questionnaires import area_list, asking, flow, progress
from handlers.state import Awaits, Draft, Progress, Proposal, Rated
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.context import RECENT
from handlers.understanding.intents.rating import NameUnsureArea, RateWithGrade

_GRADES = range(1, 8)


def choose_area(turn: TurnBuilder) -> None:
    """Ask which area is to be rated, by list or by name."""
    progress.pause(turn)
    area_list.ask_which(turn)


def ask_area(turn: TurnBuilder) -> None:
    """Ask which area was meant, of the few just offered or of all; a given grade waits."""
    _say_grade_waits(turn)
    prompt = turn.state.prompt
    offered = prompt is not None and prompt.awaits is Awaits.AREA and prompt.offers("other-area")
    if prompt is None or not offered:
        choose_area(turn)
    else:
        turn.ask(turn.text("which-area"), prompt.options, Awaits.AREA)


def ask_which_of(turn: TurnBuilder, meant: NameUnsureArea) -> None:
    """Offer the areas that words may mean, without assuming any."""
    progress.pause(turn)
    if meant.grade or meant.words:
        _keep_grade(turn, meant.grade, with_told(turn, meant.words))
        if meant.grade:
            _say_grade_waits(turn)
        else:
            turn.say("experience-thanks")
    options = [named_option(f"rate:{area}", turn.release.area_name(area)) for area in meant.areas]
    question = turn.text("which-area")
    if len(meant.areas) == 1:
        key, card = ("this-area-of", turn.release.card_name(meant.card)) if meant.card else ("", "")
        area = turn.release.area_name(meant.areas[0])
        question = turn.text(key or "this-area", area=area, card=card)
    turn.ask(question, [*options, turn.option("other-area"), turn.option("cancel")], Awaits.AREA)


def with_told(turn: TurnBuilder, words: str) -> str:
    """The words behind those that were told of the visit before, whose area is not known yet."""
    draft = turn.state.draft
    waits = draft is not None and draft.experience and not draft.area
    earlier = draft.words if draft is not None and waits else ""
    return f"{earlier}\n{words}".strip() if words and earlier not in words else words or earlier


def keep_told(turn: TurnBuilder, area: str, words: str) -> None:
    """Keep what was told of the visit beside the wish to rate it."""
    if words:
        turn.update(draft=Draft(turn.at, with_told(turn, words), area, experience=True))


def ask_if_grade(turn: TurnBuilder, grade: int, area: str) -> None:
    """Ask whether a number, after a visit was told, is a grade or an area's place in the list."""
    name = turn.release.area_name(area)
    options = [turn.option("as-grade", f"as-grade:{grade}"), named_option(f"rate:{area}", name)]
    question = turn.text("grade-or-area", grade=grade, area=name)
    turn.ask(question, [*options, turn.option("cancel")], Awaits.AREA)


def ask_area_again(turn: TurnBuilder) -> None:
    """Show the list again, as what was typed names no area; the second time, offer another way."""
    turn.missed()
    if turn.was.misses or _told_in_vain(turn):
        ask_area_otherwise(turn)
        return
    turn.say("area-not-recognised")
    _say_grade_waits(turn)
    area_list.ask_which(turn, turn.state.page)


def ask_area_otherwise(turn: TurnBuilder) -> None:
    """Neither the list nor the words told the area: what is kept till then, and what else to do.

    The words that were told may become a complaint.
    """
    progress.pause(turn)
    draft = turn.state.draft
    turn.say("area-unknown-words" if draft is not None and draft.words else "area-unknown")
    _say_grade_waits(turn)
    options = turn.options_named("other-area", "complaint", "person", "cancel")
    turn.ask(turn.text("area-unknown-ask"), options, Awaits.AREA)


def _told_in_vain(turn: TurnBuilder) -> bool:
    """Whether how a visit was has been told already, where its area is asked for."""
    draft, prompt = turn.was.draft, turn.was.prompt
    asked = prompt is not None and prompt.awaits is Awaits.AREA
    return asked and draft is not None and draft.experience and bool(draft.words)


def keep_stray_number(turn: TurnBuilder, number: int) -> None:
    """Keep a number that answers nothing, in case the next message names an area."""
    if number in _GRADES and turn.state.draft is None:
        turn.update(draft=Draft(turn.at, grade=number, stray=True))


def _keep_grade(turn: TurnBuilder, grade: int, words: str) -> None:
    draft = Draft(turn.at, words, experience=bool(words), grade=grade)
    turn.update(draft=draft, follow_up=None)


def _say_grade_waits(turn: TurnBuilder) -> None:
    if turn.state.draft is not None and turn.state.draft.grade:
        turn.say("grade-waits", grade=turn.state.draft.grade)


def rate(turn: TurnBuilder, subject: Subject, origin: str) -> None:
    """Ask for the grade of ``subject``, or offer to change its current one."""
    draft = turn.state.draft
    turn.update(draft=None, page=0)
    if subject.area not in turn.release.content.area_by_id:
        choose_area(turn)
    elif (earlier := progress.rating_of(turn, subject.area)) is not None:
        progress.resume(turn, earlier)
        if draft is None or not draft.grade:
            continue_rating(turn)
        else:
            asking.ask_again(turn)
        _answer_known_grade(turn, draft)
    elif (rated := progress.rated(turn, subject.area)) is not None:
        _offer_change(turn, rated)
    else:
        ongoing = progress.new_progress(turn, progress.RATING, subject)
        if draft is not None and draft.experience:
            ongoing = replace(ongoing, words=draft.words)
        _keep_topic(turn, subject)
        flow.begin(turn, ongoing, origin)
        _answer_known_grade(turn, draft)


def _keep_topic(turn: TurnBuilder, subject: Subject) -> None:
    """ "¿Dónde queda?" at a desk asks about the desk, unless a card of its area was just shown."""
    topic = turn.state.topic
    if not topic or turn.release.area_of_card(topic) != subject.area:
        turn.update(topic=subject.service or subject.area)


def rate_guessed_area(turn: TurnBuilder, area: str, words: str) -> None:
    """Ask whether a visit was at the guessed area."""
    if (earlier := progress.rating_of(turn, area)) is not None:
        progress.resume(turn, earlier)
        progress.add_words(turn, words)
        asking.ask_again(turn)
    elif (rated := progress.rated(turn, area)) is not None:
        _offer_change(turn, rated)
    else:
        ongoing = progress.new_progress(turn, progress.RATING, Subject(area=area))
        flow.begin(turn, replace(ongoing, words=words.strip(), area_guessed=True), "noticed")


def rate_with_grade(turn: TurnBuilder, given: RateWithGrade) -> None:
    """ "Ponles un 1": the grade is known before it was asked for."""
    area, waiting = given.area, turn.state.draft
    asked = turn.state.proposal
    if asked is not None and not asked.corrects and asked.area == area:
        turn.update(proposal=None)  # that is answered
    if area and waiting is not None and waiting.grade not in (0, given.grade):
        later = Proposal(waiting.grade, "", "", waiting.words)  # its area is asked for afterwards
        turn.update(next_grades=(*turn.state.next_grades, later))
    _keep_grade(turn, given.grade, given.words)
    if not area:
        if given.whole:
            turn.say("rate-whole")
        ask_area(turn)
        return
    is_new = progress.rated(turn, area) is None and progress.rating_of(turn, area) is None
    if given.pending and is_new:
        ongoing = replace(
            progress.new_progress(turn, progress.RATING, Subject(area=area)), pending=True
        )
        flow.begin(turn, ongoing, "noticed")
    rate(turn, Subject(area=area), "noticed")


def change(turn: TurnBuilder, area: str = "") -> None:
    """Ask for a new grade under the same response: of ``area``, else of the latest rating."""
    known = turn.release.content.area_by_id
    counting = [rated for rated in progress.counting(turn) if rated.subject.area in known]
    chosen = next((r for r in counting if r.subject.area == area), None)
    chosen = chosen or (counting[-1] if counting and not area else None)
    if chosen is None:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
    elif (earlier := progress.rating_of(turn, chosen.subject.area)) is not None:
        progress.resume(turn, earlier)
        _ask_first_again(turn)
    else:
        progress.pause(turn)
        turn.update(progress=_changing(turn, chosen), follow_up=None)
        if chosen.pending:
            turn.say("change-was-pending")
        asking.ask_again(turn)


def continue_rating(turn: TurnBuilder) -> None:
    """Resume a rating; a pending one without a grade may be about an ended procedure by now."""
    ongoing = progress.in_progress(turn)
    if ongoing.pending and not ongoing.answers:
        turn.update(progress=replace(ongoing, pending=False))
    asking.ask_again(turn)


def decline(turn: TurnBuilder) -> None:
    """No: accept that the citizen does not want to rate."""
    invited_at = turn.state.invited_at
    invited = invited_at is not None and turn.at - invited_at <= RECENT
    turn.update(prompt=None)
    turn.say("rate-later" if invited else "rate-declined")


def ask_visited_area(turn: TurnBuilder, words: str) -> None:
    """Keep the words about a visit and ask for its area."""
    turn.update(draft=Draft(turn.at, words, experience=True))
    if _told_in_vain(turn):
        ask_area_otherwise(turn)
        return
    turn.say("experience-thanks")
    choose_area(turn)


def keep(turn: TurnBuilder, area: str) -> None:
    """Leave the earlier rating as it is."""
    rated, ongoing = progress.rated(turn, area), turn.state.progress
    turn.update(prompt=None)
    opened = turn.release.open_question(turn.state)
    asks = opened is not None and opened.question.kind is QuestionKind.GRADE
    if asks and ongoing is not None and ongoing.changing and ongoing.subject.area == area:
        progress.drop(turn)  # a new grade was being asked for
    if rated is None:
        turn.say("rate-declined")
    else:
        turn.say("kept", grade=rated.grade, area=turn.release.area_name(area))
    if turn.state.progress is None:
        asking.resume_last(turn)
    else:
        asking.ask_again(turn)


def confirm_area(turn: TurnBuilder, words: str) -> None:
    """Yes, the visit was at the guessed area: ask for its grade."""
    progress.add_words(turn, words)
    turn.update(progress=replace(progress.in_progress(turn), area_guessed=False))
    asking.ask_again(turn)


def other_area(turn: TurnBuilder, area: str = "") -> None:
    """The rating is about another area: record nothing for the guessed one."""
    words = progress.in_progress(turn).words
    progress.drop(turn)
    if area:
        rate_guessed_area(turn, area, words)
        return
    if words:
        turn.update(draft=Draft(turn.at, words, experience=True))
    choose_area(turn)


def _answer_known_grade(turn: TurnBuilder, draft: Draft | None) -> None:
    """Answer the grade question just asked, unless another one is open."""
    ongoing = progress.ongoing_rating(turn)
    if draft is None or not draft.grade or ongoing is None or ongoing.answers:
        return
    if progress.open_question(turn).question.kind is QuestionKind.GRADE:
        flow.answer_grade(turn, draft.grade, asked=False)
    if not turn.was.notice_shown:
        turn.say("notice")  # usually part of the question, which is not asked


def _offer_change(turn: TurnBuilder, rated: Rated) -> None:
    """Offer to change the earlier rating: a contact has one per area in 30 days."""
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
    """The progress of changing a rating. Unless said otherwise its procedure has ended by now."""
    ongoing = Progress(
        response=rated.response,
        questionnaire=progress.RATING,
        version=rated.version,
        subject=rated.subject,
        question="",
        opened=True,
        changing=rated.grade,
    )
    outline = progress.outline_of(turn, ongoing)
    first, texts = outline.first.id, {question.id for question in outline.texts}
    stored = {first: str(rated.grade), **progress.on_record(turn, rated.response)}
    answers = [(id, "" if id in texts else value) for id, value in stored.items()]
    return replace(ongoing, question=first, answers=tuple(answers))


def _ask_first_again(turn: TurnBuilder) -> None:
    """Ask again for the grade of a rating still in progress."""
    ongoing = progress.in_progress(turn)
    first = progress.outline_of(turn, ongoing).first.id
    turn.update(progress=replace(ongoing, question=first, misread=0, checking=0, pending=False))
    asking.ask_again(turn)
