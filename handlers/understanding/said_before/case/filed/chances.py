"""What follows a filed case: more of it, what puts it right, a question, or else, as it is fitted.

One decision for all of it; what is done about each kind is in ``said_after``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from handlers.listening.linear import shares
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.reading.mail import mail_in
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.places import names_phone, names_place, names_reference
from handlers.understanding.reading.replaced import put_right
from handlers.understanding.reading.wishes import adds_plainly, gives_grade
from handlers.understanding.said_before.case.filed import fitted

_CERTAIN = 5.0  # log-odds beyond which a probability counts no more
_FEW = 3  # words of a part that may only name what is meant
_NEAR = 3  # words between a no and what it denies
_TELLING_WORD = 4  # letters of a word that counts as said again
_STEM = 4  # letters that "Rosario" and "Rosa" have in common
_FOLLOWS = tuple(sorted(FOLLOW_UPS))
# The acts whose log-odds count: of the whole text, of its first part and of its last.
_WHOLE = {
    "asks": ("asks",),
    "follows": _FOLLOWS,
    "status": ("status_case", "status_procedure"),
    "reports": ("reports", "complains", "hazard"),
    "opinion": ("praises", "blames", "suggests"),
    "thanks": ("thanks",),
    "farewell": ("farewell",),
    "confirms": ("confirms",),
    "denies": ("denies", "refuses"),
    "corrects": ("corrects",),
    "undoes": ("undoes",),
    "withdraws": ("withdraws",),
    "grade": ("gives_grade", "rates"),
    "person": ("wants_person",),
    "talk": ("smalltalk", "greets", "who_are_you", "insults"),
    "nonsense": ("nonsense",),
    "lost": ("not_understood", "shorter", "longer", "wants_language"),
}
_FIRST_PART = ("thanks", "denies", "corrects", "asks")
_LAST_PART = ("undoes", "withdraws", "asks", "follows")
# Phrases that say what becomes of words that were told, or of the case.
_SAID = (
    PhraseKind.CORRECTS_WORDS,
    PhraseKind.MAY_CORRECT,
    PhraseKind.REWRITES_COMMENT,
    PhraseKind.NAMES_COMMENT,
    PhraseKind.NAMES_PART,
    PhraseKind.DROPS_LAST,
    PhraseKind.DROPS_WORDS,
    PhraseKind.DROPS_NAME,
    PhraseKind.HIDES_PART,
    PhraseKind.UNDOES_GRADE,
    PhraseKind.WRITES_INSTEAD,
    PhraseKind.WAS_AT,
    PhraseKind.GIVES_UP,
    PhraseKind.HELP_CAME,
    PhraseKind.ENDS_TELLING,
    PhraseKind.ACCEPTS_SUMMARY,
    PhraseKind.HESITATES,
    PhraseKind.MOCKS,
    PhraseKind.ADDS_TO_COMMENT,
    PhraseKind.TELLS_ALSO,
    PhraseKind.TELLS_WHERE,
    PhraseKind.TELLS_WHEN,
    PhraseKind.TELLS_WISH,
    PhraseKind.WISHES_DONE,
    PhraseKind.DESCRIBES_STAFF,
)
_QUESTIONS = frozenset(kind for kind in PhraseKind if kind.value.startswith("asks"))
_OF_CASE = frozenset(
    (
        *(PhraseKind.ASKS_ANSWER, PhraseKind.ASKS_NUMBER, PhraseKind.ASKS_CASE),
        *(PhraseKind.ASKS_IF_LATE, PhraseKind.ASKS_UNNAMED, PhraseKind.ASKS_FILES),
        *(PhraseKind.ASKS_OUTCOME, PhraseKind.ASKS_WHO_READS, PhraseKind.ASKS_WHO_ANSWERS),
    )
)
NAMES = (
    *_WHOLE,
    *(f"first_{name}" for name in _FIRST_PART),
    *(f"last_{name}" for name in _LAST_PART),
    *(f"says_{kind.value}" for kind in _SAID),
    "questions",  # how many kinds of phrases that ask
    "questions_of_case",  # the same, of what becomes of the case
    *("mark", "begins_asking", "last_asking"),  # with an interrogative, as its last part
    *("asks_by_form", "formed_asks"),  # with such a form, the log-odds that the last part asks
    *("goes_on", "led"),  # with "y"; with "oiga", "una consulta"
    "names_case",  # "mi reclamo"
    *("no", "denies_told"),  # its first word; beside a word that was told
    *("slips", "mends"),  # "perdón", "me equivoqué"; "era", "es", "fue" begin a part
    "replaces",  # one thing with another
    "puts_right",  # which the case says
    "said_again",  # logarithm of how many of its words the case says
    "near",  # a word that is much like one of the case's
    "counts_again",  # what the case counts, in another number
    *("numbers", "other_number"),  # that the case does not say, where it says one
    *("adds_plainly", "place", "other_place", "reached_at", "reference", "graded"),
    *("good", "bad"),
    *("found", "nothing_found"),  # a card, surely
    *("words", "few"),
    "commands",
)
KINDS = ("adds", "corrects", "erases", "withdraws", "asks", "new", "thanks", "other")
"""What is told apart: more of the case; what puts it right, or takes a part out; that it is taken
back; a question about it; another matter; thanks, or that it is all; and anything else."""


class Chances(NamedTuple):
    """How probable each of ``KINDS`` is."""

    adds: float
    corrects: float
    erases: float
    withdraws: float
    asks: float
    new: float
    thanks: float
    other: float

    @property
    def most(self) -> str:
        """The most probable kind."""
        return KINDS[max(range(len(KINDS)), key=self.__getitem__)]


@turn_cached(CONTEXTS)
def chances(context: Context) -> Chances:
    """The chances of a text that follows a filed case."""
    weights = map(fitted.WEIGHTS.__getitem__, NAMES)
    return Chances(*shares(fitted.ONE, weights, features(context)))


def features(context: Context) -> tuple[float, ...]:
    """As ``NAMES`` says, after the case that was filed last."""
    follow_up = context.state.follow_up
    told = fold(follow_up.told) if follow_up is not None else ""
    return (
        *_heard(context),
        *(float(kind in context.said.kinds) for kind in _SAID),
        *_of_questions(context),
        *_of_correction(context, told.split()),
        *_of_told(context, told),
        *_of_form(context),
    )


def _parts(context: Context) -> list[str]:
    return context.said.parts or [context.text]


def _heard(context: Context) -> tuple[float, ...]:
    parts, hear = _parts(context), context.release.listener.hear
    return (
        *context.heard.odds_of(tuple(_WHOLE.values()), _CERTAIN),
        *hear(parts[0]).odds_of(tuple(map(_WHOLE.__getitem__, _FIRST_PART)), _CERTAIN),
        *hear(parts[-1]).odds_of(tuple(map(_WHOLE.__getitem__, _LAST_PART)), _CERTAIN),
    )


def _of_questions(context: Context) -> tuple[float, ...]:
    kinds, words = context.said.kinds.keys(), context.lexicon.said_before
    lead = words.leads.match(context.folded)
    led = context.folded[lead.end() :].strip() if lead is not None else context.folded
    last = _parts(context)[-1]
    begins, ends = map(words.interrogates.match, (led, fold(last)))
    formed = context.said.asks or begins is not None or ends is not None
    asks = context.release.listener.hear(last).odds_of((("asks", *_FOLLOWS),), _CERTAIN)[0]
    return (
        float(len(kinds & _QUESTIONS)),
        float(len(kinds & _OF_CASE)),
        float("?" in context.text),
        float(begins is not None),
        float(ends is not None),
        float(formed),
        asks if formed else -_CERTAIN,
        float(words.going_on.issuperset(context.said.words[:1])),
        float(lead is not None),
        float(context.said.names_case),
    )


def _of_correction(context: Context, told: list[str]) -> tuple[float, ...]:
    lexicon, words, found = context.lexicon, context.said.words, context.replacement
    begins = (fold(part).split()[:1] for part in _parts(context))
    right = found is not None and bool(put_right(" ".join(told), found, lexicon))
    return (
        float(not lexicon.negators.isdisjoint(words[:1])),
        float(_denies_told(context, told)),
        float(not lexicon.grade.slips.isdisjoint(words)),
        float(any(not lexicon.grade.is_.isdisjoint(first) for first in begins)),
        float(found is not None),
        float(right),
    )


def _denies_told(context: Context, told: list[str]) -> bool:
    """ "No es matrona", "jueves no": a word of the case, and a no beside it."""
    lexicon, known = context.lexicon, {_singular(word) for word in told}
    for part in _parts(context):
        words = fold(part).split()
        for at, word in enumerate(words):
            tells = len(word) >= _TELLING_WORD or value_of(word, lexicon) is not None
            beside = {*words[max(0, at - _NEAR) : at], *words[at + 1 : at + 2]}
            if tells and _singular(word) in known and not lexicon.negators.isdisjoint(beside):
                return True
    return False


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _of_told(context: Context, told: str) -> tuple[float, ...]:
    lexicon, words, known = context.lexicon, context.folded.split(), told.split()
    telling = {word for word in words if len(word) >= _TELLING_WORD}
    again = telling.intersection(known)
    new = telling - again
    near = {word[:_STEM] for word in new} & {word[:_STEM] for word in known if len(word) >= _STEM}
    counted = {known[at + 1] for at in _numbers(known, context) if at + 1 < len(known)}
    recounted = {words[at + 1] for at in _numbers(words, context) if at + 1 < len(words)}
    said = {words[at] for at in _numbers(words, context)}
    before = {known[at] for at in _numbers(known, context)}
    said_numbers = {value_of(word, lexicon) or word for word in said}
    others = said_numbers - {value_of(word, lexicon) or word for word in before}
    return (
        math.log1p(len(again)),
        float(bool(near)),
        float(bool(counted & recounted) and bool(others)),
        float(bool(said)),
        float(bool(others and before)),
    )


def _numbers(words: list[str], context: Context) -> list[int]:
    """Where a number stands that is no article."""
    lexicon = context.lexicon
    told = ((at, word) for at, word in enumerate(words) if word not in lexicon.number.articles)
    return [at for at, word in told if word.isdecimal() or value_of(word, lexicon) is not None]


def _of_form(context: Context) -> tuple[float, ...]:
    said, verdict, follow_up = context.said, context.ranking.verdict, context.state.follow_up
    place, address = names_place(said), context.lexicon.house_number
    told_place = follow_up is not None and address.search(follow_up.told) is not None
    return (
        float(adds_plainly(said)),
        float(place),
        float(place and told_place),
        float(names_phone(said) or mail_in(context.text) is not None),
        float(names_reference(said)),
        float(bool(context.numbers) and gives_grade(said)),
        float(said.mood > 0),
        float(said.mood < 0),
        float(verdict is Verdict.SURE),
        float(verdict in (Verdict.NOTHING, Verdict.SMALL_TALK)),
        math.log1p(len(said.words)),
        float(len(said.words) <= _FEW),
        float(context.command is not None),
    )
