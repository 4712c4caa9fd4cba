"""Which of the citizen's own cases is meant: by its number, kind, day, matter or place among them.

What names none of several, or fits several, is asked about in one tap; what names another matter
than theirs is not answered with one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.state import CaseRef
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import sound
from handlers.understanding.areas import area_in
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import (
    AddToCase,
    AskIfOfCase,
    AskToWithdraw,
    AskWhatIsWrong,
    AskWhichCase,
    ReopenCase,
    ShowCase,
)
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.clauses import naming
from handlers.understanding.reading.days_told import days_ago_told

Sign = Callable[[Context, tuple[CaseRef, ...]], tuple[CaseRef, ...] | None]
OfOne = AskToWithdraw | ReopenCase | AskWhatIsWrong | AddToCase | AskIfOfCase
# What asks how a case stands, or takes it back, and is no word of its matter.
_ASKING = (
    *(PhraseKind.ASKS_STATE, PhraseKind.ASKS_CASE, PhraseKind.ASKS_ANSWER),
    *(PhraseKind.ASKS_NUMBER, PhraseKind.FILED_BEFORE, PhraseKind.ASKS_PROCEDURE),
    *(PhraseKind.NO_LONGER, PhraseKind.GIVES_UP),
)
_OF_ANY_CASE = (
    *(PhraseKind.NAMES_OWN_CASE, PhraseKind.NOT_ANSWERED, PhraseKind.WAITS),
    PhraseKind.INQUIRES,
)
_STATUS = ("status_case", "status_procedure")
_HINT = 0.1  # probability that how something stands is asked, where the search answers else
_FEW_OF_PLACE = 5  # words of "¿y el otro cómo va?"
_BEST = 3  # cards found that a case's own may be among
_NEARLY = 0.5  # of the best card's score: another may be meant as well
_NAMED_KINDS = (CaseKind.SUGGESTION, CaseKind.PRAISE, CaseKind.CALL)
_OF_PERSON = (CaseKind.PERSON, CaseKind.CALL)
_OF_ONE = (AskToWithdraw, ReopenCase, AskWhatIsWrong, AddToCase, AskIfOfCase)


def case_in_place(context: Context) -> Intent | None:
    """ "¿Y el otro?", "el de la basura", below a case that was shown."""
    shown, said = shown_case(context), context.said
    if not shown or len(said.words) > _FEW_OF_PLACE or context.command is not None:
        return None
    if PhraseKind.TELLS_ALSO in said.kinds:
        return None  # "y también escombros"
    placed = _by_place(context, context.state.cases)
    if placed is not None:
        return _of(placed, context.state.cases)
    leads = context.lexicon.said_before.going_on | context.lexicon.number.before_option
    named = by_matter(context, context.state.cases) if leads & {*said.words[:1]} else None
    return ShowCase(named[0].number) if named is not None and len(named) == 1 else None


def still_so(context: Context) -> AskIfOfCase | None:
    """ "Sigue igual", "todavía está el hoyo", where nothing is open: it may be added."""
    state, prompt = context.state, context.state.prompt
    busy = state.follow_up or state.filing or state.draft or context.case_in_sight
    asked = prompt is not None and not prompt.awaits_option
    asked = asked or not context.said.begins(PhraseKind.STILL_SO)
    if not state.cases or busy or asked or "?" in context.text or context.said.names_case:
        return None
    said = context.said  # "no vino nadie" names none
    within = said.covered(PhraseKind.STILL_SO)
    beside = naming([w for at, w in enumerate(said.words) if at not in within], said.lexicon)
    if beside and by_matter(context, state.cases) == ():
        return None  # of another matter
    alone = len(state.cases) == 1
    return AskIfOfCase(context.text.strip(), state.cases[-1].number, stands=alone)


def case_meant(context: Context, intent: Intent) -> Intent:
    """The same intent, or the one case whose state is asked, or the question which it is."""
    cases = context.state.cases
    if not cases or not _may_ask(context, intent):
        return intent
    named = _named(context, cases)
    if isinstance(intent, _OF_ONE):
        return _of_one(context, intent, named)
    follow_up = context.state.follow_up
    just_filed = follow_up is not None and bool(follow_up.case)
    if named is None or (not named and just_filed):
        return _without_sign(context, intent)
    if intent is Act.SHOW_CASES or named:
        return _of(named, cases)
    return intent


def _of_one(context: Context, intent: OfOne, named: tuple[CaseRef, ...] | None) -> Intent:
    """The one that is taken back or added to, where the words say which; else which it is."""
    cases, said = context.state.cases, context.said
    if isinstance(intent, AddToCase | AskIfOfCase):
        one = named if named is not None and len(named) == 1 else cases[-1:]
        if len(cases) == 1 or (named is not None and len(named) == 1):
            return replace(intent, number=one[0].number)
        return AskIfOfCase(intent.words, intent.number)
    if named is not None and len(named) == 1:
        return replace(intent, number=named[0].number)
    reopens = isinstance(intent, ReopenCase) and not said.names_case
    if named is None and (shown_case(context) or len(cases) == 1 or reopens):
        return intent if not shown_case(context) else replace(intent, number=shown_case(context))
    if isinstance(intent, AskToWithdraw) and len(cases) == 1 and not _names_another(context):
        return replace(intent, number=cases[0].number)  # "pasó ayer, retire el reclamo"
    deed = "withdraw" if isinstance(intent, AskToWithdraw) else "add"
    asked = named or _made(context, cases)
    if deed == "withdraw" and named is None and len(asked) == 1:
        return replace(intent, number=asked[0].number)  # it is asked before it is taken back
    return AskWhichCase(tuple(case.number for case in asked), unknown=named == (), deed=deed)


def _names_another(context: Context) -> bool:
    """ "Retire el reclamo de los perros": another matter stands behind the name of a case."""
    nouns = context.lexicon.case_nouns
    named = [at for at, heard in enumerate(context.said.sounds) if heard in nouns]
    behind = context.said.words[named[-1] + 1 :] if named else ()
    leads = context.lexicon.grade.of.isdisjoint(behind[:1])
    return not leads and by_matter(context, context.state.cases) == ()


def _may_ask(context: Context, intent: Intent) -> bool:
    if isinstance(intent, _OF_ONE):
        return context.state.follow_up is None and bool(intent.number) and not context.quoted_case
    if intent in (Act.SHOW_CASES, Act.ASK_ABOUT_PROCEDURE):
        return True
    if not isinstance(intent, LookUp) or context.state.filing is not None:
        return False
    kinds = context.said.kinds.keys()
    if PhraseKind.ASKS_ANSWER in kinds and "?" in context.text:
        return True  # "¿ya taparon el hoyo?"
    return not kinds.isdisjoint(_ASKING) and bool(context.heard.best(_STATUS, _HINT))


def _without_sign(context: Context, intent: Intent) -> Intent:
    """The one that is in sight, or which of several; a procedure is none."""
    follow_up, cases = context.state.follow_up, context.state.cases
    if intent is not Act.SHOW_CASES:
        return intent
    if context.case_in_sight:
        return ShowCase(context.case_in_sight)
    if follow_up is not None and follow_up.case:
        return ShowCase(follow_up.case)
    made = _made(context, cases)
    return intent if len(made) == 1 == len(cases) else _of(made, cases)


def _made(context: Context, cases: tuple[CaseRef, ...]) -> tuple[CaseRef, ...]:
    """The cases that may be meant by their common name: a call is no complaint."""
    if not context.said.names_case:
        return cases
    made = tuple(case for case in cases if case.kind not in _OF_PERSON)
    return made or cases


def _of(fits: tuple[CaseRef, ...], cases: tuple[CaseRef, ...]) -> Intent:
    if len(fits) == 1:
        return ShowCase(fits[0].number)
    asked = fits or cases
    return AskWhichCase(tuple(case.number for case in asked), unknown=not fits)


def _named(context: Context, cases: tuple[CaseRef, ...]) -> tuple[CaseRef, ...] | None:
    """The cases that everything said of it fits; None where nothing says which is meant."""
    signs: Sequence[Sign] = (_by_number, _by_place, _by_kind, _by_day, by_matter)
    found, fits = False, cases
    for sign in signs:
        fitting = sign(context, fits)
        if fitting is not None:
            found, fits = True, fitting
    return fits if found else None


def _by_number(context: Context, cases: tuple[CaseRef, ...]) -> tuple[CaseRef, ...] | None:
    content = context.release.content
    found = content.case_number.search(context.text)
    if found is None:
        return None
    number = f"{content.case_prefix}-{found[1]}-{int(found[2]):06}"
    return tuple(case for case in cases if case.number == number)


def _by_place(context: Context, cases: tuple[CaseRef, ...]) -> tuple[CaseRef, ...] | None:
    """ "El otro" than was shown, "el primero", "el último"."""
    if PhraseKind.OTHER_CASE in context.said.kinds:
        shown = shown_case(context) or cases[-1].number
        return tuple(case for case in cases if case.number != shown)
    words, number = context.said.folded.split(), context.lexicon.number
    for before, word in pairwise(words):
        if before in number.before_option and word in number.ordinals:
            at = number.ordinals[word] - 1  # 0: the last
            return cases[at:][:1] if at < len(cases) else ()
    return None


def shown_case(context: Context) -> str:
    """The case that the last message told the state of; "" for none."""
    for option in context.state.prompt.options if context.state.prompt is not None else ():
        mark, _, number = option.key.partition(":")
        if mark in ("receipt", "unsolved") and number:
            return number
    return ""


def _by_kind(context: Context, cases: tuple[CaseRef, ...]) -> tuple[CaseRef, ...] | None:
    nouns, sounds = context.lexicon.case_wishes, context.said.sounds
    named = [kind for kind in _NAMED_KINDS if not nouns[kind].isdisjoint(sounds)]
    return tuple(case for case in cases if case.kind in named) if named else None


def _by_day(context: Context, cases: tuple[CaseRef, ...]) -> tuple[CaseRef, ...] | None:
    """ "El que puse ayer", "el del lunes", "el año pasado". Of a case filed long ago no day is
    known: it may be meant by any."""
    zone = context.release.content.zone
    today = context.at.astimezone(zone).date()
    told = days_ago_told(context.folded, context.lexicon, today)
    if told is None:
        return None
    return tuple(
        case
        for case in cases
        if case.at is None or (today - case.at.astimezone(zone).date()).days in told
    )


def by_matter(context: Context, cases: tuple[CaseRef, ...]) -> tuple[CaseRef, ...] | None:
    """ "Lo de los hoyos", "el de Tránsito": by the card or the area that is named."""
    words = _words_of_matter(context)
    if not words:
        return None
    ranking = context.rank(words)
    best = ranking.hits[0].score if ranking.hits else 0
    found = [hit.id for hit in ranking.hits[:_BEST] if hit.score >= _NEARLY * best > 0]
    named = area_in(context, words)
    if ranking.verdict in (Verdict.NOTHING, Verdict.SMALL_TALK, Verdict.EXTERNAL) or not found:
        return _of_area(cases, named.id) if named is not None else None
    fits = tuple(case for case in cases if case.card in found)
    if ranking.verdict is Verdict.SURE and found[0] in [case.card for case in fits]:
        return tuple(case for case in fits if case.card == found[0])
    if fits:
        return fits
    sure = ranking.verdict is Verdict.SURE
    likely = set(found[:1] if sure else found)
    if nearly := tuple(case for case in cases if not likely.isdisjoint(case.near)):
        return nearly
    area = named.id if named is not None else context.release.area_of_card(found[0])
    fits = tuple(c for c in cases if c.area == area and (named or not sure or not c.card))
    return fits if fits or named is not None or _names_matter(context, found[0], sure) else None


def _names_matter(context: Context, card: str, sure: bool) -> bool:
    """Whether a card that is of no case was surely meant; "respuesta" only names that of cases."""
    service = context.release.content.service_by_id.get(card)
    if service is None or service.takes_reports:
        return service is not None
    nouns = context.lexicon.case_nouns
    return sure and nouns.isdisjoint(sound(service.name))


def _of_area(cases: tuple[CaseRef, ...], area: str) -> tuple[CaseRef, ...]:
    return tuple(case for case in cases if case.area == area)


def _words_of_matter(context: Context) -> str:
    """What is said besides the question and the name of a case: behind that name, if anything."""
    said, lexicon = context.said, context.lexicon
    if len(said.sounds) != len(said.words):
        return said.folded
    nouns = lexicon.case_nouns
    asking, empty = said.covered(*_ASKING, *_OF_ANY_CASE), lexicon.round_wish | nouns
    dated = said.covered(PhraseKind.TELLS_WHEN)
    dated |= {at for at, word in enumerate(said.words) if word.isdecimal()}
    left = [
        at
        for at, heard in enumerate(said.sounds)
        if at not in asking and at not in dated and heard not in empty
    ]
    named = [at for at, heard in enumerate(said.sounds) if heard in nouns]
    behind = [at for at in left if named and at > named[-1]]
    if not behind and named and not said.covered(*_ASKING):
        return ""  # "retire mi reclamo": what is to be done with it
    return " ".join(said.words[at] for at in behind or left)
