"""What means something else than the answer that is waited for: acts heard, questions asked."""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import AskAboutCard
from handlers.understanding.reading.grades.read import read_grade
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
    return bool(asked) and all(
        word in going_on or word in lexicon.place_fillers or interrogates.fullmatch(word)
        for word in beside
    )


class AskedPart(NamedTuple):
    """A part of a text that has the form of a question."""

    read: Context  # it alone
    plain: bool  # it has its mark, or is announced as one; not only a word that asks
    why: str  # what was left out beside it: why it is asked


def asks_aside(context: Context) -> bool:
    """Whether a text asks, and answers nothing of what is open."""
    return asked_aside(context) is not None


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
    known = card_asked_for(asked) is not None
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
