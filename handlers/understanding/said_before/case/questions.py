"""Questions beside a case that is told, or was filed, and what each is answered with."""

from __future__ import annotations

from handlers.listening.listener import LIKELY
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_alone, names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskAboutCase, CaseAspect
from handlers.understanding.intents.information import AskAboutArea, AskAboutCard
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import card_asked_for
from handlers.understanding.reading.places import names_reference
from handlers.understanding.said_before.card.asked.named import about_named

_ASKS = 0.5
_HINT, _PERHAPS = 0.2, 0.35  # probability of a question, where its form shows it or may
_ASKS_OF_SERVICE = 0.2  # the same, where a service is named
_CLOSING = " .!\n"
_FEW_OF_COST = 5  # words of "tiene algún costo para mí"
_MOST_ASKED = 9  # words of a question about the case that is told
_FEW_ASKING, _MOST_ASKING = 8, 12  # words that ask how a case stands
_CERTAIN = 0.9  # probability that how a case stands is asked, where no form of words asks
_OF_CASE = ("reports", "complains", "suggests", "blames")  # rather words of it
_STATUS = ("status_case", "status_procedure")
ASKING = ("asks", *_STATUS, *FOLLOW_UPS)
_OF_COURSE = ("follow_time", "follow_how")  # asked of what becomes of a case
_OF_STATE = {PhraseKind.ASKS_NUMBER, PhraseKind.ASKS_CASE, PhraseKind.ASKS_ANSWER}
# What wishes to know, or waits.
_ASKING_FORMS = {PhraseKind.INQUIRES, PhraseKind.TELLS_WISH, PhraseKind.NOT_ANSWERED}


def answer_alone(context: Context, *, first_words: bool = False) -> Intent | None:
    """What a question and no more is answered with; None for words of the case.

    ``first_words``: nothing of the case was told yet.
    """
    if not _is_question_alone(context):
        return None
    plain = _plain_answer(context, first_words=first_words)
    return plain or _heard_answer(context, first_words=first_words)


def answer_among_words(context: Context) -> Intent | None:
    """The same for words that are no plain part of a case: what is asked there all the same."""
    of_course = context.heard.best(_OF_COURSE) and not names_service(context)
    if asks_of_state(context) or of_course:
        return state_of_case(context)
    card = card_asked_for(context)
    return card if card is not None and _is_asked(context, card) else None


def answer_beside(context: Context) -> Intent | None:
    """What is asked of an area or a service, by its name or by what was told."""
    return _beside(context, first_words=False) or _of_what_is_told(context)


def _plain_answer(context: Context, *, first_words: bool) -> Intent | None:
    """How the case stands, what is asked of an area or a service by name, or of cases as such."""
    said, aspect = context.said, _aspect(context)
    if aspect in (None, CaseAspect.WAY) and _asks_of_state(context, first_words=first_words):
        return state_of_case(context)
    # "¿Tengo que dar mi rut?", "¿cuándo lo arreglan?" are of this case alone.
    unnamed = aspect is CaseAspect.UNNAMED and not names_service(context)
    late = aspect is CaseAspect.LATE
    if not unnamed and not late and PhraseKind.ASKS_OUTCOME not in said.kinds:
        beside = _beside(context, first_words=first_words)
        if beside is not None:
            return beside
    return AskAboutCase(aspect) if aspect is not None else None


def _heard_answer(context: Context, *, first_words: bool) -> Intent | None:
    """What no phrase asks: of the service that the case is about, or of what becomes of it."""
    said, heard = context.said, context.heard
    asks_outcome = PhraseKind.ASKS_OUTCOME in said.kinds
    if not asks_outcome and (known := _of_what_is_told(context)):
        return known
    marked = _is_marked(context) or (asks_outcome and said.asks)  # "cuándo lo arreglan"
    outcome = AskAboutCase(CaseAspect.OUTCOME) if marked and not first_words else None
    act = heard.best((*FOLLOW_UPS, "asks_about_grades"), _ASKS)
    if not act or heard.main == "asks" or (outcome and asks_outcome):
        return outcome
    if first_words and context.ranking.verdict is Verdict.SURE and not said.names_case:
        return None  # "¿cuándo arreglan el hoyo?" is the case itself
    if act == "follow_cost" and is_of_another_cost(context):
        return outcome
    return AskAboutCase(ASPECTS_HEARD.get(act, CaseAspect.WAY))


def is_of_another_cost(context: Context) -> bool:
    """ "¿Cuánto le cobran al dueño de multa?": not what it costs to file a case."""
    said, names_nothing = context.said, (Verdict.NOTHING, Verdict.SMALL_TALK)
    if len(said.words) <= _FEW_OF_COST or said.names_case:
        return False
    return context.ranking.verdict not in names_nothing


def _aspect(context: Context) -> CaseAspect | None:
    """What of a case a phrase asks."""
    kinds = context.said.kinds
    return next((aspect for kind, aspect in ASPECTS_SAID.items() if kind in kinds), None)


def _is_question_alone(context: Context) -> bool:
    """Whether it has the form of a question, and tells nothing besides."""
    said, aspect = context.said, _aspect(context)
    unnamed = aspect is CaseAspect.UNNAMED  # "¿cómo saben quién denunció?"
    if not unnamed and not _TELLING.isdisjoint(said.kinds):
        return False
    if not _asks(context) or len(said.words) > _MOST_ASKED:
        return False
    return context.heard.main not in _OF_CASE or aspect is not None


def _asks_of_state(context: Context, *, first_words: bool) -> bool:
    """ "¿En qué va?"; what is told first may be of an earlier case, and is this one."""
    if not first_words:
        return asks_of_state(context)
    return context.heard.main == "status_case" and not context.state.cases


ASPECTS_SAID = {
    PhraseKind.ASKS_PURPOSE: CaseAspect.PURPOSE,
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
    PhraseKind.ASKS_PURPOSE,
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
    asks_how = context.said.begins(PhraseKind.ASKS_HOW_DONE)
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
    card = card_asked_for(context)
    if card is None or not _is_asked(context, card) or is_of_case(context, card):
        return None
    if card.aspect == "again" and (first_words or context.heard.main != "asks"):
        return None  # "¿por qué cobran tanto por la licencia?" is the case itself
    return card


def _is_asked(context: Context, card: AskAboutCard) -> bool:
    """Whether a card is asked for: "quiero renovar mi licencia"; not when the hole is mended."""
    filing = context.state.filing
    if context.release.content.service_by_id[card.card].takes_reports:
        told = context.rank("\n".join(filing.words)).hits if filing is not None else ()
        if not context.heard.surely("asks") or card.card in [hit.id for hit in told[:1]]:
            return False
    return context.heard.most(ASKING) >= (_HINT if "?" in context.text else _PERHAPS)


def is_of_case(context: Context, asked: AskAboutCard | AskAboutArea) -> bool:
    """ "¿Cuánto demora el reclamo?", "¿y cuándo tapan el hoyo?": of what is told."""
    services = context.release.content.service_by_id
    reports = isinstance(asked, AskAboutCard) and services[asked.card].takes_reports
    return reports or context.said.names_case or PhraseKind.ASKS_ANSWER in context.said.kinds


def _asks(context: Context) -> bool:
    """Whether it is a question alone: not "son como 20", nor "¿20 días más? Voy a cerrar"."""
    if "?" in context.text:
        return context.text.rstrip(_CLOSING).endswith("?")
    said, going_on = context.said, context.lexicon.said_before.going_on
    tagged = context.lexicon.said_before.tags.fullmatch("".join(said.words[-1:])) is not None
    if tagged and not said.kinds.keys().isdisjoint(ASPECTS_SAID):
        return True  # "sí, pero es anónimo, ¿cierto?"
    starts = (start for kind in _ASKED_PLAINLY for start, _ in said.spans(kind))
    return any(going_on.issuperset(said.words[:start]) for start in starts)


def _is_marked(context: Context) -> bool:
    """ "¿Lo van a arreglar?"; "en la plaza, ¿cachai?" tells where it is."""
    tells = names_reference(context.said) or not _OF_PLACE_OR_TIME.isdisjoint(context.said.kinds)
    return "?" in context.text and not tells


def asks_of_state(context: Context) -> bool:
    """ "¿En qué va lo mío?", "qué número me tocó", "Solicito conocer el estado de mi reclamo"."""
    said, heard = context.said, context.heard
    few = len(said.words) <= _FEW_ASKING
    asked = said.asks and len(said.words) <= _MOST_ASKING
    named = few and not _OF_STATE.isdisjoint(said.kinds)
    named = named or (asked and PhraseKind.ASKS_NUMBER in said.kinds)
    if named or _is_untold(context):
        return named
    enough = _HINT if asked else LIKELY if _may_ask(context) else _CERTAIN
    return bool(heard.best(_STATUS, enough))


def _is_untold(context: Context) -> bool:
    """Whether nothing was told yet for a case: "postulé a la beca y no sé cómo voy" is what for."""
    follow_up = context.state.follow_up
    return follow_up is not None and bool(follow_up.case) and not follow_up.told


def _may_ask(context: Context) -> bool:
    """Whether anything but the sound of it asks: "fue el 14, tengo los comprobantes" tells."""
    said = context.said
    forms = any(kind in _ASKING_FORMS or kind.value.startswith("asks") for kind in said.kinds)
    return forms or said.names_case or "?" in context.text


def state_of_case(context: Context) -> Intent:
    """How the own case stands; of one that is being told, or where there is none, the way."""
    told = context.state.filing is not None and PhraseKind.ASKS_ANSWER in context.said.kinds
    if told or not context.state.cases:
        return AskAboutCase(CaseAspect.WAY)
    return Act.SHOW_CASES
