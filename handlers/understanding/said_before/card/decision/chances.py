"""What is said after a card: that it helped or not, a question about it, or something else.

One fitted decision with five chances. The answers are heard and not taken from phrases only here;
whether a question goes on about the card is the same decision without the answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import NamedTuple

from handlers.listening.linear import shares
from handlers.listening.listener import Heard
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.areas import has_proper_word
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.card.decision import fitted
from handlers.understanding.said_before.card.decision.clauses import VALUES, clauses

APART = re.compile(r"\s*\w+\s*[,.!;]")  # a first word that stands apart
_CERTAIN = 5.0  # log-odds beyond which a probability counts no more
_MUNICIPAL, _FIRST = 6.0, 4.0  # the same, of what the search gives
_LAST = 4  # words, among which an "or" ends a question: "la ponen ahí o en otro lado"
_LONGEST_TAG = 3  # words of "corre igual"
_FEW = 2  # words of an answer and hardly anything beside it
_ASKING = ("asks", *sorted(FOLLOW_UPS))
# The acts whose log-odds count: of the whole text, of its first and last part, and of what is left
# without the yes, the no or the thanks before it.
_WHOLE = {
    "asks": ("asks",),
    "follows": tuple(sorted(FOLLOW_UPS)),
    "confirms": ("confirms",),
    "denies": ("denies",),
    "partly": ("partly",),
    "thanks": ("thanks",),
    "praises": ("praises",),
    "blames": ("blames",),
    "lost": ("not_understood", "shorter", "longer"),
    "reports": ("reports", "complains", "hazard"),
    "status": ("status_case", "status_procedure"),
    "person": ("wants_person",),
    "grade": ("gives_grade", "rates", "vague_grade"),
    "refuses": ("refuses",),
    "talk": ("smalltalk", "greets", "farewell", "who_are_you", "insults"),
    "corrects": ("corrects", "undoes", "withdraws"),
}
_FIRST_PART = ("confirms", "denies", "partly", "thanks", "asking")
_LAST_PART = ("confirms", "denies", "partly", "asking")
_REST = ("confirms", "denies", "thanks", "blames", "asking")
_BEHIND = ("confirms", "denies", "partly", "asking")  # behind a "but" or second thoughts
_GROUPS = {**_WHOLE, "asking": _ASKING}
# How much of the text such phrases cover, and whether any are said.
_COVERING = (
    PhraseKind.HELPED,
    PhraseKind.NOT_HELPED,
    PhraseKind.HELPED_PARTLY,
    PhraseKind.NOT_GRASPED,
)
_SAID = (
    PhraseKind.TELLS_OWN_SITUATION,
    PhraseKind.NOT_MEANT,
    PhraseKind.HESITATES,
    PhraseKind.NOT_KNOWN_YET,
    PhraseKind.EXPERIENCE,
    PhraseKind.MOCKS,
    PhraseKind.LAUGHS,
    PhraseKind.WANTS_SIMPLE,
    PhraseKind.ASKS_WHAT,
    PhraseKind.BLESSES,
)
_BEGINS_ASKING = (PhraseKind.ASKS, PhraseKind.FOLLOWS_UP, PhraseKind.ASKS_TERM)
NAMES = (
    *_WHOLE,
    *(f"first_{name}" for name in _FIRST_PART),
    *(f"last_{name}" for name in _LAST_PART),
    *(f"rest_{name}" for name in _REST),
    *(f"behind_{name}" for name in _BEHIND),
    *(f"begins_{value}" for value in VALUES),  # the first of its clauses that says one does
    *(f"ends_{value}" for value in VALUES),  # the last of these
    *(f"turned_{value}" for value in VALUES),  # the same, where one before it says another
    *(f"changed_{value}" for value in VALUES),  # and takes it back
    *("frowns", "frowns_at_praise"),  # by a sign
    "marked",  # it has a question mark
    "asks_by_form",
    "goes_on",  # a phrase that goes on
    "marked_asking",  # with its mark, how probable it is that something is asked
    "rest_begins",  # what is left begins like a question
    "rest_interrogates",  # with an interrogative
    "last_interrogates",  # the last part does
    *("inquires", "inquires_for"),  # it ends in "quería saber"; and what, behind it
    "begins_asking",
    "tagged",  # it ends in "corre igual"
    "or",  # among the last words
    "begins",  # with "y"
    *("yes", "no", "thanked"),  # its first word
    *("yes_asking", "apart"),  # a question behind it; a first word that stands apart
    *("bound_si", "if"),  # "si" that may be "if"; and another part behind it
    *("yes_behind", "no_behind"),  # a further part begins so
    *("agrees", "contrasts", "not_bad", "useless"),
    *("good", "bad", "negators"),
    *(f"covers_{kind.value}" for kind in _COVERING),
    *(f"says_{kind.value}" for kind in _SAID),
    "municipal",  # the search's log-odds that it is municipal, up to 6
    "found",  # those that its first card is right, up to 4
    "ahead",  # how far the shown card is ahead of the others
    "theirs",  # how much of it the best institution holds
    *("another", "sure"),  # another card is named; one is surely found
    *("words", "few", "confirms_at_length"),  # logarithm of their number
    "nothing_left",
)
KINDS = ("yes", "no", "partly", "asks", "other")
"""What is told apart: the three answers, a question about the card, and anything else."""


class Chances(NamedTuple):
    """How probable each of ``KINDS`` is."""

    yes: float
    no: float
    partly: float
    asks: float
    other: float

    @property
    def answers(self) -> float:
        """That it answers whether the card helped."""
        return self.yes + self.no + self.partly

    @property
    def goes_on(self) -> float:
        """Where it does not: that it goes on about the card."""
        return self.asks / (self.asks + self.other)


@turn_cached(CONTEXTS)
def chances(context: Context) -> Chances:
    """The chances of a text, after a card was shown."""
    weights = map(fitted.WEIGHTS.__getitem__, NAMES)
    return Chances(*shares(fitted.ONE, weights, features(context)))


def names_another(context: Context) -> bool:
    """ "En ese caso, cómo saco la licencia": a card that is surely found, and named.

    False where no card of a service was shown.
    """
    services, ranking = context.release.content.service_by_id, context.ranking
    shown = services.get(context.state.topic)
    found = services.get(ranking.hits[0].id) if ranking.verdict is Verdict.SURE else None
    if found is None or shown is None or found is shown:
        return False
    asked = context.said.covered(PhraseKind.ASKS_AMOUNT)  # "me hacen rebaja" names no card
    words = [word for at, word in enumerate(context.said.words) if at not in asked]
    said = " ".join((*words, *(f"{word}s" for word in words)))  # "la multa" of "Pago de multas"
    return has_proper_word(said, found.name, shown.name)


class _Odds(NamedTuple):
    """The log-odds of acts, by group."""

    whole: dict[str, float]
    first: dict[str, float]  # of the first part alone
    last: dict[str, float]
    rest: dict[str, float]  # of what is left without the yes, the no or the thanks


def features(context: Context) -> tuple[float, ...]:
    """As ``NAMES`` says."""
    parts = context.said.parts or [context.text]
    rest = _rest(context)
    odds = _heard(context, parts, rest)
    return (
        *map(odds.whole.__getitem__, _WHOLE),
        *odds.first.values(),
        *odds.last.values(),
        *odds.rest.values(),
        *_clauses(context),
        *_asking(context, parts, rest, odds.whole["asking"]),
        *_answering(context, parts, rest, odds.rest["asking"]),
        *_phrases(context.said),
        *_found(context),
        *_size(context, rest, odds.whole["confirms"]),
    )


def _rest(context: Context) -> Said:
    """What is left without the yes, the no, the thanks or the "bueno" that it begins with."""
    said_before, rest = context.lexicon.said_before, context.folded
    while rest:
        first, _, behind = rest.partition(" ")
        answers = context.commands.get(first) in ("yes", "no", "thanks")
        lead = said_before.leads.match(rest)
        if answers or said_before.opens.fullmatch(first) is not None:
            rest = behind
        elif lead is not None and lead[0].strip():
            rest = rest[lead.end() :].strip()
        else:
            break
    return Said(rest, context.lexicon)


def _heard(context: Context, parts: list[str], rest: Said) -> _Odds:
    hear = context.release.listener.hear
    return _Odds(
        _odds(context.heard, _GROUPS),
        _odds(hear(parts[0]), _FIRST_PART),
        _odds(hear(parts[-1]), _LAST_PART),
        _odds(hear(rest.text), _REST) if rest.text else dict.fromkeys(_REST, 0.0),
    )


def _clauses(context: Context) -> tuple[float, ...]:
    found = clauses(context)
    behind = context.release.listener.hear(found.behind)
    said = (found.values[:1], found.values[-1:], (found.turned,), (found.changed,))
    bad = frowns(context)
    praised = bad and (context.said.mood > 0 or found.values[:1] == ("yes",))
    return (
        *(_odds(behind, _BEHIND).values() if found.behind else [0.0] * len(_BEHIND)),
        *[value in values for values in said for value in VALUES],
        bad,
        praised,
    )


def frowns(context: Context) -> bool:
    """Whether one of its signs is a bad one: "sí, utilísimo 🙄"."""
    return not context.lexicon.frowns.isdisjoint(context.text)


def begins_with_condition(context: Context) -> bool:
    """ "Si el perro es grande, lo llevo igual"; "sí" and "si, lo llevo" are a yes."""
    words = context.folded.split()
    if words[:1] != ["si"] or len(words) <= _FEW or APART.match(context.text) is not None:
        return False
    return "í" not in context.text.split()[0].lower()


def _odds(heard: Heard, groups: Collection[str]) -> dict[str, float]:
    """The log-odds of the likeliest act of each group."""
    acts = map(_GROUPS.__getitem__, groups)
    return dict(zip(groups, heard.odds_of(acts, _CERTAIN), strict=True))


def _log_odds(chance: float, most: float) -> float:
    """Between ``-most`` and ``most``."""
    if not 0 < chance < 1:
        return most if chance else -most
    return max(-most, min(most, math.log(chance / (1 - chance))))


def _asking(context: Context, parts: list[str], rest: Said, asking: float) -> tuple[float, ...]:
    said, said_before = context.said, context.lexicon.said_before
    words, marked = context.folded.split(), "?" in context.text
    starts = [start for kind in _BEGINS_ASKING for start, _ in rest.spans(kind)]
    ends = [" ".join(words[-size:]) for size in range(1, _LONGEST_TAG + 1) if len(words) > size]
    return (
        marked,
        said.asks,
        context.begins_going_on,
        asking if marked else 0.0,
        any(start <= 1 for start in starts),
        said_before.interrogates.match(rest.text) is not None,
        said_before.interrogates.match(fold(parts[-1])) is not None,
        said_before.inquires.search(context.folded) is not None,
        said_before.inquires_for.search(context.folded) is not None,
        said.begins(PhraseKind.ASKS),
        any(map(said_before.tags.fullmatch, ends)),
        not said_before.ors.isdisjoint(words[-_LAST:]),
        words[:1] != [] and words[0] in said_before.going_on,
    )


def _answering(context: Context, parts: list[str], rest: Said, asking: float) -> tuple[float, ...]:
    said, lexicon, words = context.said, context.lexicon, context.folded.split()
    begins = [context.commands.get((fold(part).split() or [""])[0]) for part in parts]
    apart = APART.match(context.text) is not None
    conditional = begins_with_condition(context)
    return (
        *[begins[0] == answer for answer in ("yes", "no", "thanks")],
        asking if rest.text != context.folded else 0.0,
        apart and len(words) > 1,
        conditional,
        conditional and len(parts) > 1 and len(fold(parts[0]).split()) > _FEW,
        "yes" in begins[1:],
        "no" in begins[1:],
        lexicon.said_before.yes.match(context.folded) is not None,
        lexicon.said_before.but.search(context.folded) is not None,
        lexicon.said_before.not_bad.match(context.folded) is not None,
        lexicon.said_before.useless.match(context.folded) is not None,
        said.mood > 0,
        said.mood < 0,
        min(_FEW, sum(map(lexicon.negators.__contains__, said.words))),
    )


def _phrases(said: Said) -> tuple[float, ...]:
    words = max(1, len(said.words))
    covered = [len(said.covered(kind)) / words for kind in _COVERING]
    return (*covered, *[kind in said.kinds for kind in _SAID])


def _found(context: Context) -> tuple[float, ...]:
    beside = context.release.index.compare(context.text, context.state.topic)
    return (
        _log_odds(beside.odds.municipal, _MUNICIPAL),
        _log_odds(beside.odds.first, _FIRST),
        beside.ahead,
        beside.theirs,
        names_another(context),
        context.ranking.verdict is Verdict.SURE,
    )


def _size(context: Context, rest: Said, confirms: float) -> tuple[float, ...]:
    words = context.folded.split()
    length = math.log1p(len(words))
    return (
        length,
        len(words) <= _FEW,
        confirms * length,
        not rest.text,
    )
