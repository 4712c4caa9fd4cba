"""How a visit was, without a grade: praise or blame of an office or of those who work there."""

from __future__ import annotations

from handlers.listening.listener import SURE
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_called,
    area_found,
    area_in,
    area_mentioned,
    area_of_experience,
    area_of_words,
    area_offered,
    areas_probable,
    names_service,
    says_name,
)
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import DoubtAnswer
from handlers.understanding.intents.rating import NameUnsureArea, TellExperience
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import BESIDE_JUDGING
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import suggested_within
from handlers.understanding.reading.wishes import tells_experience, without_experience

JUDGING = ("vague_grade", "praises", "blames")
_OPINIONS = ("praises", "blames")
_RATES = 0.7  # probability of praise or blame
_PERHAPS = 0.2  # the same, where it is of those who work there
_BESIDE = 0.3
_MOST_JUDGING = 9  # words; more of them tell of something else than how it was
_MOST_BEFORE_STAFF = 5  # words before "los que podan": "pésimo el servicio de"
_MOST_OF_STAFF = 30
_MOST_BEFORE_VISIT, _MOST_OF_VISIT = 2, 8  # words
_ELSE_THAN_VISIT = {PhraseKind.WANTS_PERSON, PhraseKind.NOT_HELPED, PhraseKind.NOT_MEANT}
_DECLINING = ("denies", "refuses")
_RATHER = ("reports", "complains", "suggests", "status_case", "status_procedure")


def experience(context: Context) -> Intent | None:
    """ "El martes me atendieron muy bien".

    Of no area it is about the case whose answer was told last, where there is one.
    """
    told = _experience(context)
    number = context.case_in_sight
    if number and isinstance(told, TellExperience) and not told.area:
        return DoubtAnswer(number, told.words)
    return told


def _experience(context: Context) -> Intent | None:
    told = PhraseKind.EXPERIENCE in context.said.kinds and not context.said.asks
    judged = PhraseKind.JUDGES in context.said.kinds  # also behind "hola, quería decir que"
    judged = judged or bool(context.heard.best(_OPINIONS, SURE))
    told = told and "?" not in context.text and judged
    if _thanks_assistant(context):
        return None
    if told or tells_experience(context.said):
        return TellExperience(area_of_experience(context), context.text)
    if _judges(context):
        return TellExperience(_area_judged(context), context.text)
    return (
        _staff_judged(context)
        or _office_judged(context)
        or _visit_named(context)
        or _visit_told(context)
    )


def _thanks_assistant(context: Context) -> bool:
    """ "Gracias, me ayudó mucho", below what was shown: of no visit, and of nobody there."""
    said, shown = context.said, context.state.topic or context.alert or context.calmed
    kinds = (PhraseKind.WAS_AT, PhraseKind.DESCRIBES_STAFF, PhraseKind.TELLS_PAST)
    of_visit = any(kind in said.kinds for kind in kinds) or area_mentioned(context, context.text)
    few = len(said.words) <= _MOST_JUDGING
    return bool(shown) and few and not of_visit and context.heard.likely("thanks")


def _visit_told(context: Context) -> TellExperience | None:
    """ "Fui y no me dejaron hacerlo, faltaba un papel", after its card: how it went there."""
    said, state = context.said, context.state
    if not said.begins(PhraseKind.VISITED) or said.asks or "?" in said.text or context.numbers:
        return None
    area = context.release.area_of_card(state.topic)
    area = area or (state.rated[-1].subject.area if state.rated else "")
    return TellExperience(area, context.text)


def _visit_named(context: Context) -> TellExperience | None:
    """ "Hola, vengo saliendo del cesfam": where it was, and nothing of how it was."""
    said = context.said
    begins = any(start <= _MOST_BEFORE_VISIT for start, _ in said.spans(PhraseKind.WAS_AT))
    if not begins or said.asks or "?" in said.text or len(said.words) > _MOST_OF_VISIT:
        return None
    if context.numbers or context.heard.best(BESIDE_JUDGING, _PERHAPS):
        return None
    named = area_mentioned(context, context.text)
    judged = bool(said.mood or context.heard.best(JUDGING, _PERHAPS))
    return TellExperience(named.id, context.text if judged else "") if named is not None else None


def _judges(context: Context) -> bool:
    """ "Pésima la atención", "la señora fue súper pesada": of no service that is named."""
    heard, said = context.heard, context.said
    asks = "?" in said.text or said.begins(PhraseKind.ASKS)
    if asks or heard.main not in JUDGING or heard.chance(heard.main) < _RATES:
        return False
    wishes = PhraseKind.TELLS_WISH in said.kinds or heard.best(BESIDE_JUDGING, _BESIDE)
    if wishes or len(said.words) > _MOST_JUDGING:
        return False
    ranking = context.ranking
    if ranking.is_found and not said.mood and not suggested_within(said):
        return False  # "pagué por internet y me descontaron dos veces"
    return not area_found(context, _thing_judged(context)) and not (
        ranking.hits and says_name(context, context.text, ranking.hits[0].id)
    )


def _thing_judged(context: Context) -> str:
    """The "poste" of "poste malo"; "" where only a visit is judged, as in "pésima la atención"."""
    lexicon, left = context.lexicon, f" {fold(without_experience(context.said))} "
    for phrase in sorted(lexicon.vague_grades, key=len, reverse=True):
        left = left.replace(f" {phrase} ", " ")
    empty = lexicon.around_vague | lexicon.after_wish | lexicon.place_fillers | lexicon.grade.around
    return " ".join(word for word in left.split() if word not in empty)


def _area_judged(context: Context) -> str:
    named = area_in(context, context.text)  # "la atención" is how it was, and no office
    return named.id if named else context.release.area_of_card(context.state.topic)


def judged_where_offered(context: Context) -> Intent | None:
    """ "Pésimo, esperé mucho" after "¿Ya le atendieron? Si quiere, póngale una nota"."""
    area, heard = area_offered(context), context.heard
    if not area or context.said.asks or heard.main not in JUDGING:
        return None
    if names_service(context) and area_of_words(context) != area:
        return None  # "y me llegó una multa sin que hubiera letrero"
    names_card = context.ranking.verdict is Verdict.SURE  # as "atención" in "muy buena la atención"
    judges = heard.surely(heard.main) or (heard.likely(heard.main) and not names_card)
    return TellExperience(area, context.text) if judges else None


def not_there_yet(context: Context) -> Intent | None:
    """ "No he ido todavía", "no me anote nada", "otro día": no visit, or no wish to rate it."""
    said, heard = context.said, context.heard
    if said.asks or "?" in context.text or context.numbers or len(said.words) > _MOST_JUDGING:
        return None
    if context.command not in (None, "no"):
        return None  # CANCELAR leads to the menu
    if not _ELSE_THAN_VISIT.isdisjoint(said.kinds) or heard.best(
        (*BESIDE_JUDGING, *_OPINIONS), _RATES
    ):
        return None
    if PhraseKind.NOT_BEEN in said.kinds:
        return Act.DECLINE_RATING if context.ranking.verdict is not Verdict.SURE else None
    declines = context.offers("not-now") and heard.best(_DECLINING)
    return Act.DECLINE_RATING if declines and not said.mood else None


def not_attended_yet(context: Context) -> Act | None:
    """ "Todavía no me atienden", where the grade is asked for: it waits until there is a visit."""
    told = PhraseKind.NOT_ATTENDED in context.said.kinds
    plain = "?" not in context.text and not context.numbers
    return Act.DECLINE_RATING if told and plain else None


def _office_judged(context: Context) -> TellExperience | NameUnsureArea | None:
    """ "Pésimo el juzgado, tres horas", "la OIRS un asco", "una weá de atención en los permisos".

    The office is named, or what it is for follows; any other wish is none of this.
    """
    said, heard = context.said, context.heard
    if said.asks or len(said.words) > _MOST_OF_STAFF or heard.best(_RATHER, _RATES):
        return None
    parts = {*said.part_starts, len(said.words)}
    beside = any(
        start <= _MOST_BEFORE_STAFF or start in parts or end in parts
        for start, end in said.spans(PhraseKind.JUDGES)
    )
    named = area_mentioned(context, context.text)
    if named is not None and (beside or PhraseKind.JUDGES_SERVICE in said.kinds):
        return TellExperience(named.id, context.text)
    for _, end in said.spans(PhraseKind.JUDGES_SERVICE):
        ends = min(at for at in parts if at >= end)
        areas = areas_probable(context, " ".join(said.words[end:ends]))
        if len(areas) > 1:
            return NameUnsureArea(areas, words=context.text)
        if areas:
            return TellExperience(areas[0], context.text)
    return None


def _staff_judged(context: Context) -> TellExperience | NameUnsureArea | None:
    """ "La señora que hace las fichas es un amor": of people who are told by what they do.

    Whose office it is, is asked before a grade is.
    """
    said, heard = context.said, context.heard
    spans = said.spans(PhraseKind.DESCRIBES_STAFF)
    begins = min([start for start, _ in spans], default=_MOST_BEFORE_STAFF + 1)
    if begins > _MOST_BEFORE_STAFF or len(said.words) > _MOST_OF_STAFF or "?" in said.text:
        return None
    if not context.lexicon.number.ordinals.keys().isdisjoint(said.words[:begins]):
        return None  # "la primera, la de personas mayores" chooses
    judged = heard.best(JUDGING, _PERHAPS) if heard.main in JUDGING or said.mood else ""
    if (not judged and not said.mood) or (said.asks and not heard.best(JUDGING)):
        return None  # "dónde me atienden bien"
    if heard.best(BESIDE_JUDGING, max(_RATES, heard.chance(judged))) and not said.mood:
        return None
    areas = _areas_of_staff(context)
    if len(areas) > 1:
        return NameUnsureArea(areas, words=context.text)
    return TellExperience(next(iter(areas), ""), context.text)


def _areas_of_staff(context: Context) -> tuple[str, ...]:
    """What those who are described do says where they are; () where it does not."""
    named = area_mentioned(context, context.text)
    area = named.id if named is not None else area_called(context)
    if area:
        return (area,)
    parts = context.said.parts
    described = next(
        (part for part in parts if PhraseKind.DESCRIBES_STAFF in Said(part, context.lexicon).kinds),
        context.text,
    )
    return areas_probable(context, _without_judgement(context, described))


def _without_judgement(context: Context, text: str) -> str:
    """ "Los que retiran escombros" of "los que retiran escombros son unos frescos"."""
    lexicon = context.lexicon
    words = without_experience(Said(text, lexicon)).split()
    left = [word for word in words if word not in lexicon.around_vague]
    return " ".join(left)
