"""Questions that no card answers: of grades and who reads them, of who writes, of the whole."""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskAboutCase, CaseAspect
from handlers.understanding.intents.information import AskAboutGrades, AskAboutTopic
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent

_FEW_WORDS = 4  # of a short text
_QUESTION = 16  # words
_FEW_TO_ASK = 8  # words of a question where words of a case are awaited


_FILING = {PhraseKind.COMPLAINS, PhraseKind.WANTS_TO_REPORT}


def whole_named(context: Context) -> Intent | None:
    """ "La muni": named and nothing said of it, so it is asked what about."""
    said, empty = context.said, context.lexicon.place_fillers
    named = said.covered(PhraseKind.NAMES_WHOLE)
    alone = bool(named) and all(at in named or word in empty for at, word in enumerate(said.words))
    return Act.ASK_WHAT_ABOUT if alone and "?" not in context.text else None


def question_about_grades(context: Context) -> Intent | None:
    """What a grade is for, who reads it, what is kept; "para qué sirve" may be of what is shown."""
    heard, act = context.heard, "asks_about_grades"
    asks_what = PhraseKind.ASKS_WHAT in context.said.kinds
    asked = heard.likely(act) if asks_what else heard.surely(act)
    if not asked or heard.main != act:
        return None
    named = context.ranking.is_found and _OF_DATA.isdisjoint(context.said.kinds)
    if named and not _speaks_of_grades(context):
        return None  # "¿es verdad que van a cerrar el consultorio?"
    return _explained(context)


_NAMED = (Verdict.SURE, Verdict.UNSURE, Verdict.SEVERAL, Verdict.EXTERNAL)
_OF_DATA = {PhraseKind.ASKS_WHO_READS, PhraseKind.ASKS_DATA}


def _explained(context: Context) -> Intent:
    """Of a grade, where there is one; else of what was shown, of who writes, or of the data."""
    if _speaks_of_grades(context):
        return AskAboutGrades()
    kinds = context.said.kinds
    if PhraseKind.ASKS_WHAT not in kinds or PhraseKind.ASKS_DATA in kinds:
        return Act.EXPLAIN_DATA
    return AskAboutTopic("what") if context.state.topic else SayCourtesy("who_are_you")


def _speaks_of_grades(context: Context) -> bool:
    """Whether a grade is named, given, or asked for."""
    state, opened = context.state, context.open
    rating = opened is not None and not opened.outline.about_card
    named = context.lexicon.said_before.names_grade.search(context.folded)
    return bool(rating or named or state.rated or state.paused or state.proposal)


def who_reads(context: Context) -> Intent | None:
    """ "¿Quién lee esto?", "¿queda asociado a mi RUT?", of a grade; a case has its own readers."""
    comments = context.words_are_awaited and "?" not in context.text
    few = len(context.said.words) <= (_FEW_TO_ASK if comments else _QUESTION)
    if few and PhraseKind.ASKS_WHO_SAW in context.said.kinds and not context.said.names_case:
        return AskAboutCase(CaseAspect.SEEN)
    asks = few and PhraseKind.ASKS_WHO_READS in context.said.kinds
    of_case = context.state.filing is not None or (
        context.state.follow_up is not None and context.state.follow_up.case
    )
    names = context.said.names_case or not _FILING.isdisjoint(context.said.kinds)
    if names and PhraseKind.ASKS_UNNAMED in context.said.kinds:
        return None  # "un reclamo, pero me da miedo que sepan quién soy"
    if not asks or of_case or _asks_whose(context):
        return None
    return _explained(context)


def _asks_whose(context: Context) -> bool:
    """ "¿Quién ve los colegios?": whose matter a thing is that is found, and named behind it."""
    said = context.said
    ours = said.names_case or _speaks_of_grades(context) or PhraseKind.ASKS_DATA in said.kinds
    names = all(end < len(said.words) for _, end in said.spans(PhraseKind.ASKS_WHO_READS))
    return names and not ours and context.ranking.verdict in _NAMED


def official(context: Context) -> Intent | None:
    """ "¿Quién es el alcalde?": names of those in office change, and none is confirmed."""
    few = len(context.said.words) <= (_FEW_TO_ASK if context.words_are_awaited else _QUESTION)
    asks = PhraseKind.ASKS_OFFICIAL in context.said.kinds
    return SayCourtesy("official") if few and asks else None


def origin(context: Context) -> Intent | None:
    """ "¿De dónde sacaron mi número?", "is that from the police": who writes, and from where."""
    if len(context.said.words) > _QUESTION or context.state.handover is not None:
        return None
    asks = any(start <= _FEW_WORDS for start, _ in context.said.spans(PhraseKind.ASKS_ORIGIN))
    return SayCourtesy("origin") if asks else None
