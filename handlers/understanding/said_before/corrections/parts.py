"""Which part of a rating an intent puts right, and whether that part is meant at all."""

from __future__ import annotations

from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import ReviseWords
from handlers.understanding.intents.rating import (
    AskWhatToChange,
    ChangeGrade,
    CorrectArea,
    CorrectGrade,
    ProposeCorrection,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.corrections.chances import (
    hardly_meant,
    likely_grade,
)


def of_likely_part(context: Context, meant: Intent) -> Intent | None:
    """``meant``, unless it puts right a part of the rating that is hardly meant.

    "Lo del 3 estaba mal, era de la OMIL" has the form of a comment's correction, and is of none.
    A grade that is rather not meant is not noted at once: it is asked what is to be changed.
    """
    parts = _parts(meant)
    if parts and hardly_meant(context, *parts):
        return None
    at_once = isinstance(meant, CorrectGrade) and not likely_grade(context)
    return AskWhatToChange(context.text.strip()) if at_once else meant


def _parts(meant: Intent) -> tuple[str, ...]:
    match meant:
        case ReviseWords() | Act.REWRITE_COMMENT:
            return ("words",)
        case CorrectGrade() | ChangeGrade():
            return ("grade",)
        case CorrectArea(area) | ProposeCorrection(area=area) if area:
            return ("area",)
        case Act.UNDO_RATING | CorrectArea() | ProposeCorrection():
            return ("grade", "area")  # a visit that never was is taken back
        case _:
            return ()
