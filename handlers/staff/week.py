"""/semana in the chat of staff: what changed in the newest week, of the areas that are theirs."""

from __future__ import annotations

from handlers.errors import Needed
from handlers.needs import NeedWeek
from handlers.questionnaires import progress
from handlers.state import WeekNews
from handlers.turn import TurnBuilder


def tell(turn: TurnBuilder) -> None:
    """One screen with its picture, or why there is none."""
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
        turn.body.append(found.text)
        turn.file = found.picture
        turn.private = True  # it quotes praise
