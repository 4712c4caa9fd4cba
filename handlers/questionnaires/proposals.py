"""Proposals: what was understood but not plainly said is confirmed by one tap."""

from __future__ import annotations

import re

from msgspec.structs import replace

from handlers.content.questionnaires.definition import QuestionKind
from handlers.facts.responses import AnswerWithdrawn, ResponseClosed, ResponseOutcome, Subject
from handlers.questionnaires import asking, flow, follow_up, grading, progress, rating
from handlers.state import Draft, Proposal
from handlers.turn import TurnBuilder
from handlers.understanding.intents.rating import (
    AskWhatToChange,
    ProposeCorrection,
    ProposeGrade,
    ProposeGrades,
    RateWithGrade,
)
from handlers.understanding.reading.told import why_beside_grade
from handlers.understanding.said_before.corrections.closed import with_latest

_MOVE = "move:"  # the rating is to be moved to an area not named yet
_SAYS_MORE = re.compile(r"[^\W\d_]{3}")  # than a number; "un 7" is not a comment after a no


def propose_grade(turn: TurnBuilder, meant: ProposeGrade) -> None:
    """ "¿Le pongo un 4 a Tránsito? Sí / No": nothing is noted before a yes."""
    area, asked = meant.area or rated_area(turn), turn.state.proposal
    latest = turn.state.rated[-1:]
    counts = asked is None and area and progress.rated(turn, area) is not None
    if counts and latest[0].subject.area == area and not meant.pending:
        propose_correction(turn, ProposeCorrection(meant.grade, meant.words))
        return
    if asked is not None and not asked.corrects and _is_additional(asked, area, meant.grade):
        turn.update(next_grades=(asked, *turn.state.next_grades))
    if asked is not None and meant.words != asked.words and meant.words.startswith(asked.words):
        turn.say("words-beside-change")
    asking.propose(turn, Proposal(meant.grade, area, "", meant.words, meant.pending))


def _is_additional(asked: Proposal, area: str, grade: int) -> bool:
    """Whether a grade is given in addition to the proposed one, not instead of it."""
    return bool(asked.area) and asked.area != area and asked.grade != grade


def propose_grades(turn: TurnBuilder, meant: ProposeGrades) -> None:
    """Propose the first of several grades in one message, the others after it."""
    areas = {given.area for given in meant.grades}
    if len(areas) == 1:  # "aseo 3 áreas verdes 6": ask which grade is meant
        (area,) = areas
        turn.say("grades-same-area", area=turn.release.area_name(area))
        rating.rate(turn, Subject(area=area), "menu")
        ongoing = progress.ongoing_rating(turn)
        if ongoing is not None and not ongoing.answers and ongoing.subject.area == area:
            progress.add_words(turn, turn.text_in.strip())  # which grade is of what
        return
    proposals = (
        Proposal(given.grade, given.area, "", given.words, given.pending, several=True)
        for given in meant.grades
    )
    turn.update(next_grades=(*proposals, *turn.state.next_grades), draft=None)
    turn.say("grades-in-turn")
    asking.propose_next(turn)


def propose_correction(turn: TurnBuilder, meant: ProposeCorrection) -> None:
    """ "¿Cambio su nota de 2 a 6?", whether it is to be moved or erased: it stays till then."""
    area = meant.area or turn.state.rated[-1].subject.area
    ask_to_correct(turn, Proposal(meant.grade, area, "", meant.words, corrects=True))


def ask_again_after_words(turn: TurnBuilder) -> None:
    """Ask about a proposed change again, after words for the comment came instead of a yes."""
    proposal = turn.state.proposal
    if proposal is None or not proposal.corrects:
        return
    turn.body.clear()
    turn.say("words-beside-change")
    ask_to_correct(turn, proposal)


def ask_to_correct(turn: TurnBuilder, proposal: Proposal) -> None:
    """Ask whether the latest rating is to be changed so; it is unchanged until a yes."""
    rated, keys = turn.state.rated[-1], ["accept", "as-comment"]
    turn.update(proposal=proposal)
    was = rated.subject.area
    if proposal.area != was:
        sentence = "propose-move"
    elif not proposal.grade:
        sentence, keys = "undo-rating", ["undo", "change", "as-comment"]
    else:
        changes = proposal.grade != rated.grade
        sentence = "propose-correction" if changes else "propose-same-grade"
    names = {"area": turn.release.area_name(proposal.area), "from": turn.release.area_name(was)}
    question = turn.text(sentence, **names, was=rated.grade, grade=proposal.grade)
    options = turn.options_named(*keys)
    if proposal.area != was:
        options[0] = turn.option("move", "accept")
    opened = turn.release.open_question(turn.state)
    if turn.state.follow_up is None and (opened is None or _asks_for_grade(turn)):
        options[-1] = turn.option("keep", f"keep:{was}")  # as no comment is open
    turn.ask(question, options)


def keep_as_comment(turn: TurnBuilder, words: str) -> None:
    """The words were no correction: add them to the comment that is open or may follow."""
    opened = turn.release.open_question(turn.state)
    added_to = turn.state.follow_up
    if added_to is not None:
        follow_up.add(turn, added_to, words)
    elif _asks_for_grade(turn):
        grading.begin_comment(turn, words)  # another grade is being asked for
    elif opened is not None:
        question = opened.outline.words_of(opened.question) or opened.question
        flow.answer_words(turn, question.id, words)
    else:
        asking.ask_open(turn)


def _with_proposed_words(turn: TurnBuilder, words: str) -> str:
    """The words, after those of a proposed correction that is still unanswered."""
    proposal = turn.state.proposal
    if proposal is None or not proposal.corrects:
        return words
    turn.update(proposal=None)
    return f"{proposal.words}\n{words}"


def accept(turn: TurnBuilder) -> None:
    """Yes: record it as if it had been said plainly."""
    proposal = turn.state.proposal
    turn.update(proposal=None, prompt=None)
    if proposal is None:
        turn.say("nothing-asked")
        asking.ask_open(turn)
        return
    if proposal.corrects:
        _accept_correction(turn, proposal)
        return
    ongoing = progress.ongoing_rating(turn)
    if ongoing is not None and ongoing.subject.area == proposal.area and _asks_for_grade(turn):
        flow.answer_grade(turn, proposal.grade, proposal.words)
        return
    if progress.rated(turn, proposal.area) is not None:
        make_latest(turn, proposal.area)
        correct_grade(turn, proposal.grade)
        return
    given = RateWithGrade(proposal.area, proposal.grade, proposal.words, proposal.pending)
    rating.rate_with_grade(turn, given)


def _accept_correction(turn: TurnBuilder, proposal: Proposal) -> None:
    if proposal.area != turn.state.rated[-1].subject.area:
        correct_area(turn, proposal.area, proposal.grade)
    elif proposal.grade:
        told = why_beside_grade(proposal.words, turn.release.lexicon, turn.release.listener)
        correct_grade(turn, proposal.grade, told)
    else:
        erase_rating(turn)


def reject(turn: TurnBuilder) -> None:
    """No: ask for the grade of the rating in progress, or for the area."""
    proposal = turn.state.proposal
    turn.update(proposal=None, prompt=None)
    if proposal is not None and proposal.corrects:
        if _SAYS_MORE.search(proposal.words):
            keep_as_comment(turn, proposal.words)
        else:
            turn.update(follow_up=None)
            rating.keep(turn, turn.state.rated[-1].subject.area)
        return
    if proposal is not None and proposal.words and _asks_for_grade(turn):
        grading.begin_comment(turn, proposal.words)  # the words stay, whatever the grade
        return
    if turn.state.progress is not None:
        asking.ask_again(turn)
        return
    if proposal is not None and proposal.several:
        area = turn.release.area_name(proposal.area)
        turn.say("grade-not-noted", grade=proposal.grade, area=area)
        asking.resume_or_offer_ways_on(turn)
        return
    turn.say("proposal-dropped")
    if turn.state.next_grades:
        asking.resume_last(turn)
        return
    if proposal is not None and proposal.grade:
        turn.update(draft=Draft(turn.at, proposal.words, proposal.area, experience=True))
    rating.choose_area(turn)


def correct_grade(turn: TurnBuilder, grade: int, words: str = "") -> None:
    """Change the last grade to another one. ``words`` tell why, and go on with the comment."""
    turn.update(follow_up=None)
    ongoing, latest = progress.ongoing_rating(turn), turn.state.rated[-1:]
    if ongoing is not None and latest and latest[0].subject.area != ongoing.subject.area:
        ongoing = None  # another area's grade is being asked for
    if ongoing is None:
        rating.change(turn, "")
        ongoing = progress.ongoing_rating(turn)
    if ongoing is None:
        return
    first = progress.outline_of(turn, ongoing).first.id
    turn.update(progress=replace(ongoing, question=first, misread=0, checking=0))
    turn.body.clear()
    flow.answer_grade(turn, grade, words)


def correct_area(turn: TurnBuilder, area: str, grade: int = 0) -> None:
    """Move the rating to the area that was meant.

    ``area`` "": not said, so it is asked, and the grade waits. ``grade`` 0: the recorded one. The
    comment is moved too, as long as words may be added to it.
    """
    added_to = turn.state.follow_up
    comment = "\n".join(added_to.messages) if added_to is not None else ""
    turn.update(follow_up=None)
    ongoing = progress.ongoing_rating(turn)
    if ongoing is None:
        rating.change(turn, "")
        turn.body.clear()
        ongoing = progress.ongoing_rating(turn)
    if ongoing is None:
        rating.rate(turn, Subject(area=area), "menu")
        return
    grade = grade or int(dict(ongoing.answers).get("grade", "0") or 0)
    words = ongoing.words or comment
    _take_back(turn)
    turn.update(draft=Draft(turn.at, words, experience=bool(words), grade=grade))
    if not area:
        rating.ask_area(turn)
        return
    turn.say("area-corrected", area=turn.release.area_name(area))
    said = len(turn.body)
    rating.rate(turn, Subject(area=area), "menu")
    moved = turn.state.progress
    if moved is not None and moved.checking == grade > 0:  # it was noted with these words before
        del turn.body[said:]
        flow.confirm_grade(turn)


def ask_to_undo(turn: TurnBuilder) -> None:
    """ "Bórralo": whether the latest rating is to be taken back."""
    ongoing, counting = progress.ongoing_rating(turn), progress.counting(turn)
    if ongoing is not None and not ongoing.answers and not ongoing.changing:
        refuse(turn)  # nothing of it is recorded yet
        return
    area = ongoing.subject.area if ongoing else counting[-1].subject.area if counting else ""
    if not area:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
        return
    turn.update(follow_up=None)
    question = turn.text("undo-rating", area=turn.release.area_name(area))
    keeps = turn.option("keep-rating", f"keep:{area}")
    turn.ask(question, [turn.option("undo"), keeps, turn.option("change")])


def correct_reason(turn: TurnBuilder, choice: str) -> None:
    """Change the reason to ``choice``; "": ask for it again. The grade stays."""
    counting = progress.counting(turn)
    if not counting:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
        return
    correct_grade(turn, counting[-1].grade)
    opened = turn.release.open_question(turn.state)
    if choice and opened is not None and opened.question.kind is QuestionKind.CHOICE:
        turn.body.clear()
        flow.answer_choice(turn, choice, "")


def make_latest(turn: TurnBuilder, area: str) -> None:
    """Treat the rating of ``area`` as the latest, which further words are about."""
    turn.update(rated=with_latest(turn.state, area).rated)


def ask_what_to_change(turn: TurnBuilder, meant: AskWhatToChange) -> None:
    """Ask in one tap what is wrong with the latest rating.

    The words are kept, to be added to the comment, replace it, or be looked up.
    """
    counting = progress.counting(turn)
    if not counting:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
        return
    area, words = counting[-1].subject.area, _with_proposed_words(turn, meant.words)
    is_rated = progress.ongoing_rating(turn) is not None  # its comment is still being asked for
    can_replace = not is_rated and follow_up.has_comment(turn)
    if not is_rated:
        progress.pause(turn)
    options = [turn.option("change")]
    if words:
        turn.update(proposal=Proposal(0, area, "", words, corrects=True))
        options.append(turn.option("add-words", "join-words"))
    if can_replace:
        instead = turn.option("swap-words", "replace-words") if words else turn.option("rewrite")
        options.append(instead)
    options += [
        turn.option("elsewhere", _MOVE),
        turn.option("erase-rating", "undo"),
        turn.option("keep", f"keep:{area}"),
    ]
    if words:
        options.append(turn.option("not-comment"))
    sentence = "what-to-do" if words else "what-to-change"
    turn.ask(turn.text(sentence, area=turn.release.area_name(area)), options)


def settle_words(turn: TurnBuilder, words: str, how: str) -> None:
    """Add ``words`` to the comment; ``how`` "replace": replace it by them."""
    turn.update(proposal=None, prompt=None)
    is_rated = progress.ongoing_rating(turn) is not None
    if how == "replace":
        follow_up.replace_last_words(turn, words)
    elif is_rated or turn.state.follow_up is not None:
        keep_as_comment(turn, words)
    else:
        follow_up.add_to_closed(turn, words)


def erase_rating(turn: TurnBuilder) -> None:
    """Yes: take back the latest rating with its words."""
    if progress.ongoing_rating(turn) is None:
        rating.change(turn, "")
        turn.body.clear()
    ongoing = progress.ongoing_rating(turn)
    if ongoing is None:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
        return
    area = turn.release.area_name(ongoing.subject.area)
    _take_back(turn)
    turn.question, turn.options = "", ()
    turn.say("rating-erased", area=area)


def refuse(turn: TurnBuilder) -> None:
    """Accept that the citizen does not want to answer; record nothing new."""
    opened = turn.release.open_question(turn.state)
    if opened is not None and opened.question.may_be_left:
        flow.end_question(turn)
        return
    if opened is not None and opened.outline.about_card:
        turn.update(progress=None, prompt=None)
        turn.say("goodbye")
        return
    state = turn.state
    asked = state.prompt is not None and not state.prompt.awaits_option
    held = asked or opened or state.open_draft or state.proposal or state.next_grades
    if opened is not None:
        progress.drop(turn)
    turn.update(prompt=None, draft=None, proposal=None, next_grades=())
    turn.say("refused" if held else "refused-nothing")


def rated_area(turn: TurnBuilder) -> str:
    """The area of the rating in progress; "" if none."""
    ongoing = progress.ongoing_rating(turn)
    return ongoing.subject.area if ongoing is not None else ""


def _asks_for_grade(turn: TurnBuilder) -> bool:
    opened = turn.release.open_question(turn.state)
    return opened is not None and opened.question.kind is QuestionKind.GRADE


def _take_back(turn: TurnBuilder) -> None:
    """Take back the rating in progress, new or changed, with all its answers."""
    ongoing = progress.in_progress(turn)
    outline = progress.outline_of(turn, ongoing)
    if ongoing.opened:
        for question in outline.questionnaire.questions:
            if question.kind is not QuestionKind.NOTE and (
                ongoing.changing or question.id in dict(ongoing.answers)
            ):
                turn.record(AnswerWithdrawn(ongoing.response, question.id))
        turn.record(ResponseClosed(ongoing.response, ResponseOutcome.CANCELLED, ongoing.pending))
    left = tuple(r for r in turn.state.rated if r.response != ongoing.response)
    turn.update(progress=None, prompt=None, follow_up=None, rated=left)
