"""What phrases say of a text, worked out once for everything that is read in it."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import Span, sound, spelling
from handlers.text.turn_cache import turn_cached
from handlers.understanding.reading.no_grades import PARTS

_TEXTS_KEPT = 64
QUESTION = re.compile(r"¿?[^.!?;¿\n]*\?+")  # one sentence with its mark


class Said:
    """A text with its words and what the lexicon's phrases say in them."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon

    @cached_property
    def folded(self) -> str:
        """The text, folded."""
        return fold(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Its words as phrases are compared with them."""
        return list(spelling(self.text))

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """Its words by their sound."""
        return sound(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether something is asked, with or without question marks."""
        if "?" in self.text:
            return True
        negators = self.lexicon.negators
        told = self.kinds.get(PhraseKind.EXPERIENCE, ())
        for start, _ in self.kinds.get(PhraseKind.ASKS, ()):
            if start and self.words[start - 1] in negators:
                continue  # "y no puedo volver mañana" tells
            if not told or not any(begin < start < end for begin, end in told):
                return True  # but "me atendieron como las berenjenas" tells how
        return False

    @cached_property
    def mood(self) -> int:
        """+1 when the words praise, -1 when they blame or mock, 0 when neither prevails."""
        if PhraseKind.MOCKS in self.kinds:
            return -1  # "gracias por nada"
        lexicon, words, score = self.lexicon, self.words, 0
        for position, word in enumerate(words):
            value = (word in lexicon.praise) - (word in lexicon.blame)
            if value and not lexicon.negators.isdisjoint(words[max(0, position - 3) : position]):
                # "no me atendieron bien" blames; "no fue malo" hardly praises.
                value = -1 if value > 0 else 0
            score += value
        return (score > 0) - (score < 0)

    @cached_property
    def parts(self) -> list[str]:
        """Its parts, between commas, stops and the like, that hold a word."""
        return [part for part in PARTS.split(self.text) if fold(part)]

    @cached_property
    def part_starts(self) -> tuple[int, ...]:
        """At which words its parts begin: at first, and behind a comma, a stop or the like."""
        ends = dict.fromkeys(accumulate(map(len, map(spelling, PARTS.split(self.text)))))
        return (0, *[end for end in ends if 0 < end < len(self.words)])

    @property
    def names_case(self) -> bool:
        """ "¿Cuánto demora el reclamo?": whether a complaint or another case is called by name."""
        return not self.lexicon.case_nouns.isdisjoint(self.sounds)

    @property
    def begins_reason(self) -> bool:
        """ "Porque pasan cuando quieren"."""
        return not self.lexicon.grade.reasons.isdisjoint(self.words[:1])

    def spans(self, kind: PhraseKind) -> list[Span]:
        """Where phrases of that kind stand."""
        return self.kinds.get(kind, [])

    def is_only(self, kind: PhraseKind) -> bool:
        """Whether one phrase of that kind is all that is said."""
        return (0, len(self.words)) in self.kinds.get(kind, ())

    @cached_property
    def kinds(self) -> dict[PhraseKind, list[Span]]:
        """The kinds of phrases that are said, and where."""
        return _kinds_in(self.text, self.lexicon)

    def covered(self, *kinds: PhraseKind) -> set[int]:
        """The places of the words that phrases of these kinds cover."""
        return {at for kind in kinds for span in self.kinds.get(kind, ()) for at in range(*span)}

    def begins(self, *kinds: PhraseKind) -> bool:
        """Whether it begins with a phrase of one of these kinds."""
        for kind in kinds:
            for start, _ in self.kinds.get(kind, ()):
                if not start:
                    return True
        return False


@turn_cached(_TEXTS_KEPT)
def _kinds_in(text: str, lexicon: Lexicon) -> dict[PhraseKind, list[Span]]:
    return lexicon.said(spelling(text))
