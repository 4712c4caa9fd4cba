"""The words of every language that is spoken here, together and ready to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from handlers.content.language import Language
from handlers.text.folding import fold
from handlers.text.phrases import PhraseIndex, sound, spelling

Span = tuple[int, int]  # words, from the first to behind the last


class PhraseKind(Enum):
    """What phrases say; the value is their name in acts.toml."""

    EXPERIENCE = "experience"
    ASKS = "asks"
    WANTS_PERSON = "wants_person"
    COMPLAINS = "complains"
    SUGGESTS = "suggests"
    CONGRATULATES = "congratulates"
    WAITS = "waits"
    NOT_ENDED = "not_ended"
    WANTS_TO_RATE = "wants_to_rate"
    GIVES_GRADE = "gives_grade"
    CORRECTS_GRADE = "corrects_grade"
    UNDOES_GRADE = "undoes_grade"
    DOUBTS_GRADE = "doubts_grade"
    MAY_CORRECT = "may_correct"
    CORRECTS_WORDS = "corrects_words"
    DROPS_WORDS = "drops_words"
    WANTS_SIMPLE = "wants_simple"
    FOLLOWS_UP = "follows_up"
    ASKS_STATE = "asks_state"
    ASKS_PROCEDURE = "asks_procedure"
    ASKS_CASE = "asks_case"
    REPORTED_BEFORE = "reported_before"
    DENIES_PLACE = "denies_place"
    WAS_AT = "was_at"
    NOT_KNOWN_YET = "not_known_yet"
    ASKS_WHOM = "asks_whom"
    TELLS_WHERE = "tells_where"
    TELLS_WHEN = "tells_when"
    TELLS_WISH = "tells_wish"
    ASKS_FOR_RECORDS = "asks_for_records"
    URGENT = "urgent"
    ASKS_PLACE = "asks_place"
    ASKS_HOURS = "asks_hours"
    ASKS_CONTACT = "asks_contact"
    SEES_DATA = "sees_data"
    CORRECTS_DATA = "corrects_data"
    ERASES_DATA = "erases_data"
    OBJECTS_TO_USE = "objects_to_use"
    BLOCKS_DATA = "blocks_data"
    TAKES_DATA = "takes_data"


class NameWords(NamedTuple):
    """Names of persons, folded."""

    given: frozenset[str]
    surnames: frozenset[str]
    not_names: frozenset[str]
    words: frozenset[str]  # of every day
    everyday: frozenset[str]  # given names that are more often another word
    numbers: frozenset[str]  # in words


class Lexicon:
    """What is recognised, whichever language a citizen writes in. Built once a release."""

    def __init__(self, languages: Iterable[Language]) -> None:
        spoken = tuple(languages)
        numbers = [language.numbers for language in spoken]
        grades = [language.grades for language in spoken]
        moods = [language.moods for language in spoken]
        acts = [language.acts for language in spoken]
        dates = [language.dates for language in spoken]
        self.numbers = {fold(w): value for n in numbers for w, value in n.words.items()}
        self.articles = _words(n.articles for n in numbers)
        self.between_numbers = _words(text for n in numbers for text in (n.joining, n.between))
        self.before_option = _words(n.before_option for n in numbers)
        self.after_option = tuple(fold(text) for n in numbers for text in n.after_option)
        self.around_grade = _words(g.around for g in grades)
        self.seems_grade = _words(g.seems for g in grades)
        self.after_wish = _words(g.after_wish for g in grades)
        suggested = [t for one in spoken for t in (one.vague.words, one.vague.signs)]
        self.vague_grades = {
            fold(word) or word: grade
            for table in suggested
            for grade, words in table.items()
            for word in words
        }
        self.around_vague = _words(language.vague.around for language in spoken)
        self.praise = _words(m.praise for m in moods)
        self.blame = _words(m.blame for m in moods)
        self.negators = _words(m.negators for m in moods)
        self.before_not_ended = _phrases(text for a in acts for text in a.before_not_ended)
        self.after_not_ended = _phrases(text for a in acts for text in a.after_not_ended)
        self.place_names = {
            fold(word): found for one in spoken for word, found in one.places.names.items()
        }
        self.place_fillers = _words(language.places.fillers for language in spoken)
        self.place_describing = _words(language.places.describing for language in spoken)
        self.days_ago = {fold(w): days for d in dates for w, days in d.days_ago.items()}
        self.months = tuple(
            _words(d.months[month] for d in dates if d.months) for month in range(12)
        )
        self.names = NameWords(
            _words(language.names.given for language in spoken),
            _words(language.names.surnames for language in spoken),
            _words(language.names.not_names for language in spoken),
            _words(language.names.words for language in spoken),
            _words(language.names.everyday for language in spoken),
            frozenset(self.numbers) | _words(language.names.dictated for language in spoken),
        )
        # What is read in the text as it was written, so that its words can be kept.
        in_words = [word for word, n in self.numbers.items() if n in range(1, 8)]
        self.grade_with_reason = _grade_with_reason(
            [word for word in in_words if word not in self.articles],
            _words(g.before for g in grades),
            [phrase for g in grades for phrase in g.reasons],
        )
        self.choices_apart = re.compile(
            "|".join(["[,;\n]", *(f" {word} " for word in _words(n.joining for n in numbers))])
        )
        self.date = _date(_words(d.joining for d in dates))
        self.complaint_label = _label(
            _words(a.complaint_label for a in acts), r"\s*[:.\-–]\s*(\S.{5,})"
        )
        self.desk_label = _label(_words(a.desk_label for a in acts), r" ([a-z0-9]{4,24})\b")
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
        self._kinds = tuple(PhraseKind)
        self._indexes = [
            PhraseIndex(
                (
                    (rank, phrase)
                    for rank, kind in enumerate(self._kinds)
                    for phrase in getattr(one, kind.value)
                ),
                one.words,
                spelling,
            )
            for one in acts
        ]

    def dangers_named(self, text: str) -> set[str]:
        """The acts of danger that any word of the text is proper to."""
        return {self._dangers[rank] for rank, _, _ in self._danger_words.find(sound(text))}

    def said(self, words: Sequence[str]) -> dict[PhraseKind, list[Span]]:
        """What phrases say in ``words`` (as ``spelling`` gives them), and where."""
        found: dict[PhraseKind, list[Span]] = {}
        for index in self._indexes:
            for rank, start, end in index.find(words):
                found.setdefault(self._kinds[rank], []).append((start, end))
        return found


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in fold(text).split())


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(spelling(text)) for text in texts)


def _either(words: Iterable[str]) -> str:
    """A pattern of these words; longer ones first, and "(?!)", which is never, for none."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or "(?!)"


def _grade_with_reason(
    numbers: Iterable[str], before: Iterable[str], reasons: Iterable[str]
) -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:(?:{_either(before)})\s+)?([1-7]|{_either(numbers)})"
        rf"\s*(?:[,.;:)\-–—]+\s+|\s+(?:{_either(reasons)})\s+)(\S.{{3,}})",
        re.IGNORECASE | re.DOTALL,
    )


def _date(joining: Iterable[str]) -> re.Pattern[str]:
    apart = rf"(?:\s*[-/.]\s*|\s+(?:{_either(joining)})\s+|\s+)"
    return re.compile(rf"(\d{{1,2}}){apart}(\w{{1,10}})(?:{apart}(\d{{4}}))?")


def _label(words: Iterable[str], rest: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(words)}){rest}", re.IGNORECASE | re.DOTALL)
