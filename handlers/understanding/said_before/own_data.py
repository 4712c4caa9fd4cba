"""Own data in people's words: what is wished, what is answered to it, and what it would mean."""

from __future__ import annotations

from handlers.facts.own_data import Right
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import CORRECT_OTHER, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.own_data import AskRight, FileRequest
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.wishes import OWN_DATA
from handlers.understanding.said_before.alerts import erases_chat
from handlers.understanding.said_before.case.beside import gains_time
from handlers.understanding.said_before.case.more import tells_nothing

_REQUESTED = {Awaits.RECTIFY: Right.RECTIFY, Awaits.OBJECT: Right.OBJECT}
# What is asked once more before it is done: the option that says yes, and what asks it again.
_ASKED: dict[str, Intent] = {
    "erase": AskRight(Right.ERASE),
    "access-yes": AskRight(Right.ACCESS),
    "object-yes": AskRight(Right.OBJECT),
    "block-yes": AskRight(Right.BLOCK),
    "port-yes": AskRight(Right.PORT),
    "consent-yes": Act.ASK_FOR_CONSENT,
}
_FEW_ANSWERING = 6  # words
_FEW_WISHED = 3  # words that end with a command: "quiero ver"
_FEW_OF_CASE = 8  # words of a wish, where more words of a case are awaited
_MOST_ASKING = 12  # words
_FEWEST_TOLD = 4  # words that say what is wrong, and how it should be


def wish(context: Context) -> Intent | None:
    """ "Quiero que borren mis datos", "¿a quién se los pasan?": in free words."""
    prompt, follow_up = context.state.prompt, context.state.follow_up
    if prompt is not None and prompt.awaits in _REQUESTED:
        return None  # the words that were asked for
    of_case = follow_up is not None and bool(follow_up.case)
    if of_case and len(context.said.words) > _FEW_OF_CASE:
        return None  # a person reads it
    if PhraseKind.DATA_ELSEWHERE in context.said.kinds:
        return None
    key = next((key for kind, key in OWN_DATA.items() if kind in context.said.kinds), "")
    if not key and not of_case and erases_chat(context) and not _notes_are_meant(context):
        key = "erase"
    if key == "erase":
        return AskRight(Right.ERASE)
    if key == "rectify" and PhraseKind.OWN_DATA_WRONG in context.said.kinds:
        return _what_is_wrong(context)
    return meaning_of(context, key) if key else None


def _what_is_wrong(context: Context) -> Intent | None:
    """ "Mi nombre está mal escrito": filed where it was just asked for, else it goes along. Where a
    visit or a case is told, or an area is named, it may be written on a paper of theirs."""
    if context.offers(CORRECT_OTHER):
        return FileRequest(Right.RECTIFY, context.text)
    rating = context.open is not None and context.open.outline.rates_area
    if rating or context.state.filing is not None or area_in(context, context.text) is not None:
        return None
    return AskRight(Right.RECTIFY, context.text.strip())


def named(context: Context) -> Intent | None:
    """ "No usen mi comentario": all that can be wished of own data is listed, unless a card
    answers."""
    if PhraseKind.NAMES_OWN_DATA not in context.said.kinds:
        return None
    is_found = context.ranking.verdict in (Verdict.SURE, Verdict.SEVERAL, Verdict.EXTERNAL)
    return None if is_found else Act.LIST_RIGHTS


def is_no_danger(context: Context) -> bool:
    """ "No quiero que me escriban más", "que desaparezca todo lo que escribí": of own data."""
    said = context.said
    beside = len(said.words) - len(said.covered(*OWN_DATA))
    of_data = PhraseKind.OBJECTS_TO_USE in said.kinds or beside <= _FEW_WISHED
    return of_data and wish(context) is not None


def answered(context: Context) -> Intent | None:
    """ "No, mejor no", "entonces sí", "ya, cancelar" where it is asked once more."""
    if context.offers("invite") and context.said.is_only(PhraseKind.GIVES_UP):
        return Act.INVITE_AGAIN  # "me arrepentí"
    yes, words = _asked(context), context.answering
    if yes and (meant := _instead(context, yes)) is not None:
        return meant
    if not yes or not words or len(words) > _FEW_ANSWERING or "?" in context.text:
        return None
    commands = [context.commands.get(word) for word in words]
    denies = not context.lexicon.negators.isdisjoint(words) or "no" in commands
    if "cancel" in commands:
        return Act.CANCEL
    if PhraseKind.GIVES_UP in context.said.kinds:
        return Act.KEEP_DATA
    if denies:
        return Act.KEEP_DATA if commands[0] != "yes" else None
    erases = yes == "erase" and erases_chat(context)  # "ya, bórrelo todo"
    wished = not context.said.kinds.keys().isdisjoint(OWN_DATA)  # something else of it
    agrees = "yes" in (commands[0], commands[-1]) or (yes != "erase" and _confirms(context))
    return meaning_of(context, yes) if erases or (agrees and not wished) else None


def _instead(context: Context, yes: str) -> Intent | None:
    """ "No, mejor borre todo", "todavía no, primero quiero ver": what is rather to be done with
    the data. What was asked about is a yes after all; anything else is asked about in its turn."""
    said = context.said
    starts = [end for _, end in said.spans(PhraseKind.RATHER)]
    if not starts or len(said.words) > _MOST_ASKING or "?" in context.text:
        return None
    wished = context.of(" ".join(said.words[max(starts) :]))
    words = wished.answering
    if not words or not context.lexicon.negators.isdisjoint(words):
        return None
    key = next((key for kind, key in OWN_DATA.items() if kind in wished.said.kinds), "")
    if erases_chat(wished):
        key = "erase"
    commanded = context.commands.get(words[-1]) if len(words) <= _FEW_WISHED else None
    if not key and commanded in OWN_DATA.values():
        key = commanded or ""
    denies = "no" in map(context.commands.get, said.words[: min(starts)])
    if key == "erase" and (yes != "erase" or denies):
        return AskRight(Right.ERASE)  # "no, mejor borre todo" may be either
    meant = meaning_of(context, key) if key else None
    again = key == yes or (meant is not None and meant == _ASKED[yes])
    return meaning_of(context, yes) if again else meant


def _confirms(context: Context) -> bool:
    """ "Ya", "dale nomás": enough where it can be undone."""
    confirms = context.heard.main == "confirms" and context.heard.surely("confirms")
    return confirms and context.command in (None, "yes", "thanks")  # RIGHTS is another wish


def asked_about(context: Context) -> Intent | None:
    """ "¿Y mi reclamo también se borra?": what becomes of it is told, and it is asked again."""
    yes, few = _asked(context), len(context.said.words) <= _MOST_ASKING
    if not yes or not few or PhraseKind.ASKS_OF_RIGHT not in context.said.kinds:
        return None
    return AskRight(Right.ERASE, doubted=True) if yes == "erase" else _ASKED[yes]


def _asked(context: Context) -> str:
    """The option that says yes to what is asked about own data; "" where nothing is."""
    if not context.offers("not-erase", "not-right"):
        return ""
    return next((key for key in _ASKED if context.offers(key)), "")


def request_asked_for(context: Context) -> Intent | None:
    """What is to be corrected, or objected to, after it was asked for."""
    prompt = context.state.prompt
    right = _REQUESTED.get(prompt.awaits) if prompt is not None else None
    if right is None:
        return None
    if gains_time(context) or tells_nothing(context):
        return SayCourtesy("waits")  # "no, espere": what is wrong is still to come
    return FileRequest(right, context.text)


def correction_told(context: Context) -> Intent | None:
    """What is wrong, told at once where it is asked which of two things is to be corrected."""
    if context.said.asks or len(context.folded.split()) < _FEWEST_TOLD:
        return None
    corrects = context.heard.main == "corrects"  # "mi correo está mal", though a card has mails
    if context.ranking.verdict is Verdict.SURE and not corrects:
        return None
    return FileRequest(Right.RECTIFY, context.text)


def _notes_are_meant(context: Context) -> bool:
    """Whether "borre esto" may be said of a grade or a case."""
    state = context.state
    rating = context.open is not None and context.open.outline.rates_area
    draft = state.open_draft
    told = draft is not None and bool(draft.words or draft.grade)
    told = told or (state.prompt is not None and state.prompt.awaits is Awaits.AREA)
    held = (state.rated, state.cases, state.filing, state.proposal, state.follow_up)
    return rating or told or any(map(bool, held))
