"""Questionnaires to staff in the chat: which are open, and counting the answers."""

from __future__ import annotations

from handlers.errors import Needed
from handlers.facts.staff import StaffAnswered
from handlers.needs import NeedRounds
from handlers.questionnaires import asking, progress
from handlers.state import Progress, RoundBrief
from handlers.turn import TurnBuilder


def open_rounds(turn: TurnBuilder) -> tuple[RoundBrief, ...]:
    """The open rounds that the contact, if staff, has not answered yet. Raises Needed."""
    staff = turn.known.staff
    if staff is None:
        return ()
    if turn.known.rounds is None:
        raise Needed(NeedRounds(staff.id))
    known = turn.release.newest_outlines
    return tuple(brief for brief in turn.known.rounds if brief.questionnaire in known)


def finish(turn: TurnBuilder, ongoing: Progress) -> None:
    """Record the answers, unless the round has closed meanwhile or was answered in the panel."""
    found = next((brief for brief in open_rounds(turn) if _is_of(brief, ongoing)), None)
    title = asking.localised(turn, progress.outline_of(turn, ongoing).questionnaire.title)
    turn.update(progress=None, prompt=None)
    staff = turn.known.staff
    if found is None or staff is None:
        turn.say("round-over", title=title)
    else:
        turn.record(StaffAnswered(found.number, staff.id, staff.area, ongoing.answers))
        turn.say("round-done", title=title)
    asking.resume_last(turn)


def _is_of(brief: RoundBrief, ongoing: Progress) -> bool:
    return (brief.questionnaire, brief.version) == (ongoing.questionnaire, ongoing.version)
