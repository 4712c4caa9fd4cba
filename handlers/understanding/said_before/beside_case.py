"""What is said while a case is told and is no words of it: questions, and that it is all."""

from __future__ import annotations

from handlers.facts.cases import CaseKind
from handlers.release import DEFAULT_LANGUAGE
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_alone, names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskAboutCase, CaseAspect, DoubtAnswer, ReopenCase
from handlers.understanding.intents.information import AskAboutArea, AskAboutCard
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import card_asked_for, question_in
from handlers.understanding.reading.wishes import names_reference, tells_besides
from handlers.understanding.said_before.card.follow_ups import about_named, question_aside
from handlers.understanding.said_before.more_of_case import asks_of_state, state_of_case

_ASKS = 0.5
_ASKS_OF_SERVICE = 0.2  # the same, where a service is named
_CLOSING = " .!\n"
_MOST_ASKED = 9  # words of a question about the case that is told
_OF_CASE = ("reports", "complains", "suggests", "blames")  # rather words of it
_UNSURE = (Verdict.UNSURE, Verdict.SEVERAL)
_BESIDE_THANKS = 0.25  # probability of words that belong to the case
_FEW_THANKING = 5  # words of "muchísimas gracias, muy amable"
_FAR_AHEAD = 2.0  # of the score of the next card
_FEW_BARE = 2  # words of "el costo"
_FEWEST_ASKING = 4  # words of a question about something else


def question_about_case(context: Context) -> Intent | None:
    """ "¿Y cuánto se demoran?", "¿tengo que ir yo?" while a case is told: no words of it."""
    filing, prompt, follow_up = context.state.filing, context.state.prompt, context.state.follow_up
    telling = filing is not None and prompt is not None and prompt.awaits is Awaits.CASE
    if not telling and (follow_up is None or not follow_up.case):
        return None
    if follow_up is not None and PhraseKind.REWRITES_COMMENT in context.said.kinds:
        return ReopenCase(follow_up.case)  # what is filed stays; what it should say can be added
    first_words = telling and filing is not None and not filing.words
    if _only_files(context):
        return AskAboutCase(CaseAspect.FILES)  # "adjunto fotos"
    if telling and context.said.is_only(PhraseKind.WANTS_THIS_REPORTED):
        return AskAboutCase(CaseAspect.WAY)  # "¿dónde lo denuncio?"
    found = question_in(context)
    if found is None:
        return _answered(context, first_words=first_words)
    led, heard = found.read is not context, context.heard
    plainly = names_service(context) if found.plain else heard.main in ("asks", *FOLLOW_UPS)
    aside = question_aside(context) if led or (plainly and not first_words) else None
    if _wishes_plainly(context) or PhraseKind.ASKS_OUTCOME in context.said.kinds:
        aside = None  # "¿cuándo lo van a arreglar?" is no question about mending houses
    if aside is not None and not _is_of_case(found.read, aside):
        return aside  # "oiga, de paso, ¿dónde saco la licencia?"
    if first_words or not led:
        return _answered(context, first_words=first_words)
    if found.why:
        return _beside(found.read, first_words=False) or _of_what_is_told(found.read)
    return _answered(found.read, first_words=False)


def _only_files(context: Context) -> bool:
    """Whether a photo or the like is announced, and nothing told beside it."""
    said = context.said
    wish = {at for span in said.spans(PhraseKind.ASKS_FILES) for at in range(*span)}
    beside = [word for at, word in enumerate(said.words) if at not in wish]
    return bool(wish) and not tells_besides(said, beside)


def _wishes_plainly(context: Context) -> bool:
    """ "Que la pavimenten": what is asked for, though a service is called so."""
    kinds = (PhraseKind.WISHES_DONE, PhraseKind.TELLS_WISH)
    begins = [any(start == 0 for start, _ in context.said.spans(kind)) for kind in kinds]
    return all(begins) and "?" not in context.text


def _answered(context: Context, *, first_words: bool) -> Intent | None:
    """What the question is answered with; None for words of the case."""
    said, heard = context.said, context.heard
    aspect = next((one for kind, one in _ASPECTS_SAID.items() if kind in said.kinds), None)
    unnamed = aspect is CaseAspect.UNNAMED  # "¿cómo saben quién denunció?"
    tells = not unnamed and not _TELLING.isdisjoint(said.kinds)
    if tells or not _asks(context) or len(said.words) > _MOST_ASKED:
        return None
    if heard.main in _OF_CASE and aspect is None:
        return None
    if aspect in (None, CaseAspect.WAY) and _asks_of_state(context, first_words=first_words):
        return state_of_case(context)
    asks_outcome = PhraseKind.ASKS_OUTCOME in said.kinds
    own = asks_outcome or (unnamed and not names_service(context))  # "¿tengo que dar mi rut?"
    beside = None if own else _beside(context, first_words=first_words)
    if beside is not None:
        return beside
    if aspect is not None:
        return AskAboutCase(aspect)
    if not asks_outcome and (known := _of_what_is_told(context)):
        return known
    marked = _is_marked(context) or (asks_outcome and said.asks)  # "cuándo lo arreglan"
    outcome = AskAboutCase(CaseAspect.OUTCOME) if marked and not first_words else None
    act = heard.best((*FOLLOW_UPS, "asks_about_grades"), _ASKS)
    if not act or heard.main == "asks" or (outcome and asks_outcome):
        return outcome
    if first_words and context.ranking.verdict is Verdict.SURE and not context.said.names_case:
        return None  # "¿cuándo arreglan el hoyo?" is the case itself
    return AskAboutCase(ASPECTS_HEARD.get(act, CaseAspect.WAY))


def _asks_of_state(context: Context, *, first_words: bool) -> bool:
    """ "¿En qué va?"; what is told first may be of an earlier case, and is this one."""
    if not first_words:
        return asks_of_state(context)
    return context.heard.main == "status_case" and not context.state.cases


_ASPECTS_SAID = {
    PhraseKind.ASKS_UNNAMED: CaseAspect.UNNAMED,
    PhraseKind.ASKS_FILES: CaseAspect.FILES,
    PhraseKind.ASKS_IF_LATE: CaseAspect.LATE,
    PhraseKind.ASKS_WHO_ANSWERS: CaseAspect.READERS,
    PhraseKind.ASKS_WHO_READS: CaseAspect.READERS,
    PhraseKind.ASKS_ANSWER: CaseAspect.WAY,
    PhraseKind.ASKS_HOURS: CaseAspect.HOURS,
}
# What begins with these asks, though it has no marks; "cuando llueve se inunda" does not.
_ASKED_PLAINLY = (
    PhraseKind.ASKS,
    PhraseKind.ASKS_WHAT,
    PhraseKind.ASKS_WHO_READS,
    PhraseKind.ASKS_WHO_ANSWERS,
    PhraseKind.ASKS_ANSWER,
    PhraseKind.ASKS_IF_LATE,
    PhraseKind.ASKS_HOURS,
    PhraseKind.ASKS_CONTACT,
)
# Asked of nobody: what happened, or what is wished.
_TELLING = {PhraseKind.TELLS_WISH, PhraseKind.TELLS_BY_ASKING}
_OF_PLACE_OR_TIME = {PhraseKind.TELLS_WHERE, PhraseKind.TELLS_WHEN}
ASPECTS_HEARD = {
    "asks_about_grades": CaseAspect.READERS,
    "follow_whom": CaseAspect.READERS,
    "follow_hours": CaseAspect.HOURS,
}


def _beside(context: Context, *, first_words: bool) -> Intent | None:
    """What is asked of an area or a service, and not of the case."""
    named = about_named(context) or _what_is(context)
    named = named or _about_service(context, first_words=first_words)
    return named or _of_receiver(context)


def _what_is(context: Context) -> AskAboutArea | None:
    """ "¿Qué es eso de OIRS?": an area and nothing else is named."""
    said = context.said
    ends = [end for start, end in said.spans(PhraseKind.ASKS_WHAT) if start == 0]
    area = area_alone(context, " ".join(said.words[max(ends) :])) if ends else ""
    return AskAboutArea(area, "again") if area else None


def _of_what_is_told(context: Context) -> AskAboutCard | None:
    """ "¿Existe alguna rebaja?" beside "me cobraron dos veces el aseo": both find one service."""
    filing, text = context.state.filing, context.text
    if filing is None or not filing.words or context.said.names_case:
        return None
    told = "\n".join(filing.words)
    asks_how = any(start == 0 for start, _ in context.said.spans(PhraseKind.ASKS_HOW_DONE))
    if asks_how and context.ranking.verdict is Verdict.NOTHING:  # "¿cómo lo saco de ahí?"
        known = _known_by_its_words(context, told)
        return AskAboutCard(known, "how") if known else None
    ranking = context.rank(f"{told}\n{text}")
    found = {hit.id for hit in context.ranking.hits}
    service = context.release.content.service_by_id.get(ranking.hits[0].id if found else "")
    if ranking.verdict is not Verdict.SURE or service is None or service.takes_reports:
        return None
    if service.id not in found or context.ranking.verdict is Verdict.EXTERNAL:
        return None
    aspect = context.heard.best(FOLLOW_UPS, _ASKS_OF_SERVICE).removeprefix("follow_")
    named = names_service(context)
    return AskAboutCard(service.id, aspect or "again") if aspect or named else None


def _known_by_its_words(context: Context, told: str) -> str:
    """The service that a case is surely about, if it has other ways than a report; or ""."""
    ranking = context.rank(told)
    service = context.release.content.service_by_id.get(ranking.hits[0].id if ranking.hits else "")
    if ranking.verdict is not Verdict.SURE or service is None or service.takes_reports:
        return ""
    return service.id


def _of_receiver(context: Context) -> AskAboutArea | AskAboutCard | None:
    """ "¿Cuál es el teléfono?", "¿qué días pasa?": of the area, or the service, that it is for."""
    filing, cases = context.state.filing, context.state.cases
    area = filing.area if filing is not None else cases[-1].area if cases else ""
    act = context.heard.best(("follow_contact", "follow_hours"), _ASKS)
    if act == "follow_contact" and area and context.heard.main == act:
        return AskAboutArea(area, "contact")
    if act != "follow_hours" or filing is None or not filing.words:
        return None
    services = context.release.content.service_by_id
    for text in (context.text, "\n".join(filing.words)):
        ranking = context.rank(text)
        service = services.get(ranking.hits[0].id) if ranking.verdict is Verdict.SURE else None
        if service is not None and service.hours and service.area == area:
            return AskAboutCard(service.id, "hours")
    return None


def _about_service(context: Context, *, first_words: bool) -> AskAboutCard | None:
    """ "¿Cuánto cuesta sacar licencia?": of a service, and not of what is to be mended."""
    card, foreign = card_asked_for(context), context.spoken != DEFAULT_LANGUAGE
    foreign = foreign or bool(context.other_language)  # cards are in Spanish
    named = names_service(context) or foreign or _is_far_ahead(context)
    if card is None or not named or _is_of_case(context, card):
        return None
    if card.aspect == "again" and (first_words or context.heard.main != "asks"):
        return None  # "¿por qué cobran tanto por la licencia?" is the case itself
    return card


def _is_of_case(context: Context, asked: AskAboutCard | AskAboutArea) -> bool:
    """ "¿Cuánto demora el reclamo?", "¿y cuándo tapan el hoyo?": of what is told."""
    services = context.release.content.service_by_id
    reports = isinstance(asked, AskAboutCard) and services[asked.card].takes_reports
    return reports or context.said.names_case or PhraseKind.ASKS_ANSWER in context.said.kinds


def _is_far_ahead(context: Context) -> bool:
    """ "¿Ponen el chip gratis?": asked with its mark, and no other card is near the one found.

    "¿Y el costo?" names nothing but what is asked, and is of the case.
    """
    if len(context.said.words) <= _FEW_BARE:
        return False
    first, *others = [hit.score for hit in context.ranking.hits] or [0.0]
    asks = "?" in context.text and context.heard.main in FOLLOW_UPS
    return asks and all(first - other >= _FAR_AHEAD for other in others)


def _only_thanks(context: Context) -> bool:
    """ "Muchas gracias, muy amable", "que le vaya bien": with nothing of the case."""
    heard = context.heard
    if context.command is not None or heard.main not in ("thanks", "farewell"):
        return False
    return heard.surely(heard.main) and not heard.best(_OF_CASE, _BESIDE_THANKS)


def telling_ended(context: Context) -> Intent | None:
    """ "Eso es todo", "ingréselo así nomás": the end of what is told, and no words of it."""
    said, prompt, filing = context.said, context.state.prompt, context.state.filing
    thanks = len(said.words) <= _FEW_THANKING and _only_thanks(context)
    thanks = thanks and not said.is_only(PhraseKind.GIVES_UP)  # "mejor no, gracias"
    orders = said.is_only(PhraseKind.FILES_CASE)
    files = orders or said.is_only(PhraseKind.ACCEPTS_SUMMARY)
    ends = files or said.is_only(PhraseKind.ENDS_TELLING)
    if not ends and not thanks:
        return None
    offered = context.offers("complaint") or context.alert
    draft = context.state.draft
    if draft is not None and ((files and offered) or (orders and context.reported)):
        # After a no to the summary, a danger, the card of a report, or the answer to a case.
        return DoubtAnswer(draft.case, "") if draft.case else Act.COMPLAIN
    if prompt is not None and prompt.awaits is Awaits.CASE:
        if files and prompt.offers("file"):
            return Act.FILE_CASE
        told = filing is not None and filing.words
        return Act.SKIP if told and (ends or prompt.offers("file")) else None
    follow_up, first = context.state.follow_up, context.folded.partition(" ")[0]
    if follow_up is None or (not orders and context.commands.get(first) == "yes"):
        return None  # "sí, por favor": something is to be added
    return Act.FINISH if ends or follow_up.case else None


def gains_time(context: Context) -> bool:
    """ "Espere un poco", "mejor lo pienso": nothing is told, and nothing given up."""
    leads = context.lexicon.said_before.leads.fullmatch(context.folded) is not None
    return leads or context.said.is_only(PhraseKind.HESITATES)


def hesitates(context: Context) -> bool:
    """ "No sé si seguir", while a case is told: of the case, and no despair."""
    prompt = context.state.prompt
    telling = prompt is not None and prompt.awaits is Awaits.CASE
    return telling and context.said.is_only(PhraseKind.HESITATES)


def _asks(context: Context) -> bool:
    """Whether it is a question alone: not "son como 20", nor "¿20 días más? Voy a cerrar"."""
    if "?" in context.text:
        return context.text.rstrip(_CLOSING).endswith("?")
    said, going_on = context.said, context.lexicon.said_before.going_on
    tagged = context.lexicon.said_before.tags.fullmatch("".join(said.words[-1:])) is not None
    if tagged and not said.kinds.keys().isdisjoint(_ASPECTS_SAID):
        return True  # "sí, pero es anónimo, ¿cierto?"
    starts = (start for kind in _ASKED_PLAINLY for start, _ in said.spans(kind))
    return any(going_on.issuperset(said.words[:start]) for start in starts)


def _is_marked(context: Context) -> bool:
    """ "¿Lo van a arreglar?"; "en la plaza, ¿cachai?" tells where it is."""
    tells = names_reference(context.said) or not _OF_PLACE_OR_TIME.isdisjoint(context.said.kinds)
    return "?" in context.text and not tells


def asks_something_else(context: Context) -> bool:
    """ "¿Y para revalidar un título?" where the number of a procedure was asked for.

    That a procedure was meant was only heard; a question that the search knows is answered.
    """
    filing, said = context.state.filing, context.said
    if filing is None or not filing.waiting or filing.kind is not CaseKind.REQUEST:
        return False
    asks = said.asks or "?" in context.text
    if not asks or len(said.words) < _FEWEST_ASKING or names_reference(said):
        return False
    if context.heard.likely("status_procedure") or context.heard.likely("status_case"):
        return False
    if context.ranking.verdict in (Verdict.SURE, Verdict.EXTERNAL):
        return True
    plainly = PhraseKind.TELLS_WHEN not in said.kinds and context.text.lstrip().startswith("¿")
    corrects = PhraseKind.CORRECTS_WORDS in said.kinds  # "no era eso lo que pregunté"
    return (plainly or corrects) and context.ranking.verdict in _UNSURE
