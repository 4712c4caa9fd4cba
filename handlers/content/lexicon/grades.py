"""How grades are said, in every language that is spoken here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.content.language import Language
from handlers.content.lexicon.numbers import NumberWords
from handlers.text.folding import fold
from handlers.text.patterns import as_written, either_of, folded_words
from handlers.text.phrases import Phrase, PhraseIndex, read_phrases, spelling

_BEST_GRADE = 7


class GradeWords:
    """How a grade is said, and which numbers are none: grades.toml of every language.

    Its fields, and what they are for, are those of ``Grades``.
    """

    def __init__(self, spoken: Sequence[Language], numbers: NumberWords) -> None:
        tables = [language.grades for language in spoken]

        def words(key: str) -> frozenset[str]:
            return folded_words(getattr(one, key) for one in tables)

        def phrases(key: str) -> PhraseIndex:
            index = PhraseIndex()
            for one in tables:
                index.add([(0, text) for text in getattr(one, key)], one.words, spelling)
            return index

        self.how = words("how")
        self.around = words("around") | self.how
        self.cues, self.units = words("cues"), words("units")
        self.joining, self.before_one = words("joining"), words("before_one")
        self.narrowly, self.takes_theirs = words("narrowly"), phrases("takes_theirs")
        self.giving, self.named, self.named_again = map(words, ("giving", "named", "named_again"))
        self.plain_cues = self.cues - self.named  # they name nothing besides
        self.named_by, self.counted_by = phrases("named_by"), phrases("counted_by")
        self.stars, self.behind_extreme = words("stars"), words("behind_extreme")
        self.staff, self.whom = words("staff"), words("whom")
        self.causes = words("causes")
        self.of, self.dated, self.reasons = words("of"), words("dated"), words("reasons")
        self.counted, self.not_counted = words("counted"), words("not_counted")
        self.articles, self.minus, self.over = words("articles"), words("minus"), words("over")
        self.ranges, self.joins, self.between = words("ranges"), words("joins"), words("between")
        self.bounds, self.bounds_not = phrases("bounds"), phrases("bounds_not")
        self.bounds_after, self.doubtful = phrases("bounds_after"), phrases("doubtful")
        self.refused, self.refused_after = phrases("refused"), phrases("refused_after")
        self.parts = re.compile(rf"([.,;:!?\n()]+|\b(?=(?:{either_of(words('now'))})\b))")
        self.hedges, self.hedging, self.told = words("hedges"), phrases("hedging"), phrases("told")
        self.supposing, self.supposed = words("supposing"), words("supposed")
        self.but_for, self.not_whom = phrases("but_for"), words("not_whom")
        self.supposed_endings = tuple(sorted(words("supposed_endings")))
        self.turning, self.denies, self.is_ = words("turning"), words("denies"), words("is_")
        self.denies_after, self.slips = words("denies_after"), words("slips")
        self.rethinks = words("rethinks")
        no = rf"\b(?:{either_of(self.denies)})\b"  # "un 7, no un 6" is marked off, "7 no, un 6" not
        self.marked_off = re.compile(rf"(?:[,.;:…]|\by)\s*{no}", re.IGNORECASE)
        self.breaks_off = re.compile(rf"{no}\s*(?:[,.;:…]|{no})", re.IGNORECASE)
        self.leaving, self.left_at = words("leaving"), words("left_at")
        # "No era seis"; "no, era seis" says the contrary.
        self.denied = re.compile(rf"{no}\s+(?:{either_of(self.is_)})\b", re.IGNORECASE)
        self.points, self.half, self.clock = words("points"), phrases("half"), words("clock")
        self.rounds_up, self.rounds_down = phrases("rounds_up"), phrases("rounds_down")
        self.mark, self.for_area, self.to_area = map(words, ("mark", "for_area", "to_area"))
        self.given = PhraseIndex()
        for one in spoken:
            texts = [(0, text) for text in one.acts.gives_grade]
            self.given.add(texts, one.acts.words, spelling)
        # Where "a 6" names nothing: the language's numbers say so as well.
        self.beside_article = words("beside_article") | {
            fold(word)
            for one in spoken
            for word, value in one.numbers.words.items()
            if one.grades.beside_article and 1 <= value <= _BEST_GRADE
        }
        of_scale = either_of(text for one in tables for text in one.of_scale)
        # "Un 7 para Tránsito"
        self.for_named = re.compile(
            rf"\W*(?P<grade>[1-{_BEST_GRADE}]|[^\W\d]{{2,6}})(?P<sign>)"
            rf" (?:(?:{either_of(self.for_area)}) )+"
            r"(?P<area>[^\W\d][^\d?]*?)\W*",
            re.IGNORECASE,
        )
        units = either_of(self.units)
        zero = as_written({"0", *words("zeros")})
        self.no_decimals = re.compile(  # "siete coma cero"
            rf"\b(\w+)(?:\s+(?:{as_written(self.points)}))?(?:\s+(?:{zero}))+\b", re.IGNORECASE
        )
        self.on_scale = re.compile(
            rf"\b(\d{{1,3}})\s*(?:{units})?\s*(?:/|{of_scale})\s*(\d{{1,3}})\b", re.IGNORECASE
        )
        self.on_scale_in_words = re.compile(
            rf"(?:(?:{either_of(self.articles)}) )?([a-z0-9]+) (?:{of_scale}) ([a-z0-9]+)"
        )
        scales = [(text, one.words) for one in tables for text in one.scale]
        spoken_scales = [_spoken(p) for said in scales for p in read_phrases(*said, spelling)]
        self.scale = re.compile("|".join(spoken_scales) or "(?!)", re.IGNORECASE)
        self.apart = re.compile(rf"\s*(?:[,;.!\n]+|\b(?:{either_of(words('apart'))})\b)\s*")
        number = rf"(?:[1-{_BEST_GRADE}]|{either_of(numbers.values.keys() - numbers.articles)})"
        before = either_of(self.cues | words("given_to"))
        self.at_ends = re.compile(
            rf"^\W*(?:(?:{either_of(self.around)})\b\W*)*{number}\b"
            rf"(?:\W+(?:{either_of(self.joining)})\b)?\W*"
            rf"|\W+(?:(?:{before})\s+)*{number}\s*[.!]*$",
            re.IGNORECASE,
        )


def _spoken(phrase: Phrase) -> str:
    """A pattern of the phrase in a text as it was written."""
    return r"\b" + r"\W+".join(f"(?:{either_of(token.words)})" for token in phrase.tokens) + r"\b"
