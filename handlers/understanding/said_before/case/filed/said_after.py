"""What is done about each kind of words that follow a filed case."""

from __future__ import annotations

from handlers.messages import Text
from handlers.state import FollowUp
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_mentioned
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.grades.unprompted import grade_beside_case
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.cases import (
    AskAboutCase,
    AskIfCorrection,
    AskIfOfCase,
    AskToWithdraw,
    CaseAspect,
)
from handlers.understanding.intents.information import AskAboutCard, LookUp
from handlers.understanding.intents.rating import ProposeGrade
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import question_in
from handlers.understanding.reading.clauses import naming
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.case.filed.chances import chances
from handlers.understanding.said_before.case.more import (
    agrees,
    is_for_person,
    something_else,
    tells_by_form,
)
from handlers.understanding.said_before.case.questions import ASPECTS_HEARD, is_of_another_cost
from handlers.understanding.said_before.case.withdrawals import grades_something
from handlers.understanding.said_before.corrections.cases import correction_announced

_LIKELY = 0.4  # probability from which what is heard is taken for it
_PERHAPS = 0.3  # the same of a correction, which is asked about and may be added as well
_HINT = 0.1  # probability of a question, where one is heard already
# What leaves a part or a name out, which is no more of the case.
_LEAVING_OUT = {
    *(PhraseKind.DROPS_WORDS, PhraseKind.DROPS_LAST, PhraseKind.DROPS_NAME, PhraseKind.OWN_NAME),
    *(PhraseKind.NAMES_PART, PhraseKind.LEAVES_OUT, PhraseKind.ASKS_UNNAMED),
    *(PhraseKind.CORRECTS_WORDS, PhraseKind.MAY_CORRECT),
}
_PLACING = {PhraseKind.AT_PLACE, PhraseKind.TELLS_WHERE}
_ANSWERED = ("asks", "new", "thanks")  # what neither adds anything nor puts it right


def put_right(context: Context) -> Intent | None:
    """ "No eran dos semanas, son tres", "saque lo de la enfermera", "ya no, retírelo": asked."""
    follow_up = _open_case(context)
    if follow_up is None or ("?" in context.text and tells_by_form(context)):
        return None  # "¿20 días más? Voy a cerrar"
    if (announced := correction_announced(context, follow_up.case)) is not None:
        return announced
    found = chances(context)
    keeps = PhraseKind.KEEPS_GRADE in context.said.kinds  # "el reclamo déjelo igual"
    if found.withdraws >= _LIKELY and not keeps:
        return AskToWithdraw(follow_up.case)
    if _warns_of_others(context, follow_up):
        return AddWords(context.text)
    if found.corrects + found.erases < _PERHAPS or found.most in _ANSWERED:
        return None
    if (rated := _grade_beside(context)) is not None:
        return rated
    return AskIfCorrection(context.text.strip(), omits=found.erases >= _LIKELY)


def _warns_of_others(context: Context, follow_up: FollowUp) -> bool:
    """ "Ah y al lado hay un kínder, que no salgan los niños por ahí": what is there is told, and
    what should not happen there; none of it was told before, so nothing is left out."""
    said = context.said
    if "?" in context.text or not said.kinds.keys().isdisjoint(_LEAVING_OUT):
        return False
    first, *others = (context.of(part).said for part in said.parts)
    there = not _PLACING.isdisjoint(first.kinds)
    if not there or not first.lexicon.negators.isdisjoint(first.words):
        return False
    known = {*fold(f"{follow_up.told} {first.text}").split()}
    return any(_warns(other, known) for other in others)


def _warns(wish: Said, known: set[str]) -> bool:
    """ "Que no salgan los niños por ahí": not "que no salga", nor what was told before."""
    within = wish.covered(PhraseKind.WISHES_DONE, PhraseKind.HIDES_PART)
    named = naming([word for at, word in enumerate(wish.words) if at not in within], wish.lexicon)
    known = {word.removesuffix("s") for word in known}
    return wish.begins(PhraseKind.WISHES_DONE) and bool(named) and named.isdisjoint(known)


def _grade_beside(context: Context) -> ProposeGrade | None:
    """ "Y de nota ahora le pongo un 3, nadie dijo nada": neither more of it nor a correction."""
    gives = _grades_named(context) or grades_something(context)
    return grade_beside_case(context) if gives else None


def _grades_named(context: Context) -> bool:
    return bool(context.numbers) and area_mentioned(context, context.text) is not None


def told_more(context: Context) -> AddWords | AskToWithdraw | ProposeGrade | Act | None:
    """What is plainly more of the case, or plainly the end of it; a grade beside it is neither."""
    follow_up = _open_case(context)
    if follow_up is None:
        return None
    if _grades_named(context) and (rated := grade_beside_case(context)) is not None:
        return rated
    found = chances(context)
    but = not context.lexicon.contrast.isdisjoint(context.said.words)
    if found.thanks >= _LIKELY and not follow_up.revision and not but:
        came = PhraseKind.HELP_CAME in context.said.kinds  # "gracias, ya lo sacaron"
        return AskToWithdraw(follow_up.case) if came else Act.FINISH
    return AddWords(context.text) if found.adds >= _LIKELY else None


def rather_else(context: Context) -> Intent | None:
    """What is rather something else than more of the case: its answer, or whether it is added."""
    found = chances(context) if _open_case(context) is not None else None
    if found is None or found.most == "adds" or tells_by_form(context):
        return None
    answer = something_else(context)
    shows = isinstance(answer, AskAboutCard) and found.new < _LIKELY
    if shows and question_in(context) is None:
        return AskIfOfCase(context.text.strip())  # "tengo la boleta y el comprobante"
    if not isinstance(answer, AskIfOfCase):
        return answer
    if found.new >= _LIKELY and context.ranking.is_found:
        return LookUp(context.text, context.ranking)
    act = context.heard.best((*FOLLOW_UPS, "asks_about_grades"), _HINT)
    asks = found.asks >= _LIKELY and act
    if act == "follow_cost" and is_of_another_cost(context):
        return answer
    return AskAboutCase(ASPECTS_HEARD.get(act, CaseAspect.WAY)) if asks else answer


def _open_case(context: Context) -> FollowUp | None:
    """The case whose words are known, while more may be added; None for commands and a yes."""
    follow_up = context.state.follow_up
    if follow_up is None or not follow_up.told or context.command is not None:
        return None
    if is_for_person(context) or agrees(context, context.text):
        return None
    written = context.has_words and isinstance(context.incoming.body, Text)
    return follow_up if written and context.said.words else None
