"""A wish to rate, and of which area."""

from __future__ import annotations

from handlers.facts.responses import Subject
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_behind,
    area_called,
    area_found,
    area_in,
    area_of_office,
    areas_meant,
    areas_probable,
    is_sure,
    says_name,
)
from handlers.understanding.context import Context
from handlers.understanding.grades.several import areas_named
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import NameUnsureArea, ProposeGrade, Rate
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import (
    is_grade,
    wants_to_rate,
    without_experience,
)

_FEW_ASKING = 8  # words that may only name what is asked about
_JUDGING = ("praises", "blames")
_RATES = 0.7  # probability of a wish to rate, or of praise or blame


def wish_to_rate(context: Context) -> Intent | None:
    """ "Quiero poner una nota a Tránsito": with the area named, or to be chosen.

    "Evaluar cesfam las compañías 3": with the grade that it ends in, which is confirmed.
    """
    wished, grade = _wish_to_rate(context), context.grade
    if grade is None or not grade.value or not is_grade(context.said.words[-1], context.lexicon):
        return _with_told(context, wished)
    match wished:
        case Rate(subject, "menu") if subject.area:
            return ProposeGrade(grade.value, subject.area)
        case NameUnsureArea((area,)):
            return ProposeGrade(grade.value, area)
        case NameUnsureArea(areas):
            return NameUnsureArea(areas, grade.value)
    return wished


def _with_told(context: Context, wished: Intent | None) -> Intent | None:
    """ "I want to rate the traffic office. They were rude": the wish, and how it was."""
    behind = context.said.parts[1:]
    told = [part for part in behind if _tells_how(context.of(part))] if behind else []
    words = ", ".join(part.strip() for part in told)
    match wished:
        case Rate(subject, "menu") if words:
            return Rate(subject, "menu", words)
        case NameUnsureArea(areas, 0, "") if words:
            return NameUnsureArea(areas, words=words)
    return wished


def _tells_how(part: Context) -> bool:
    wishes = PhraseKind.WANTS_TO_RATE in part.said.kinds or part.heard.likely("rates")
    asks = part.said.asks or "?" in part.text or bool(part.numbers)
    return not (wishes or asks) and bool(part.said.mood or part.heard.best(_JUDGING))


def _wish_to_rate(context: Context) -> Intent | None:
    where = wants_to_rate(context.said)
    if PhraseKind.QUALIFIES in context.said.kinds and not area_in(context, context.text):
        return None  # "puedo calificar para el subsidio"
    wishes = PhraseKind.WANTS_TO_RATE in context.said.kinds
    refuses = context.heard.main == "refuses" or context.heard.likely("refuses")
    refuses = refuses or PhraseKind.GIVES_UP in context.said.kinds
    if wishes and refuses and not area_in(context, context.text):
        return Act.DECLINE_RATING  # "no quiero evaluar a nadie", "después le pongo nota"
    if where is None and not (
        context.heard.main == "rates" and context.heard.chance("rates") >= _RATES
    ):
        return None
    denies = not context.lexicon.negators.isdisjoint(context.said.words)
    if not denies and len(several := areas_named(context)) > 1:
        return NameUnsureArea(several)
    told_long = len((where or "").split()) > _FEW_ASKING  # "cuando fui a pagar el aseo …"
    area = area_in(context, context.text)
    area = area or (None if told_long else area_behind(context, context.text))
    area = area or context.release.content.area_by_id.get(where or "")  # "evaluar aseo"
    if area is not None:
        return Rate(Subject(area=area.id), "menu")
    office = area_called(context) or area_of_office(context, context.text)
    if office:
        return NameUnsureArea((office,))
    shown = "" if where else context.release.area_of_card(context.state.topic)
    if shown and not any(one.subject.area == shown for one in context.state.rated):
        return Rate(Subject(area=shown), "menu")  # "quiero evaluarlos"
    meant = (_areas_of_wish(context, where) if where else ()) or _areas_beside_wish(context)
    return NameUnsureArea(meant) if meant else Act.CHOOSE_AREA


def _areas_of_wish(context: Context, where: str) -> tuple[str, ...]:
    """ "La atención que recibí en la oficina donde ayudan a buscar pega": of what is described."""
    starts = [start for start, _ in context.said.spans(PhraseKind.DESCRIBES_STAFF)]
    described = " ".join(context.said.words[min(starts) :]) if starts else ""
    meant = areas_probable(context, described) or areas_meant(context, where)
    head, of = [*where.split(), "", ""][:2]
    headed = area_found(context, head, is_sure) if of in context.lexicon.place_fillers else ""
    return (headed,) if headed in meant[:1] else meant  # "consultorio de las compañías"


def _areas_beside_wish(context: Context) -> tuple[str, ...]:
    """ "Fui a sacar la licencia y quisiera poner una nota": the area of what stands beside."""
    lexicon, said = context.lexicon, Said(without_experience(context.said), context.lexicon)
    wish = said.covered(PhraseKind.WANTS_TO_RATE)
    empty = lexicon.grade.around | lexicon.after_wish | lexicon.place_fillers
    words = [word for at, word in enumerate(said.words) if at not in wish and word not in empty]
    beside = " ".join(words)
    if area := area_found(context, beside, is_sure, says_name):
        return (area,)
    probable = areas_probable(context, beside)  # of two by chance neither may be meant
    return _areas_of_story(context) or (probable if len(probable) == 1 else ())


def _areas_of_story(context: Context) -> tuple[str, ...]:
    """ "Fui a hacer la ficha y me tuvieron tres horas, …": of the part that tells where it was."""
    lexicon = context.lexicon
    for part in (p for one in PARTS.split(context.text) for p in lexicon.choices_apart.split(one)):
        told = Said(part, lexicon)
        if PhraseKind.EXPERIENCE in told.kinds and PhraseKind.WANTS_TO_RATE not in told.kinds:
            left = set(without_experience(told).split()) - lexicon.place_fillers
            meant = areas_probable(context, " ".join(w for w in told.words if w in left))
            if meant:
                return meant
    return ()
