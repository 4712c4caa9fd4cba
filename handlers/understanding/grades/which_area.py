"""What is said where it is asked which area is to be rated: its name, or something else."""

from __future__ import annotations

from handlers.facts.responses import Subject
from handlers.listening.listener import SURE
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_alone,
    area_answered,
    area_by_name,
    area_in,
    areas_meant,
    areas_probable,
    asks_of_area,
    names_service,
)
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.grades.judged import experience
from handlers.understanding.grades.several import areas_joined
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import (
    NameUnsureArea,
    ProposeGrade,
    ProposeGrades,
    Rate,
    RateWithGrade,
    TellExperience,
)
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import INSTEAD_OF_AREA, asks_aside
from handlers.understanding.reading.clauses import without_asides
from handlers.understanding.reading.grades.read import read_grade
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import without_experience

_TELLS = 4  # words from which on praise or blame is kept as what was told
_FEW_TAKING_BACK = 6  # words
_TAKING_BACK = ("undoes", "withdraws")
_OF_VISIT = ("status_procedure", *FOLLOW_UPS)  # how a visit went sounds like these
_RATES = "rate:"  # begins the key of an area that is offered
_TALK = ("farewell", "thanks", "smalltalk")
_JUDGING, _TOLD = ("praises", "blames"), ("reports", "hazard")


def area_named_alone(context: Context) -> Rate | RateWithGrade | None:
    """ "Cementerio", where it is asked for: a rating of its own, which corrects none before."""
    if (graded := _offered_with_grade(context)) is not None:
        return graded
    if headed := _area_at_head(context):
        return Rate(Subject(area=headed), "menu")
    draft = context.state.draft
    waits = draft is not None and draft.grade
    if waits or "?" in context.text or context.command is not None:
        return None
    area = area_alone(context, context.text)
    return Rate(Subject(area=area), "menu") if area else None


def _offered_with_grade(context: Context) -> RateWithGrade | None:
    """ "Sí, esa, un 3" to "¿Se refiere a Tránsito?": a yes, and the grade for that area."""
    offered, draft = _areas_offered(context), context.state.draft
    first, *others = PARTS.split(context.text.strip(), maxsplit=1)
    if len(offered) != 1 or not others or "?" in context.text:
        return None
    if draft is not None and draft.grade:
        return None  # another grade waits
    yes, *around = fold(first).split() or [""]
    agrees = context.commands.get(yes) == "yes"
    fillers = context.lexicon.grade.around | context.lexicon.said_before.round_choice
    fillers -= context.lexicon.negators
    if not agrees or not fillers.issuperset(around):
        return None
    grade = read_grade(others[0], context.lexicon)
    if grade is None or not grade.value or grade.doubtful or grade.words:
        return None
    words = draft.words if draft is not None and draft.experience else ""
    return RateWithGrade(offered[0], grade.value, words, pending=False)


def area_asked_for(context: Context) -> Intent | None:
    """The name of the area to rate, after it was asked for; None: something else is meant."""
    prompt = context.state.prompt
    if prompt is None or prompt.awaits is not Awaits.AREA:
        return None
    context = _without_asides(context)
    if (answered := _offered_alone(context)) is not None:
        return answered
    joined = areas_joined(context)
    if joined:
        return _each_of(context, joined)
    describes = _describes_place(context)
    alone = "" if "?" in context.text or describes else area_answered(context)
    if alone:
        return Rate(Subject(area=alone), "menu")  # "Dirección de Obras" asks for no address
    area = area_by_name(context, context.text) or area_in(context, context.text)
    named = area.id if area is not None else ""
    if not describes and (asks_aside(context) or _says_something_else(context, named)):
        return None
    if not named or describes:
        return _without_name(context, describes=describes)
    return None if "?" in context.text else _named_within(context, named)


def _without_asides(context: Context) -> Context:
    """ "Obras, ya lo puso" without what is said to the assistant."""
    left = without_asides(context.text, context.lexicon)
    return context.of(left) if left not in ("", context.text) else context


def _area_at_head(context: Context) -> str:
    """ "Departamento Social po, eso es la Dideco, ¿no?", "Tránsito, the traffic one"; or ""."""
    first, *others = PARTS.split(context.text.strip(), maxsplit=1)
    rest = context.of(", ".join(others).strip(" .?!"))
    courteous = context.lexicon.said_before.round_choice
    words = [word for word in fold(first).split() if word not in courteous]
    area = area_alone(context, first) or area_alone(context, " ".join(words))
    if not area or not rest.folded or rest.said.asks or rest.numbers:
        return ""
    tags, last = context.lexicon.said_before.tags, rest.folded.rpartition(" ")[2]
    tagged = tags.fullmatch(last) is not None or last in context.lexicon.negators
    if "?" in context.text and not tagged:
        return ""
    another = area_in(rest, rest.text)
    denies = not context.lexicon.negators.isdisjoint(rest.said.words[:1])
    tells = rest.said.mood or rest.heard.best((*_JUDGING, *_TOLD))
    return "" if denies or tells or (another is not None and another.id != area) else area


def _offered_alone(context: Context) -> Rate | Act | None:
    """A yes or a no to "¿Se refiere a Patentes Comerciales?"."""
    offered = _areas_offered(context)
    if len(offered) != 1 or context.command not in ("yes", "no"):
        return None
    return Rate(Subject(area=offered[0]), "menu") if context.command == "yes" else Act.CHOOSE_AREA


def _named_within(context: Context, area: str) -> Intent:
    """The area of "fui a Tránsito por la licencia": a grade that waits is asked about first."""
    draft = context.state.draft
    if draft is not None and draft.grade:
        return ProposeGrade(draft.grade, area, draft.words)
    told = len(context.said.words) > _TELLS and context.heard.best(_JUDGING, SURE)
    return TellExperience(area, context.text) if told else Rate(Subject(area=area), "menu")


def _each_of(context: Context, areas: tuple[str, ...]) -> Intent:
    """ "Aseo y cementerio": the grade that waits is for both, else they are offered."""
    draft = context.state.draft
    if draft is None or not draft.grade:
        return NameUnsureArea(areas)
    return ProposeGrades(tuple(ProposeGrade(draft.grade, area, draft.words) for area in areas))


def _without_name(context: Context, *, describes: bool) -> Intent | None:
    """Areas that a description may mean; or a grade, a refusal or words on how it was."""
    heard = context.heard
    if PhraseKind.HESITATES in context.said.kinds and len(context.said.words) < _TELLS:
        return SayCourtesy("waits")  # "no, espere"
    if heard.likely("refuses") or takes_back(context):
        return Act.REFUSE
    if heard.main == "not_understood" and heard.likely("not_understood"):
        return Act.NAME_UNKNOWN_AREA
    if (again := _named_again(context, describes=describes)) is not None:
        return again
    if not describes:
        kept = _grade_instead(context) or _told(context)
        if kept is not None:
            return kept
        if "?" in context.text:
            return None
    meant = _areas_of_place(context, describes=describes) if context.number is None else ()
    if not meant and heard.main in _TALK and heard.likely(heard.main):
        return None  # "nos vemos", "jajaja"
    return _unsure(context, meant) if meant else Act.NAME_UNKNOWN_AREA


def _unsure(context: Context, meant: tuple[str, ...]) -> NameUnsureArea:
    """The areas that are offered; of one alone, the card by which it was found."""
    card = next(iter(context.ranking.cards()), "")
    by_card = len(meant) == 1 and context.release.area_of_card(card) == meant[0]
    by_card = by_card and names_service(context)
    return NameUnsureArea(meant, card=card if by_card else "")


def _named_again(context: Context, *, describes: bool) -> Rate | RateWithGrade | None:
    """ "La que da los puestos", to "¿Se refiere a Patentes Comerciales?": it is that one."""
    offered, said, lexicon = _areas_offered(context), context.said, context.lexicon
    if len(offered) != 1 or context.numbers or "?" in context.text:
        return None
    denies = not lexicon.negators.isdisjoint(said.words[:1])
    first = Said(PARTS.split(context.text.strip())[0], lexicon)
    if denies and PhraseKind.HESITATES not in first.kinds:
        return None  # but "no sé, la que da los puestos"
    if offered[0] not in _areas_of_place(context, describes=describes):
        return None
    draft = context.state.draft
    if draft is None or not draft.grade:
        return Rate(Subject(area=offered[0]), "menu")
    tells = said.mood or context.heard.best(_JUDGING)
    words = f"{draft.words}\n{context.text}".strip() if tells else draft.words
    return RateWithGrade(offered[0], draft.grade, words, pending=False)


def takes_back(context: Context) -> bool:
    """ "Mejor no lo mande", "bórrelo", "no, nada más": the grade that waits is not to be noted."""
    said = context.said
    if "?" in context.text or context.numbers or len(said.words) > _FEW_TAKING_BACK:
        return False
    names = context.lexicon.said_before.names_grade.search(context.folded) is not None
    if names and not context.lexicon.negators.isdisjoint(said.words):
        return True  # "no era nota"
    gives_up = said.begins(PhraseKind.GIVES_UP)
    ends = said.is_only(PhraseKind.ENDS_TELLING)
    return gives_up or ends or bool(context.heard.best(_TAKING_BACK))


def _says_something_else(context: Context, named: str) -> bool:
    """ "Quiero reclamar por una luminaria", "¿en qué va mi reclamo?", "¿y cuánto se demora?"."""
    heard, kinds = context.heard, context.said.kinds
    if PhraseKind.ASKS_PLACE in kinds:
        return True
    if not named and heard.main == "suggests" and heard.surely("suggests"):
        return True
    if named and (asks_of_area(context) or _tells_of_another(context, named)):
        return True
    instead = heard.main in INSTEAD_OF_AREA and heard.surely(heard.main)
    tells = area_by_name(context, context.text) is not None and heard.main in _OF_VISIT
    return instead and not tells  # "los que me hicieron la ficha del registro social"


def _tells_of_another(context: Context, named: str) -> bool:
    """ "Hay un hoyo frente a la biblioteca": what is reported is no business of that area."""
    if not context.heard.best(_TOLD, SURE):
        return False
    card = next(iter(context.ranking.cards()), "")
    return context.release.area_of_card(card) not in ("", named)


def _grade_instead(context: Context) -> RateWithGrade | ProposeGrade | None:
    """A grade before its area is known; "no, mejor un 3": that grade waits instead.

    Where one area alone is offered, it is asked whether the grade is for that one.
    """
    draft, given = context.state.draft, set(context.numbers)
    words = draft.words if draft is not None else ""
    waits = draft is not None and draft.grade
    if len(given) != 1 or not (waits or context.text.isdecimal()):
        return None
    grade, offered = given.pop(), _areas_offered(context)
    if len(offered) == 1:
        return ProposeGrade(grade, offered[0], words)
    return RateWithGrade("", grade, words, pending=False)


def _areas_offered(context: Context) -> list[str]:
    keys = context.state.prompt.options if context.state.prompt is not None else ()
    return [option.key.removeprefix(_RATES) for option in keys if option.key.startswith(_RATES)]


def _told(context: Context) -> RateWithGrade | TellExperience | NameUnsureArea | None:
    """ "No me atendieron nunca", "porque pasan cuando quieren": kept until the area is known.

    "Me atendieron mal en el consultorio" says where as well: whether it was there is asked.
    """
    if "?" in context.text:
        return None
    draft, judges = context.state.draft, context.heard.best(_JUDGING)
    if draft is not None and draft.grade and (judges or context.said.begins_reason):
        words = f"{draft.words}\n{context.text}".strip()
        return RateWithGrade("", draft.grade, words, pending=False)
    if not (judges or context.said.mood):
        return None
    if len(context.said.words) < _TELLS:  # "súper mal" tells nothing of where
        left = set(without_experience(context.said).split()) - context.lexicon.around_vague
        return None if left else TellExperience("", context.text)
    match experience(context):
        case TellExperience(area) | NameUnsureArea((area, *_)) as told if area:
            return told
    earlier = f"{draft.words}\n" if draft is not None and draft.experience else ""
    said = Said(earlier + context.text, context.lexicon)
    meant = areas_probable(context, without_experience(said))
    sure = len(meant) == 1 or bool(context.release.area_names.called(context.text))
    return NameUnsureArea(meant, words=context.text) if sure else TellExperience("", context.text)


def _areas_of_place(context: Context, *, describes: bool) -> tuple[str, ...]:
    """Of "donde fui por el perro" the areas that "por el perro" means, if not the whole."""
    few = len(context.said.words) < _TELLS  # "la basura poh"
    sure = few or context.ranking.verdict is Verdict.SURE
    meant = (areas_probable if sure else areas_meant)(context, context.text)
    if meant or not describes:
        return meant
    lexicon = context.lexicon
    empty = lexicon.place_fillers | lexicon.place_describing
    return areas_meant(context, " ".join(w for w in context.folded.split() if w not in empty))


def _describes_place(context: Context) -> bool:
    """ "Donde saqué la licencia", as the answer to which area it was; not "dónde queda"."""
    if "?" in context.text or PhraseKind.ASKS_PLACE in context.said.kinds:
        return False
    words = context.folded.split()
    fillers, describing = context.lexicon.place_fillers, context.lexicon.place_describing
    first = next((word for word in words if word in describing or word not in fillers), "")
    return first in describing
