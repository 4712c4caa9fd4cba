"""What means something else than the answer that is waited for: acts heard, questions asked."""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import AskAboutCard
from handlers.understanding.reading.grades.read import read_grade
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.places import names_reference
from handlers.understanding.reading.said import QUESTION, Said

# What people come to a municipality for.
BUSINESS = ("asks", "complains", "reports", "status_case", "status_procedure")
TAKING_BACK = ("corrects", "undoes", "withdraws")
_TALK = ("smalltalk", "who_are_you")
_MAY_TAKE_BACK = 0.3  # probability of taking back what was said, from which on it is asked about

BESIDE_JUDGING = (*BUSINESS, "suggests")  # besides how a visit was
BESIDE_ANSWER = (*BUSINESS, *FOLLOW_UPS, "wants_person", "hazard")  # besides a yes or no
BESIDE_CORRECTION = (*BESIDE_ANSWER, *_TALK, "nonsense")
BESIDE_REASON = (*BUSINESS, *TAKING_BACK, *_TALK, *FOLLOW_UPS, "wants_person")
INSTEAD_OF_GRADE = (
    *(*BUSINESS, *TAKING_BACK, *_TALK, "asks_about_grades", "rates", "wants_person", "greets"),
    *("confirms", "denies", "refuses", "not_understood", "nonsense", "thanks", "farewell"),
)
# Whoever names an area with a wish to suggest or praise rates it.
INSTEAD_OF_AREA = (
    *("complains", "status_case", "status_procedure", "withdraws"),
    *("asks_about_grades", "who_are_you", "insults", *FOLLOW_UPS),
)

_WORD = re.compile(r"[^\W_]+")
_EXCLAIMED = re.compile(r"\?\s*!|!\s*\?")  # "¡¿por qué no atienden más rápido?!"
_MOST_BESIDE = 7  # words beside a question that say why it is asked
_OPINIONS, _OPINION = ("praises", "blames", "suggests"), 0.25
_PLAIN_OPINION = 0.8  # the same, in what is plainly a question
ASKS_AT_ALL = 0.05  # probability that it is a question, below which it is none
_PLAINLY = 0.55  # probability that a question is asked, where the search is not sure what of
_ASPECT = 0.2  # probability of what is asked of a service
_OF_CASE = ("reports", "complains", "suggests", "blames")  # rather words of it
_GRADES = ("gives_grade", "vague_grade", "corrects", "undoes")
_LIKELY = 0.7
_GIVES = frozenset({PhraseKind.GIVES_GRADE, PhraseKind.GIVES_MARK})
_OF_OFFICE = {PhraseKind.ASKS_PLACE, PhraseKind.ASKS_HOURS, PhraseKind.ASKS_CONTACT}
_FEW_ASKING = 5  # words
_FEW_TO_ASK_WHO = 6
# Told, and asked of nobody.
_TELLS = frozenset(
    {
        PhraseKind.TELLS_WISH,
        PhraseKind.TELLS_BY_ASKING,
        PhraseKind.TELLS_WHERE,
        PhraseKind.TELLS_WHEN,
    }
)


# What a question is about that nothing else need be known of.
_ASKED = ("asks", *FOLLOW_UPS, "asks_about_grades", "who_are_you")
_ASKING = (
    *(PhraseKind.ASKS_HOURS, PhraseKind.ASKS_PLACE, PhraseKind.ASKS_CONTACT, PhraseKind.ASKS_TERM),
    *(PhraseKind.ASKS_WHERE_DONE, PhraseKind.ASKS_AMOUNT, PhraseKind.ASKS_WHAT),
    *(PhraseKind.ASKS_WHO_READS, PhraseKind.ASKS_WHO_ANSWERS, PhraseKind.ASKS_ANSWER),
)
_TELLS_ANYHOW = frozenset(
    {
        PhraseKind.JUDGES,
        PhraseKind.TELLS_BY_ASKING,
        PhraseKind.TELLS_WISH,
        PhraseKind.ADDS_TO_COMMENT,
    }
)
_MOST_OF_QUESTION = 10  # words
_MOST_FORMLESS = 4  # words of one that has not the form of a question: "horario tránsito"
# Probability that something is asked: with a mark, in the form of a
# question, without; despite a mood.
_MARKED, _KNOWN, _UNMARKED, _SURELY = 0.4, 0.6, 0.8, 0.9
_CLOSING = " .!\n"


def may_take_back(context: Context) -> bool:
    """Whether what was said before is perhaps corrected or taken back."""
    return bool(context.heard.best(TAKING_BACK, _MAY_TAKE_BACK))


@turn_cached(CONTEXTS)
def asks_who_it_is(context: Context) -> bool:
    """ "¿Y usté cómo se llama?": few words, which nothing is found for."""
    few = len(context.said.words) <= _FEW_TO_ASK_WHO
    nothing_found = not context.ranking.is_found or asks_only_how(context)
    return few and nothing_found and context.heard.likely("who_are_you")


@turn_cached(CONTEXTS)
def asks_only_how(context: Context) -> bool:
    """ "Qué puedo hacer", "¿y dónde saco?": of what was said before, for it names no thing."""
    said, lexicon = context.said, context.lexicon
    asked = said.covered(PhraseKind.ASKS_HOW_DONE)
    beside = [word for at, word in enumerate(said.words) if at not in asked]
    going_on, interrogates = lexicon.said_before.going_on, lexicon.said_before.interrogates
    things = [
        word
        for word in beside
        if not (word in going_on or word in lexicon.place_fillers or interrogates.fullmatch(word))
    ]
    return bool(asked) and not things


class AskedPart(NamedTuple):
    """A part of a text that has the form of a question."""

    read: Context  # it alone
    plain: bool  # it has its mark, or is announced as one; not only a word that asks
    why: str  # what was left out beside it: why it is asked


def asks_aside(context: Context) -> bool:
    """Whether a text asks, and answers nothing of what is open."""
    return asked_aside(context) is not None


@turn_cached(CONTEXTS)
def asks_of_its_own(context: Context) -> bool:
    """Whether a text is a question, whatever is open: no answer to it, and no words for it.

    It may have neither mark nor interrogative: "hay que pagar", "y si no tengo clave única".
    """
    prompt = context.state.prompt
    if prompt is not None and prompt.awaits is Awaits.AREA and _tells_where_it_was(context):
        return False
    if context.state.filing is not None and _is_the_case(context.said):
        return False
    part = question_in(context)
    aside = part is not None and not part.why and asks_aside(context)
    return aside or _is_plain_question(context)


def _is_plain_question(context: Context) -> bool:
    said, heard, text = context.said, context.heard, context.text
    if not said.words or len(said.words) > _MOST_OF_QUESTION or _EXCLAIMED.search(text):
        return False
    if _tells_rather(context):
        return False
    if _is_whole_question(context):
        return True
    chance = heard.most(_ASKED)
    if text.rstrip(_CLOSING).endswith("?"):
        return chance >= _MARKED
    if "?" in text:
        return False  # "¿cuándo? desde anoche"
    formed = said.asks or said.begins(PhraseKind.FOLLOWS_UP)
    formed = formed or not said.kinds.keys().isdisjoint(_ASKING)
    if formed:
        of_office = any(start <= 1 for kind in _OF_OFFICE for start, _ in said.spans(kind))
        return heard.main in _ASKED and chance >= (_MARKED if of_office else _KNOWN)
    if context.state.follow_up is not None:
        return False  # "pasaron dos días tarde", more of a comment
    return 1 < len(said.words) <= _MOST_FORMLESS and _asks_without_form(context)


def _is_the_case(said: Said) -> bool:
    """ "¿Cuándo van a arreglar el hoyo?", "ingreso 12345, ¿cuándo sale?": what a case is about."""
    pays = PhraseKind.ASKS_PAYMENT in said.kinds  # "se puede pagar con tarjeta"
    return (PhraseKind.ASKS_OUTCOME in said.kinds and not pays) or names_reference(said)


def _asks_without_form(context: Context) -> bool:
    """ "Atienden los sábados", "horario tránsito"; not "no atienden los sábados"."""
    heard, words = context.heard, context.said.words
    if heard.main not in FOLLOW_UPS or not context.lexicon.negators.isdisjoint(words):
        return False
    if context.state.filing is not None and not _TELLS.isdisjoint(context.said.kinds):
        return False  # "ayer en la plaza", where that is asked
    return heard.chance(heard.main) >= (_KNOWN if _names_area_behind(context) else _UNMARKED)


def _names_area_behind(context: Context) -> bool:
    """The "tránsito" of "horario tránsito"."""
    names, behind = context.release.area_names, context.folded.partition(" ")[2]
    return names.of_word(behind) is not None or bool(names.called(behind))


def _tells_where_it_was(context: Context) -> bool:
    """ "Donde saqué la licencia": begins like a question, and asks nothing."""
    said, asking = context.said, (PhraseKind.ASKS_HOW_DONE, *_ASKING)
    begins = any(start <= 1 for start, _ in said.spans(PhraseKind.ASKS))
    return begins and "?" not in context.text and said.kinds.keys().isdisjoint(asking)


def _tells_rather(context: Context) -> bool:
    """Whether it judges, gives a grade, or tells what happened and what is wished."""
    said, heard = context.said, context.heard
    if context.grade is not None or _gives_grade(context) or said.begins_reason:
        return True
    if not _TELLS_ANYHOW.isdisjoint(said.kinds):
        return True
    if said.mood and not (said.asks and heard.most(_ASKED) >= _SURELY):
        return True  # but "cuánto se demoran" is asked, whatever the word
    return bool(heard.best((*_OPINIONS, *_OF_CASE), _OPINION))


def without_no(context: Context) -> Context:
    """ "No, pregunto el horario de tránsito": the question alone; the no is of what was understood
    of the words before."""
    first, *others = PARTS.split(context.text, maxsplit=1)
    words = fold(first).split()
    if not others or not words or not context.lexicon.negators.issuperset(words):
        return context
    lead = context.lexicon.said_before.leads.match(fold(others[0]))
    if lead is None or context.lexicon.said_before.inquires.search(lead[0]) is None:
        return context
    behind = fold(others[0]).removeprefix(lead[0])
    return context.of(f"{behind}?" if "?" in context.text else behind) if behind else context


def _is_whole_question(context: Context) -> bool:
    """Whether it is a phrase that asks, and hardly a word more: "y después qué pasa"."""
    said, going_on = context.said, context.lexicon.said_before.going_on
    return any(
        end == len(said.words) and going_on.issuperset(said.words[:start])
        for kind in _ASKING
        for start, end in said.spans(kind)
    )


@turn_cached(CONTEXTS)
def asked_aside(context: Context) -> Context | None:
    """The question, read alone, where it is no answer that is only shaped as one."""
    found = question_in(context)
    if found is None or _EXCLAIMED.search(context.text):
        return None
    asked, heard, said = found.read, found.read.heard, found.read.said
    if PhraseKind.TELLS_BY_ASKING in said.kinds or said.mood < 0 or _gives_grade(asked):
        return None
    chance = heard.most(("asks", *FOLLOW_UPS))
    elsewhere = asked.ranking.verdict is Verdict.EXTERNAL and context.state.follow_up is not None
    known = card_asked_for(asked) is not None or (elsewhere and "?" in asked.text)
    if heard.best(_OPINIONS, _PLAIN_OPINION if known and found.plain else _OPINION):
        return None
    if not known:
        marked = "?" in asked.text or _asks_where(asked)
        return asked if marked and chance >= _PLAINLY else None
    is_question = chance >= ASKS_AT_ALL and heard.main not in _OPINIONS
    return asked if found.plain or is_question else None


def _asks_where(context: Context) -> bool:
    """ "Donde queda", "hasta qué hora atienden": that and no more."""
    asks = not _OF_OFFICE.isdisjoint(context.said.kinds)
    return asks and len(context.said.words) <= _FEW_ASKING


@turn_cached(CONTEXTS)
def question_in(context: Context) -> AskedPart | None:
    """The question in a text, without "oiga, de paso" and "tengo 82"; None where it tells."""
    text, marked, beside = context.text, QUESTION.search(context.text), ""
    if marked is not None:
        text = marked[0]
        beside = context.text.replace(text, " ", 1).strip()
    words, folded = [found.start() for found in _WORD.finditer(text)], fold(text)
    if len(words) != len(folded.split()) or _tells(context, beside):
        return None
    said_before = context.lexicon.said_before
    found = said_before.leads.match(folded)
    lead = found[0] if found is not None else ""
    leads = lead.split()
    skipped = len(leads) - bool(leads and leads[-1] in said_before.going_on)  # "y si no voy"
    if skipped >= len(words):
        return None
    plain = marked is not None or said_before.inquires.search(lead) is not None
    plain = plain or any(start == skipped for start, _ in context.said.spans(PhraseKind.ASKS_WHAT))
    if not plain and said_before.interrogates.match(folded.removeprefix(lead)) is None:
        return None
    if not skipped and not beside:
        return AskedPart(context, plain, "")
    led = said_before.leads.fullmatch(fold(beside))  # "gracias. ¿Y las vacunas?"
    return AskedPart(context.of(text[words[skipped] :]), plain, "" if led else beside)


def card_asked_for(asked: Context) -> AskAboutCard | None:
    """The card that a question is surely about, and what of it is asked."""
    ranking = asked.ranking
    if ranking.verdict is not Verdict.SURE:
        return None
    service = asked.release.content.service_by_id.get(ranking.hits[0].id)
    if service is None:
        return None
    aspect = asked.heard.best(FOLLOW_UPS, _ASPECT).removeprefix("follow_")
    return AskAboutCard(service.id, aspect or "again")


def _tells(context: Context, beside: str) -> bool:
    """Whether what stands beside a question is more than why it is asked."""
    if not beside:
        return False
    said = Said(beside, context.lexicon)
    heard = context.release.listener.hear(beside)
    tells = heard.best(_OF_CASE, _OPINION) or not _TELLS.isdisjoint(said.kinds)
    grade = read_grade(beside, context.lexicon)
    graded = grade is not None and grade.value > 0  # "¿cero no se puede? entonces 1"
    return bool(tells) or graded or len(said.words) > _MOST_BESIDE


def _gives_grade(context: Context) -> bool:
    """ "Cuando contesten el teléfono les pongo un 7"."""
    gives = not _GIVES.isdisjoint(context.said.kinds) and bool(context.numbers)
    return gives or bool(context.heard.best(_GRADES, _LIKELY))
