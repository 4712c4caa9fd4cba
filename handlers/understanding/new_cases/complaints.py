"""Complaints in free words: told at once, or asked how they are made."""

from __future__ import annotations

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import sound
from handlers.understanding.areas import area_alone
from handlers.understanding.context import Context
from handlers.understanding.intents.cases import AskAboutCase, BeginCase, CaseAspect, FileCase
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.union import Intent
from handlers.understanding.new_cases.area import area_of_complaint
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import case_wished, complaint_wished

_MAYBE = 0.2
FEWEST_TOLD = 4  # words that say what a person is wanted for
_OF_TELLING = ("follow_time", "follow_cost")  # asked of complaints as such
_OF_MADE = ("status_case", "withdraws", "undoes", "asks_about_grades")  # of one that was made
MADE_BEFORE = {
    *(PhraseKind.ASKS_CASE, PhraseKind.ASKS_ANSWER, PhraseKind.ASKS_NUMBER),
    *(PhraseKind.REPORTED_BEFORE, PhraseKind.ASKS_STATE),
}
_COMPLAINING = {PhraseKind.COMPLAINS, PhraseKind.COMPLAINS_OF}
_FEW_WISHING = 10  # words that wish for no more than to contest something
_ENDING = " .!"  # signs that nothing follows
_TELLING = ("praises", "blames", "reports")
_TOLD = 0.3  # probability of praise, blame or a report before the wish to file it


def complaint(context: Context) -> Intent | None:
    """ "Quiero hacer un reclamo por la basura": the words are the complaint."""
    if not _may_complain(context) or denies_wish(context.said):
        return None
    if is_of_card(context):
        return LookUp(context.text, context.ranking)
    told = complaint_wished(context.said)
    named = told or _behind_preposition(context)
    area = area_alone(context, named) or _office_alone(context, named) if named else ""
    if area:  # "un reclamo para obras" says only whom it is for
        return BeginCase(CaseKind.COMPLAINT, area, unnamed=is_unnamed(context))
    if PhraseKind.ASKS_WHERE_TO_COMPLAIN in context.said.kinds:
        return _where_to_complain(context)
    if told is None and (
        _complains_plainly(context)
        or _begins_complaint(context)
        or _wishes_at_start(context)
        or wishes_at_end(context)
    ):
        told = context.text  # "quiero reclamar: hay un hoyo"
    if told is None:
        return None
    if not told and not told_before(context, PhraseKind.COMPLAINS) and not _reported(context):
        return BeginCase(CaseKind.COMPLAINT, unnamed=is_unnamed(context))
    return FileCase(context.text, area_of_complaint(context, context.text))


def _reported(context: Context) -> bool:
    """ "El poste de Brasil 300 lleva apagado una semana quiero reclamar": surely to be mended, or
    another institution's."""
    starts = [start for start, _ in context.said.spans(PhraseKind.COMPLAINS)]
    if min(starts, default=0) < FEWEST_TOLD:
        return False
    if context.ranking.verdict is not Verdict.SURE:
        return context.ranking.verdict is Verdict.EXTERNAL
    service = context.release.content.service_by_id.get(context.ranking.hits[0].id)
    return service is not None and service.takes_reports


def _office_alone(context: Context, named: str) -> str:
    """The area of "about the clinic": one word that is what it is called in any language; or ""."""
    words = [word for word in named.split() if word not in context.lexicon.place_fillers]
    called = context.release.area_names.called(named) if len(words) == 1 else ()
    return called[0] if len(called) == 1 else ""


def _where_to_complain(context: Context) -> Intent | None:
    """ "¿Y dónde reclamo contra la constructora?": no words of a complaint, which are told next
    where it is one for here."""
    ranking, services = context.ranking, context.release.content.service_by_id
    first = services.get(next(iter(ranking.cards()), ""))
    nouns = context.lexicon.case_wishes[CaseKind.COMPLAINT]
    of_complaints = first is not None and not nouns.isdisjoint(sound(first.name))
    if ranking.verdict is Verdict.EXTERNAL or (ranking.verdict is Verdict.UNSURE and of_complaints):
        return LookUp(context.text, ranking)
    return None


def complained_of_elsewhere(context: Context) -> Intent | None:
    """ "No quiero reclamar a la muni, pregunto dónde se reclama contra CGE", anywhere."""
    said = context.said
    starts = [start for start, _ in said.spans(PhraseKind.ASKS_WHERE_TO_COMPLAIN)]
    if not starts:
        return None
    ranking = context.rank(" ".join(said.words[min(starts) :]))
    return LookUp(context.text, ranking) if ranking.verdict is Verdict.EXTERNAL else None


def is_of_card(context: Context) -> bool:
    """ "Quiero reclamarlo ante el juez", "reclamar multa": a card tells how, none is made here.

    Who complains of the municipality says "reclamar por", "contra", or tells what happened.
    """
    said, ranking, nouns = context.said, context.ranking, context.lexicon.case_wishes
    if len(said.words) > _FEW_WISHING or not _COMPLAINING.isdisjoint(said.kinds):
        return False
    if ranking.verdict is not Verdict.SURE or context.heard.best(_TELLING, _TOLD):
        return False
    service = context.release.content.service_by_id.get(ranking.hits[0].id)
    if service is None:
        return False
    if nouns[CaseKind.COMPLAINT].isdisjoint(said.sounds):
        contests = PhraseKind.TELLS_WISH in said.kinds
    else:  # "dónde puedo reclamar" names nothing of it
        contests = not _is_of_complaints(context, service.name)
    if not contests:
        return False
    named = [kind for kind in CaseKind if not nouns[kind].isdisjoint(sound(service.name))]
    return named == [CaseKind.COMPLAINT]


def _may_complain(context: Context) -> bool:
    """Whether a complaint is heard or named, or its last part may be such a wish."""
    named = context.lexicon.case_wishes.get(CaseKind.COMPLAINT, frozenset())
    return (
        not _COMPLAINING.isdisjoint(context.said.kinds)
        or context.heard.main == "complains"
        or not named.isdisjoint(context.said.sounds)
        or PARTS.search(context.text.rstrip(_ENDING)) is not None
    )


def denies_wish(said: Said) -> bool:
    """ "No quiero reclamar nada": given up at once, or a no right before each wish."""
    starts = [start for start, _ in said.spans(PhraseKind.COMPLAINS)]
    if not starts:
        return said.begins(PhraseKind.GIVES_UP)
    return all(at and said.words[at - 1] in said.lexicon.negators for at in starts)


def _begins_complaint(context: Context) -> bool:
    """ "Buenas, reclamo por los baches de Balmaceda": nothing but a greeting stands before it."""
    said = context.said
    begins = [" ".join(said.words[:start]) for start, _ in said.spans(PhraseKind.COMPLAINS_OF)]
    leads = any(not before or context.commands.get(before) == "hello" for before in begins)
    told = leads and len(said.words) >= FEWEST_TOLD and "?" not in context.text
    return told and context.ranking.verdict is not Verdict.EXTERNAL


def _wishes_at_start(context: Context) -> bool:
    """ "Quiero reclamar: hay un hoyo en Brasil 20": the wish is the first part, and it is told."""
    first, *told = PARTS.split(context.text, maxsplit=1)
    if len(" ".join(told).split()) < FEWEST_TOLD or "?" in context.text:
        return False
    wish = Said(first, context.lexicon)
    wishes = PhraseKind.COMPLAINS in wish.kinds and case_wished(wish) is CaseKind.COMPLAINT
    return wishes and MADE_BEFORE.isdisjoint(context.said.kinds)


def wishes_at_end(context: Context) -> bool:
    """ "Ese sitio está lleno de basura, quiero reclamar": the wish is the last part."""
    *before, last = PARTS.split(context.text.rstrip(_ENDING))
    if len(" ".join(before).split()) < FEWEST_TOLD or "?" in context.text:
        return False
    wish = Said(last, context.lexicon)
    return PhraseKind.COMPLAINS in wish.kinds and case_wished(wish) is CaseKind.COMPLAINT


def _complains_plainly(context: Context) -> bool:
    said = context.said
    tells = "?" not in said.text and len(said.words) > FEWEST_TOLD
    return tells and complains_surely(context) and not said.asks and not _wants_service(context)


def _wants_service(context: Context) -> bool:
    """ "Quiero poner un carrito de completos": a card is surely it, and no complaint is named."""
    said, ranking = context.said, context.ranking
    named = context.lexicon.case_wishes[CaseKind.COMPLAINT]
    if not _COMPLAINING.isdisjoint(said.kinds) or not named.isdisjoint(said.sounds):
        return False
    if ranking.verdict is not Verdict.SURE or context.heard.best(_TELLING, _TOLD):
        return False
    service = context.release.content.service_by_id.get(ranking.hits[0].id)
    if service is None or service.takes_reports:
        return False
    return not _is_of_complaints(context, service.name)


def complains_surely(context: Context) -> bool:
    """Whether a complaint is what the whole text is, with hardly a doubt."""
    return context.heard.main == "complains" and context.heard.surely("complains")


def is_unnamed(context: Context) -> bool:
    """Whether it is to be filed without a name."""
    return PhraseKind.ASKS_UNNAMED in context.said.kinds


def way_to_complain(context: Context) -> Intent | None:
    """ "¿Cómo hago un reclamo por la basura?": here too, unless a card says another way."""
    if not context.said.asks or not _asks_to_complain(context):
        return None
    if context.heard.best(_OF_TELLING, _MAYBE) or PhraseKind.ASKS_ANSWER in context.said.kinds:
        return AskAboutCase(CaseAspect.WAY)  # "¿cuánto demora un reclamo?"
    ranking = context.ranking
    if ranking.verdict is Verdict.EXTERNAL:
        return None
    if ranking.verdict is not Verdict.SURE:
        return BeginCase(CaseKind.COMPLAINT)
    service = context.release.content.service_by_id.get(ranking.hits[0].id)
    if service is not None and _is_of_complaints(context, service.name):
        return BeginCase(CaseKind.COMPLAINT)
    reported = service is not None and service.takes_reports  # "cómo reclamo por un hoyo"
    reported = reported and complains_surely(context)
    return FileCase(context.text, service.area) if service and reported else None


def _asks_to_complain(context: Context) -> bool:
    """Whether it is heard, or a complaint is named and not one that was made before."""
    if complains_surely(context):
        return True
    names = not context.lexicon.case_wishes[CaseKind.COMPLAINT].isdisjoint(context.said.sounds)
    before = not MADE_BEFORE.isdisjoint(context.said.kinds)
    return names and not before and not context.heard.best(_OF_MADE, _TOLD)


def _is_of_complaints(context: Context, name: str) -> bool:
    """Whether of a service's name no more is said than that it is of complaints."""
    named, nouns = frozenset(sound(name)), context.lexicon.case_wishes[CaseKind.COMPLAINT]
    said = named.intersection(context.said.sounds) - context.lexicon.round_wish
    return not nouns.isdisjoint(named) and said <= nouns


def _behind_preposition(context: Context) -> str:
    """The "obras" of "un reclamo para obras", "tengo una queja pal cementerio"; or ""."""
    words, lexicon = context.said.words, context.lexicon
    named = lexicon.case_wishes.get(CaseKind.COMPLAINT, frozenset())
    sounds = context.said.sounds
    if named.isdisjoint(sounds):
        return ""
    begins = next(at for at, word in enumerate(sounds) if word in named)
    leads = (at for at, word in enumerate(words) if word in lexicon.grade.for_area)
    at = next((lead for lead in leads if lead > begins), len(words))
    wishes = (named | lexicon.round_wish).issuperset(sounds[:at])
    return " ".join(words[at + 1 :]) if wishes else ""


def told_before(context: Context, *wishes: PhraseKind) -> str:
    """The words before a wish to complain or praise that ends a text, where they tell why; or "".

    "Los del aseo se pasaron, quiero felicitarlos" is told already; "buenas tardes" tells nothing.
    """
    said = context.said
    begins = min([start for wish in wishes for start, _ in said.spans(wish)], default=0)
    before = " ".join(said.words[:begins])
    told = context.release.listener.hear(before).best(_TELLING, _TOLD)
    return before if told else ""
