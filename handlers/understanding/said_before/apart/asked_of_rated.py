"""A question behind a finished rating: it is answered, of the area that was rated where it names
no other thing, and is no word of the comment."""

from __future__ import annotations

from handlers.search.ranking import Ranking, Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import FOLLOW_UPS, RECENT, Context
from handlers.understanding.intents.information import AskAboutGrades, LookUp
from handlers.understanding.intents.rating import TellRating
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_of_its_own, question_in
from handlers.understanding.reading.clauses import naming
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.said_before.corrections.chances import chances, follows_rating
from handlers.understanding.said_before.corrections.on_record import rated_area

_MOST_WORDS = 16
_ASKED = ("asks", *FOLLOW_UPS, "asks_about_grades", "who_are_you")
_OPINIONS, _OPINION = ("praises", "blames", "suggests"), 0.25
_ADDS, _CORRECTS = 0.5, 0.3  # probabilities from which on it is rather of the rating itself
# Probability that it is asked: of what the search knows something, with a mark, without.
_KNOWN, _MARKED, _UNMARKED = 0.1, 0.4, 0.45
_NAMING = (Verdict.SURE, Verdict.UNSURE, Verdict.SEVERAL, Verdict.EXTERNAL)
_FOUND = (Verdict.SURE, Verdict.EXTERNAL)
# Of the rating itself, or told in the form of a question.
_OF_RATING = frozenset(
    {
        *(PhraseKind.CORRECTS_GRADE, PhraseKind.MAY_CORRECT, PhraseKind.UNDOES_GRADE),
        *(PhraseKind.GIVES_GRADE, PhraseKind.KEEPS_GRADE, PhraseKind.NAMES_COMMENT),
        *(PhraseKind.NAMES_PART, PhraseKind.ADDS_TO_COMMENT, PhraseKind.DROPS_WORDS),
        *(PhraseKind.TELLS_BY_ASKING, PhraseKind.ASKS_WHY, PhraseKind.ASKS_OUTCOME),
    }
)
# Of these, more is wished than to be told what stands.
_CHANGING = frozenset(
    {
        *(PhraseKind.CORRECTS_GRADE, PhraseKind.LOWERS_GRADE, PhraseKind.RAISES_GRADE),
        *(PhraseKind.DROPS_WORDS, PhraseKind.SAYS_INSTEAD, PhraseKind.UNDOES_GRADE),
    }
)


def of_digest(context: Context) -> AskAboutGrades | None:
    """ "¿Qué es un resumen?", "¿qué le dicen a la caja?": of what is done with a grade."""
    asks = PhraseKind.OF_DIGEST in context.said.kinds and is_recent(context)
    return AskAboutGrades(digest=True) if asks else None


def of_record(context: Context) -> TellRating | None:
    """ "¿Qué le anotaste al final?", "ver mi nota", "lo de las 2 horas ¿sigue en pie?"."""
    said, state, opened = context.said, context.state, context.open
    if len(said.words) > _MOST_WORDS or said.kinds.keys() & _CHANGING or _is_of_case(context):
        return None
    if PhraseKind.ASKS_RECORDED not in said.kinds and not _is_of_comment(context):
        return None
    asked = opened is not None and opened.outline.rates_area
    awaits_area = state.prompt is not None and state.prompt.awaits is Awaits.AREA
    if not (state.rated or asked or state.proposal is not None or awaits_area):
        return None
    named = area_in(context, context.text)
    if named is not None and any(rated.subject.area == named.id for rated in state.rated):
        return TellRating(named.id)
    return TellRating(rated_area(context) if state.rated else "")


def _is_of_case(context: Context) -> bool:
    """Whether a case is told, or more of one, and no grade or comment is named."""
    state, kinds = context.state, context.said.kinds
    telling = state.filing is not None or (state.follow_up is not None and state.follow_up.case)
    names = context.lexicon.said_before.names_grade.search(context.folded) is not None
    return bool(telling) and not names and PhraseKind.NAMES_COMMENT not in kinds


def _is_of_comment(context: Context) -> bool:
    """ "¿Lo de que nunca pasaron sigue?", where the comment says so."""
    follow_up, said = context.state.follow_up, context.said
    if follow_up is None or follow_up.case or "?" not in context.text:
        return False
    lexicon = context.lexicon
    told = naming(fold("\n".join(follow_up.messages)).split(), lexicon)
    for start, end in said.spans(PhraseKind.ASKS_IF_STANDS):
        if told & naming(said.words[start:end], lexicon):
            return True
    return False


def asked_behind_rating(context: Context) -> Intent | None:
    """ "Y cuándo es la próxima inscripción a los talleres de ellos", behind a 7 for that area."""
    if not is_recent(context) or context.command is not None or context.numbers:
        return None
    if context.ranking.verdict in _FOUND and asks_of_its_own(context):
        return None  # "¿atienden los sábados?" is read further down
    asked = _asked(context)
    if asked is None or (asked.ranking.verdict in _FOUND and asks_of_its_own(context)):
        return None
    return looked_up(context, asked.text, asked.ranking)


def looked_up(
    context: Context, query: str, ranking: Ranking, *, was_comment: bool = False
) -> LookUp:
    """What a question finds; where that is not sure, it is answered of the area that was rated."""
    of_area = rated_area(context) if ranking.verdict not in _FOUND else ""
    return LookUp(query, ranking, was_comment=was_comment, of_area=of_area)


def is_recent(context: Context) -> bool:
    """Whether a rating was given last, within half an hour, and no card is shown since."""
    state = context.state
    if not state.rated or state.filing is not None or not follows_rating(context):
        return False
    if state.follow_up is not None:
        return not state.follow_up.case
    if context.open is not None and context.open.outline.about_card:
        return False
    return context.at - state.rated[-1].at <= RECENT


def _asked(context: Context) -> Context | None:
    """The part that is evidently a question; None where it may be of the rating itself."""
    said = context.said
    if len(said.words) > _MOST_WORDS or not _OF_RATING.isdisjoint(said.kinds):
        return None
    first, *behind = PARTS.split(context.text, maxsplit=1)
    texts = [context.text, *(behind if len(first.split()) == 1 else ())]  # "pucha, y en cuánto …"
    for text in texts:
        part = context.of(text)
        found = question_in(part)
        if found is not None and _is_evident(part, found.read):
            return found.read
    return None


def _is_evident(part: Context, asked: Context) -> bool:
    if part.said.mood or asked.heard.best(_OPINIONS, _OPINION):
        return False
    found, heard = chances(part), asked.heard
    if found.adds >= _ADDS or found.corrects >= _CORRECTS:
        return False
    chance = heard.most(_ASKED)
    if "?" in part.text:
        return chance >= _MARKED or (chance >= _KNOWN and asked.ranking.verdict in _NAMING)
    if asked.said.begins(PhraseKind.WISHES_DONE) and PhraseKind.ASKS_WHAT not in asked.said.kinds:
        return False  # "que pasan cuando quieren"
    return heard.main in _ASKED and chance >= _UNMARKED
