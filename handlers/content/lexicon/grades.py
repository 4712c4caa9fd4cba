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
_ACCENTED = str.maketrans({"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uú]"})


class _Tables:
    """grades.toml of every language, read together."""

    def __init__(self, spoken: Sequence[Language]) -> None:
        self._tables = [language.grades for language in spoken]

    def texts(self, key: str) -> list[str]:
        return [text for table in self._tables for text in getattr(table, key)]

    def words(self, key: str) -> frozenset[str]:
        return folded_words(getattr(table, key) for table in self._tables)

    def phrases(self, key: str) -> PhraseIndex:
        index = PhraseIndex()
        for table in self._tables:
            index.add([(0, text) for text in getattr(table, key)], table.words, spelling)
        return index

    def as_patterns(self, key: str) -> list[str]:
        """The phrases as patterns of a text as it was written."""
        said = [(text, table.words) for table in self._tables for text in getattr(table, key)]
        return [
            _pattern_as_written(phrase) for one in said for phrase in read_phrases(*one, spelling)
        ]


class GradeWords:
    """How a grade is said, and which numbers are none: grades.toml of every language.

    Its fields, and what they are for, are those of ``Grades``.
    """

    def __init__(self, spoken: Sequence[Language], numbers: NumberWords) -> None:
        tables = _Tables(spoken)
        self._read_surroundings(tables)
        self._read_other_numbers(tables)
        self._read_denials(tables)
        self._read_doubts(tables)
        self._read_halves(tables)
        self._read_scales(tables, numbers)
        self._read_ends(tables, numbers)
        self._read_whom(tables)
        self.given = PhraseIndex()
        for language in spoken:
            texts = [(0, text) for text in language.acts.gives_grade]
            self.given.add(texts, language.acts.words, spelling)
        # Where "a 6" names nothing: the language's numbers say so as well.
        self.beside_article = tables.words("beside_article") | {
            fold(word)
            for language in spoken
            for word, value in language.numbers.words.items()
            if language.grades.beside_article and 1 <= value <= _BEST_GRADE
        }

    def _read_surroundings(self, tables: _Tables) -> None:
        """What may stand beside a grade."""
        words = tables.words
        self.how = words("how")
        self.around = words("around") | self.how
        self.cues, self.units = words("cues"), words("units")
        self.joining, self.before_one = words("joining"), words("before_one")
        self.giving, self.articles, self.mark = words("giving"), words("articles"), words("mark")
        self.narrowly, self.behind_extreme = words("narrowly"), words("behind_extreme")
        self.causes, self.reasons = words("causes"), words("reasons")

    def _read_other_numbers(self, tables: _Tables) -> None:
        """Numbers that name, count or date something."""
        words = tables.words
        self.named, self.named_again = words("named"), words("named_again")
        self.named_by, self.counted_by = tables.phrases("named_by"), tables.phrases("counted_by")
        self.plain_cues = self.cues - self.named  # they name nothing besides
        self.counted, self.not_counted = words("counted"), words("not_counted")
        self.of, self.dated, self.staff = words("of"), words("dated"), words("staff")

    def _read_denials(self, tables: _Tables) -> None:
        """Numbers that are not given, only bound the grade, or are taken back."""
        words, phrases = tables.words, tables.phrases
        self.bounds, self.bounds_not = phrases("bounds"), phrases("bounds_not")
        self.bounds_after, self.over = phrases("bounds_after"), words("over")
        self.ranges, self.joins, self.between = words("ranges"), words("joins"), words("between")
        self.refused, self.refused_after = phrases("refused"), phrases("refused_after")
        self.turning, self.denies, self.is_ = words("turning"), words("denies"), words("is_")
        self.denies_after, self.slips = words("denies_after"), words("slips")
        self.rethinks = words("rethinks")
        self.leaving, self.left_at = words("leaving"), words("left_at")
        no = rf"\b(?:{either_of(self.denies)})\b"  # "un 7, no un 6" is marked off, "7 no, un 6" not
        self.marked_off = re.compile(rf"(?:[,.;:…]|\by)\s*{no}", re.IGNORECASE)
        self.breaks_off = re.compile(rf"{no}\s*(?:[,.;:…]|{no})", re.IGNORECASE)
        # "No era seis"; "no, era seis" says the contrary.
        self.denied = re.compile(rf"{no}\s+(?:{either_of(self.is_)})\b", re.IGNORECASE)

    def _read_doubts(self, tables: _Tables) -> None:
        """Grades that are supposed, told of, or not quite meant."""
        words, phrases = tables.words, tables.phrases
        self.doubtful, self.told = phrases("doubtful"), phrases("told")
        self.sums = phrases("sums")
        self.takes_theirs = phrases("takes_theirs")
        self.hedges, self.hedging = words("hedges"), phrases("hedging")
        self.supposing, self.supposed = words("supposing"), words("supposed")
        self.supposed_endings = tuple(sorted(words("supposed_endings")))
        self.but_for = phrases("but_for")
        beyond = "|".join(tables.as_patterns("beyond")).translate(_ACCENTED) or "(?!)"
        self.beyond = re.compile(rf"(?:{beyond})(?=\s*(?:$|[.,;:!?)\n]))", re.IGNORECASE)
        self.parts = re.compile(rf"([.,;:!?\n()]+|\b(?=(?:{either_of(words('now'))})\b))")
        self.apart = re.compile(rf"\s*(?:[,;.!\n]+|\b(?:{either_of(words('apart'))})\b)\s*")

    def _read_halves(self, tables: _Tables) -> None:
        """Decimals, halves and what is below zero."""
        self.points, self.half = tables.words("points"), tables.phrases("half")
        self.clock, self.minus = tables.words("clock"), tables.words("minus")
        self.rounds_up, self.rounds_down = (
            tables.phrases("rounds_up"),
            tables.phrases("rounds_down"),
        )
        zero = as_written({"0", *tables.words("zeros")})
        self.no_decimals = re.compile(  # "siete coma cero"
            rf"\b(\w+)(?:\s+(?:{as_written(self.points)}))?(?:\s+(?:{zero}))+\b", re.IGNORECASE
        )

    def _read_scales(self, tables: _Tables, numbers: NumberWords) -> None:
        """ "6 de 7", and the scale itself, which is no grade; nor is "très"."""
        self.stars = tables.words("stars")
        of_scale, units = either_of(tables.texts("of_scale")), either_of(self.units)
        self.on_scale = re.compile(
            rf"\b(\d{{1,3}})\s*(?:{units})?\s*(?:/|{of_scale})\s*(\d{{1,3}})\b", re.IGNORECASE
        )
        self.on_scale_in_words = re.compile(
            rf"(?:(?:{either_of(self.articles)}) )?([a-z0-9]+) (?:{of_scale}) ([a-z0-9]+)"
        )
        none = "|".join([*tables.as_patterns("scale"), numbers.unlike.pattern])
        self.scale = re.compile(none, re.IGNORECASE)

    def _read_ends(self, tables: _Tables, numbers: NumberWords) -> None:
        """A grade at either end of a text, apart from what is said of it."""
        number = rf"(?:[1-{_BEST_GRADE}]|{either_of(numbers.values.keys() - numbers.articles)})"
        before = either_of(self.cues | tables.words("given_to"))
        self.at_ends = re.compile(
            rf"^\W*(?:(?:{either_of(self.around)})\b\W*)*{number}\b"
            rf"(?:\W+(?:{either_of(self.joining)})\b)?\W*"
            rf"|\W+(?:(?:{before})\s+)*{number}\s*[.!]*$",
            re.IGNORECASE,
        )

    def _read_whom(self, tables: _Tables) -> None:
        """Whom or which area a grade is for."""
        self.whom, self.not_whom = tables.words("whom"), tables.words("not_whom")
        self.for_area, self.to_area = tables.words("for_area"), tables.words("to_area")
        self.for_named = re.compile(  # "Un 7 para Tránsito"
            rf"\W*(?P<grade>[1-{_BEST_GRADE}]|[^\W\d]{{2,6}})(?P<sign>)"
            rf" (?:(?:{either_of(self.for_area)}) )+"
            r"(?P<area>[^\W\d][^\d?]*?)\W*",
            re.IGNORECASE,
        )


def _pattern_as_written(phrase: Phrase) -> str:
    """A pattern of the phrase in a text as it was written."""
    return r"\b" + r"\W+".join(f"(?:{either_of(token.words)})" for token in phrase.tokens) + r"\b"
