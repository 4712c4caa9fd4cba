"""A grade that is to be another, and not plainly which: it is asked for anew."""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import (
    ChangeGrade,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.corrections.on_record import (
    rated_area,
)
from handlers.understanding.said_before.corrections.possible import (
    what_to_change,
)


def half_grade(context: Context) -> Intent | None:
    """No whole grade: it is asked for, of the rating that is open or of the one before."""
    opened = context.open
    if opened is not None and opened.grades_area:
        return Act.GIVE_HALF_GRADE
    return change_latest(context)


def change_latest(context: Context) -> Intent | None:
    """Its grade is asked for anew; of a rating that is closed only where the grade is meant."""
    if context.rating_is_closed and not _speaks_of_grade(context):
        found = context.ranking.verdict is Verdict.SURE  # "me equivoqué al pagar la patente"
        return None if found else what_to_change(context)
    follow_up = context.state.follow_up
    if follow_up is not None and follow_up.messages and not _speaks_of_grade(context):
        return what_to_change(context)  # it may be the comment
    return ChangeGrade(rated_area(context))


def _speaks_of_grade(context: Context) -> bool:
    kinds, words = context.said.kinds, context.lexicon.said_before
    doubted = PhraseKind.DOUBTS_GRADE in kinds or PhraseKind.CORRECTS_GRADE in kinds
    return doubted or bool(context.numbers) or words.names_grade.search(context.folded) is not None
