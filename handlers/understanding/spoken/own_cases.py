"""How an own case or procedure stands."""

from __future__ import annotations

from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskToWithdraw, ShowCase
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.card.shown import goes_on_about_card

_FEW_WORDS = 4  # of a short text
_OF_PROCEDURE = 0.4  # probability, where nothing else is more probable
_ASKS_STATUS = 0.25  # probability that counts beside the name of an own case's kind


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
    return ShowCase(number)


def own_case(context: Context) -> Intent | None:
    """How an own case stands."""
    heard = context.heard
    asked = heard.main == "status_case" and heard.likely("status_case")
    if not context.state.cases and goes_on_about_card(context):
        return None  # "cómo lo denuncio"
    if PhraseKind.FILED_ELSEWHERE in context.said.kinds:
        return Act.ASK_ABOUT_OTHER_CASE  # "lo puse en la oficina, en papel"
    return Act.SHOW_CASES if asked else None


def own_case_of_kind(context: Context) -> Intent | None:
    """The same, said less plainly by a citizen who has a case, with the name of its kind."""
    words = context.folded.split()
    named = {case.kind for case in context.state.cases} & set(words)
    of_state, heard = ("status_case", "status_procedure"), context.heard
    asks = heard.best(of_state, _ASKS_STATUS)
    said = bool(asks) or PhraseKind.ASKS_STATE in context.said.kinds
    curt = said and len(words) <= _FEW_WORDS and heard.main in of_state  # "¿en qué quedó?"
    plain = len(words) <= _FEW_WORDS and not heard.likely(heard.main)  # "el reclamo sigue igual"
    shown = (named and (asks or plain)) or (curt and context.state.cases)
    return Act.SHOW_CASES if shown else None


def own_procedure(context: Context) -> Intent | None:
    """How a procedure stands: no file is seen here."""
    heard = context.heard
    said = heard.main == "status_procedure" and heard.chance("status_procedure") >= _OF_PROCEDURE
    kinds = context.said.kinds
    said = said and PhraseKind.ASKS_HOW_DONE not in kinds
    named = PhraseKind.ASKS_PROCEDURE in kinds
    return Act.ASK_ABOUT_PROCEDURE if said or named else None
