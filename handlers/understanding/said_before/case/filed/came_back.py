"""Coming back about an own case: what became of it, that it is still so, or which one is meant.

How it stands is told. Where the citizen has one case, it is the one that is meant unless another
matter is surely named.
"""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.state import CaseRef
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in, names_service
from handlers.understanding.context import Context
from handlers.understanding.intents.cases import (
    AskAboutCase,
    AskIfOfCase,
    CaseAspect,
    ShowCase,
)
from handlers.understanding.reading.days_told import days_ago_told
from handlers.understanding.reading.places import names_place
from handlers.understanding.reading.wishes import OWN_DATA
from handlers.understanding.said_before.case.beside import ToldAndAsked

_MOST_ASKING = 20  # words
_MOST_POINTING = 12  # words of "no, el reclamo que hice el lunes, de los ladridos"
_MOST_LASTING = 12  # words of "buenas, el poste sigue ahí"
_MOST_BEFORE = 3  # words of "no, es por el reclamo que hice"
_FEWEST_TOLD = 3  # words behind a question
_LIKELY_FOUND = 3  # cards that are found first, among which that of a case may be
_FEW_BESIDE = 2  # words beside "quedó peor", which name no other matter
_DAYS_OFF = 14  # by which the day of a case may be misjudged
_GOES = ("withdraws", "undoes", "wants_person")
_COURTEOUS = ("thanks", "farewell", "greets")
# What has its own way, though the case is named beside it.
_ELSE = (
    *(PhraseKind.COMPLAINS, PhraseKind.ANOTHER_CASE, PhraseKind.WANTS_PERSON),
    *(PhraseKind.WANTS_CALL, PhraseKind.WANTS_TO_RATE, PhraseKind.FILED_ELSEWHERE),
    *(PhraseKind.GIVES_UP, PhraseKind.NO_LONGER, PhraseKind.CALLS_OFF, PhraseKind.NOT_CONTENT),
    *(PhraseKind.ADDS_TO_CASE, PhraseKind.CORRECTS_WORDS, PhraseKind.OTHER_CASE, *OWN_DATA),
    *(PhraseKind.DROPS_WORDS, PhraseKind.LEAVES_OUT, PhraseKind.ASKS_PROCEDURE),
)


def news_asked(context: Context) -> ShowCase | None:
    """ "¿Han sabido algo de lo de los perros?", "el reclamo que hice el lunes": how it stands."""
    case, said = _only_case(context), context.said
    if case is None or len(said.words) > _MOST_ASKING:
        return None
    asks = PhraseKind.INQUIRES in said.kinds
    points = any(start <= _MOST_BEFORE for start, _ in said.spans(PhraseKind.POINTS_TO_CASE))
    points = points and len(said.words) <= _MOST_POINTING and not names_place(said)
    if not (asks or points) or not may_be(context, case):
        return None
    follow_up = context.state.follow_up
    return ShowCase(case.number, settles=bool(follow_up and follow_up.revision))


def still_there(context: Context) -> AskIfOfCase | None:
    """ "Buenas, el poste sigue ahí": how the case stands, and whether that is added to it."""
    case, said = _only_case(context), context.said
    if case is None or context.state.follow_up is not None or "?" in context.text:
        return None
    if len(said.words) > _MOST_LASTING or names_place(said) or context.case_in_sight:
        return None
    if not _is_of_card(context, case):
        return None
    return AskIfOfCase(context.text.strip(), case.number, stands=True)


def mended_badly(context: Context) -> AskIfOfCase | None:
    """ "Vinieron, pero lo dejaron a medias": how the only case stands, and whether it is added."""
    case = _only_case(context)
    told = PhraseKind.MENDED_BADLY in context.said.kinds and context.state.follow_up is None
    if case is None or not told or "?" in context.text or context.numbers:
        return None
    words = context.said.words
    alone = len(words) - len(context.said.covered(PhraseKind.MENDED_BADLY)) <= _FEW_BESIDE
    if len(words) > _MOST_LASTING or not (alone or may_be(context, case)):
        return None
    return AskIfOfCase(context.text.strip(), case.number, stands=True)


def answer_expected(context: Context) -> AskAboutCase | ShowCase | None:
    """ "¿Me llega una respuesta o queda ahí no más?", while a case is told or right behind it."""
    state, said = context.state, context.said
    if PhraseKind.EXPECTS_ANSWER not in said.kinds or len(said.words) > _MOST_ASKING:
        return None
    if names_service(context):
        return None
    if state.filing is not None:
        telling = bool(state.filing.words) and not state.filing.doubtful
        return AskAboutCase(CaseAspect.WAY) if telling else None
    follow_up = state.follow_up
    return ShowCase(follow_up.case) if follow_up is not None and follow_up.case else None


def asked_and_told(context: Context) -> ToldAndAsked | None:
    """ "Mèsi. Konbyen tan sa ap pran? Timoun yo ka tonbe ladan l", right after a case was filed."""
    follow_up, text = context.state.follow_up, context.text
    if follow_up is None or not follow_up.case or "?" not in text:
        return None
    asked, _, told = text.rpartition("?")
    before = context.of(f"{asked}?")
    if PhraseKind.EXPECTS_ANSWER not in before.said.kinds or len(told.split()) < _FEWEST_TOLD:
        return None
    behind = context.of(told.strip())
    apart = behind.heard.main in _COURTEOUS or behind.said.begins_reason
    return None if apart else ToldAndAsked(behind, before)


def may_be(context: Context, case: CaseRef) -> bool:
    """Whether the case can be meant: no other matter, and no time long before it, is named."""
    if _is_of_before(context, case):
        return False
    if _is_of_card(context, case):
        return True
    ranking, named = context.ranking, area_in(context, context.text)
    if named is not None and named.id != case.area:
        return False
    return ranking.verdict not in (Verdict.SURE, Verdict.EXTERNAL)


def _is_of_card(context: Context, case: CaseRef) -> bool:
    """Whether what is named finds a card that the words of the case find too."""
    found = [hit.id for hit in context.ranking.hits[:_LIKELY_FOUND]]
    if context.ranking.verdict is Verdict.SURE:
        found = found[:1]
    return case.card in found or not set(case.near).isdisjoint(found)


def _is_of_before(context: Context, case: CaseRef) -> bool:
    """ "El que puse el año pasado": long before the case was filed, not a day that is misjudged."""
    zone = context.release.content.zone
    today = context.at.astimezone(zone).date()
    told = days_ago_told(context.folded, context.lexicon, today)
    if told is None or case.at is None:
        return False
    return told.start > (today - case.at.astimezone(zone).date()).days + _DAYS_OFF


def _only_case(context: Context) -> CaseRef | None:
    """The only case of the chat, where nothing else is being told, asked for or put right."""
    state, said = context.state, context.said
    busy = state.filing is not None or context.is_told_elsewhere or context.command is not None
    busy = busy or (state.follow_up is not None and not state.follow_up.case)
    if len(state.cases) != 1 or busy or context.known.case_owner is False:
        return None
    if not said.kinds.keys().isdisjoint(_ELSE) or context.heard.main in _GOES:
        return None
    return state.cases[0]
