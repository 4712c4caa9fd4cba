"""What more is asked of what was just shown: its cost, place, hours, or anything that goes on."""

from __future__ import annotations

import re

from handlers.listening.listener import LIKELY, SURE
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_alone, area_by_name, area_in, names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutTopic,
    LookUp,
    Speak,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import (
    asks_only_how,
    asks_who_it_is,
)
from handlers.understanding.reading.said import QUESTION
from handlers.understanding.reading.wishes import wants_to_rate
from handlers.understanding.said_before.card.asked.named import is_name
from handlers.understanding.said_before.card.decision.chances import names_another
from handlers.understanding.said_before.card.decision.clauses import CLAUSES
from handlers.understanding.said_before.card.plain_answers import not_grasped
from handlers.understanding.said_before.card.shown import (
    NAMING,
    OF_SHOWN,
    OTHER_WISHES,
    SURELY_OF_SHOWN,
    UNFOUND,
    about_shown_if_any,
    asked_of_shown,
    asks_plainly,
    aspect_told,
    chance_of_going_on,
    goes_on_about_card,
    insisted_on,
    least_of_aspect,
    offered,
)

SENTENCES = re.compile(r"[?.!\n]+")
_FEW_WORDS = 4
_MOST_ASKED = 14  # words of a question about what was shown
_HOURS = "follow_hours"
_WORDS_OF_NO = 2  # words of "no entendí"
_FEWEST_OF_CONDITION = 2  # words behind "si"
_FEWEST_ASKED = 2  # words of what is not grasped
_FIELDS = tuple(f"follow_{field}" for field in "cost place hours papers time contact whom".split())
_PLAIN = 0.6
_HINT = 0.25  # probability of what it asks for, where that is known besides


def about_topic(context: Context) -> Intent | None:
    """A question without a thing of its own is about the card or area that was shown last."""
    heard = context.heard
    longest = max(len(fold(part).split()) for part in SENTENCES.split(context.text))
    if longest > _MOST_ASKED or wants_to_rate(context.said) is not None:
        return None
    if context.state.topic and asks_only_how(context):
        return _about_shown(context, asked_of_shown(context, _HINT) or "follow_how")
    persists = PhraseKind.PERSISTS in context.said.kinds and "?" not in context.text
    if asks_who_it_is(context) or persists:
        return None  # "si ese es el problema, que no dan hora"
    judges = context.said.kinds.get(PhraseKind.JUDGES)
    if judges and any(start == 0 for start, _ in judges):
        return None
    if not_grasped(context):
        if context.state.topic and _doubts_condition(context):
            return AskAboutTopic("more")
        if context.other_language and not context.state.language:
            return Speak(context.other_language)  # "I don't understand"
        if context.state.topic and (aspect := _asked_in_it(context)):
            return _about_shown(context, aspect)
        return AskAboutTopic("again") if context.state.topic else _lost(context)
    taken_up = _area_taken_up(context)
    if taken_up:
        asked = heard.best(FOLLOW_UPS).removeprefix("follow_")
        return AskAboutArea(taken_up, asked) if asked else None
    if _asks_of_shown(context):
        return _about_shown(context, asked_of_shown(context, _HINT) or "follow_more")
    return _asked_of(context)


def _asked_in_it(context: Context) -> str:
    """ "No me queda claro a qué hora abren": what is not grasped, where it is one thing; or ""."""
    interrogates, words = context.lexicon.said_before.interrogates, context.folded.split()
    asks = (at for at, word in enumerate(words) if interrogates.fullmatch(word))
    at = next(filter(lambda at: at >= _WORDS_OF_NO, asks), len(words))
    asked = context.of(" ".join(words[at:]))
    few = len(asked.said.words) < _FEWEST_ASKED
    return "" if few else asked.heard.best(_FIELDS, LIKELY)


def _doubts_condition(context: Context) -> bool:
    """ "No entendí si un inquilino puede": a question of its own, and not the card anew."""
    words, supposing = context.said.words, context.lexicon.grade.supposing
    begins = words[_WORDS_OF_NO : _WORDS_OF_NO + 1]
    told = len(words) - _WORDS_OF_NO > _FEWEST_OF_CONDITION
    return told and not supposing.isdisjoint(begins)


def _asked_of(context: Context) -> Intent | None:
    """What is asked, of the area that is named or of what was shown."""
    heard = context.heard
    aspect = asked_of_shown(context, least_of_aspect(context, LIKELY))
    plain = asks_plainly(context)
    if not aspect or (not plain and heard.best(_RATHER, heard.chance(aspect))):
        return None
    if "?" not in context.text and heard.surely("reports") and not heard.surely(aspect):
        return None  # "no hay luz en la calle, está todo oscuro"
    named = area_in(context, context.folded)
    if named is not None and is_name(context):
        return None
    if named is not None and not goes_on_about_card(context):
        if aspect not in _OF_SERVICES:
            return AskAboutArea(named.id, aspect.removeprefix("follow_"))
        # An area itself has no steps and no cost: "cómo me inscribo en el cesfam" is of a card.
        return None if context.ranking.is_found else AskAboutArea(named.id, "again")
    if not plain and heard.main not in FOLLOW_UPS and heard.main != "asks":
        return None
    if context.state.topic:
        another = _asks_of_a_service(context, aspect) or names_another(context)
        return None if another else _about_shown(context, aspect)
    return _about_nothing_shown(context, aspect, plain=plain)


def _about_nothing_shown(context: Context, aspect: str, *, plain: bool) -> Act | None:
    """ "¿Y a qué hora?", where no card was shown: of the own case, or it is asked what is meant."""
    goes_on = context.begins_going_on
    asks = context.heard.likely("asks") and not plain
    known = context.ranking.is_found or context.ranking.verdict is Verdict.EXTERNAL
    if asks or (not goes_on and known) or _names_thing(context):
        return None  # "dónde saco el pasaporte"
    if context.open is not None or context.state.danger:
        return None  # "ya llegó", after the emergency numbers, is of the danger
    if not goes_on and len(context.folded.split()) > _FEW_WORDS:
        return None
    of_course = aspect in ("follow_time", "follow_how")  # "¿cuánto se demoran?", "qué sigue"
    of_case = of_course and bool(context.state.cases)
    return Act.SHOW_CASES if of_case else Act.ASK_WHAT_ABOUT


def _names_thing(context: Context) -> bool:
    """Whether the search knows the words beside the question, as in "dónde saco el carnet"."""
    said, lexicon = context.said, context.lexicon
    asked = {at for kind in OF_SHOWN for span in said.spans(kind) for at in range(*span)}
    empty = lexicon.place_fillers | lexicon.said_before.going_on
    interrogates = lexicon.said_before.interrogates
    beside = [
        word
        for at, word in enumerate(said.words)
        if at not in asked and word not in empty and not interrogates.fullmatch(word)
    ]
    return bool(beside) and context.rank(" ".join(beside)).verdict in NAMING


def _about_shown(context: Context, act: str) -> AskAboutTopic:
    """One thing of what was shown, and what else is asked of it: "cuánto sale y cuánto demora"."""
    others = [one for one in FOLLOW_UPS if one not in (act, "follow_more")]
    parts = [context.heard, *map(context.release.listener.hear, _joined(context))]
    if act == "follow_term":  # "cuándo postulo, en marzo o cuándo" sounds like each of these
        hours = PhraseKind.ASKS_HOURS in context.said.kinds
        others = [one for one in others if one != "follow_time" and (hours or one != _HOURS)]
    if act == "follow_online":  # "hay que ir" is of nothing else
        others = []
    also = [one for one in others if len(parts) > 1 and any(p.surely(one) for p in parts)]
    aspect, *further = (aspect_told(context, one) for one in (act, *also))
    besides = () if asks_plainly(context) else offered(context)
    return AskAboutTopic(aspect, besides, tuple(further))


def _joined(context: Context) -> list[str]:
    """The questions of "cuánto sale y cuánto se demora"; none where there is only one."""
    questions: list[list[str]] = []
    for part in CLAUSES.split(context.text):
        questions.append([])
        for word in fold(part).split():
            if word in context.lexicon.said_before.going_on:
                questions.append([])
            else:
                questions[-1].append(word)
    found = [" ".join(words) for words in questions if words]
    return found if len(found) > 1 else []


def _lost(context: Context) -> Act | None:
    """ "No entiendo nada", where nothing was shown yet."""
    waits = context.open is not None or context.words_are_awaited
    return None if waits or context.state.danger or context.said.asks else Act.EXPLAIN_ANEW


def missing(context: Context) -> Intent | None:
    """What the card just shown did not say: what is confirmed of it, else it is noted."""
    prompt = context.state.prompt
    awaited = prompt is not None and prompt.awaits is Awaits.MISSING
    says = PhraseKind.TELLS_MISSING in context.said.kinds
    shown = context.state.topic in context.release.content.service_by_id
    if not shown or context.open is not None or not (awaited or says):
        return None
    heard = context.heard
    if "?" in context.text or heard.best((*OTHER_WISHES, *_CURT), _PLAIN):
        return None
    if context.said.kinds.get(PhraseKind.WANTS_TO_RATE) or context.command is not None:
        return None
    if context.ranking.verdict is Verdict.SURE and not says:
        return None
    lacks = " ".join(context.said.words[1:])  # "donde queda", behind "falta"
    aspect = asked_of_shown(context.of(lacks), _HINT) if says else asked_of_shown(context)
    return AskAboutTopic(aspect.removeprefix("follow_")) if aspect else Act.TELL_MISSING


_CURT = ("thanks", "farewell", "greets", "insults", "who_are_you")


def narrowed(context: Context) -> Intent | None:
    """ "Para el agua", behind "necesito un subsidio": words that the question before lacked."""
    topic, services = context.state.topic, context.release.content.service_by_id
    head = services[topic].short_name.split()[0] if topic in services else ""  # "Subsidio"
    before = context.state.asked or head
    if not before or not _is_part_of_question(context) or (topic and not head):
        return None
    words = f"{before} {context.text}"
    ranking, of_area = context.rank(words), context.release.area_of_card
    sure = ranking.verdict is Verdict.SURE and ranking.hits[0].id in services.keys() - {topic}
    alike = sure and of_area(ranking.hits[0].id) == of_area(topic)
    if sure and (context.state.asked or (alike and context.ranking.verdict in NAMING)):
        return LookUp(words, ranking)
    if head:
        asked = asked_of_shown(context).removeprefix("follow_") or "more"
        return AskAboutTopic(asked, offered(context))
    return LookUp(words, ranking) if ranking.is_found else None


def _is_part_of_question(context: Context) -> bool:
    """Whether it begins like a part of a question, asks nothing itself, and names no other card."""
    first, *others = context.folded.split() or [""]
    begins = first in context.lexicon.said_before.narrows and 1 <= len(others) <= _FEW_WORDS
    if not begins or not context.prompt_is_recent or context.said.asks or "?" in context.text:
        return False
    heard = context.heard
    wishes = heard.best((*OTHER_WISHES, *_CURT), _HINT)
    answers = heard.best(("confirms", "denies", "partly", "refuses"), SURE)
    named = names_another(context) or area_by_name(context, context.text)
    return not wishes and not answers and not named


def insisted(context: Context) -> Intent | None:
    """ "No, de esa misma le pregunto, cuánto demora": the card that was shown is meant."""
    asked = insisted_on(context) if context.state.topic else None
    return (about_topic(asked) or AskAboutTopic("more")) if asked is not None else None


def _area_taken_up(context: Context) -> str:
    """ "Y la biblioteca, a qué hora cierra", after the card of another area; or ""."""
    first, *rest = context.folded.split()
    if first not in context.lexicon.said_before.going_on or not context.state.topic:
        return ""
    lengths = range(1, min(_MOST_TAKEN_UP, len(rest)) + 1)
    named = (area_alone(context, " ".join(rest[:length])) for length in lengths)
    area = next((found for found in named if found), "")
    return "" if area == context.release.area_of_card(context.state.topic) else area


_MOST_TAKEN_UP = 3  # words behind "y" that name another area


def _asks_of_a_service(context: Context, aspect: str) -> bool:
    """ "Cómo saco la patente" after an area, which has no steps, cost or papers of its own."""
    words = len(context.folded.split())
    return (
        aspect in _OF_SERVICES
        and context.state.topic in context.release.content.area_by_id
        and words >= _FEW_WORDS
    )


_OF_SERVICES = tuple(f"follow_{aspect}" for aspect in "cost papers how time term whom".split())


def about_card(context: Context) -> Intent | None:
    """A question that goes on about the card just shown, though it has words of its own.

    What the search finds for it is offered besides.
    """
    if not goes_on_about_card(context):
        return _asked_within(context)
    aspect = aspect_told(context, asked_of_shown(context, least_of_aspect(context, _HINT)))
    ranking, topic = context.ranking, context.state.topic
    of_it = ranking.verdict is Verdict.SURE and ranking.hits[0].id == topic
    asks = context.said.asks or context.begins_going_on
    if (
        not aspect
        and of_it
        and (not asks or (names_service(context) and not context.begins_going_on))
    ):
        return None  # the card itself is wanted again
    if ranking.verdict in UNFOUND and chance_of_going_on(context) < SURELY_OF_SHOWN:
        return about_shown_if_any(context, ranking)
    return AskAboutTopic(aspect or "more", offered(context))


def _asked_within(context: Context) -> Intent | None:
    """The question of "¿y eso dónde queda? No soy de acá": why it is asked stands beside it."""
    marked = QUESTION.search(context.text)
    question = marked[0].strip() if marked is not None else ""
    if not question or question == context.text.strip():
        return None
    beside = context.release.listener.hear(context.text.replace(question, " ", 1))
    if beside.best((*OTHER_WISHES, "gives_grade", "corrects"), _PLAIN):
        return None
    asked = context.of(question)
    ranking = asked.ranking
    if ranking.verdict is Verdict.SURE and ranking.hits[0].id != context.state.topic:
        return None
    return (about_topic(asked) or about_card(asked)) if goes_on_about_card(asked) else None


def _asks_of_shown(context: Context) -> bool:
    """A phrase that asks for more of what was shown, and names no other card."""
    topic, release = context.state.topic, context.release
    if topic not in release.content.service_by_id:
        shown = topic in (*release.content.institution_by_id, *release.content.area_by_id)
        return shown and context.begins_going_on and not context.ranking.cards()
    if context.lexicon.said_before.points_at_shown.match(context.folded):
        return True  # it is about that, even if another is named
    asks = context.begins_going_on or context.heard.likely("follow_more")
    if not asks or area_in(context, context.folded) is not None:
        return False
    if context.heard.best(("reports", "complains", "gives_grade", "wants_person"), _PLAIN):
        return False
    ranking = context.ranking
    if ranking.verdict is not Verdict.SURE or ranking.hits[0].id == topic:
        return True
    return not names_another(context)


_RATHER = ("asks", "status_case", "status_procedure")  # than what was shown
