"""Questions of a case that its own state answers, several in one message too: none is its words.

"¿Qué pasa después? ¿Va a saber que fui yo?": each is answered, and what is open stays open.
"""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskAboutCase, CaseAspect
from handlers.understanding.intents.union import Intent, Intents
from handlers.understanding.reading.clauses import clauses
from handlers.understanding.reading.places import names_place
from handlers.understanding.said_before.case.questions import ASPECTS_SAID

# What a message asks of a case is told by these, whatever else it may begin with.
_ASKING = {
    *(PhraseKind.ASKS_IF_TOLD, PhraseKind.ASKS_WHO_SAW, PhraseKind.ASKS_UNNAMED),
    *(PhraseKind.ASKS_WHO_ANSWERS, PhraseKind.ASKS_WHO_READS, PhraseKind.ASKS_ANSWER),
}
_ASPECTS = {
    PhraseKind.ASKS_IF_TOLD: CaseAspect.TOLD,
    PhraseKind.ASKS_WHO_SAW: CaseAspect.SEEN,
    **ASPECTS_SAID,
}
_TELLS = {PhraseKind.TELLS_BY_ASKING, PhraseKind.TELLS_WISH}
_OF_CASE = ("reports", "complains", "suggests", "blames")
_TOLD = 0.35  # probability that words beside a question tell of the case
_MOST_ASKED = 12  # words of one question
_MOST_BEFORE = 4  # words before what is asked: "pero contésteme pues, le pregunté si"
_FIRST = 3  # words among which a no makes a wish of it
_FEW_BESIDE = 5  # words that only lead to a question, or press for its answer


def asked_of_case(context: Context) -> Intents:
    """What is asked of the case that is told or was filed; nothing where more than that is said."""
    if context.command is not None or not _is_of_case(context):
        return ()
    if _ASKING.isdisjoint(context.said.kinds):
        return ()
    found: list[CaseAspect] = []
    for clause in clauses(context.text, context.lexicon):
        part = context.of(clause.strip(" ,;:.!"))
        aspect = _aspect(part)
        if aspect is not None:
            found.append(aspect)
        elif part.folded and not _only_leads(part):
            return ()
    if set(found) == {CaseAspect.WAY}:
        return ()  # how it stands, or how long it takes, is read elsewhere
    return tuple(_answer(context, aspect) for aspect in dict.fromkeys(found))


def _is_of_case(context: Context) -> bool:
    state, follow_up = context.state, context.state.follow_up
    if state.handover is not None or state.progress is not None:
        return False
    if state.filing is not None:
        return bool(state.filing.words)
    return bool(state.cases) and (follow_up is None or bool(follow_up.case))


def _aspect(part: Context) -> CaseAspect | None:
    """What a clause asks of the case, if it is a question of it and of nothing else."""
    said = part.said
    if len(said.words) > _MOST_ASKED or not _TELLS.isdisjoint(said.kinds):
        return None
    kind = next((kind for kind in _ASPECTS if kind in _ASKING and kind in said.kinds), None)
    if part.ranking.verdict is Verdict.EXTERNAL and kind is not None:
        return None  # "quién ve lo del agua"
    if kind is None or (kind is PhraseKind.ASKS_WHO_SAW and said.names_case):
        return None  # "¿alguien revisó mi reclamo?": how it stands
    begins = min(start for start, _ in said.spans(kind)) <= _MOST_BEFORE
    denies = not part.lexicon.negators.isdisjoint(said.words[:_FIRST])  # "que no salga mi nombre"
    asks = "?" in part.text or (begins and not denies)
    return _ASPECTS[kind] if asks else None


def _only_leads(part: Context) -> bool:
    """ "Wait", "pero contésteme pues", "¿y si muerden a otro?": asks too, or tells nothing."""
    if names_place(part.said) or part.numbers or PhraseKind.TELLS_WHEN in part.said.kinds:
        return False  # "fue ayer" was asked for
    if part.ranking.verdict is Verdict.EXTERNAL and PhraseKind.TELLS_WISH in part.said.kinds:
        return True  # "yo quiero que llegue al hospital"
    if part.heard.best(_OF_CASE, _TOLD) and "?" not in part.text:
        return False
    return "?" in part.text or len(part.said.words) <= _FEW_BESIDE


def _answer(context: Context, aspect: CaseAspect) -> Intent:
    if aspect is CaseAspect.WAY and context.state.filing is None:
        return Act.SHOW_CASES
    return AskAboutCase(aspect)
