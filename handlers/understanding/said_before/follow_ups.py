"""What is said of a card that was just shown: whether it helped, and what more is asked."""

from __future__ import annotations

from itertools import accumulate

from handlers.content.model import QuestionKind
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import spelling
from handlers.understanding.areas import area_alone, area_by_name, area_in, has_proper_word
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AnswerMisread
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    AskAboutTopic,
    UsefulAnswer,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import tells_experience, wants_to_rate
from handlers.understanding.said_before.answered import (
    APART,
    ASKING,
    FEW_TO_SAY_YES,
    MOST_BESIDE_YES,
    WORST_SIGNS,
    affirms_plainly,
    answer_and_question,
    asks_behind_answer,
    denies_plainly,
    is_another,
    is_curt_no,
    is_helped,
    is_in_part,
    is_not_bad,
    is_of_oneself,
    not_grasped,
    praises_behind_no,
    shows_displeasure,
)
from handlers.understanding.said_before.shown import (
    OTHER_WISHES,
    chance_of_going_on,
)

_AGAIN = frozenset({"not_understood"})
_SHORT_ANSWER = 140  # characters of an answer to yes or no
_FEW_WORDS = 4
_MOST_ASKED = 14  # words of a question about what was shown
_TOO_CLOSE = 0.15  # between "partly" and "no" it is asked again
_LONGEST_VAGUE = 4  # words of "ni bueno ni malo"
_PLAIN = 0.6
_GOES_ON = 0.5  # from here on a question is about the card just shown
_MOST_GOING_ON = 30  # words of such a question
_ASKS_AT_ALL = 0.05  # probability that it is a question, below which it is none
_HINT = 0.2  # probability of what it asks for, where that is known besides
_NAMING = (Verdict.SURE, Verdict.UNSURE, Verdict.SEVERAL, Verdict.EXTERNAL)


def useful_answer(context: Context) -> Intent | None:
    """Whether the card helped, in any words: "sí me sirvió", "no mucho", "más o menos"."""
    opened = context.open
    if opened is None or not opened.outline.about_card or len(context.text) > _SHORT_ANSWER:
        return None
    if opened.question.kind is not QuestionKind.YES_NO:
        return None
    if "?" in context.text or asks_behind_answer(context):
        return answer_and_question(context)
    if PhraseKind.MOCKS in context.said.kinds:
        return UsefulAnswer("no")  # "me sirvió tanto como un paraguas roto"
    if (of_assistant := _grade_of_assistant(context)) is not None:
        return of_assistant
    weighed = _weighed(context)
    if not weighed and (PhraseKind.WANTS_SIMPLE in context.said.kinds or not_grasped(context)):
        return None  # "no veo bien, me lo puede leer" is to be told again, in short
    if denies_plainly(context, weighed) or is_another(context):
        return UsefulAnswer("no")  # "gran ayuda, no me aclaró nada"
    if PhraseKind.NOT_KNOWN_YET in context.said.kinds:
        partly = weighed and context.heard.surely("partly")
        return UsefulAnswer("partly") if partly else Act.AWAIT_TRIAL
    if context.command in ("yes", "no"):
        return UsefulAnswer(context.command)
    if (affirms_plainly(context) or is_not_bad(context)) and not weighed:
        return UsefulAnswer("yes")  # "fui y me resultó"
    if is_curt_no(context):
        return UsefulAnswer("no")
    if context.command not in (None, "thanks") or context.grade is not None:
        return None
    if is_of_oneself(context):
        return None if goes_on_about_card(context) else AnswerMisread("yes-no-misread")
    if tells_experience(context.said) and not is_helped(context):
        return None  # what somebody went through says more than a yes beside it
    if weighed or is_in_part(context):
        return UsefulAnswer(weighed or "partly")
    if shows_displeasure(context) and context.heard.likely("confirms"):
        return AnswerMisread("yes-no-misread")  # "uy sí, utilísimo 🙄"
    agrees = context.lexicon.said_before.yes.match(context.folded)
    if agrees and context.heard.surely("confirms") and not context.heard.best(FOLLOW_UPS, _HINT):
        return UsefulAnswer("yes")
    if _asks_more(context) or _asks_to_explain(context):
        return None
    if praises_behind_no(context):
        return UsefulAnswer("yes")
    if _begins_with_yes(context):
        return UsefulAnswer("yes")
    heard = context.heard
    said = heard.best(("confirms", "denies", "partly"), 0.35) or _opinion(context)
    sure = heard.surely("confirms") or heard.likely("thanks")
    sure = sure or _is_short(context)
    if said == "confirms" and heard.main in ASKING and not _is_short(context):
        return None  # "Los Perales, eso, en La Pampa. Casa con reja verde"
    if said == "confirms" and not sure and goes_on_about_card(context):
        return None  # "my husband works abroad, do I list him" is no yes
    rivals = (
        *FOLLOW_UPS,
        "asks",
        "gives_grade",
        "corrects",
        "shorter",
        "wants_person",
        "complains",
    )
    if not said or heard.best(rivals, heard.chance(said)):
        return None
    if said == "partly" and heard.best(("denies",), heard.chance("partly") - _TOO_CLOSE):
        return AnswerMisread("yes-no-misread")  # "puro chamullo, igual hay que ir": either
    return UsefulAnswer({"confirms": "yes", "denies": "no", "partly": "partly"}[said])


def _is_short(context: Context) -> bool:
    return len(context.folded.split()) <= FEW_TO_SAY_YES


def _grade_of_assistant(context: Context) -> UsefulAnswer | None:
    """ "Me sacó de la duda, un siete usted": no office is meant."""
    given = set(context.numbers)
    if PhraseKind.RATES_ASSISTANT not in context.said.kinds or len(given) != 1:
        return None
    grade = given.pop()
    partly = "partly" if grade == WORST_SIGNS + 1 else "yes"
    return UsefulAnswer("no" if grade <= WORST_SIGNS else partly)


def _weighed(context: Context) -> str:
    """ "Sirve, pero falta el horario", "vale. Eso sí, quedé con una duda": good, and then a "but".

    "partly", "no" where the good is only thanks and the rest denies it, or "".
    """
    but = context.lexicon.said_before.but.search(context.folded)
    if but is None:
        return ""
    before, after = context.folded[: but.start()].strip(), context.folded[but.end() :].strip()
    rest = Said(after, context.lexicon)
    if not before or not after or any(start == 0 for start, _ in rest.spans(PhraseKind.ASKS)):
        return ""
    listener, likes = context.release.listener, Said(before, context.lexicon)
    heard = listener.hear(before)
    denied = not context.lexicon.negators.isdisjoint(likes.words)
    good = heard.best(("confirms", "praises")) or (likes.mood > 0 and not heard.likely("thanks"))
    if context.lexicon.said_before.yes.match(context.folded) or (good and not denied):
        return "partly"
    if not heard.likely("thanks") or denied:
        return ""
    return "no" if listener.hear(after).best(("denies", "not_understood")) else "partly"


def _asks_to_explain(context: Context) -> bool:
    """ "Quedé colgada, explíquemelo con peras y manzanas": it is to be told again, in short."""
    heard = context.heard
    if PhraseKind.WANTS_SIMPLE in context.said.kinds:
        return True
    first, *_ = context.folded.split() or [""]
    if context.commands.get(first) == "no":
        return False  # "no mucho, muy enredado" is an answer
    rival = max(heard.chance(act) for act in ("confirms", "denies", "partly", "thanks"))
    return bool(heard.best(("not_understood", "shorter"), max(_HINT, rival)))


def _begins_with_yes(context: Context) -> bool:
    """ "Sí mijo, que Dios se lo pague"; "si soy extranjera" is no yes."""
    first, *others = context.folded.split() or [""]
    if context.commands.get(first) != "yes" or not others or len(others) > MOST_BESIDE_YES:
        return False
    apart = APART.match(context.text) is not None
    kind = context.heard.best(("thanks", "confirms", "praises"), _HINT)
    return (apart or bool(kind)) and not goes_on_about_card(context)


def _asks_more(context: Context) -> bool:
    """ "Puedo ir con efectivo", "¿se puede en cuotas?": a question is never a yes."""
    said = context.said
    begins = any(start <= 1 for start, _ in said.spans(PhraseKind.FOLLOWS_UP))
    lead = _words_of_lead(context)
    return begins or any(start in (0, lead) for start, _ in said.spans(PhraseKind.ASKS))


def _words_of_lead(context: Context) -> int:
    """How many words lead to a question: "más o menos, de a cuánto sale"."""
    words, lexicon = context.said.words, context.lexicon
    sizes = range(min(_LONGEST_VAGUE, len(words)), 0, -1)
    vague = (size for size in sizes if " ".join(words[:size]) in lexicon.vague_grades)
    lead = next(vague, 0)
    while lead < len(words) and words[lead] in lexicon.grade.around:
        lead += 1
    return lead


def _opinion(context: Context) -> str:
    """Praise or blame of what was just shown, in a few words, says whether it helped."""
    if len(context.folded.split()) > _FEW_WORDS:
        return ""
    said = context.heard.best(("praises", "blames"), _PLAIN)
    return {"praises": "confirms", "blames": "denies", "": ""}[said]


_ASPECTS = {
    PhraseKind.ASKS_PLACE: "place",
    PhraseKind.ASKS_HOURS: "hours",
    PhraseKind.ASKS_CONTACT: "contact",
}
_MOST_BEFORE = 2  # words before what asks: "hola, el teléfono de …"


def about_named(context: Context) -> Intent | None:
    """ "Horario de la biblioteca", "teléfono de Tránsito": one thing of an area or a service."""
    is_name = context.folded in context.release.area_names.beginnings
    if is_name or "status" in context.heard.main:
        return None  # "dirección de tránsito" is its name; "dónde está mi reclamo" is no place
    for meaning, aspect in _ASPECTS.items():
        for start, end in context.said.kinds.get(meaning, ()):
            rest = " ".join(context.said.words[end : _end_of_part(context, end)])
            if start > _MOST_BEFORE or not rest:
                continue
            if area := area_by_name(context, rest) or area_in(context, rest):
                return AskAboutArea(area.id, aspect)
            ranking, called = context.rank(rest), context.release.area_names.called(rest)
            if ranking.verdict is Verdict.SURE and ranking.hits[0].kind == "service":
                return AskAboutCard(ranking.hits[0].id, aspect)
            if len(called) == 1 and not ranking.is_found:
                return AskAboutArea(called[0], aspect)
    return None


def _end_of_part(context: Context, at: int) -> int:
    """Where the part ends that the words before ``at`` stand in: "atienden hoy, salgo a las 2"."""
    ends = accumulate(len(spelling(part)) for part in PARTS.split(context.text))
    return next((end for end in ends if end >= at), at)


def about_topic(context: Context) -> Intent | None:
    """A question without a thing of its own is about the card or area that was shown last."""
    heard = context.heard
    if len(context.folded.split()) > _MOST_ASKED or wants_to_rate(context.said) is not None:
        return None
    if not_grasped(context) or (heard.main in _AGAIN and heard.likely("not_understood")):
        return AskAboutTopic("again") if context.state.topic else None
    taken_up = _area_taken_up(context)
    if taken_up:
        asked = heard.best(FOLLOW_UPS).removeprefix("follow_")
        return AskAboutArea(taken_up, asked) if asked else None
    if _asks_of_shown(context):
        return AskAboutTopic(heard.best(FOLLOW_UPS).removeprefix("follow_") or "more")
    aspect = heard.best(FOLLOW_UPS)
    if not aspect or heard.best(_RATHER, heard.chance(aspect)):
        return None
    named = area_in(context, context.folded)
    if named is not None and not goes_on_about_card(context):
        return AskAboutArea(named.id, aspect.removeprefix("follow_"))
    if heard.main not in FOLLOW_UPS and heard.main != "asks":
        return None
    if context.state.topic:
        of_service = _asks_of_a_service(context, aspect)
        return None if of_service else AskAboutTopic(aspect.removeprefix("follow_"))
    goes_on = context.begins_going_on
    if heard.likely("asks") or (not goes_on and context.ranking.is_found):
        return None
    if context.open is not None or context.state.danger:
        return None  # "ya llegó", after the emergency numbers, is of the danger
    return Act.ASK_WHAT_ABOUT if goes_on or len(context.folded.split()) <= _FEW_WORDS else None


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


_OF_SERVICES = ("follow_cost", "follow_papers", "follow_how", "follow_time", "follow_whom")


def about_card(context: Context) -> Intent | None:
    """A question that goes on about the card just shown, though it has words of its own.

    What the search finds for it is offered besides.
    """
    if not goes_on_about_card(context):
        return None
    aspect = context.heard.best(FOLLOW_UPS, _HINT).removeprefix("follow_")
    ranking, topic = context.ranking, context.state.topic
    if not aspect and ranking.verdict is Verdict.SURE and ranking.hits[0].id == topic:
        return None  # the card itself is asked for again
    others = [hit.id for hit in ranking.hits if hit.id != topic]
    other = others[0] if others and ranking.verdict in _NAMING else ""
    return AskAboutTopic(aspect or "more", other)


def goes_on_about_card(context: Context) -> bool:
    """Whether the text is rather about the card just shown than about anything else."""
    prompt, words = context.state.prompt, len(context.folded.split())
    if not 2 <= words <= _MOST_GOING_ON or (prompt is not None and not context.prompt_is_recent):
        return False
    if context.open is not None and not context.open.outline.about_card:
        return False
    if context.said.asks and context.lexicon.said_before.such_case.search(context.folded):
        return context.state.topic in context.release.content.service_by_id and not _names_another(
            context
        )
    asks = context.begins_going_on or context.heard.best((*FOLLOW_UPS, "asks"), _ASKS_AT_ALL)
    return bool(asks) and chance_of_going_on(context) >= _GOES_ON


def _names_another(context: Context) -> bool:
    """ "En ese caso, cómo saco la licencia": a card that is surely found, and named."""
    services, ranking = context.release.content.service_by_id, context.ranking
    shown = services[context.state.topic]
    found = services.get(ranking.hits[0].id) if ranking.verdict is Verdict.SURE else None
    if found is None or found is shown:
        return False
    return has_proper_word(context.folded, found.name, shown.name)


def _asks_of_shown(context: Context) -> bool:
    """A phrase that asks for more of what was shown, and names no other card."""
    topic, release = context.state.topic, context.release
    service = release.content.service_by_id.get(topic)
    if service is None:
        return False
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
    return not _names_another(context)


def unclear_answer(context: Context) -> Intent | None:
    """Words after "¿Le sirvió?" that ask nothing: it is asked once more, they are not searched."""
    if context.state.misses or context.said.asks:
        return None
    heard = context.heard
    if len(context.folded.split()) < _FEW_WORDS and not heard.best(_ANSWERS, _HINT):
        return None
    if heard.chance("asks") >= _ASKS_AT_ALL or heard.best((*FOLLOW_UPS, *OTHER_WISHES), _PLAIN):
        return None
    hints = heard.best(_ANSWERS, _ASKS_AT_ALL)
    verdict = context.ranking.verdict
    if verdict is Verdict.NOTHING or (verdict in _UNCERTAIN and hints):
        return Act.MAKE_NO_SENSE
    return None


_ANSWERS = ("confirms", "denies", "partly", "smalltalk", "refuses")
_UNCERTAIN = (Verdict.UNSURE, Verdict.EXTERNAL)
_RATHER = ("asks", "status_case", "status_procedure")  # than what was shown
