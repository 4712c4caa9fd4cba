"""What follows a rating: its comment, something put right, or something else, as it is fitted."""

from __future__ import annotations

import math
from typing import NamedTuple

from handlers.listening.linear import shares
from handlers.listening.listener import LIKELY, SURE
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.areas import area_in
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.meant_else import TAKING_BACK
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.replaced import put_right
from handlers.understanding.said_before.corrections import fitted
from handlers.understanding.said_before.corrections.areas import denies_by_name
from handlers.understanding.said_before.corrections.on_record import (
    denies,
    denies_grade,
    grade_on_record,
    means_elsewhere,
)

ASKED = 0.5  # probability of no comment from which it is asked what the words are to become
ASKED_SAYING = 0.2  # the same, where a grade is said to be wrong, and nothing is told or judged
ASKING = 0.9  # of something else, below which it answers the open question why
HARDLY = 0.1  # of what puts something right, the share below which a part is hardly meant
_OPINIONS = ("praises", "blames", "suggests")
# The acts whose log-odds count: of the whole text, of its first part and of its last.
_WHOLE = (
    ("asks",),
    tuple(FOLLOW_UPS),
    ("asks_about_grades",),
    TAKING_BACK,
    ("refuses",),
    ("denies",),
    ("rates",),
    _OPINIONS,
    ("complains", "reports", "hazard"),
    ("insults",),
    ("thanks", "farewell", "greets"),
)
_FIRST_PART = (_OPINIONS, (*TAKING_BACK, "denies", "refuses"))
_LAST_PART = (_OPINIONS, TAKING_BACK, ("asks", *FOLLOW_UPS))
_CORRECTING = (("corrects",), ("undoes",), ("gives_grade",), ("withdraws",))
_FEW = 4  # words of a part that only gives another grade
_LAST = 4  # words, among which an "or" ends a question: "la ponen ahí o en otro lado"
_TELLING_WORD = 4  # letters of a word of the comment that counts as said again
_CERTAIN = 5.0  # log-odds beyond which a probability counts no more
# Phrases that put something right: how many kinds of them are said, and which.
_PUTTING_RIGHT = (
    PhraseKind.MAY_CORRECT,
    PhraseKind.CORRECTS_GRADE,
    PhraseKind.UNDOES_GRADE,
    PhraseKind.DOUBTS_GRADE,
    PhraseKind.LOWERS_GRADE,
    PhraseKind.RAISES_GRADE,
    PhraseKind.REVERSES_GRADE,
    PhraseKind.KEEPS_GRADE,
    PhraseKind.GIVES_GRADE,
    PhraseKind.GIVES_MARK,
    PhraseKind.CORRECTS_WORDS,
    PhraseKind.DROPS_LAST,
    PhraseKind.DROPS_WORDS,
    PhraseKind.DROPS_NAME,
    PhraseKind.NAMES_COMMENT,
    PhraseKind.NAMES_PART,
    PhraseKind.REWRITES_COMMENT,
    PhraseKind.SAYS_INSTEAD,
    PhraseKind.WRITES_INSTEAD,
    PhraseKind.DENIES_PLACE,
    PhraseKind.WAS_AT,
)
_PUTTING_RIGHT_KINDS = frozenset(_PUTTING_RIGHT)
_SAID = (*_PUTTING_RIGHT, PhraseKind.ADDS_TO_COMMENT)
# Say of a grade that it is to be another, or none.
SAYING = (PhraseKind.MAY_CORRECT, PhraseKind.CORRECTS_GRADE, PhraseKind.UNDOES_GRADE)
MOVING = (PhraseKind.LOWERS_GRADE, PhraseKind.RAISES_GRADE)
_QUESTIONS = frozenset(
    (*(kind for kind in PhraseKind if kind.value.startswith("asks")), PhraseKind.FOLLOWS_UP)
)
_TELLING = frozenset(
    (
        *(kind for kind in PhraseKind if kind.value.startswith("tells")),
        PhraseKind.EXPERIENCE,
        PhraseKind.DESCRIBES_STAFF,
        PhraseKind.JUDGES,
        PhraseKind.JUDGES_SERVICE,
        PhraseKind.WAITS,
        PhraseKind.HELPED,
        PhraseKind.NOT_HELPED,
        PhraseKind.REPORTED_BEFORE,
        PhraseKind.SUGGESTS,
        PhraseKind.CONGRATULATES,
        PhraseKind.MOCKS,
    )
)
# What its probability is worked out from: `make train` fits how much each counts. Acts are
# log-odds; of the first and the last part of the text by itself, too.
NAMES = (
    *("asks", "follows", "asks_about_grades", "takes_back", "refuses", "denies", "rates"),
    *("opinion", "reports", "insults", "courteous"),
    *("first_opinion", "first_takes_back"),
    *("last_opinion", "last_takes_back", "last_asks"),
    "putting_right",  # how many kinds of phrases that put something right
    "questions",  # that ask
    "telling",  # that tell of a visit
    "only_puts_right",  # it has some of the first, and nothing is told or judged
    "mark",  # a question mark
    "marked_asks",  # with one, the log-odds that the last part asks
    "begins_asking",  # with an interrogative
    "last_asking",  # the last part does
    "mood",  # it praises or blames
    "no",  # its first word
    *("may_correct", "corrects_grade", "undoes_grade"),  # such phrases; a number may be a grade
    "gives_grade",  # another one, with hardly a doubt
    "another_grade",
    "same_grade",
    "grade_alone",  # another grade in a part of few words
    "grade_denied",  # the one on record
    "names_grade",
    "replaces",  # one thing with another
    "words",  # logarithm of their number
    "or",  # among the last words
    *("corrects", "undoes", "gives_grade_heard", "withdraws"),  # acts of the whole text
    *(f"says_{kind.value}" for kind in _SAID),
    *("other_area", "rated_area"),  # it names
    *("denies_area", "denies_by_name", "means_elsewhere", "names_office"),
    *("denies_pointed", "slips", "staff", "leaves_grade", "numbers"),
    *("has_comment", "puts_comment_right", "comment_again"),  # how many of its words are said again
    "closed",  # the rating is
)
KINDS = ("adds", "grade", "area", "words", "other")
"""What is told apart: more of the comment, what puts right the grade, the area or the comment's
words (or leaves or takes them back), and anything else."""


class Chances(NamedTuple):
    """How probable each of ``KINDS`` is."""

    adds: float
    grade: float
    area: float
    words: float
    other: float

    @property
    def corrects(self) -> float:
        """That something of the rating is put right, taken back or left as it is."""
        return self.grade + self.area + self.words


def follows_rating(context: Context) -> bool:
    """Whether a rating was given last, and its comment is awaited, or it is closed."""
    return grade_on_record(context) > 0 or context.rating_is_closed


@turn_cached(CONTEXTS)
def chances(context: Context) -> Chances:
    """The chances of a text that follows a rating, of which something may be open."""
    weights = map(fitted.WEIGHTS.__getitem__, NAMES)
    return Chances(*shares(fitted.ONE, weights, features(context)))


def may_be_no_comment(context: Context) -> bool:
    """Whether it is asked what words after a grade are to become; of signs alone it is not."""
    if not context.folded:
        return False
    says = any(_is_said(context, kind) for kind in SAYING)
    least = ASKED_SAYING if says and _only_puts_right(context) else ASKED
    rated, found = context.state.rated[-1].grade, chances(context)
    if _answers_why(context, found):
        return False
    if {*context.numbers} != {rated}:
        return 1 - found.adds >= least
    # "Le puse un 4 por lástima": what says the grade on record again puts none right, unless it
    # plainly takes it back: "ese 4 bórrelo".
    takes_back = context.heard.likely("undoes") or context.heard.surely("corrects")
    again = 0.0 if takes_back or denies_grade(context, rated) else found.grade
    return 1 - found.adds - again >= SURE


def _answers_why(context: Context, found: Chances) -> bool:
    """ "Que pasan cuando quieren", to what mattered most: it puts nothing right, asks nothing."""
    opened = context.open
    if opened is None or not opened.question.takes_free_words or "?" in context.text:
        return False
    begins = context.said.begins_reason or context.said.begins(PhraseKind.WISHES_DONE)
    judges = context.said.mood or context.heard.best(("praises", "blames"))
    if not begins and (context.said.asks or not judges):
        return False
    return found.corrects <= HARDLY and found.other < ASKING


def hardly_meant(context: Context, *parts: str) -> bool:
    """Whether, of what puts right a rating that it follows, it is hardly one of these parts."""
    if not follows_rating(context):
        return False
    found = chances(context)
    meant = sum(chance for kind, chance in zip(KINDS, found, strict=True) if kind in parts)
    return meant < HARDLY * found.corrects


def likely_grade(context: Context) -> bool:
    """Whether, of what puts right a rating that it follows, it is rather the grade."""
    if not follows_rating(context):
        return True
    found = chances(context)
    return found.grade >= LIKELY * found.corrects


def features(context: Context) -> tuple[float, ...]:
    """As ``NAMES`` says, after the latest rating."""
    rated = context.state.rated[-1]
    return (
        *_heard(context),
        *_signs(context),
        *_of_grade(context, rated.grade),
        *_form(context),
        *context.heard.odds_of(_CORRECTING, _CERTAIN),
        *(float(kind in context.said.kinds) for kind in _SAID),
        *_of_area(context, rated.subject.area),
        *_of_words(context),
        float(context.rating_is_closed),
    )


def _parts(context: Context) -> list[str]:
    return context.said.parts or [context.text]


def _heard(context: Context) -> tuple[float, ...]:
    parts, hear = _parts(context), context.release.listener.hear
    last = hear(parts[-1]).odds_of(_LAST_PART, _CERTAIN)
    return (
        *context.heard.odds_of(_WHOLE, _CERTAIN),
        *hear(parts[0]).odds_of(_FIRST_PART, _CERTAIN),
        *last,
        *_phrases(context),
        float("?" in context.text),
        last[-1] if "?" in context.text else 0.0,
    )


def _phrases(context: Context) -> tuple[float, ...]:
    kinds = context.said.kinds.keys()
    counted = (len(kinds & of) for of in (_PUTTING_RIGHT_KINDS, _QUESTIONS, _TELLING))
    return (*map(float, counted), float(_only_puts_right(context)))


def _only_puts_right(context: Context) -> bool:
    """ "Fue mi perro que pisó el celu": such a phrase, where nothing is told or judged."""
    kinds = context.said.kinds.keys()
    tells = context.said.mood or not kinds.isdisjoint(_TELLING)
    return not (tells or kinds.isdisjoint(_PUTTING_RIGHT_KINDS))


def _signs(context: Context) -> tuple[float, ...]:
    said_before = context.lexicon.said_before
    lead = said_before.leads.match(context.folded)
    led = context.folded[lead.end() :].strip() if lead is not None else context.folded
    begins, ends = map(said_before.interrogates.match, (led, fold(_parts(context)[-1])))
    denies = not context.lexicon.negators.isdisjoint(context.said.words[:1])
    return tuple(map(float, map(bool, (begins, ends, context.said.mood, denies))))


def _of_grade(context: Context, rated: int) -> tuple[float, ...]:
    lexicon, others = context.lexicon, {*context.numbers} - {rated}
    few = [words for part in _parts(context) if len(words := fold(part).split()) <= _FEW]
    alone = any(value_of(word, lexicon) in others for words in few for word in words)
    denied = denies_grade(context, rated)
    names = lexicon.said_before.names_grade.search(context.folded) is not None
    gives = bool(others) and context.heard.surely("gives_grade")
    says = (_is_said(context, kind) for kind in SAYING)
    return tuple(
        map(float, (*says, gives, bool(others), rated in context.numbers, alone, denied, names))
    )


def _is_said(context: Context, kind: PhraseKind) -> bool:
    """Whether such a phrase stands there; a number in it must be one that may be a grade."""
    words, lexicon = context.said.words, context.lexicon
    return any(
        bool(context.numbers) or all(value_of(word, lexicon) is None for word in words[start:end])
        for start, end in context.said.spans(kind)
    )


def _form(context: Context) -> tuple[float, ...]:
    said, said_before = context.said, context.lexicon.said_before
    return (
        float(context.replacement is not None),
        math.log1p(len(said.words)),
        float(not said_before.ors.isdisjoint(said.words[-_LAST:])),
    )


def _of_area(context: Context, rated: str) -> tuple[float, ...]:
    words, lexicon = context.said.words, context.lexicon
    named = area_in(context, context.folded)
    said = (
        named is not None and named.id != rated,
        named is not None and named.id == rated,
        denies(context),
        denies_by_name(context),
        means_elsewhere(context),
        not lexicon.offices.isdisjoint(words),
        not any(map(frozenset(words).isdisjoint, (lexicon.place_pointing, lexicon.negators))),
        not lexicon.grade.slips.isdisjoint(words),
    )
    return tuple(map(float, said))


def _of_words(context: Context) -> tuple[float, ...]:
    """Signs of a grade that stays, and of the words that the open comment has so far."""
    lexicon, follow_up, replaced = context.lexicon, context.state.follow_up, context.replacement
    comment = "\n".join(follow_up.messages) if follow_up is not None else ""
    told = {word for word in fold(comment).split() if len(word) >= _TELLING_WORD}
    return (
        float(not lexicon.grade.staff.isdisjoint(context.said.words)),
        float(lexicon.said_before.leaves_grade.search(context.folded) is not None),
        float(bool(context.numbers)),
        float(bool(comment)),
        float(bool(comment and replaced and put_right(comment, replaced, lexicon))),
        float(len(told.intersection(context.said.words))),
    )
