"""Whether the card that was just shown helped, where no phrase says it but the model hears it."""

from __future__ import annotations

from handlers.listening.listener import SURE
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.information import AskAboutTopic, ProposeUseful, UsefulAnswer
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import ASKS_AT_ALL
from handlers.understanding.reading.wishes import tells_experience
from handlers.understanding.said_before.card.decision.chances import Chances, chances, frowns
from handlers.understanding.said_before.card.decision.clauses import VALUES, clauses
from handlers.understanding.said_before.card.persons import wishes_for_person
from handlers.understanding.said_before.card.plain_answers import (
    is_contradicted,
    is_supposed,
    tells_of_oneself,
)
from handlers.understanding.said_before.card.proposed import MAY_BE, PERHAPS, SURELY, likeliest
from handlers.understanding.said_before.card.shown import (
    GOES_ON_UNFOUND,
    OTHER_WISHES,
    about_shown_if_any,
    offered,
    rather_about_shown,
    tells_for_whom,
)
from handlers.understanding.said_before.card.told_beside import (
    asked_instead,
    only_wishes_done,
)

UNSAID = 0.85  # chance of one answer, where none of its clauses says so
BEYOND_DOUBT = 0.9  # chance of one answer from which words that might wish for more are none
_GOES_ON = 0.5  # chance that what somebody tells of oneself is of the card
_GOES_ON_TOLD = 0.4  # that words without a sign of a question are one of the card
_FEW_WORDS, _FEW_TO_SAY_YES = 4, 6
_BEFORE_OR = 2  # words: "más o menos" asks nothing
_FEWEST_BY_SOUND = 3  # words, that their sound says it
_PLAIN, _HINT = 0.6, 0.2
_SAYING = {  # the acts that say it in one word
    "yes": ("confirms", "praises", "thanks", "vague_grade"),
    "no": ("denies", "blames", "vague_grade"),
}
_VALUE_OF = {"confirms": "yes", "denies": "no", "partly": "partly"}
_ASKING = (*FOLLOW_UPS, "asks")
_STYLES = ("shorter", "longer")
_ANSWERS = ("confirms", "denies", "partly", "smalltalk", "refuses")
_AGREES = ("confirms", "praises", "thanks")
_UNCERTAIN = (Verdict.UNSURE, Verdict.EXTERNAL)


def heard_answer(context: Context, found: Chances) -> Intent | None:
    """What is heard where no phrase says it; in doubt it is asked once more.

    What may as well be a question, or goes on, is no answer: the card stays.
    """
    heard, said_before = context.heard, context.lexicon.said_before
    first = context.folded.partition(" ")[0]
    of_oneself = tells_of_oneself(context)  # "no, si ya lo había pagado"
    if of_oneself and found.goes_on >= _GOES_ON and found.yes + found.partly < BEYOND_DOUBT:
        return None if context.said.asks else AskAboutTopic("more", offered(context))
    if found.answers < PERHAPS or first in said_before.going_on:
        return None
    if _puts_right(context):
        return None
    if heard.main in _STYLES and heard.likely(heard.main):
        return None  # "muy largo, dígamelo en dos palabras" wishes for another style
    few = len(context.said.words) <= _FEW_TO_SAY_YES
    if tells_experience(context.said) and not (few and heard.surely("confirms")):
        return None  # what somebody went through says more than a yes beside it
    follows = heard.main in FOLLOW_UPS and PhraseKind.FOLLOWS_UP in context.said.kinds
    if (found.answers < SURELY or follows) and found.asks >= _HINT:
        return None  # "dígame el teléfono no más" denies nothing
    value = max(VALUES, key=lambda value: getattr(found, value))
    # "Para un partido", "media luna": no phrase says so, and the sound of one word is not enough.
    by_sound = not _is_more_than_sound(context, found, value)
    if by_sound and first in said_before.narrows:
        return None
    said = clauses(context).values[-1:] == (value,)
    plain = getattr(found, value) >= (SURELY if said else UNSAID) and not by_sound
    if plain and not of_oneself and not _is_doubtful(context, value, said=said):
        return UsefulAnswer(value)
    if wishes_for_person(context):
        return None  # "no sé, mejor una persona"
    return likeliest(context)


def _is_doubtful(context: Context, value: str, *, said: bool) -> bool:
    """Whether more is asked, mocked or heard than the answer; ``said``: a phrase says it."""
    heard, ors = context.heard, context.lexicon.said_before.ors
    few = len(context.said.words) <= _FEW_TO_SAY_YES
    asks = not few and heard.main in _ASKING  # "cheers. Also who collects the recycling"
    # "Eso lo dice la ley o es idea suya": one of two things is asked for.
    asks = asks or (not few and not ors.isdisjoint(context.said.words[_BEFORE_OR:]))
    # "Sí, con puras trabas"
    contradicted = asks or is_contradicted(context) or is_supposed(context)
    # "Buenísimo, otro trámite para hacer otro trámite 😒"
    mocks = value == "no" and frowns(context) and bool(heard.best(_AGREES, PERHAPS))
    leaves = heard.main == "farewell" and not said  # "ya vuelvo"
    differs = heard.surely(heard.main) and _VALUE_OF.get(heard.main, value) != value
    return leaves or mocks or differs or (value == "yes" and contradicted)


def unclear_answer(context: Context) -> Intent | None:
    """Words after "¿Le sirvió?" that ask nothing: it is asked once more, they are not searched."""
    if context.state.misses or context.said.asks or context.state.proposal is not None:
        return None
    if _puts_right(context):
        return None
    if (told := asked_instead(context)) is not None:
        return told
    found, likely = chances(context), likeliest(context)
    may_be = found.answers > found.other or context.ranking.verdict is Verdict.NOTHING
    if only_wishes_done(context):
        may_be = False  # "quiero que vengan a arreglarla"
    if may_be and found.answers >= MAY_BE and isinstance(likely, ProposeUseful):
        return likely
    if rather_about_shown(context, context.ranking, _least_going_on(context)):
        return about_shown_if_any(context, context.ranking)
    heard = context.heard
    if len(context.folded.split()) < _FEW_WORDS and not heard.best(_ANSWERS, _HINT):
        return None
    if heard.chance("asks") >= ASKS_AT_ALL or heard.best((*FOLLOW_UPS, *OTHER_WISHES), _PLAIN):
        return None
    hints = heard.best(_ANSWERS, ASKS_AT_ALL)
    verdict = context.ranking.verdict
    if verdict is Verdict.NOTHING or (verdict in _UNCERTAIN and hints):
        return Act.MAKE_NO_SENSE
    return None


def may_describe(context: Context) -> bool:
    """ "Grande", "bien grande": praise, or how the hole is that was told of."""
    few = context.reported and len(context.said.words) < _FEWEST_BY_SOUND
    return few and bool(context.folded) and not context.heard.best(_SAYING["yes"], BEYOND_DOUBT)


def _puts_right(context: Context) -> bool:
    """ "Agréguele a lo que dije que van tres semanas": of something before the card."""
    corrects = context.heard.main == "corrects" and context.heard.surely("corrects")
    return corrects and not clauses(context).values


def _is_more_than_sound(context: Context, found: Chances, value: str) -> bool:
    """Whether more than a likeness says it: of one or two words, "media luna", "1200", "la mía",
    it must be surely heard, and for "in part" only a phrase does."""
    few = len(context.said.words) < _FEWEST_BY_SOUND
    if value == "partly":
        return not few and (found.partly >= BEYOND_DOUBT or context.heard.surely("partly"))
    return not few or bool(context.heard.best(_SAYING[value], SURE))


def _least_going_on(context: Context) -> float:
    """ "Y mi hermana que es peruana", "ella vive conmigo": whom a card is for is told of it."""
    return GOES_ON_UNFOUND if tells_for_whom(context.said) else _GOES_ON_TOLD
