"""/semana in the chat of staff: what changed in the newest week in their areas."""

from __future__ import annotations

from handlers.errors import Needed
from handlers.needs import NeedMeasures, NeedWeek
from handlers.questionnaires import progress
from handlers.state import WeekNews
from handlers.turn import TurnBuilder


def tell(turn: TurnBuilder) -> None:
    """Tell the week with its picture, or why there is none, and offer the open measures."""
    staff, found = turn.known.staff, turn.known.week
    assert staff is not None, "only understood of a staff member"
    if found is None:
        raise Needed(NeedWeek(staff.id))
    progress.pause(turn)
    if not isinstance(found, WeekNews):
        turn.say("week-not-yours")
    elif not found.text:
        turn.say("week-none")
    else:
        measures = _open_measures(turn, staff.id)
        turn.private = True  # it quotes praise
        if found.picture is not None and measures:  # a message with a picture cannot have buttons
            turn.attach(found.picture, found.text)
        else:
            turn.body.append(found.text)
            turn.file = found.picture
        if measures:
            question = turn.text("week-measures", count=measures)
            turn.ask(question, turn.options_named("measures", "menu"))


def _open_measures(turn: TurnBuilder, staff: int) -> int:
    """How many measures are open in the areas where this person decides them."""
    if turn.known.measures is None:
        raise Needed(NeedMeasures(staff))
    return len(turn.known.measures)
