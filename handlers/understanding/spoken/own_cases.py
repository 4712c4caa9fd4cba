"""How an own case or procedure stands."""

from __future__ import annotations

import re

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.cases import AskToWithdraw, ShowCase
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.card.shown import goes_on_about_card

_FEW_WORDS = 4  # of a short text
_OF_PROCEDURE = 0.4  # probability, where nothing else is more probable
_ASKS_STATUS = 0.25  # probability that counts beside the name of an own case's kind


# How a procedure is done and how long it takes anybody, or what others say of it.
_OF_ANYBODY = {
    *(PhraseKind.ASKS_HOW_DONE, PhraseKind.ASKS_HOW_LONG),
    *(PhraseKind.HEARSAY, PhraseKind.ASKS_IF_SO),
}
_FEWEST_PARTS = 2
_PARTS = re.compile(r"[^.,;:!?\n()]+\??")
_STATUS = ("status_case", "status_procedure")
_OF_STATE = {PhraseKind.ASKS_CASE, PhraseKind.ASKS_STATE, PhraseKind.ASKS_ANSWER}
_ELSEWHERE = {PhraseKind.FILED_ELSEWHERE, PhraseKind.FILED_BEFORE}


def case_number(context: Context) -> Intent | None:
    """The number of a case; where words are awaited, with few of them around it."""
    content = context.release.content
    found = content.case_number.search(context.text)
    at_length = context.words_are_awaited and len(context.folded.split()) > 12
    if found is None or at_length or context.state.follow_up is not None:
        return None
    number = f"{content.case_prefix}-{found[1]}-{int(found[2]):06}"
    if context.heard.main == "withdraws" and number in {c.number for c in context.state.cases}:
        return AskToWithdraw(number)
    own, filing = number in {case.number for case in context.state.cases}, context.state.filing
    return ShowCase(number, settles=own and filing is not None and filing.waiting)


def number_asked(context: Context) -> ShowCase | None:
    """ "LS-2026-000001 en qué va", right after a case was filed: asked, and no word of it."""
    content, follow_up = context.release.content, context.state.follow_up
    found = content.case_number.search(context.text)
    if found is None or follow_up is None or not follow_up.case:
        return None
    number = f"{content.case_prefix}-{found[1]}-{int(found[2]):06}"
    beside = context.of(context.text.replace(found[0], " "))
    named = not _OF_STATE.isdisjoint(context.said.kinds)
    asks = named or beside.said.asks or beside.heard.best(_STATUS, _ASKS_STATUS)
    alone = not beside.said.words
    own = number in [case.number for case in context.state.cases]
    return ShowCase(number) if own and (asks or alone) else None


def filed_elsewhere(context: Context) -> Intent | None:
    """ "Puse un reclamo la semana pasada, ¿qué pasó?", where no case of this chat can be meant."""
    state, said = context.state, context.said
    if _ELSEWHERE.isdisjoint(said.kinds):
        return None
    told = state.filing is not None or context.words_are_awaited
    by_person = any(case.kind in (CaseKind.PERSON, CaseKind.CALL) for case in state.cases[-1:])
    if state.follow_up is not None and state.follow_up.case and by_person:
        return AddWords(context.text)  # that person can look for it
    if told or context.release.content.case_number.search(context.text):
        return None
    own = any(case.kind not in (CaseKind.PERSON, CaseKind.CALL) for case in state.cases)
    return Act.MISS_CASE if PhraseKind.FILED_ELSEWHERE in said.kinds or not own else None


def own_case(context: Context) -> Intent | None:
    """How an own case stands."""
    heard = context.heard
    asked = heard.main == "status_case" and heard.likely("status_case")
    where = PhraseKind.ASKS_WHERE_TO_COMPLAIN in context.said.kinds  # "a quién reclamo por el humo"
    elsewhere = where or goes_on_about_card(context) or asks_of_service(context)
    if not context.state.cases and elsewhere:
        return None  # "cómo lo denuncio"
    return Act.SHOW_CASES if asked else None


def own_case_of_kind(context: Context) -> Intent | None:
    """The same, said less plainly by a citizen who has a case, with the name of its kind."""
    words = context.folded.split()
    named = {case.kind for case in context.state.cases} & set(words)
    heard = context.heard
    asks = heard.best(_STATUS, _ASKS_STATUS)
    said = bool(asks) or PhraseKind.ASKS_STATE in context.said.kinds
    curt = said and len(words) <= _FEW_WORDS and heard.main in _STATUS  # "¿en qué quedó?"
    plain = len(words) <= _FEW_WORDS and not heard.likely(heard.main)  # "el reclamo sigue igual"
    shown = (named and (asks or plain)) or (curt and context.state.cases)
    return Act.SHOW_CASES if shown else None


def own_procedure(context: Context) -> Intent | None:
    """How a procedure stands: no file is seen here."""
    heard = context.heard
    said = heard.main == "status_procedure" and heard.chance("status_procedure") >= _OF_PROCEDURE
    kinds = context.said.kinds
    said = said and _OF_ANYBODY.isdisjoint(kinds)
    named = PhraseKind.ASKS_PROCEDURE in kinds
    said = said and not asks_of_service(context)
    said = said and context.ranking.verdict is not Verdict.EXTERNAL  # whose it is helps more
    return Act.ASK_ABOUT_PROCEDURE if named or said else None


def asks_of_service(context: Context) -> bool:
    """ "Ya hice la denuncia, quería saber si hay cámaras": what is asked is no case's state.

    One of its parts asks, none of those that ask does so of a state, and a card is surely found.
    """
    parts = [context.of(part) for part in _PARTS.findall(context.text) if part.strip(" ?")]
    asking = [part for part in parts if part.said.asks or _inquires(part)]
    if len(parts) < _FEWEST_PARTS or any(part.heard.best(_STATUS, _ASKS_STATUS) for part in asking):
        return False
    found = any(part.ranking.cards() and not part.ranking.doubtful for part in asking)
    return found and context.ranking.verdict is Verdict.SURE


def _inquires(context: Context) -> bool:
    said_before = context.lexicon.said_before
    lead = said_before.leads.match(context.folded)
    return lead is not None and said_before.inquires.search(lead[0]) is not None
