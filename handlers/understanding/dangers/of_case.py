"""A danger that goes on, told of a case that is open for it: the numbers, and it is added there."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.state import CaseRef
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.dangers.reports import danger_report
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskAboutCase, ShowCase
from handlers.understanding.intents.danger import HAZARD, ReportDanger
from handlers.understanding.intents.union import Intents
from handlers.understanding.said_before.case.filed.which_case import by_matter, shown_case

_ADDS = frozenset(
    {PhraseKind.ADDS_TO_CASE, PhraseKind.ADDS_TO_COMMENT, PhraseKind.ADDS_THIS}
    | {PhraseKind.NAMES_OWN_CASE, PhraseKind.STILL_GOING, PhraseKind.STILL_SO}
)
_ENDS = frozenset({PhraseKind.GONE, PhraseKind.DENIES_DANGER, PhraseKind.NO_LONGER})


def danger_told(context: Context) -> ReportDanger | None:
    """The danger that a text tells, with the case that it belongs to where one is open for it."""
    found = danger_report(context)
    if found is not None and (found.is_personal or found.case):
        return found
    of_case = not context.said.kinds.keys().isdisjoint({*_ADDS, PhraseKind.OTHERS_NEAR})
    of_case = of_case or (found is not None and found.for_case)
    case = _case_meant(context) if of_case else None
    if case is None:
        return found
    if found is None:
        return _of_urgent(context, case)
    if found.for_case and context.state.follow_up is None:
        return replace(found, case=case.number)
    if context.said.kinds.keys().isdisjoint(_ADDS):
        return found
    words, doubtful = context.text.strip(), found.doubtful and not case.urgent
    return replace(
        found, words=words, for_case=True, case=case.number, doubtful=doubtful, beside=False
    )


def asked_of_case(found: ReportDanger, read: Intents) -> Intents:
    """What is asked of the case beside the danger: "¿alguien vio mi reclamo?"."""
    asked = tuple(one for one in read if isinstance(one, AskAboutCase | ShowCase))
    shown = any(one is Act.SHOW_CASES for one in read)
    return asked or ((ShowCase(found.case),) if shown else ())


def _of_urgent(context: Context, case: CaseRef) -> ReportDanger | None:
    """ "Todavía sigue el poste ahí", "pasan niños por ahí", of a case that could not wait."""
    kinds = context.said.kinds.keys()
    if not case.urgent or context.command is not None or not _ENDS.isdisjoint(kinds):
        return None
    if context.alert not in ("", HAZARD):
        return None  # the numbers for that are told again
    follow_up = context.state.follow_up
    told = follow_up is not None or context.said.names_case or by_matter(context, (case,))
    goes_on = not kinds.isdisjoint({PhraseKind.STILL_GOING, PhraseKind.STILL_SO}) and told
    if not goes_on and PhraseKind.OTHERS_NEAR not in kinds:
        return None
    hazard = context.release.content.emergency_by_id[HAZARD]
    return ReportDanger(
        hazard.reply,
        HAZARD,
        words=context.text.strip(),
        for_case=True,
        case=case.number,
        language=context.other_language,
    )


def _case_meant(context: Context) -> CaseRef | None:
    """The own case that is spoken of; None where none is, or it is closed, or several may be."""
    state = context.state
    if not state.cases or state.filing is not None or context.known.case_owner is False:
        return None
    if context.quoted_case or context.known.staff is not None:
        return None
    if state.follow_up is not None:
        return next((case for case in state.cases if case.number == state.follow_up.case), None)
    if context.words_are_awaited or context.is_told_elsewhere:
        return None
    number = shown_case(context)
    fits = tuple(case for case in state.cases if case.number == number) or state.cases
    fits = by_matter(context, fits) or fits
    urgent = tuple(case for case in fits if case.urgent)
    fits = urgent or fits
    return fits[0] if len(fits) == 1 else None
