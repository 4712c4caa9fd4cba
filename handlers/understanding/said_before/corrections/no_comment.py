"""Whether words after a grade are its comment, or ask, affirm, refuse or correct something."""

from __future__ import annotations

import math

from handlers.listening.listener import SURE, Heard
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.meant_else import TAKING_BACK
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.said_before.corrections import fitted
from handlers.understanding.said_before.corrections.on_record import denies_grade

ASKED = 0.6  # from here on it is asked what the words are to become
_ASKED_PLAIN = 0.5  # the same, where nothing is judged or told
_ASKED_MARKED = 0.4  # the same, with a question mark: a comment may be one, too
_ASKED_CORRECTING = 0.25  # the same, where a phrase of correcting is said
_OPINIONS = ("praises", "blames", "suggests")
_PERHAPS = 0.3  # probability of an opinion
_ASKING = ("asks", *FOLLOW_UPS)
_FEW = 4  # words of a part that only gives another grade
_LAST = 4  # words, among which an "or" ends a question: "la ponen ahí o en otro lado"
_CERTAIN = 5.0  # log-odds beyond which a probability counts no more
_PUTTING_RIGHT = frozenset(
    {
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
    }
)
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
)


def chance_of_no_comment(context: Context, rated: int) -> float:
    """How probable it is that words after the grade ``rated`` are no mere comment on it."""
    if rated not in context.no_comment:
        context.no_comment[rated] = _chance(context, rated)
    return context.no_comment[rated]


def _chance(context: Context, rated: int) -> float:
    total = fitted.ONE
    for name, value in zip(NAMES, features(context, rated), strict=True):
        total += fitted.WEIGHTS[name] * value
    return 1 / (1 + math.exp(-total))


def may_be_no_comment(context: Context, rated: int) -> bool:
    """Whether it is asked what words after the grade ``rated`` are to become."""
    if not context.folded:
        return False  # signs alone, as "👏👏"
    least = ASKED if _judges_or_tells(context) else _ASKED_PLAIN
    least = _ASKED_MARKED if "?" in context.text else least
    least = _ASKED_CORRECTING if _corrects(context) else least
    if {*context.numbers} == {rated}:
        least = SURE  # "le puse un 4 por lástima"
    return chance_of_no_comment(context, rated) >= least


def _judges_or_tells(context: Context) -> bool:
    tells = not _TELLING.isdisjoint(context.said.kinds)
    return tells or bool(context.said.mood or context.heard.best(_OPINIONS, _PERHAPS))


def _corrects(context: Context) -> bool:
    """Whether it is plainly heard, or a phrase says so, or what it begins with: "digo, en las
    Compañías", "esos no, los otros".
    """
    if context.heard.surely("corrects"):
        return True
    slips = context.lexicon.grade.slips.intersection(context.said.words[:1])
    return (
        bool(slips)
        or _begins_denying(context)
        or any(_is_said(context, kind) for kind in (*SAYING, *MOVING))
    )


def _begins_denying(context: Context) -> bool:
    """ "No esos no, los otros": its first part denies what is pointed at, and says no more."""
    lexicon, (first, *others) = context.lexicon, [fold(part).split() for part in _parts(context)]
    denying = lexicon.negators, lexicon.place_pointing
    denies = not any(words.isdisjoint(first) for words in denying)
    return bool(others) and denies and frozenset().union(*denying).issuperset(first)


def features(context: Context, rated: int) -> tuple[float, ...]:
    """As ``NAMES`` says, after the grade ``rated``."""
    return (*_heard(context), *_signs(context), *_of_grade(context, rated), *_form(context))


def _parts(context: Context) -> list[str]:
    return [part for part in PARTS.split(context.text) if fold(part)] or [context.text]


def _heard(context: Context) -> tuple[float, ...]:
    heard, parts, hear = context.heard, _parts(context), context.release.listener.hear
    first, last = hear(parts[0]), hear(parts[-1])
    asks = _odds(last, *_ASKING)
    return (
        _odds(heard, "asks"),
        _odds(heard, *FOLLOW_UPS),
        _odds(heard, "asks_about_grades"),
        _odds(heard, *TAKING_BACK),
        _odds(heard, "refuses"),
        _odds(heard, "denies"),
        _odds(heard, "rates"),
        _odds(heard, *_OPINIONS),
        _odds(heard, "complains", "reports", "hazard"),
        _odds(heard, "insults"),
        _odds(heard, "thanks", "farewell", "greets"),
        _odds(first, *_OPINIONS),
        _odds(first, *TAKING_BACK, "denies", "refuses"),
        _odds(last, *_OPINIONS),
        _odds(last, *TAKING_BACK),
        asks,
        *_phrases(context),
        float("?" in context.text),
        asks if "?" in context.text else 0.0,
    )


def _odds(heard: Heard, *acts: str) -> float:
    """The log-odds of the most probable of these acts."""
    chance = heard.most(acts)
    if not 0 < chance < 1:
        return _CERTAIN if chance else -_CERTAIN
    return max(-_CERTAIN, min(_CERTAIN, math.log(chance / (1 - chance))))


def _phrases(context: Context) -> tuple[float, ...]:
    kinds = context.said.kinds.keys()
    return tuple(float(len(kinds & of)) for of in (_PUTTING_RIGHT, _QUESTIONS, _TELLING))


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
