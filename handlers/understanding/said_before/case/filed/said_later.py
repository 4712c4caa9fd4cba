"""What is said of an own case once no more words of it are awaited.

A case is a topic as a card is: what orders something to be added to it, what calls it by its name
or its matter, and what is told below how it stands belongs to it. Only an order that names it adds
unasked; of anything else it is asked.
"""

from __future__ import annotations

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.state import CaseRef
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import RECENT, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import SettleWords
from handlers.understanding.intents.cases import (
    AddToCase,
    AskIfOfCase,
    AskWhichCase,
    ReopenCase,
    ShowCase,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import question_in
from handlers.understanding.reading.places import names_place
from handlers.understanding.reading.wishes import OWN_DATA, adds_plainly, case_wished, gives_grade
from handlers.understanding.said_before.card.decision.chances import begins_with_condition
from handlers.understanding.said_before.case.filed.agreed import orders_to_add
from handlers.understanding.said_before.case.filed.which_case import by_matter, shown_case
from handlers.understanding.said_before.case.more import asks_something, tells_more
from handlers.understanding.said_before.case.questions import ASKING, asks_of_state

ORDERS = (PhraseKind.ADDS_THIS, PhraseKind.ADDS_IT, PhraseKind.ADDS_TO_CASE)
_FEW_ORDERING = 8  # words of "no, agréguelo a mi caso por favor"
_LONGEST_ORDER = 6  # words of "agregar algo a mi reclamo"; in longer ones stands what is added
_MOST_BEFORE_ORDER = 3  # words of "no, por favor agregue"
_FEWEST_NAMED = 4  # words beside the name of a case that tell something
_FEWEST_TOLD = 3  # words
_FEWEST_OF_CARD = 5  # words of "ya arreglaron uno, faltan tres"
_HINT = 0.2  # probability of a question
_OF_PERSON = (CaseKind.PERSON, CaseKind.CALL)
_COMPLAINTS = (CaseKind.COMPLAINT, CaseKind.SUGGESTION)
# More of a case that was just shown, whatever it names.
_MORE = {PhraseKind.TELLS_ALSO, PhraseKind.STILL_SO, PhraseKind.PERSISTS}
_STATUS = ("status_case", "status_procedure")
_FEWEST_PART = 2  # words of "faltan tres"
# What has its own way: another case, a person, a rating, own data.
_ELSE = (
    *(PhraseKind.COMPLAINS, PhraseKind.ANOTHER_CASE, PhraseKind.WANTS_PERSON),
    *(PhraseKind.WANTS_CALL, PhraseKind.WANTS_TO_RATE, PhraseKind.FILED_ELSEWHERE),
    *(PhraseKind.FILED_BEFORE, PhraseKind.GIVES_UP, PhraseKind.NO_LONGER, PhraseKind.CALLS_OFF),
    *(PhraseKind.NOT_CONTENT, PhraseKind.WANTS_TO_REPORT, PhraseKind.KEEPS_GRADE, *OWN_DATA),
)
_OF_STATE = (PhraseKind.ASKS_CASE, PhraseKind.ASKS_STATE, PhraseKind.ASKS_ANSWER)


def ordered(context: Context) -> Intent | None:
    """An order to add to a case: what was said last, or what stands behind the order."""
    return _add_last(context) or _add_behind(context)


def _add_last(context: Context) -> Intent | None:
    """ "No, agréguelo a mi caso": what was said last, where it was only answered."""
    state, said = context.state, context.said
    few = len(said.words) <= _FEW_ORDERING and "?" not in context.text
    if not few or not state.cases or state.filing:
        return None
    named = PhraseKind.ADDS_THIS in said.kinds
    if not named and not (orders_to_add(context) and _may_be_added(context)):
        return None
    added_to = state.follow_up if state.follow_up is not None and state.follow_up.case else None
    if added_to is not None and added_to.revision:
        return SettleWords("join")
    number = added_to.case if added_to is not None else state.cases[-1].number
    asked, known = state.matter, state.follow_up.told if state.follow_up is not None else ""
    last = asked.words.rpartition("\n")[2] if asked is not None else ""
    if last and last not in known and asked is not None and context.at - asked.at <= RECENT:
        return AddToCase(number, last) if named else AskIfOfCase(last, number)
    if not named:
        return None
    return ReopenCase(number) if added_to is None else Act.OFFER_WORDS


def _add_behind(context: Context) -> Intent | None:
    """ "Agregue a mi reclamo: hay ratas", "dígales que son tres": what stands behind the order."""
    spans = context.said.spans(PhraseKind.ADDS_TO_CASE)
    if not spans or not _may_be_added(context):
        return None
    start, end = max(spans, key=lambda span: (-span[0], span[1]))
    named = context.said.names_case or PhraseKind.NAMES_OWN_CASE in context.said.kinds
    if start > _MOST_BEFORE_ORDER or not (named or _spoken_of(context)):
        return None
    number = shown_case(context) or context.state.cases[-1].number
    words = _behind(context, end) if end - start <= _LONGEST_ORDER else context.text.strip()
    if not words or _only_names(context, words):
        return ReopenCase(number)
    return AddToCase(number, words) if named else AskIfOfCase(words, number)


def told_later(context: Context) -> AskIfOfCase | None:
    """ "Mi caso es de la calle Brasil, faltan tres", "ya arreglaron uno": it may be added."""
    said = context.said
    if context.state.follow_up is not None or not _may_be_added(context):
        return None
    if context.case_in_sight or context.release.content.case_number.search(context.text):
        return None  # its answer is what is spoken of, or how it stands
    if not said.kinds.keys().isdisjoint(_ELSE) or case_wished(said) is not None:
        return None
    if len(said.words) < _FEWEST_TOLD or gives_grade(said) or context.heard.surely("withdraws"):
        return None
    if "?" in context.text or question_in(context) is not None or _asks_state(context):
        return None
    case = _meant(context)
    if case is None:
        return None
    stands = said.begins(PhraseKind.STILL_SO) and not shown_case(context)
    return AskIfOfCase(context.text.strip(), case.number, stands=stands)


def waited_for(context: Context) -> ShowCase | AskWhichCase | None:
    """ "Todavía nadie me contesta lo de la multa", "nadie lo ha leído": how that case stands."""
    cases, said = context.state.cases, context.said
    if not cases or context.state.filing is not None or context.words_are_awaited:
        return None
    if begins_with_condition(context) or context.known.case_owner is False:
        return None
    fits = by_matter(context, cases)
    fits = cases if fits is None or said.names_case else fits or _of_same_area(context)
    if not fits:
        return None
    if len(fits) == 1:
        return ShowCase(fits[0].number, regrets=True)
    return AskWhichCase(tuple(case.number for case in fits))


def _asks_state(context: Context) -> bool:
    """Whether it is asked how a case stands; "es por mi reclamo, faltan tres" tells behind it."""
    said = context.said
    if not said.kinds.keys().isdisjoint(_OF_STATE):
        return True
    named, last = said.covered(PhraseKind.NAMES_OWN_CASE), context.of(said.parts[-1])
    apart = bool(named) and len(said.words) - max(named) > len(last.said.words) >= _FEWEST_PART
    if apart and not last.heard.best(_STATUS, _HINT):
        return False
    return asks_of_state(context)


def _of_same_area(context: Context) -> tuple[CaseRef, ...]:
    """The cases by whose words a card of the same area is found: one fine, another card of it.

    A person who was asked for may be waited for with any matter that names no other area.
    """
    release, found, cases = context.release, context.ranking.hits[:1], context.state.cases
    area = release.area_of_card(found[0].id) if found else ""
    persons = area_in(context, context.text) is None
    return tuple(
        case
        for case in cases
        if (area and area == release.area_of_card(case.card))
        or (persons and not case.card and case.kind in _OF_PERSON)
    )


def _may_be_added(context: Context) -> bool:
    """Whether there is a case that is not known to be closed, and nothing else takes words."""
    state = context.state
    busy = state.filing is not None or context.is_told_elsewhere or context.command is not None
    of_case = state.follow_up is not None and bool(state.follow_up.case)
    closed = context.known.case_owner is False
    return bool(state.cases) and not (busy or of_case or closed)


def _spoken_of(context: Context) -> bool:
    """Whether a case was shown last, or filed some minutes ago, and no other matter since."""
    state, last = context.state, context.state.cases[-1]
    lately = last.at is not None and context.at - last.at <= RECENT
    rated = any(last.at is None or rated.at > last.at for rated in state.rated)
    filed = lately and not rated and state.topic in ("", last.card)
    return state.follow_up is None and (bool(shown_case(context)) or filed)


def _meant(context: Context) -> CaseRef | None:
    """The case that is told of; None for another matter, or none."""
    cases, said = context.state.cases, context.said
    shown = _shown_among(cases, shown_case(context))
    if PhraseKind.NAMES_OWN_CASE in said.kinds:
        fits = _of_matter(context)
        beside = len(said.words) - len(said.covered(PhraseKind.NAMES_OWN_CASE))
        tells = beside >= _FEWEST_NAMED and fits != ()
        return (fits or shown or cases)[-1] if tells else None
    if shown and not _MORE.isdisjoint(said.kinds):
        return shown[-1]  # "también hay ratas", "nadie ha venido a arreglarlo"
    if shown and (tells_more(context) or adds_plainly(said)):
        fits = _of_matter(context)
        return (fits or shown)[-1] if fits != () else None
    of_card = [case for case in cases if _tells_of_card(context, case)]
    fits = _of_matter(context) if of_card else None
    return next((case for case in reversed(of_card) if fits and case in fits), None)


def _of_matter(context: Context) -> tuple[CaseRef, ...] | None:
    """The cases of the matter that is told; none where a card is surely found that is not theirs:
    what only names their area may be anything of it."""
    cases, ranking = context.state.cases, context.ranking
    if ranking.verdict is Verdict.SURE and all(case.card for case in cases):
        found = ranking.hits[0].id
        return tuple(case for case in cases if case.card == found)
    return by_matter(context, cases)


def _tells_of_card(context: Context, case: CaseRef) -> bool:
    """Whether something is told, and the card found first is the case's own."""
    ranking, heard = context.ranking, context.heard
    found = ranking.verdict in (Verdict.SURE, Verdict.UNSURE) and ranking.hits[0].id == case.card
    reports = case.card in context.release.content.service_by_id and case.kind in _COMPLAINTS
    tells = heard.most(ASKING) < _HINT and not asks_something(context)
    tells = tells and not names_place(context.said)  # "hay un hoyo en Colón 30" may be another
    return found and reports and tells and len(context.said.words) >= _FEWEST_OF_CARD


def _shown_among(cases: tuple[CaseRef, ...], shown: str) -> tuple[CaseRef, ...]:
    return tuple(case for case in cases if case.number == shown)


def _only_names(context: Context, words: str) -> bool:
    """ "Algo al reclamo del hoyo": which case is meant, and not what is added."""
    first, *others = fold(words).split() or [""]
    lexicon = context.lexicon
    narrows = first in lexicon.said_before.narrows and first not in lexicon.grade.is_
    return narrows and len(others) < _FEWEST_TOLD


def _behind(context: Context, end: int) -> str:
    """The words behind an order, as they were written; the whole text where that is not known."""
    words, text = context.text.split(), context.text.strip()
    if end >= len(context.said.words):
        return ""
    return " ".join(words[end:]) if len(words) == len(context.said.words) else text
