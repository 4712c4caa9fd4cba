"""What is said to the answer of a case: whether it is what was asked for, and what is missing."""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AddToCase, DoubtAnswer, JudgeAnswer
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_who_it_is, question_in

_VALUES = {
    "confirms": "yes",
    "partly": "partly",
    "reports": "partly",
    "denies": "no",
    "blames": "no",
}
JUDGING = tuple(_VALUES)
"""The acts that judge an answer."""

_NOT_SOLVED = ("partly", "denies", "blames")
_FEWEST_MEANT = 2  # words
_MOST_ASKED_BACK = 9  # words
_HINT = 0.2  # probability that something is asked
_HEARD = 0.3  # probability of what judges an answer
_FOUND = (Verdict.SURE, Verdict.SEVERAL, Verdict.EXTERNAL)
_FEW_BARE = 3  # words that tell nothing of what is missing


def answer_judged(context: Context) -> Intent | None:
    """ "No, sigue igual", "ahora sí, gracias", "falta la esquina": it opens the case, or not."""
    number = context.case_judged
    if not number or context.said.asks or context.release.content.case_number.search(context.text):
        return None
    words, act = context.text.strip(), context.heard.main
    if context.heard.chance(act) < _HEARD:
        return None  # what is hardly heard judges nothing, and is asked about
    value = "no" if context.heard.likely("denies") and act == "reports" else _VALUES[act]
    if value == "yes":
        denies = not context.lexicon.negators.isdisjoint(context.said.words)
        curt = len(context.said.words) < _FEWEST_MEANT  # "ok", "ya" may only say that it was read
        doubtful = denies or curt or not context.heard.likely(act)
        return None if doubtful else JudgeAnswer(number, value)
    if _says_only(context, "partly" if value == "partly" else "denies"):
        return JudgeAnswer(number, value)
    return JudgeAnswer(number, value, words) if _is_of_case(context, number) else None


def doubted_later(context: Context) -> Intent | None:
    """ "Sigue igual, no ha pasado nadie", after a yes: these words may open the case again."""
    number, said = context.case_shown, context.said
    if not number or said.asks or not _is_of_case(context, number):
        return None
    if context.heard.surely("reports") or _is_found_elsewhere(context, number):
        return None
    denies = context.lexicon.negators | context.lexicon.said_before.nobody
    if context.heard.main in _NOT_SOLVED or not denies.isdisjoint(said.words):
        return DoubtAnswer(number, context.text.strip())
    return None


def asked_back(context: Context) -> AddToCase | None:
    """ "Gracias, ¿a qué hora?" to an answer: whoever answered is asked, where nothing else is."""
    number, found = context.case_judged, question_in(context)
    if not number or not context.prompt_is_recent or len(context.said.words) > _MOST_ASKED_BACK:
        return None
    read = found.read if found is not None else context
    asks = read.said.asks and read.heard.best((*FOLLOW_UPS, "asks", "blames"), _HINT)
    other = (
        read.ranking.verdict in _FOUND or area_in(context, context.text) or asks_who_it_is(context)
    )
    return AddToCase(number, context.text.strip()) if asks and not other else None


def not_content(context: Context) -> Intent | None:
    """ "No quedé conforme con la respuesta", even after other talk: it goes to the case,
    after a tap unless what is missing was just asked for. Behind a card it is what the card said,
    unless a case is named."""
    state, opened = context.state, context.open
    if not state.cases or state.filing is not None or context.said.asks:
        return None
    number, is_said = _case_meant(context), PhraseKind.NOT_CONTENT in context.said.kinds
    is_said = is_said or (_is_of_nothing_else(context) and not context.ranking.is_found)
    if number and state.follow_up is not None and state.follow_up.answered:
        return _what_is_missing(context, number, said=is_said)
    about_card = opened is not None and opened.outline.about_card
    if not is_said or (about_card and not context.said.names_case):
        return None
    return DoubtAnswer(number, context.text.strip()) if number else Act.SHOW_CASES


def _is_of_nothing_else(context: Context) -> bool:
    """ "No es lo que pedí", where only a case can be meant."""
    state, prompt, heard = context.state, context.state.prompt, context.heard
    shown = state.topic or state.open_draft or state.rated or state.proposal or state.follow_up
    asked = prompt is not None and not prompt.offers("menu", "ask")
    if shown or asked or context.open is not None or context.command is not None:
        return False
    denies = heard.main == "denies" and heard.surely("denies")
    return denies and len(context.said.words) > _FEW_BARE


def _case_meant(context: Context) -> str:
    """The case that is told more of, or the only one; "" where it is not plain."""
    follow_up, cases = context.state.follow_up, context.state.cases
    if follow_up is not None and follow_up.case:
        return follow_up.case
    return cases[0].number if len(cases) == 1 else ""


def _what_is_missing(context: Context, number: str, *, said: bool) -> Intent | None:
    """ "Quedé disconforme", "no me sirvió": no end of the telling, but what is missing."""
    words, heard = context.text.strip(), context.heard
    if said:
        return JudgeAnswer(number, "no", words)
    denies = heard.main in _NOT_SOLVED and heard.likely(heard.main) and context.command is None
    return DoubtAnswer(number, words) if denies and len(context.said.words) > 1 else None


def _says_only(context: Context, act: str) -> bool:
    """ "En parte", "todavía no": whether it is, and nothing of what is missing."""
    few = len(context.said.words) <= _FEW_BARE
    return few and context.heard.main == act and context.heard.surely(act)


def _is_of_case(context: Context, number: str) -> bool:
    """Whether the words name no area, or that of the case: else they are about something else."""
    named = area_in(context, context.text)
    return named is None or named.id in _areas_of(context, number)


def _is_found_elsewhere(context: Context, number: str) -> bool:
    """ "No funciona la página de pagos", where the case was about the refuse."""
    ranking, area_of = context.ranking, context.release.area_of_card
    if not ranking.is_found:
        return False
    return {area_of(card) for card in ranking.cards()}.isdisjoint(_areas_of(context, number))


def _areas_of(context: Context, number: str) -> list[str]:
    return [one.area for one in context.state.cases if one.number == number]
