"""The words of every language that is spoken here, together and ready to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handlers.content.language import Corrections, Language
from handlers.facts import CaseKind
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.patterns import as_written, begun_by, either_of, folded_words
from handlers.text.personal import PERSONAL, NameWords, PersonalWords
from handlers.text.phrases import Phrase, PhraseIndex, Span, read_phrases, sound, spelling

_BEST_GRADE = 7


class NumberWords:
    """Numbers in words, however they are spelt."""

    def __init__(self, spoken: Sequence[Language]) -> None:
        tables = [language.numbers for language in spoken]
        self.values = {fold(word): value for n in tables for word, value in n.words.items()}
        self.articles = folded_words(n.articles for n in tables)
        self.heard = {
            word: self.values[word]
            for word in sorted(folded_words(n.heard for n in tables))
            if word in self.values
        }
        self.by_sound = {sound(word)[0]: value for word, value in self.heard.items()}
        self.stems = {fold(stem): value for n in tables for stem, value in n.stems.items()}
        before = either_of(folded_words(n.before_option for n in tables))
        after = either_of(fold(text) for n in tables for text in n.after_option)
        # "b", "la 2 por favor", "a pero no repito todo"
        self.option = re.compile(rf"(?:(?:{before}) )*([1-9]|[a-d])(?: (?:{after})\b.*)?")
        self.small = re.compile(
            f"({either_of(self.stems)})(?:{either_of(folded_words(n.diminutives for n in tables))})"
        )


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
        self.giving, self.named, self.named_again = map(words, ("giving", "named", "named_again"))
        self.plain_cues = self.cues - self.named  # they name nothing besides
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
        no = rf"\b(?:{either_of(self.denies)})\b"  # "un 7, no un 6" is marked off, "7 no, un 6" not
        self.marked_off = re.compile(rf"(?:[,.;:…]|\by)\s*{no}", re.IGNORECASE)
        self.breaks_off = re.compile(rf"{no}\s*(?:[,.;:…]|{no})", re.IGNORECASE)
        self.leaving, self.left_at = words("leaving"), words("left_at")
        # "No era seis"; "no, era seis" says the contrary.
        self.denied = re.compile(rf"{no}\s+(?:{either_of(self.is_)})\b", re.IGNORECASE)
        self.points, self.half, self.clock = words("points"), phrases("half"), words("clock")
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


class SaidBeforeWords:
    """How what was said or shown before is spoken of, in folded texts."""

    def __init__(self, spoken: Sequence[Language]) -> None:
        tables = [language.said_before for language in spoken]

        def either(key: str) -> str:
            return either_of({fold(text) for one in tables for text in getattr(one, key)})

        self.names_grade = re.compile(rf"\b(?:{either('names_grade')})\b")
        self.leaves_grade = re.compile(
            rf"\b(?:{either('marks')})\b(?: \w+){{0,2}} (?:{either('stays')})\b"
            rf"|\b(?:{either('leaves_grade')})\b"
        )
        self.nobody = folded_words(text for one in tables for text in one.nobody)
        self.yes = re.compile(rf"(?:{either('yes')})\b")
        self.but = re.compile(rf"\b(?:{either('but')})\b")
        self.not_so = re.compile(rf"(?:{either('not_so')})\b")
        self.points_at_shown = re.compile(
            rf"(?:(?:{either('before_this')}) )?(?:{either('this')}) (?:{either('after_this')})\b"
        )
        self.such_case = re.compile(rf"\b(?:{either('such_case')})\b")
        self.going_on = folded_words(text for one in tables for text in one.going_on)
        self.opens = re.compile(rf"(?:(?:{either('opens')})\b ?)+")
        beside = either_of(self.going_on | folded_words(t for o in tables for t in o.opens))
        self.another = re.compile(rf"(?:(?:{beside}) )*(?:{either('another')}) ")
        self.useless = re.compile(rf"{either('useless')}")
        hail = either_of(word for one in tables for word in fold(one.beside_announced).split())
        self.announced = re.compile(rf"(?:(?:{hail}) )*(?:{either('announced')})(?: (?:{hail}))*")


class CorrectionWords:
    """How one language denies or keeps what was noted, in folded texts.

    A language's words go only with its own: "pa" is "to" in Spanish, and denies in Creole.
    """

    def __init__(self, corrections: Corrections) -> None:
        def either(*keys: str) -> str:
            return begun_by({word for key in keys for word in getattr(corrections, key)})

        no, behind, to = either("denies"), either("denies_behind"), either("to")
        visited, beside = either("visited"), either("was", "to", "the")
        self.denied = re.compile(
            rf"\b(?:{no}) (?:(?:{either('was', 'to')})\b)?\s?\w+"
            rf".*\b(?:{either('was', 'instead')})\b"
            rf"|\b(?:{visited})\b.*\b(?:{no}|{behind})\b"
            rf"|\b(?:{either('goes')}) (?:{to})\b.*\b(?:{no}) (?:{either('to', 'the')})\b"
        )
        self.what_is_denied = re.compile(
            rf"\b(?:{no})(?: (?:{no}))* (?:(?:{beside}) )*\w+"
            rf"|(?P<meant>\b(?:{visited})\b.*?)\b(?:{behind}) (?:(?:{beside}) )*\w+"
        )
        self.taken_up = re.compile(
            rf"(?:(?:{either('takes_up')}) )+(?=(?:{either('after_taking_up')})\b)"
        )
        self.meant_elsewhere = re.compile(
            rf"(?:{either('exclaims')})\b(?: \w+){{0,3}} (?:{either('speaks_of')}) (?:{to})"
            r"(?: \w+){1,2}"
        )
        self.of_another = re.compile(rf"\b(?:{either('visited', 'speaks_of', 'mistook')})\b")
        self.compares = re.compile(rf"\b(?:{either('compares')})\b")
        self.was_another = re.compile(rf"(?:{either('was_another')}) \w+(?: \w+){{1,2}}")
        self.kept = re.compile(rf"\b(?:{either('keeps')})\b(?: \w+){{1,5}}$")
        self.not_given = re.compile(
            rf"\b(?:{either('denies', 'never')})(?: (?:{either('giving')}))*$"
        )
        self.affirms = folded_words([corrections.affirms])
        self.beside_affirming = folded_words([corrections.beside_affirming])
        self.extreme = re.compile(rf"\b(?:{either('extreme')})\b")


class CorrectionPatterns:
    """What says that something was not as noted, in whichever language: in folded texts."""

    def __init__(self, spoken: Sequence[CorrectionWords]) -> None:
        def any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
            return re.compile("|".join(f"(?:{one.pattern})" for one in patterns) or "(?!)")

        self.denied = any_of(one.denied for one in spoken)
        self.meant_elsewhere = any_of(one.meant_elsewhere for one in spoken)
        self.was_another = any_of(one.was_another for one in spoken)
        self.kept = any_of(one.kept for one in spoken)
        self.not_given = any_of(one.not_given for one in spoken)


class LanguageWords:
    """How a language that is wished for is named, in folded texts."""

    def __init__(self, spoken: Sequence[Language]) -> None:
        tables = [language.languages for language in spoken]

        def named(key: str) -> re.Pattern[str]:
            return re.compile(
                rf"\b(?:{begun_by({w for one in tables for w in getattr(one, key)})})\b"
            )

        self.spanish, self.not_spoken = named("spanish"), named("not_spoken")
        self.others = {"ht": named("creole"), "en": named("english")}


class DeskWords(NamedTuple):
    """What a desk's code is found by, folded."""

    cues: frozenset[str]
    between: frozenset[str]  # a cue and the code
    round: frozenset[str]  # a code without a cue


class Lexicon:
    """What is recognised, whichever language a citizen writes in. Built once a release."""

    def __init__(self, languages: Iterable[Language]) -> None:
        spoken = tuple(languages)
        self._read_grades(spoken)
        self._read_corrections(spoken)
        self._read_moods_and_acts(spoken)
        self._read_places_and_dates(spoken)
        self._read_names(spoken)
        self._read_dangers(spoken)
        self._read_phrases(spoken)
        self.languages = LanguageWords(spoken)

    def _read_grades(self, spoken: Sequence[Language]) -> None:
        numbers = [language.numbers for language in spoken]
        self.number = NumberWords(spoken)
        self.grade = GradeWords(spoken, self.number)
        self.between_numbers = folded_words(
            text for n in numbers for text in (n.joining, n.between)
        )
        joining = (f" {word} " for word in folded_words(n.joining for n in numbers))
        self.choices_apart = re.compile("|".join(["[,;\n]", *joining]))
        self.after_wish = folded_words(language.grades.after_wish for language in spoken)
        self.vague_grades = {
            fold(word) or word: grade
            for one in spoken
            for table in (one.vague.words, one.vague.signs)
            for grade, words in table.items()
            for word in words
        }
        self.around_vague = folded_words(language.vague.around for language in spoken)

    def _read_corrections(self, spoken: Sequence[Language]) -> None:
        self.said_before = SaidBeforeWords(spoken)
        self.corrections = tuple(CorrectionWords(one.corrections) for one in spoken)
        self.corrects = CorrectionPatterns(self.corrections)
        self.was = folded_words(w for one in spoken for w in one.corrections.was)
        self.instead = folded_words(w for one in spoken for w in one.corrections.instead)
        self.extreme_grades = {
            phrase: grade
            for phrase, grade in self.vague_grades.items()
            if any(one.extreme.search(phrase) for one in self.corrections)
        }
        self.in_extremes = frozenset(max(p.split(), key=len) for p in self.extreme_grades)

    def _read_moods_and_acts(self, spoken: Sequence[Language]) -> None:
        moods = [language.moods for language in spoken]
        self.praise = folded_words(m.praise for m in moods)
        self.blame = folded_words(m.blame for m in moods)
        self.negators = folded_words(m.negators for m in moods)
        self.contrast = folded_words(m.contrast for m in moods)
        acts = [language.acts for language in spoken]
        self.before_not_ended = _phrases(text for a in acts for text in a.before_not_ended)
        self.after_not_ended = _phrases(text for a in acts for text in a.after_not_ended)
        self.breaks = as_written(word for a in acts for word in a.breaks.split())
        self.break_ = re.compile(rf"\b(?:{self.breaks})\b", re.IGNORECASE)
        self.round_wish = _sounds(a.round_wish for a in acts)
        self.case_wishes = {
            kind: _sounds(a.case_wishes.get(kind, "") for a in acts) for kind in CaseKind
        }
        self.complaint_label = _label(
            folded_words(a.complaint_label for a in acts), r"\s*[:.\-–]\s*(\S.{5,})"
        )

    def _read_places_and_dates(self, spoken: Sequence[Language]) -> None:
        places = [language.places for language in spoken]
        self.place_names = {fold(word): found for p in places for word, found in p.names.items()}
        self.place_fillers = folded_words(p.fillers for p in places)
        self.place_pointing = folded_words(p.pointing for p in places)
        self.place_anywhere = folded_words(p.anywhere for p in places)
        self.offices = folded_words(p.offices for p in places)
        self.place_describing = folded_words(p.describing for p in places)
        acts = [language.acts for language in spoken]
        self.desk = DeskWords(
            folded_words(a.desk_cues for a in acts),
            folded_words(a.between_desk for a in acts),
            folded_words(a.round_desk for a in acts),
        )
        mark = as_written(word for a in acts for word in a.house_marks.split())
        counted = as_written(word for a in acts for word in a.after_count.split())
        self.house_number = re.compile(
            rf"[^\W\d_]{{3,}}\s+(?:(?:{mark})[°º]?\s*)?\d{{2,5}}\b(?!\s*(?:{counted}))",
            re.IGNORECASE,
        )
        dates = [language.dates for language in spoken]
        self.days_ago = {fold(w): days for d in dates for w, days in d.days_ago.items()}
        self.months = tuple(
            folded_words(d.months[month] for d in dates if d.months) for month in range(12)
        )
        self.date = _date(folded_words(d.joining for d in dates))

    def _read_names(self, spoken: Sequence[Language]) -> None:
        names = [language.names for language in spoken]
        self.names = NameWords(
            folded_words(n.given for n in names),
            folded_words(n.surnames for n in names),
            folded_words(n.not_names for n in names),
            folded_words(n.words for n in names),
            folded_words(n.everyday for n in names),
            frozenset(self.number.values) | folded_words(n.dictated for n in names),
            PersonalWords(
                {k: tuple(w for one in spoken for w in one.personal.get(k, ())) for k in PERSONAL}
            ),
        )

    def _read_dangers(self, spoken: Sequence[Language]) -> None:
        named = [
            (act, word)
            for one in spoken
            for act, words in one.dangers.words.items()
            for word in words.split()
        ]
        self._dangers = sorted({act for act, _ in named})
        self._danger_words = PhraseIndex(
            ((self._dangers.index(act), word) for act, word in named), {}
        )

    def _read_phrases(self, spoken: Sequence[Language]) -> None:
        self._kinds = tuple(PhraseKind)
        self._phrases = PhraseIndex((), {})
        for acts in (language.acts for language in spoken):
            said = [
                (rank, phrase)
                for rank, kind in enumerate(self._kinds)
                for phrase in getattr(acts, kind.value)
            ]
            self._phrases.add(said, acts.words, spelling)

    def dangers_named(self, text: str) -> set[str]:
        """The acts of danger that any word of the text is proper to."""
        return {self._dangers[rank] for rank, _, _ in self._danger_words.find(sound(text))}

    def said(self, words: Sequence[str]) -> dict[PhraseKind, list[Span]]:
        """What phrases say in ``words`` (as ``spelling`` gives them), and where."""
        found: dict[PhraseKind, list[Span]] = {}
        for rank, start, end in self._phrases.find(words):
            found.setdefault(self._kinds[rank], []).append((start, end))
        return found


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(spelling(text)) for text in texts)


def _sounds(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in sound(text))


def _date(joining: Iterable[str]) -> re.Pattern[str]:
    apart = rf"(?:\s*[-/.]\s*|\s+(?:{either_of(joining)})\s+|\s+)"
    return re.compile(rf"(\d{{1,2}}){apart}(\w{{1,10}})(?:{apart}(\d{{4}}))?")


def _label(words: Iterable[str], rest: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either_of(words)}){rest}", re.IGNORECASE | re.DOTALL)
