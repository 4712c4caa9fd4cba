"""A case is left by the first parts of a text: given up, denied, or only meant as a question.

What stands behind them, if it is another wish, is read as if nothing had been open.
"""

from __future__ import annotations

from msgspec.structs import replace

from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import BeginCase, ShowCase
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    LookUp,
    ShowArea,
    ShowCard,
    Speak,
)
from handlers.understanding.intents.own_data import AskRight
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import Rate
from handlers.understanding.intents.union import Intents
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said

# What is wished for itself, and is no reason why the case is left.
_WISHED = (
    *(AskForPerson, BeginCase, ShowCase, Rate, AskRight, Speak),
    *(ShowArea, ShowCard, AskAboutArea, AskAboutCard),
)
_WISHED_ACTS = {
    *(Act.SHOW_CASES, Act.SHOW_MENU, Act.SHOW_HELP, Act.LIST_AREAS, Act.START_RATING),
    *(Act.CHOOSE_AREA, Act.EXPLAIN_DATA, Act.LIST_RIGHTS, Act.ASK_ABOUT_PROCEDURE),
}
_LEAVING = (PhraseKind.GIVES_UP, PhraseKind.ONLY_ASKS, PhraseKind.NO_LONGER)
_BESIDE = ("no", "thanks", "hello", "yes")  # commands of parts that leave nothing of themselves
_FEW_OF_COURTESY = 3  # words of a part beside: "muchas gracias"


def is_left_whole(context: Context) -> bool:
    """ "No era para reclamar, era una consulta", "mejor no, gracias": and nothing else is said."""
    return _leading(context) == len(_parts(context)) and "?" not in context.text


def behind_leaving(context: Context) -> Context | None:
    """ "Cancelar, mejor una persona", "mejor no. quiero ver mi reclamo": what is wished instead,
    where a case is told or was just filed; None where nothing is left, or nothing stands behind.
    """
    prompt, follow_up = context.state.prompt, context.state.follow_up
    telling = prompt is not None and prompt.awaits in (Awaits.CASE, Awaits.CASE_AREA)
    filed = follow_up is not None and bool(follow_up.case)
    if not telling and not filed:
        return None
    parts = _parts(context)
    leading = _leading(context)
    if not 0 < leading < len(parts):
        return None
    if filed and not any(_cancels(context, part) for part in parts[:leading]):
        return None  # "ya no, …" may take back what was filed: that is asked
    rest = context.text[context.text.index(parts[leading]) :].strip()
    behind = context.of(rest, answered=True)
    state = replace(behind.state, filing=None, follow_up=None, draft=None)
    return Context(behind.incoming, state, context.known, context.release, context.at)


def is_cancelled(context: Context) -> bool:
    """ "CANCELAR, no es una multa": the word itself begins it, whatever is the reason."""
    return _cancels(context, next(iter(_parts(context)), ""))


def is_only_asked(context: Context) -> bool:
    """ "Era una pregunta, …", "no quiero reclamar todavía, primero lo de …": a part says so."""
    parts = [Said(part, context.lexicon) for part in _parts(context)]
    first = context.lexicon.said_before.in_turn
    return any(PhraseKind.ONLY_ASKS in said.kinds for said in parts) or any(
        not first.isdisjoint(said.words[:1]) for said in parts[1:]
    )


def is_another_wish(intents: Intents, behind: Context, *, only_asks: bool = False) -> bool:
    """Whether what was read behind the leaving is plainly wished for, or asked.

    ``only_asks``: it is said to be a question, as by the button "Era una pregunta".
    """
    first = next(iter(intents), None)
    if isinstance(first, LookUp):
        asks = only_asks or behind.said.asks or behind.heard.likely("asks")
        return asks and (first.ranking.is_found or first.ranking.verdict is Verdict.EXTERNAL)
    return isinstance(first, _WISHED) or first in _WISHED_ACTS


def _parts(context: Context) -> list[str]:
    return [part for part in PARTS.split(context.text) if fold(part)]


def _leading(context: Context) -> int:
    """How many of the first parts leave the case; courtesies among them count along."""
    leading = 0
    for at, part in enumerate(_parts(context), 1):
        if _leaves(context, part):
            leading = at
        elif not (_is_beside(context, part) and leading == at - 1):
            return leading
        elif leading:
            leading = at
    return leading


def _leaves(context: Context, part: str) -> bool:
    return _cancels(context, part) or _is_leaving(context, fold(part))


def _is_leaving(context: Context, folded: str) -> bool:
    """ "Mejor no lo mande", and the same behind another no; not "no anule el reclamo"."""
    said = Said(folded, context.lexicon)
    if any(map(said.is_only, _LEAVING)):
        return True
    no, _, rest = folded.partition(" ")
    denies = not context.lexicon.negators.isdisjoint(rest.split())
    return denies and context.commands.get(no) == "no" and _is_leaving(context, rest)


def _cancels(context: Context, part: str) -> bool:
    return context.commands.get(fold(part)) == "cancel"


def _is_beside(context: Context, part: str) -> bool:
    """ "Gracias", "no", "perdón": leaves nothing, and asks for nothing either."""
    said = Said(part, context.lexicon)
    slips = not context.lexicon.grade.slips.isdisjoint(said.words)
    few = len(said.words) <= _FEW_OF_COURTESY
    return few and (context.commands.get(said.folded) in _BESIDE or slips)
