"""Announced questions, calls, thanks, greetings and other talk that asks for nothing yet."""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in, names_service
from handlers.understanding.context import FOLLOW_UPS, OF_OWN_DATA, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS

COURTESIES = ("thanks", "greets", "farewell", "who_are_you", "insults", "smalltalk", "praises")
_MOST_MOCKING, _PERHAPS = 14, 0.2  # words that only mock, and the probability of a courtesy
_FEW_THANKING = 8  # words
_THANKING = ("thanks", "praises", "farewell")
_OF_VISIT = {
    *(PhraseKind.EXPERIENCE, PhraseKind.WAS_AT, PhraseKind.DESCRIBES_STAFF),
    *(PhraseKind.JUDGES_SERVICE, PhraseKind.MOCKS),
}
_FEW_WORDS = 4  # of a short text
_FEW_ROUND_BLESSING = 2  # words
_FEW_OF_MATTER = 2  # words, beside those that say one has had enough
_FEW_BESIDE = 1  # word beside an apology that is all that is said


def question_announced(context: Context) -> Intent | None:
    """ "Hola, una consulta": the question itself is still to come; what is open stays so."""
    prompt = context.state.prompt
    follow_up = context.state.follow_up
    telling = prompt is not None and prompt.awaits in (Awaits.CASE, *OF_OWN_DATA)
    telling = telling or (follow_up is not None and bool(follow_up.case))
    announced = context.lexicon.said_before.announced.fullmatch(context.folded)
    return Act.INVITE_QUESTION if announced is not None and not telling else None


def call(context: Context) -> Intent | None:
    """ "Hola, ¿hay alguien ahí?"."""
    return SayCourtesy("smalltalk") if context.is_call else None


def _greets_before(context: Context) -> bool:
    """ "Buenas, encontré un perro botado": what follows the greeting is no courtesy."""
    _, *rest = PARTS.split(context.text)
    told = " ".join(rest).strip()
    heard = context.release.listener.hear(told)
    courteous = heard.main in COURTESIES and heard.likely(heard.main)
    tells = len(told.split()) > _FEW_WORDS or context.rank(told).verdict is Verdict.SURE
    return bool(told) and tells and not courteous


def feeling(context: Context) -> Intent | None:
    """ "Disculpe la molestia", "me da vergüenza", "me siento sola": nothing is asked for yet."""
    prompt, follow_up = context.state.prompt, context.state.follow_up
    told = prompt is not None and prompt.awaits_own_words
    words = len(context.said.words)
    if told or follow_up is not None or "?" in context.text or context.numbers:
        return None
    for kind in _FEELINGS:
        spans = context.said.spans(kind)
        alone = any(words - (end - start) <= _FEW_BESIDE for start, end in spans)
        if not alone and context.state.rated and not _OF_RATING.isdisjoint(context.said.kinds):
            continue  # "disculpe la molestia, quisiera modificar la nota"
        asks = context.ranking.verdict is Verdict.SURE or words > _MOST_MOCKING
        if spans and (alone or not asks):
            return SayCourtesy(kind.value)
    return None


_OF_RATING = {PhraseKind.MAY_CORRECT, PhraseKind.UNDOES_GRADE, PhraseKind.NAMES_COMMENT}
_FEELINGS = (PhraseKind.LONELY, PhraseKind.ASHAMED, PhraseKind.APOLOGISES)


def mockery(context: Context) -> Intent | None:
    """ "Gracias por hacerme perder la mañana": no thanks, nor a comment on any office."""
    if PhraseKind.MOCKS not in context.said.kinds or area_in(context, context.text) is not None:
        return None
    few = len(context.folded.split()) <= _MOST_MOCKING
    return Act.VENT if few and context.heard.best((*COURTESIES, "blames"), _PERHAPS) else None


def fed_up(context: Context) -> Intent | None:
    """ "Estoy harta de la muni": who has had enough, and tells no matter yet."""
    said = context.said
    if PhraseKind.FED_UP not in said.kinds:
        return None
    covered = said.covered(PhraseKind.FED_UP, PhraseKind.NAMES_WHOLE)
    light = context.lexicon.place_fillers
    told = [word for at, word in enumerate(said.words) if at not in covered and word not in light]
    asks = "?" in context.text or bool(context.numbers)
    if asks or len(told) > _FEW_OF_MATTER or area_in(context, context.text) is not None:
        return None
    return Act.VENT


def scam(context: Context) -> SayCourtesy | None:
    """ "Me llamaron de la muni pidiendo la clave": no office is visited, and none is blamed."""
    told = PhraseKind.TELLS_SCAM in context.said.kinds and not context.words_are_awaited
    return SayCourtesy("scam") if told and context.grade is None else None


def thanks_with_praise(context: Context) -> SayCourtesy | None:
    """ "Gracias por todo, son muy amables": of no visit, so no area is asked for."""
    said, listener = context.said, context.release.listener
    if len(said.words) > _FEW_THANKING or said.mood < 0 or context.numbers or "?" in context.text:
        return None
    if not _OF_VISIT.isdisjoint(said.kinds) or area_in(context, context.text) is not None:
        return None
    heard = [listener.hear(part) for part in said.parts]
    thanks = any(one.main == "thanks" and one.likely("thanks") for one in heard)
    others = all(one.best(_THANKING, _PERHAPS) for one in heard)
    return SayCourtesy("thanks") if thanks and others else None


def thanks_with_reproach(context: Context) -> SayCourtesy | None:
    """ "Gracias, me hubiera dicho eso al principio"."""
    said = context.said
    thanks = any(context.commands.get(fold(part)) == "thanks" for part in said.parts)
    reproaches = PhraseKind.REPROACHES in said.kinds and "?" not in context.text
    few = len(said.words) <= _MOST_MOCKING and not context.numbers
    return SayCourtesy("reproached") if thanks and reproaches and few else None


def blessing(context: Context) -> Intent | None:
    """ "Dios le pague, veci": thanks, where little else is said."""
    said = context.said
    blessed = said.covered(PhraseKind.BLESSES)
    few = bool(blessed) and len(said.words) - len(blessed) <= _FEW_ROUND_BLESSING
    return SayCourtesy("thanks") if few and not said.asks else None


def courtesy(context: Context) -> Intent | None:
    """Thanks, greetings and other talk without a request: no card, no search."""
    heard, words = context.heard, context.folded.split()
    said = heard.main
    if said not in COURTESIES or not heard.likely(said) or len(words) > 14:
        return None
    asks = heard.chance("asks") > 0.4 or heard.best(FOLLOW_UPS)
    if asks and said != "who_are_you":
        return None
    if said == "praises" and (len(words) > _FEW_WORDS or context.state.topic):
        return None
    if said in ("smalltalk", "praises") and context.ranking.verdict is Verdict.SURE:
        return None
    about_another = said == "who_are_you" and context.ranking.verdict is Verdict.SURE
    if about_another and (names_service(context) or not heard.surely(said)):
        return None  # "cómo se llama el alcalde" is a question about another
    if said == "greets" and context.said.asks and context.ranking.verdict is Verdict.SURE:
        return None
    if said == "greets":
        return None if _greets_before(context) else Act.GREET
    return Act.VENT if said == "insults" else SayCourtesy("thanks" if said == "praises" else said)


def nonsense(context: Context) -> Intent | None:
    """Words that nothing is made of: they are not searched for."""
    heard = context.heard
    if heard.surely("nonsense") and heard.main == "nonsense":
        return None if context.ranking.verdict is Verdict.SURE else Act.MAKE_NO_SENSE
    return None
