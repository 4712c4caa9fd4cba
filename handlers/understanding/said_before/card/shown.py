"""Whether a question goes on about the card just shown, or names another."""

from __future__ import annotations

from handlers.content.cards import SENTENCE_ENDS
from handlers.listening.listener import LIKELY, SURE
from handlers.search.ranking import Ranking, Verdict
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import has_proper_word, says_name, with_called
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import AskAboutTopic, LookUp
from handlers.understanding.meant_else import ASKS_AT_ALL
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import complaint_wished
from handlers.understanding.said_before.card.decision.chances import (
    APART,
    begins_with_condition,
    chances,
    names_another,
)

_TALK = ("who_are_you", "smalltalk", "insults", "greets", "thanks", "vague_grade")
_CURT = ("confirms", "denies")
OTHER_WISHES = ("reports", "complains", "blames", "suggests", "rates", "wants_person")
_NOT_OF_SHOWN = (*_TALK, "reports", "complains", "blames", "farewell", "confirms", "denies")
_TELLS_OTHERWISE = {PhraseKind.NOT_MEANT, PhraseKind.NOT_KNOWN_YET}  # "espere … y le digo"
_PLAIN = 0.6
_MOST_OF_NO = 2  # words of "no po"
_FEW_BESIDE = 3  # words behind "y para mi abuelita"
_MOST_NAMED = 6  # words that name another card: "y la patente comercial"
_GOES_ON = 0.5  # from here on a question is about the card just shown
SURELY_OF_SHOWN = 0.8  # from this chance of going on, no other card is offered
GOES_ON_UNFOUND = 0.2  # the same, where the search is not sure of anything
_GOES_ON_TAGGED = 0.25  # the same, where a question about it ends in "¿vale?"
_ASPECT = 0.25  # probability of what is asked of the card that was shown
_OF_AREA = ("place", "hours", "contact")  # what an area has of its own
UNFOUND = (Verdict.NOTHING, Verdict.UNSURE)
NAMING = (Verdict.SURE, Verdict.UNSURE, Verdict.SEVERAL, Verdict.EXTERNAL)
_MOST_GOING_ON = 30  # words of such a question
OF_SHOWN = {
    PhraseKind.ASKS_PAYMENT: "follow_pay",  # no field of a card: not what it costs
    PhraseKind.ASKS_TERM: "follow_term",
    PhraseKind.ASKS_WHERE_DONE: "follow_place",
    PhraseKind.ASKS_ONLINE: "follow_online",  # not its steps
    PhraseKind.ASKS_AMOUNT: "follow_more",  # a card says what a thing costs, and not what one gets
}
_FEW_OF_ASPECT = 2  # words


def chance_of_going_on(context: Context) -> float:
    """The probability; 0 where no card of a service was shown."""
    if context.state.topic not in context.release.content.service_by_id:
        return 0.0
    return chances(context).goes_on


def goes_on_about_card(context: Context) -> bool:
    """Whether the text is rather about the card just shown than about anything else."""
    prompt, words = context.state.prompt, len(context.folded.split())
    asks = PhraseKind.FOLLOWS_UP in context.said.kinds or "?" in context.text
    fewest = 1 if asks else 2  # "¿duele?"
    if not fewest <= words <= _MOST_GOING_ON or (
        prompt is not None and not context.prompt_is_recent
    ):
        return False
    if context.open is not None and not context.open.outline.about_card:
        return False
    shown = context.state.topic in context.release.content.service_by_id
    if context.said.asks and context.lexicon.said_before.such_case.search(context.folded):
        return shown and not names_another(context)
    if _ends_in_tag(context) and chance_of_going_on(context) >= _GOES_ON_TAGGED:
        return not names_another(context)
    if _wishes_another(context):
        return False
    first = context.folded.partition(" ")[0]
    marked = "?" in context.text or first in context.lexicon.said_before.going_on
    heard = context.begins_going_on or context.heard.best((*FOLLOW_UPS, "asks"), ASKS_AT_ALL)
    if context.heard.best(_TALK, _PLAIN) or not shown:
        return False
    if words <= _FEW_BESIDE and not marked and context.heard.best(_CURT) == context.heard.main:
        return False  # "se pasó, oiga"
    found = chances(context)
    tells = PhraseKind.TELLS_OWN_SITUATION in context.said.kinds  # "soy migrante"
    least = _GOES_ON_TAGGED if tells else _GOES_ON
    return found.goes_on >= least and bool(marked or heard or tells or found.asks >= _PLAIN)


def _wishes_another(context: Context) -> bool:
    """ "Quiero ampliar mi casa": a wish of its own, for which another card is surely found."""
    ranking, topic = context.ranking, context.state.topic
    wishes = any(start == 0 for start, _ in context.said.spans(PhraseKind.TELLS_WISH))
    return wishes and ranking.verdict is Verdict.SURE and ranking.hits[0].id != topic


def _ends_in_tag(context: Context) -> bool:
    """ "La receta es de otro médico, ¿vale?"."""
    parts = context.said.parts
    asks = len(parts) > 1 and context.text.rstrip().endswith("?")
    return asks and context.lexicon.said_before.tags.fullmatch(fold(parts[-1])) is not None


def about_shown_if_any(context: Context, ranking: Ranking) -> AskAboutTopic:
    """A question of what was shown, with what was found offered behind it."""
    aspect = aspect_told(context, asked_of_shown(context, least_of_aspect(context, _ASPECT)))
    if context.state.topic in context.release.content.area_by_id and aspect not in _OF_AREA:
        aspect = ""
    return AskAboutTopic(aspect or "more", others_of(context, ranking), unsure=True)


def least_of_aspect(context: Context, least: float) -> float:
    """How probable one thing of the card must be: no aspect of it tells what is then.

    "Tiene 5 añitos, ¿lo aceptan?", "si el perro es grande".
    """
    tells = PhraseKind.TELLS_OWN_SITUATION in context.said.kinds
    return SURE if tells or begins_with_condition(context) else least


def tells_for_whom(said: Said) -> bool:
    """ "Para mi hijo de 8 años", "ella vive conmigo": the text begins so."""
    kinds = (PhraseKind.FOR_SOMEBODY, PhraseKind.TELLS_OWN_SITUATION)
    return said.begins(*kinds)


def rather_about_shown(context: Context, ranking: Ranking, least: float = GOES_ON_UNFOUND) -> bool:
    """Whether a text that the search is not sure of is taken for a question about what was shown.

    What was found is offered besides, so little is lost where it is not.
    """
    content, open_ = context.release.content, context.open
    shown = context.state.topic in (*content.service_by_id, *content.area_by_id)
    if not shown or ranking.verdict not in UNFOUND:
        return False
    if (other := context.heard.best(_NOT_OF_SHOWN)) and other == context.heard.main:
        return False
    if open_ is not None and not open_.outline.about_card:
        return False
    if context.state.prompt is not None and not context.prompt_is_recent:
        return False
    if context.state.proposal is not None or context.state.next_grades:
        return False
    if open_ is None and not (context.said.asks or context.begins_going_on):
        return False  # "que Dios la bendiga": nothing is asked, on either side
    return chances(context).goes_on >= least


def offered(context: Context) -> tuple[str, ...]:
    """The card that may be meant besides: surely found, or by a word of its name.

    None where the words are surely of what was shown.
    """
    ranking = context.ranking
    others = others_of(context, ranking)
    if not others or ranking.verdict not in NAMING:
        return ()
    if chance_of_going_on(context) >= SURELY_OF_SHOWN:
        return ()
    named = ranking.verdict is Verdict.SURE or says_name(context, context.text, others[0])
    return others[:1] if named else ()


def asks_more_than_name(context: Context) -> bool:
    """ "La esterilización, ¿tiene que ser con collar?": more than the name of the card shown."""
    service = context.release.content.service_by_id.get(context.state.topic)
    if service is None:
        return False
    tokens_of = context.release.index.tokens_of
    own = (service.name, service.short_name, *service.synonyms)
    return bool(tokens_of(context.text) - tokens_of(". ".join(own)))


def others_of(context: Context, ranking: Ranking) -> tuple[str, ...]:
    """What is found besides what was shown."""
    return tuple([hit.id for hit in ranking.hits if hit.id != context.state.topic])


def another_thing(context: Context) -> LookUp | None:
    """ "Otra cosita: cómo saco hora": announced as another thing, and surely found."""
    announced = context.lexicon.said_before.another.match(context.folded)
    if announced is None or _gives_or_complains(context):
        return None
    if PhraseKind.FOR_SOMEBODY in context.said.kinds and not _names_thing(context):
        return None  # "y pa mi guagua también"
    rest = Said(context.folded[announced.end() :], context.lexicon)
    ranking = with_called(context, rest.text, context.rank(rest.text))
    service = context.release.content.service_by_id
    if not context.said.asks:
        return _named_after(context, rest, ranking)
    if ranking.verdict is not Verdict.SURE:
        asked = context.release.listener.hear(rest.text)
        is_other = asked.main == "asks" and asked.likely("asks")  # "how about recycling"
        return LookUp(rest.text, ranking) if is_other else None
    found, shown = service.get(ranking.hits[0].id), service.get(context.state.topic)
    if shown is not None and ranking.hits[0].id not in (*service, shown.area):
        return LookUp(context.text, ranking) if ranking.hits[0].kind == "area" else None
    if found is None or shown is None or found is shown:
        return None
    heard = context.release.listener.hear(rest.text)
    asks = rest.begins(PhraseKind.ASKS)
    if not asks and heard.best(OTHER_WISHES, _PLAIN):
        return None
    follows = heard.main in FOLLOW_UPS
    if follows and not has_proper_word(rest.folded, found.name, shown.name):
        return None  # "otra cosita: a qué hora atienden"
    return LookUp(context.text, ranking)


def _gives_or_complains(context: Context) -> bool:
    """ "Otra cosa, la patente y un 5 a la OMIL": more than a thing to look up is said."""
    grades = bool(context.numbers) and context.heard.likely("gives_grade")
    return grades or complaint_wished(context.said) is not None


def _named_after(context: Context, rest: Said, ranking: Ranking) -> LookUp | None:
    """ "Otra cosa, y la patente comercial": its name, and nothing is asked of it."""
    services, found = (
        context.release.content.service_by_id,
        ranking.hits[0].id if ranking.hits else "",
    )
    shown = services.get(context.state.topic)
    if len(rest.words) > _MOST_NAMED:
        return None  # "y pa qué me piden el registro social si soy pensionada"
    sure = ranking.verdict is Verdict.SURE and found in services and found != context.state.topic
    if not sure or shown is None or context.heard.best(OTHER_WISHES, _PLAIN):
        return None
    named = has_proper_word(rest.folded, services[found].name, shown.name)
    return LookUp(rest.text, ranking) if named else None


def begins_with_no(context: Context) -> bool:
    """ "No po, yo preguntaba por la licencia", "no me sirvió, …": a no that stands apart."""
    denied = Said(PARTS.split(context.text, maxsplit=1)[0], context.lexicon)
    if denied.is_only(PhraseKind.NOT_HELPED):
        return len(context.said.parts) > 1
    first = denied.words
    apart = APART.match(context.text) is not None or len(context.said.parts) > 1
    few = 0 < len(first) <= _MOST_OF_NO
    return apart and few and context.commands.get(undoubled(first[0])) == "no"


def thing_meant(context: Context) -> LookUp | None:
    """ "No es de auto, hablo de cerrar la calle": another card is meant, and no "no" is said."""
    if context.open is not None and begins_with_no(context):
        return None  # it also says that the card did not help
    if "?" in context.text or not _TELLS_OTHERWISE.isdisjoint(context.said.kinds):
        return None
    for meant in filter(None, (thing_in(part, context) for part in PARTS.split(context.text))):
        ranking = context.rank(meant)
        found = ranking.is_found if insisted_on(context) else ranking.cards()
        if found and ranking.hits[0].id != context.state.topic:
            return LookUp(meant, ranking)
    return None


def insisted_on(context: Context) -> Context | None:
    """The question of "no, de esa le estoy hablando, cuánto demora", read alone."""
    parts = context.said.parts
    if not any(thing_in(part, context) for part in parts[:-1]):
        return None
    asks = context.lexicon.said_before.interrogates.match(fold(parts[-1]))
    return context.of(parts[-1].strip()) if asks else None


def thing_in(part: str, context: Context) -> str:
    """What a part of a text says is meant; "" for nothing."""
    folded, words = fold(part), context.lexicon.said_before
    if folded.partition(" ")[0] in context.lexicon.negators:
        return ""  # "no me refiero a eso", "no entendió lo que le dije"
    if (before := words.means.match(folded)) is not None:
        return folded[before.end() :]
    behind = words.meant_behind.search(folded)
    return folded[: behind.start()] if behind is not None else ""


def _names_thing(context: Context) -> bool:
    """Whether more is said than for whom else the card just shown is wanted."""
    said = context.said
    ends = [end for start, end in said.spans(PhraseKind.FOR_SOMEBODY) if start <= 1]
    return len(said.words) - max(ends, default=0) > _FEW_BESIDE or (
        said.asks and "?" not in said.text
    )


def asked_of_shown(context: Context, least: float = LIKELY) -> str:
    """ "Y dónde se paga" asks for the place, even where it sounds like more; "" for nothing."""
    kind = next(filter(context.said.kinds.__contains__, OF_SHOWN), None)
    said = OF_SHOWN[kind] if kind is not None else ""
    if said == "follow_place" and not asks_plainly(context):
        said = ""  # "dónde saco el permiso de circulación" is of another card
    return said or context.heard.best(FOLLOW_UPS, least)


def aspect_told(context: Context, act: str) -> str:
    """What is told of what was shown where ``act`` is asked for; "" for nothing."""
    if act == "follow_cost" and _costs_else(context):
        return "more"
    return act.removeprefix("follow_")


def _costs_else(context: Context) -> bool:
    """ "Cuánto cobran de multa", "cuánto sale el examen": the card's cost is of another thing."""
    service = context.release.content.service_by_id.get(context.state.topic)
    costed = context.lexicon.said_before.costed.search(context.folded)
    if service is None or costed is None:
        return False
    tokens_of, thing = context.release.index.tokens_of, costed[1]
    tokens, whole = tokens_of(thing), SENTENCE_ENDS.split(service.summary)[:1]
    named = [service.name, service.short_name, *whole, service.cost or ""]
    told = tokens_of(". ".join((*(service.requirements or ()), *service.steps)))
    if tokens.isdisjoint(told):  # "carnet" for the licence; an examination is a part of it
        named.extend(service.synonyms)
    return bool(tokens) and tokens.isdisjoint(tokens_of(". ".join(named)))


def asks_plainly(context: Context) -> bool:
    """Whether its last part is hardly more than such a phrase: "y dónde se inscribe uno"."""
    said = context.said
    begin, words = max(said.part_starts, default=0), len(said.words)
    for kind in said.kinds.keys() & OF_SHOWN.keys():
        for start, end in said.kinds[kind]:
            if start >= begin and words - begin - (end - start) <= _FEW_OF_ASPECT:
                return True
    return False
